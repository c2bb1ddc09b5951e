//! What somebody types at the terminal, looked up among the names of a pipeline: an id or code, or a name in either language.

use crate::{
    diag::{Code, Finding},
    ingest::find_period,
    model::{Area, Dimension, Id, Period, Text, fold},
    plan::{Plan, nearest},
};

/// Names that are offered instead of one that nobody knows.
const OFFERED: usize = 5;
/// Where none is like what was typed, all of them are offered, unless there are more than these.
const ALL: usize = 24;

/// The thing of this id or name. The finding says which are most like it.
pub fn find<'a, T>(name: &str, known: impl Iterator<Item = (&'a str, &'a Text, T)>, kind: &Text) -> Result<T, Vec<Finding>> {
    let mut known: Vec<(&str, &Text, T)> = known.collect();
    let is_name = |text: &Text| !name.is_empty() && (text.zh == name || text.en.eq_ignore_ascii_case(name));
    let place = known.iter().position(|(id, ..)| *id == name).or_else(|| known.iter().position(|(_, text, _)| is_name(text)));
    match place {
        Some(place) => Ok(known.swap_remove(place).2),
        None => {
            let names: Vec<(&str, &Text)> = known.iter().map(|(id, text, _)| (*id, *text)).collect();
            Err(vec![unknown(kind, name, &alike(name, &names))])
        }
    }
}

pub fn area<'a>(plan: &'a Plan, name: &str) -> Result<&'a Area, Vec<Finding>> {
    let areas = &plan.book.areas;
    areas.find(name).map(|(area, _)| area).ok_or_else(|| {
        let near: Vec<Text> = areas.nearest(name).map(|area| area.name.clone()).into_iter().collect();
        vec![unknown(&Text::new("地区", "area"), name, &near)]
    })
}

/// A period as tables have it or as workbooks do: 2023-07, 2023年7月. Half a year is a term here, as nothing else is as long; in a workbook
/// it may also be what has come of the year.
pub fn period(text: &str) -> Result<Period, String> {
    let halves = text.replace("上半年", "春季学期").replace("下半年", "秋季学期");
    let as_written = || find_period(&halves).filter(|_| text.contains('年'));
    text.parse().or_else(|fault| as_written().ok_or(fault))
}

pub fn unknown_period(text: &str) -> Finding {
    let message = Text::new(format!("“{text}”不是时期"), format!("`{text}` is no period"));
    Finding::new(Code::NameUnknown, message).read(text).expected(period_forms())
}

/// How a period may be written.
pub fn period_forms() -> Text {
    Text::new(
        "如 2023年、2023-2024学年、2023年春季学期、2023年第一季度、2023年7月，或 2023、2023/24、2023-S1、2023-Q1、2023-07",
        "such as 2023, 2023/24, 2023-S1, 2023-Q1 or 2023-07",
    )
}

/// `stage=primary`, and the same in words: `学段=小学`.
pub fn member(plan: &Plan, dimension: &str, member: &str) -> Result<(String, String), Vec<Finding>> {
    let dimensions = plan.book.dimensions.iter().map(|known| (known.id.as_ref(), &known.name, known));
    let dimension: &Dimension = find(dimension, dimensions, &Text::new("分组", "breakdown"))?;
    let code = match dimension.find(member) {
        // What an open dimension holds is known to the data alone.
        _ if dimension.open => member.to_string(),
        Some(known) if dimension.get(member).is_none() => known.code.to_string(),
        _ => {
            let members = dimension.members.iter().map(|known| (known.code.as_ref(), &known.name, &known.code));
            find(member, members, &dimension.name)?.to_string()
        }
    };
    Ok((dimension.id.to_string(), code))
}

/// The finding about a name that nobody knows, and what it may have been meant to be.
fn unknown(kind: &Text, name: &str, alike: &[Text]) -> Finding {
    let message = Text::new(format!("没有名为“{name}”的{}", kind.zh), format!("there is no {} `{name}`", kind.en));
    let finding = Finding::new(Code::NameUnknown, message).read(name);
    if alike.is_empty() {
        return finding;
    }
    let list = |comma: &str, words: fn(&Text) -> &String| alike.iter().map(words).cloned().collect::<Vec<_>>().join(comma);
    let (zh, en) = (list("、", |text| &text.zh), list(", ", |text| &text.en));
    finding.expected(if alike.len() > 1 { Text::new(format!("{zh}之一"), format!("one of {en}")) } else { Text::new(zh, en) })
}

