//! Whose each finding is: the area of the cell it speaks of, else of the row, column, sheet or file in which that cell stands.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use crate::{
    diag::{Finding, Place},
    model::{Areas, CellRef, Dataset, Id, Observation, cell_place},
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
    /// Only of files that are not of one area alone: most are.
    parts: FxHashMap<Part<'a>, Owner<'a>>,
}

impl<'a> Owners<'a> {
    pub fn new(dataset: &'a Dataset, areas: &'a Areas) -> Self {
        let rows = || dataset.observations.iter().chain(&dataset.totals);
        let mut files = FxHashMap::default();
        for row in rows() {
            for file in row.files() {
                own(&mut files, file.as_ref(), &row.area);
            }
        }
        let mut owners = Owners { areas, files, parts: FxHashMap::default() };
        for row in rows() {
            owners.add(row);
        }
        owners
    }

    fn add(&mut self, row: &'a Observation) {
        for (file, sheet) in row.sheets().filter(|(file, _)| self.files.get(file.as_ref()) == Some(&None)) {
            own(&mut self.parts, Part::Sheet(file, sheet), &row.area);
        }
        let Some(cell) = row.cell().filter(|cell| self.files.get(cell.file.as_ref()) == Some(&None)) else { return };
        let CellRef { file, sheet, row: at, column } = cell;
        for part in [Part::Column(file, sheet, *column), Part::Row(file, sheet, *at), Part::Cell(file, sheet, (*at, *column))] {
            own(&mut self.parts, part, &row.area);
        }
    }

    /// None where it is of no place, or of places of several areas: the sum over all districts is nobody's alone.
    pub fn of(&self, finding: &Finding) -> Option<&'a Id> {
        let places = std::iter::once(&finding.place).chain(&finding.also);
        let areas: BTreeSet<&Id> = places.filter_map(|place| self.of_place(place)).collect();
        let mut areas = areas.into_iter();
        areas.next().filter(|_| areas.next().is_none())
    }

    fn of_place(&self, place: &Place) -> Owner<'a> {
        if let Some(Some(owner)) = self.files.get(place.file.as_str()) {
            return Some(*owner);
        }
        let (file, sheet) = (place.file.as_str(), place.sheet.as_str());
        let cell = cell_place(&place.cell);
        let parts = cell.map(|(row, column)| {
            [Part::Cell(file, sheet, (row, column)), Part::Row(file, sheet, row), Part::Column(file, sheet, column)]
        });
        let parts = parts.into_iter().flatten().chain([Part::Sheet(file, sheet)]);
        let found = parts.into_iter().find_map(|part| self.parts.get(&part).copied().flatten());
        // What could not be read belongs to whom the file's name says.
        found.or_else(|| self.areas.find_within(file).map(|(named, _)| &named.code))
    }
}

fn own<'a, K: std::hash::Hash + Eq>(owners: &mut FxHashMap<K, Owner<'a>>, part: K, area: &'a Id) {
    let owner = owners.entry(part).or_insert(Some(area));
    if *owner != Some(area) {
        *owner = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        diag::Code,
        model::{Area, AreaKind, Breakdown, Period, Provenance, Status, Text},
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

    fn whose(owners: &Owners, file: &str, cells: &[&str]) -> Option<String> {
        let mut places = cells.iter().map(|cell| Place { cell: (*cell).to_string(), ..Place::sheet(file, "表") });
        let finding = Finding::new(Code::ValueMissing, Text::same("")).at(places.next().unwrap()).also(places);
        owners.of(&finding).map(ToString::to_string)
    }

    #[test]
    fn a_finding_in_a_workbook_of_several_areas_is_told_to_the_area_of_its_cell() {
        let figures =
            [("1", 5, 1), ("1", 5, 2), ("2", 6, 1), ("2", 6, 2)].map(|(area, row, at)| figure(area, "全市.xlsx", row, at));
        let dataset =
            Dataset { observations: figures.to_vec(), totals: vec![figure("0", "全市.xlsx", 7, 1)], ..Dataset::default() };
        let areas = areas();
        let owners = Owners::new(&dataset, &areas);
        assert_eq!(whose(&owners, "全市.xlsx", &["B6", "C6"]).as_deref(), Some("1"), "its own cells");
        assert_eq!(whose(&owners, "全市.xlsx", &["A7"]).as_deref(), Some("2"), "its name in the row of its figures");
        assert_eq!(whose(&owners, "全市.xlsx", &["B6", "B7"]), None, "figures of two areas held against each other");
        assert_eq!(whose(&owners, "全市.xlsx", &["B8", "B6", "B7"]), None, "a total and the districts it is made of");
        assert_eq!(whose(&owners, "全市.xlsx", &["A1"]), None);
    }

    #[test]
    fn a_workbook_of_one_area_is_all_its_own_and_what_was_not_read_belongs_to_whom_its_name_says() {
        let dataset = Dataset { observations: vec![figure("1", "2023/报表.xlsx", 5, 1)], ..Dataset::default() };
        let areas = areas();
        let owners = Owners::new(&dataset, &areas);
        assert_eq!(whose(&owners, "2023/报表.xlsx", &["Z99"]).as_deref(), Some("1"));
        assert_eq!(whose(&owners, "2023/海珠区.pdf", &[""]).as_deref(), Some("2"));
        assert_eq!(owners.of(&Finding::new(Code::TargetEasy, Text::same(""))), None);
    }
}
