//! Lists with their columns and measures looked up, and their expressions proved on the columns' types.

use super::names::{self, contradiction};
use crate::{
    diag::Finding,
    ingest::{
        Attach, Layout,
        records::{Column, Condition, Counted, Fault, Gives, Holds, RecordsLayout, What, prove},
    },
    model::{Codebook, Id, MeasureKind, Period, fold_heading},
    spec::{ColumnSpec, CountSpec, HoldsSpec, Parsed, RecordsFile, Spanned, Spec},
};

const COLUMN: names::Kind = names::Kind { zh: "列", en: "column" };

/// The codes of everything that is sent.
pub fn forms<'a>(layouts: &'a [Layout], lists: &'a [RecordsLayout]) -> impl Iterator<Item = &'a Id> {
    layouts.iter().map(|layout| &layout.id).chain(lists.iter().map(|list| &list.id))
}

pub fn records(spec: &Spec, book: &Codebook, layouts: &[Layout], findings: &mut Vec<Finding>) -> Vec<RecordsLayout> {
    let mut lists: Vec<RecordsLayout> = Vec::new();
    for file in &spec.records {
        let Some(list) = list(file, book, findings) else { continue };
        if forms(layouts, &lists).any(|known| *known == list.id) {
            let (zh, en) = (format!("表 {} 定义了两次", list.id), format!("form {} is defined twice", list.id));
            findings.push(contradiction(&list.place, zh, en));
        }
        lists.push(list);
    }
    lists
}

fn list(file: &Parsed<RecordsFile>, book: &Codebook, findings: &mut Vec<Finding>) -> Option<RecordsLayout> {
    let content = &file.content;
    let form = names::form(file, content.form.as_ref(), findings)?;
    let place = file.place(form);
    let mut written: Vec<_> = content.columns.iter().collect();
    written.sort_by_key(|(_, column)| column.span().start);
    let columns: Vec<Column> = written.into_iter().filter_map(|(name, spec)| column(file, name, spec, book, findings)).collect();
    for (at, column) in columns.iter().enumerate() {
        let is_twice = |other: &&Column| {
            let same = other.folded.iter().any(|heading| column.folded.contains(heading));
            same || other.holds == column.holds && !matches!(column.holds, Holds::Number | Holds::Day | Holds::Words)
        };
        if let Some(other) = columns[..at].iter().find(is_twice) {
            let (zh, en) = (
                format!("列 {} 与 {} 的表头相同，或表示同一内容", other.name, column.name),
                format!("columns `{}` and `{}` have one heading, or hold the same thing", other.name, column.name),
            );
            findings.push(contradiction(&column.place, zh, en));
        }
    }
    let mut list = RecordsLayout {
        id: names::define(&place, form.as_ref(), findings),
        title: content.title.clone(),
        sent_by: content.sent_by.as_ref().map(|codes| {
            codes.iter().filter_map(|code| names::area(&file.place(code), code.as_ref(), &book.areas, findings)).collect()
        }),
        parts: content.parts,
        only: None,
        columns,
        area: Vec::new(),
        period: Vec::new(),
        dimensions: std::collections::BTreeMap::new(),
        values: Vec::new(),
        place,
    };
    if let Some(only) = &content.only_where
        && is_sound(file, only, &list.columns, Gives::Condition, findings)
    {
        list.only = Some(Condition { text: only.get_ref().clone(), place: file.place(only) });
    }
    attach(file, book, &mut list, findings);
    list.values = content.values.iter().filter_map(|value| counted(file, value, book, &list, findings)).collect();
    for column in list.columns.iter_mut().filter(|column| column.holds == Holds::Number) {
        let of_column = |value: &&Counted| value.what == What::Sum(column.name.clone());
        let measure = list.values.iter().find(of_column).and_then(|value| book.measure(&value.measure));
        column.unit = measure.map(|measure| measure.unit.clone());
    }
    if content.values.is_empty() && !file.faulty {
        findings.push(contradiction(
            &list.place,
            "没有写明计数什么（[[values]]）",
            "it does not say what is counted (`[[values]]`)",
        ));
    }
    for (lacks, zh, en) in [
        (list.area.is_empty() && list.column(&Holds::Area).is_none(), "地区", "area"),
        (list.period.is_empty() && list.column(&Holds::Period).is_none(), "时期", "period"),
    ] {
        if lacks && !file.faulty {
            findings.push(contradiction(
                &list.place,
                format!("没有一列是{zh}，attach 中也没有写{zh}从哪里来"),
                format!("no column holds the {en}, and `attach` does not say where it comes from"),
            ));
        }
    }
    Some(list)
}

fn column(
    file: &Parsed<RecordsFile>,
    name: &str,
    spec: &Spanned<ColumnSpec>,
    book: &Codebook,
    findings: &mut Vec<Finding>,
) -> Option<Column> {
    let place = file.place(spec);
    let content = spec.as_ref();
    names::define(&place, name, findings);
    let holds = match &content.holds {
        HoldsSpec::Area => Holds::Area,
        HoldsSpec::Period => Holds::Period,
        HoldsSpec::Number => Holds::Number,
        HoldsSpec::Day => Holds::Day,
        HoldsSpec::Words => Holds::Words,
        HoldsSpec::Dimension(id) => {
            let known = book.dimensions.iter().map(|dimension| &dimension.id);
            Holds::Dimension(names::find(file, id, &names::DIMENSION, known, findings)?)
        }
    };
    if content.heading.is_empty() {
        findings.push(contradiction(&place, format!("列 {name} 没有写表头"), format!("column `{name}` has no heading")));
    }
    if (content.from.is_some() || content.to.is_some()) && holds != Holds::Number {
        let (zh, en) =
            (format!("列 {name} 不是数字，不能有 from、to"), format!("column `{name}` is no number: it has no bounds"));
        findings.push(contradiction(&place, zh, en));
    }
    Some(Column {
        name: name.to_string(),
        folded: content.heading.iter().map(|heading| fold_heading(heading)).collect(),
        headings: content.heading.clone(),
        holds,
        optional: content.optional,
        from: content.from,
        to: content.to,
        unit: None,
        place,
    })
}

