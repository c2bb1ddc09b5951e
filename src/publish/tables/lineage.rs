//! `lineage.csv`: which observations each row of `indicators.csv`, `targets.csv` and `decomposition.csv` is made of.

use std::collections::BTreeSet;

use super::{Contents, decomposition};
use crate::{
    model::Text,
    publish::table::{Column, Table},
};

pub fn table(contents: &Contents) -> Table {
    let columns = vec![
        Column::text("table", "结果表：indicators、targets 或 decomposition", "The table: indicators, targets or decomposition"),
        Column::integer("line", "该表中的行号，标题行为 1", "Line of that file; its heading is line 1"),
        Column::text("observations", "所用观测的编号，如 3-26 130", "Numbers of the observations, such as 3-26 130"),
        Column::text("sample", "示例数据标记", "Marks sample data"),
    ];
    let values = &contents.summary.values;
    let line = |place: usize| (place + 2).to_string();
    let of_values = values
        .iter()
        .enumerate()
        .map(|(place, value)| vec!["indicators".to_string(), line(place), runs(&value.from), contents.sample_mark().to_string()]);
    let of_targets = contents.summary.progress.iter().enumerate().map(|(place, progress)| {
        let judged = progress.judged.map_or(&[][..], |judged| &values[judged].from);
        let from: BTreeSet<u32> = judged.iter().chain(&progress.besides).copied().collect();
        let from: Vec<u32> = from.into_iter().collect();
        vec!["targets".to_string(), line(place), runs(&from), contents.sample_mark().to_string()]
    });
    let of_parts = decomposition::lines(contents).enumerate().map(|(place, (whole, part))| {
        let from: BTreeSet<u32> = match part {
            Some(part) => part.from.iter().copied().collect(),
            None => whole.parts.iter().flat_map(|part| part.from.iter().copied()).collect(),
        };
        let from: Vec<u32> = from.into_iter().collect();
        vec!["decomposition".to_string(), line(place), runs(&from), contents.sample_mark().to_string()]
    });
    Table {
        name: "lineage",
        title: Text::new("来源", "Lineage"),
        rows: of_values.chain(of_targets).chain(of_parts).collect(),
        columns,
    }
}

/// Places counted from 1, runs of them shortened: `3-26 130`.
pub fn runs(places: &[u32]) -> String {
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for number in places.iter().map(|place| place + 1) {
        match ranges.last_mut() {
            Some((_, end)) if *end + 1 == number => *end = number,
            _ => ranges.push((number, number)),
        }
    }
    let show = |&(start, end): &(u32, u32)| if start == end { start.to_string() } else { format!("{start}-{end}") };
    ranges.iter().map(show).collect::<Vec<_>>().join(" ")
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
