//! A pipeline of two districts, written down in a few words, and what its tables say.

use std::{fmt::Write, fs};

use crate::{
    published::Row,
    workshop::{Ran, Workshop},
};

/// East and West, and the city that they make up.
#[derive(Default)]
pub struct Pipeline {
    measures: String,
    indicators: String,
    targets: String,
    /// What is made besides tables and charts.
    publish: &'static str,
    /// What stands in `pipeline.toml` besides.
    more: String,
    layouts: Vec<(String, String)>,
    pub sent: Vec<(String, String)>,
    /// Other files of its folder.
    lists: Vec<(String, String)>,
}

impl Pipeline {
    pub fn measure(mut self, id: &str, more: &str) -> Self {
        let _ = writeln!(self.measures, "[measures.{id}]\nname = {{ zh = \"{id}\", en = \"{id}\" }}\nunit = \"人\"\n{more}");
        self
    }

    pub fn indicator(mut self, id: &str, is: &str, more: &str) -> Self {
        let head =
            format!("[indicators.{id}]\nname = {{ zh = \"{id}\", en = \"{id}\" }}\nunit = {{ zh = \"人\", en = \"people\" }}");
        let _ = writeln!(self.indicators, "{head}\nbetter = \"lower\"\ndecimals = 2\nis.{is}\n{more}");
        self
    }

    pub fn target(self, id: &str, indicator: &str, aim: &str) -> Self {
        self.target_of("2023", id, indicator, aim)
    }

    /// The same, of another period.
    pub fn target_of(mut self, period: &str, id: &str, indicator: &str, aim: &str) -> Self {
        let name = format!("name = {{ zh = \"{id}\", en = \"{id}\" }}");
        let head = format!("[targets.{id}]\n{name}\nperiod = \"{period}\"\nindicator = \"{indicator}\"");
        let _ = writeln!(self.targets, "{head}\naim{aim}\nreading = {{ zh = \"读法\", en = \"reading\" }}");
        self
    }

    /// A target that the ledger decides.
    pub fn milestone(mut self, period: &str, id: &str) -> Self {
        let name = format!("name = {{ zh = \"{id}\", en = \"{id}\" }}");
        let reading = "reading = { zh = \"读法\", en = \"reading\" }";
        let _ = writeln!(self.targets, "[targets.{id}]\n{name}\nperiod = \"{period}\"\naim = \"milestone\"\n{reading}");
        self
    }

    /// A form with a column for each measure, known by its first; what was sent of it stands in a file of its name.
    pub fn form(self, id: &str, measures: &[&str], attach: &str, rows: &str) -> Self {
        self.form_by("地区,时期", id, measures, attach, rows)
    }

    /// The same, with these headings of labels.
    pub fn form_by(mut self, labels: &str, id: &str, measures: &[&str], attach: &str, rows: &str) -> Self {
        let mut layout = format!("form = \"{id}\"\ntitle = {{ zh = \"{id}\", en = \"{id}\" }}\nneeds = [\"{}\"]\n", measures[0]);
        let _ = writeln!(layout, "symbols = {{ \"e\" = \"estimated\", \"b\" = \"break\" }}\nsays = [\"{id}表\"]");
        let _ = writeln!(layout, "[attach]\narea = [{{ directly = \"left\" }}]\nperiod = [{{ directly = \"left\" }}]\n{attach}");
        for measure in measures {
            let _ = writeln!(layout, "[[values]]\nmeasure = \"{measure}\"\nheading = [\"{measure}\"]");
        }
        self.layouts.push((id.to_string(), layout));
        self.sent.push((id.to_string(), format!("{id}表\n{labels},{}\n{rows}", measures.join(","))));
        self
    }

    pub fn publish(self, publish: &'static str) -> Self {
        Pipeline { publish, ..self }
    }

    /// More of `pipeline.toml`.
    pub fn head(mut self, more: &str) -> Self {
        self.more.push_str(more);
        self
    }

    pub fn list(mut self, name: &str, text: &str) -> Self {
        self.lists.push((name.to_string(), text.to_string()));
        self
    }

    pub fn run(self, as_of: &str) -> Ran {
        let shop = Workshop::new();
        let folder = shop.path("two");
        fs::create_dir_all(folder.join("layouts")).expect("a folder");
        let write = |name: &str, text: &str| fs::write(folder.join(name), text).expect("a file of the pipeline");
        write(
            "areas.csv",
            "code,name_zh,name_en,kind,parent,aliases,typos\nE,东区,East,district,C,,\nW,西区,West,district,C,,\nC,全市,City,whole,,,\n",
        );
        write("stages.csv", "code,name_zh,name_en,aliases,within\nprimary,小学,Primary,,\njunior,初中,Junior,,\n");
        let dimensions = [("stage", "list = \"stages.csv\""), ("project", "")];
        let dimensions = dimensions
            .map(|(id, more)| format!("[[dimensions]]\nid = \"{id}\"\nname = {{ zh = \"{id}\", en = \"{id}\" }}\n{more}\n"));
        let head = "title = { zh = \"试\", en = \"Try\" }\nsource = { zh = \"测试\", en = \"a test\" }\nareas = \"areas.csv\"\n";
        let publish = if self.publish.is_empty() { String::new() } else { format!("\"{}\"", self.publish) };
        write("pipeline.toml", &format!("{head}publish = [{publish}]\n{}{}", self.more, dimensions.concat()));
        write("measures.toml", &self.measures);
        write("indicators.toml", &self.indicators);
        if !self.targets.is_empty() {
            write("targets.toml", &self.targets);
        }
        self.lists.iter().for_each(|(name, text)| write(name, text));
        self.layouts.iter().for_each(|(id, text)| write(&format!("layouts/{id}.toml"), text));
        for (id, text) in &self.sent {
            shop.put(&format!("{id}.csv"), text);
        }
        shop.run_pipeline("two".as_ref(), "in".as_ref(), &["--as-of", as_of, "--lang", "en"])
    }
}

pub fn said(ran: &Ran, table: &str, of: &[(&str, &str)], columns: &[&str]) -> String {
    let is_it = |row: &&Row| of.iter().all(|(column, text)| &row[column] == *text);
    let rows = ran.published.table(table);
    let row = rows.iter().find(is_it).unwrap_or_else(|| panic!("{table} has no {of:?}\n{}", ran.shown()));
    row.cells(columns).join(" ")
}

pub fn value(ran: &Ran, indicator: &str, area: &str, period: &str) -> String {
    said(ran, "indicators", &[("indicator", indicator), ("area", area), ("period", period)], &["value", "status"])
}

pub fn verdict(ran: &Ran, target: &str, area: &str) -> String {
    said(ran, "targets", &[("target", target), ("area", area)], &["verdict"])
}

/// The months of a year in both districts, so many of them, each with this number.
pub fn months(year: i16, last: i8, area: &str, each: i32) -> String {
    (1..=last).map(|month| format!("{area},{year}年{month}月,{each}\n")).collect()
}
