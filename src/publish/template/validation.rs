//! What may be typed into a cell: a choice from a list, or a number within what the rules allow.

use rust_xlsxwriter::{DataValidation, Formula, Worksheet, XlsxError};

use super::places::Places;
use crate::model::{Figured, Form, Holds, Language, MayHold, MeasureKind, RecordColumn, Text, cell_name};

/// Longer lists cannot stand in the cell's own rule and get a column on a sheet of their own.
const LONGEST_LIST: usize = 250;
/// Letters that spreadsheets allow in a rule, in the title of a message and in the message.
const LONGEST_RULE: usize = 255;
const LONGEST_TITLE: usize = 32;
const LONGEST_MESSAGE: usize = 255;

/// The lists that are too long, one column each.
#[derive(Default)]
pub struct Lists {
    lists: Vec<(String, Vec<String>)>,
}

impl Lists {
    pub fn is_empty(&self) -> bool {
        self.lists.is_empty()
    }

    fn name(language: Language) -> &'static str {
        match language {
            Language::Chinese => "代码表",
            Language::English => "Lists",
        }
    }

    /// Where on their sheet these choices stand.
    fn range(&mut self, title: &str, choices: &[String], language: Language) -> String {
        let known = self.lists.iter().position(|(_, list)| list == choices);
        let column = known.unwrap_or_else(|| {
            self.lists.push((title.to_string(), choices.to_vec()));
            self.lists.len() - 1
        });
        let letters: String = cell_name(0, column as u32).chars().filter(char::is_ascii_alphabetic).collect();
        format!("={}!${letters}$2:${letters}${}", Lists::name(language), choices.len() + 1)
    }

    pub fn write(&self, sheet: &mut Worksheet, language: Language) -> Result<(), XlsxError> {
        sheet.set_name(Lists::name(language))?;
        for (column, (title, list)) in self.lists.iter().enumerate() {
            sheet.write_string(0, column as u16, title)?;
            sheet.write_column(1, column as u16, list)?;
            sheet.set_column_width(column as u16, 40)?;
        }
        sheet.protect();
        sheet.set_hidden(true);
        Ok(())
    }
}

/// A drop-down list of choices.
pub fn list(title: &str, choices: &[String], lists: &mut Lists, language: Language) -> Result<DataValidation, XlsxError> {
    let length = choices.iter().map(|choice| choice.len() + 1).sum::<usize>();
    let holds_comma = choices.iter().any(|choice| choice.contains(','));
    let validation = if length <= LONGEST_LIST && !holds_comma {
        DataValidation::new().allow_list_strings(choices)?
    } else {
        DataValidation::new().allow_list_formula(Formula::new(lists.range(title, choices, language)))
    };
    let (head, words) = match language {
        Language::Chinese => ("请从列表中选取", format!("“{title}”只能从下拉列表中选取。")),
        Language::English => ("Choose from the list", format!("{title} has to be one of the list.")),
    };
    validation.set_error_title(head)?.set_error_message(shortened(&words, LONGEST_MESSAGE))
}

/// The rule of a whole column of a form.
pub fn column(
    sheet: &mut Worksheet,
    form: &Form,
    places: &Places,
    column: usize,
    lists: &mut Lists,
    language: Language,
) -> Result<(), XlsxError> {
    let (first, last, at) = (places.body.start, places.body.end.saturating_sub(1), column as u16);
    let validation = match &form.columns[column].holds {
        Holds::Label { choices, .. } if !choices.is_empty() && form.rows.iter().any(|row| !row.labels.contains_key(&column)) => {
            let said: Vec<String> = choices.iter().map(|choice| choice.said.clone()).collect();
            let title = form.columns[column].headings.last().map_or("", String::as_str);
            list(title, &said, lists, language)?
        }
        Holds::Figure(figured) if figured.kind != MeasureKind::Words => figure(form, figured, first, at, language)?,
        _ => return Ok(()),
    };
    sheet.add_data_validation(first, at, last, at, &validation)?;
    Ok(())
}

