//! Who owes which form, and for which periods.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{AreaKind, Codebook, Dataset, Id, Period};

/// The areas that owe each form: those that its layout names; else every district, and the rows beside them that have ever
/// sent it.
#[derive(Debug, Clone, Default)]
pub struct Senders {
    by_form: BTreeMap<Id, Vec<Id>>,
    /// The day on which it is asked; without it, all periods are over.
    day: Option<Date>,
}

impl Senders {
    pub fn new(forms: &[Id], declared: &FxHashMap<Id, Vec<Id>>, dataset: &Dataset, book: &Codebook) -> Senders {
        let sent: FxHashSet<(&Id, &Id)> =
            dataset.runs().filter_map(|run| run.first()).map(|row| (&row.layout, &row.area)).collect();
        let owes = |form: &Id| -> Vec<Id> {
            if let Some(areas) = declared.get(form) {
                return areas.clone();
            }
            let belongs = book.areas.iter().filter(|area| match area.kind {
                AreaKind::District => true,
                AreaKind::Other => sent.contains(&(form, &area.code)),
                AreaKind::Whole => false,
            });
            belongs.map(|area| area.code.clone()).collect()
        };
        Senders { by_form: forms.iter().map(|form| (form.clone(), owes(form))).collect(), day: None }
    }

    /// The same, asked on a day.
    pub fn on(self, day: Date) -> Senders {
        Senders { day: Some(day), ..self }
    }

    /// Is a form owed for this period yet?
    pub fn owe(&self, period: Period) -> bool {
        self.day.is_none_or(|day| period.is_due(day))
    }

    /// The areas that owe a form, in their conventional order.
    pub fn of(&self, form: &str) -> &[Id] {
        self.by_form.get(form).map_or(&[], Vec::as_slice)
    }
}
