//! The form or list that a layout reads, empty: the same description that finds a table in a workbook, turned round to draw one.

mod columns;
mod naming;
mod records;
mod rows;

pub use records::record_sheets;

use naming::Naming;

use super::layout::{Attach, Layout, Side, TotalRow};
use crate::model::{
    AreaKind, Breakdown, Codebook, Dimension, Form, Grain, Head, Id, Language, Member, Period, Total, bracketed, fold_heading,
};

/// For whom, for when and in which language a form is drawn.
pub struct Occasion<'a> {
    /// None: whoever fills it picks the area.
    pub area: Option<&'a Id>,
    pub period: Period,
    /// The parts of the period that have rows, where the form has a row for each.
    pub parts: &'a [Period],
    pub language: Language,
    /// There is more than one sheet of this form in the workbook: each says in its name for when it is.
    pub one_of_many: bool,
}

/// Where in a form a label stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Slot<'a> {
    /// In the row, below this heading.
    Row(Option<&'a str>),
    Above,
    /// Around the table: in its title, its head, the name of sheet or file.
    Whole,
    Always(&'a str),
}

/// The first way in which a label is found is the way in which it is drawn.
fn slot(ways: &[Attach]) -> Slot<'_> {
    match ways.first() {
        Some(Attach::Column(names)) => Slot::Row(names.first().map(String::as_str)),
        Some(Attach::Directly(Side::Left) | Attach::Closest(Side::Left)) => Slot::Row(None),
        Some(Attach::Directly(Side::Above) | Attach::Closest(Side::Above)) => Slot::Above,
        Some(Attach::Is(code)) => Slot::Always(code),
        // Rows that only their order tells say who they are when they are drawn.
        Some(Attach::InOrder(_)) => Slot::Row(None),
        Some(Attach::Head(_) | Attach::Title | Attach::SheetName | Attach::FileName) | None => Slot::Whole,
    }
}

/// How often a form is sent: as its template says; else as the heading of its column of periods does.
pub fn grain(layout: &Layout) -> Option<Grain> {
    let from_heading = || match slot(&layout.period) {
        Slot::Row(Some(heading)) if heading.contains('月') => Some(Grain::Month),
        Slot::Row(Some(heading)) if heading.contains('季') => Some(Grain::Quarter),
        Slot::Row(Some(heading)) if heading.contains("学期") => Some(Grain::Semester),
        _ => None,
    };
    layout.template.every.or_else(from_heading)
}

/// Has the form a row for each part of its period?
pub fn has_period_rows(layout: &Layout) -> bool {
    matches!(slot(&layout.period), Slot::Row(_))
}

/// One form; or several, where a dimension is said by the title or the head: then each of its members has its own sheet.
pub fn blank(layout: &Layout, book: &Codebook, occasion: &Occasion) -> Vec<Form> {
    let naming = Naming { id: &layout.id, title: &layout.title, area: &layout.area, period: &layout.period, book, occasion };
    let drawing = Drawing { layout, book, occasion, naming };
    let wholes = drawing.wholes();
    let several = wholes.len() > 1;
    wholes.into_iter().map(|members| drawing.form(members, several)).collect()
}

struct Drawing<'a> {
    layout: &'a Layout,
    book: &'a Codebook,
    occasion: &'a Occasion<'a>,
    naming: Naming<'a>,
}

