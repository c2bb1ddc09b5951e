//! Who sent what when: what came, held against the day by which it had to.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use jiff::civil::Date;

use crate::{
    diag::TomlPlace,
    model::{Arrival, ArrivalState, Codebook, Completeness, Id, Language, Period, Reminder, Senders, Text, how_many},
};

/// By which day some forms have to come, from some areas or from all.
#[derive(Debug, Clone, PartialEq)]
pub struct Deadline {
    pub id: Id,
    pub forms: Vec<Id>,
    /// Areas with which this day was agreed; all of them where it is empty.
    pub areas: Vec<Id>,
    pub period: Period,
    pub due: Date,
    /// Days before it from which an area is reminded.
    pub remind_before: u32,
    pub because: Text,
    pub place: TomlPlace,
}

/// One row per form, area and period that has come from anywhere, or has a deadline. `received` says when each file came.
pub fn arrivals(
    completeness: &[Completeness],
    deadlines: &[Deadline],
    received: &BTreeMap<Arc<str>, Date>,
    senders: &Senders,
    book: &Codebook,
    as_of: Date,
) -> Vec<Arrival> {
    let known: BTreeMap<(&Id, &Id, Period), &Completeness> =
        completeness.iter().map(|row| ((&row.layout, &row.area, row.period), row)).collect();
    let mut expected: BTreeSet<(&Id, Period, usize)> =
        completeness.iter().map(|row| (&row.layout, row.period, book.areas.order(&row.area))).collect();
    for deadline in deadlines {
        for form in &deadline.forms {
            // Those with whom a day was agreed owe the form, whoever else does.
            let areas = if deadline.areas.is_empty() { senders.of(form) } else { deadline.areas.as_slice() };
            expected.extend(areas.iter().map(|area| (form, deadline.period, book.areas.order(area))));
        }
    }
    let by_order: BTreeMap<usize, &Id> = book.areas.iter().map(|area| (book.areas.order(&area.code), &area.code)).collect();
    let row = |(form, period, order): (&Id, Period, usize)| {
        let area = *by_order.get(&order)?;
        let deadline = deadline(deadlines, form, area, period);
        let sent = known.get(&(form, area, period));
        let files = sent.map(|row| row.files.clone()).unwrap_or_default();
        let arrived = files.iter().filter_map(|file| received.get(file)).max().copied();
        let due = deadline.map(|deadline| deadline.due);
        let has_come = !files.is_empty();
        let state = match (has_come, due) {
            (true, Some(due)) if arrived.is_some_and(|arrived| arrived > due) => ArrivalState::Late,
            (true, Some(_)) => ArrivalState::OnTime,
            (true, None) => ArrivalState::Undated,
            (false, Some(due)) if as_of > due => ArrivalState::Overdue,
            (false, Some(_)) => ArrivalState::Awaited,
            // Somebody was early.
            (false, None) if !period.is_due(as_of) => ArrivalState::Awaited,
            (false, None) => ArrivalState::Missing,
        };
        let is_behind = matches!(state, ArrivalState::Late | ArrivalState::Overdue);
        let days_late = due.filter(|_| is_behind).map(|due| days_between(due, arrived.unwrap_or(as_of)));
        let days_left = due.map(|due| days_between(as_of, due));
        let is_soon = |deadline: &Deadline| days_left.is_some_and(|days| days <= deadline.remind_before as i32);
        let remind = state == ArrivalState::Missing || !has_come && deadline.is_some_and(is_soon);
        Some(Arrival { form: form.clone(), area: area.clone(), period, due, arrived, state, days_late, remind, files })
    };
    expected.into_iter().filter_map(row).collect()
}

/// The day agreed with the area, or the one for all.
fn deadline<'a>(deadlines: &'a [Deadline], form: &Id, area: &Id, period: Period) -> Option<&'a Deadline> {
    let fits = |deadline: &&Deadline| deadline.period == period && deadline.forms.contains(form);
    let own = deadlines.iter().filter(fits).find(|deadline| deadline.areas.contains(area));
    own.or_else(|| deadlines.iter().filter(fits).find(|deadline| deadline.areas.is_empty()))
}

fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

/// What has not come and is due, one reminder per area, period and day, in the order of the areas.
pub fn reminders(arrivals: &[Arrival], book: &Codebook, as_of: Date) -> Vec<Reminder> {
    // What has no day comes behind what has one.
    let mut owed: BTreeMap<(usize, bool, Option<Date>, Period), Vec<&Arrival>> = BTreeMap::new();
    for arrival in arrivals.iter().filter(|arrival| arrival.remind) {
        let of_area = book.areas.order(&arrival.area);
        owed.entry((of_area, arrival.due.is_none(), arrival.due, arrival.period)).or_default().push(arrival);
    }
    owed.into_iter()
        .map(|((_, _, due, period), owed)| {
            let area = owed[0].area.clone();
            let forms: Vec<Id> = owed.iter().map(|arrival| arrival.form.clone()).collect();
            let due = due.map(|due| (due, days_between(due, as_of)));
            let words = words(book, &area, period, due, &forms);
            Reminder { area, period, due: due.map(|(due, _)| due), days_overdue: due.map(|(_, days)| days), forms, words }
        })
        .collect()
}

