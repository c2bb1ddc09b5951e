//! What serde says of an entry that it refuses, in words for whoever wrote it: no name of a type of this program among them.

use crate::model::Text;

/// A fault, and what would be right, where that can be told.
pub struct Said {
    pub fault: Text,
    pub expected: Text,
}

/// More names than these are looked up in the documentation.
const LISTED: usize = 12;

pub fn said(message: &str) -> Said {
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
    for start in ["invalid type: ", "invalid value: "] {
        if let Some((found, wanted)) = message.strip_prefix(start).and_then(|rest| rest.split_once(", expected ")) {
            let (found, wanted) = (found_as(found), wanted_as(wanted));
            let fault = Text::new(
                format!("应为{}，读到{}", wanted.zh, found.zh),
                format!("{} should stand here and not {}", wanted.en, found.en),
            );
            return Said { fault, expected: wanted };
        }
    }
    if message.starts_with("data did not match any variant") || message.starts_with("wanted ") {
        return plain(Text::new("写法不在允许的几种之中", "it is in none of the forms that are allowed here"));
    }
    plain(Text::same(message))
}

fn plain(fault: Text) -> Said {
    Said { fault, expected: Text::default() }
}

/// The allowed word that is nearest; all of them where none is near.
fn one_of(word: &str, message: &str) -> Text {
    let Some((_, list)) = message.split_once("expected ") else { return Text::default() };
    let known: Vec<&str> = list.split('`').skip(1).step_by(2).collect();
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
    let content = said.split_once(' ').map_or("", |(_, content)| content.trim_matches(['`', '"']));
    let kinds = [
        ("string", "文字", "the words"),
        ("integer", "整数", "the whole number"),
        ("floating point", "小数", "the number"),
        ("boolean", "", ""),
        ("map", "{ … }", "a table"),
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
        "usize" | "u8" | "u16" | "u32" | "u64" => Text::new("不小于 0 的整数", "a whole number, 0 or more,"),
        "isize" | "i8" | "i16" | "i32" | "i64" | "integer" => Text::new("整数", "a whole number"),
        "string" | "borrowed string" => Text::new("引号中的文字", "words in quotation marks"),
        "boolean" | "bool" => Text::new(" true 或 false", "true or false"),
        "sequence" | "array" => Text::new("列表 [ … ]", "a list [ … ]"),
        _ if word.starts_with("tuple") => Text::new("列表 [ … ]", "a list [ … ]"),
        _ if said.starts_with("struct") || word == "map" || word.contains("::") => Text::new(" { … }", "a table { … }"),
        _ => Text::new("另一种写法", "something else"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        ] {
            let said = said(message);
            assert_eq!((said.fault.zh.as_str(), said.expected.zh.as_str()), (zh, expected), "{message}");
            assert!(!said.fault.en.contains("Spec") && !said.fault.en.contains("usize"), "{}", said.fault.en);
        }
    }
}
