//! What changed from one run to another, value by value.
//!
//! Formula: values are paired by what they are of (measure or indicator, area, period, members), never by row or column. Two are
//! equal where they agree when rounded to the coarser of the precisions in which their cells show them: 10.2 % and 0.101737616.
//! The size of a revision is BARD |a − b| ÷ (|a| + |b| + ε): large from 15 %, moderate from 1 % (the bilateral absolute relative
//! difference of revision analysis). Degenerate cases: no value before and none now is no revision, whatever the two cells say;
//! 0 to 0 is unchanged; a cell whose text is no decimal numeral shows full precision; what either run suppresses is not compared.

use std::collections::HashMap;

use crate::model::{Publication, PublishedTable, Revision, RevisionKind, Revisions, Status, TOTAL, Tier, half_width};

/// Relative difference that is the noise of binary fractions.
const NOISE: f64 = 1e-9;
const LARGE: f64 = 0.15;
const MODERATE: f64 = 0.01;

/// A table of a run against that of an earlier one.
pub fn revisions(before: &PublishedTable, after: &PublishedTable) -> Revisions {
    let mut found = Revisions::default();
    let (Some(old), Some(new)) = (Columns::of(before), Columns::of(after)) else { return found };
    // A total may be written in several places: then the first is compared with the first. Taken from the end, so put in backwards.
    let mut earlier: HashMap<Vec<&str>, Vec<usize>> = HashMap::with_capacity(before.rows.len());
    for (place, row) in before.rows.iter().enumerate().rev() {
        earlier.entry(old.key(row)).or_default().push(place);
    }
    for row in &after.rows {
        let was = earlier.get_mut(&new.key(row)).and_then(Vec::pop).map(|place| &before.rows[place]);
        if new.is_suppressed(row) || was.is_some_and(|was| old.is_suppressed(was)) {
            found.suppressed += 1;
            continue;
        }
        // Most values are what they were, to the letter.
        if let Some(was) = was.filter(|was| !row[new.value].is_empty() && was[old.value] == row[new.value]) {
            found.unchanged += 1;
            found.as_shown += usize::from(old.raw(was) != new.raw(row));
            continue;
        }
        let then = was.map(|was| old.publication(was)).unwrap_or_default();
        let now = new.publication(row);
        let change = match (then.value, now.value) {
            (None, None) => {
                found.missing += 1;
                continue;
            }
            (None, Some(_)) => (RevisionKind::Added, None),
            (Some(_), None) => (RevisionKind::Withdrawn, None),
            (Some(a), Some(b)) if is_same(a, b, coarser(&then, &now)) => {
                found.unchanged += 1;
                found.as_shown += 1;
                continue;
            }
            (Some(a), Some(b)) => (RevisionKind::Revised, Some(tier(a, b))),
        };
        found.list.push(Revision { before: then, after: now, ..new.revision(after.name, row, change) });
    }
    // What is gone, in the order in which it stood.
    let mut gone: Vec<usize> = earlier.into_values().flatten().collect();
    gone.sort_unstable();
    for row in gone.into_iter().map(|place| &before.rows[place]) {
        let then = old.publication(row);
        match then.value {
            _ if old.is_suppressed(row) => found.suppressed += 1,
            None => found.missing += 1,
            Some(_) => {
                let revision = old.revision(before.name, row, (RevisionKind::Withdrawn, None));
                found.list.push(Revision { before: then, ..revision });
            }
        }
    }
    found
}

/// The same of a table that is what it was to the letter, of which the values with their statuses are enough.
pub fn unchanged<'a>(values: impl Iterator<Item = (&'a str, &'a str)>) -> Revisions {
    let mut found = Revisions::default();
    for (value, status) in values {
        match value {
            _ if status == Status::Suppressed.letter() => found.suppressed += 1,
            "" => found.missing += 1,
            _ => found.unchanged += 1,
        }
    }
    found
}

/// Where the columns of a table stand.
struct Columns<'a> {
    id: usize,
    area: usize,
    area_name: usize,
    period: usize,
    /// The breakdown columns by name: those between the period and the value.
    dimensions: Vec<(&'a str, usize)>,
    value: usize,
    status: usize,
    name: Option<usize>,
    raw: Option<usize>,
    place: Option<[usize; 3]>,
}

