//! Which layout a workbook comes nearest to that fits none, and in which sheet: the one that it says it is, else the one of which most
//! headings are there.

use rustc_hash::FxHashSet;

use super::{
    Layout, Rules, Source,
    records::Near,
    table::Miss,
    workbook::{Cell, Sheet},
};
use crate::{
    diag::{Code, Finding, Place, Severity},
    model::{Id, Text, fold, fold_heading},
};

/// Rows in which a title may stand.
const TITLE: u32 = 10;

/// From here on one heading may stand for another.
const ALIKE: f64 = 0.5;

/// All that did not fit: layouts, sheets, and how near each of these came.
#[derive(Default)]
pub struct Misses<'a> {
    of: Vec<(Miss, &'a Layout, &'a Sheet, Named)>,
}

/// How a sheet calls itself by a layout's code or title; by its own name rather than in a line, which an explanation has too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Named {
    Otherwise,
    InALine,
    ByName,
}

/// The layout that was meant, and the sheet that was to be its form.
pub struct Nearest<'a> {
    miss: Miss,
    pub layout: &'a Layout,
    sheet: &'a Sheet,
    /// Does the workbook call itself so?
    is_named: bool,
    /// Cells that may be the missing headings, and what they say.
    alike: Vec<(String, String)>,
}

impl<'a> Misses<'a> {
    /// What is said of sheets that nothing was read from, in a workbook of which other sheets fitted these layouts. Most are covers, notes
    /// or copies: one was to be a form where a form that is not there lacks few of its headings, and each has a cell like it.
    pub fn beside(self, fitted: &[Id], read: &[&Sheet], source: &Source) -> Vec<Finding> {
        let is_read = |sheet: &Sheet| read.iter().any(|known| std::ptr::eq(*known, sheet));
        let mut near: Vec<Nearest> = Vec::new();
        for (miss, layout, sheet, named) in self.of {
            // A table that does not say what it is to say is another one.
            let is_another = miss.missing.iter().any(|word| layout.says.contains(word));
            if is_read(sheet) || fitted.contains(&layout.id) || !miss.is_near() || is_another {
                continue;
            }
            let texts = Texts::of(sheet);
            let alike: Vec<_> = miss.missing.iter().filter_map(|word| texts.most_like(sheet, layout, word)).collect();
            if alike.len() < miss.missing.len() {
                continue;
            }
            let is_named = named > Named::Otherwise;
            let candidate = Nearest { miss, layout, sheet, is_named, alike };
            match near.iter_mut().find(|known| std::ptr::eq(known.sheet, sheet)) {
                Some(known) if known.miss.headings >= candidate.miss.headings => {}
                Some(known) => *known = candidate,
                None => near.push(candidate),
            }
        }
        near.iter().map(|nearest| nearest.left_out(source)).collect()
    }

    pub fn push(&mut self, miss: Miss, layout: &'a Layout, sheet: &'a Sheet) {
        self.of.push((miss, layout, sheet, named(sheet, layout)));
    }

    /// The layout that some sheet says it is, and that of which most headings are there; of several the one that has most cells like those
    /// that are not. Such cells are looked for only where nothing else tells.
    pub fn nearest(self) -> Option<Nearest<'a>> {
        let named: Vec<&Id> =
            self.of.iter().filter(|(.., named)| *named > Named::Otherwise).map(|(_, layout, ..)| &layout.id).collect();
        let is_named = |layout: &Layout| named.contains(&&layout.id);
        let rank = |(miss, layout, ..): &(Miss, &Layout, &Sheet, Named)| (is_named(layout), miss.found);
        let best = self.of.iter().map(rank).max()?;
        let mut texts: Option<(&Sheet, Texts)> = None;
        let mut nearest: Option<((usize, Named, bool), Nearest)> = None;
        for (miss, layout, sheet, own) in self.of.iter().filter(|candidate| rank(candidate) == best) {
            let mut alike = Vec::new();
            if best > (false, 0) {
                let (_, texts) = match texts.take() {
                    Some((of, known)) if std::ptr::eq(of, *sheet) => texts.insert((of, known)),
                    _ => texts.insert((*sheet, Texts::of(sheet))),
                };
                alike.extend(miss.missing.iter().filter_map(|word| texts.most_like(sheet, layout, word)));
                alike.dedup();
            }
            let rank = (alike.len(), *own, sheet.has_numbers());
            if nearest.as_ref().is_none_or(|(best, _)| rank > *best) {
                nearest = Some((rank, Nearest { miss: miss.clone(), layout, sheet, is_named: best.0, alike }));
            }
        }
        nearest.map(|(_, nearest)| nearest)
    }
}

