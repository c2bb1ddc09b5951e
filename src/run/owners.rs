//! Whose each finding is: the area of the cell it speaks of, else of the row, column, sheet or file in which that cell stands.

use std::collections::BTreeSet;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    diag::{Finding, Place},
    model::{Areas, CellRef, Dataset, Id, cell_place},
};

/// A part of a file that may hold figures of one area alone.
#[derive(PartialEq, Eq, Hash)]
enum Part<'a> {
    Sheet(&'a str, &'a str),
    Column(&'a str, &'a str, u32),
    Row(&'a str, &'a str, u32),
    Cell(&'a str, &'a str, (u32, u32)),
}

/// The one area whose figures stand there; none where several areas have figures there.
type Owner<'a> = Option<&'a Id>;

pub struct Owners<'a> {
    areas: &'a Areas,
    files: FxHashMap<&'a str, Owner<'a>>,
    /// Those that the findings speak of, in files that are not of one area alone.
    parts: FxHashMap<Part<'a>, Owner<'a>>,
}

impl<'a> Owners<'a> {
    pub fn new(dataset: &'a Dataset, areas: &'a Areas, findings: &'a [Finding]) -> Self {
        let rows = || dataset.observations.iter().chain(&dataset.totals);
        let mut files = FxHashMap::default();
        for row in rows() {
            for file in row.files() {
                own(files.entry(file.as_ref()).or_insert(Some(&row.area)), &row.area);
            }
        }
        let is_shared = |file: &str| files.get(file) == Some(&None);
        let places = findings.iter().flat_map(Finding::places).filter(|place| is_shared(&place.file));
        let wanted: FxHashSet<Part> = places.flat_map(parts).collect();
        let mut found: FxHashMap<Part, Owner> = FxHashMap::default();
        for row in rows().filter(|_| !wanted.is_empty()) {
            let of_sheets = row.sheets().map(|(file, sheet)| Part::Sheet(file, sheet));
            for part in of_sheets.chain(row.cell().into_iter().flat_map(of_cell)).filter(|part| wanted.contains(part)) {
                own(found.entry(part).or_insert(Some(&row.area)), &row.area);
            }
        }
        Owners { areas, files, parts: found }
    }

    /// None where it is of no place, or of places of several areas: the sum over all districts is nobody's alone.
    pub fn of(&self, finding: &Finding) -> Option<&'a Id> {
        let areas: BTreeSet<&Id> = finding.places().filter_map(|place| self.of_place(place)).collect();
        let mut areas = areas.into_iter();
        areas.next().filter(|_| areas.next().is_none())
    }

    fn of_place(&self, place: &Place) -> Owner<'a> {
        if let Some(Some(owner)) = self.files.get(place.file.as_str()) {
            return Some(*owner);
        }
        let found = parts(place).find_map(|part| self.parts.get(&part).copied().flatten());
        // What could not be read belongs to whom the file's name says.
        found.or_else(|| self.areas.find_within(&place.file).map(|(named, _)| &named.code))
    }
}

/// The parts in which a place lies, the smallest first.
fn parts(place: &Place) -> impl Iterator<Item = Part<'_>> {
    let Place { file, sheet, cell } = place;
    let of_cell = cell_place(cell).map(|(row, column)| {
        [Part::Cell(file, sheet, (row, column)), Part::Row(file, sheet, row), Part::Column(file, sheet, column)]
    });
    of_cell.into_iter().flatten().chain([Part::Sheet(file, sheet)])
}

fn of_cell(cell: &CellRef) -> [Part<'_>; 3] {
    let CellRef { file, sheet, row, column } = cell;
    [Part::Cell(file, sheet, (*row, *column)), Part::Row(file, sheet, *row), Part::Column(file, sheet, *column)]
}

fn own<'a>(owner: &mut Owner<'a>, area: &'a Id) {
    if *owner != Some(area) {
        *owner = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        diag::Code,
        model::{Area, AreaKind, Breakdown, Observation, Period, Provenance, Status, Text},
    };

    fn areas() -> Areas {
        let mut areas = Areas::default();
        for (code, name) in [("1", "荔湾区"), ("2", "海珠区")] {
            areas.push(Area { code: code.into(), name: Text::same(name), kind: AreaKind::District, parent: None }, &[], &[]);
        }
        areas.push(Area { code: "0".into(), name: Text::same("广州市"), kind: AreaKind::Whole, parent: None }, &[], &[]);
        areas
    }

    fn figure(area: &str, file: &str, row: u32, column: u32) -> Observation {
        let at = CellRef { file: file.into(), sheet: "表".into(), row, column };
        Observation {
            measure: "pupils".into(),
            area: area.into(),
            period: Period::Year(2023),
            breakdown: Breakdown::new(),
            value: Some(1.0),
            status: Status::Normal,
            provenance: Provenance::Cell { at, raw: "1".into() },
            layout: "S01".into(),
        }
    }

    fn whose(dataset: &Dataset, file: &str, cells: &[&str]) -> Option<String> {
        let mut places = cells.iter().map(|cell| Place { cell: (*cell).to_string(), ..Place::sheet(file, "表") });
        let finding = Finding::new(Code::ValueMissing, Text::same("")).at(places.next().unwrap()).also(places);
        let (areas, findings) = (areas(), [finding]);
        Owners::new(dataset, &areas, &findings).of(&findings[0]).map(ToString::to_string)
    }

    #[test]
    fn a_finding_in_a_workbook_of_several_areas_is_told_to_the_area_of_its_cell() {
        let figures =
            [("1", 5, 1), ("1", 5, 2), ("2", 6, 1), ("2", 6, 2)].map(|(area, row, at)| figure(area, "全市.xlsx", row, at));
        let dataset =
            Dataset { observations: figures.to_vec(), totals: vec![figure("0", "全市.xlsx", 7, 1)], ..Dataset::default() };
        let whose = |cells: &[&str]| whose(&dataset, "全市.xlsx", cells);
        assert_eq!(whose(&["B6", "C6"]).as_deref(), Some("1"), "its own cells");
        assert_eq!(whose(&["A7"]).as_deref(), Some("2"), "its name in the row of its figures");
        assert_eq!(whose(&["B6", "B7"]), None, "figures of two areas held against each other");
        assert_eq!(whose(&["B8", "B6", "B7"]), None, "a total and the districts it is made of");
        assert_eq!(whose(&["A1"]), None);
    }

    #[test]
    fn a_workbook_of_one_area_is_all_its_own_and_what_was_not_read_belongs_to_whom_its_name_says() {
        let dataset = Dataset { observations: vec![figure("1", "2023/报表.xlsx", 5, 1)], ..Dataset::default() };
        assert_eq!(whose(&dataset, "2023/报表.xlsx", &["Z99"]).as_deref(), Some("1"));
        assert_eq!(whose(&dataset, "2023/海珠区.pdf", &[""]).as_deref(), Some("2"));
        let (areas, nowhere) = (areas(), [Finding::new(Code::TargetEasy, Text::same(""))]);
        assert_eq!(Owners::new(&dataset, &areas, &nowhere).of(&nowhere[0]), None);
    }
}
