//! Every kind of chart with what is hard to set: long names, many rows, equal, missing, negative and huge values, no range.

use super::*;
use crate::model::{Bounds, Bullet, Cell, Direction, End, Heat, HeatRow, Pacing, Pair, Pairs, Step, Tile, number::printed};

/// Values that a scale may break at: each as many as there are names.
fn shapes(count: usize) -> Vec<Vec<Option<f64>>> {
    let of = |value: &dyn Fn(usize) -> Option<f64>| (0..count).map(value).collect::<Vec<_>>();
    vec![
        of(&|place| Some(57.3 - place as f64 * 0.9)),
        of(&|_| Some(50.0)),
        of(&|_| Some(0.0)),
        of(&|_| None),
        of(&|place| (place % 3 != 1).then_some(12.5 + place as f64)),
        of(&|place| Some(if place == 1 { -40.0 } else { 3.0 })),
        of(&|place| Some(1.234e9 * (place + 1) as f64)),
        of(&|place| Some(53_460.0 + place as f64 * 0.01)),
    ]
}

fn names() -> [Vec<&'static str>; 3] {
    [CHINESE.split(' ').collect(), ENGLISH.split(',').collect(), LONG.to_vec()]
}

fn end(value: Option<f64>) -> End {
    End { value, shown: value.map_or("无数据".into(), |value| printed(value, 1) + "%") }
}

/// Every list of names with every shape of values.
fn everywhere(draw: impl Fn(&[&str], &[Option<f64>])) {
    for names in names() {
        for values in shapes(names.len()) {
            draw(&names, &values);
        }
    }
}

#[test]
fn dots_with_whiskers() {
    everywhere(|names, values| {
        let dot = |(name, value): (&&str, &Option<f64>)| Point {
            emphasis: *name == "广州市",
            interval: value.map(|value| Bounds { lower: value - 2.5, upper: value + 2.0 }),
            ..point(name, *value)
        };
        let points: Vec<Point> = names.iter().zip(values).map(dot).collect();
        legible(&figure(Marks::Dots(Ranks { points: points.clone(), target: None })));
        let target = Some(Level { value: 50.0, label: "2023年目标 ≤50.0%，写得很长的一行说明".into() });
        legible(&figure(Marks::Dots(Ranks { points, target })));
    });
}

#[test]
fn a_line_with_a_band() {
    for values in shapes(5) {
        let mut series = years(&values);
        for point in &mut series.points {
            point.interval = point.value.filter(|_| point.label != "2013").map(|at| Bounds { lower: at - 1.0, upper: at + 3.0 });
        }
        legible(&lines(vec![series], None));
    }
}

fn pairs(names: &[&str], values: &[Option<f64>]) -> Pairs {
    let ways = [Direction::Improving, Direction::Worsening, Direction::Unchanged];
    let pair = |(place, (name, value)): (usize, (&&str, &Option<f64>))| Pair {
        label: (*name).into(),
        before: end(value.map(|value| value + (place % 4) as f64 - 1.5)),
        after: end(*value),
        emphasis: place == 1,
        direction: ways[place % 3],
    };
    Pairs { before: "2022年".into(), after: "2023年".into(), rows: names.iter().zip(values).enumerate().map(pair).collect() }
}

#[test]
fn dumbbells() {
    everywhere(|names, values| {
        legible(&figure(Marks::Dumbbell(pairs(names, values))));
    });
}

#[test]
fn slopes() {
    everywhere(|names, values| {
        legible(&figure(Marks::Slope(pairs(names, values))));
    });
}

#[test]
fn bullets() {
    everywhere(|names, values| {
        let bullet = |(place, (name, value)): (usize, (&&str, &Option<f64>))| {
            let value = value.unwrap_or_default();
            Bullet {
                label: (*name).into(),
                value,
                shown: format!("{} pupils per teacher", printed(value, 2)),
                target: [value, 0.0, value * 3.0, -value][place % 4],
                target_shown: "≥60,000".into(),
                verdict: Verdict::ALL[place % Verdict::ALL.len()],
                words: "愿景（努力实现）".into(),
                expected: (place % 2 == 0).then_some(value / 2.0),
            }
        };
        legible(&figure(Marks::Bullet(names.iter().zip(values).enumerate().map(bullet).collect())));
    });
}