impl<'a> Drawing<'a> {
    fn say(&self, zh: &'static str, en: &'static str) -> &'static str {
        match self.occasion.language {
            Language::Chinese => zh,
            Language::English => en,
        }
    }

    /// The dimensions that the form's measures are broken down by, with where they stand, in the order of the columns.
    fn dimensions(&self) -> Vec<(&'a Dimension, Slot<'a>)> {
        let is_used = |id: &Id| {
            self.layout
                .values
                .iter()
                .filter_map(|values| self.book.measure(&values.measure))
                .any(|measure| measure.by.contains(id))
        };
        let of_layout = |dimension: &'a Dimension| Some((dimension, slot(self.layout.dimensions.get(&dimension.id)?)));
        self.book.dimensions.iter().filter(|dimension| is_used(&dimension.id)).filter_map(of_layout).collect()
    }

    /// The members of a dimension that the form has room for.
    fn members(&self, dimension: &'a Dimension) -> Vec<&'a Member> {
        match self.layout.template.members.get(&dimension.id) {
            Some(codes) => codes.iter().filter_map(|code| dimension.get(code)).collect(),
            None => dimension.members.iter().collect(),
        }
    }

    /// The members that hold for a whole form, one set for each form.
    fn wholes(&self) -> Vec<Breakdown> {
        let mut wholes = vec![Breakdown::new()];
        for (dimension, slot) in self.dimensions() {
            let codes: Vec<Id> = match slot {
                Slot::Always(code) => vec![Id::from(code)],
                Slot::Whole => self.members(dimension).iter().map(|member| member.code.clone()).collect(),
                Slot::Row(_) | Slot::Above => continue,
            };
            let with = |whole: Breakdown| codes.iter().map(move |code| whole.with(&dimension.id, code));
            wholes = wholes.into_iter().flat_map(with).collect();
        }
        wholes
    }

    fn form(&self, members: Breakdown, several: bool) -> Form {
        let area = self.naming.area();
        let columns = self.columns();
        let (rows, list) = self.rows(&columns);
        let part = self.breakdown_said(&members);
        let total = self.total(rows.len(), list);
        Form {
            code: self.layout.id.clone(),
            name: self.layout.title.clone(),
            sheet: self.naming.sheet(if several { &part } else { "" }),
            title: self.naming.title(&part, &self.layout.says),
            head: self.head(area.as_ref(), &members),
            columns,
            rows,
            list,
            total,
            notes: self.layout.template.notes.iter().map(|note| note.in_language(self.occasion.language).to_string()).collect(),
            area,
            period: self.occasion.period,
            members,
            typed: Default::default(),
        }
    }

    fn breakdown_said(&self, members: &Breakdown) -> String {
        let fixed = |(dimension, code): (&Id, &Id)| {
            let is_whole = self.layout.dimensions.get(dimension).is_some_and(|ways| slot(ways) == Slot::Whole);
            is_whole.then(|| (dimension.clone(), code.clone()))
        };
        self.book.breakdown_name(&members.iter().filter_map(fixed).collect()).in_language(self.occasion.language).to_string()
    }

    fn head(&self, area: Option<&Id>, members: &Breakdown) -> Vec<Head> {
        let label = |ways: &[Attach]| {
            ways.iter().find_map(|way| if let Attach::Head(words) = way { words.first().cloned() } else { None })
        };
        let mut head = Vec::new();
        let own = label(&self.layout.area).unwrap_or_else(|| self.say("填报单位", "Office").to_string());
        match area {
            Some(code) => head.push(Head { label: own, says: self.office(code), choices: Vec::new() }),
            None if slot(&self.layout.area) == Slot::Whole => {
                let choices = self.parts().map(|code| self.naming.area_said(&code)).collect();
                head.push(Head { label: own, says: String::new(), choices });
            }
            None => {}
        }
        if let Some(label) = label(&self.layout.period) {
            head.push(Head { label, says: self.naming.period_said(self.occasion.period), choices: Vec::new() });
        }
        for (dimension, code) in members.iter() {
            if let Some(label) = self.layout.dimensions.get(dimension).and_then(|ways| label(ways)) {
                let name = self.book.dimension(dimension).map(|dimension| dimension.name_of(code)).unwrap_or_default();
                let says = name.in_language(self.occasion.language).to_string();
                head.push(Head { label, says, choices: Vec::new() });
            }
        }
        let mut units: Vec<&str> = Vec::new();
        for values in &self.layout.values {
            if !values.unit.is_empty() && !units.contains(&values.unit.as_str()) {
                units.push(&values.unit);
            }
        }
        if !units.is_empty() {
            let says = units.join(self.say("、", ", "));
            head.push(Head { label: self.say("单位", "Units").to_string(), says, choices: Vec::new() });
        }
        head
    }

    /// 荔湾区教育局 for 荔湾区, where that is a spelling of the same area.
    fn office(&self, code: &Id) -> String {
        let name = self.naming.area_said(code);
        let office = format!("{name}教育局");
        let is_same =
            self.book.areas.find(&office).is_some_and(|(area, _)| area.code == *code && area.kind == AreaKind::District);
        if self.occasion.language == Language::Chinese && is_same { office } else { name }
    }

    /// The areas that may fill a form that is nobody's in particular.
    fn parts(&self) -> impl Iterator<Item = Id> {
        parts(self.book)
    }

    /// A total over rows that are other areas or periods would be of something else than this form.
    fn total(&self, rows: usize, list: bool) -> Option<Total> {
        let over_others = [&self.layout.area, &self.layout.period].into_iter().any(|ways| matches!(slot(ways), Slot::Row(_)));
        let wanted = self.layout.template.total != TotalRow::None && (list || rows > 1) && !over_others;
        let usual = self.say("合计", "Total");
        let known =
            if self.layout.is_total(&fold_heading(usual)) { Some(usual) } else { self.layout.totals.first().map(String::as_str) };
        let label = known.filter(|_| wanted)?.to_string();
        Some(Total { label, first: self.layout.template.total == TotalRow::First })
    }
}

/// The areas that send figures of their own.
fn parts(book: &Codebook) -> impl Iterator<Item = Id> {
    book.areas.iter().filter(|area| area.kind != AreaKind::Whole).map(|area| area.code.clone())
}

/// A heading with its unit, unless it ends in brackets already.
fn with_unit(heading: &str, unit: &str) -> String {
    if unit.is_empty() || bracketed(heading).is_some() { heading.to_string() } else { format!("{heading}（{unit}）") }
}
