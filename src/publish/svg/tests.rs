//! Every picture to its rules: nothing cut, nothing touching, the same bytes.

use super::{super::draw, *};
use crate::model::{Key, Level, Lines, Mark, Multiples, Point, Ranks, Series, Table, Verdict};

mod kinds;

const CHINESE: &str = "荔湾区 越秀区 海珠区 天河区 白云区 黄埔区 番禺区 花都区 南沙区 从化区 增城区 广州市";
const ENGLISH: &str = "Aberdeen City,Aberdeenshire,Angus,Argyll and Bute,City of Edinburgh,Clackmannanshire,Dumfries and Galloway,\
    Dundee City,East Ayrshire,East Dunbartonshire,East Lothian,East Renfrewshire,Falkirk,Fife,Glasgow City,Highland,Inverclyde,\
    Midlothian,Moray,Na h-Eileanan Siar,North Ayrshire,North Lanarkshire,Orkney Islands,Perth and Kinross,Renfrewshire,\
    Scottish Borders,Shetland Islands,South Ayrshire,South Lanarkshire,Stirling,West Dunbartonshire,West Lothian";

fn point(label: &str, value: Option<f64>) -> Point {
    let shown = value.map_or("无数据".into(), |value| crate::model::number::printed(value, 1) + "%");
    Point { label: label.into(), value, shown, emphasis: false, verdict: None, target: None, interval: None, incomplete: false }
}

fn figure(marks: Marks) -> Figure {
    Figure {
        id: "test".into(),
        about: crate::model::About::Indicator("rate".into()),
        language: Language::Chinese,
        title: "近视率2023年为52.6%，比上年下降0.4个百分点，未达到目标".into(),
        subtitle: "近视率（%），广州市，2021年至2023年".into(),
        unit: "%".into(),
        marks,
        key: Vec::new(),
        notes: vec!["目标：近视率下降0.5%，读作“比上年下降至少0.5个百分点”（某文，第五部分，第2段）".into()],
        source: "来源：某文，某局；截至2023-12-31。示例数据，不是真实统计。".into(),
        sample: Some("示例数据".into()),
        alt: "折线图 <&> \"引号\"".into(),
        table: Table { columns: Vec::new(), rows: Vec::new() },
    }
}

fn bars(points: Vec<Point>, target: Option<Level>) -> Figure {
    figure(Marks::Bars(Ranks { points, target }))
}

fn lines(series: Vec<Series>, target: Option<Level>) -> Figure {
    figure(Marks::Line(Lines { series, target }))
}

fn years(values: &[Option<f64>]) -> Series {
    let points = values.iter().zip(2012..).map(|(value, year)| point(&format!("{year}"), *value)).collect();
    Series { name: "广州市".into(), points, breaks: Vec::new() }
}

/// Draws a figure and holds it to what every picture must keep: nothing cut, nothing touching, nothing too small, one
/// drawing like the other.
fn legible(figure: &Figure) -> Picture {
    let (page, texts) = drawn(figure);
    let picture = svg(figure, &page);
    let room = Rect { left: 8.0, top: 8.0, right: WIDTH - 8.0, bottom: f64::from(picture.height) - 8.0 };
    for (place, (words, area)) in texts.iter().enumerate() {
        assert!(area.within(&room), "`{words}` is cut: {area:?} on {room:?}");
        assert!(area.height() >= SMALL, "`{words}` is too small to print");
        assert!(!words.ends_with('·'), "`{words}` ends with what should stand between two");
        for (other, taken) in &texts[..place] {
            assert!(area.shared(taken) == 0.0, "`{words}` {area:?} touches `{other}` {taken:?}");
        }
    }
    assert_eq!(page, super::page(figure));
    picture
}

#[test]
fn eleven_chinese_districts_and_the_city() {
    let verdicts = Verdict::ALL;
    // The target runs through, beside and past the values; each district with its own level, then one for all.
    for level in [20.0, 50.0, 52.0, 55.0, 99.0] {
        let names = CHINESE.split(' ').enumerate();
        let points: Vec<Point> = names
            .map(|(place, name)| Point {
                emphasis: name == "广州市",
                verdict: Some(verdicts[place % 5]),
                target: Some(level + place as f64 / 10.0),
                ..point(name, (place != 8).then_some(57.3 - place as f64 * 0.9))
            })
            .collect();
        let mut own = bars(points.clone(), None);
        own.key = verdicts.map(|verdict| Key { mark: Mark::Verdict(verdict), words: verdict.name().zh }).into();
        own.key.push(Key { mark: Mark::Target, words: "各自的目标值".into() });
        legible(&own);
        let level = Level { value: level, label: format!("2023年目标 ≤{level}%") };
        legible(&bars(points.into_iter().map(|point| Point { target: None, ..point }).collect(), Some(level)));
    }
}

