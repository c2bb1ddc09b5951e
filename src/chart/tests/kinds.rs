//! Each kind of chart that is not drawn of every indicator, held as text.

use super::*;
use crate::model::{Break, Contribution, Course, Decomposition, Interval, Knot, Method, Milestone, Pace};

/// Two years of three districts and the whole; one district rises.
fn two_years() -> Bureau {
    bureau("%")
        .say(WHOLE, None, &[Some(53.0), Some(52.5)])
        .say("A", None, &[Some(57.5), Some(56.8)])
        .say("B", None, &[Some(44.1), Some(44.4)])
        .say("C", None, &[Some(53.5), Some(52.6)])
        .say("X", None, &[Some(77.5), Some(77.1)])
}

fn one(bureau: &Bureau) -> Figure {
    let [figure] = bureau.figures().try_into().expect("one figure");
    figure
}

#[test]
fn areas_at_two_times_leave_out_what_is_no_district() {
    let dumbbell = two_years().only(Kind::Dumbbell);
    insta::assert_snapshot!("dumbbell_zh", dumbbell.told());
    let slope = two_years().only(Kind::Slope);
    insta::assert_snapshot!("slope_en", slope.english().told());
    let still = bureau("%").say("A", None, &[Some(1.0), Some(1.0)]).say("B", None, &[Some(2.0), Some(2.0)]);
    assert_eq!(one(&still.only(Kind::Slope)).title, "近视率2019年至2020年：各区均持平");
    assert_eq!(bureau("%").say("A", None, &[Some(1.0), Some(2.0)]).only(Kind::Slope).figures(), [], "one area is no comparison");
}

#[test]
fn dots_say_who_lies_apart_from_the_whole_beyond_chance() {
    let mut dots = two_years().only(Kind::Dots);
    for value in &mut dots.summary.values {
        let at = value.value.unwrap_or_default();
        value.interval = Some(Interval { lower: at - 0.2, upper: at + 0.2, method: Method::Wilson });
    }
    insta::assert_snapshot!("dots_zh", dots.told());
    assert_eq!(
        one(&dots.english()).title,
        "Myopia rate in 2020: clearly above Guangzhou in 1 of 3 areas, clearly below Guangzhou in 1"
    );
}

#[test]
fn a_line_with_intervals_carries_them() {
    let mut line = bureau("%").say(WHOLE, None, &[Some(53.0), Some(52.5)]);
    line.summary.values[1].interval = Some(Interval { lower: 52.0, upper: 53.0, method: Method::Wilson });
    let figure = one(&line);
    let bounds: Vec<Option<f64>> = points(&figure).iter().map(|point| point.interval.map(|bounds| bounds.upper)).collect();
    assert_eq!(bounds, [None, Some(53.0)]);
    assert_eq!(figure.key[0].words, "95%置信区间");
}

#[test]
fn a_line_is_broken_where_the_way_of_counting_changes() {
    let mut line = bureau("%").say(WHOLE, None, &[Some(53.0), Some(52.5), Some(60.0)]);
    let because = Text::new("筛查范围扩大", "more grades are screened");
    line.indicator.breaks.push(Break { at: Period::Year(2021), because });
    let figure = one(&line);
    let Marks::Line(lines) = &figure.marks else { panic!("a line") };
    assert_eq!(lines.series[0].breaks, [2]);
    assert_eq!(figure.notes, ["自2021年起口径改变，前后不可比：筛查范围扩大"]);
    line.indicator.breaks.clear();
    line.summary.values[2].status = Status::Break;
    let marked = one(&line);
    let Marks::Line(lines) = &marked.marks else { panic!("a line") };
    assert_eq!(lines.series[0].breaks, [2], "the source marks it");
    assert_eq!(marked.notes, ["自2021年起口径改变（状态 B），前后不可比。"]);
}

#[test]
fn a_total_falls_by_what_its_areas_fall_by() {
    let fallen = || {
        bureau("人").say(WHOLE, None, &[Some(100.0), Some(90.0)]).say("A", None, &[Some(60.0), Some(45.0)]).say(
            "B",
            None,
            &[Some(40.0), Some(45.0)],
        )
    };
    insta::assert_snapshot!("waterfall_total_zh", fallen().only(Kind::Waterfall).told());
    let torn = fallen().say("C", None, &[None, Some(3.0)]).only(Kind::Waterfall);
    assert_eq!(torn.figures(), [], "parts that do not add up explain nothing");
    assert!(fallen().figures().iter().all(|figure| figure.id != "rate-waterfall"), "only where it is asked for");
}

#[test]
fn a_ratio_changes_by_what_its_parts_do_and_by_their_shares() {
    let mut taken = two_years();
    let part = |area: &str, within| Contribution {
        area: Some(area.into()),
        breakdown: Breakdown::new(),
        weight_before: 0.5,
        weight: 0.5,
        ratio_before: None,
        ratio: None,
        composition: 0.0,
        within,
        from: Vec::new(),
    };
    taken.summary.decompositions.push(Decomposition {
        indicator: "rate".into(),
        area: WHOLE.into(),
        period: Period::Year(2020),
        with: Period::Year(2019),
        by: Vec::new(),
        parts: vec![part("A", -0.45), part("B", 0.15), part("C", 0.0)],
        composition: -0.2,
        within: -0.3,
    });
    let figures = taken.figures();
    let drawn = figures.iter().find(|figure| figure.id == "rate-waterfall").expect("drawn without being asked for");
    insta::assert_snapshot!("waterfall_ratio_zh", told(drawn));
}

