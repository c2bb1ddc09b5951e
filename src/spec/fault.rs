//! What serde says of an entry that it refuses, in words for whoever wrote it: no name of a type of this program among them.

use crate::model::Text;

/// A fault, and what would be right, where that can be told.
pub struct Said {
    pub fault: Text,
    pub expected: Text,
}

/// More names than these are looked up in the documentation. All aims are listed.
const LISTED: usize = 14;

/// What serde says, of what is written so.
pub fn said(message: &str, written: &str) -> Said {
    let named = |start: &str| message.strip_prefix(start)?.split('`').nth(1).map(str::to_string);
    if let Some(key) = named("unknown field") {
        let fault = Text::new(format!("不认识的键“{key}”"), format!("the key `{key}` is not known"));
        return Said { fault, expected: one_of(&key, message) };
    }
    if let Some(word) = named("unknown variant") {
        let fault = Text::new(format!("不认识的取值“{word}”"), format!("`{word}` is none of the words that may stand here"));
        return Said { fault, expected: one_of(&word, message) };
    }
    if let Some(key) = named("missing field") {
        return plain(Text::new(format!("缺少 {key}"), format!("`{key}` is missing")));
    }
    if let Some((key, list)) =
        message.strip_prefix("unexpected keys in table: ").and_then(|rest| rest.split_once(", available keys: "))
    {
        let key = key.split(", ").next().unwrap_or_default();
        let fault = Text::new(format!("不认识的键“{key}”"), format!("the key `{key}` is not known"));
        return Said { fault, expected: nearest(key, &list.split(", ").collect::<Vec<_>>()) };
    }
    // A list is taken for a table whose keys are left out.
    if let Some(wanted) = message.strip_prefix("invalid length ").and_then(|rest| rest.split_once(", expected ")) {
        let wanted = wanted.1.split(" with ").next().unwrap_or_default();
        return instead(&Text::new(" [ … ]", "a list"), wanted_as(wanted));
    }
    for start in ["invalid type: ", "invalid value: "] {
        if let Some((found, wanted)) = message.strip_prefix(start).and_then(|rest| rest.split_once(", expected ")) {
            // To serde a day is a table of its own.
            let is_day = written.get(4..5) == Some("-") && written.starts_with(|letter: char| letter.is_ascii_digit());
            let found =
                if is_day { Text::new(format!("日期 {written}"), format!("the date {written}")) } else { found_as(found) };
            return instead(&found, wanted_as(wanted));
        }
    }
    if message.starts_with("data did not match any variant") || message.starts_with("wanted ") {
        return plain(Text::new("写法不在允许的几种之中", "it is in none of the forms that are allowed here"));
    }
    if message.contains("overflowed") {
        return plain(Text::new("数字太大", "the number is too large"));
    }
    if message.starts_with("expected table") || message.starts_with("expected empty") {
        return plain(Text::new("写法不在允许的几种之中", "it is in none of the forms that are allowed here"));
    }
    plain(Text::new("写法不对", "it is not written as it should be"))
}

fn instead(found: &Text, wanted: Text) -> Said {
    let fault = match wanted.zh.as_str() {
        "" => Text::new(format!("不应为{}", found.zh), format!("{} cannot stand here", found.en)),
        _ => Text::new(
            format!("应为{}，读到{}", wanted.zh, found.zh),
            format!("{} should stand here and not {}", wanted.en, found.en),
        ),
    };
    Said { fault, expected: wanted }
}

fn plain(fault: Text) -> Said {
    Said { fault, expected: Text::default() }
}

/// The allowed word that is nearest; all of them where none is near.
fn one_of(word: &str, message: &str) -> Text {
    let Some((_, list)) = message.split_once("expected ") else { return Text::default() };
    nearest(word, &list.split('`').skip(1).step_by(2).collect::<Vec<_>>())
}

fn nearest(word: &str, known: &[&str]) -> Text {
    let near = known.iter().map(|known| (strsim::damerau_levenshtein(word, known), *known)).min();
    match near {
        Some((edits, near)) if edits <= 1 + word.chars().count() / 4 => {
            Text::new(format!("是否为“{near}”？"), format!("did you mean `{near}`?"))
        }
        _ if known.len() <= LISTED => Text::new(known.join("、"), known.join(", ")),
        _ => Text::default(),
    }
}

/// What stands there: `string "two"`, ``integer `5` ``, `map`.
fn found_as(said: &str) -> Text {
    // Behind the number may stand the type by which it was tried.
    let content = said.split_once(' ').map_or("", |(_, content)| content);
    let content = content.rsplit_once(" as ").filter(|_| !said.starts_with("string")).map_or(content, |(content, _)| content);
    let content = content.trim_matches(['`', '"']);
    let kinds = [
        ("string", "文字", "the words"),
        ("integer", "整数", "the whole number"),
        ("floating point", "小数", "the number"),
        ("boolean", "", ""),
        ("map", "{ … }", "a table"),
        ("unit variant", "", "a single word"),
        ("sequence", "[ … ]", "a list"),
    ];
    let Some((word, zh, en)) = kinds.into_iter().find(|(word, ..)| said.starts_with(word)) else {
        return Text::new("另一种内容", "something else");
    };
    match word {
        "string" => Text::new(format!("{zh}“{content}”"), format!("{en} `{content}`")),
        "integer" | "floating point" | "boolean" => {
            let content = content.trim_start_matches("point").trim().trim_matches('`');
            Text::new(format!("{zh} {content}"), format!("{en} {content}").trim().to_string())
        }
        "unit variant" => Text::new("只有一个词", en),
        _ => Text::new(format!(" {zh}"), en),
    }
}