/// Where area, period and dimensions come from that no column holds.
fn attach(file: &Parsed<RecordsFile>, book: &Codebook, list: &mut RecordsLayout, findings: &mut Vec<Finding>) {
    for (what, ways) in &file.content.attach {
        let place = file.place(what);
        if ways.iter().any(|way| !matches!(way, Attach::Title | Attach::SheetName | Attach::FileName | Attach::Is(_))) {
            findings.push(contradiction(
                &place,
                "清单中只能用 title、sheet-name、file-name 或 is；列写在 [columns]",
                "in a list only `title`, `sheet-name`, `file-name` and `is` can be used; columns stand in `[columns]`",
            ));
        }
        match what.as_ref().as_str() {
            "area" => {
                list.area = names::with_codes(ways, |name| names::area(&place, name, &book.areas, findings));
            }
            "period" => {
                let constants = ways.iter().filter_map(|way| if let Attach::Is(text) = way { Some(text) } else { None });
                let faults = constants.filter_map(|text| text.parse::<Period>().err());
                findings.extend(faults.map(|fault| contradiction(&place, format!("时期写法不对（{fault}）"), fault)));
                list.period.clone_from(ways);
            }
            _ => {
                let known = book.dimensions.iter().map(|dimension| &dimension.id);
                if let Some(id) = names::find(file, what, &names::DIMENSION, known, findings) {
                    let closed = book.dimension(&id).filter(|dimension| !dimension.open);
                    let code = |name: &str| match closed {
                        Some(dimension) => names::member(&place, name, dimension, findings),
                        None => Some(Id::from(name)),
                    };
                    list.dimensions.insert(id.clone(), names::with_codes(ways, code));
                }
            }
        }
    }
}

fn counted(
    file: &Parsed<RecordsFile>,
    spec: &Spanned<CountSpec>,
    book: &Codebook,
    list: &RecordsLayout,
    findings: &mut Vec<Finding>,
) -> Option<Counted> {
    let content = spec.as_ref();
    let place = file.place(&content.measure);
    let known = book.measures.iter().map(|measure| &measure.id);
    let id = names::find(file, &content.measure, &names::MEASURE, known, findings)?;
    let measure = book.measure(&id)?;
    if measure.kind != MeasureKind::Count {
        let (zh, en) =
            (format!("{id} 不是计数项，不能由清单计数"), format!("{id} is no count, and cannot be counted from a list"));
        findings.push(contradiction(&place, zh, en));
    }
    for dimension in &measure.by {
        let is_reachable = list.column(&Holds::Dimension(dimension.clone())).is_some()
            || list.column_within(dimension, book).is_some()
            || list.dimensions.contains_key(dimension);
        // A column that was refused is none for that reason alone.
        if !is_reachable && !file.faulty {
            findings.push(contradiction(
                &place,
                format!("计数项 {id} 按 {dimension} 分类，而清单中没有 {dimension} 一列"),
                format!("measure {id} is broken down by {dimension}, but no column of the list holds it"),
            ));
        }
    }
    let what = match (&content.count_where, &content.sum) {
        (None, None) => What::Rows,
        (Some(condition), None) => is_sound(file, condition, &list.columns, Gives::Condition, findings)
            .then(|| What::Where(condition.get_ref().clone()))?,
        (None, Some(sum)) => {
            is_sound(file, sum, &list.columns, Gives::Number, findings).then(|| What::Sum(sum.get_ref().clone()))?
        }
        (Some(_), Some(sum)) => {
            findings.push(contradiction(
                &file.place(sum),
                "count-where 与 sum 只能写一个；要对部分行求和，可写 sum = \"case when 条件 then 列 else 0 end\"",
                "it is either `count-where` or `sum`; to sum some of the rows write `case when … then … else 0 end`",
            ));
            return None;
        }
    };
    Some(Counted { measure: id, by: measure.by.clone(), what, place })
}

/// Can the expression be worked out on these columns? Its fault is reported with its line.
fn is_sound(
    file: &Parsed<RecordsFile>,
    expression: &Spanned<String>,
    columns: &[Column],
    gives: Gives,
    findings: &mut Vec<Finding>,
) -> bool {
    let place = file.place(expression);
    match prove(expression.as_ref(), columns, gives) {
        Ok(()) => return true,
        Err(Fault::UnknownColumn(name)) => {
            let known: Vec<Id> = columns.iter().map(|column| Id::from(column.name.as_str())).collect();
            findings.push(names::unknown(&place, &name, &COLUMN, &known.iter().collect::<Vec<_>>()));
        }
        Err(Fault::Other(words)) => findings.push(contradiction(&place, words.zh, words.en)),
    }
    false
}
