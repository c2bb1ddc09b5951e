//! Everything that was read: one row per value, each knowing its cell.

use super::Observation;

/// Leaf values add up; totals that offices wrote beside them never do, and serve to be compared.
#[derive(Debug, Clone, Default)]
pub struct Dataset {
    pub observations: Vec<Observation>,
    pub totals: Vec<Observation>,
}

impl Dataset {
    /// Stable order, whatever order the workbooks were read in.
    pub fn sort(&mut self) {
        let by_cell = |a: &Observation, b: &Observation| {
            a.key().cmp(&b.key()).then_with(|| (a.cell(), a.sheets()).cmp(&(b.cell(), b.sheets())))
        };
        self.observations.sort_by(by_cell);
        self.totals.sort_by(by_cell);
    }
}
