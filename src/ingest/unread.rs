//! What is said of a cell that ought to hold a figure and gives none.

use super::{form::Reader, table::Table, value::Figures, workbook::Cell};
use crate::{
    diag::{Code, Finding, Place},
    model::Text,
};

/// Words, a date, a formula that failed or whose result is not kept.
pub fn unreadable(cell: &Cell, name: &Text) -> Finding {
    let said = cell.said();
    let (message, expected) = match cell {
        Cell::Formula(_) => (
            Text::new(
                format!("{}：公式“{said}”没有保存结果", name.zh),
                format!("{}: the result of the formula `{said}` is not kept", name.en),
            ),
            Text::new(
                "用 Excel 或 WPS 打开并保存，使结果存入文件",
                "open and save it in Excel or WPS, so that the result is kept",
            ),
        ),
        Cell::Error(_) => (
            Text::new(format!("{}：公式出错（{said}）", name.zh), format!("{}: the formula failed ({said})", name.en)),
            Text::new("改正公式，或填写数字", "a formula that works, or a number"),
        ),
        _ => (
            Text::new(format!("{}：“{said}”不是数字", name.zh), format!("{}: `{said}` is not a number", name.en)),
            Text::new("一个数字，或表示没有数据的“—”", "a number, or — where there is none"),
        ),
    };
    Finding::new(Code::NumberUnreadable, message).expected(expected)
}

impl Reader<'_> {
    /// Measures of the form whose headings the table lacks: their figures did not arrive.
    pub fn absent_headings(&self, table: &Table) -> Vec<Finding> {
        let is_there = |place: usize| table.columns.iter().any(|column| column.values == place);
        let absent = self.layout.values.iter().enumerate().filter(|(place, values)| !values.optional && !is_there(*place));
        absent
            .map(|(_, values)| {
                let name = self.book.measure_name(&values.measure);
                let message = Text::new(
                    format!("表中没有“{}”一栏", name.zh),
                    format!("the table has no column for {}", name.en.to_lowercase()),
                );
                let words = values.headings.iter().map(|path| path.join(" › ")).collect::<Vec<_>>().join(" / ");
                Finding::new(Code::HeadingMissing, message)
                    .at(Place::sheet(self.file.as_ref(), &self.sheet.sheet.name))
                    .expected(Text::same(words))
                    .judged_by(&values.place)
            })
            .collect()
    }

    /// A column, or the head of the table, that gives a unit of something else.
    pub(super) fn foreign(&self, table: &Table, figures: &Figures, written: &str) -> Finding {
        let Figures { column, measure, values, .. } = figures;
        let (name, wanted) = (&measure.name, &measure.unit);
        let message = Text::new(
            format!("“{}”的单位写的是{written}，无法换算为{wanted}，该栏未读入", name.zh),
            format!("the unit of {} is given as {written}, which is not turned into {wanted}; the column was not read", name.en),
        );
        let heading = self.cell(*table.headings.end(), column.column);
        let expected = Text::same(wanted.clone());
        Finding::new(Code::UnitForeign, message).at(&heading).read(written).expected(expected).judged_by(&values.place)
    }
}

/// What is no day, where a day belongs.
pub fn no_day(cell: &Cell, name: &Text) -> Finding {
    let said = cell.said();
    let message = Text::new(format!("{}：“{said}”不是日期", name.zh), format!("{}: `{said}` is not a day", name.en));
    say_a_day(Finding::new(Code::NumberUnreadable, message))
}

/// What is to stand there is a day.
pub fn say_a_day(finding: Finding) -> Finding {
    let next = Text::new(
        "在该单元格填写日期；没有这一天的请留空或填“—”。",
        "Put a day into the cell; leave it blank or write — where there is none.",
    );
    finding.expected(Text::new("一个日期，如 2023年9月1日", "a day, such as 2023-09-01")).next(next)
}

/// A number that may be a share or a per cent.
pub fn doubtful(cell: &Cell, name: &Text) -> Finding {
    let said = cell.said();
    let message = Text::new(
        format!("{}：“{said}”可能是百分数也可能是小数，此文件格式无法分辨", name.zh),
        format!("{}: `{said}` may be a per cent or a fraction of one, and this format does not tell which", name.en),
    );
    let expected = Text::new(
        "另存为 .xlsx，或把百分数写成文字（如 55.82%）",
        "the file saved as .xlsx, or the per cent as text such as 55.82%",
    );
    Finding::new(Code::NumberUnreadable, message).expected(expected)
}