#[test]
fn what_is_counted_has_whole_numbers_on_its_scale() {
    for counts in [[8.0, 8.0], [46.0, 47.0], [0.0, 0.0], [0.0, 1.0], [1_000_000.0, 1_000_001.0]] {
        let mut series = years(&counts.map(Some));
        series.points.iter_mut().for_each(|point| point.shown = point.shown.replace(".0%", ""));
        let figure = Figure { unit: "所".into(), ..lines(vec![series], None) };
        let marks = drawn(&figure).1.into_iter().filter(|(words, _)| words.starts_with(|letter: char| letter.is_ascii_digit()));
        let with_point: Vec<String> = marks.map(|(words, _)| words).filter(|words| words.contains('.')).collect();
        assert_eq!(with_point, Vec::<String>::new());
    }
}

#[test]
fn no_pattern_is_left_between_figures_and_the_end_of_their_bar() {
    let missed = Point { verdict: Some(Verdict::Missed), ..point("荔湾区", Some(96.0)) };
    let figure =
        bars(vec![missed.clone(), Point { value: Some(-96.0), ..missed }], Some(Level { value: 97.0, label: "≥97%".into() }));
    let (page, texts) = drawn(&figure);
    let figures = &texts.iter().find(|(words, _)| words == "96.0%").expect("the value").1;
    let paper = page.marks.iter().rev().find_map(|mark| match mark {
        draw::mark::Mark::Rect { area, .. } if area.left < figures.left && area.right > figures.right && area.height() < 30.0 => {
            Some(*area)
        }
        _ => None,
    });
    let paper = paper.expect("paper behind the value");
    let outline = page.marks.iter().find_map(|mark| match mark {
        draw::mark::Mark::Path { points, .. } if points.len() == 6 => Some(points.iter().map(|at| at.0).fold(0.0, f64::max)),
        _ => None,
    });
    assert!(paper.right + 0.8 >= outline.expect("the outline of the bar"), "{paper:?} ends before {outline:?}");
}

#[test]
fn thirty_two_english_authorities() {
    let points: Vec<Point> =
        ENGLISH.split(',').enumerate().map(|(place, name)| point(name, Some(14.3 - place as f64 * 0.17))).collect();
    for value in [9.0, 12.0, 14.4] {
        let mut figure = bars(points.clone(), Some(Level { value, label: format!("2022 target ≤{value}") }));
        figure.language = Language::English;
        figure.title =
            "Pupil-teacher ratio in 2022: 25 of 32 areas met the target, which is a title long enough to need two lines".into();
        figure.sample = Some("SAMPLE DATA".into());
        let picture = legible(&figure);
        assert!(picture.height > 900, "the page grows with its bars");
    }
}

/// Names that no layout was made for.
const LONG: [&str; 3] = [
    "Council for the Education of the Isles, the Highlands and the Borders of the Very Far North",
    "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch",
    "广州市某某区某某街道某某九年一贯制学校某某校区（原某某中学某某分校）",
];

#[test]
fn very_long_names_wrap_and_never_run_into_the_bars() {
    legible(&bars(LONG.into_iter().zip([3.0, -2.0, 0.0]).map(|(name, value)| point(name, Some(value))).collect(), None));
    let named = |name: &str| Series { name: name.into(), ..years(&[Some(3.0), Some(3.1)]) };
    legible(&lines(LONG.map(named).into(), None));
}

#[test]
fn lines_of_every_shape() {
    let shapes: [&[Option<f64>]; 10] = [
        &[Some(53.4), Some(53.0), Some(52.6)],
        &[Some(54.1), None, Some(53.4), None, None, Some(52.6)],
        &[Some(50.0)],
        &[Some(50.0), Some(50.0), Some(50.0), Some(50.0)],
        &[Some(0.0), Some(0.0)],
        &[Some(-3.0), Some(2.0), Some(-1.5), Some(4.0)],
        &[Some(99.9), Some(100.0), Some(99.97)],
        &[
            Some(1.0),
            Some(90.0),
            Some(2.0),
            Some(85.0),
            Some(3.0),
            Some(80.0),
            Some(4.0),
            Some(75.0),
            Some(5.0),
            Some(70.0),
            Some(6.0),
        ],
        &[
            Some(13.6),
            Some(13.6),
            Some(13.7),
            Some(13.67),
            Some(13.68),
            Some(13.6),
            Some(13.57),
            Some(13.58),
            Some(13.34),
            Some(13.16),
            Some(13.21),
        ],
        &[None, None],
    ];
    for values in shapes {
        legible(&lines(vec![years(values)], None));
        for value in values.iter().flatten() {
            for apart in [-0.1, 0.0, 0.1] {
                let level = Level { value: value + apart, label: "2023年目标 ≤52.5%".into() };
                legible(&lines(vec![years(values)], Some(level)));
            }
        }
    }
    let many: Vec<Option<f64>> = (0..60).map(|place| Some(f64::from(place * place % 17))).collect();
    legible(&lines(vec![years(&many)], None));
}