#[test]
fn a_flow_on_its_way_is_held_against_its_profile() {
    let mut flow = bureau("人").say(WHOLE, None, &[None, None, None, Some(100.0), Some(45.0)]).promise(false).judge(
        WHOLE,
        Some(60.0),
        Verdict::Behind,
    );
    flow.targets[0].readings[0].aim = Aim::Flow { at_least: 60.0, profile: "september".into() };
    flow.summary.progress[0].pace = Some(Pace { reached: 0.75, expected: 0.9 });
    let knots = vec![Knot { month: 8, day: 31, share: 0.0 }, Knot { month: 9, day: 1, share: 0.9 }];
    flow.profiles.push(Profile { id: "september".into(), name: Text::new("九月开学", "in September"), knots });
    let day = |month, day| jiff::civil::date(2023, month, day);
    let reached = vec![(day(8, 20), 10.0), (day(9, 1), 45.0)];
    flow.summary.courses.push(Course { indicator: "rate".into(), area: WHOLE.into(), year: 2023, reached });
    flow.as_of = day(9, 1);
    insta::assert_snapshot!("pace_zh", flow.told());
    assert_eq!(flow.figures().len(), 1, "in place of the line");
    flow.as_of = day(12, 31);
    assert_eq!(one(&flow).id, "rate-line", "once the year is over its line says what there was");
}

#[test]
fn each_area_has_its_small_line() {
    let multiples = two_years().promise(true).judge("A", Some(50.0), Verdict::Missed).only(Kind::Multiples);
    insta::assert_snapshot!("multiples_zh", multiples.told());
}

#[test]
fn a_map_shades_by_classes_and_says_that_size_means_nothing() {
    insta::assert_snapshot!("tiles_en", two_years().only(Kind::Tiles).english().told());
}

#[test]
fn targets_of_a_subject_against_their_levels_and_by_area() {
    let mut bureau = bureau("%")
        .promise(true)
        .judge(WHOLE, Some(52.5), Verdict::Missed)
        .judge("A", Some(53.6), Verdict::Met)
        .judge("B", Some(47.4), Verdict::Missed)
        .judge("C", None, Verdict::CannotTell);
    assert_eq!(bureau.figures(), [], "one target is no overview");
    let second = Target { id: "second".into(), name: Text::new("第二项", "The second"), ..bureau.targets[0].clone() };
    bureau.targets.push(second);
    for row in bureau.summary.progress.clone() {
        let (value, verdict) = (Some(51.0), if row.area.as_ref() == "C" { Verdict::Aspiration } else { Verdict::Met });
        bureau.summary.progress.push(Progress { target: "second".into(), value, verdict, milestone: None::<Milestone>, ..row });
    }
    for row in &mut bureau.summary.progress {
        row.value = row.value.or(row.target_value.map(|level| level + 0.5));
    }
    insta::assert_snapshot!("subject_zh", bureau.told());
    // What is promised for a year that has not begun takes nothing from it.
    let now = bureau.figures();
    let later = Target { id: "later".into(), period: Period::Year(2026), ..bureau.targets[0].clone() };
    bureau.targets.push(later);
    for row in bureau.summary.progress.clone().into_iter().filter(|row| row.target.as_ref() == "second") {
        let (period, value, verdict) = (Period::Year(2026), None, Verdict::NotDue);
        bureau.summary.progress.push(Progress { target: "later".into(), period, value, verdict, ..row });
    }
    assert_eq!(bureau.figures(), now);
    let of_one = bureau.charted(|chapter| of_subject(chapter, "vision", Kind::Bullet, &["A".into()]));
    assert_eq!(
        of_one.map(|figure| (figure.id, figure.title)),
        Some(("vision-bullet-A".into(), "视力：荔湾区2项目标全部达成".into()))
    );
}

#[test]
fn an_area_that_is_asked_for_has_the_chart_to_itself() {
    let bureau = two_years();
    let drawn = |kind, areas: &[Id]| bureau.charted(|chapter| of_indicator(chapter, &bureau.indicator, kind, areas));
    let line = drawn(Kind::Line, &["B".into()]);
    assert_eq!(
        (line[0].id.as_str(), line[0].title.as_str()),
        ("rate-line-B", "越秀区近视率2020年为44.4%，比上年上升0.3个百分点")
    );
    let bars = drawn(Kind::Bars, &["A".into(), "X".into()]);
    let labels: Vec<String> = points(&bars[0]).into_iter().map(|point| point.label).collect();
    assert_eq!(labels, ["市属", "荔湾区", "广州市"]);
    assert_eq!(drawn(Kind::Members, &[]), []);
}

#[test]
fn a_chart_of_some_areas_is_titled_by_them_and_not_by_all() {
    let bureau = two_years();
    let asked = ["A".into(), "B".into()];
    let drawn = |kind| bureau.charted(|chapter| of_indicator(chapter, &bureau.indicator, kind, &asked));
    for kind in [Kind::Dumbbell, Kind::Slope, Kind::Multiples, Kind::Bars, Kind::Dots] {
        for figure in drawn(kind) {
            assert!(figure.title.starts_with("荔湾区、越秀区近视率"), "{}", figure.title);
            assert!(figure.subtitle.contains("，荔湾区、越秀区，"), "{}", figure.subtitle);
        }
    }
    assert_eq!(drawn(Kind::Dumbbell)[0].title, "荔湾区、越秀区近视率2020年比上年：2个区中1个上升，1个下降");
}
