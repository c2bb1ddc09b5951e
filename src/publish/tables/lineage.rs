//! `lineage.csv`: which observations each row of `indicators.csv`, `targets.csv` and `decomposition.csv` is made of.

use std::fmt::Write;

use super::{Contents, decomposition};
use crate::{
    model::{Summary, Text},
    publish::table::{Column, Rows, Table},
};

pub fn table(contents: &Contents) -> Table {
    let columns = vec![
        Column::text("table", "结果表：indicators、targets 或 decomposition", "The table: indicators, targets or decomposition"),
        Column::integer("line", "该表中的行号，标题行为 1", "Line of that file; its heading is line 1"),
        Column::text("observations", "所用观测的编号，如 3-26 130", "Numbers of the observations, such as 3-26 130"),
        Column::text("sample", "示例数据标记", "Marks sample data"),
    ];
    let Summary { values, progress, .. } = contents.summary;
    let mut rows = Rows::with_room(columns.len(), values.len() + progress.len());
    let mut say = |table: &str, place: usize, from: &[u32]| {
        rows.text(table);
        // The heading is line 1.
        rows.count(place + 2);
        rows.text(&runs(from));
        rows.text(contents.sample_mark());
    };
    for (place, value) in values.iter().enumerate() {
        say("indicators", place, &value.from);
    }
    for (place, progress) in progress.iter().enumerate() {
        let judged = progress.judged.map_or(&[][..], |judged| &values[judged].from);
        say("targets", place, &in_order(judged.iter().chain(&progress.besides)));
    }
    for (place, (whole, part)) in decomposition::lines(contents).enumerate() {
        let parts = part.map_or(whole.parts.as_slice(), std::slice::from_ref);
        say("decomposition", place, &in_order(parts.iter().flat_map(|part| &part.from)));
    }
    Table { name: "lineage", title: Text::new("来源", "Lineage"), rows, columns }
}

/// Each once.
fn in_order<'a>(places: impl Iterator<Item = &'a u32>) -> Vec<u32> {
    let mut places: Vec<u32> = places.copied().collect();
    places.sort_unstable();
    places.dedup();
    places
}

/// Places counted from 1, runs of them shortened: `3-26 130`.
pub fn runs(places: &[u32]) -> String {
    let mut said = String::new();
    for run in places.chunk_by(|place, next| place + 1 == *next) {
        let gap = if said.is_empty() { "" } else { " " };
        // A string takes everything.
        let _ = match run {
            [place] => write!(said, "{gap}{}", place + 1),
            _ => write!(said, "{gap}{}-{}", run[0] + 1, run[0] as usize + run.len()),
        };
    }
    said
}

#[cfg(test)]
mod tests {
    use super::runs;

    #[test]
    fn runs_are_shortened() {
        assert_eq!(runs(&[2, 3, 4, 129, 140, 141]), "3-5 130 141-142");
        assert_eq!(runs(&[]), "");
    }
}
