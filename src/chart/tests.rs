//! What charts say, held as text.

mod incomplete;
mod kinds;
mod multiples;
mod titles;
mod told;

use super::*;
use crate::model::{
    Aim, Amount, Area, AreaKind, Breakdown, Change, Citation, Direction, Id, IndicatorValue, Marks, Period, Progress, RatioKind,
    Reading, Status, Verdict,
};
use told::told;

const WHOLE: &str = "W";

/// A small bureau: three districts, a row beside them and the whole.
struct Bureau {
    areas: Areas,
    summary: Summary,
    indicator: Indicator,
    targets: Vec<Target>,
    language: Language,
    profiles: Vec<Profile>,
    wishes: Wishes,
    as_of: Date,
}

fn bureau(unit: &str) -> Bureau {
    let mut areas = Areas::default();
    for (code, zh, en, kind) in [
        ("A", "荔湾区", "Liwan", AreaKind::District),
        ("B", "越秀区", "Yuexiu", AreaKind::District),
        ("C", "从化区", "Conghua", AreaKind::District),
        ("X", "市属", "City-run", AreaKind::Other),
        (WHOLE, "广州市", "Guangzhou", AreaKind::Whole),
    ] {
        areas.push(Area { code: code.into(), name: Text::new(zh, en), kind, parent: None }, &[], &[]);
    }
    let formula = match unit {
        "%" => Formula::Ratio { of: Vec::new(), to: Vec::new(), per: 100.0, kind: RatioKind::Proportion },
        _ => Formula::Total { of: Vec::new() },
    };
    let indicator = Indicator {
        unit: if unit == "%" { Text::same("%") } else { Text::new(unit, "pupils") },
        decimals: if unit == "%" { 1 } else { 0 },
        by: vec![vec!["stage".into()]],
        ..Indicator::rate(formula)
    };
    let (summary, wishes, as_of) = (Summary::default(), Wishes::default(), jiff::civil::date(2024, 1, 15));
    Bureau { areas, summary, indicator, targets: Vec::new(), language: Language::Chinese, profiles: Vec::new(), wishes, as_of }
}

impl Bureau {
    /// Yearly values from 2019 on, each compared with the year before as the compute stage does.
    fn say(mut self, area: &str, stage: Option<&str>, values: &[Option<f64>]) -> Self {
        let mut before = None;
        for (&value, year) in values.iter().zip(2019..) {
            let breakdown: Breakdown = stage.map(|stage| (Id::from("stage"), Id::from(stage))).into_iter().collect();
            let change =
                value.zip(before).map(|(now, before)| Change { previous: before, difference: now - before, relative: None });
            self.summary.values.push(IndicatorValue {
                indicator: "rate".into(),
                area: area.into(),
                period: Period::Year(year),
                breakdown,
                value,
                status: if value.is_some() { Status::Normal } else { Status::NotCollected },
                numerator: None,
                denominator: None,
                change,
                note: Text::default(),
                lacking: false,
                so_far: false,
                from: Vec::new(),
                coverage: None,
                interval: None,
                control: None,
                trend: None,
            });
            before = value;
        }
        self
    }

    /// A target to fall by half a point in the fifth year.
    fn promise(mut self, every_area: bool) -> Self {
        let words = Text::new("比上年下降至少0.5个百分点", "at least 0.5 points below last year");
        let aim = Aim::FallsBy(Amount::Points(0.5));
        self.targets.push(Target {
            id: "falls".into(),
            name: Text::new("近视率下降0.5%", "Myopia falls by 0.5%"),
            period: Period::Year(2023),
            readings: vec![Reading { words, indicator: Some("rate".into()), aim }],
            citation: Some(Citation { document: "某文".into(), part: "要点".into(), section: "五".into(), paragraph: 2 }),
            aspiration: false,
            every_area,
            unit: Text::default(),
            answers: None,
            baseline: None,
            note: Text::default(),
        });
        self
    }

    fn judge(mut self, area: &str, level: Option<f64>, verdict: Verdict) -> Self {
        self.summary.progress.push(Progress {
            target: "falls".into(),
            area: area.into(),
            period: Period::Year(2023),
            verdict,
            direction: Direction::CannotTell,
            value: None,
            target_value: level,
            gap: None,
            reading: self.targets[0].taken().words.clone(),
            others: Vec::new(),
            note: Text::default(),
            judged: None,
            pace: None,
            milestone: None,
            besides: Vec::new(),
            edge: None,
            outlook: None,
            going_on: None,
        });
        self
    }

    fn english(self) -> Self {
        Bureau { language: Language::English, ..self }
    }