impl<'a> Columns<'a> {
    fn of(table: &PublishedTable<'a>) -> Option<Columns<'a>> {
        let find = |name: &str| table.columns.iter().position(|column| *column == name);
        let (period, value) = (find("period")?, find("value")?);
        let between = table.columns.iter().enumerate().take(value).skip(period + 1);
        let mut dimensions: Vec<(&str, usize)> = between.map(|(place, name)| (*name, place)).collect();
        dimensions.sort_unstable();
        Some(Columns {
            id: find("measure").or_else(|| find("indicator"))?,
            area: find("area")?,
            area_name: find("area_name")?,
            period,
            dimensions,
            value,
            status: find("status")?,
            name: find("indicator_name"),
            raw: find("raw"),
            place: find("file").zip(find("sheet")).zip(find("cell")).map(|((file, sheet), cell)| [file, sheet, cell]),
        })
    }

    fn key(&self, row: &[&'a str]) -> Vec<&'a str> {
        let members = self.dimensions.iter().filter(|(_, place)| row[*place] != TOTAL);
        let members = members.flat_map(|&(name, place)| [name, row[place]]);
        [row[self.id], row[self.area], row[self.period]].into_iter().chain(members).collect()
    }

    fn raw<'r>(&self, row: &[&'r str]) -> &'r str {
        self.raw.map_or("", |raw| row[raw])
    }

    fn publication(&self, row: &[&str]) -> Publication {
        let text = |place: Option<usize>| place.map_or_else(String::new, |place| row[place].to_string());
        Publication {
            value: row[self.value].parse().ok(),
            raw: text(self.raw),
            file: text(self.place.map(|place| place[0])),
            sheet: text(self.place.map(|place| place[1])),
            cell: text(self.place.map(|place| place[2])),
        }
    }

    fn is_suppressed(&self, row: &[&str]) -> bool {
        row[self.status] == Status::Suppressed.letter()
    }

    fn revision(&self, table: &str, row: &[&str], change: (RevisionKind, Option<Tier>)) -> Revision {
        let members = self.dimensions.iter().filter(|(_, place)| row[*place] != TOTAL);
        let breakdown = members.map(|&(name, place)| (name.into(), row[place].into())).collect();
        let text = |place: usize| row[place].to_string();
        Revision {
            kind: change.0,
            tier: change.1,
            table: table.to_string(),
            id: text(self.id),
            name: text(self.name.unwrap_or(self.id)),
            area: text(self.area),
            area_name: text(self.area_name),
            period: text(self.period),
            breakdown,
            before: Publication::default(),
            after: Publication::default(),
        }
    }
}

fn coarser(then: &Publication, now: &Publication) -> f64 {
    let shown = |publication: &Publication| publication.value.and_then(|value| step(&publication.raw, value)).unwrap_or(0.0);
    shown(then).max(shown(now))
}

fn is_same(a: f64, b: f64, step: f64) -> bool {
    (a - b).abs() <= step / 2.0 * (1.0 + NOISE) + NOISE * a.abs().max(b.abs())
}

/// The worth of the last digit that a cell shows, in the unit of the value: 0.1 for `10.2%`, 1000 for `1.2万`.
fn step(raw: &str, value: f64) -> Option<f64> {
    let text = half_width(raw).replace([',', ' '], "");
    let start = text.find(|letter: char| letter.is_ascii_digit())?;
    let rest = &text[start..];
    let end = rest.find(|letter: char| !letter.is_ascii_digit() && letter != '.').unwrap_or(rest.len());
    let (numeral, behind) = rest.split_at(end);
    if behind.starts_with(['e', 'E', ':']) {
        return None;
    }
    let decimals = numeral.split_once('.').map_or(0, |(_, part)| part.len());
    let last_digit = 10_f64.powi(-i32::try_from(decimals).ok()?);
    let number: f64 = numeral.parse().ok()?;
    if number == 0.0 || value == 0.0 {
        return Some(last_digit);
    }
    // What the reader multiplied by is a power of ten: of the unit, of a per cent.
    let scale = value.abs() / number;
    let power = 10_f64.powi(scale.log10().round() as i32);
    ((scale / power - 1.0).abs() < 1e-6).then_some(last_digit * power)
}