/// Names that hold what was typed or most of its letters; else the one that is a slip of the hand away; else all, where they are few. Each
/// with its id.
fn alike(typed: &str, known: &[(&str, &Text)]) -> Vec<Text> {
    let written = fold(typed);
    let share = |name: &str| {
        let name = fold(name);
        let holds = !written.is_empty() && (name.contains(&written) || !name.is_empty() && written.contains(&name));
        // Letters of an alphabet are in every word.
        let shared = written.chars().filter(|letter| !letter.is_ascii() && name.contains(*letter)).count();
        if holds { 1.0 } else { shared as f64 / written.chars().count().max(1) as f64 }
    };
    let of = |(id, name): &(&str, &Text)| share(id).max(share(&name.zh)).max(share(&name.en));
    let mut near: Vec<(f64, &(&str, &Text))> =
        known.iter().map(|one| (of(one), one)).filter(|(share, _)| *share >= 0.6).collect();
    // Of names that hold it all, the shortest is nearest.
    near.sort_by(|(a, one), (b, other)| b.total_cmp(a).then_with(|| one.1.zh.chars().count().cmp(&other.1.zh.chars().count())));
    let mut offered: Vec<&(&str, &Text)> = near.into_iter().map(|(_, one)| one).take(OFFERED).collect();
    if offered.is_empty() {
        let names: Vec<Id> =
            known.iter().flat_map(|(id, name)| [*id, name.zh.as_str(), name.en.as_str()]).map(Id::from).collect();
        let slip = nearest(typed, &names.iter().collect::<Vec<_>>());
        let is_it = |(id, name): &&(&str, &Text)| {
            slip.is_some_and(|slip| [id, name.zh.as_str(), name.en.as_str()].contains(&slip.as_ref()))
        };
        offered.extend(known.iter().find(is_it));
    }
    if offered.is_empty() && known.len() <= ALL {
        offered.extend(known);
    }
    let with_id = |name: &str, id: &str, open: &str, close: &str| {
        if name.is_empty() || name == id { id.to_string() } else { format!("{name}{open}{id}{close}") }
    };
    let words = |(id, name): &&(&str, &Text)| Text::new(with_id(&name.zh, id, "（", "）"), with_id(&name.en, id, " (", ")"));
    offered.iter().map(words).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offered(typed: &str) -> String {
        let names = [
            ("myopia_rate", Text::new("中小学生近视率", "Myopia rate of pupils")),
            ("low_myopia", Text::new("低度近视率", "Low myopia")),
            ("pupils", Text::new("在校生", "Pupils")),
        ];
        let known = names.iter().map(|(id, name)| (*id, name, *id));
        match find(typed, known, &Text::new("指标", "indicator")) {
            Ok(found) => format!("={found}"),
            Err(findings) => findings[0].expected.zh.clone(),
        }
    }

    #[test]
    fn a_period_is_understood_as_tables_and_as_offices_write_it() {
        for (text, period) in [
            ("2023", "2023"),
            ("2023年", "2023"),
            ("2023-07", "2023-07"),
            ("2023年7月", "2023-07"),
            ("2023年上半年", "2023-S1"),
            ("2023年下半年", "2023-S2"),
            ("2023年秋季学期", "2023-S2"),
            ("2022-2023学年", "2022/23"),
            ("2022学年第一学期", "2022-S2"),
            ("2023年第三季度", "2023-Q3"),
        ] {
            assert_eq!(super::period(text).map(|period| period.to_string()).as_deref(), Ok(period), "{text}");
        }
        for text in ["2023-13", "去年", "2023年1至6月", ""] {
            assert!(super::period(text).is_err(), "{text}");
        }
    }

    #[test]
    fn ids_and_names_are_found_and_what_is_like_them_is_offered() {
        assert_eq!(offered("myopia_rate"), "=myopia_rate");
        assert_eq!(offered("中小学生近视率"), "=myopia_rate");
        assert_eq!(offered("pupils"), "=pupils");
        assert_eq!(offered("近视"), "低度近视率（low_myopia）、中小学生近视率（myopia_rate）之一");
        assert_eq!(offered("中小学近视率"), "中小学生近视率（myopia_rate）");
        assert_eq!(offered("miopia_rate"), "中小学生近视率（myopia_rate）");
        let all = "中小学生近视率（myopia_rate）、低度近视率（low_myopia）、在校生（pupils）之一";
        assert_eq!(offered("zzz"), all, "they are few");
    }
}
