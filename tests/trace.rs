//! Every published number leads back to its cells, and the cells say what they are said to say.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fs,
    io::Cursor,
    path::Path,
    sync::OnceLock,
};

use calamine::{Data, Reader};

use crate::{
    published::{Published, Row},
    truth::truth,
    workshop::{HOME, Ran, Workshop, sample},
};

/// The breakdown columns of `indicators.csv`.
const DIMENSIONS: [&str; 4] = ["stage", "grade", "sex", "build_type"];

/// The tables of the sample run, with the observations behind each line of `indicators` and `targets`.
struct Traced {
    indicators: Vec<Row>,
    targets: Vec<Row>,
    observations: Vec<Row>,
    /// By table and line: places in `observations`.
    from: HashMap<(String, usize), Vec<usize>>,
}

fn traced() -> &'static Traced {
    static TRACED: OnceLock<Traced> = OnceLock::new();
    TRACED.get_or_init(|| {
        let published = &sample().published;
        let observations = published.table("observations");
        for (place, row) in observations.iter().enumerate() {
            assert_eq!(row["observation"], *(place + 1).to_string(), "observations are numbered from 1");
        }
        let from = published.table("lineage").into_iter().map(|row| {
            let line = row["line"].parse().expect("a line");
            ((row["table"].to_string(), line), numbers(&row["observations"]))
        });
        let from = from.collect();
        Traced { indicators: published.table("indicators"), targets: published.table("targets"), observations, from }
    })
}

/// `3-5 130` counts from 1.
fn numbers(runs: &str) -> Vec<usize> {
    let number = |text: &str| text.parse::<usize>().expect("a number of an observation") - 1;
    let run = |run: &str| {
        let (first, last) = run.split_once('-').unwrap_or((run, run));
        number(first)..=number(last)
    };
    runs.split(' ').filter(|text| !text.is_empty()).flat_map(run).collect()
}

impl Traced {
    fn behind(&self, table: &str, place: usize) -> Vec<&Row> {
        let places =
            self.from.get(&(table.to_string(), place + 2)).unwrap_or_else(|| panic!("{table}.csv:{} has no lineage", place + 2));
        places.iter().map(|&place| &self.observations[place]).collect()
    }
}

/// Is a cell of the period of a value? A year may be said by its months, quarters, terms or the school year that begins in it.
fn is_within(cell: &str, value: &str) -> bool {
    cell == value || value.len() == 4 && cell.strip_prefix(value).is_some_and(|rest| rest.starts_with(['-', '/']))
}

fn year_before(year: &str) -> String {
    year.parse::<i32>().map(|year| (year - 1).to_string()).unwrap_or_default()
}

#[test]
fn every_value_has_cells_behind_it() {
    let traced = traced();
    for (table, rows) in [("indicators", &traced.indicators), ("targets", &traced.targets)] {
        for (place, row) in rows.iter().enumerate().filter(|(_, row)| !row["value"].is_empty()) {
            let behind = traced.behind(table, place);
            assert!(!behind.is_empty(), "{table}.csv:{} has a value from nowhere: {row:?}", place + 2);
            for cell in behind {
                assert!(!cell["file"].is_empty() && !cell["sheet"].is_empty() && !cell["cell"].is_empty(), "{cell:?}");
                let is_before = table == "targets" && is_within(&cell["period"], &year_before(&row["period"]));
                assert!(is_before || is_within(&cell["period"], &row["period"]), "{table}.csv:{}: {cell:?}", place + 2);
                let is_of_it = row["area"] == *"440100" || row["area"] == cell["area"];
                assert!(is_of_it, "{table}.csv:{} is made of another area's {cell:?}", place + 2);
            }
        }
    }
}

/// A term of a formula, as the pipeline's TOML writes it.
struct Term {
    measure: String,
    only: BTreeMap<String, Vec<String>>,
    sign: f64,
}

fn terms(written: Option<&toml::Value>) -> Vec<Term> {
    let text = |value: &toml::Value| value.as_str().expect("a name").to_string();
    let list = |value: &toml::Value| value.as_array().expect("a list").iter().map(text).collect();
    let term = |value: &toml::Value| match value.as_table() {
        None => Term { measure: text(value), only: BTreeMap::new(), sign: 1.0 },
        Some(long) => Term {
            measure: text(&long["measure"]),
            only: long
                .get("only")
                .and_then(toml::Value::as_table)
                .into_iter()
                .flatten()
                .map(|(id, members)| (id.clone(), list(members)))
                .collect(),
            sign: if long.get("minus").and_then(toml::Value::as_bool) == Some(true) { -1.0 } else { 1.0 },
        },
    };
    written.and_then(toml::Value::as_array).into_iter().flatten().map(term).collect()
}

