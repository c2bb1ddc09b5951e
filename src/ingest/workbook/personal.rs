//! Persons are no statistics: names, telephone and identity numbers are dropped before anything else sees a sheet.
//!
//! What stands behind 填表人, 联系电话 and the like goes, in the same cell, beside it or below it; and whatever has the shape of an
//! identity number, a telephone number or a mail address goes wherever it stands. The label stays: layouts end tables at it.

use std::{collections::HashMap, sync::LazyLock};

use super::grid::{Cell, Cells};
use crate::{
    ingest::signature::{OFFICERS, SIGNERS},
    model::{fold, half_width},
};

/// What is put where something was dropped: in a column of figures it is a finding, never a number.
const DROPPED: &str = "***";

/// Words before the name of a person besides those of signatures, and before a number of one.
const NAMES: &[&str] = &["校长", "园长", "班主任", "姓名", "签名", "签字", "contact", "prepared by", "completed by"];
const NUMBERS: &[&str] = &[
    "电话",
    "手机",
    "手机号",
    "手机号码",
    "联系方式",
    "身份证",
    "身份证号",
    "身份证号码",
    "证件号码",
    "邮箱",
    "电子邮箱",
    "传真",
    "telephone",
    "phone",
    "mobile",
    "email",
    "e-mail",
];
/// Words that may follow a name without a space, and begin something that is no one's.
const NEXT: &[&str] = &["填报日期", "报送日期", "填表日期", "日期", "填报单位", "统计年份", "年份", "单位"];

/// The commonest first letters of names; with what cannot end one they tell 张三 from 荔湾区 and 在校生.
const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖萧田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆\
范汪廖石金韦贾夏付傅方邹熊白孟秦邱侯江尹薛闫阎段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤康易乔赖文施洪辛柯庄温欧区甘冼麦关招霍简阮岑伍骆植";
const NO_NAMES_END: &str = "区县市镇乡街校园院局处科室所班级段数量率生师员工人次元册类型别中小计";

