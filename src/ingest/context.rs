//! What a whole table says of all its values: the office that filled it, the year it is for.

use std::{borrow::Cow, collections::BTreeMap, sync::Arc};

use serde::{Deserialize, Serialize};

use super::{
    layout::{Attach, Layout},
    table::Table,
    unit_line,
    unlike::{Heard, Said, Unlike},
    words::{behind, find_part, find_period, is_left_blank},
    workbook::Sheet,
};
use crate::{
    diag::{Code, Finding, Place},
    model::{Area, Codebook, Id, Language, Period, Spelling, Text, fold},
};

/// Rows below a table in which a note on it is looked for.
const NOTES: u32 = 6;

/// What holds for every cell of a table.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Whole {
    pub area: Option<Id>,
    pub period: Option<Period>,
    pub members: BTreeMap<Id, Id>,
    /// Where its places do not say the same.
    pub unlike: Vec<Unlike>,
}

pub struct Context<'a> {
    pub file: &'a Arc<str>,
    pub sheet: &'a Sheet,
    pub layout: &'a Layout,
    pub book: &'a Codebook,
}

impl Context<'_> {
    /// None where the table names an office nobody knows: its figures would go to the wrong place.
    pub fn of(&self, table: &Table, findings: &mut Vec<Finding>) -> Option<Whole> {
        let area = self.area(table, findings)?;
        let period = self.period(table);
        let unlike = area.unlike.into_iter().chain(period.unlike).collect();
        let area = area.first.map(|said| said.what.code.clone());
        let period = period.first.map(|said| self.part_of(said.what, table));
        let mut whole = Whole { area, period, unlike, ..Whole::default() };
        for (id, ways) in &self.layout.dimensions {
            let Some(dimension) = self.book.dimension(id) else { continue };
            let named =
                |text: &str| dimension.find(text).or_else(|| dimension.find_within(text)).map(|member| member.code.clone());
            let member = ways.iter().find_map(|way| match way {
                Attach::Is(code) => Some(Id::from(code.as_str())),
                Attach::FileName => named(self.file),
                way => self.texts_of(way, table).iter().find_map(|(text, _)| named(text)),
            });
            whole.members.extend(member.map(|code| (id.clone(), code)));
        }
        self.complete(whole, table, findings)
    }

    /// The area that is named first, and whether another place names another one. None: nobody knows the office.
    fn area(&self, table: &Table, findings: &mut Vec<Finding>) -> Option<Heard<&Area>> {
        let areas = &self.book.areas;
        let mut heard = Heard::<&Area>::default();
        for way in &self.layout.area {
            if !heard.asks(way) {
                continue;
            }
            let said = match way {
                Attach::Title => {
                    let title = self.title_besides(table, heard.first.is_some());
                    title.into_iter().find(|(text, _)| areas.find_within(text).is_some())
                }
                Attach::FileName => Some((self.file.to_string(), Place::file(self.file.as_ref()))),
                way => self.texts_of(way, table).into_iter().next(),
            };
            let Some((written, place)) = said else { continue };
            match areas.find(&written).or_else(|| areas.find_within(&written)) {
                Some((area, spelling)) => {
                    if spelling == Spelling::Typo && heard.first.is_none() {
                        findings.push(area_typo(&written, &area.name, place.clone()));
                    }
                    heard.take(Said::new(area, way, place, &written), spelling);
                }
                None if heard.first.is_none() && matches!(way, Attach::Head(_)) => {
                    findings.push(area_unknown(&written, self.book).at(place).read(written));
                    return None;
                }
                None => {}
            }
        }
        Some(heard)
    }

    /// The period that is named first, and whether another place names another one.
    fn period(&self, table: &Table) -> Heard<Period> {
        let mut heard = Heard::<Period>::default();
        for way in &self.layout.period {
            if !heard.asks(way) {
                continue;
            }
            let texts = match way {
                Attach::Title => self.title_besides(table, heard.first.is_some()),
                way => self.texts_of(way, table),
            };
            let named = |text: &str| if let Attach::Is(_) = way { text.parse().ok() } else { find_period(text) };
            let said = |(text, place): (String, Place)| Some(Said::new(named(&text)?, way, place, &text));
            if let Some(said) = texts.into_iter().take(heard.parts(way)).find_map(said) {
                heard.take(said);
            }
        }
        heard
    }

    /// A form of every month says its month alone where the year stands in the name of the file: （3月） in its title, or its sheet's name.
    fn part_of(&self, named: Period, table: &Table) -> Period {
        let parts = self.layout.template.every.map(|every| every.within(named)).unwrap_or_default();
        let ways = self.layout.period.iter().chain(&[Attach::Title, Attach::SheetName]);
        let mut texts = ways.filter(|_| parts.len() > 1).flat_map(|way| self.texts_of(way, table));
        texts.find_map(|(text, _)| find_part(&text, &parts)).unwrap_or(named)
    }

    /// What stands in a place that speaks of the whole table; of a path its own name first.
    pub(super) fn texts_of(&self, way: &Attach, table: &Table) -> Vec<(String, Place)> {
        match way {
            Attach::Head(words) => self.head(table, words).filter(|(text, _)| !text.is_empty()).into_iter().collect(),
            Attach::Title => self.title(table),
            Attach::SheetName => vec![(self.sheet.name.clone(), Place::sheet(self.file.as_ref(), &self.sheet.name))],
            Attach::FileName => {
                let parts = self.file.split('/').rev();
                parts.map(|part| (part.to_string(), Place::file(self.file.as_ref()))).collect()
            }
            Attach::Is(code) => vec![(code.clone(), Place::default())],
            Attach::Directly(_) | Attach::Closest(_) | Attach::Column(_) | Attach::InOrder(_) => Vec::new(),
        }
    }

    /// The title; where something was said already, without what the head says of other things: 填表时间：2024年.
    fn title_besides(&self, table: &Table, is_said: bool) -> Vec<(String, Place)> {
        let texts = self.title(table).into_iter();
        texts.filter(|(text, _)| !is_said || !self.is_head(text)).collect()
    }

    /// A table whose rows and columns name no area (or period) either cannot be placed at all.
    fn complete(&self, whole: Whole, table: &Table, findings: &mut Vec<Finding>) -> Option<Whole> {
        let in_cells = |ways: &[Attach]| ways.iter().any(|way| way.is_in_row() || way.is_above());
        let place = Place::sheet(self.file.as_ref(), &self.sheet.name);
        let name = &self.layout.title;
        let area_lacks = whole.area.is_none() && !in_cells(&self.layout.area);
        let period_lacks = whole.period.is_none()
            && !in_cells(&self.layout.period)
            && table.columns.iter().all(|column| column.period.is_none());
        if let Some(named) = whole.period.filter(|_| !in_cells(&self.layout.period) && !area_lacks)
            && table.columns.iter().any(|column| column.period.is_none())
            && let Some([first, _, ..]) = self.layout.template.every.map(|every| every.within(named)).as_deref()
        {
            let message = Text::new(
                format!("《{}》只写明了{}，没有写明其中哪一期，未读入", name.zh, named.in_chinese()),
                format!("this {} names {} and not which part of it, and was not read", name.en, named.in_english()),
            );
            let (zh, en) = (first.in_chinese(), first.in_english());
            let next =
                Text::new(format!("在标题中写全，如“{zh}”。"), format!("Write the whole of it into the title, such as {en}."));
            findings.push(Finding::new(Code::PeriodMissing, message).next(next).at(place).judged_by(&self.layout.place));
            return None;
        }
        let lacks = [
            (area_lacks, &self.layout.area, Code::AreaMissing, "没有写明是哪个区的", "names no area"),
            (period_lacks, &self.layout.period, Code::PeriodMissing, "没有写明年份", "names no period"),
        ];
        for (_, ways, code, zh, en) in lacks.into_iter().filter(|(lacks, ..)| *lacks) {
            let (message, place) = match self.left_blank(table, ways) {
                Some((word, place)) => (
                    Text::new(
                        format!("“{word}”未填写，《{}》未读入", name.zh),
                        format!("`{word}` is left blank, and this {} was not read", name.en),
                    ),
                    place,
                ),
                None => (
                    Text::new(format!("《{}》{zh}，未读入", name.zh), format!("this {} {en} and was not read", name.en)),
                    place.clone(),
                ),
            };
            findings.push(self.advised(Finding::new(code, message).at(place).judged_by(&self.layout.place), table));
        }
        (!area_lacks && !period_lacks).then_some(whole)
    }

    /// The texts above the headings, from the top; those above the table's own columns first.
    fn title(&self, table: &Table) -> Vec<(String, Place)> {
        let others = (0..self.sheet.columns).filter(|column| !table.span.contains(column)).collect();
        let own = table.span.clone().collect();
        self.texts(&table.title, own).into_iter().chain(self.texts(&table.title, others)).collect()
    }

    /// What stands behind one of these labels, above the table or below it; above or below its own columns first. Nothing, and the place
    /// of the label, where it is left blank.
    fn head(&self, table: &Table, words: &[String]) -> Option<(String, Place)> {
        let whole = 0..self.sheet.columns;
        let spans = [table.span.clone(), whole.clone()];
        let wanted: Vec<(&String, String)> = words.iter().map(|word| (word, fold(word))).collect();
        let mut blank = None;
        for (_, span) in spans.into_iter().enumerate().filter(|(at, span)| *at == 0 || *span != table.span) {
            let rows = table.title.clone().chain(table.body.end..self.sheet.rows);
            for (row, column) in rows.flat_map(|row| span.clone().map(move |column| (row, column))) {
                let said = self.sheet.cell(row, column).said();
                let folded = fold(&said);
                let Some((word, _)) = wanted.iter().find(|(_, wanted)| folded.contains(wanted.as_str())) else { continue };
                let here = behind(&said, word).filter(|value| !value.is_empty()).map(|value| (value, column));
                let next = || {
                    let mut beside = (column + 1..whole.end).map(|next| (self.sheet.cell(row, next).said().into_owned(), next));
                    let said = beside.find(|(text, _)| !text.trim().is_empty() && !is_left_blank(text));
                    said.filter(|(text, _)| !self.is_head(text))
                };
                match here.or_else(next) {
                    Some((text, column)) => return Some((text.trim().to_string(), self.place(row, column))),
                    None => blank = blank.or_else(|| Some((String::new(), self.place(row, column)))),
                }
            }
        }
        blank
    }

    /// Is this a label of the head itself, and nothing that stands behind one?
    fn is_head(&self, text: &str) -> bool {
        let folded = fold(text);
        let ways = self.layout.area.iter().chain(&self.layout.period).chain(self.layout.dimensions.values().flatten());
        let mut words = ways.filter_map(|way| if let Attach::Head(words) = way { Some(words) } else { None }).flatten();
        // 统计年份：2023年 is one, and 东区（联系人：张三） is none.
        let is_label =
            |(label, _): (&str, &str)| !label.trim().contains(|letter: char| letter.is_whitespace() || "(（".contains(letter));
        text.split_once([':', '：']).is_some_and(is_label) || words.any(|word| folded.starts_with(&fold(word)))
    }

    /// A label of the head behind which nothing stands, where it was to say something: the label, and its cell.
    fn left_blank(&self, table: &Table, ways: &[Attach]) -> Option<(String, Place)> {
        ways.iter().find_map(|way| {
            let Attach::Head(words) = way else { return None };
            let (_, place) = self.head(table, words).filter(|(text, _)| text.is_empty())?;
            Some((words.first()?.clone(), place))
        })
    }

    /// The units that the lines above the table give for the whole of it, `单位：万元`, or a note right below it.
    pub fn units(&self, table: &Table) -> Vec<String> {
        let below = table.body.end..self.sheet.rows.min(table.body.end.saturating_add(NOTES));
        let lines = table.title.clone().chain(below).map(|row| {
            let cells = (0..self.sheet.columns).map(|column| self.sheet.cell(row, column).said());
            (row, cells.filter(|said| !said.trim().is_empty()).collect::<Vec<_>>())
        });
        let holds = |(row, cells): &(u32, Vec<_>)| {
            table.title.contains(row) || cells.first().is_some_and(|first: &Cow<str>| unit_line::is_note(first))
        };
        lines
            .filter(holds)
            .flat_map(|(_, cells)| unit_line::units(&cells.iter().map(AsRef::as_ref).collect::<Vec<_>>()))
            .collect()
    }

    fn texts(&self, rows: &std::ops::Range<u32>, columns: Vec<u32>) -> Vec<(String, Place)> {
        let places = rows.clone().flat_map(|row| columns.iter().map(move |column| (row, *column)));
        let said = places.filter(|&(row, column)| !self.sheet.cell(row, column).is_blank());
        said.map(|(row, column)| (self.sheet.cell(row, column).said().into_owned(), self.place(row, column))).collect()
    }

    fn place(&self, row: u32, column: u32) -> Place {
        Place { cell: self.sheet.name_of(row, column), ..Place::sheet(self.file.as_ref(), &self.sheet.name) }
    }
}