/// A number, within its limits; or one of the marks that say there is none.
fn figure(form: &Form, figured: &Figured, row: u32, column: u16, language: Language) -> Result<DataValidation, XlsxError> {
    let cell = cell_name(row, column.into());
    let limits = &figured.limits;
    let mut conditions: Vec<String> = Vec::new();
    match figured.kind {
        MeasureKind::Day => conditions.push(is_day(&cell)),
        _ => {
            conditions.extend(bounds(&cell, limits.from, limits.to));
            conditions.extend(limits.whole.then(|| format!("{cell}=INT({cell})")));
        }
    }
    for (whole, _) in wholes(form, figured) {
        let other = cell_name(row, whole as u32);
        let with = format!("OR(NOT(ISNUMBER({other})),{cell}<={other})");
        if rule(&cell, &conditions).len() + with.len() < LONGEST_RULE {
            conditions.push(with);
        }
    }
    let words = limits_in_words(form, figured, language);
    let hint = match language {
        Language::Chinese => format!("{words}。没有此项的填“—”。"),
        Language::English => format!("{words}. Write — where there is none."),
    };
    explained(rule(&cell, &conditions), figured.name.in_language(language), &hint, language)
}

/// Days between 1950 and 2100, as the reader takes them.
fn is_day(cell: &str) -> String {
    format!("{cell}>=18264,{cell}<73051")
}

/// A number for which all of this holds; or a mark that there is none.
fn rule(cell: &str, conditions: &[String]) -> String {
    let marks = format!("OR({cell}=\"—\",{cell}=\"-\",{cell}=\"/\",{cell}=\"无\")");
    match conditions {
        [] => format!("=IF(ISNUMBER({cell}),TRUE,{marks})"),
        some => format!("=IF(ISNUMBER({cell}),AND({}),{marks})", some.join(",")),
    }
}

/// A column of a list: numbers within their bounds, or days. None where anything may stand.
pub fn record(
    column: &RecordColumn,
    row: u32,
    at: u16,
    lists: &mut Lists,
    language: Language,
) -> Result<Option<DataValidation>, XlsxError> {
    let cell = cell_name(row, at.into());
    let conditions = match &column.may_hold {
        MayHold::OneOf(choices) => return list(&column.heading, choices, lists, language).map(Some),
        MayHold::Period(_) | MayHold::Words => return Ok(None),
        MayHold::Number { from, to } => bounds(&cell, *from, *to),
        MayHold::Day => vec![is_day(&cell)],
    };
    let rule = format!("=AND({})", std::iter::once(format!("ISNUMBER({cell})")).chain(conditions).collect::<Vec<_>>().join(","));
    let words = may_hold_in_words(column, language);
    let hint = match language {
        Language::Chinese => format!("{words}。没有的留空。"),
        Language::English => format!("{words}. Leave blank where there is none."),
    };
    explained(rule, &column.heading, &hint, language).map(Some)
}

fn bounds(cell: &str, from: Option<f64>, to: Option<f64>) -> Vec<String> {
    from.map(|from| format!("{cell}>={from}")).into_iter().chain(to.map(|to| format!("{cell}<={to}"))).collect()
}

/// A rule, with what is said where a cell is selected and where what was typed is refused.
fn explained(rule: String, name: &str, hint: &str, language: Language) -> Result<DataValidation, XlsxError> {
    let error = match language {
        Language::Chinese => format!("{name}填写有误"),
        Language::English => format!("{name}: not valid"),
    };
    DataValidation::new()
        .allow_custom(Formula::new(rule))
        .set_input_title(shortened(name, LONGEST_TITLE))?
        .set_input_message(shortened(hint, LONGEST_MESSAGE))?
        .set_error_title(shortened(&error, LONGEST_TITLE))?
        .set_error_message(shortened(hint, LONGEST_MESSAGE))
        .map(|validation| validation.ignore_blank(true))
}

