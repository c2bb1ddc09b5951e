//! A heat table: districts below each other, the targets of a subject beside each other, verdicts in the cells.

use super::{
    phrase::{decimals, is_short, short},
    subject::Draft,
    topic::Topic,
};
use crate::model::{Area, Cell, Figure, Heat, HeatRow, Indicator, Key, Kind, Mark, Marks, Table, Target, Text, Verdict};

pub fn by_area(topic: &Topic) -> Option<Figure> {
    let chapter = topic.chapter;
    let districts: Vec<&Area> = topic.districts().collect();
    let is_by_area = |(target, _): &&(&Target, &Indicator)| {
        districts.iter().filter(|area| topic.progress(target, &area.code).is_some()).count() > 1
    };
    let targets: Vec<(&Target, &Indicator)> = topic.targets.iter().filter(is_by_area).copied().collect();
    if targets.len() < 2 {
        return None;
    }
    let cell = |area: &Area, target: &Target, indicator: &Indicator| {
        let row = topic.progress(target, &area.code)?;
        let words = chapter.words(&word(row.verdict)).to_string();
        let shown = row.value.map(|value| short(indicator, value, decimals(indicator, target, row))).unwrap_or_default();
        Some(Cell { verdict: row.verdict, words, shown })
    };
    let whole = chapter.areas.whole();
    let rows: Vec<HeatRow> = districts
        .iter()
        .copied()
        .chain(whole.filter(|_| topic.asked.is_empty()))
        .map(|area| HeatRow {
            label: chapter.words(&area.name).to_string(),
            emphasis: whole.is_some_and(|whole| whole.code == area.code),
            cells: targets.iter().map(|(target, indicator)| cell(area, target, indicator)).collect(),
        })
        .collect();
    let columns: Vec<String> = targets.iter().map(|(target, _)| chapter.words(&target.name).to_string()).collect();
    let as_of = topic.as_of();
    let name = topic.name;
    let draft = Draft {
        title: title(topic, &rows, targets.len()),
        subtitle: chapter.say(
            format!("{name}各项目标，按地区，格内为结论和数值，{as_of}"),
            format!("Targets of {name} by area, verdict and value in each cell, {as_of}"),
        ),
        told: told(topic, &rows, &columns),
        key: key(topic, &rows),
        notes: whole.filter(|_| topic.asked.is_empty()).and_then(|whole| topic.incomplete(whole, &targets)).into_iter().collect(),
        table: table(topic, &rows, &columns),
        marks: Marks::Heat(Heat { columns, rows }),
    };
    Some(topic.figure(Kind::Heat, draft))
}

/// The verdict, short enough for a cell.
fn word(verdict: Verdict) -> Text {
    match verdict {
        Verdict::Aspiration => Text::new("愿景", "aspiration"),
        _ => verdict.name(),
    }
}

/// How many districts met everything they are judged by, and who fell short most often.
fn title(topic: &Topic, rows: &[HeatRow], targets: usize) -> String {
    let parts = || rows.iter().filter(|row| !row.emphasis && row.cells.iter().flatten().next().is_some());
    let is_met = |row: &&HeatRow| row.cells.iter().flatten().all(|cell| cell.verdict.is_reached());
    let (all, met) = (parts().count(), parts().filter(is_met).count());
    let short = |row: &HeatRow| row.cells.iter().flatten().filter(|cell| is_short(cell.verdict)).count();
    let many = parts().map(short).max().unwrap_or(0);
    let furthest: Vec<&HeatRow> = parts().filter(|row| many > 1 && short(row) == many).collect();
    let (name, counted) = (topic.name, topic.chapter.counted());
    let (more_zh, more_en) = match furthest.as_slice() {
        [] => Default::default(),
        [one] => (format!("；{}有{many}项未达成，为最多", one.label), format!("; most missed in {} ({many})", one.label)),
        [first, others @ ..] => (
            format!("；{}等{}个{counted}各有{many}项未达成，为最多", first.label, others.len() + 1),
            format!("; most missed in {} and {} more ({many} each)", first.label, others.len()),
        ),
    };
    let (met_zh, met_en) = match met {
        0 => (format!("没有一个{counted}"), format!("no area of {all}")),
        met if met == all => (format!("{all}个{counted}"), format!("each of {all} areas")),
        met => (format!("{all}个{counted}中{met}个"), format!("{met} of {all} areas")),
    };
    topic.chapter.say(
        format!("{name}{targets}项目标：{met_zh}全部达成{more_zh}"),
        format!("{name}, {targets} targets: all met in {met_en}{more_en}"),
    )
}

/// Column by column, who stands where.
fn told(topic: &Topic, rows: &[HeatRow], columns: &[String]) -> String {
    let told = |(place, name): (usize, &String)| {
        let of = |verdict: Verdict| {
            rows.iter().filter(|row| row.cells[place].as_ref().is_some_and(|cell| cell.verdict == verdict)).count()
        };
        let counts: Vec<String> = Verdict::ALL
            .into_iter()
            .filter(|verdict| of(*verdict) > 0)
            .map(|verdict| format!("{} {}", topic.chapter.words(&word(verdict)), of(verdict)))
            .collect();
        topic.chapter.say(format!("{name}：{}", counts.join("，")), format!("{name}: {}", counts.join(", ")))
    };
    let told: Vec<String> = columns.iter().enumerate().map(told).collect();
    topic.chapter.say(format!("{}。", told.join("；")), format!("{}.", told.join("; ")))
}

fn key(topic: &Topic, rows: &[HeatRow]) -> Vec<Key> {
    let is_shown =
        |verdict: &Verdict| rows.iter().flat_map(|row| row.cells.iter().flatten()).any(|cell| cell.verdict == *verdict);
    let mark = |verdict: Verdict| Key { mark: Mark::Cell(verdict), words: topic.chapter.words(&verdict.name()).to_string() };
    Verdict::ALL.into_iter().filter(is_shown).map(mark).collect()
}

fn table(topic: &Topic, rows: &[HeatRow], columns: &[String]) -> Table {
    let area = topic.chapter.say("地区".into(), "Area".into());
    let cell = |cell: &Option<Cell>| cell.as_ref().map(|cell| format!("{} {}", cell.words, cell.shown).trim_end().to_string());
    let row = |row: &HeatRow| {
        std::iter::once(row.label.clone()).chain(row.cells.iter().map(|one| cell(one).unwrap_or_default())).collect()
    };
    Table { columns: std::iter::once(area).chain(columns.iter().cloned()).collect(), rows: rows.iter().map(row).collect() }
}