pub fn area_unknown(written: &str, book: &Codebook) -> Finding {
    if let Some((of_code, of_name)) = book.areas.contradiction(written) {
        let message = Text::new(
            format!("“{written}”的代码是{}，名称是{}，两者不符，其数据未读入", of_code.name.zh, of_name.name.zh),
            format!(
                "`{written}` has the code of {} and the name of {}; its figures were not read",
                of_code.name.en, of_name.name.en
            ),
        );
        let expected = |area: &Area, name: &str| format!("{}{name}", area.code);
        return Finding::new(Code::AreaUnknown, message).expected(Text::new(
            format!("{} 或 {}", expected(of_code, &of_code.name.zh), expected(of_name, &of_name.name.zh)),
            format!("{} or {}", expected(of_code, &of_code.name.zh), expected(of_name, &of_name.name.zh)),
        ));
    }
    let nearest = book.areas.nearest(written);
    let hint = nearest.map_or_else(Text::default, |area| {
        Text::new(
            format!("已知区名，如“{}”", area.name.in_language(Language::Chinese)),
            format!("a known area, such as `{}`", area.name.en),
        )
    });
    let message = Text::new(
        format!("区名“{written}”无法识别，其数据未读入"),
        format!("the area name `{written}` is not known; its figures were not read"),
    );
    Finding::new(Code::AreaUnknown, message).expected(hint)
}

pub fn area_typo(written: &str, name: &Text, place: Place) -> Finding {
    let message =
        Text::new(format!("区名“{written}”应为“{}”", name.zh), format!("the area name `{written}` stands for {}", name.en));
    Finding::new(Code::AreaTypo, message).at(place).read(written).expected(name.clone())
}
