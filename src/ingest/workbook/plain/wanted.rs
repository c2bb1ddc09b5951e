//! Which columns a sink wants, so that it is not asked for every cell.

use super::{super::cells::Sink, place::COLUMNS};

/// The columns that are wanted until the sink says otherwise.
pub struct Wanted {
    columns: Box<[u64]>,
    /// The column after the last one that is wanted.
    pub end: u32,
    /// Texts of all the others are looked at too.
    pub is_watching: bool,
}

impl Wanted {
    /// Every column.
    pub fn all() -> Wanted {
        Wanted { columns: vec![u64::MAX; COLUMNS as usize / 64].into(), end: COLUMNS, is_watching: false }
    }

    pub fn by(sink: &impl Sink) -> Wanted {
        let (mut columns, mut end) = (vec![0; COLUMNS as usize / 64], 0);
        for column in (0..COLUMNS).filter(|column| sink.wants(*column)) {
            if let Some(word) = columns.get_mut(column as usize / 64) {
                *word |= 1_u64 << (column % 64);
                end = column + 1;
            }
        }
        let is_watching = sink.watches();
        Wanted { columns: columns.into(), end: if is_watching { COLUMNS } else { end }, is_watching }
    }

    #[inline]
    pub fn has(&self, column: u32) -> bool {
        self.columns.get(column as usize / 64).is_some_and(|word| word >> (column % 64) & 1 == 1)
    }
}