/// Σ over the traced cells that a term speaks of; none where none of them holds a number.
fn sum(terms: &[Term], cells: &[&Row]) -> Option<f64> {
    let speaks_of = |term: &Term, cell: &Row| {
        cell["measure"] == *term.measure
            && term.only.iter().all(|(id, members)| members.iter().any(|member| cell[id.as_str()] == *member))
    };
    let parts: Vec<f64> = terms
        .iter()
        .flat_map(|term| {
            cells.iter().filter(|cell| speaks_of(term, cell)).filter_map(|cell| Some(term.sign * cell.number("value")?))
        })
        .collect();
    (!parts.is_empty()).then(|| parts.iter().sum())
}

fn alike(a: Option<f64>, b: Option<f64>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => (a - b).abs() <= 1e-9 * a.abs().max(1.0),
        (a, b) => a == b,
    }
}

/// The indicators of the pipeline as they are written, from all its files.
fn indicators() -> toml::Table {
    let folder = Path::new(HOME).join("pipelines/guangzhou-2023/indicators");
    let files = fs::read_dir(folder).expect("the pipeline").map(|entry| entry.expect("a file").path());
    let tables = files.map(|path| fs::read_to_string(path).expect("text").parse::<toml::Table>().expect("TOML"));
    tables
        .flat_map(|mut file| match file.remove("indicators") {
            Some(toml::Value::Table(indicators)) => indicators,
            other => panic!("{other:?}"),
        })
        .collect()
}

#[test]
fn the_traced_cells_add_up_to_numerator_and_denominator() {
    let indicators = indicators();
    let traced = traced();
    let (mut totals, mut ratios, mut made_of_others) = (0, 0, 0);
    for (place, row) in traced.indicators.iter().enumerate().filter(|(_, row)| !row["value"].is_empty()) {
        let formula = &indicators[&row["indicator"]]["is"];
        let is_of_row = |cell: &&Row| DIMENSIONS.iter().all(|id| row[*id] == *"_T" || cell[*id] == row[*id]);
        let (cells, others): (Vec<&Row>, Vec<&Row>) = traced.behind("indicators", place).into_iter().partition(is_of_row);
        // Only a list that holds nothing of the kind is named as a whole.
        assert!(others.is_empty() || cells.is_empty() && row["value"] == *"0", "indicators.csv:{} {row:?}", place + 2);
        let said = |column: &str| row.number(column);
        let wrong = || format!("indicators.csv:{} {row:?}", place + 2);
        // A list that has come and holds nothing of the kind says zero.
        let or_none = |sum: Option<f64>| sum.or((row["value"] == *"0").then_some(0.0));
        if let Some(total) = formula.get("total") {
            totals += 1;
            assert!(alike(or_none(sum(&terms(total.get("of")), &cells)), said("value")), "{}", wrong());
            assert!(alike(said("numerator"), said("value")) && said("denominator").is_none(), "{}", wrong());
        } else if let Some(ratio) = formula.get("ratio") {
            ratios += 1;
            let per = ratio["per"].as_integer().expect("per") as f64;
            let (of, to) = (sum(&terms(ratio.get("of")), &cells), sum(&terms(ratio.get("to")), &cells));
            assert!(alike(or_none(of), said("numerator")), "{}: {of:?}", wrong());
            assert!(alike(to, said("denominator")), "{}: {to:?}", wrong());
            assert!(alike(of.zip(to).map(|(of, to)| of / to * per), said("value")), "{}", wrong());
        } else {
            made_of_others += 1;
            assert!(!cells.is_empty() && said("numerator").is_none() && said("denominator").is_none(), "{}", wrong());
        }
    }
    assert!(totals > 500 && ratios > 2000 && made_of_others > 50, "{totals} totals, {ratios} ratios, {made_of_others} others");
}

#[test]
fn a_verdict_stands_on_the_cells_of_its_indicator_and_on_those_that_it_is_counted_from() {
    let traced = traced();
    let (mut judged, mut shared, mut compared) = (0, 0, 0);
    for (place, row) in traced.targets.iter().enumerate().filter(|(_, row)| !row["value"].is_empty()) {
        judged += 1;
        let is_its = |value: &&Row| {
            ["indicator", "area", "period", "value"].iter().all(|column| value[*column] == row[*column])
                && DIMENSIONS.iter().all(|dimension| value[*dimension] == *"_T")
        };
        let value = traced.indicators.iter().position(|value| is_its(&value)).unwrap_or_else(|| panic!("no value for {row:?}"));
        // A district with a share in the task sheet is judged by it: its cell stands behind the verdict too.
        let (shares, cells): (Vec<&Row>, Vec<&Row>) =
            traced.behind("targets", place).into_iter().partition(|cell| cell["measure"] == *"district_share");
        let before = traced.indicators.iter().position(|value| {
            ["indicator", "area"].iter().all(|column| value[*column] == row[*column])
                && value["period"] == *year_before(&row["period"])
                && DIMENSIONS.iter().all(|dimension| value[*dimension] == *"_T")
        });
        let own = traced.behind("indicators", value);
        let (cells, earlier): (Vec<&Row>, Vec<&Row>) = cells.into_iter().partition(|cell| own.contains(cell));
        assert_eq!(cells, own, "{row:?}");
        if !earlier.is_empty() {
            compared += 1;
            assert_eq!(Some(earlier), before.map(|before| traced.behind("indicators", before)), "{row:?}");
        }
        for share in shares {
            shared += 1;
            assert_eq!(share.cells(&["target", "area", "value"]), row.cells(&["target", "area", "target_value"]), "{row:?}");
        }
    }
    assert!(shared > 20, "only {shared} verdicts stand on a share");
    assert!(compared > 20, "only {compared} verdicts stand on the period before");
    assert!(judged > 120, "only {judged} verdicts have a value");
}