/// What was to stand there, by the names that serde has for kinds.
fn wanted_as(said: &str) -> Text {
    let said = said.trim_end_matches(';');
    let word = said.trim_start_matches("struct ").trim_start_matches("a ").trim_start_matches("an ");
    match word {
        "Text" => Text::new(" { zh = \"…\", en = \"…\" }", "{ zh = \"…\", en = \"…\" }"),
        "f64" | "f32" | "floating point" | "number" => Text::new("数字", "a number"),
        "u8" => Text::new(" 0 至 255 的整数", "a whole number from 0 to 255"),
        "usize" | "u16" | "u32" | "u64" => Text::new("不小于 0 的整数", "a whole number, 0 or more,"),
        "i8" => Text::new(" -128 至 127 的整数", "a whole number from -128 to 127"),
        "i16" => Text::new(" -32768 至 32767 的整数", "a whole number from -32768 to 32767"),
        "isize" | "i32" | "i64" | "integer" => Text::new("整数", "a whole number"),
        "string" | "borrowed string" => Text::new("引号中的文字", "words in quotation marks"),
        "boolean" | "bool" => Text::new(" true 或 false", "true or false"),
        "sequence" | "array" => Text::new("列表 [ … ]", "a list [ … ]"),
        "unit variant" => Text::new("一个词", "a single word"),
        "newtype variant" => Text::new(" { … }", "a table { … }"),
        "measure, or { measure = \"…\", only = { … } }" => {
            Text::new("计数项的名称，或 { measure = \"…\", only = { … } }", "a measure, or { measure = \"…\", only = { … } }")
        }
        _ if word.starts_with("tuple") => Text::new("列表 [ … ]", "a list [ … ]"),
        _ if said.starts_with("struct") || word == "map" || word.contains("::") => Text::new(" { … }", "a table { … }"),
        _ => Text::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_called_one() {
        let of = |message: &str| said(message, "2023-09-01").fault.zh;
        assert_eq!(of("invalid type: map, expected a string"), "应为引号中的文字，读到日期 2023-09-01");
        assert_eq!(of("invalid type: string \"2023-09-01\", expected a spanned value"), "不应为日期 2023-09-01");
    }

    #[test]
    fn a_word_that_is_no_aim_is_answered_by_all_that_are() {
        let fault = toml::from_str::<std::collections::BTreeMap<String, crate::model::Aim>>("aim = \"stable\"").unwrap_err();
        let expected = said(fault.message(), "\"stable\"").expected;
        for aim in ["at-least", "not-below-previous", "milestone", "undecidable"] {
            assert!(expected.zh.contains(aim) && expected.en.contains(aim), "{}", expected.zh);
        }
    }

    #[test]
    fn no_fault_speaks_of_types() {
        for (message, zh, expected) in [
            ("unknown field `units`, expected one of `name`, `unit`, `by`", "不认识的键“units”", "是否为“unit”？"),
            ("unknown variant `right`, expected `above` or `left`", "不认识的取值“right”", "above、left"),
            ("missing field `name`", "缺少 name", ""),
            ("invalid type: string \"two\", expected usize", "应为不小于 0 的整数，读到文字“two”", "不小于 0 的整数"),
            ("invalid type: string \"x\", expected f64", "应为数字，读到文字“x”", "数字"),
            (
                "invalid type: string \"名称\", expected struct Text",
                "应为 { zh = \"…\", en = \"…\" }，读到文字“名称”",
                " { zh = \"…\", en = \"…\" }",
            ),
            ("invalid type: sequence, expected struct variant FormulaSpec::Ratio", "应为 { … }，读到 [ … ]", " { … }"),
            ("invalid type: floating point `1.5`, expected u32", "应为不小于 0 的整数，读到小数 1.5", "不小于 0 的整数"),
            ("invalid type: boolean `true`, expected a string", "应为引号中的文字，读到 true", "引号中的文字"),
            ("data did not match any variant of untagged enum TermSpec", "写法不在允许的几种之中", ""),
            (
                "invalid type: integer `9223372036854775808` as i128, expected a string",
                "应为引号中的文字，读到整数 9223372036854775808",
                "引号中的文字",
            ),
            (
                "invalid length 0, expected struct Text with 2 elements",
                "应为 { zh = \"…\", en = \"…\" }，读到 [ … ]",
                " { zh = \"…\", en = \"…\" }",
            ),
            ("invalid length 1, expected struct variant Aim::Flow with 2 elements", "应为 { … }，读到 [ … ]", " { … }"),
            ("unexpected keys in table: frm, available keys: from, to", "不认识的键“frm”", "是否为“from”？"),
            ("invalid type: unit variant, expected newtype variant", "应为 { … }，读到只有一个词", " { … }"),
            ("invalid type: map, expected unit variant", "应为一个词，读到 { … }", "一个词"),
            ("invalid value: integer `300`, expected u8", "应为 0 至 255 的整数，读到整数 300", " 0 至 255 的整数"),
            ("wanted exactly 1 element, more than 1 element", "写法不在允许的几种之中", ""),
            ("something that nobody foresaw in Spec", "写法不对", ""),
        ] {
            let said = said(message, "");
            assert_eq!((said.fault.zh.as_str(), said.expected.zh.as_str()), (zh, expected), "{message}");
            for word in ["Spec", "usize", "i128", "variant", "struct", "map", "u32", "sequence"] {
                assert!(!said.fault.en.contains(word), "{}", said.fault.en);
            }
        }
    }
}