#[test]
fn heat_tables_of_few_and_many_columns() {
    for names in names() {
        for columns in [1, 2, 5, 8, 13] {
            let cell = |place: usize| Cell {
                verdict: Verdict::ALL[place % Verdict::ALL.len()],
                words: ["达成", "cannot tell", "aspiration", "未达成"][place % 4].into(),
                shown: ["52.65%", "1,234,567,890", ""][place % 3].into(),
            };
            let row = |(row, name): (usize, &&str)| HeatRow {
                label: (*name).into(),
                emphasis: row == 1,
                cells: (0..columns).map(|column| ((row + column) % 7 != 3).then(|| cell(row * 3 + column))).collect(),
            };
            let rows = names.iter().enumerate().map(row).collect();
            let heading = |place: usize| format!("{}{place}", [LONG[2], "临聘教师比例", LONG[0], "AED"][place % 4]);
            legible(&figure(Marks::Heat(Heat { columns: (0..columns).map(heading).collect(), rows })));
        }
    }
}

#[test]
fn waterfalls() {
    everywhere(|names, values| {
        let mut at = values[0].unwrap_or_default();
        let mut steps = vec![Step { label: "2022年".into(), from: None, to: at, shown: printed(at, 1) }];
        for (name, value) in names.iter().zip(values) {
            let by = value.unwrap_or_default() - 50.0;
            steps.push(Step { label: (*name).into(), from: Some(at), to: at + by, shown: printed(by, 1) });
            at += by;
        }
        steps.push(Step { label: "2023年".into(), from: None, to: at, shown: printed(at, 1) });
        legible(&figure(Marks::Waterfall(steps)));
    });
}

#[test]
fn the_course_of_a_year() {
    let months: Vec<(f64, String)> = (0..12).map(|month| (f64::from(month) * 30.4, format!("{}月", month + 1))).collect();
    let profile = [(0.0, 0.0), (243.0, 0.0), (244.0, 0.9), (365.0, 1.0)];
    for (goal, last) in [(60_000.0, 68_040.0), (60_000.0, 60_000.0), (0.0, 0.0), (90.0, -3.0), (6e9, 1e3)] {
        for day in [0.0, 1.0, 30.0, 180.0, 244.0, 330.0, 364.0] {
            let pacing = Pacing {
                reached: vec![(0.0, 0.0), (day / 2.0, last / 3.0), (day, last)],
                reached_label: format!("已达到 {}", printed(last, 0)),
                profile: profile.iter().map(|(at, share)| (*at, share * goal)).collect(),
                target: Level { value: goal, label: format!("2023年目标 ≥{}", printed(goal, 0)) },
                today: Some((day, "2023-09-01".into())),
                months: months.clone(),
                days: 365.0,
            };
            legible(&figure(Marks::Pace(Pacing { today: None, ..pacing.clone() })));
            legible(&figure(Marks::Pace(pacing)));
        }
    }
}

#[test]
fn small_multiples() {
    everywhere(|names, values| {
        let panel = |(place, name): (usize, &&str)| {
            let own: Vec<Option<f64>> = values.iter().cycle().skip(place).take(1 + place % 11).copied().collect();
            Series { name: (*name).into(), ..years(&own) }
        };
        let panels: Vec<Series> = names.iter().enumerate().map(panel).collect();
        let target = Some(Level { value: 20.0, label: "目标".into() });
        legible(&figure(Marks::Multiples(Multiples { panels: panels.clone(), behind: Some(years(values)), target })));
        legible(&figure(Marks::Multiples(Multiples { panels, behind: None, target: None })));
    });
}

#[test]
fn maps_of_tiles() {
    everywhere(|names, values| {
        let tile = |(place, (name, value)): (usize, (&&str, &Option<f64>))| Tile {
            row: place / 6,
            column: place % 6,
            label: (*name).into(),
            shown: end(*value).shown,
            class: value.map(|_| place % 4),
            verdict: (place % 2 == 0).then(|| "愿景（努力实现）".into()),
        };
        legible(&figure(Marks::Tiles(names.iter().zip(values).enumerate().map(tile).collect())));
    });
}

#[test]
fn every_mark_of_a_key() {
    let marks = [
        Mark::Verdict(Verdict::Met),
        Mark::Cell(Verdict::Missed),
        Mark::Target,
        Mark::Level,
        Mark::Expected,
        Mark::Before,
        Mark::After,
        Mark::Better,
        Mark::Worse,
        Mark::Unchanged,
        Mark::Adds,
        Mark::Takes,
        Mark::Interval,
        Mark::Whisker,
        Mark::Whole,
        Mark::Behind,
        Mark::Reached,
        Mark::Profile,
        Mark::Class(0),
        Mark::Class(9),
    ];
    let mut figure = bars(vec![point("一", Some(1.0))], None);
    figure.key = marks.map(|mark| Key { mark, words: "what it means, in a few words".into() }).into();
    legible(&figure);
}
