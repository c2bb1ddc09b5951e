//! Titles that must stay true where areas are alike, where all or none did something, and where rounding hides what was judged.

use super::*;

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
    assert_eq!(line.title, "近视率2023年为99.998%，比上年上升0.1个百分点，未达到努力实现的目标");
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
    let goal = |aim: Aim, level: f64| phrase::goal(&bureau("%").indicator, &aim, level);
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
