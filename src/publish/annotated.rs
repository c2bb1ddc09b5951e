//! A copy of a workbook in which the cells that findings speak of are coloured and carry them as comments. Values, merged areas
//! and the shape of the tables are written anew; fonts, colours and formulas of the original are not carried over.

use std::collections::BTreeMap;

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Note, Url, Workbook, Worksheet, XlsxError,
};

use crate::{
    diag::{Code, Finding, Place, Severity, details},
    model::{Language, Page, cell_place},
};

/// What is said of one cell: how grave it is, and the words.
type Remarks = BTreeMap<(u32, u32), (Severity, Vec<String>)>;

/// The pages of one file and what was found in it.
pub fn workbook(pages: &[Page], findings: &[&Finding], language: Language) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // The same findings are the same bytes on every day.
    let fixed = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&fixed));
    let looks = Looks::new();
    summary(workbook.add_worksheet(), pages, findings, &looks, language)?;
    for page in pages {
        let sheet = workbook.add_worksheet();
        sheet.set_name(&page.sheet)?;
        copy(sheet, page, &remarks(page, findings, language), &looks, language)?;
    }
    workbook.save_to_buffer()
}

struct Looks {
    head: Format,
    cell: Format,
    plain: Format,
    error: Format,
    warning: Format,
}

impl Looks {
    fn new() -> Looks {
        let song = || Format::new().set_font_name("宋体").set_font_size(10.5).set_align(FormatAlign::VerticalCenter);
        let boxed = || song().set_border(FormatBorder::Thin).set_border_color(Color::RGB(0x7F_7F_7F)).set_text_wrap();
        Looks {
            head: boxed().set_font_name("黑体").set_align(FormatAlign::Center).set_background_color(Color::RGB(0xE3_E9_F1)),
            cell: boxed(),
            plain: song(),
            error: boxed().set_background_color(Color::RGB(0xFF_C7_CE)),
            warning: boxed().set_background_color(Color::RGB(0xFF_EB_9C)),
        }
    }

    fn of(&self, severity: Severity) -> &Format {
        if severity == Severity::Error { &self.error } else { &self.warning }
    }
}

/// Every cell that is to carry a comment. The parts of a sum are named in its finding and not painted one by one.
fn remarks(page: &Page, findings: &[&Finding], language: Language) -> Remarks {
    let mut remarks = Remarks::new();
    for finding in findings {
        let words = words(finding, language);
        let also = finding.also.iter().filter(|_| finding.code != Code::SumDiffers);
        for place in std::iter::once(&finding.place).chain(also) {
            let Some(at) = cell_place(&place.cell).filter(|_| place.file == page.file && place.sheet == page.sheet) else {
                continue;
            };
            let (severity, said) = remarks.entry(at).or_insert((finding.severity, Vec::new()));
            *severity = (*severity).min(finding.severity);
            if !said.contains(&words) {
                said.push(words.clone());
            }
        }
    }
    remarks
}

fn words(finding: &Finding, language: Language) -> String {
    let name = finding.severity.name();
    let mut lines = vec![format!("{}: {}", name.in_language(language), finding.message.in_language(language))];
    lines.extend(details(finding, language).into_iter().skip(1).map(|(label, words)| format!("{label}{words}")));
    lines.join("\n")
}

