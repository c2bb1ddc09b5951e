//! What a chart draws, as data: one variant a kind, each with the marks of its kind and nothing else.

use serde::Serialize;

use super::{Direction, Verdict};

#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum Marks {
    /// Over time, from left to right: any number of series over the same labels.
    Line(Lines),
    /// One bar below the other, from zero.
    Bars(Ranks),
    /// One dot below the other, each with its interval.
    Dots(Ranks),
    /// Two marks a row, joined by a stroke: the period before and the latest.
    Dumbbell(Pairs),
    /// Two columns of names, joined by strokes: the period before and the latest.
    Slope(Pairs),
    /// Targets below each other, each on a scale of its own: how far it has come, and where it was to come.
    Bullet(Vec<Bullet>),
    /// Areas below each other, targets beside each other, verdicts in the cells.
    Heat(Heat),
    /// What led from one value to another, step by step.
    Waterfall(Vec<Step>),
    /// A year's flow as it comes, against the profile of the year.
    Pace(Pacing),
    /// A small line for each area.
    Multiples(Multiples),
    /// A map made of tiles.
    Tiles(Vec<Tile>),
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Lines {
    pub series: Vec<Series>,
    pub target: Option<Level>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Ranks {
    pub points: Vec<Point>,
    pub target: Option<Level>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Series {
    pub name: String,
    pub points: Vec<Point>,
    /// Places of the points from which on it is counted another way: the line is broken before each.
    pub breaks: Vec<usize>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Point {
    pub label: String,
    /// None is a gap in a line and a bar without length; it is never bridged and never zero.
    pub value: Option<f64>,
    /// The value as it is printed, or the words that stand for a missing one.
    pub shown: String,
    /// The whole among its parts.
    pub emphasis: bool,
    pub verdict: Option<Verdict>,
    /// The level this one had to reach, where each has its own.
    pub target: Option<f64>,
    pub interval: Option<Bounds>,
    /// A part of it has not come: it is drawn as a ring, and the notes say what it lacks.
    pub incomplete: bool,
}

/// Between which bounds a value lies, at the confidence that the chart's notes give.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Bounds {
    pub lower: f64,
    pub upper: f64,
}

/// A level drawn across the chart.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Level {
    pub value: f64,
    pub label: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Pairs {
    /// Names of the two periods.
    pub before: String,
    pub after: String,
    pub rows: Vec<Pair>,
}

/// An area at two times.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Pair {
    pub label: String,
    pub before: End,
    pub after: End,
    pub emphasis: bool,
    pub direction: Direction,
}

/// A value and how it is printed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct End {
    pub value: Option<f64>,
    pub shown: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Bullet {
    pub label: String,
    pub value: f64,
    pub shown: String,
    pub target: f64,
    /// With its sign: `≥60,000`.
    pub target_shown: String,
    pub verdict: Verdict,
    /// The verdict in words.
    pub words: String,
    /// What the year's profile asks for by today.
    pub expected: Option<f64>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Heat {
    pub columns: Vec<String>,
    pub rows: Vec<HeatRow>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HeatRow {
    pub label: String,
    pub emphasis: bool,
    /// One a column; none where the area is not judged by it.
    pub cells: Vec<Option<Cell>>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Cell {
    pub verdict: Verdict,
    pub words: String,
    pub shown: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Step {
    pub label: String,
    /// A total has none: it stands from the edge.
    pub from: Option<f64>,
    pub to: f64,
    pub shown: String,
}

/// Days are counted from the last day of the year before, which is 0.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Pacing {
    /// What has come, as corners of a line: in steps where the days are known, straight between reports.
    pub reached: Vec<(f64, f64)>,
    /// How the last of it is named.
    pub reached_label: String,
    /// What the profile asks for, as corners of a line.
    pub profile: Vec<(f64, f64)>,
    pub target: Level,
    /// The as-of date, while it lies within the year.
    pub today: Option<(f64, String)>,
    /// The year's months, and its length in days.
    pub months: Vec<(f64, String)>,
    pub days: f64,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Multiples {
    pub panels: Vec<Series>,
    /// Drawn behind each panel: the whole.
    pub behind: Option<Series>,
    pub target: Option<Level>,
}

/// An area on the map; rows and columns are counted from 0.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tile {
    pub row: usize,
    pub column: usize,
    pub label: String,
    pub shown: String,
    /// The class of its value, from 0, the lowest; none where there is no value.
    pub class: Option<usize>,
    pub verdict: Option<String>,
}

impl Marks {
    /// Every string that the marks carry.
    pub fn words(&self) -> Vec<&str> {
        let mut words: Vec<&str> = Vec::new();
        match self {
            Marks::Line(lines) => {
                words.extend(lines.series.iter().flat_map(Series::words));
                words.extend(lines.target.iter().map(|level| level.label.as_str()));
            }
            Marks::Bars(ranks) | Marks::Dots(ranks) => {
                words.extend(ranks.points.iter().flat_map(Point::words));
                words.extend(ranks.target.iter().map(|level| level.label.as_str()));
            }
            Marks::Dumbbell(pairs) | Marks::Slope(pairs) => {
                words.extend([pairs.before.as_str(), &pairs.after]);
                words.extend(pairs.rows.iter().flat_map(|row| [row.label.as_str(), &row.before.shown, &row.after.shown]));
            }
            Marks::Bullet(bullets) => {
                words.extend(bullets.iter().flat_map(|row| [row.label.as_str(), &row.shown, &row.target_shown, &row.words]));
            }
            Marks::Heat(heat) => {
                words.extend(heat.columns.iter().chain(heat.rows.iter().map(|row| &row.label)).map(String::as_str));
                let cells = heat.rows.iter().flat_map(|row| row.cells.iter().flatten());
                words.extend(cells.flat_map(|cell| [cell.words.as_str(), &cell.shown]));
            }
            Marks::Waterfall(steps) => words.extend(steps.iter().flat_map(|step| [step.label.as_str(), &step.shown])),
            Marks::Pace(pacing) => {
                words.extend([pacing.reached_label.as_str(), &pacing.target.label]);
                words.extend(pacing.today.iter().chain(&pacing.months).map(|(_, words)| words.as_str()));
            }
            Marks::Multiples(multiples) => {
                words.extend(multiples.panels.iter().chain(&multiples.behind).flat_map(Series::words));
                words.extend(multiples.target.iter().map(|level| level.label.as_str()));
            }
            Marks::Tiles(tiles) => {
                words.extend(tiles.iter().flat_map(|tile| [tile.label.as_str(), &tile.shown]));
                words.extend(tiles.iter().filter_map(|tile| tile.verdict.as_deref()));
            }
        }
        words
    }
}

impl Series {
    fn words(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.as_str()).chain(self.points.iter().flat_map(Point::words))
    }

    pub fn values(&self) -> impl Iterator<Item = f64> {
        self.points.iter().filter_map(|point| point.value)
    }
}

impl Point {
    fn words(&self) -> [&str; 2] {
        [&self.label, &self.shown]
    }
}
