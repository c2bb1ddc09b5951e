//! What bounds the reading of records: inflating alone, walking over every cell, and calamine's cells counted as they come.
//!
//!     cargo build --release --bench limits
//!     target/release/deps/limits-… inflate|walk|calamine FOLDER
//!
//! Prints how many bytes or cells there were, or how many pupils were validly screened and how many of them are myopic.

use std::{
    env,
    fs::File,
    io::{BufReader, Read},
    path::{Path, PathBuf},
};

use calamine::{DataRef, Reader, Xlsx, open_workbook};
use yardstick::ingest::{Flow, Held, Plain, Sink};

const STEP: usize = 256 * 1024;
/// What a pupil needs to be counted: two acuities, two spheres.
const EYES: [&str; 4] = ["右眼裸眼视力", "左眼裸眼视力", "右眼等效球镜", "左眼等效球镜"];

fn main() {
    let words: Vec<String> = env::args().collect();
    let [_, way, folder, ..] = words.as_slice() else { panic!("inflate, walk or calamine, and a folder") };
    let paths = workbooks(Path::new(folder));
    match way.as_str() {
        "inflate" => println!("{}", paths.iter().map(|path| inflated(path)).sum::<u64>()),
        "walk" => println!("{}", paths.iter().map(|path| walked(path)).sum::<u64>()),
        "calamine" => {
            let mut screening = Screening::default();
            paths.iter().for_each(|path| by_calamine(path, &mut screening));
            println!("{} {}", screening.screened, screening.myopic);
        }
        other => panic!("{other} is neither inflate nor walk nor calamine"),
    }
}

fn workbooks(folder: &Path) -> Vec<PathBuf> {
    let found = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(|entry| entry.expect("an entry").into_path());
    found.filter(|path| path.extension().is_some_and(|end| end == "xlsx")).collect()
}

/// Bytes of the sheets of a workbook, thrown away as they come.
fn inflated(path: &Path) -> u64 {
    let mut package = zip::ZipArchive::new(File::open(path).expect("a workbook")).expect("a package");
    let (mut step, mut size) = (vec![0; STEP], 0);
    for place in 0..package.len() {
        let mut part = package.by_index(place).expect("a part");
        if !part.name().expect("a name").starts_with("xl/worksheets/") {
            continue;
        }
        loop {
            let read = part.read(&mut step).expect("deflated data");
            if read == 0 {
                break;
            }
            size += read as u64;
        }
    }
    size
}

/// Every cell looked at, its number made, and forgotten.
struct Every {
    cells: u64,
}

impl Sink for Every {
    fn wants(&self, _: u32) -> bool {
        true
    }

    fn cell(&mut self, _: u32, _: u32, held: Held<'_>) {
        std::hint::black_box(held);
        self.cells += 1;
    }

    fn end_of_row(&mut self, _: u32) -> Flow {
        Flow::Go
    }
}

fn walked(path: &Path) -> u64 {
    let mut workbook = Plain::open(BufReader::new(File::open(path).expect("a workbook"))).expect("a plain workbook");
    let mut every = Every { cells: 0 };
    for sheet in 0..workbook.sheets().len() {
        workbook.scan(sheet, &mut every).expect("a plain sheet");
    }
    every.cells
}

/// Pupils counted row after row; nothing else of them is held.
#[derive(Default)]
struct Screening {
    /// For each column which eye's figure it holds.
    columns: Vec<Option<usize>>,
    /// The figures of the row that is under way.
    eyes: [Option<f64>; 4],
    screened: u64,
    myopic: u64,
}

impl Screening {
    fn heading(&mut self, column: u32, text: &str) {
        self.columns.resize(self.columns.len().max(column as usize + 1), None);
        self.columns[column as usize] = EYES.iter().position(|eye| *eye == text);
    }

    fn figure(&mut self, column: u32, figure: f64) {
        if let Some(Some(eye)) = self.columns.get(column as usize) {
            self.eyes[*eye] = Some(figure).filter(|figure| (-30.0..=30.0).contains(figure));
        }
    }

    fn end_of_row(&mut self) {
        if let [Some(right), Some(left), Some(right_sphere), Some(left_sphere)] = self.eyes {
            self.screened += 1;
            self.myopic += u64::from(right_sphere.min(left_sphere) <= -0.5 && right.min(left) < 5.0);
        }
        self.eyes = [None; 4];
    }
}

fn by_calamine(path: &Path, screening: &mut Screening) {
    let mut workbook: Xlsx<BufReader<File>> = open_workbook(path).expect("a workbook");
    let name = workbook.sheet_names()[0].clone();
    let mut cells = workbook.worksheet_cells_reader(&name).expect("a sheet");
    let mut last = 0;
    screening.columns.clear();
    while let Some(cell) = cells.next_cell().expect("a cell") {
        let (row, column) = cell.get_position();
        if row != last {
            screening.end_of_row();
            last = row;
        }
        match cell.get_value() {
            DataRef::SharedString(text) if row == 0 => screening.heading(column, text),
            DataRef::Float(figure) => screening.figure(column, *figure),
            _ => {}
        }
    }
    screening.end_of_row();
}
