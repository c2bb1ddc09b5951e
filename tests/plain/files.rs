//! Every workbook there is.

use std::{collections::BTreeMap, fs, path::Path};

use super::both::{Outcome, compare};
use crate::workshop::HOME;

/// What became of the sheets below some folders: how many were plain, with how many cells, and why the others were not.
#[derive(Debug, Default)]
struct Tally {
    plain: usize,
    cells: usize,
    given_back: BTreeMap<&'static str, usize>,
}

impl Tally {
    fn of(folder: &Path) -> Tally {
        let mut tally = Tally::default();
        for entry in walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().filter_map(Result::ok) {
            let name = entry.file_name().to_string_lossy().to_lowercase();
            let is_below_target = entry.path().components().any(|part| part.as_os_str() == "target");
            if is_below_target || !entry.file_type().is_file() {
                continue;
            }
            let bytes = fs::read(entry.path()).expect("a file");
            // Some have a name of another format.
            if bytes.starts_with(b"PK") || name.ends_with(".xlsx") || name.ends_with(".xlsm") {
                tally.add(&bytes, &entry.path().display().to_string());
            }
        }
        println!("{}: {tally:#?}", folder.display());
        tally
    }

    fn add(&mut self, bytes: &[u8], file: &str) {
        for outcome in compare(bytes, file) {
            match outcome {
                Outcome::Same(cells) => (self.plain, self.cells) = (self.plain + 1, self.cells + cells),
                Outcome::GivenBack(why) => *self.given_back.entry(why).or_default() += 1,
                Outcome::Alone(fault) => panic!("{file}: the scanner reads what calamine does not: {fault}"),
            }
        }
    }

    fn share(&self) -> f64 {
        self.plain as f64 / (self.plain + self.given_back.values().sum::<usize>()) as f64
    }
}

#[test]
fn all_workbooks_of_the_project_are_plain_and_the_same() {
    let mut sheets = 0;
    for folder in ["input", "tests", "pipelines"] {
        let tally = Tally::of(&Path::new(HOME).join(folder));
        sheets += tally.plain;
        assert!(tally.plain == 0 || tally.share() > 0.8, "{tally:#?}");
    }
    assert!(sheets > 40, "only {sheets} sheets were found");
}

#[test]
fn real_and_odd_workbooks_are_the_same_or_given_back() {
    let shared = Path::new(HOME).join("../shared/data");
    if !shared.is_dir() {
        eprintln!("SKIPPED: the collections of workbooks are not here ({})", shared.display());
        return;
    }
    let real = Tally::of(&shared.join("real"));
    assert!(real.share() > 0.9 && real.cells > 10_000, "{real:#?}");
    let odd = Tally::of(&shared.join("nasty"));
    assert!(odd.plain > 200, "{odd:#?}");
}
