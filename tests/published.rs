//! What a run published, read back into memory: every file, and its tables by column name.

use std::{collections::BTreeMap, fmt, fs, ops::Index, path::Path};

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Published {
    /// By path inside the run's folder.
    pub files: BTreeMap<String, Vec<u8>>,
}

/// One row of a table.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Row(pub BTreeMap<String, String>);

impl Published {
    /// Everything below a folder; nothing where there is no such folder.
    pub fn read(folder: &Path) -> Published {
        let mut published = Published::default();
        let files = walkdir::WalkDir::new(folder).follow_links(true).into_iter().flatten();
        for file in files.filter(|entry| entry.file_type().is_file()) {
            let inside = file.path().strip_prefix(folder).expect("a file below the folder").to_string_lossy().replace('\\', "/");
            published.files.insert(inside, fs::read(file.path()).expect("a published file can be read"));
        }
        published
    }

    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    pub fn bytes(&self, path: &str) -> &[u8] {
        self.files.get(path).unwrap_or_else(|| panic!("{path} was not published, only {:?}", self.files.keys()))
    }

    pub fn text(&self, path: &str) -> &str {
        std::str::from_utf8(self.bytes(path)).expect("published text is UTF-8")
    }

    pub fn table(&self, name: &str) -> Vec<Row> {
        rows(self.text(&format!("{name}.csv")))
    }

    /// `run.json`, or null where nothing was published.
    pub fn manifest(&self) -> serde_json::Value {
        self.files
            .get("run.json")
            .map_or(serde_json::Value::Null, |bytes| serde_json::from_slice(bytes).expect("run.json is JSON"))
    }
}

/// Rows of a CSV text with a heading.
pub fn rows(text: &str) -> Vec<Row> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let rows = csv::Reader::from_reader(text.as_bytes()).deserialize().collect::<Result<Vec<_>, _>>();
    rows.expect("rows of a CSV are all as long as its heading").into_iter().map(Row).collect()
}

impl Row {
    pub fn number(&self, column: &str) -> Option<f64> {
        let text = &self[column];
        (!text.is_empty()).then(|| text.parse().unwrap_or_else(|_| panic!("{column} is `{text}`, not a number")))
    }

    /// The named cells, in this order.
    pub fn cells(&self, columns: &[&str]) -> Vec<String> {
        columns.iter().map(|column| self[column].to_string()).collect()
    }
}

impl Index<&str> for Row {
    type Output = str;

    fn index(&self, column: &str) -> &str {
        self.0.get(column).unwrap_or_else(|| panic!("there is no column `{column}` in {self:?}"))
    }
}

impl fmt::Debug for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.0.iter().filter(|(_, cell)| !cell.is_empty())).finish()
    }
}
