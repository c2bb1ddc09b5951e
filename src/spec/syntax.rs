//! What is wrong with a line that is no TOML, in our own words: often a sign of a Chinese keyboard where one of an English one belongs.

use std::ops::Range;

use crate::model::Text;

/// Signs that look alike and are not, and what belongs there.
const SIGNS: [(&str, &str); 13] = [
    ("“”„‟＂", "\""),
    ("‘’＇", "'"),
    ("＝", "="),
    ("［【", "["),
    ("］】", "]"),
    ("｛", "{"),
    ("｝", "}"),
    ("，、", ","),
    ("．。", "."),
    ("：", "="),
    ("＃", "#"),
    ("－", "-"),
    ("\u{3000}", " "),
];

/// What a parser calls a fault, and what that means.
const FAULTS: &[(&str, &str, &str)] = &[
    ("string values must be quoted", "文字要放在英文引号 \" \" 中", "words stand in quotation marks"),
    ("key with no value", "键的后面应有“=”和值", "behind a key stand `=` and its value"),
    ("extra assignment", "多了一个“=”", "there is an `=` too many"),
    ("extra `=`", "多了一个“=”", "there is an `=` too many"),
    ("unexpected `=`", "多了一个“=”", "there is an `=` too many"),
    ("missing key", "“=”的前面没有名称", "nothing stands before `=`"),
    ("missing opening quote", "引号没有配对，缺少左引号", "a quotation mark is not opened"),
    ("cannot extend", "这个名称已有别的内容，不能再往里加", "this name holds something else already"),
    ("invalid value", "值的写法不对", "the value is not written as one"),
    ("missing assignment", "键的后面应有“=”和值", "behind a key stand `=` and its value"),
    ("missing value", "“=”的后面没有值", "nothing stands behind `=`"),
    ("duplicate key", "这个名称在同一处已经写过一次", "this name stands here a second time"),
    ("unclosed", "括号没有配对，缺少右括号", "a bracket is not closed"),
    ("invalid basic string", "引号没有配对，缺少右引号", "a quotation mark is not closed"),
    ("invalid literal string", "引号没有配对，缺少右引号", "a quotation mark is not closed"),
    ("invalid multi-line", "引号没有配对，缺少右引号", "a quotation mark is not closed"),
    ("missing escaped value", "引号中的“\\”有特殊含义；路径请用“/”", "in quotation marks `\\` is special; write paths with `/`"),
    ("missing comma", "各项之间缺少英文逗号“,”", "a comma is missing between two items"),
    ("extra comma", "多了一个逗号", "there is a comma too many"),
    ("unexpected key or value", "值的后面还有别的内容：一行只写一项", "something stands behind the value: one entry a line"),
    ("unexpected content", "这里有多余的内容", "something stands here that belongs nowhere"),
    ("invalid unquoted key", "名称只能用英文字母、数字、“-”和“_”", "a name holds letters, digits, `-` and `_`"),
    ("unquoted keys cannot be empty", "“=”的前面没有名称", "nothing stands before `=`"),
    ("unexpected leading zero", "数字不能以 0 开头", "a number does not begin with 0"),
    ("overflowed", "数字太大", "the number is too large"),
];

/// The fault, what would be right, and where that is.
pub fn said(message: &str, text: &str, span: Range<usize>) -> (Text, Text, Range<usize>) {
    if let Some((place, sign, right)) = foreign_sign(text, span.start) {
        let shown = if sign == '\u{3000}' { "　".to_string() } else { sign.to_string() };
        let (zh, en) = match (sign, right) {
            ('\u{3000}', _) => (String::from("这里有中文（全角）空格"), String::from("a full-width space stands here")),
            ('“' | '”' | '‘' | '’', _) => (format!("{shown} 是中文引号"), format!("{shown} is a Chinese quotation mark")),
            _ => (format!("{shown} 是中文（全角）符号"), format!("{shown} is a full-width sign")),
        };
        let right_zh =
            if right == " " { "英文（半角）空格".to_string() } else { format!("英文（半角）的“{right}”") };
        let right_en = if right == " " { "a plain space".to_string() } else { format!("the plain sign `{right}`") };
        return (Text::new(zh, en), Text::new(right_zh, right_en), place..place + sign.len_utf8());
    }
    let known = FAULTS.iter().find(|(words, ..)| message.contains(words));
    let is_blank = || text.get(span.start..).is_none_or(|rest| rest.lines().next().is_none_or(|line| line.trim().is_empty()));
    let fault = match known {
        Some(("string values must be quoted", ..)) if is_blank() => Text::new("“=”的后面没有值", "nothing stands behind `=`"),
        Some((_, zh, en)) => Text::new(*zh, *en),
        None => Text::new("这一行的写法不对", "this is not how it is written"),
    };
    (fault, Text::default(), span)
}

