//! SQL expressions over the columns of a list, by polars' own parser: `least(re_se, le_se) <= -0.5`.
//!
//! Logic is SQL's: what is compared with a missing value is unknown, and `least` and `greatest` leave missing values out.

use polars::prelude::*;

use super::layout::{Column as ListColumn, Holds};
use crate::model::Text;

/// What an expression is to give.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gives {
    Condition,
    Number,
}

/// Why an expression cannot be used. A name that no column has is apart, because the nearest can be offered.
#[derive(Debug, Clone, PartialEq)]
pub enum Fault {
    UnknownColumn(String),
    Other(Text),
}

/// Reads an expression that has been proved.
pub fn read(text: &str) -> Result<Expr, Text> {
    // What polars plans for its own next version is nothing that whoever writes a pipeline can do anything about.
    polars::error::set_warning_function(|_, _| ());
    polars::sql::sql_expr(text).map(|expression| expression.map_expr(unknown_by_nothing)).map_err(|fault| {
        let said = fault.to_string();
        Text::new(format!("“{text}”不是有效的 SQL 表达式（{said}）"), format!("`{text}` is no SQL expression ({said})"))
    })
}

/// Reads an expression and proves it on the columns' types, without a row.
pub fn prove(text: &str, columns: &[ListColumn], gives: Gives) -> Result<(), Fault> {
    let expression = read(text).map_err(Fault::Other)?;
    for name in expression.clone().meta().root_names() {
        if columns.iter().all(|column| column.name != name.as_str()) {
            return Err(Fault::UnknownColumn(name.to_string()));
        }
    }
    if (&expression).into_iter().any(looks_at_other_rows) {
        return Err(other(
            format!("“{text}”应只看本行：计数和求和由 count-where 与 sum 完成"),
            format!("`{text}` is to look at one row alone: `count-where` and `sum` do the counting and adding"),
        ));
    }
    let nothing = columns.iter().map(|column| Column::new_empty(column.name.as_str().into(), &kind(&column.holds))).collect();
    let tried = DataFrame::new(0, nothing)
        .and_then(|frame| frame.lazy().with_columns([expression.clone().alias(TRIED)]).collect())
        .and_then(|frame| frame.column(TRIED).map(|column| column.dtype().clone()));
    let kind = tried.map_err(|fault| {
        let said = fault.to_string();
        other(format!("“{text}”不能用于这些列（{said}）"), format!("`{text}` does not go with these columns ({said})"))
    })?;
    match gives {
        Gives::Condition if !kind.is_bool() => {
            Err(other(format!("“{text}”不是条件（真或假）"), format!("`{text}` is no condition: it is neither true nor false")))
        }
        Gives::Number if !kind.is_primitive_numeric() => {
            Err(other(format!("“{text}”不是数字"), format!("`{text}` is no number")))
        }
        _ => Ok(()),
    }
}

const TRIED: &str = "\u{1}tried";

fn other(zh: String, en: String) -> Fault {
    Fault::Other(Text::new(zh, en))
}

/// The type of a column in an expression. Areas and members are their codes, periods as SDMX writes them.
pub fn kind(holds: &Holds) -> DataType {
    match holds {
        Holds::Number => DataType::Float64,
        Holds::Day => DataType::Date,
        Holds::Area | Holds::Period | Holds::Dimension(_) | Holds::Words => DataType::String,
    }
}

/// What is divided by 0 has no answer. polars would say infinity, or a number that is none and yet greater than all others.
fn unknown_by_nothing(part: Expr) -> Expr {
    match &part {
        Expr::BinaryExpr { op: Operator::TrueDivide | Operator::FloorDivide | Operator::Modulus, right, .. } => {
            when(right.as_ref().clone().neq(lit(0))).then(part).otherwise(lit(NULL))
        }
        _ => part,
    }
}

fn looks_at_other_rows(part: &Expr) -> bool {
    matches!(part, Expr::Agg(part) if !is_set(part))
        || matches!(
            part,
            Expr::Len
                | Expr::Over { .. }
                | Expr::Sort { .. }
                | Expr::SortBy { .. }
                | Expr::Gather { .. }
                | Expr::Filter { .. }
                | Expr::Slice { .. }
                | Expr::Explode { .. }
                | Expr::Selector(_)
                | Expr::SubPlan(..)
        )
}

/// The words of `in ('公办', '民办')`, which polars puts together as if they were rows.
fn is_set(part: &AggExpr) -> bool {
    matches!(part, AggExpr::Implode { input, .. } if matches!(input.as_ref(), Expr::Literal(_)))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diag::{TomlFile, TomlPlace};

    fn columns() -> Vec<ListColumn> {
        let place = TomlPlace { file: Arc::new(TomlFile { path: String::new(), text: String::new() }), span: 0..0 };
        let column = |(name, holds): (&str, Holds)| ListColumn {
            name: name.into(),
            headings: Vec::new(),
            folded: Vec::new(),
            holds,
            optional: false,
            from: None,
            to: None,
            unit: None,
            place: place.clone(),
        };
        let all = [("kind", Holds::Words), ("pupils", Holds::Number), ("money", Holds::Number), ("built", Holds::Day)];
        all.map(column).into()
    }

    #[test]
    fn what_an_expression_says_of_its_own_row_is_accepted() {
        for condition in [
            "kind in ('民办', '公办')",
            "kind not in ('民办')",
            "pupils in (1, 2)",
            "kind in ('民办') and (pupils > 3 or not money <= 5)",
            "pupils between 1 and 5",
            "kind is null or kind is not null",
            "kind like '民%' and kind <> '民办'",
            "substr(kind, 1, 1) = '民'",
            "coalesce(pupils, money, 0) > least(pupils, money) + greatest(pupils, 3) * 2 - 1",
            "extract(year from built) = 2023 and built >= date '2023-09-01'",
        ] {
            assert_eq!(prove(condition, &columns(), Gives::Condition), Ok(()), "{condition}");
        }
        assert_eq!(prove("case when kind in ('民办') then money / pupils else 0 end", &columns(), Gives::Number), Ok(()));
    }

    #[test]
    fn what_it_says_of_other_rows_is_refused() {
        for sum in ["sum(pupils)", "max(pupils)", "count(*)", "avg(money) + 1", "case when kind in ('民办') then sum(money) end"]
        {
            let refused = prove(sum, &columns(), Gives::Number);
            assert!(matches!(&refused, Err(Fault::Other(text)) if text.en.contains("one row alone")), "{sum} {refused:?}");
        }
    }
}
