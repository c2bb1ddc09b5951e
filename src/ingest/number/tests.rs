//! Numbers as offices write them, and what is none.

use super::*;

fn text_as(text: &str, unit: &str, exponent: i32, ratio: bool) -> Figure {
    let wanted = Unit::parse(unit);
    let symbols =
        BTreeMap::from([("#", Symbol::Missing), ("p", Symbol::Provisional), ("r", Symbol::Note), ("z", Symbol::NotCollected)])
            .into_iter()
            .map(|(mark, symbol)| (mark.to_string(), symbol))
            .collect();
    read(&Cell::Text(text.into()), Some(false), &Style { wanted: &wanted, exponent, fractions: true, ratio, symbols: &symbols })
}

fn text(written: &str, unit: &str, exponent: i32) -> Figure {
    text_as(written, unit, exponent, false)
}

#[test]
fn numbers_as_offices_write_them() {
    for (written, value) in [
        ("1234", 1234.0),
        ("１２３４", 1234.0),
        ("12,345", 12345.0),
        ("１２，３４５", 12345.0),
        (" 1 234 ", 1234.0),
        ("-5", -5.0),
        ("1.5", 1.5),
        ("1234人", 1234.0),
        ("1.2345万", 12345.0),
        ("3万人", 30000.0),
        ("1,234,567", 1234567.0),
        ("无", 0.0),
        ("一百二十三", 123.0),
        ("三千人", 3000.0),
        ("二十万", 200_000.0),
    ] {
        assert_eq!(text(written, "人", 0), normal(value), "{written}");
    }
    assert_eq!(text("0.1234", "个", 4), normal(1234.0));
    assert_eq!(text("12", "万元", 0), normal(12.0));
    assert_eq!(text("1.2亿元", "万元", 0), normal(12000.0));
    assert_eq!(text("3m²", "m2", 0), normal(3.0));
}

#[test]
fn per_cents_as_text_as_number_and_as_fraction() {
    for written in ["55.82%", "５５．８２％", "0.5582", "55.82", "558.2‰", "55.82个百分点"] {
        assert_eq!(text(written, "%", 0), normal(55.82), "{written}");
    }
    assert_eq!(text("55.82%", "‰", 0), normal(558.2));
    let (wanted, symbols) = (Unit::parse("%"), BTreeMap::new());
    let style = Style { wanted: &wanted, exponent: 0, fractions: false, ratio: false, symbols: &symbols };
    assert_eq!(read(&Cell::Number(0.5582), Some(true), &style), normal(55.82));
    assert_eq!(read(&Cell::Number(0.5582), Some(false), &style), normal(0.5582));
    assert_eq!(read(&Cell::Number(0.5582), None, &style), Figure::Doubtful);
    assert_eq!(read(&Cell::Number(55.82), None, &style), normal(55.82));
}

#[test]
fn footnote_marks_are_no_digits() {
    for written in ["1234*", "1234¹", "1234①", "1234(1)", "1234［注2］", "1234 ※", "1234**", "r1234", "1234r"] {
        assert_eq!(text(written, "人", 0), normal(1234.0), "{written}");
    }
    assert_eq!(text("1234p", "人", 0), Figure::Value(1234.0, Status::Provisional));
    for doubtful in ["①1234", "①", "¹", "12¹34", "*", "1234(567)", "12\n34", "(1)"] {
        assert_eq!(text(doubtful, "人", 0), Figure::Unreadable, "{doubtful}");
    }
}

#[test]
fn ratios_are_so_many_to_one_however_they_are_written() {
    for written in ["1:18", "18:1", "1：18", "18", "2比36", "1∶18"] {
        assert_eq!(text_as(written, "", 0, true), normal(18.0), "{written}");
    }
    let (wanted, symbols) = (Unit::parse(""), BTreeMap::new());
    let style = Style { wanted: &wanted, exponent: 0, fractions: false, ratio: true, symbols: &symbols };
    assert_eq!(read(&Cell::Number(0.0625), Some(false), &style), normal(16.0));
    assert_eq!(read(&Cell::Date("1:18".into()), Some(false), &style), normal(18.0));
    assert_eq!(text_as("1:0", "", 0, true), Figure::Unreadable);
    assert_eq!(text("1:18", "人", 0), Figure::Unreadable);
}

