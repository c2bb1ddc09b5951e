//! Cell to day: what an office wrote as a date, as the number spreadsheets keep it by.

use super::{number::Figure, workbook::Cell};
use crate::model::{Status, day, fold};

/// Reads a cell of a column of dates. A blank or a dash says that there is no such day (yet).
pub fn read(cell: &Cell) -> Figure {
    match cell {
        Cell::Empty => Figure::None(Status::NotApplicable),
        Cell::Number(number) if day::from_number(*number).is_some() => Figure::Value(number.trunc(), Status::Normal),
        Cell::Text(text) | Cell::Date(text) => read_text(text),
        Cell::Number(_) | Cell::Bool(_) | Cell::Error(_) | Cell::Formula(_) => Figure::Unreadable,
    }
}

/// `2023年9月1日`, `2023.9.1`, `2023-09-01`, `2023/9/1`, `20230901`.
fn read_text(text: &str) -> Figure {
    let folded = fold(text);
    if matches!(folded.as_str(), "" | "无" | "-" | "--" | "—" | "——" | "–" | "/" | "\\") {
        return Figure::None(Status::NotApplicable);
    }
    let parts: Vec<&str> = if folded.len() == 8 && folded.bytes().all(|byte| byte.is_ascii_digit()) {
        vec![&folded[..4], &folded[4..6], &folded[6..]]
    } else {
        folded.trim_end_matches('日').split(['年', '月', '.', '-', '/']).collect()
    };
    let [year, month, day] = parts.as_slice() else { return Figure::Unreadable };
    let date = match (year.parse(), month.parse(), day.parse()) {
        (Ok(year), Ok(month), Ok(day)) if (1950..2100).contains(&year) => jiff::civil::Date::new(year, month, day).ok(),
        _ => None,
    };
    date.map_or(Figure::Unreadable, |date| Figure::Value(day::number(date), Status::Normal))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_as_offices_write_them() {
        let first_of_september = Figure::Value(45170.0, Status::Normal);
        for written in ["2023年9月1日", "2023.9.1", "2023-09-01", "2023/9/1", "20230901", "２０２３．９．１", " 2023年 9月1日 "]
        {
            assert_eq!(read(&Cell::Text(written.into())), first_of_september, "{written}");
        }
        assert_eq!(read(&Cell::Number(45170.0)), first_of_september);
        assert_eq!(read(&Cell::Date("2023-09-01".into())), first_of_september);
        for nothing in ["", "—", "/", "无"] {
            assert_eq!(read(&Cell::Text(nothing.into())), Figure::None(Status::NotApplicable), "{nothing}");
        }
        for nonsense in ["九月", "2023年9月", "2023.13.1", "2023.2.30", "待定"] {
            assert_eq!(read(&Cell::Text(nonsense.into())), Figure::Unreadable, "{nonsense}");
        }
        assert_eq!(read(&Cell::Number(2023.0)), Figure::Unreadable);
    }
}