    /// One kind and no other.
    fn only(mut self, kind: Kind) -> Self {
        self.wishes.all.only = Some(vec![kind]);
        self
    }

    fn charted<T>(&self, make: impl FnOnce(&Chapter) -> T) -> T {
        let names = |_: &str, code: &str| match code {
            "" => Text::new("学段", "Stage"),
            "1" => Text::new("小学", "Primary"),
            _ => Text::new("初中", "Junior"),
        };
        let spot = |(place, area): (usize, &str)| Spot { area: area.into(), row: place / 2, column: place % 2 };
        make(&Chapter {
            summary: &self.summary,
            indicators: std::slice::from_ref(&self.indicator),
            targets: &self.targets,
            areas: &self.areas,
            subjects: &[("vision".into(), Text::new("视力", "Vision"))],
            profiles: &self.profiles,
            tiles: &["A", "B", "C"].into_iter().enumerate().map(spot).collect::<Vec<_>>(),
            wishes: &self.wishes,
            names: &names,
            language: self.language,
            sample: true,
            source: &Text::new("某文，某局", "A document, a bureau"),
            as_of: self.as_of,
        })
    }

    fn figures(&self) -> Vec<Figure> {
        self.charted(figures)
    }

    fn told(&self) -> String {
        self.figures().iter().map(told).collect::<Vec<_>>().join("\n")
    }
}

#[test]
fn a_target_missed_by_the_whole_and_met_by_one_district() {
    let bureau = bureau("%")
        .say(WHOLE, None, &[None, None, Some(53.42), Some(53.02), Some(52.63)])
        .say("A", None, &[None, None, None, Some(54.1), Some(53.2)])
        .say("B", None, &[None, None, None, Some(47.9), Some(47.8)])
        .say("X", None, &[None, None, None, None, Some(50.0)])
        .promise(true)
        .judge(WHOLE, Some(52.52), Verdict::Missed)
        .judge("A", Some(53.6), Verdict::Met)
        .judge("B", Some(47.4), Verdict::Missed)
        .judge("C", None, Verdict::CannotTell);
    insta::assert_snapshot!("target_missed_zh", bureau.told());
    insta::assert_snapshot!("target_missed_en", bureau.english().told());
}

/// The points of a line's first series, or of bars.
fn points(figure: &Figure) -> Vec<crate::model::Point> {
    match &figure.marks {
        Marks::Line(lines) => lines.series[0].points.clone(),
        Marks::Bars(ranks) | Marks::Dots(ranks) => ranks.points.clone(),
        _ => Vec::new(),
    }
}

#[test]
fn years_without_a_value_are_gaps() {
    let bureau = bureau("%").say(WHOLE, None, &[Some(54.0), None, Some(53.5), None, Some(53.1)]);
    let [line] = bureau.figures().try_into().expect("one figure");
    assert_eq!(line.title, "近视率2023年为53.1%");
    assert_eq!(line.notes, ["2020年、2022年无数据，线在此断开。"]);
    let values: Vec<Option<f64>> = points(&line).iter().map(|point| point.value).collect();
    assert_eq!(values, [Some(54.0), None, Some(53.5), None, Some(53.1)]);
}

#[test]
fn months_without_a_value_are_said_once_by_the_gaps_that_they_are() {
    let notes = |values: &[Option<f64>]| {
        let mut bureau = bureau("%").say(WHOLE, None, values);
        for (value, at) in bureau.summary.values.iter_mut().zip(0..) {
            value.period = Period::Month(2021 + at / 12, (at % 12) as i8 + 1);
        }
        let [line] = bureau.figures().try_into().expect("one figure");
        line.notes
    };
    let (some, none) = (Some(50.0), None);
    let told = ["2021年2月、2021年4月至2021年6月、2021年8月、2021年9月无数据，线在此断开。"];
    assert_eq!(notes(&[some, none, some, none, none, none, some, none, none, some]), told);
    let every_other: Vec<Option<f64>> = (0..19).map(|at| if at % 2 == 0 { some } else { none }).collect();
    assert_eq!(notes(&every_other), ["2021年2月、2021年4月、2021年6月等9个无数据，线在此断开。"], "many are counted");
}

#[test]
fn months_that_lack_the_same_are_named_together() {
    let mut bureau = bureau("%").say(WHOLE, None, &[Some(54.0), Some(53.0), Some(52.0)]);
    for (value, month) in bureau.summary.values.iter_mut().zip(1..) {
        value.period = Period::Month(2023, month);
        if month != 2 {
            (value.lacking, value.note) = (true, Text::same("缺少荔湾区"));
        }
    }
    let [line] = bureau.figures().try_into().expect("one figure");
    assert_eq!(line.notes, ["数据尚不完整（空心点）：2023年1月、2023年3月缺少荔湾区。"]);
}

