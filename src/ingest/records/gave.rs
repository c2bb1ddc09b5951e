//! What a list gave when its rows are counted: observations, one a value and group, and what there is to say of rows that did not answer.

use std::sync::Arc;

use super::{
    fault::Faults,
    layout::{Holds, RecordsLayout},
    tally::Tally,
};
use crate::{
    diag::{Code, Finding, Place},
    ingest::{Given, context::Whole},
    model::{Codebook, EmptyList, Observation, Provenance, RowSet, Status, Text},
};

/// A list that has been counted.
pub struct Gave<'a> {
    pub layout: &'a RecordsLayout,
    pub book: &'a Codebook,
    pub whole: &'a Whole,
    pub tally: &'a Tally<'a>,
    pub faults: &'a Faults,
    /// The sheet's column of each column of the layout.
    pub columns: &'a [Option<u32>],
    pub file: &'a Arc<str>,
    pub sheet: &'a str,
}

impl Gave<'_> {
    pub fn say(&self, given: &mut Given) {
        given.unlike.extend(self.whole.unlike.iter().map(|unlike| (self.layout.id.clone(), unlike.clone())));
        self.rows(given);
        self.observations(given);
        self.undecided(given);
        self.nowhere(given);
    }

    fn finding(&self, code: Code, message: Text) -> Finding {
        Finding::new(code, message).at(Place::sheet(self.file.as_ref(), self.sheet)).judged_by(&self.layout.place)
    }

    /// A list without a row, of which it is known whose it is, says that there is none.
    fn rows(&self, given: &mut Given) {
        let title = &self.layout.title;
        let (layout, file) = (self.layout.id.clone(), self.file.clone());
        // Rows that were not taken for records may be some.
        let is_blank = self.tally.seen == 0 && self.faults.records.rows == 0;
        if let (Some(area), Some(period), true) = (self.whole.area.clone(), self.whole.period, is_blank) {
            let says_none = self.faults.says_none;
            given.empty.push(EmptyList { layout, area, period, says_none, file });
            given.findings.extend((!says_none && self.is_of_all()).then(|| self.no_row()));
        } else if let Some(only) = self.layout.only.as_ref().filter(|_| self.tally.seen > 0 && self.tally.records == 0) {
            let rows = self.tally.seen;
            let message = Text::new(
                format!("《{}》有 {rows} 行，但没有一行属于统计范围（only-where），未计入", title.zh),
                format!("{} has {rows} rows, and `only-where` holds for none of them", title.en),
            );
            let next = Text::new(
                "核对各行的填写是否与流水线中的条件一致（如办学性质的写法）；本来就没有此类记录的，不用处理。",
                "See whether the rows are written as the condition of the pipeline expects; if there is none of the kind, leave it.",
            );
            given.findings.push(self.finding(Code::RowsUnanswered, message).next(next).judged_by(&only.place));
        } else if self.tally.records == 0 {
            given.findings.push(self.no_row());
        }
    }

    fn no_row(&self) -> Finding {
        let title = &self.layout.title;
        let message = Text::new(format!("《{}》没有一行数据", title.zh), format!("{} has not a single row", title.en));
        let next = Text::new(
            "在表头下逐行填写；如确实没有，在表头下一行写“无”。",
            "Fill in the rows below the headings; where there are none, write 无 (or none) there.",
        );
        self.finding(Code::ValueMissing, message).next(next)
    }

    /// Does it give something that is not broken down by what there is a row of? Of that a list without a row does not say that there is none.
    fn is_of_all(&self) -> bool {
        let measures = self.layout.values.iter().filter_map(|counted| self.book.measure(&counted.measure));
        measures.into_iter().any(|measure| !self.book.any_is_open(&measure.by))
    }

    fn observations(&self, given: &mut Given) {
        let title = &self.layout.title;
        let mut unknown = vec![0; self.layout.values.len()];
        for (value, (area, period, breakdown), sum, lacks) in self.tally.sums() {
            let counted = &self.layout.values[value];
            unknown[value] += sum.unknown;
            let value = sum.value();
            let status = match value {
                None => Status::Missing,
                Some(_) if lacks || sum.unknown > 0 => Status::Provisional,
                Some(_) => Status::Normal,
            };
            given.observations.push(Observation {
                measure: counted.measure.clone(),
                area: area.clone(),
                period: *period,
                breakdown: breakdown.clone(),
                value,
                status,
                provenance: Provenance::Rows {
                    how: counted.what.how(),
                    of: vec![RowSet { file: self.file.clone(), sheet: self.sheet.into(), rows: Some(sum.rows) }],
                },
                layout: self.layout.id.clone(),
            });
        }
        for (counted, rows) in self.layout.values.iter().zip(unknown).filter(|(_, rows)| *rows > 0) {
            let name = self.book.measure_name(&counted.measure);
            let message = Text::new(
                format!("《{}》有 {rows} 行因缺项无法判断“{}”，未计入", title.zh, name.zh),
                format!("{rows} rows of {} lack what {} rests on, and were not counted in it", title.en, name.en.to_lowercase()),
            );
            given.findings.push(self.finding(Code::RowsUnanswered, message).about(&counted.measure).judged_by(&counted.place));
        }
    }

    fn undecided(&self, given: &mut Given) {
        let title = &self.layout.title;
        if let Some(only) = self.layout.only.as_ref().filter(|_| self.tally.undecided > 0) {
            let rows = self.tally.undecided;
            let message = Text::new(
                format!("《{}》有 {rows} 行因缺项无法判断是否属于统计范围（only-where），未计入", title.zh),
                format!("{rows} rows of {} lack what `only-where` rests on, and were not counted", title.en),
            );
            given.findings.push(self.finding(Code::RowsUnanswered, message).judged_by(&only.place));
        }
    }

    /// Nothing of it is where it could be: neither a column nor the table as a whole says so.
    fn nowhere(&self, given: &mut Given) {
        let title = &self.layout.title;
        let is_there = |holds: &Holds| self.layout.column(holds).is_some_and(|column| self.columns[column].is_some());
        for (lacks, code, zh, en) in [
            (!is_there(&Holds::Area) && self.whole.area.is_none(), Code::AreaMissing, "是哪个区的", "area"),
            (!is_there(&Holds::Period) && self.whole.period.is_none(), Code::PeriodMissing, "年份", "period"),
        ] {
            if lacks {
                let message = Text::new(
                    format!("《{}》没有写明{zh}，未读入", title.zh),
                    format!("this {} names no {en} and was not read", title.en),
                );
                given.findings.push(self.finding(code, message));
            }
        }
    }
}
