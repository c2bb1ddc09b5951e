//! Forms and lists as workbooks that offices fill: locked headings, tinted cells for figures, drop-down lists, limits, and a sheet that explains.

mod cells;
mod guide;
mod looks;
mod places;
mod records;
mod validation;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use crate::model::{Form, Id, Language, RecordSheet, Text};
use cells::Sheet;
use looks::Looks;

/// Paper as spreadsheets number it.
const A4: u8 = 9;
const A3: u8 = 8;

/// What a workbook of forms says beside its forms.
#[derive(Debug, Clone, Default)]
pub struct Cover {
    /// What the figures are collected for.
    pub purpose: String,
    /// Whose workbook it is and for when, as in its file name.
    pub occasion: String,
    /// What is said from the figures of a measure: indicator and definition, by measure.
    pub said_from: Vec<(Id, Text)>,
    /// The pipeline by whose rules it is checked, where `check` has to be told.
    pub pipeline: Option<String>,
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

/// One workbook: the instructions, a sheet for each form and each list, and the lists of words that its cells choose from.
pub fn workbook(forms: &[Form], records: &[RecordSheet], cover: &Cover, language: Language) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // The same forms are the same bytes on every day.
    let fixed = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&fixed).set_title(&cover.occasion));
    let looks = Looks::new();
    guide::write(workbook.add_worksheet(), forms, records, cover, &looks, language)?;
    let mut lists = validation::Lists::default();
    for form in forms {
        Sheet { form, looks: &looks, language, sample: cover.sample }.write(workbook.add_worksheet(), &mut lists)?;
    }
    for records in records {
        records::write(records, workbook.add_worksheet(), &mut lists, &looks, language)?;
    }
    if let Some(first) = workbook.worksheets_mut().get_mut(1) {
        first.set_active(true);
    }
    if !lists.is_empty() {
        lists.write(workbook.add_worksheet(), language)?;
    }
    workbook.save_to_buffer()
}

/// One cell, or several made one.
fn across(
    sheet: &mut Worksheet,
    top: u32,
    left: u16,
    bottom: u32,
    right: u16,
    text: &str,
    look: &Format,
) -> Result<(), XlsxError> {
    if (top, left) == (bottom, right) {
        sheet.write_with_format(top, left, text, look)?;
    } else {
        sheet.merge_range(top, left, bottom, right, text, look)?;
    }
    Ok(())
}
