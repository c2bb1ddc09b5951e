//! A sheet of a form: its cells, and what stands beside them: merged areas, what is hidden, which numbers are days or per cents.

use memchr::memmem;

use super::{
    super::{
        cells::{Flow, Held, Sink},
        grid::{Area, Cell, Cells},
        office,
    },
    CUT_OFF, Unusual,
    list::{each, only},
    number,
    place::column,
    sheet::{Walk, Went, rows, says_yes},
    styles::{Shown, Style},
    tag::{holds_no_markup, open},
    texts::SharedTexts,
    wanted::Wanted,
};

/// Adds what a part says to a sheet.
pub fn read(part: &[u8], texts: &mut SharedTexts, styles: &[Style], sheet: &mut Cells) -> Result<(), Unusual> {
    let (inside, is_closed) = rows(part)?;
    holds_no_markup(inside)?;
    let end = memmem::find(inside, b"</sheetData>").filter(|_| !is_closed);
    let (cells, beside) = match end {
        Some(end) => inside.split_at_checked(end + b"</sheetData>".len()).ok_or(CUT_OFF)?,
        None => (&b""[..], inside),
    };
    merged(beside, &mut sheet.merged)?;
    let (head, _) = open(part, b"worksheet")?;
    let head = memmem::find(head, b"<sheetData").and_then(|end| head.get(..end)).ok_or(CUT_OFF)?;
    hidden_columns(head, &mut sheet.hidden.columns)?;
    if is_closed {
        return Ok(());
    }
    let mut taker = Taker { sheet, styles, style: Style::default(), is_unusual: false };
    let went = Walk::new(Wanted::all(), &mut taker, texts).rows(cells)?;
    match went {
        Went::Over if taker.is_unusual => Err(Unusual("a cell of which it is not plain what it shows")),
        Went::Over => Ok(()),
        Went::On | Went::Stopped => Err(CUT_OFF),
    }
}

/// Merged areas stand behind the cells.
pub fn merged(beside: &[u8], areas: &mut Vec<Area>) -> Result<(), Unusual> {
    each(only(beside, "mergeCells")?.unwrap_or_default(), b"mergeCell", [b"ref"], |[said]| {
        areas.extend(said.map(|said| area(said).ok_or(Unusual("a merged area that cannot be read"))).transpose()?);
        Ok(())
    })
}

fn area(said: &[u8]) -> Option<Area> {
    let place = |said: &[u8]| {
        let (column, row) = column(said)?;
        Some((number::place(row)?.checked_sub(1)?, column))
    };
    let mut places = said.split(|letter| *letter == b':');
    let first = place(places.next()?)?;
    let last = places.next().map_or(Some(first), place)?;
    let is_one = places.next().is_none() && first.0 <= last.0 && first.1 <= last.1;
    is_one.then_some(Area { rows: (first.0, last.0), columns: (first.1, last.1) })
}

/// Columns that are not shown are named before the cells.
fn hidden_columns(head: &[u8], columns: &mut Vec<(u32, u32)>) -> Result<(), Unusual> {
    each(head, b"col", [b"hidden", b"min", b"max"], |[hidden, first, last]| {
        let number = |said: Option<&[u8]>| said.and_then(number::place);
        if hidden.is_some_and(says_yes)
            && let (Some(first @ 1..), Some(last)) = (number(first), number(last))
        {
            columns.push((first - 1, last.saturating_sub(1)));
        }
        Ok(())
    })
}

struct Taker<'a> {
    sheet: &'a mut Cells,
    styles: &'a [Style],
    /// That of the next number.
    style: Style,
    is_unusual: bool,
}

impl Sink for Taker<'_> {
    const LOOKS: bool = true;

    fn wants(&self, _: u32) -> bool {
        true
    }

    fn styled(&mut self, style: u32) {
        self.style = self.styles.get(style as usize).copied().unwrap_or_default();
    }

    fn hidden(&mut self, row: u32) {
        self.sheet.hidden.rows.push((row, row));
    }

    fn cell(&mut self, row: u32, column: u32, held: Held<'_>) {
        let cell = match held {
            Held::Number(number) => match self.style.shown {
                Shown::Number => Cell::Number(number),
                Shown::Day => office::day(number),
                Shown::Other => return self.is_unusual = true,
            },
            Held::Text(text) => Cell::Text(text.to_string()),
            Held::Shared(place, texts) => Cell::Text(texts.get(place).unwrap_or_default().to_string()),
            Held::Bool(truth) => Cell::Bool(truth),
            Held::Error(error) => Cell::Error(error.to_string()),
            // What it says is read elsewhere.
            Held::Formula => return self.is_unusual = true,
        };
        if self.style.is_percent && matches!(cell, Cell::Number(_)) {
            self.sheet.percent.push((row, column));
        }
        self.sheet.cells.push((row, column, cell));
    }

    fn end_of_row(&mut self, _: u32) -> Flow {
        Flow::Go
    }
}

#[cfg(test)]
mod tests {
    use std::{
        fs,
        io::{Cursor, Read, Write},
        path::Path,
    };

    use rust_xlsxwriter::{Format, Formula, Workbook};
    use zip::{CompressionMethod, ZipArchive, ZipWriter, write::SimpleFileOptions};

    use super::{
        super::{super::quietly, Plain},
        *,
    };