fn tier(a: f64, b: f64) -> Tier {
    let bard = (a - b).abs() / (a.abs() + b.abs() + f64::EPSILON);
    match bard {
        _ if bard >= LARGE => Tier::Large,
        _ if bard >= MODERATE => Tier::Moderate,
        _ => Tier::Slight,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_precision_is_that_of_the_last_digit_shown() {
        for (raw, value, shown) in [
            ("10.2%", 10.2, 0.1),
            ("0.101737616", 10.1737616, 1e-7),
            ("５５．８２％", 55.82, 0.01),
            ("1.2万", 12000.0, 1000.0),
            ("12,345", 12345.0, 1.0),
            ("9.0", 9.0, 0.1),
            ("0.0%", 0.0, 0.1),
            ("-0.4", -0.4, 0.1),
        ] {
            let step = step(raw, value).unwrap();
            assert!((step / shown - 1.0).abs() < 1e-9, "{raw}: {step}");
        }
        for (raw, value) in [("一百二十三", 123.0), ("1:18", 18.0), ("1.2e3", 1200.0), ("", 3.0)] {
            assert_eq!(step(raw, value), None, "{raw}");
        }
    }

    #[test]
    fn values_are_equal_at_the_coarser_precision() {
        assert!(is_same(10.2, 10.1737616, 0.1));
        assert!(!is_same(10.2, 10.13, 0.1));
        assert!(!is_same(1299.0, 1300.0, 1.0));
        assert!(is_same(0.1 + 0.2, 0.3, 0.0));
    }

    #[test]
    fn sizes_follow_bard() {
        assert_eq!(tier(100.0, 140.0), Tier::Large);
        assert_eq!(tier(100.0, 103.0), Tier::Moderate);
        assert_eq!(tier(100.0, 101.0), Tier::Slight);
        assert_eq!(tier(0.0, 1.0), Tier::Large);
        assert_eq!(tier(-5.0, 5.0), Tier::Large);
    }

    const COLUMNS: [&str; 8] = ["measure", "area", "area_name", "period", "sex", "value", "status", "raw"];

    fn table<'a>(columns: &[&'a str], rows: &[[&'a str; 8]]) -> PublishedTable<'a> {
        PublishedTable { name: "observations", columns: columns.to_vec(), rows: rows.iter().map(|row| row.to_vec()).collect() }
    }

    #[test]
    fn rows_and_columns_may_move() {
        let rows = [["places", "1", "One", "2023", "_T", "5", "A", "5"], ["places", "2", "Two", "2023", "_T", "", "O", "NULL"]];
        let before = table(&COLUMNS, &rows);
        let moved = ["measure", "period", "sex", "value", "status", "raw", "area_name", "area"];
        let after = table(
            &moved,
            &[["places", "2023", "_T", "", "O", "", "Two", "2"], ["places", "2023", "_T", "5", "A", "5", "One", "1"]],
        );
        let found = revisions(&before, &after);
        assert_eq!((found.list.len(), found.unchanged, found.missing), (0, 1, 1));
    }

    #[test]
    fn each_kind_of_revision_is_told() {
        let row = |area, value, status| ["places", area, "", "2023", "2", value, status, value];
        let before = table(
            &COLUMNS,
            &[row("1", "100", "A"), row("2", "", "O"), row("3", "7", "A"), row("4", "8", "A"), row("5", "", "Q")],
        );
        let after = table(&COLUMNS, &[row("1", "200", "A"), row("2", "3", "A"), row("4", "", "O"), row("5", "9", "A")]);
        let found = revisions(&before, &after);
        let told: Vec<_> =
            found.list.iter().map(|one| (one.area.as_str(), one.kind.word(), one.before.value, one.after.value)).collect();
        assert_eq!(
            told,
            [
                ("1", "revised", Some(100.0), Some(200.0)),
                ("2", "added", None, Some(3.0)),
                ("4", "withdrawn", Some(8.0), None),
                ("3", "withdrawn", Some(7.0), None)
            ]
        );
        assert_eq!(found.list[0].members(), "sex=2");
        assert_eq!((found.suppressed, found.missing), (1, 0));
    }

    proptest::proptest! {
        #[test]
        fn a_table_is_never_a_revision_of_itself_in_any_order(values in proptest::collection::vec(-1e6f64..1e6, 1..40), seed in 0usize..40) {
            let texts: Vec<(String, String)> = values.iter().enumerate().map(|(at, value)| (at.to_string(), value.to_string())).collect();
            let rows: Vec<[&str; 8]> =
                texts.iter().map(|(area, value)| ["m", area, "", "2023", "_T", value, "A", value]).collect();
            let mut turned = rows.clone();
            turned.rotate_left(seed % rows.len());
            let found = revisions(&table(&COLUMNS, &rows), &table(&COLUMNS, &turned));
            assert_eq!((found.list.len(), found.unchanged), (0, rows.len()));
        }
    }
}