pub fn drop_from(sheet: &mut Cells) {
    let mut personal: Vec<usize> = Vec::new();
    let is_text = |(_, _, cell): &&(u32, u32, Cell)| matches!(cell, Cell::Text(text) if label(text).is_some());
    let labels: Vec<&(u32, u32, Cell)> = sheet.cells.iter().filter(is_text).collect();
    // Most sheets have no such label, and need no index.
    let index = |place: usize| ((sheet.cells[place].0, sheet.cells[place].1), place);
    let said: HashMap<(u32, u32), usize> =
        if labels.is_empty() { HashMap::new() } else { (0..sheet.cells.len()).map(index).collect() };
    for (row, column, cell) in labels {
        let Cell::Text(text) = cell else { continue };
        let Some(kind) = label(text) else { continue };
        let beside = (1..=4).filter_map(|step| said.get(&(*row, column + step))).next();
        let below = (1..).map_while(|step| said.get(&(row.saturating_add(step), *column)));
        let is_one = |place: &&usize| is_personal(&sheet.cells[**place].2, kind);
        // Behind a colon whatever is short is a name, also one whose first letter is rare.
        let is_open = kind == Kind::Name && text.trim_end().ends_with([':', '：']);
        let is_beside = |place: &&usize| is_one(place) || is_open && is_short(&sheet.cells[**place].2);
        personal.extend(beside.filter(is_beside).into_iter().chain(below.filter(is_one)));
    }
    for place in personal {
        sheet.cells[place].2 = Cell::Text(DROPPED.to_string());
    }
    for (.., cell) in &mut sheet.cells {
        if let Cell::Text(text) = cell
            && let Some(cleared) = cleared(text)
        {
            *text = cleared;
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Name,
    Number,
}

/// Is this cell nothing but a label, such as `联系人` or `填表人（签字）：`?
fn label(text: &str) -> Option<Kind> {
    // Labels are short and hold one of a few letters; most cells are none, and are not folded to see it.
    let could = |c: char| match c {
        '人' | '员' | '长' | '任' | '名' | '字' | '话' | '机' | '号' | '码' | '式' | '证' | '箱' | '真' => true,
        c => c.is_ascii_alphabetic(),
    };
    if text.len() > 64 || !text.contains(could) {
        return None;
    }
    let folded = fold(text);
    let bare = folded.trim_end_matches(':');
    let bare = bare.split(['(', '[']).next().unwrap_or(bare);
    kind_of(bare).filter(|_| bare.chars().count() <= 8 || bare.is_ascii())
}

fn names() -> impl Iterator<Item = &'static str> {
    SIGNERS.iter().chain(&OFFICERS).chain(NAMES).copied()
}

fn kind_of(label: &str) -> Option<Kind> {
    static FOLDED: LazyLock<[Vec<String>; 2]> =
        LazyLock::new(|| [NUMBERS.to_vec(), names().collect()].map(|words| words.into_iter().map(fold).collect()));
    let [numbers, names] = &*FOLDED;
    let ends = |words: &[String]| words.iter().any(|word| label.ends_with(word));
    if ends(numbers) {
        Some(Kind::Number)
    } else if ends(names) {
        Some(Kind::Name)
    } else {
        None
    }
}

fn is_personal(cell: &Cell, kind: Kind) -> bool {
    match (cell, kind) {
        (Cell::Number(number), Kind::Number) => number.fract() == 0.0 && *number >= 1e6,
        (Cell::Text(text), Kind::Name) => is_name(text),
        (Cell::Text(text), Kind::Number) => {
            text.contains('@') || half_width(text).chars().filter(char::is_ascii_digit).count() >= 7
        }
        _ => false,
    }
}

/// A word or two that are no label themselves.
fn is_short(cell: &Cell) -> bool {
    matches!(cell, Cell::Text(text) if !text.contains([':', '：']) && text.chars().count() <= 6 && label(text).is_none())
}

fn is_name(text: &str) -> bool {
    let letters: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    let (Some(first), Some(last)) = (letters.first(), letters.last()) else { return false };
    (2..=4).contains(&letters.len()) && SURNAMES.contains(*first) && !NO_NAMES_END.contains(*last) && !is_grade(&letters)
}

/// 高一 to 高三: 高 is a name too.
fn is_grade(letters: &[char]) -> bool {
    matches!(letters, ['高', '一' | '二' | '三', ..])
}

/// A text without the persons in it; none where there are none.
pub fn cleared(text: &str) -> Option<String> {
    let is_digit = |c: &char| c.is_ascii_digit() || ('０'..='９').contains(c);
    let could = text.contains([':', '：', '@']) || text.len() >= 7 && text.chars().filter(is_digit).count() >= 7;
    if !could {
        return None;
    }
    let mut kept = String::with_capacity(text.len());
    // Inside what stands behind a person's label, until the next label.
    let (mut dropping, mut labelled) = (false, false);
    // A text of nothing but digits may be a figure.
    let is_alone = half_width(text).trim().bytes().all(|byte| byte.is_ascii_digit()) && text.trim().len() < 18;
    for part in text.split_inclusive(char::is_whitespace) {
        let word = part.trim_end();
        let space = &part[word.len()..];
        match word.find([':', '：']) {
            Some(colon) => {
                dropping = false;
                kept.push_str(&clear_label(word, colon, &mut dropping));
            }
            None if dropping && !word.is_empty() => {}
            // A label without its colon: only what has the shape of a person goes.
            None if labelled && is_name(word) => {}
            None => {
                labelled |= label(word).is_some();
                kept.push_str(&if is_alone { word.to_string() } else { without_numbers(word) });
            }
        }
        kept.push_str(space);
    }
    (kept != text).then_some(kept)
}

/// `审核人：李四填报日期：2023` keeps both labels and the date.
fn clear_label(word: &str, colon: usize, dropping: &mut bool) -> String {
    let mark = word[colon..].chars().next().map_or(1, char::len_utf8);
    let (label, value) = (&word[..colon], &word[colon + mark..]);
    let folded = fold(label);
    let bare = folded.split(['(', '[']).next().unwrap_or_default();
    if kind_of(bare).is_none() {
        return match value.find([':', '：']) {
            Some(next) => format!("{}{}", &word[..colon + mark], clear_label(value, next, dropping)),
            None => without_numbers(word),
        };
    }
    *dropping = true;
    let head = &word[..colon + mark];
    let personal = names().chain(NUMBERS.iter().chain(NEXT).copied());
    let next = personal.filter_map(|known| value.find(known)).filter(|at| value[*at..].contains([':', '：'])).min();
    match next {
        Some(at) => {
            *dropping = false;
            let rest = &value[at..];
            let colon = rest.find([':', '：']).unwrap_or(0);
            format!("{head}{}", clear_label(rest, colon, dropping))
        }
        None => head.to_string(),
    }
}

/// A word without identity numbers, telephone numbers and mail addresses.
fn without_numbers(word: &str) -> String {
    if word.contains('@') && word.contains('.') {
        return DROPPED.to_string();
    }
    let plain = half_width(word);
    if plain.len() < 11 {
        return word.to_string();
    }
    let mut kept = String::new();
    let mut rest = plain.as_str();
    let mut found = false;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        kept.push_str(&rest[..start]);
        let run = &rest[start..];
        let length = run.find(|c: char| !(c.is_ascii_digit() || c == '-')).unwrap_or(run.len());
        let (digits, after) = run.split_at(length);
        let ends_in_x = digits.len() == 17 && after.starts_with(['x', 'X']);
        if is_identity(digits, ends_in_x) || is_mobile(digits) || is_landline(digits) {
            // 张三13800138000: the name before it goes too.
            if is_name(&kept) {
                kept.clear();
            }
            kept.push_str(DROPPED);
            found = true;
        } else {
            kept.push_str(digits);
        }
        rest = &after[usize::from(ends_in_x && kept.ends_with(DROPPED))..];
    }
    if found { kept + rest } else { word.to_string() }
}

