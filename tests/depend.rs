//! What depends on a cell changes with it, and nothing else: one pupil more in a sample workbook.

use std::{collections::BTreeSet, fs, path::Path};

use crate::{
    repacked::repacked,
    workshop::{HOME, Workshop, sample},
};

const WORKBOOK: &str = "2023/荔湾区2023年教育统计报表.xlsx";
/// Myopic girls of grade 2: `1351` in cell G11 of the sheet 5.视力筛查.
const CELL: (&str, &str, &str) = ("<c r=\"G11\"", "<v>1351</v>", "<v>1352</v>");

/// The workbook with another number in the one cell that says this one.
fn changed(bytes: &[u8]) -> Vec<u8> {
    let mut found = 0;
    let workbook = repacked(bytes, |_, text| {
        let cell = text.find(CELL.0).map(|start| start..start + text[start..].find("</c>").expect("a cell ends"));
        match cell.filter(|cell| text[cell.clone()].contains(CELL.1)) {
            Some(cell) => {
                found += 1;
                let other = text[cell.clone()].replace(CELL.1, CELL.2);
                format!("{}{other}{}", &text[..cell.start], &text[cell.end..])
            }
            None => text,
        }
    });
    assert_eq!(found, 1, "one sheet holds the cell");
    workbook
}

#[test]
fn one_cell_of_a_sample_workbook_changes_exactly_the_rows_that_depend_on_it() {
    let shop = Workshop::new();
    let input = Path::new(HOME).join("input/guangzhou-2023");
    for entry in walkdir::WalkDir::new(&input).into_iter().flatten().filter(|entry| entry.file_type().is_file()) {
        let name = entry.path().strip_prefix(&input).expect("a file of the input").to_string_lossy().replace('\\', "/");
        let bytes = fs::read(entry.path()).expect("a workbook");
        shop.put(&name, if name == WORKBOOK { changed(&bytes) } else { bytes });
    }
    let ran = shop.run_pipeline(&Path::new(HOME).join("pipelines/guangzhou-2023"), Path::new("in"), &["--as-of", "2024-01-31"]);
    let different = |table: &str, columns: &[&str]| -> BTreeSet<String> {
        let (before, after) = (sample().published.table(table), ran.published.table(table));
        assert_eq!(before.len(), after.len(), "{}", ran.shown());
        let pairs = before.iter().zip(&after).filter(|(before, after)| before != after);
        pairs.map(|(before, _)| before.cells(columns).join(" ")).collect()
    };
    let expected = |rows: &[&str]| rows.iter().map(ToString::to_string).collect::<BTreeSet<_>>();
    assert_eq!(different("observations", &["measure", "area", "period", "grade", "sex"]), expected(&["myopic 440103 2023 2 2"]));
    assert_eq!(
        different("targets", &["target", "area"]),
        expected(&["myopia_rate_decrease 440100", "myopia_rate_decrease 440103"])
    );
    let of_myopia = ["myopia_rate", "myopia_rate_standardised", "myopia_slope", "myopia_relative_index"];
    assert_eq!(different("indicators", &["indicator"]), expected(&of_myopia));
    assert_eq!(different("changes", &["indicator", "period"]), expected(&["myopia_rate 2023", "myopia_rate_standardised 2023"]));
    assert_eq!(different("decomposition", &["indicator", "period"]), expected(&["myopia_rate 2023"]));
    assert!(different("lineage", &["table", "line"]).is_empty());
}