/// `due`: the day, and how many days it is past.
fn words(book: &Codebook, area: &Id, period: Period, due: Option<(Date, i32)>, forms: &[Id]) -> Text {
    let (zh, en) = (book.area_name(area, Language::Chinese), book.area_name(area, Language::English));
    let zh = format!("{zh}：{}的 {} 表", period.in_chinese(), forms.join("、"));
    let en = format!("{en}: {} for {}", forms.join(", "), period.in_english());
    match due {
        Some((due, days)) if days > 0 => Text::new(
            format!("{zh}应于 {due} 前报送，已逾期 {days} 天，请尽快报送。"),
            format!(
                "{en} was due on {due} and is {} overdue; please send it.",
                how_many(days.unsigned_abs() as usize, "day", "days")
            ),
        ),
        Some((due, _)) => Text::new(format!("{zh}请于 {due} 前报送。"), format!("{en} is due on {due}; please send it by then.")),
        None => Text::new(
            format!("{zh}，其他单位已报送，请尽快报送。"),
            format!("{en} has come from others and not yet from you; please send it."),
        ),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::{
        diag::TomlFile,
        model::{Area, AreaKind, Areas, Dataset},
    };

    fn book() -> Codebook {
        let mut areas = Areas::default();
        for (code, zh, kind) in
            [("E1", "东区", AreaKind::District), ("E2", "西区", AreaKind::District), ("W", "全市", AreaKind::Whole)]
        {
            areas.push(Area { code: code.into(), name: Text::new(zh, code), kind, parent: None }, &[], &[]);
        }
        Codebook { areas, ..Codebook::default() }
    }

    fn senders() -> Senders {
        Senders::new(&["S01".into(), "S02".into()], &Default::default(), &Dataset::default(), &book())
    }

    fn deadline(areas: &[&str], due: Date) -> Deadline {
        let file = Arc::new(TomlFile { path: String::new(), text: String::new() });
        Deadline {
            id: "yearly".into(),
            forms: vec!["S01".into()],
            areas: areas.iter().map(|area| Id::from(*area)).collect(),
            period: Period::Year(2023),
            due,
            remind_before: 7,
            because: Text::default(),
            place: TomlPlace { file, span: 0..0 },
        }
    }

    fn sent(area: &str, file: &str) -> Completeness {
        let files = vec![Arc::from(file)];
        Completeness { layout: "S01".into(), area: area.into(), period: Period::Year(2023), values: 1, missing: 0, files }
    }

    fn states(deadlines: &[Deadline], as_of: Date) -> Vec<(ArrivalState, Option<i32>, bool)> {
        let received = BTreeMap::from([(Arc::from("东区.xlsx"), date(2024, 1, 12))]);
        let rows = arrivals(&[sent("E1", "东区.xlsx")], deadlines, &received, &senders(), &book(), as_of);
        rows.iter().map(|row| (row.state, row.days_late, row.remind)).collect()
    }

    #[test]
    fn what_came_is_held_against_its_day_and_what_did_not_against_the_as_of_date() {
        let all = [deadline(&[], date(2024, 1, 10))];
        let late = (ArrivalState::Late, Some(2), false);
        assert_eq!(states(&all, date(2024, 1, 15)), [late, (ArrivalState::Overdue, Some(5), true)]);
        assert_eq!(states(&all, date(2024, 1, 10)), [late, (ArrivalState::Awaited, None, true)]);
        assert_eq!(states(&all, date(2024, 1, 2)), [late, (ArrivalState::Awaited, None, false)]);
        assert_eq!(states(&[], date(2024, 1, 15)), [(ArrivalState::Undated, None, false)]);
    }

    #[test]
    fn without_a_day_a_form_is_owed_once_its_period_is_over_and_others_have_sent_theirs() {
        let sent = |area: &str, period: &str, files: &[&str]| Completeness {
            period: period.parse().unwrap(),
            files: files.iter().map(|file| Arc::from(*file)).collect(),
            ..sent(area, "")
        };
        let rows = [sent("E1", "2024-01", &["东区.xlsx"]), sent("E2", "2024-01", &[])];
        let told = |as_of: Date| {
            let rows = arrivals(&rows, &[], &BTreeMap::new(), &senders(), &book(), as_of);
            let words: Vec<String> = reminders(&rows, &book(), as_of).into_iter().map(|reminder| reminder.words.zh).collect();
            (rows[1].state, words)
        };
        assert_eq!(told(date(2024, 1, 30)), (ArrivalState::Awaited, vec![]), "January is not over");
        let words = "西区：2024年1月的 S01 表，其他单位已报送，请尽快报送。".to_string();
        assert_eq!(told(date(2024, 1, 31)), (ArrivalState::Missing, vec![words]));
    }

    #[test]
    fn a_day_agreed_with_an_area_outranks_the_one_for_all() {
        let agreed = [deadline(&[], date(2024, 1, 10)), deadline(&["E1"], date(2024, 1, 12))];
        let on_time = (ArrivalState::OnTime, None, false);
        assert_eq!(states(&agreed, date(2024, 1, 15)), [on_time, (ArrivalState::Overdue, Some(5), true)]);
    }

    #[test]
    fn a_reminder_names_all_that_an_area_owes_for_a_day() {
        let mut both = deadline(&[], date(2024, 1, 10));
        both.forms.push("S02".into());
        let rows = arrivals(&[], &[both], &BTreeMap::new(), &senders(), &book(), date(2024, 1, 15));
        let reminders = reminders(&rows, &book(), date(2024, 1, 15));
        assert_eq!(reminders.len(), 2);
        assert_eq!(reminders[0].words.zh, "东区：2023年的 S01、S02 表应于 2024-01-10 前报送，已逾期 5 天，请尽快报送。");
    }
}
