//! Rows of a form with a row for every project or school that count other rows again: 新建小计, 合计3个, 其中：一期.

use super::{
    attached::Row,
    form::Reader,
    number::Figure,
    records::{Says, says},
    table::Table,
    value::Figures,
};
use crate::{
    diag::{Code, Finding, Place},
    model::{Text, are_equal},
};

/// So many rows above are added up at most.
const MOST: u32 = 1 << 12;

impl Reader<'_> {
    /// Does this row count others again? What only ends like a total is one if its figures are sums of the rows above it, and is said if not.
    pub(super) fn counts_again(
        &self,
        table: &Table,
        columns: &[Figures],
        row: &Row,
        at: u32,
        findings: &mut Vec<Finding>,
    ) -> bool {
        if !self.is_list() {
            return false;
        }
        let own = row.labels.iter().filter(|(_, label)| !self.layout.is_total(label.folded));
        for (column, label) in own {
            match says(label.said, self.book) {
                Says::Total => return true,
                // 扩建小计 may be that of a single row; a mean of one is none.
                Says::Perhaps if self.adds_up(table, columns, at, 1 + usize::from(!label.folded.ends_with('计'))) => {
                    return true;
                }
                Says::Perhaps => findings.push(self.may_be_total(Place::from(&self.cell(at, *column)), label.said)),
                Says::Other | Says::Place => {}
            }
        }
        false
    }

    /// Are all its figures the sums of the same rows right above it, of which there are so many at least?
    fn adds_up(&self, table: &Table, columns: &[Figures], at: u32, least: usize) -> bool {
        let value = |figures: &Figures, row: u32| match figures.read(&self.sheet.sheet, row) {
            Figure::Value(value, _) => Some(value),
            _ => None,
        };
        let wanted: Vec<(&Figures, f64)> = columns.iter().filter_map(|figures| Some((figures, value(figures, at)?))).collect();
        let mut sums = vec![0.0; wanted.len()];
        let above = (table.body.start..at).rev().take(MOST as usize).enumerate();
        !wanted.is_empty()
            && above.into_iter().any(|(so_far, row)| {
                wanted.iter().zip(&mut sums).for_each(|((figures, _), sum)| *sum += value(figures, row).unwrap_or(0.0));
                so_far + 1 >= least && wanted.iter().zip(&sums).all(|((_, wanted), sum)| are_equal(*wanted, *sum))
            })
    }

    fn may_be_total(&self, place: Place, label: &str) -> Finding {
        let title = &self.layout.title;
        let message = Text::new(
            format!("《{}》中“{label}”一行像是合计或平均，但与上面各行之和不符，仍作为一项计入", title.zh),
            format!(
                "the row `{label}` of this {} looks like a total or a mean, but is no sum of the rows above it; it was counted",
                title.en
            ),
        );
        Finding::new(Code::TotalDoubtful, message).at(place).read(label).judged_by(&self.layout.place)
    }
}