/// The first such sign in a line that does not stand between quotation marks; where these are not closed, the one that was to close them.
fn foreign_sign(text: &str, at: usize) -> Option<(usize, char, &'static str)> {
    let start = text.get(..at)?.rfind('\n').map_or(0, |end| end + 1);
    let line = text.get(start..)?.lines().next()?;
    let sign = |letter: char| SIGNS.iter().find(|(signs, _)| signs.contains(letter)).map(|(_, right)| *right);
    let (mut quoted, mut within, mut is_value) = (None, None, false);
    for (place, letter) in line.char_indices() {
        match (quoted, letter) {
            (None, '"' | '\'') => quoted = Some(letter),
            (None, '#') => return None,
            // Behind a value a colon is that of a remark.
            (None, '：') if is_value => return None,
            (None, _) => {
                is_value |= letter == '=';
                if let Some(right) = sign(letter) {
                    return Some((start + place, letter, right));
                }
            }
            (Some(open), _) if letter == open => (quoted, within) = (None, None),
            (Some(open), _) => {
                let closes = sign(letter).filter(|right| right.starts_with(open));
                within = within.or(closes.map(|right| (start + place, letter, right)));
            }
        }
    }
    within
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(line: &str) -> (Text, Text, String) {
        let text = format!("# “注释”，不看\n[a]\n{line}\n");
        let (_, faults) = toml::de::DeTable::parse_recoverable(&text);
        let fault = faults.first().unwrap_or_else(|| panic!("{line} is TOML"));
        let (said, expected, span) = said(fault.message(), &text, fault.span().unwrap_or_default());
        (said, expected, text[span].to_string())
    }

    #[test]
    fn a_sign_of_a_chinese_keyboard_is_named_with_the_one_that_belongs_there() {
        for (line, sign, right) in [
            ("unit = “人”", "“", "\""),
            ("unit = \"人”", "”", "\""),
            ("name = { zh = \"甲：乙，丙\", en = ‘B’ }", "‘", "'"),
            ("unit ＝ \"人\"", "＝", "="),
            ("unit：\"人\"", "：", "="),
            ("［measures.x］", "［", "["),
            ("by = [\"stage\"，\"sex\"]", "，", ","),
            ("name = ｛ zh = \"甲\" ｝", "｛", "{"),
            ("unit = \"人\" ＃ 注", "＃", "#"),
        ] {
            let (fault, expected, place) = of(line);
            assert_eq!(place, sign, "{line}");
            assert!(fault.zh.contains("中文") && fault.zh.contains(sign) && fault.en.contains(sign), "{line}: {fault:?}");
            assert!(expected.zh.contains(right) && expected.en.contains(right), "{line}: {expected:?}");
        }
    }

    #[test]
    fn other_faults_are_said_in_both_languages() {
        for (line, zh) in [
            ("unit = 人", "文字要放在英文引号 \" \" 中"),
            ("unit =", "“=”的后面没有值"),
            ("unit = = \"人\"", "多了一个“=”"),
            ("unit \"人\"", "键的后面应有“=”和值"),
            ("[b", "括号没有配对，缺少右括号"),
            ("unit = [\"人\"", "括号没有配对，缺少右括号"),
            ("unit = \"人", "引号没有配对，缺少右引号"),
            ("unit = \"人\"\nunit = \"个\"", "这个名称在同一处已经写过一次"),
            ("unit = \"人\" 注：略", "值的后面还有别的内容：一行只写一项"),
            ("path = \"a\\q\"", "引号中的“\\”有特殊含义；路径请用“/”"),
            ("decimals = 01", "数字不能以 0 开头"),
            ("单位 = 1", "名称只能用英文字母、数字、“-”和“_”"),
        ] {
            let (fault, expected, _) = of(line);
            assert_eq!((fault.zh.as_str(), expected.zh.as_str()), (zh, ""), "{line}");
            assert!(fault.en.is_ascii(), "{}", fault.en);
        }
    }
}
