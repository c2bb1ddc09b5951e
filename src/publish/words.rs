//! Pages that speak both languages: both wordings stand in them, and the page's own language shows one.

use minijinja::{Environment, Value};

use crate::model::{Language, Text};

/// How all pages look.
pub const STYLE: &str = include_str!("page.css");
/// How they begin.
const HEAD: &str = include_str!("head.html");
const TOP: &str = include_str!("top.html");
/// Their languages.
const TONGUE: &str = include_str!("tongue.js");
/// How pages with much in them answer: filter, copying, where a number is from.
const SCRIPT: &str = include_str!("page.js");

/// A phrase in both languages as HTML. The style shows the one that the page speaks.
pub fn both(text: &Text) -> Value {
    Value::from_safe_string(spoken(&text.zh, &text.en))
}

/// Text that may stand in HTML, between tags or in quotation marks.
pub fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

pub fn code(language: Language) -> &'static str {
    match language {
        Language::Chinese => "zh-CN",
        Language::English => "en",
    }
}

fn spoken(zh: &str, en: &str) -> String {
    match (zh, en) {
        (zh, en) if zh == en => escaped(zh),
        ("", only) | (only, "") => escaped(only),
        (zh, en) => {
            format!(
                "<span class=\"zh\" lang=\"zh-CN\">{}</span><span class=\"en\" lang=\"en\">{}</span>",
                escaped(zh),
                escaped(en)
            )
        }
    }
}

/// What the script needs to put other words in: of an attribute, or of an element that holds nothing but text.
fn wordings(zh: &str, en: &str) -> String {
    format!("data-zh=\"{}\" data-en=\"{}\"", escaped(zh), escaped(en))
}

/// Templates that know how to speak: `say(zh, en)` between tags, `label(attribute, zh, en)` inside one, `choice(value, zh, en)`
/// in a list to choose from; and the parts that all pages share.
pub fn environment<'a>(language: Language) -> Result<Environment<'a>, minijinja::Error> {
    let mut pages = Environment::new();
    let first = move |zh: &str, en: &str| escaped(Text::new(zh, en).in_language(language));
    pages.add_function("say", |zh: &str, en: &str| Value::from_safe_string(spoken(zh, en)));
    pages.add_function("label", move |attribute: &str, zh: &str, en: &str| {
        let words = wordings(zh, en);
        Value::from_safe_string(format!("{attribute}=\"{}\" data-say=\"{attribute}\" {words}", first(zh, en)))
    });
    pages.add_function("choice", move |value: Value, zh: &str, en: &str| {
        let words = wordings(zh, en);
        Value::from_safe_string(format!("<option value=\"{value}\" {words}>{}</option>", first(zh, en)))
    });
    pages.add_function("title", move |zh: &str, en: &str| {
        Value::from_safe_string(format!("<title {}>{}</title>", wordings(zh, en), first(zh, en)))
    });
    pages.add_global("style", Value::from_safe_string(STYLE.to_string()));
    pages.add_global("tongue", Value::from_safe_string(TONGUE.to_string()));
    pages.add_global("script", Value::from_safe_string(SCRIPT.to_string()));
    pages.add_global("lang", code(language));
    pages.add_template("head.html", HEAD)?;
    pages.add_template("top.html", TOP)?;
    Ok(pages)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_wording_stands_alone_and_nothing_becomes_a_tag() {
        assert_eq!(both(&Text::same("S<1>")).to_string(), "S&lt;1&gt;");
        assert_eq!(both(&Text::new("", "en")).to_string(), "en");
        let two = both(&Text::new("达成", "met & more")).to_string();
        assert!(two.contains("lang=\"zh-CN\">达成<") && two.contains("lang=\"en\">met &amp; more<"), "{two}");
    }
}