    /// Sheets by the walk; none where it gives the workbook back. Panics where calamine reads another thing.
    fn walked(bytes: &[u8], file: &str) -> Option<Vec<Cells>> {
        let mut ours = Plain::open(Cursor::new(bytes)).and_then(|plain| plain.forms(&[])).ok()?;
        let theirs = quietly(|| office::parsed(bytes, &[])).unwrap_or_else(|_| panic!("{file}: calamine panics"));
        let theirs = match theirs {
            Ok(theirs) => theirs,
            // A font that is not sound keeps only calamine from reading figures.
            Err(_) if file.starts_with("xl/styles.xml") => return None,
            Err(fault) => panic!("{file}: {}", fault.en),
        };
        for (ours, theirs) in ours.iter_mut().zip(&theirs) {
            // A part that is sound up to what calamine asks of it may still be no XML to others.
            if theirs.hidden.rows.is_empty() && theirs.hidden.columns.is_empty() {
                ours.hidden.clone_from(&theirs.hidden);
            }
            let odd = ours.cells.iter().zip(&theirs.cells).find(|(ours, theirs)| ours != theirs);
            assert!(odd.is_none(), "{file} › {}: {odd:?}", ours.name);
            assert_eq!(ours, theirs, "{file}");
        }
        assert_eq!(ours.len(), theirs.len(), "{file}");
        Some(ours)
    }

    #[test]
    fn every_workbook_there_is_reads_as_calamine_reads_it() {
        let home = Path::new(env!("CARGO_MANIFEST_DIR"));
        for folder in ["input", "tests", "../shared/data"] {
            let folder = home.join(folder);
            if !folder.is_dir() {
                eprintln!("SKIPPED: there is no {}", folder.display());
            }
            let (mut all, mut plain) = (0, 0);
            let entries = walkdir::WalkDir::new(&folder).into_iter().filter_map(Result::ok);
            for entry in entries.filter(|entry| entry.file_type().is_file()) {
                let bytes = fs::read(entry.path()).unwrap();
                if bytes.starts_with(b"PK") && bytes.len() < 4 << 20 {
                    all += 1;
                    plain += usize::from(walked(&bytes, &entry.path().display().to_string()).is_some());
                }
            }
            println!("{}: {plain} of {all}", folder.display());
            assert!(plain * 2 >= all, "{plain} of {all}");
        }
    }

    /// A form with all that stands beside cells.
    fn made() -> Vec<u8> {
        let mut book = Workbook::new();
        let format = |code: &str| Format::new().set_num_format(code);
        let sheet = book.add_worksheet();
        sheet.merge_range(0, 0, 1, 4, "2023年", &Format::new()).unwrap();
        for (column, code) in (0..).zip(["0.0", "0.00%", "yyyy/m/d", "yyyy\"年\"m\"月\"", "#,##0;[Red]-0", "m/d", "0\\m"]) {
            sheet.write_number_with_format(2, column, 45_000.0, &format(code)).unwrap();
            sheet.write_number_with_format(3, column, 2023.0, &format(code)).unwrap();
            sheet.write_number_with_format(4, column, 0.5, &format(code)).unwrap();
        }
        sheet.write_formula(5, 0, Formula::new("=A3").set_result("45000")).unwrap();
        sheet.write_boolean(5, 1, true).unwrap();
        sheet.set_row_hidden(3).unwrap().set_column_hidden(2).unwrap();
        sheet.merge_range(6, 0, 6, 1, "备注", &Format::new()).unwrap();
        book.add_worksheet().set_hidden(true).write_string(9, 9, "x").unwrap();
        book.save_to_buffer().unwrap()
    }

    #[test]
    fn what_stands_beside_cells_is_read_too() {
        let sheets = walked(&made(), "made").expect("a plain form");
        let (form, hidden) = (&sheets[0], &sheets[1]);
        assert_eq!(form.percent, [(2, 1), (3, 1), (4, 1)]);
        assert_eq!((form.merged.len(), &form.hidden.rows[..], &form.hidden.columns[..]), (2, &[(3, 3)][..], &[(2, 2)][..]));
        assert!(form.cells.contains(&(2, 2, Cell::Date("2023-03-15".to_string()))), "{:?}", form.cells);
        assert!(form.cells.contains(&(3, 2, Cell::Number(2023.0))), "a year is no day");
        assert!(hidden.hidden.sheet);
    }

    /// The same parts, one of them changed.
    fn changed(parts: &[(String, Vec<u8>)], changed: usize, change: impl Fn(&mut Vec<u8>)) -> Vec<u8> {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        for (at, (name, part)) in parts.iter().enumerate() {
            archive
                .start_file(name.as_str(), SimpleFileOptions::default().compression_method(CompressionMethod::Stored))
                .unwrap();
            let mut part = part.clone();
            if at == changed {
                change(&mut part);
            }
            archive.write_all(&part).unwrap();
        }
        archive.finish().unwrap().into_inner()
    }

    #[test]
    fn a_damaged_part_is_read_as_calamine_reads_it_or_given_back() {
        let mut archive = ZipArchive::new(Cursor::new(made())).unwrap();
        let mut parts = Vec::new();
        for at in 0..archive.len() {
            let (mut part, mut bytes) = (archive.by_index(at).unwrap(), Vec::new());
            part.read_to_end(&mut bytes).unwrap();
            parts.push((part.name().unwrap().into_owned(), bytes));
        }
        let mut read = 0;
        for name in ["xl/worksheets/sheet1.xml", "xl/styles.xml"] {
            let at = parts.iter().position(|(known, _)| known == name).unwrap();
            for place in 0..parts[at].1.len() {
                let sign = b"<>/\"' 1x:&!"[place % 11];
                let damaged = changed(&parts, at, |part| part[place] = sign);
                read += usize::from(walked(&damaged, &format!("{name} {place} {}", char::from(sign))).is_some());
            }
        }
        assert!(read > 100, "{read} were read");
    }
}
