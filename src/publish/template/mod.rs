//! Forms as workbooks that offices fill: locked headings, tinted cells for figures, drop-down lists, limits, and a sheet that explains.

mod cells;
mod guide;
mod looks;
mod places;
mod validation;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use crate::model::{Form, Id, Language, Text};
use cells::Sheet;
use looks::Looks;

/// What a workbook of forms says beside its forms.
#[derive(Debug, Clone, Default)]
pub struct Cover {
    /// What the figures are collected for.
    pub purpose: String,
    /// Whose workbook it is and for when, as in its file name.
    pub occasion: String,
    /// What is said from the figures of a measure: indicator and definition, by measure.
    pub said_from: Vec<(Id, Text)>,
    /// Made-up figures: every sheet says so.
    pub sample: bool,
}

/// The name of the sheet that explains.
fn guide_name(language: Language) -> &'static str {
    match language {
        Language::Chinese => "填表说明",
        Language::English => "Instructions",
    }
}

/// One workbook: the instructions, a sheet for each form, and the lists its cells choose from.
pub fn workbook(forms: &[Form], cover: &Cover, language: Language) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // The same forms are the same bytes on every day.
    let fixed = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&fixed).set_title(&cover.occasion));
    let looks = Looks::new();
    guide::write(workbook.add_worksheet(), forms, cover, &looks, language)?;
    let mut lists = validation::Lists::default();
    for (at, form) in forms.iter().enumerate() {
        let sheet = workbook.add_worksheet();
        Sheet { form, looks: &looks, language, sample: cover.sample }.write(sheet, &mut lists)?;
        sheet.set_active(at == 0);
    }
    if !lists.is_empty() {
        lists.write(workbook.add_worksheet(), language)?;
    }
    workbook.save_to_buffer()
}
