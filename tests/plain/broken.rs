//! Damaged workbooks: nothing panics, and no cell comes that calamine would read otherwise.

use std::io::Cursor;

use proptest::{collection::vec, prelude::*, sample::select};
use yardstick::ingest::Plain;
use zip::CompressionMethod;

use super::{
    book::{TEXTS, book, pack, parts},
    both::{Outcome, compare, scan},
    rows::rows,
};

/// A workbook with a part of about a megabyte.
fn large() -> Vec<u8> {
    let row = |row: u32| {
        format!("<row r=\"{row}\"><c r=\"A{row}\"><v>{}</v></c><c r=\"B{row}\" t=\"s\"><v>0</v></c></row>", row * 7919 % 1009)
    };
    book(&(1..16_000).map(row).collect::<String>(), TEXTS)
}

#[test]
fn a_part_that_is_not_what_it_declares_gives_the_sheet_back() {
    let sound = large();
    assert_eq!(compare(&sound, "sound"), [Outcome::Same(31_998)]);
    // The directory at the end says of each part its sum and its sizes, at these places of an entry; the sheet is the last part.
    let entry = sound.windows(4).rposition(|four| four == b"PK\x01\x02").expect("the directory");
    for (place, what) in [(16, "sum"), (20, "packed size"), (24, "size")] {
        for by in [1_u32, 1000, u32::MAX] {
            let mut broken = sound.clone();
            let field = &mut broken[entry + place..entry + place + 4];
            let said = u32::from_le_bytes(field.try_into().expect("four bytes"));
            field.copy_from_slice(&said.wrapping_add(by).to_le_bytes());
            let outcome = compare(&broken, what);
            assert!(matches!(outcome[..], [Outcome::GivenBack(_)]) || what == "packed size", "{what} {by}: {outcome:?}");
        }
    }
    let mut packed_otherwise = sound.clone();
    packed_otherwise[entry + 10] = 12;
    assert_eq!(compare(&packed_otherwise, "bzip2"), [Outcome::GivenBack("a part is packed in another way")]);
    let mut encrypted = sound.clone();
    encrypted[entry + 8] |= 1;
    assert_eq!(compare(&encrypted, "encrypted"), [Outcome::GivenBack("a part is encrypted")]);
}

#[test]
fn a_part_that_would_take_disk_memory_or_time_is_given_back() {
    let rows = " ".repeat(65 << 20);
    let bomb = pack(&parts(&rows, ""), CompressionMethod::Deflated);
    assert_eq!(compare(&bomb, "bomb"), [Outcome::GivenBack("a part would unpack to too much")]);
    let with = |what: &str, many: usize| {
        let mut parts = parts("", "");
        parts[1].1 = parts[1].1.replacen("<sheets>", &(what.repeat(many) + "<sheets>"), 1);
        compare(&pack(&parts, CompressionMethod::Deflated), "long").remove(0)
    };
    let why = Outcome::GivenBack("a small part with a very long tag or many namespaces");
    assert_eq!(with("<x xmlns:a=\"b\">", 90_000), why);
    assert_eq!(with(&format!("<x{}/>", " a=\"1\"".repeat(90_000)), 1), why);
    assert_eq!(with("<x/>", 2_000_000), Outcome::GivenBack("a small part is large"));
    let long = format!("<row><c t=\"inlineStr\"><is><t>{}</t></is></c></row>", "long ".repeat(4 << 20));
    assert_eq!(compare(&book(&long, ""), "long"), [Outcome::GivenBack("a row or a text is very long")]);
}

#[test]
fn a_long_list_of_texts_is_read_no_further_than_cells_refer_to_it() {
    let texts: String = (0..20_000).map(|at| format!("<si><t>text {at}</t></si>")).collect();
    let to =
        |place: u32| format!("<row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>{place}</v></c></row><row><c t=\"s\"><v>1</v></c></row>");
    assert_eq!(compare(&book(&to(19_999), &texts), "sound"), [Outcome::Same(3)]);
    let damaged = texts.clone() + "<si><x/></si>";
    let outcome = |place: u32| compare(&book(&to(place), &damaged), "damaged").remove(0);
    assert!(matches!(outcome(100), Outcome::Alone(_) | Outcome::Same(3)));
    assert_eq!(outcome(20_000), Outcome::GivenBack("another tag beside a text"));
    assert_eq!(compare(&book(&to(20_000), &texts), "short"), [Outcome::GivenBack("a cell refers to a text that is not there")]);
    // One that is too long to be held as it is packed is read at once.
    let long = format!("<si><t>{}</t></si>", "x".repeat(4000)).repeat(9_000);
    let packed = |place: u32| compare(&pack(&parts(&to(place), &long), CompressionMethod::Stored), "long");
    assert_eq!(packed(8_999), [Outcome::Same(3)]);
    assert_eq!(packed(9_000), [Outcome::GivenBack("a cell refers to a text that is not there")]);
}

