//! A figure as a person would read it out: the form in which charts are held as text.

use std::fmt::Write;

use crate::model::{Figure, Level, Mark, Marks, Point, Series};

pub fn told(figure: &Figure) -> String {
    let mut text = format!("{}\n# {}\n{}\n", figure.id, figure.title, figure.subtitle);
    text += &marks(&figure.marks);
    for key in &figure.key {
        let mark = match key.mark {
            Mark::Target => "stroke".to_string(),
            Mark::Verdict(_) => "pattern".to_string(),
            other => format!("{other:?}"),
        };
        let _ = writeln!(text, "key: {mark} {}", key.words);
    }
    for note in &figure.notes {
        let _ = writeln!(text, "note: {note}");
    }
    let _ = writeln!(text, "source: {}\nsample: {:?}\nalt: {}", figure.source, figure.sample, figure.alt);
    for row in std::iter::once(&figure.table.columns).chain(&figure.table.rows) {
        let _ = writeln!(text, "| {}", row.join(" | "));
    }
    text
}

fn points(text: &mut String, points: &[Point]) {
    for point in points {
        let whole = if point.emphasis { " (whole)" } else { "" };
        let verdict = point.verdict.map(|verdict| format!(" {}", verdict.word())).unwrap_or_default();
        let level = point.target.map(|level| format!(" against {level}")).unwrap_or_default();
        let bounds = point.interval.map(|bounds| format!(" within {} to {}", bounds.lower, bounds.upper)).unwrap_or_default();
        let part = if point.incomplete { " incomplete" } else { "" };
        let _ = writeln!(text, "    {}{whole}: {:?} {}{verdict}{level}{bounds}{part}", point.label, point.value, point.shown);
    }
}

fn series(text: &mut String, all: &[Series]) {
    for series in all {
        let _ = writeln!(text, "- {}", series.name);
        points(text, &series.points);
        for place in &series.breaks {
            let _ = writeln!(text, "broken before {place}");
        }
    }
}

fn level(text: &mut String, level: Option<&Level>) {
    if let Some(Level { value, label }) = level {
        let _ = writeln!(text, "target: {value} {label}");
    }
}

fn marks(marks: &Marks) -> String {
    let mut text = format!("{}\n", format!("{marks:?}").split('(').next().unwrap_or_default().to_lowercase());
    match marks {
        Marks::Line(lines) => {
            series(&mut text, &lines.series);
            level(&mut text, lines.target.as_ref());
        }
        Marks::Bars(ranks) | Marks::Dots(ranks) => {
            points(&mut text, &ranks.points);
            level(&mut text, ranks.target.as_ref());
        }
        Marks::Dumbbell(pairs) | Marks::Slope(pairs) => {
            let _ = writeln!(text, "{} → {}", pairs.before, pairs.after);
            for pair in &pairs.rows {
                let (before, after, way) = (&pair.before.shown, &pair.after.shown, pair.direction.word());
                let _ =
                    writeln!(text, "    {}: {before} → {after} {way}{}", pair.label, if pair.emphasis { " (whole)" } else { "" });
            }
        }
        Marks::Bullet(bullets) => {
            for one in bullets {
                let asked = one.expected.map(|asked| format!(", {asked} by now")).unwrap_or_default();
                let _ = writeln!(text, "    {}: {} of {}{asked}: {}", one.label, one.shown, one.target_shown, one.words);
            }
        }
        Marks::Heat(heat) => {
            let _ = writeln!(text, "    {}", heat.columns.join(" | "));
            for row in &heat.rows {
                let cell = |cell: &Option<crate::model::Cell>| {
                    cell.as_ref().map_or("-".to_string(), |cell| format!("{} {}", cell.words, cell.shown))
                };
                let _ = writeln!(text, "    {}: {}", row.label, row.cells.iter().map(cell).collect::<Vec<_>>().join(" | "));
            }
        }
        Marks::Waterfall(steps) => {
            for step in steps {
                let _ = writeln!(text, "    {}: {:?} → {} {}", step.label, step.from, step.to, step.shown);
            }
        }
        Marks::Pace(pacing) => {
            let _ = writeln!(text, "    reached {:?}\n    profile {:?}", pacing.reached, pacing.profile);
            let _ = writeln!(text, "    today {:?}, {} days, {} months", pacing.today, pacing.days, pacing.months.len());
            level(&mut text, Some(&pacing.target));
        }
        Marks::Multiples(multiples) => {
            series(&mut text, &multiples.panels);
            let _ = writeln!(text, "behind: {:?}", multiples.behind.as_ref().map(|series| &series.name));
            level(&mut text, multiples.target.as_ref());
        }
        Marks::Tiles(tiles) => {
            for tile in tiles {
                let (row, column) = (tile.row, tile.column);
                let verdict = tile.verdict.as_deref().unwrap_or_default();
                let _ = writeln!(text, "    {row},{column} {} {} class {:?} {verdict}", tile.label, tile.shown, tile.class);
            }
        }
    }
    text
}
