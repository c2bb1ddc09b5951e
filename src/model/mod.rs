//! Plain data: the nouns of the program. No reading, no writing, nothing here knows of files.

pub mod area;
pub mod arrival;
pub mod audit;
pub mod breakdown;
pub mod codebook;
pub mod dataset;
pub mod day;
pub mod dimension;
pub mod figure;
pub mod form;
pub mod goal;
pub mod grain;
pub mod indicator;
pub mod kind;
pub mod marks;
pub mod number;
pub mod observation;
pub mod output_format;
pub mod page;
pub mod period;
pub mod preview;
pub mod record_sheet;
pub mod revision;
pub mod senders;
pub mod statistics;
pub mod summary;
pub mod target;
pub mod text;

pub use area::{Area, AreaKind, Areas, Spelling};
pub use arrival::{Arrival, ArrivalState, Reminder};
pub use audit::{Audited, Outcome};
pub use breakdown::{Breakdown, TOTAL};
pub use codebook::Codebook;
pub use dataset::{Dataset, EmptyList, Unplaced};
pub use dimension::{Dimension, Member};
pub use figure::{About, Figure, Key, Mark, Table};
pub use form::{Asked, Choice, Figured, Form, FormColumn, FormRow, Head, Holds, Limits, Of, Total, Typed};
pub use grain::Grain;
pub use indicator::{Better, Break, Formula, Index, Indicator, Line, Measure, MeasureKind, OverYear, Split, Standard, Term, Way};
pub use kind::Kind;
pub use marks::{
    Bounds, Bullet, Cell, End, Heat, HeatRow, Level, Lines, Marks, Multiples, Pacing, Pair, Pairs, Point, Ranks, Series, Step,
    Tile,
};
pub use number::{are_equal, are_within, at_least, printed, push_number, stored};
pub use observation::{CellRef, Observation, Provenance, RowSet, Status, cell_name};
pub use output_format::OutputFormat;
pub use page::{Page, PageCell, PageTable, cell_place, column_name};
pub use period::Period;
pub use preview::{Preview, PreviewCell, Role};
pub use record_sheet::{MayHold, RecordColumn, RecordSheet};
pub use revision::{Publication, PublishedTable, Revision, RevisionKind, Revisions, Tier};
pub use senders::Senders;
pub use statistics::{
    Against, Cluster, Comparison, Contribution, Decomposition, Edge, GoingOn, Interval, Method, Outlook, OutlookWord, RatioKind,
    Trend, TrendMark,
};
pub use summary::{Change, Completeness, Course, Direction, IndicatorValue, Milestone, Pace, Progress, Summary, Verdict};
pub use target::{Aim, Amount, Answers, Baseline, Citation, Knot, Profile, Reading, Target};
pub use text::{Language, Text, bracketed, fold, fold_heading, half_width, how_many, in_brackets, is_chinese};

/// The id of a measure, indicator, target, dimension, member or area: shared, never changed.
pub type Id = std::sync::Arc<str>;

/// Most equal ids are one and the same, and need not be compared letter by letter.
pub fn same(one: &Id, other: &Id) -> bool {
    std::sync::Arc::ptr_eq(one, other) || one == other
}