/// What a sheet says, each text once: folded, how many letters, and where it stands first.
struct Texts(Vec<(String, usize, (u32, u32))>);

impl Texts {
    fn of(sheet: &Sheet) -> Texts {
        let mut seen: FxHashSet<&str> = FxHashSet::default();
        let places = (0..sheet.rows).flat_map(|row| (0..sheet.columns).map(move |column| (row, column)));
        let texts = places.filter_map(|(row, column)| match sheet.cell(row, column) {
            Cell::Text(text) if seen.insert(text) => {
                let folded = fold_heading(text);
                let letters = folded.chars().count();
                (letters > 0).then_some((folded, letters, (row, column)))
            }
            _ => None,
        });
        Texts(texts.collect())
    }

    /// The cell whose text is most like a heading that was looked for: its name and what it says. Another heading of the layout is itself.
    fn most_like(&self, sheet: &Sheet, layout: &Layout, heading: &str) -> Option<(String, String)> {
        let word = heading.rsplit('›').next().map(fold_heading)?;
        let most = 3 * word.chars().count();
        let is_another =
            |said: &String| layout.values.iter().flat_map(|values| values.headings.iter().flatten()).any(|known| known == said);
        let mut best: Option<(f64, (u32, u32))> = None;
        for (said, letters, place) in &self.0 {
            // Without a letter of the word it is like nothing in it.
            if *letters > most || !said.contains(|letter| word.contains(letter)) {
                continue;
            }
            let likeness = strsim::normalized_levenshtein(said, &word).max(strsim::sorensen_dice(said, &word));
            if likeness >= ALIKE && best.is_none_or(|(most, _)| likeness > most) && !is_another(said) {
                best = Some((likeness, *place));
            }
        }
        best.map(|(_, (row, column))| (sheet.name_of(row, column), sheet.label(row, column).into_owned()))
    }
}

impl Nearest<'_> {
    pub fn into_missing(self) -> Vec<String> {
        self.miss.missing
    }

    fn left_out(&self, source: &Source) -> Finding {
        let (path, name) = (&source.path, &self.sheet.name);
        let message = Text::new(
            format!("{path} 的工作表“{name}”不符合任何版式，未读入"),
            format!("the sheet `{name}` of {path} fits no layout and was not read"),
        );
        let finding = Finding::new(Code::LayoutMissing, message).severity(Severity::Warning);
        finding.at(Place::sheet(path.as_ref(), name.as_str())).expected(self.said()).judged_by(&self.layout.place)
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
fn named(sheet: &Sheet, layout: &Layout) -> Named {
    let code = fold(&layout.id);
    let titles: Vec<String> = [&layout.title.zh, &layout.title.en].into_iter().map(|title| fold(title)).collect();
    let is_of = |text: &str| {
        let folded = fold(text);
        let is_code = folded.split(|letter: char| !letter.is_ascii_alphanumeric()).any(|word| word == code);
        is_code || titles.iter().any(|title| !title.is_empty() && folded.contains(title.as_str()))
    };
    let mut cells = (0..sheet.rows.min(TITLE)).flat_map(|row| (0..sheet.columns).map(move |column| (row, column)));
    if is_of(&sheet.name) {
        Named::ByName
    } else if cells.any(|(row, column)| is_of(&sheet.cell(row, column).said())) {
        Named::InALine
    } else {
        Named::Otherwise
    }
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
