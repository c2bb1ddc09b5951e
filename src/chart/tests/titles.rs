//! Titles that must stay true where areas are alike, where all or none did something, and where rounding hides what was judged.

use super::*;
use crate::model::{Lines, Ranks};

/// The title of the one chart of a kind.
fn title(bureau: Bureau, kind: Kind) -> String {
    let [figure] = bureau.only(kind).figures().try_into().expect("one figure");
    figure.title
}

fn districts(values: [f64; 3]) -> Bureau {
    let [a, b, c] = values.map(|value| [None, None, None, None, Some(value)]);
    bureau("人").say("A", None, &a).say("B", None, &b).say("C", None, &c)
}

#[test]
fn all_or_none_are_said_so() {
    let judged = |verdicts: [Verdict; 3]| {
        let names = ["A", "B", "C"].into_iter().zip(verdicts);
        names.fold(districts([1.0, 2.0, 3.0]).promise(true), |bureau, (name, verdict)| bureau.judge(name, Some(1.5), verdict))
    };
    assert_eq!(title(judged([Verdict::Met; 3]), Kind::Bars), "近视率2023年：3个区全部达到目标");
    assert_eq!(title(judged([Verdict::Missed; 3]).english(), Kind::Bars), "Myopia rate in 2023: none of 3 areas met the target");
    let waiting = [Verdict::NotDue, Verdict::Missed, Verdict::CannotTell];
    assert_eq!(
        title(judged(waiting), Kind::Bars),
        "近视率2023年：3个区中0个达到目标，1个无法判断",
        "not every one of them missed it"
    );
}

#[test]
fn whoever_shares_a_place_is_not_named_alone() {
    assert_eq!(title(districts([1.0, 1.0, 0.0]), Kind::Bars), "近视率2023年：荔湾区等2个区最高（1），从化区最低（0）");
    assert_eq!(
        title(districts([3.0, 1.0, 1.0]).english(), Kind::Bars),
        "Myopia rate in 2023: highest in Liwan (3), lowest in Yuexiu and 1 more (1)"
    );
    assert_eq!(title(districts([0.0; 3]), Kind::Bars), "近视率2023年：各区均为0");
}

#[test]
fn of_two_members_one_is_higher() {
    let bureau = bureau("%").say(WHOLE, Some("1"), &[Some(38.9), Some(38.0)]).say(WHOLE, Some("2"), &[Some(70.1), Some(70.0)]);
    assert_eq!(title(bureau, Kind::Members), "近视率2020年：初中（70.0%）高于小学（38.0%）");
}

#[test]
fn who_is_first_or_last_is_said_of_those_published_where_a_value_is_withheld() {
    let withheld = |mut bureau: Bureau, place: usize| {
        let value = &mut bureau.summary.values[place];
        (value.value, value.status) = (None, Status::Suppressed);
        bureau
    };
    let of_areas = || withheld(districts([25.0, 5.0, 3.0]), 14);
    assert_eq!(title(of_areas(), Kind::Bars), "近视率2023年：已公布的区中，荔湾区最高（25），越秀区最低（5）");
    assert_eq!(
        title(of_areas().english(), Kind::Bars),
        "Myopia rate in 2023: of those published, highest in Liwan (25), lowest in Yuexiu (5)"
    );
    assert_eq!(title(withheld(districts([5.0, 5.0, 3.0]), 14), Kind::Bars), "近视率2023年：已公布的区中，各区均为5");
    let [bars] = of_areas().only(Kind::Bars).figures().try_into().expect("one figure");
    assert_eq!(points(&bars).into_iter().map(|point| point.shown).collect::<Vec<_>>(), ["25", "5", "不公布"]);
}

#[test]
fn districts_that_all_go_one_way_are_said_to() {
    let fallen = || {
        bureau("%").say("A", None, &[Some(3.0), Some(2.0)]).say("B", None, &[Some(3.0), Some(2.5)]).say(
            "C",
            None,
            &[Some(9.0), Some(1.0)],
        )
    };
    assert_eq!(title(fallen(), Kind::Multiples), "近视率2019年至2020年：3个区全部下降");
    assert_eq!(title(fallen().english(), Kind::Dumbbell), "Myopia rate in 2020 against the year before: down in all 3 areas");
}

