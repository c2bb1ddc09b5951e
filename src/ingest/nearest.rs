//! Which layout a sheet comes nearest to that fits none: the one that it says it is, else the one of which most headings are there.

use super::{
    Layout, Rules, Source,
    records::Near,
    table::{self, Miss},
    workbook::Sheet,
};
use crate::{
    diag::{Code, Finding, Place},
    model::{Text, fold},
};

/// Rows in which a title may stand.
const TITLE: u32 = 10;

/// A layout that does not fit a sheet, and how near the sheet comes to it.
pub struct Nearest<'a> {
    miss: Miss,
    layout: &'a Layout,
    sheet: &'a Sheet,
    /// Does the sheet call itself so?
    is_named: bool,
    /// Cells that may be the missing headings, and what they say.
    alike: Vec<(String, String)>,
}

impl<'a> Nearest<'a> {
    pub fn new(miss: Miss, layout: &'a Layout, sheet: &'a Sheet) -> Nearest<'a> {
        let is_named = is_named(sheet, layout);
        let is_near = is_named || miss.found > 0;
        let words = miss.missing.iter().filter(|_| is_near);
        let mut alike: Vec<(String, String)> = words.filter_map(|word| table::most_like(sheet, layout, word)).collect();
        alike.dedup();
        Nearest { miss, layout, sheet, is_named, alike }
    }

    /// The larger is nearer; of two alike the first one found stays.
    pub fn rank(&self) -> (bool, usize, usize) {
        (self.is_named, self.miss.found, self.alike.len())
    }

    pub fn into_missing(self) -> Vec<String> {
        self.miss.missing
    }

    fn said(&self) -> Text {
        let Nearest { miss, layout, sheet, alike, .. } = self;
        let list = |sign: &str| alike.iter().map(|(cell, text)| format!("{cell} “{text}”")).collect::<Vec<_>>().join(sign);
        let (found_zh, found_en) = match alike.is_empty() {
            true => (String::new(), String::new()),
            false => (format!("；表中最相近的是 {}", list("、")), format!("; most like it in the sheet: {}", list(", "))),
        };
        let (name, missing) = (&sheet.name, &miss.missing);
        Text::new(
            format!("最接近的是《{}》（工作表“{name}”），缺少：{}{found_zh}", layout.title.zh, missing.join("、")),
            format!("nearest is `{}` (sheet `{name}`), which lacks: {}{found_en}", layout.title.en, missing.join(", ")),
        )
    }
}

/// Does the name of a sheet or one of its first lines give the code or the title of a form?
fn is_named(sheet: &Sheet, layout: &Layout) -> bool {
    let code = fold(&layout.id);
    let titles: Vec<String> = [&layout.title.zh, &layout.title.en].into_iter().map(|title| fold(title)).collect();
    let is_of = |text: &str| {
        let folded = fold(text);
        let is_code = folded.split(|letter: char| !letter.is_ascii_alphanumeric()).any(|word| word == code);
        is_code || titles.iter().any(|title| !title.is_empty() && folded.contains(title.as_str()))
    };
    let mut cells = (0..sheet.rows.min(TITLE)).flat_map(|row| (0..sheet.columns).map(move |column| (row, column)));
    is_of(&sheet.name) || cells.any(|(row, column)| is_of(&sheet.cell(row, column).said()))
}

/// No sheet fits any layout: says which came nearest, what it lacked, and what was most like it.
pub fn no_layout(source: &Source, nearest: Option<&Nearest>, near: Option<&Near>, rules: &Rules) -> Finding {
    let message =
        Text::new(format!("{} 中没有一张表符合任何版式", source.path), format!("no table in {} fits any layout", source.path));
    let finding = Finding::new(Code::LayoutMissing, message).at(Place::file(source.path.as_ref()));
    let is_list = |near: &&Near| nearest.is_none_or(|nearest| !nearest.is_named && near.found > nearest.miss.found);
    if let Some((near, list)) = near.filter(is_list).and_then(|near| Some((near, rules.records.layouts.get(near.layout)?))) {
        return finding.expected(near.said(list)).judged_by(&list.place);
    }
    match nearest.filter(|nearest| nearest.is_named || nearest.miss.found > 0 || !nearest.alike.is_empty()) {
        Some(nearest) => finding.expected(nearest.said()).judged_by(&nearest.layout.place),
        None => finding,
    }
}