/// The columns of the measures that a figure is part of, for the same members.
fn wholes<'a>(form: &'a Form, figured: &'a Figured) -> impl Iterator<Item = (usize, &'a Figured)> {
    let is_whole = |(_, other): &(usize, &Figured)| {
        figured.limits.part_of.contains(&other.measure) && other.members == figured.members && other.period == figured.period
    };
    form.figures().filter(is_whole)
}

/// 整数，0 至 100，不多于“在校生”。
pub fn limits_in_words(form: &Form, figured: &Figured, language: Language) -> String {
    let limits = &figured.limits;
    let mut words = Vec::new();
    if !figured.unit.is_empty() {
        words.push(Text::new(format!("单位：{}", figured.unit), format!("unit: {}", figured.unit)));
    }
    words.push(match figured.kind {
        MeasureKind::Day => a_day(),
        MeasureKind::Words => some_words(),
        _ if limits.whole => Text::new("整数", "a whole number"),
        _ => a_number(),
    });
    words.extend(bounds_in_words(limits.from, limits.to));
    for (_, whole) in wholes(form, figured) {
        words.push(Text::new(format!("不多于“{}”", whole.name.zh), format!("no more than {}", whole.name.en.to_lowercase())));
    }
    listed(&words, language)
}

/// 数字，3 至 5.3; 从下拉列表中选取; 可不填 where it may be left out.
pub fn may_hold_in_words(column: &RecordColumn, language: Language) -> String {
    let mut words = vec![match &column.may_hold {
        MayHold::OneOf(_) => Text::new("从下拉列表中选取", "one of the list"),
        MayHold::Period(example) => Text::new(format!("时期，如 {example}"), format!("a period, such as {example}")),
        MayHold::Number { .. } => a_number(),
        MayHold::Day => a_day(),
        MayHold::Words => some_words(),
    }];
    if let MayHold::Number { from, to } = column.may_hold {
        words.extend(bounds_in_words(from, to));
    }
    if column.is_optional {
        words.push(Text::new("此列可不填", "the column may be left empty"));
    }
    listed(&words, language)
}

fn a_number() -> Text {
    Text::new("数字", "a number")
}

fn a_day() -> Text {
    Text::new("日期，如 2023-09-01", "a day, such as 2023-09-01")
}

fn some_words() -> Text {
    Text::new("文字", "words")
}

fn bounds_in_words(from: Option<f64>, to: Option<f64>) -> Option<Text> {
    match (from, to) {
        (Some(from), Some(to)) => Some(Text::new(format!("{} 至 {}", shown(from), shown(to)), format!("{from} to {to}"))),
        (Some(from), None) => Some(Text::new(format!("不小于 {}", shown(from)), format!("at least {from}"))),
        (None, Some(to)) => Some(Text::new(format!("不大于 {}", shown(to)), format!("at most {to}"))),
        (None, None) => None,
    }
}

fn listed(words: &[Text], language: Language) -> String {
    let words: Vec<&str> = words.iter().map(|words| words.in_language(language)).collect();
    words.join(match language {
        Language::Chinese => "，",
        Language::English => ", ",
    })
}

/// 2000万 for 20000000, 1亿 for 100000000: what is long is said in ten thousands and hundred millions.
fn shown(number: f64) -> String {
    match number.abs() {
        long if long >= 1e8 && long % 1e6 == 0.0 => format!("{}亿", number / 1e8),
        long if long >= 100_000.0 && long % 10_000.0 == 0.0 => format!("{}万", number / 10_000.0),
        _ => number.to_string(),
    }
}

/// Cut to the length that spreadsheets allow.
fn shortened(text: &str, most: usize) -> String {
    text.chars().take(most).collect()
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn long_numbers_are_said_as_people_say_them() {
        let said = [100.0, 20_000_000.0, 100_000_000.0, 150_000_000.0, 100_010_000.0, 123_456.0].map(shown);
        assert_eq!(said, ["100", "2000万", "1亿", "1.5亿", "10001万", "123456"]);
    }
}