#[test]
fn a_value_just_short_of_its_level_is_not_printed_like_it() {
    let mut bureau = bureau("%")
        .say(WHOLE, None, &[None, None, None, Some(99.9), Some(99.998)])
        .say("A", None, &[None, None, None, None, Some(100.0)])
        .say("B", None, &[None, None, None, None, Some(99.97)])
        .promise(true)
        .judge(WHOLE, Some(100.0), Verdict::Aspiration)
        .judge("A", Some(100.0), Verdict::Met)
        .judge("B", Some(100.0), Verdict::Missed);
    bureau.targets[0].readings[0].aim = Aim::All;
    for (row, value) in bureau.summary.progress.iter_mut().zip([99.998, 100.0, 99.97]) {
        row.value = Some(value);
    }
    let [line, bars] = bureau.figures().try_into().expect("two figures");
    assert_eq!(line.title, "近视率2023年为99.998%，比上年上升0.098个百分点，未达到努力实现的目标");
    let shown = |figure: &Figure| points(figure).into_iter().map(|point| point.shown).collect::<Vec<_>>();
    assert_eq!(shown(&line), ["99.900%", "99.998%"]);
    assert_eq!(shown(&bars), ["100.0%", "99.998%", "99.97%", "无数据"]);
}

#[test]
fn districts_that_missed_equally_many_are_counted() {
    let judged = |verdicts: [Verdict; 3]| {
        let names = ["A", "B", "C"].into_iter().zip(verdicts);
        let mut bureau = names.fold(bureau("%").promise(true), |bureau, (name, verdict)| bureau.judge(name, Some(1.0), verdict));
        bureau.targets.push(Target { id: "second".into(), ..bureau.targets[0].clone() });
        let second = bureau.summary.progress.iter().map(|row| Progress { target: "second".into(), ..row.clone() });
        let second: Vec<Progress> = second.collect();
        bureau.summary.progress.extend(second);
        title(bureau, Kind::Heat)
    };
    assert_eq!(
        judged([Verdict::Met, Verdict::Missed, Verdict::Missed]),
        "视力2项目标：3个区中1个全部达成；越秀区等2个区各有2项未达成，为最多"
    );
    assert_eq!(
        judged([Verdict::Missed, Verdict::Met, Verdict::Met]),
        "视力2项目标：3个区中2个全部达成；荔湾区有2项未达成，为最多"
    );
    assert_eq!(judged([Verdict::Met; 3]), "视力2项目标：3个区全部达成");
}

#[test]
fn a_level_says_on_which_side_of_it_a_value_has_to_lie() {
    let goal = |aim: Aim, level: f64| phrase::goal(&bureau("%").indicator, &aim, level, 1);
    assert_eq!(goal(Aim::Rises, 87.07), ">87.1%");
    assert_eq!(goal(Aim::Falls, 17.5), "<17.5%");
    assert_eq!(goal(Aim::All, 100.0), "≥100.0%");
    assert_eq!(goal(Aim::About { value: 10.0, band: 2.0 }, 10.0), "10.0%±2.0");
    assert_eq!(goal(Aim::Between { from: 8.0, to: 12.0 }, 12.0), "8.0–12.0%");
}

#[test]
fn a_share_of_what_the_whole_has_promised_binds_a_district() {
    let bureau = districts([10.0, 20.0, 30.0])
        .promise(false)
        .judge("A", Some(12.0), Verdict::Missed)
        .judge("B", Some(15.0), Verdict::Met)
        .judge("C", Some(25.0), Verdict::Met);
    assert_eq!(title(bureau, Kind::Bars), "近视率2023年：3个区中2个达到目标");
}

#[test]
fn a_unit_that_is_the_name_is_not_said_twice() {
    let mut bureau = bureau("人").say(WHOLE, None, &[Some(100.0), Some(90.0)]).english();
    bureau.indicator.name = Text::new("学生", "Pupils");
    let [line] = bureau.figures().try_into().expect("one figure");
    assert_eq!(line.title, "Pupils: 90 in 2020, down 10 on the year before");
    assert_eq!(line.subtitle, "Pupils, Guangzhou, 2019 to 2020");
}

#[test]
fn a_level_has_the_digits_of_the_value_that_is_held_against_it() {
    let mut bureau = bureau("%")
        .say(WHOLE, None, &[None, None, None, Some(52.56), Some(52.08)])
        .say("A", None, &[None, None, None, None, Some(52.08)])
        .say("B", None, &[None, None, None, None, Some(60.0)])
        .promise(true)
        .judge(WHOLE, Some(52.06), Verdict::Missed)
        .judge("A", Some(52.06), Verdict::Missed)
        .judge("B", Some(52.06), Verdict::Missed);
    for (row, value) in bureau.summary.progress.iter_mut().zip([52.08, 52.08, 60.0]) {
        row.value = Some(value);
    }
    let [line, bars] = bureau.figures().try_into().expect("two figures");
    let level = |figure: &Figure| match &figure.marks {
        Marks::Line(Lines { target, .. }) | Marks::Bars(Ranks { target, .. }) => target.clone().map(|level| level.label),
        _ => None,
    };
    assert_eq!(line.title, "近视率2023年为52.08%，比上年下降0.48个百分点，未达到目标");
    assert_eq!(line.table.rows[1], ["2023", "52.08%", "−0.48"]);
    assert_eq!(level(&line).as_deref(), Some("2023年目标 ≤52.06%"));
    assert_eq!(level(&bars).as_deref(), Some("2023年目标 ≤52.06%"));
    let rows: Vec<String> = bars.table.rows.iter().map(|row| row[1..3].join(" of ")).collect();
    assert_eq!(rows, ["60.0% of 52.1%", "52.08% of 52.06%", "52.08% of 52.06%", "无数据 of "]);
    bureau.targets.push(Target { id: "second".into(), ..bureau.targets[0].clone() });
    let again: Vec<Progress> =
        bureau.summary.progress.iter().map(|row| Progress { target: "second".into(), ..row.clone() }).collect();
    bureau.summary.progress.extend(again);
    let [bullet] = bureau.only(Kind::Bullet).figures().try_into().expect("one figure");
    assert_eq!(bullet.table.rows[0][1..3], ["52.08%", "≤52.06%"]);
}