/// The first sheet: everything that was found, with a way to each cell.
fn summary(
    sheet: &mut Worksheet,
    pages: &[Page],
    findings: &[&Finding],
    looks: &Looks,
    language: Language,
) -> Result<(), XlsxError> {
    let say = |zh: &'static str, en: &'static str| if language == Language::Chinese { zh } else { en };
    let taken = |name: &str| pages.iter().any(|page| page.sheet.eq_ignore_ascii_case(name));
    let name = say("核对结果", "Findings");
    sheet.set_name(if taken(name) { format!("{name}-{}", pages.len()) } else { name.to_string() })?;
    let headings = [
        (say("序号", "No."), 6.0),
        (say("级别", "Severity"), 8.0),
        (say("位置", "Where"), 22.0),
        (say("问题", "What was found"), 48.0),
        (say("应为", "Expected"), 24.0),
        (say("理由", "Because"), 32.0),
        (say("处理", "Next step"), 32.0),
    ];
    for (column, (heading, width)) in headings.iter().enumerate() {
        sheet.set_column_width(column as u16, *width)?;
        sheet.write_with_format(0, column as u16, *heading, &looks.head)?;
    }
    for (at, finding) in findings.iter().enumerate() {
        let row = at as u32 + 1;
        sheet.write_with_format(row, 0, row, &looks.cell)?;
        sheet.write_with_format(row, 1, finding.severity.name().in_language(language), looks.of(finding.severity))?;
        place(sheet, row, &finding.place, pages, looks)?;
        let texts = [&finding.message, &finding.expected, &finding.because, &finding.next];
        for (column, text) in texts.into_iter().enumerate() {
            sheet.write_with_format(row, column as u16 + 3, text.in_language(language), &looks.cell)?;
        }
        let lines = [(&finding.message, 22), (&finding.expected, 11), (&finding.because, 15), (&finding.next, 15)]
            .map(|(text, letters)| text.in_language(language).chars().count() / letters + 1);
        sheet.set_row_height(row, 6.0 + 14.5 * lines.into_iter().max().unwrap_or(1) as f64)?;
    }
    if findings.is_empty() {
        sheet.write_with_format(1, 0, say("没有发现问题。", "Nothing was found."), &looks.plain)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    Ok(())
}

/// A cell is a link to itself in its sheet; what has no cell is said in words.
fn place(sheet: &mut Worksheet, row: u32, place: &Place, pages: &[Page], looks: &Looks) -> Result<(), XlsxError> {
    let said =
        [place.sheet.as_str(), place.cell.as_str()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" › ");
    let is_here = !place.cell.is_empty() && pages.iter().any(|page| page.sheet == place.sheet);
    if is_here {
        let link = Url::new(format!("internal:'{}'!{}", place.sheet.replace('\'', "''"), place.cell)).set_text(said);
        sheet.write_url_with_format(row, 2, &link, &looks.cell)?;
    } else {
        sheet.write_with_format(row, 2, said, &looks.cell)?;
    }
    Ok(())
}

/// A sheet as it says itself, with its tables ruled and its remarks put in.
fn copy(sheet: &mut Worksheet, page: &Page, remarks: &Remarks, looks: &Looks, language: Language) -> Result<(), XlsxError> {
    widths(sheet, page)?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    let look = |row: u32, column: u32| match remarks.get(&(row, column)) {
        Some((severity, _)) => looks.of(*severity),
        None => match page.table_at(row) {
            Some(table) if table.headings.contains(&row) => &looks.head,
            Some(_) => &looks.cell,
            None => &looks.plain,
        },
    };
    for &(top, left, bottom, right) in &page.merges {
        sheet.merge_range(top, left as u16, bottom, right as u16, "", look(top, left))?;
    }
    for (row, cells) in page.rows.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            let (at, to) = (row as u32, column as u16);
            let look = look(at, column as u32);
            let is_hidden = |area: &(u32, u32, u32, u32)| {
                (area.0..=area.2).contains(&at)
                    && (area.1..=area.3).contains(&u32::from(to))
                    && (area.0, area.1) != (at, u32::from(to))
            };
            if page.merges.iter().any(is_hidden) {
                continue;
            }
            match cell.number {
                Some(number) => sheet.write_with_format(at, to, number, look)?,
                None if cell.text.is_empty() => sheet.write_blank(at, to, look)?,
                None => sheet.write_with_format(at, to, cell.text.as_str(), look)?,
            };
        }
    }
    let author = if language == Language::Chinese { "标尺核对" } else { "Yardstick" };
    for ((row, column), (_, said)) in remarks {
        if *row >= page.rows.len() as u32 || *column >= page.columns() as u32 {
            let severity = remarks.get(&(*row, *column)).map_or(Severity::Note, |(severity, _)| *severity);
            sheet.write_blank(*row, *column as u16, looks.of(severity))?;
        }
        let text = said.join("\n\n");
        let height = 30 + 18 * text.lines().map(|line| 1 + line.chars().count() as u32 / 20).sum::<u32>();
        let note = Note::new(text).set_author(author).add_author_prefix(false).set_width(300).set_height(height.min(500));
        sheet.insert_note(*row, *column as u16, &note)?;
    }
    Ok(())
}

/// As wide as what is said in the tables, within reason.
fn widths(sheet: &mut Worksheet, page: &Page) -> Result<(), XlsxError> {
    let wide = |text: &str| {
        text.lines().map(|line| line.chars().map(|c| if c.is_ascii() { 1.0 } else { 2.0 }).sum::<f64>()).fold(0.0, f64::max)
    };
    for column in 0..page.columns() {
        let is_merged = |row: usize| {
            page.merges
                .iter()
                .any(|area| (area.0..=area.2).contains(&(row as u32)) && area.1 != area.3 && area.1 == column as u32)
        };
        let texts = page.rows.iter().enumerate().filter(|(row, _)| page.table_at(*row as u32).is_some() && !is_merged(*row));
        let most = texts.filter_map(|(_, cells)| cells.get(column)).map(|cell| wide(&cell.text)).fold(6.0, f64::max);
        sheet.set_column_width(column as u16, (most + 2.0).min(26.0))?;
    }
    Ok(())
}