/// Eighteen digits with a birthday in the middle.
fn is_identity(digits: &str, ends_in_x: bool) -> bool {
    let right_length = digits.len() == 18 || ends_in_x;
    let number = |range: std::ops::Range<usize>| digits.get(range).and_then(|part| part.parse::<u32>().ok()).unwrap_or(0);
    right_length
        && (1900..2100).contains(&number(6..10))
        && (1..=12).contains(&number(10..12))
        && (1..=31).contains(&number(12..14))
}

fn is_mobile(digits: &str) -> bool {
    let bare = digits.replace('-', "");
    bare.len() == 11 && bare.starts_with('1') && bare[1..].starts_with(['3', '4', '5', '6', '7', '8', '9'])
}

fn is_landline(digits: &str) -> bool {
    digits.split_once('-').is_some_and(|(zone, number)| {
        zone.starts_with('0') && (3..=4).contains(&zone.len()) && (7..=8).contains(&number.len()) && !number.contains('-')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(cells: &[(u32, u32, Cell)]) -> Vec<String> {
        let mut sheet = Cells { cells: cells.to_vec(), ..Cells::default() };
        drop_from(&mut sheet);
        sheet.cells.into_iter().map(|(.., cell)| cell.said().into_owned()).collect()
    }

    fn text(row: u32, column: u32, text: &str) -> (u32, u32, Cell) {
        (row, column, Cell::Text(text.into()))
    }

    #[test]
    fn what_stands_behind_a_label_goes_and_the_label_stays() {
        for (text, kept) in [
            ("填表人：张三", "填表人："),
            (
                "填报单位：荔湾区教育局  填表人：李 四  填报日期：2023年10月8日",
                "填报单位：荔湾区教育局  填表人：   填报日期：2023年10月8日",
            ),
            ("审核人：李四填报日期：2023-10-08", "审核人：填报日期：2023-10-08"),
            ("单位负责人（签字）：王五　联系电话：020-81234567", "单位负责人（签字）：　联系电话："),
            ("联系人 张三 13800138000", "联系人  ***"),
            ("请致电13800138000咨询", "请致电***咨询"),
            ("证件44010619900307123X", "证件***"),
            ("信箱：office@example.org", "信箱：***"),
        ] {
            let cleared = cleared(text).unwrap_or_else(|| text.to_string());
            if text.starts_with("信箱") {
                assert!(!cleared.contains("example"), "{cleared}");
            } else {
                assert_eq!(cleared, kept);
            }
        }
    }

    #[test]
    fn what_stands_beside_or_below_a_label_goes() {
        let read = sheet(&[
            text(0, 0, "填表人"),
            text(0, 1, "张三"),
            text(0, 2, "联系电话"),
            (0, 3, Cell::Number(13_800_138_000.0)),
            text(1, 0, "审核人："),
            text(1, 1, "上官婉儿"),
            text(2, 0, "区"),
            text(2, 1, "校长"),
            text(2, 2, "在校生"),
            text(3, 0, "白云区"),
            text(3, 1, "欧阳明"),
            (3, 2, Cell::Number(13_800_138_000.0)),
        ]);
        assert_eq!(
            read,
            ["填表人", "***", "联系电话", "***", "审核人：", "***", "区", "校长", "在校生", "白云区", "***", "13800138000"]
        );
    }

    #[test]
    fn figures_and_labels_are_not_taken_for_persons() {
        for plain in
            ["12345678901", "2023年10月8日", "学位：公办", "联系人数", "1,234,567,890", "440106", "2012–2022", "比例：1:18"]
        {
            assert_eq!(cleared(plain), None, "{plain}");
        }
        for label in ["荔湾区", "高中", "在校生", "高一", "万元", "全市"] {
            assert!(!is_name(label), "{label}");
        }
    }
}