#[test]
fn digits_tell_a_value_from_every_edge_at_which_its_verdict_turns() {
    let digits = |aim: Aim, value: f64, level: f64, verdict: Verdict, expected: Option<f64>| {
        let mut bureau = bureau("%").promise(true).judge("A", Some(level), verdict);
        bureau.targets[0].readings[0].aim = aim;
        let row = &mut bureau.summary.progress[0];
        row.value = Some(value);
        row.pace = expected.map(|expected| crate::model::Pace { reached: value / level, expected: expected / level });
        phrase::decimals(&bureau.indicator, &bureau.targets[0], &bureau.summary.progress[0])
    };
    let about = Aim::About { value: 10.0, band: 2.0 };
    assert_eq!(digits(about.clone(), 12.004, 10.0, Verdict::Missed, None), 3, "12.004 is not 12.0, of 10.0±2.0");
    assert_eq!(digits(about, 12.0, 10.0, Verdict::Met, None), 1);
    assert_eq!(digits(Aim::Between { from: 8.0, to: 12.0 }, 7.98, 8.0, Verdict::Missed, None), 2);
    assert_eq!(digits(Aim::Falls, 17.46, 17.54, Verdict::Met, None), 2, "17.5 is not below 17.5");
    assert_eq!(digits(Aim::Falls, 17.5, 17.5, Verdict::Missed, None), 1);
    let flow = Aim::Flow { at_least: 60.0, profile: "line".into() };
    let falls = Aim::FallsBy(Amount::Points(0.5));
    assert_eq!(digits(falls, 52.068, 52.064, Verdict::Missed, None), 3, "52.564 less 52.068 is 0.496 and not 0.50");
    assert_eq!(digits(flow, 29.98, 60.0, Verdict::Behind, Some(30.02)), 2, "by now 30.0 are asked for");
}

/// A second target on the same figure, judged otherwise.
fn of_two(verdicts: [Verdict; 2]) -> Bureau {
    let mut bureau = bureau("%")
        .say(WHOLE, None, &[None, None, None, Some(53.0), Some(52.0)])
        .say("A", None, &[None, None, None, None, Some(51.0)])
        .say("B", None, &[None, None, None, None, Some(52.0)])
        .promise(true);
    bureau.wishes.all.only = Some(vec![Kind::Line, Kind::Bars]);
    for area in [WHOLE, "A", "B"] {
        bureau = bureau.judge(area, Some(52.5), verdicts[0]);
    }
    let name = Text::new("近视率不高于50%", "Myopia at most 50%");
    bureau.targets.push(Target { id: "second".into(), name, ..bureau.targets[0].clone() });
    let second =
        |row: &Progress| Progress { target: "second".into(), verdict: verdicts[1], target_value: Some(50.0), ..row.clone() };
    let second: Vec<Progress> = bureau.summary.progress.iter().map(second).collect();
    bureau.summary.progress.extend(second);
    bureau
}

#[test]
fn of_several_targets_a_title_names_the_one_it_speaks_of() {
    let bureau = of_two([Verdict::Met, Verdict::Missed]);
    let [line, bars] = bureau.figures().try_into().expect("two figures");
    assert_eq!(line.title, "近视率2023年为52.0%，比上年下降1.0个百分点，达到目标“近视率下降0.5%”");
    assert_eq!(bars.title, "近视率2023年：2个区全部达到目标“近视率下降0.5%”");
    assert!(bars.alt.contains("目标“近视率下降0.5%”：越秀区 52.0%（达成）"), "{}", bars.alt);
    let Marks::Bars(ranks) = &bars.marks else { panic!("bars") };
    assert_eq!(ranks.target.as_ref().map(|level| level.label.as_str()), Some("2023年目标“近视率下降0.5%” ≤52.5%"));
    let [line, bars] = bureau.english().figures().try_into().expect("two figures");
    assert!(line.title.ends_with("; target \"Myopia falls by 0.5%\" met"), "{}", line.title);
    assert_eq!(bars.title, "Myopia rate in 2023: all 2 areas met the target \"Myopia falls by 0.5%\"");
}