#[test]
fn a_workbook_that_is_cut_off_anywhere_gives_no_wrong_cell() {
    let sound = book("<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"B1\" t=\"s\"><v>0</v></c></row>", TEXTS);
    for length in 0..sound.len() {
        assert!(!matches!(compare(&sound[..length], "cut off")[..], [Outcome::Same(_)]), "{length}");
    }
    let parts = parts("<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"B1\" t=\"s\"><v>0</v></c></row>", TEXTS);
    for part in 0..parts.len() {
        for length in 0..parts[part].1.len() {
            let mut cut: Vec<(&str, Vec<u8>)> = parts.iter().map(|(name, text)| (*name, text.clone().into_bytes())).collect();
            cut[part].1.truncate(length);
            compare(&pack(&cut, CompressionMethod::Stored), "cut off");
        }
    }
}

#[derive(Debug, Clone)]
enum Damage {
    Put(&'static str),
    Cut(usize),
    Set(u8),
    /// What stands there stands twice.
    Twice(usize),
}

fn damage() -> impl Strategy<Value = (prop::sample::Index, Damage)> {
    let words = vec![
        "<",
        ">",
        "/",
        "\"",
        "'",
        "&",
        ";",
        "=",
        " ",
        "<c>",
        "</c>",
        "<c/>",
        "<v>",
        "</v>",
        "<row>",
        "</row>",
        "<row/>",
        "<f>",
        "</f>",
        "<f/>",
        "<is>",
        "<t>",
        "</t>",
        "</is>",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "<?x?>",
        "</sheetData>",
        "<sheetData>",
        " r=\"A1\"",
        " t=\"s\"",
        " t=\"str\"",
        " t=\"n\"",
        "&amp;",
        "&#65;",
        "&#x0;",
        "\r",
        "0",
        "1e5",
        "-",
        "+",
        ".",
        "_x0041_",
        "<r>",
        "<rPh>",
        "</rPh>",
        "<si>",
        "\0",
        "é",
    ];
    let kinds = prop_oneof![
        3 => select(words).prop_map(Damage::Put),
        2 => (1..30_usize).prop_map(Damage::Cut),
        2 => any::<u8>().prop_map(Damage::Set),
        1 => (1..60_usize).prop_map(Damage::Twice),
    ];
    (any::<prop::sample::Index>(), kinds)
}

fn damaged(text: &[u8], damages: &[(prop::sample::Index, Damage)]) -> Vec<u8> {
    let mut text = text.to_vec();
    for (at, damage) in damages {
        if text.is_empty() {
            break;
        }
        let at = at.index(text.len());
        match damage {
            Damage::Put(word) => drop(text.splice(at..at, word.bytes())),
            Damage::Cut(length) => drop(text.drain(at..(at + length).min(text.len()))),
            Damage::Set(byte) => text[at] = *byte,
            Damage::Twice(length) => {
                let twice = text[at..(at + length).min(text.len())].to_vec();
                drop(text.splice(at..at, twice));
            }
        }
    }
    text
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6000))]

    #[test]
    fn damaged_xml_gives_the_cells_that_calamine_gives_or_none(rows in rows(), part in 0..5_usize, damages in vec(damage(), 1..4)) {
        // Most of the damage is done to the sheet.
        let part = if part < 2 { part + 2 } else { 4 };
        let parts = parts(&rows, TEXTS);
        let mut parts: Vec<(&str, Vec<u8>)> = parts.iter().map(|(name, text)| (*name, text.clone().into_bytes())).collect();
        parts[part].1 = damaged(&parts[part].1, &damages);
        compare(&pack(&parts, CompressionMethod::Stored), "damaged");
    }

    #[test]
    fn damaged_archives_never_panic(rows in rows(), damages in vec(damage(), 1..6)) {
        let broken = damaged(&book(&rows, TEXTS), &damages);
        if let Ok(mut plain) = Plain::open(Cursor::new(&broken[..])) {
            let _ = scan(&mut plain, 0, &|column| column % 3 != 1);
        }
    }
}