#[test]
fn marks_are_never_zero_unless_they_say_so() {
    for dash in ["-", "—", "－", "/", "——"] {
        assert_eq!(text(dash, "人", 0), Figure::None(Status::NotApplicable), "{dash}");
    }
    for blank in ["", "  ", "#", "…", "……", "..", "不详"] {
        assert_eq!(text(blank, "人", 0), Figure::None(Status::Missing), "{blank}");
    }
    assert_eq!(text("z", "人", 0), Figure::None(Status::NotCollected));
    for nonsense in [
        "约三千",
        "12,34",
        "1.234,56",
        "12.3,4",
        "一百二",
        "1.2.3",
        "abc",
        "12个",
        "#REF!",
        "#N/A",
        ",",
        ".",
        "p",
        "2023-10-08",
        "½",
        "***",
    ] {
        assert_eq!(text(nonsense, "人", 0), Figure::Unreadable, "{nonsense}");
    }
    let (wanted, symbols) = (Unit::parse("人"), BTreeMap::from([("999".to_string(), Symbol::Missing)]));
    let style = Style { wanted: &wanted, exponent: 0, fractions: false, ratio: false, symbols: &symbols };
    assert_eq!(read(&Cell::Number(999.0), Some(false), &style), Figure::None(Status::Missing));
    for cell in [Cell::Error("#DIV/0!".into()), Cell::Formula("=A1".into()), Cell::Bool(true), Cell::Date("2023-10-08".into())] {
        assert_eq!(read(&cell, Some(false), &style), Figure::Unreadable);
    }
}

/// A whole number as offices write it, in one of several ways.
fn written(number: u32, way: usize) -> String {
    let plain = number.to_string();
    let wide: String = plain.chars().filter_map(|digit| char::from_u32(digit as u32 - 0x30 + 0xFF10)).collect();
    let grouped: String = plain
        .char_indices()
        .flat_map(|(at, digit)| (at > 0 && (plain.len() - at).is_multiple_of(3)).then_some(',').into_iter().chain([digit]))
        .collect();
    match way {
        0 => plain,
        1 => wide,
        2 => grouped,
        3 => grouped.replace(',', "，"),
        4 => grouped.replace(',', " "),
        5 => format!("{}.{:04}万", number / 10_000, number % 10_000),
        6 => format!("{}.{:08}亿人", number / 100_000_000, number % 100_000_000),
        7 => format!("{plain}人"),
        8 => format!(" {wide}\u{3000}"),
        9 => format!("{plain}①"),
        10 => format!("{grouped}（注1）"),
        _ => format!("{plain}.0"),
    }
}

proptest::proptest! {
    #[test]
    fn a_number_reads_back_as_itself_in_whatever_way_it_is_written(number in 0u32..u32::MAX, way in 0usize..12) {
        assert_eq!(text(&written(number, way), "人", 0), normal(f64::from(number)), "{}", written(number, way));
    }

    #[test]
    fn a_per_cent_reads_back_as_itself(hundredths in 0u32..=10_000, way in 0usize..4) {
        let (whole, part) = (hundredths / 100, hundredths % 100);
        let written = match way {
            0 => format!("{whole}.{part:02}%"),
            1 => format!("{whole}.{part:02}％"),
            2 => format!("{}.{}‰", hundredths / 10, hundredths % 10),
            _ => format!("0.{hundredths:04}").replace("0.10000", "1.0000"),
        };
        assert_eq!(text(&written, "%", 0), normal(f64::from(hundredths) / 100.0), "{written}");
    }

    #[test]
    fn no_text_breaks_it(written in "\\PC{0,20}") {
        for ratio in [false, true] {
            let _ = text_as(&written, "%", 4, ratio);
        }
    }
}