#[test]
fn every_cell_says_in_its_workbook_what_the_observation_says() {
    let mut by_file: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
    for row in &traced().observations {
        by_file.entry(&row["file"]).or_default().push(row);
    }
    assert_eq!(by_file.len(), 97);
    for (file, rows) in by_file {
        let path = Path::new(HOME).join("input/guangzhou-2023").join(file);
        let bytes = fs::read(&path).unwrap_or_else(|fault| panic!("{}: {fault}", path.display()));
        let mut book = calamine::open_workbook_auto_from_rs(Cursor::new(bytes)).expect("a workbook");
        let mut sheets = HashMap::new();
        for row in rows {
            let sheet = sheets.entry(&row["sheet"]).or_insert_with(|| book.worksheet_range(&row["sheet"]).expect("the sheet"));
            let said = match sheet.get_value(place(&row["cell"])) {
                None | Some(Data::Empty) => String::new(),
                Some(Data::String(text)) => text.clone(),
                Some(Data::Float(number)) => number.to_string(),
                Some(Data::Int(number)) => number.to_string(),
                Some(Data::DateTime(day)) => {
                    let days = jiff::Span::new().days(day.as_f64() as i64);
                    jiff::civil::date(1899, 12, 30).checked_add(days).expect("a day").to_string()
                }
                other => panic!("{row:?} is read from {other:?}"),
            };
            // An apostrophe keeps a spreadsheet from running what begins like a formula.
            let raw = if said.starts_with(['-', '+', '=', '@']) {
                row["raw"].strip_prefix('\'').expect("kept from running")
            } else {
                &row["raw"]
            };
            assert_eq!(raw, said, "{file} › {} › {}", &row["sheet"], &row["cell"]);
        }
    }
}

/// `AB12` as row and column from zero.
fn place(name: &str) -> (u32, u32) {
    let (letters, digits) = name.split_at(name.find(|c: char| c.is_ascii_digit()).expect("a row"));
    let column = letters.bytes().fold(0, |column, letter| column * 26 + u32::from(letter - b'A') + 1);
    (digits.parse::<u32>().expect("a row") - 1, column - 1)
}

/// Lays the sample's results out on disk again and asks for a trace.
fn ask(published: &Published, words: &[&str]) -> Ran {
    let shop = Workshop::new();
    let latest = shop.path("out/guangzhou-2023/latest");
    fs::create_dir_all(&latest).expect("a folder");
    for (path, bytes) in published.files.iter().filter(|(path, _)| path.ends_with(".csv")) {
        fs::write(latest.join(path), bytes).expect("a table");
    }
    let mut command = shop.command();
    command.arg("trace").args(words).args(["--output", "out"]);
    shop.wait(command, "guangzhou-2023")
}

/// All places said by `yardstick trace`, with the text of each cell.
fn said(ran: &Ran) -> BTreeSet<String> {
    let lines = ran.said.lines().filter(|line| line.contains(" › "));
    lines.map(|line| line.split("  → ").next().expect("a part").trim().to_string()).collect()
}

fn expected(cells: &[&Row]) -> BTreeSet<String> {
    cells.iter().map(|cell| format!("{} = “{}”", cell.cells(&["file", "sheet", "cell"]).join(" › "), &cell["raw"])).collect()
}