#[test]
fn twelve_lines_that_end_together_are_all_named() {
    let line = |grade: u32| {
        let values = [Some(50.0 + f64::from(grade % 3)), Some(51.0), (grade != 7).then_some(52.0)];
        Series { name: format!("{grade}年级"), ..years(&values) }
    };
    legible(&lines((1..=12).map(line).collect(), None));
}

#[test]
fn a_missing_year_is_not_bridged() {
    let curves = |figure: &Figure| {
        legible(figure);
        let is_curve = |mark: &&draw::mark::Mark| matches!(mark, draw::mark::Mark::Path { ink, .. } if *ink == ink::LINES[0]);
        page(figure).marks.iter().filter(is_curve).count()
    };
    assert_eq!(curves(&lines(vec![years(&[Some(54.0), None, Some(53.0), Some(52.0)])], None)), 1);
    let mut broken = lines(vec![years(&[Some(54.0), Some(53.5), Some(53.0), Some(52.0)])], None);
    assert_eq!(curves(&broken), 1);
    let Marks::Line(of_two) = &mut broken.marks else { panic!("lines") };
    of_two.series[0].breaks = vec![2];
    assert_eq!(curves(&broken), 2, "counted another way from the third year on");
    let mut panel = years(&[Some(54.0), Some(53.5), Some(53.0), Some(52.0)]);
    let mut panels = |breaks: Vec<usize>| {
        panel.breaks = breaks;
        let panels = vec![panel.clone(), panel.clone()];
        curves(&figure(Marks::Multiples(Multiples { panels, behind: None, target: None })))
    };
    assert_eq!([panels(Vec::new()), panels(vec![2])], [2, 4], "and so in each small chart");
}

#[test]
fn the_document_speaks_to_those_who_do_not_see_it() {
    let document = legible(&lines(vec![years(&[Some(54.0)])], None)).svg;
    assert!(document.contains("<desc>折线图 &lt;&amp;&gt; &quot;引号&quot;</desc>"));
    assert!(document.contains("xml:lang=\"zh-CN\""));
    assert_eq!(document.matches("示例数据").count(), 3, "tag, watermark and source line");
}

#[test]
fn pictures_are_the_same_on_every_thread() {
    let figure = lines(vec![years(&[Some(54.0), None, Some(53.0)])], None);
    let draw = || crate::publish::png::png(&page(&figure)).expect("a page with a size");
    let here = draw();
    let there = std::thread::scope(|scope| [scope.spawn(draw), scope.spawn(draw)].map(|thread| thread.join().expect("drawn")));
    assert!(there.iter().all(|picture| *picture == here));
    assert_eq!(&here[1..4], b"PNG");
    assert_eq!(u32::from_be_bytes([here[16], here[17], here[18], here[19]]), 1600);
}

/// What has not come whole is seen to be so: a ring, at the end of a dashed stroke.
#[test]
fn a_value_that_lacks_a_part_is_a_ring_at_the_end_of_dashes() {
    use draw::{ink, mark::Mark as Shape};
    let shapes = |incomplete| {
        let mut series = years(&[Some(51.0), Some(52.0), Some(53.0)]);
        series.points[2].incomplete = incomplete;
        let figure = lines(vec![series], None);
        legible(&figure);
        super::page(&figure).marks
    };
    let strokes = |shapes: &[Shape]| {
        shapes.iter().filter(|shape| matches!(shape, Shape::Path { .. }) && shape.ink() == ink::LINES[0]).count()
    };
    let rings =
        |shapes: &[Shape]| shapes.iter().filter(|shape| matches!(shape, Shape::Dot { .. }) && shape.ink() == ink::WHITE).count();
    let (whole, lacking) = (shapes(false), shapes(true));
    assert_eq!((strokes(&whole), rings(&whole)), (1, 0));
    assert_eq!(rings(&lacking), 1);
    assert!(strokes(&lacking) > 5, "a dashed stroke is many");
}
