//! What charts say of values of which a part has not come.

use super::*;

/// Two years; in the second, two of three districts have not sent their form.
fn lacking() -> Bureau {
    let mut bureau = bureau("%")
        .say(WHOLE, None, &[Some(53.0), Some(52.5)])
        .say(WHOLE, Some("1"), &[Some(38.0), Some(37.5)])
        .say(WHOLE, Some("2"), &[Some(70.0), Some(69.5)])
        .say("A", None, &[Some(57.5), Some(56.8)])
        .say("B", None, &[Some(44.1), None])
        .say("C", None, &[Some(53.5), Some(52.0)]);
    for row in bureau.summary.values.iter_mut().filter(|row| row.area.as_ref() == WHOLE && row.period == Period::Year(2020)) {
        row.note = Text::new("缺少越秀区（已报 2/3）；不与上期比较", "without Yuexiu (2 of 3 have come); not compared");
        (row.status, row.lacking, row.coverage, row.change) = (Status::Provisional, true, Some(2.0 / 3.0), None);
    }
    bureau
}

const NOTE: &str = "数据尚不完整（空心点）：2020年缺少越秀区（已报 2/3）；不与上期比较。";

#[test]
fn every_chart_that_shows_such_a_value_says_what_it_lacks_and_shows_it_hollow() {
    let bureau = lacking();
    let figures = bureau.figures();
    let kind = |wanted: &str| figures.iter().find(|figure| figure.id == wanted).unwrap_or_else(|| panic!("{wanted}"));
    let (line, members, bars) = (kind("rate-line"), kind("rate-line-stage"), kind("rate-bars"));
    assert_eq!(line.title, "近视率2020年为52.5%（数据不全）");
    assert_eq!(line.notes, [NOTE], "and it is said once");
    assert_eq!(members.title, "近视率2020年（数据不全）：初中（69.5%）高于小学（37.5%）");
    assert_eq!(members.notes, [NOTE]);
    assert_eq!(bars.notes, ["数据尚不完整：广州市缺少越秀区（已报 2/3）；不与上期比较。"]);
    let hollow = |figure: &Figure| points(figure).iter().map(|point| point.incomplete).collect::<Vec<bool>>();
    assert_eq!([hollow(line), hollow(members)], [[false, true], [false, true]]);
    let told = lacking().english().only(Kind::Multiples).figures();
    assert_eq!(told[0].notes, ["Not complete (hollow): Guangzhou 2020 without Yuexiu (2 of 3 have come); not compared."]);
}

#[test]
fn a_blank_cell_that_only_leaves_its_pair_out_of_a_rate_is_not_called_incomplete() {
    let mut bureau = bureau("%").say(WHOLE, None, &[Some(53.0), Some(52.5)]);
    bureau.summary.values[1].status = Status::Provisional;
    let figures = bureau.figures();
    assert!(figures[0].notes.is_empty() && points(&figures[0]).iter().all(|point| !point.incomplete));
}