#[test]
fn trace_lists_the_cells_behind_a_line_of_a_table() {
    let traced = traced();
    let published = &sample().published;
    let last = traced.indicators.len() - 1;
    for place in [0, 57, last] {
        let line = format!("indicators.csv:{}", place + 2);
        let ran = ask(published, &[&line]);
        assert_eq!(ran.code, 0, "{}", ran.complained);
        assert_eq!(said(&ran), expected(&traced.behind("indicators", place)), "{line}");
        assert!(ran.said.contains(&traced.indicators[place]["value"]), "{}", ran.said);
    }
    let myopia = traced
        .targets
        .iter()
        .position(|row| row["target"] == *"myopia_rate_decrease" && row["area"] == *"440100")
        .expect("a target");
    let ran = ask(published, &[&format!("output/guangzhou-2023/latest/targets.csv:{}", myopia + 2), "--lang", "en"]);
    assert_eq!(said(&ran), expected(&traced.behind("targets", myopia)));
    // It is to fall: last year's cells decide as well.
    let is_screening =
        |row: &&Row| ["2022", "2023"].contains(&&row["period"]) && ["myopic", "validly_screened"].contains(&&row["measure"]);
    assert_eq!(said(&ran).len(), truth().iter().filter(is_screening).count());
}

#[test]
fn trace_finds_a_value_by_indicator_area_and_period() {
    let traced = traced();
    let published = &sample().published;
    for (area, by, stage) in [("荔湾区", None, "_T"), ("440103", Some("stage=primary"), "primary")] {
        let is_it = |row: &Row| {
            row.cells(&["indicator", "area", "period", "stage", "grade", "sex"])
                == ["myopia_rate", "440103", "2023", stage, "_T", "_T"]
        };
        let place = traced.indicators.iter().position(is_it).expect("a value");
        let mut words = vec!["--indicator", "myopia_rate", "--area", area, "--period", "2023"];
        words.extend(by.into_iter().flat_map(|by| ["--by", by]));
        let ran = ask(published, &words);
        assert_eq!(ran.code, 0, "{}", ran.complained);
        assert!(ran.said.starts_with(&format!("indicators.csv:{}", place + 2)), "{}", ran.said);
        assert_eq!(said(&ran), expected(&traced.behind("indicators", place)));
    }
}

#[test]
fn trace_says_what_it_cannot_find() {
    let published = &sample().published;
    for words in [
        &["indicators.csv:1"][..],
        &["indicators.csv:99999"],
        &["indicators.csv"],
        &["nothing.csv:2"],
        &["--indicator", "myopia_rate", "--area", "荔湾区", "--period", "1999"],
    ] {
        let ran = ask(published, words);
        assert_eq!(ran.code, 2, "{words:?}: {}", ran.said);
        assert!(!ran.complained.trim().is_empty() && ran.said.is_empty(), "{words:?}");
    }
}

#[test]
fn a_word_that_is_no_option_is_answered_in_the_language_that_is_asked_for() {
    let published = &sample().published;
    let (chinese, english) = (ask(published, &["--perid", "2023"]), ask(published, &["--perid", "2023", "--lang", "en"]));
    assert_eq!([chinese.code, english.code], [2, 2]);
    let told = "错误：没有“--perid”这个选项\n   应为：--period\n   处理：yardstick trace --help 列出用法和全部选项。\n";
    assert_eq!(chinese.complained, told);
    assert!(english.complained.starts_with("error: "), "{}", english.complained);
}

#[test]
fn trace_takes_names_and_offers_those_that_are_like_what_nobody_knows() {
    let published = &sample().published;
    let pipeline = Path::new(HOME).join("pipelines/guangzhou-2023").display().to_string();
    let value = |indicator: &str, by: &str| {
        ask(published, &["--pipeline", &pipeline, "--indicator", indicator, "--area", "荔湾", "--period", "2023", "--by", by])
    };
    let (names, ids) = (value("中小学生近视率", "学段=小学"), value("myopia_rate", "stage=primary"));
    assert_eq!(names.code, 0, "{}", names.complained);
    assert_eq!(names.said, ids.said);
    // Printed as elsewhere, and as it is stored; measures and statuses by their names.
    for words in ["%（", "[A 正常]", "\n  筛查性近视人数  荔湾区 2023年\n"] {
        assert!(names.said.contains(words), "`{words}` is not in\n{}", names.said);
    }
    let unknown = value("近视", "学段=小学");
    assert_eq!(unknown.code, 2);
    assert!(unknown.complained.contains("中小学生近视率（myopia_rate）"), "{}", unknown.complained);
    // A period as an office writes it; dimensions and ways to write a period are told to whoever misses them.
    let at = |period: &str, by: &str| {
        let asked = ["--indicator", "myopia_rate", "--area", "荔湾", "--period", period, "--by", by];
        ask(published, &[&["--pipeline", pipeline.as_str()], &asked[..]].concat())
    };
    assert_eq!(at("2023年", "stage=primary").said, ids.said);
    let complained = at("2023", "zzz=primary").complained;
    assert!(complained.contains("学段（stage）") && complained.contains("性别（sex）"), "{complained}");
    assert!(at("去年", "stage=primary").complained.contains("2023年第一季度"));
    let nothing = ask(published, &[]);
    assert_eq!(nothing.code, 2);
    assert!(nothing.complained.contains("--indicator"), "{}", nothing.complained);
}
