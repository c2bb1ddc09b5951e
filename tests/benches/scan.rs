//! Cells of a large plain sheet: unpacked only, scanned, and read by calamine: `cargo bench --bench scan`.
//!
//! Rows per second of the same 100,000 rows of 17 columns; 17 times as many cells. What the scanner takes over unpacking is its own.

use std::{
    io::{Cursor, Read},
    sync::OnceLock,
};

use calamine::{DataRef, Reader, Xlsx};
use divan::{Bencher, counter::ItemsCount};
use flate2::{Decompress, FlushDecompress, Status};
use rust_xlsxwriter::{Workbook, Worksheet};
use yardstick::ingest::{Flow, Held, Plain, Sink};

const ROWS: u32 = 100_000;
const COLUMNS: u16 = 17;

fn main() {
    divan::main();
}

/// Pupils and their eyes: names in six columns, whole numbers, and numbers with one or two decimals.
fn workbook() -> &'static [u8] {
    static BOOK: OnceLock<Vec<u8>> = OnceLock::new();
    BOOK.get_or_init(|| {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        let mut seed = 88_172_645_463_325_252_u64;
        for row in 0..ROWS {
            for column in 0..COLUMNS {
                // Xorshift: the same workbook every time.
                seed ^= seed << 13;
                seed ^= seed >> 7;
                seed ^= seed << 17;
                write(sheet, row, column, seed >> 16);
            }
        }
        book.save_to_buffer().expect("a workbook")
    })
}

fn write(sheet: &mut Worksheet, row: u32, column: u16, chance: u64) {
    let number = match column {
        3 => 4_401_000_000.0 + (chance % 1_000_000_000) as f64,
        5 | 12 => 45_000.0 + (chance % 700) as f64,
        6 | 7 => (2_000 + chance % 15_000) as f64 / 100.0,
        8 | 9 => (40 + chance % 13) as f64 / 10.0,
        10 | 11 => (chance % 900) as f64 / 100.0 - 6.0,
        13 | 14 => (chance % 20) as f64,
        15 => 2023.0,
        _ => {
            let name = ["荔湾区第小学", "年级", "班", "", "女", "", "", "", "", "", "", "", "", "", "", "", "复查"];
            let many = if column == 0 { 300 } else { 12 };
            sheet.write_string(row, column, format!("{}{}", name[usize::from(column)], chance % many)).expect("a cell");
            return;
        }
    };
    sheet.write_number(row, column, number).expect("a cell");
}

/// Adds up, so that every value is looked at.
struct Sum<'a> {
    columns: &'a [u32],
    sum: f64,
}

impl Sink for Sum<'_> {
    fn wants(&self, column: u32) -> bool {
        self.columns.contains(&column)
    }

    fn cell(&mut self, _: u32, _: u32, held: Held<'_>) {
        match held {
            Held::Number(number) => self.sum += number,
            Held::Shared(place, _) => self.sum += f64::from(place),
            Held::Text(text) | Held::Error(text) => self.sum += text.len() as f64,
            Held::Bool(_) | Held::Formula => self.sum += 1.0,
        }
    }

    fn end_of_row(&mut self, _: u32) -> Flow {
        Flow::Go
    }
}

fn scan(columns: &[u32]) -> f64 {
    let mut plain = Plain::open(Cursor::new(workbook())).expect("a workbook");
    let mut sum = Sum { columns, sum: 0.0 };
    plain.scan(0, &mut sum).expect("a plain sheet");
    sum.sum
}

/// The least that any reader of the format does.
#[divan::bench(sample_count = 20)]
fn unpacked_only(bencher: Bencher) {
    let bytes = workbook();
    bencher.counter(ItemsCount::new(ROWS)).bench(|| {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
        let place = archive.index_for_name("xl/worksheets/sheet1.xml").expect("a sheet");
        let mut packed = Vec::new();
        archive.by_index_raw(place).and_then(|mut part| Ok(part.read_to_end(&mut packed)?)).expect("a part");
        let (mut inflate, mut room) = (Decompress::new(false), vec![0; 256 << 10]);
        loop {
            let rest = &packed[inflate.total_in() as usize..];
            if inflate.decompress(rest, &mut room, FlushDecompress::None).expect("a sound part") == Status::StreamEnd {
                return inflate.total_out();
            }
        }
    });
}

#[divan::bench(sample_count = 20)]
fn scanned(bencher: Bencher) {
    workbook();
    let all: Vec<u32> = (0..u32::from(COLUMNS)).collect();
    bencher.counter(ItemsCount::new(ROWS)).bench(|| scan(&all));
}

#[divan::bench(sample_count = 20)]
fn scanned_for_four_columns(bencher: Bencher) {
    workbook();
    bencher.counter(ItemsCount::new(ROWS)).bench(|| scan(&[1, 4, 8, 10]));
}

#[divan::bench(sample_count = 5)]
fn read_by_calamine(bencher: Bencher) {
    let bytes = workbook();
    bencher.counter(ItemsCount::new(ROWS)).bench(|| {
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
        let mut cells = book.worksheet_cells_reader("Sheet1").expect("a sheet");
        let mut sum = 0.0;
        while let Some(cell) = cells.next_cell().expect("a cell") {
            sum += match cell.get_value() {
                DataRef::Float(number) => *number,
                DataRef::SharedString(text) => text.len() as f64,
                _ => 0.0,
            };
        }
        sum
    });
}