#[test]
fn bars_are_about_one_target_also_where_an_area_is_judged_by_another_alone() {
    let mut bureau = of_two([Verdict::Met, Verdict::Missed]);
    bureau.summary.progress.retain(|row| row.area.as_ref() != "A" || row.target.as_ref() == "second");
    let [_, bars] = bureau.figures().try_into().expect("two figures");
    assert_eq!(bars.title, "近视率2023年：1个区全部达到目标“近视率下降0.5%”");
}

#[test]
fn who_is_behind_the_profile_of_a_year_has_missed_nothing_yet() {
    let names = || ["A", "B", "C"].into_iter();
    let judged =
        |verdict| names().fold(districts([1.0, 2.0, 3.0]).promise(true), |all, name| all.judge(name, Some(5.0), verdict));
    assert_eq!(title(judged(Verdict::Behind), Kind::Bars), "近视率2023年：3个区中0个达到目标，3个进度滞后");
    assert_eq!(
        title(judged(Verdict::Behind).english(), Kind::Bars),
        "Myopia rate in 2023: 0 of 3 areas met the target; behind in 3"
    );
    let by_subject = |verdict, kind| {
        let mut bureau = judged(verdict).judge(WHOLE, Some(5.0), verdict);
        bureau.summary.progress.iter_mut().for_each(|row| row.value = Some(1.0));
        bureau.targets.push(Target { id: "second".into(), ..bureau.targets[0].clone() });
        let second = |row: &Progress| Progress { target: "second".into(), ..row.clone() };
        let second: Vec<Progress> = bureau.summary.progress.iter().map(second).collect();
        bureau.summary.progress.extend(second);
        title(bureau, kind)
    };
    assert_eq!(by_subject(Verdict::Behind, Kind::Heat), "视力2项目标：没有一个区全部达成");
    assert!(by_subject(Verdict::Overdue, Kind::Heat).contains("各有2项未达成，为最多"));
    assert_eq!(by_subject(Verdict::Behind, Kind::Bullet), "视力：广州市2项目标中0项达成");
}

#[test]
fn whoever_rose_as_much_as_another_did_not_rise_most_alone() {
    let moved = |to: [f64; 3]| {
        let names = ["A", "B", "C"].into_iter().zip([10.1, 20.2, 30.0]);
        let all = names.zip(to).fold(bureau("%"), |all, ((name, from), by)| all.say(name, None, &[Some(from), Some(from + by)]));
        all.only(Kind::Slope)
    };
    let title = |bureau: Bureau| bureau.figures()[0].title.clone();
    assert_eq!(
        title(moved([0.3, 0.3, -0.2])),
        "近视率2019年至2020年：越秀区等2个区上升最多（0.3个百分点），从化区下降最多（0.2个百分点）"
    );
    assert_eq!(
        title(moved([0.3, 0.3, 0.3]).english()),
        "Myopia rate, 2019 to 2020: up most in Conghua and 2 more (0.3 percentage points)"
    );
}

#[test]
fn the_latest_period_is_the_one_that_ends_last_whatever_its_length() {
    let mut bureau = bureau("人");
    for area in [WHOLE, "A", "B", "C"] {
        bureau = bureau.say(area, None, &[Some(10.0), Some(20.0), Some(30.0)]);
    }
    // Two calendar years and, between them, a school year: that is how tables are sorted.
    let named = |period| match period {
        Period::Year(2019) => Period::Year(2022),
        Period::Year(2020) => Period::Year(2023),
        _ => Period::SchoolYear(2021),
    };
    for value in &mut bureau.summary.values {
        value.period = named(value.period);
        value.change = value.change.filter(|_| value.period == Period::Year(2023));
    }
    bureau.wishes.all.also = vec![Kind::Slope];
    let figures = bureau.figures();
    let [line, bars, slope] = ["line", "bars", "slope"]
        .map(|kind| figures.iter().find(|figure| figure.id == format!("rate-{kind}")).unwrap_or_else(|| panic!("no {kind}")));
    assert!(line.title.starts_with("近视率2023年为20人"), "{}", line.title);
    let labels: Vec<String> = points(line).into_iter().map(|point| point.label).collect();
    assert_eq!(labels, ["2021/22", "2022", "2023"]);
    assert!(bars.title.starts_with("近视率2023年"), "{}", bars.title);
    assert!(slope.title.starts_with("近视率2022年至2023年"), "{}", slope.title);
}
