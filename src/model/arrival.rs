//! Who sent what when, and who is late.

use std::sync::Arc;

use jiff::civil::Date;

use super::{Id, Period, Text};

/// One form of one area for one period.
#[derive(Debug, Clone, PartialEq)]
pub struct Arrival {
    pub form: Id,
    pub area: Id,
    pub period: Period,
    pub due: Option<Date>,
    /// The day on which the last of its files was received.
    pub arrived: Option<Date>,
    pub state: ArrivalState,
    /// Days after the due date: of its arrival, or of the as-of date where it has not come.
    pub days_late: Option<i32>,
    /// It has not come and is due so soon, overdue, or sent by others, that the area is to be reminded.
    pub remind: bool,
    pub files: Vec<Arc<str>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ArrivalState {
    OnTime,
    Late,
    /// Not come, and its day is past.
    Overdue,
    /// Not come, and its day is not past; without one, its period is not over.
    Awaited,
    /// Come, with no day by which it had to.
    Undated,
    /// Not come, with no day by which it has to, though others have sent theirs.
    Missing,
}

impl ArrivalState {
    pub const ALL: [ArrivalState; 6] = [
        ArrivalState::OnTime,
        ArrivalState::Late,
        ArrivalState::Overdue,
        ArrivalState::Awaited,
        ArrivalState::Undated,
        ArrivalState::Missing,
    ];

    /// The word in `arrivals.csv`.
    pub fn word(self) -> &'static str {
        match self {
            ArrivalState::OnTime => "on_time",
            ArrivalState::Late => "late",
            ArrivalState::Overdue => "overdue",
            ArrivalState::Awaited => "awaited",
            ArrivalState::Undated => "undated",
            ArrivalState::Missing => "missing",
        }
    }

    /// The words for people.
    pub fn name(self) -> Text {
        match self {
            ArrivalState::OnTime => Text::new("按时", "on time"),
            ArrivalState::Late => Text::new("迟报", "late"),
            ArrivalState::Overdue => Text::new("逾期未报", "overdue"),
            ArrivalState::Awaited => Text::new("未到期", "not due yet"),
            ArrivalState::Undated => Text::new("已报", "sent"),
            ArrivalState::Missing => Text::new("未报", "not sent"),
        }
    }
}

/// What an area is to be told: its forms for one period and one day, or without a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Reminder {
    pub area: Id,
    pub period: Period,
    pub due: Option<Date>,
    /// Days since the due date; negative where it is still to come.
    pub days_overdue: Option<i32>,
    pub forms: Vec<Id>,
    /// A sentence that can be sent as it is.
    pub words: Text,
}
