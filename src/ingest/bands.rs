//! Tables that stand side by side: which columns of a sheet belong to which of them.

use std::ops::{Range, RangeInclusive};

use super::{
    folded::Folded,
    layout::{Attach, Layout},
    table::Column,
    words::find_period,
};
use crate::model::Codebook;

/// Rows below the headings in which a band's labels are looked for.
const LOOK: u32 = 40;

impl Folded<'_> {
    /// The columns of each table below these headings: one band, unless there are several tables each with labels of its own.
    pub fn bands(&self, layout: &Layout, book: &Codebook, headings: &RangeInclusive<u32>, columns: &[Column]) -> Vec<Range<u32>> {
        let whole = 0..self.sheet.columns;
        let is_blank = |column: u32| {
            let rows = *headings.start()..self.sheet.rows.min(headings.end() + LOOK);
            rows.into_iter().all(|row| self.sheet.filled(row, column).is_blank())
        };
        let is_band = |band: &Range<u32>| {
            let mine: Vec<&Column> = columns.iter().filter(|column| band.contains(&column.column)).collect();
            !mine.is_empty()
                && layout.needs.iter().all(|need| mine.iter().any(|column| layout.values[column.values].measure == *need))
                && self.is_labelled(layout, book, headings, band, &mine)
        };
        let parted = split(&whole, (0..self.sheet.columns).filter(|column| is_blank(*column)));
        // One run of columns is one band, and needs no second look.
        let is_parted = parted.len() > 1;
        let by_blanks: Vec<Range<u32>> = parted.into_iter().filter(|band| is_parted && is_band(band)).collect();
        let is_in = |bands: &[Range<u32>], column: &Column| bands.iter().any(|band| band.contains(&column.column));
        let covers = |bands: &[Range<u32>]| columns.iter().all(|column| is_in(bands, column));
        if !by_blanks.is_empty() && covers(&by_blanks) && (by_blanks.len() > 1 || self.has_others(headings, &by_blanks[0])) {
            return by_blanks;
        }
        // Without a blank column between them only what is said twice can tell.
        let says_the_same =
            |a: &Column, b: &Column| (a.values, &a.area, a.period, &a.members) == (b.values, &b.area, b.period, &b.members);
        let is_twice = columns.iter().enumerate().any(|(at, a)| columns[..at].iter().any(|b| says_the_same(a, b)));
        if is_twice && let Some(starts) = self.repeated_label(headings, columns) {
            let bands: Vec<Range<u32>> = between(&starts, self.sheet.columns);
            if bands.len() > 1 && bands.iter().all(is_band) && covers(&bands) {
                return bands;
            }
        }
        vec![whole]
    }

    /// Do the rows of a band name what the layout looks for in rows? An area if it looks for areas there.
    fn is_labelled(
        &self,
        layout: &Layout,
        book: &Codebook,
        headings: &RangeInclusive<u32>,
        band: &Range<u32>,
        columns: &[&Column],
    ) -> bool {
        let in_row = |ways: &[Attach]| ways.iter().any(Attach::is_in_row);
        let rows = headings.end() + 1..self.sheet.rows.min(headings.end() + LOOK);
        let is_value = |column: u32| columns.iter().any(|known| known.column == column);
        let any = |understood: &dyn Fn(&str) -> bool| {
            let labels = band.clone().filter(|column| !is_value(*column));
            labels.into_iter().any(|column| rows.clone().any(|row| understood(self.said(row, column))))
        };
        if in_row(&layout.area) && !layout.area.iter().any(|way| matches!(way, Attach::InOrder(_))) {
            return any(&|label| book.areas.find(label).is_some());
        }
        let dimension = layout.dimensions.iter().find(|(_, ways)| in_row(ways)).and_then(|(id, _)| book.dimension(id));
        match dimension {
            Some(dimension) => any(&|label| !label.is_empty() && (dimension.open || dimension.find(label).is_some())),
            None if in_row(&layout.period) => any(&|label| find_period(label).is_some()),
            None => true,
        }
    }

    /// Does anything stand beside a band in its heading rows?
    fn has_others(&self, headings: &RangeInclusive<u32>, band: &Range<u32>) -> bool {
        let beside = (0..self.sheet.columns).filter(|column| !band.contains(column));
        beside.into_iter().any(|column| headings.clone().any(|row| !self.at(row, column).is_empty()))
    }

    /// The columns that begin with the heading of the first label column.
    fn repeated_label(&self, headings: &RangeInclusive<u32>, columns: &[Column]) -> Option<Vec<u32>> {
        let stack = |column: u32| -> Vec<&str> {
            headings.clone().map(|row| self.at(row, column)).filter(|text| !text.is_empty()).collect()
        };
        let is_label = |column: &u32| !columns.iter().any(|known| known.column == *column) && !stack(*column).is_empty();
        let first = (0..self.sheet.columns).find(is_label)?;
        let said = stack(first);
        Some((first..self.sheet.columns).filter(|column| is_label(column) && stack(*column) == said).collect())
    }
}

/// Runs of columns between those that are blank.
fn split(whole: &Range<u32>, blanks: impl Iterator<Item = u32>) -> Vec<Range<u32>> {
    let mut bands = Vec::new();
    let mut start = whole.start;
    for blank in blanks.chain([whole.end]) {
        if blank > start {
            bands.push(start..blank);
        }
        start = blank + 1;
    }
    bands
}

/// From each start to the next.
fn between(starts: &[u32], end: u32) -> Vec<Range<u32>> {
    let ends = starts.iter().skip(1).copied().chain([end]);
    starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
}