#[test]
fn no_target_no_level_and_no_verdict() {
    let bureau = bureau("%").say(WHOLE, None, &[Some(54.0), Some(53.0)]).say("A", None, &[Some(54.0), Some(54.0)]).say(
        "B",
        None,
        &[Some(54.0), Some(54.0)],
    );
    insta::assert_snapshot!("no_target", bureau.told());
}

#[test]
fn the_line_of_the_whole_serves_all_when_only_the_whole_is_judged() {
    let bureau = bureau("%")
        .say(WHOLE, None, &[None, None, None, Some(53.0), Some(52.0)])
        .say("A", None, &[None, None, None, None, Some(51.0)])
        .say("B", None, &[None, None, None, None, Some(54.0)])
        .promise(false)
        .judge(WHOLE, Some(52.5), Verdict::Met);
    let figures = bureau.figures();
    assert_eq!(figures[0].title, "近视率2023年为52.0%，比上年下降1.0个百分点，达到目标");
    let Marks::Bars(bars) = &figures[1].marks else { panic!("bars") };
    assert_eq!(bars.target.as_ref().map(|level| level.label.as_str()), Some("广州市2023年目标 ≤52.5%"));
    assert!(bars.points.iter().all(|point| point.verdict.is_none()));
}

#[test]
fn two_points_are_a_line_and_one_is_not() {
    assert_eq!(bureau("%").figures(), []);
    assert_eq!(bureau("%").say(WHOLE, None, &[None, None]).say("A", None, &[None]).figures(), []);
    assert_eq!(bureau("%").say(WHOLE, None, &[None, Some(50.0), None]).figures(), []);
    let two = bureau("%").say(WHOLE, None, &[None, Some(50.0), None, Some(51.0)]).figures();
    assert_eq!(two.len(), 1);
    assert_eq!(two[0].subtitle, "近视率（%），广州市，2020年至2022年");
}

#[test]
fn a_figure_of_another_reading_has_its_line_and_nothing_else() {
    let mut bureau = bureau("%")
        .say(WHOLE, None, &[Some(53.0), Some(52.0)])
        .say("A", None, &[None, Some(51.0)])
        .say("B", None, &[None, Some(54.0)])
        .promise(false);
    assert_eq!(bureau.figures().len(), 2);
    let other = bureau.targets[0].readings[0].clone();
    bureau.targets[0].readings = vec![Reading { indicator: Some("another".into()), ..other.clone() }, other];
    assert_eq!(bureau.figures().iter().map(|figure| figure.id.as_str()).collect::<Vec<_>>(), ["rate-line"]);
    bureau.wishes.all.also = vec![Kind::Bars];
    assert_eq!(bureau.figures().len(), 2, "what is asked for is drawn");
}

#[test]
fn totals_leave_the_whole_out_of_the_bars_and_differ_in_their_own_unit() {
    let bureau = bureau("人")
        .say(WHOLE, None, &[Some(1_901_554.0), Some(1_856_120.0)])
        .say("A", None, &[None, Some(1200.0)])
        .say("B", None, &[None, Some(-300.0)])
        .say("X", None, &[None, Some(7.0)]);
    insta::assert_snapshot!("totals_zh", bureau.told());
    let figures = bureau.english().figures();
    assert_eq!(figures[0].title, "Myopia rate: 1,856,120 pupils in 2020, down 45,434 pupils on the year before");
}

#[test]
fn members_of_a_breakdown_are_lines_named_by_the_pipeline() {
    let bureau = bureau("%")
        .say(WHOLE, Some("1"), &[Some(38.9), Some(38.0), Some(37.0)])
        .say(WHOLE, Some("2"), &[Some(70.1), Some(70.0), None])
        .english();
    insta::assert_snapshot!("members_en", bureau.told());
}

#[test]
fn what_hardly_changed_is_said_so() {
    let title = |values: &[Option<f64>]| bureau("%").say(WHOLE, None, values).figures()[0].title.clone();
    assert_eq!(title(&[Some(50.0), Some(50.0)]), "近视率2020年为50.0%，与上年持平");
    assert_eq!(title(&[Some(50.0), Some(50.02)]), "近视率2020年为50.0%，与上年基本持平");
    assert_eq!(title(&[Some(50.0), Some(50.1)]), "近视率2020年为50.1%，比上年上升0.1个百分点");
}
