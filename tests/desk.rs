//! The clerk's desk: a filled form is checked before it is sent, its copy carries what was found, and a new pipeline runs at once.

use std::path::Path;

use calamine::{Reader, Xlsx};
use yardstick::{
    model::{Form, Id, Language, Period, Typed},
    plan::Plan,
    publish::template::{self, Cover},
    run::template::forms,
};

use crate::workshop::{HOME, Ran, Workshop};

/// The form S02 of Liwan, filled without a fault: what is not named is 100.
fn supply(changes: &[(&str, usize, Typed)]) -> Vec<u8> {
    let mut findings = Vec::new();
    let plan = Plan::read(&Path::new(HOME).join("pipelines/guangzhou-2023"), &mut findings).expect("the pipeline");
    let layout = plan.layout("S02").expect("the form S02");
    let area = Id::from("440103");
    let mut drawn = forms(&plan, layout, Some(&area), Period::Year(2023), true, Language::Chinese);
    let fill = |form: &mut Form| {
        for asked in form.asked() {
            let usual = match asked.measure.as_ref() {
                "bought_place_pupils" => 50.0,
                // (100 + 50) ÷ (100 + 100)
                "reported_public_share" => 75.0,
                _ => 100.0,
            };
            let own = changes.iter().find(|(measure, row, _)| *measure == asked.measure.as_ref() && *row == asked.row);
            form.typed.insert((asked.row, asked.column), own.map_or(Typed::Number(usual), |(.., typed)| typed.clone()));
        }
    };
    drawn.iter_mut().for_each(fill);
    template::workbook(&drawn, &[], &Cover::default(), Language::Chinese).expect("a workbook")
}

fn check(shop: &Workshop, file: &str, more: &[&str]) -> Ran {
    let mut command = shop.command();
    command.args(["check", file, "--pipeline"]).arg(Path::new(HOME).join("pipelines/guangzhou-2023")).args(more);
    shop.wait(command, "none")
}

#[test]
fn a_form_filled_well_can_be_sent() {
    let shop = Workshop::new();
    shop.put("荔湾区2023年S02.xlsx", supply(&[]));
    let ran = check(&shop, "in/荔湾区2023年S02.xlsx", &[]);
    assert_eq!(ran.code, 0, "{}", ran.said);
    assert!(ran.said.contains("没有发现问题，可以报送。"), "{}", ran.said);
}

#[test]
fn a_bad_cell_is_drawn_with_its_neighbours_and_what_to_do() {
    let shop = Workshop::new();
    shop.put("荔湾区2023年S02.xlsx", supply(&[("bought_place_pupils", 1, Typed::Number(150.0))]));
    let ran = check(&shop, "in/荔湾区2023年S02.xlsx", &[]);
    assert_eq!(ran.code, 1, "{}", ran.said);
    for words in ["►150◄", "初中", "学段", "不多于 100", "购买学位就读的学生在民办学校", "核对并改正", "请改正 1 处"]
    {
        assert!(ran.said.contains(words), "`{words}` is not in\n{}", ran.said);
    }
    assert!(!ran.said.contains(".toml"), "a clerk is not shown the files of the pipeline:\n{}", ran.said);
    let english = check(&shop, "in/荔湾区2023年S02.xlsx", &["--lang", "en"]);
    assert!(english.said.contains("correct 1 before it is sent"), "{}", english.said);
}

#[test]
fn blank_cells_are_asked_for_and_do_not_stop_it() {
    let shop = Workshop::new();
    shop.put("荔湾区2023年S02.xlsx", supply(&[("public_places", 0, Typed::Words(" ".into()))]));
    let ran = check(&shop, "in/荔湾区2023年S02.xlsx", &[]);
    assert_eq!(ran.code, 0, "{}", ran.said);
    for words in ["►（空）◄", "补填这些单元格", "可以报送；另有 1 处请先核实"] {
        assert!(ran.said.contains(words), "`{words}` is not in\n{}", ran.said);
    }
}

#[test]
fn a_workbook_in_which_nothing_can_be_checked_is_refused() {
    let shop = Workshop::new();
    shop.put("别的.xlsx", crate::grid::workbook(&[("表", "姓名 | 年龄\n甲 | 7")]));
    shop.put("文本.xlsx", "不是工作簿");
    for (file, words) in
        [("in/别的.xlsx", "没有一张表符合任何版式"), ("in/文本.xlsx", "另存为 .xlsx"), ("in/没有.xlsx", "无法读取")]
    {
        let ran = check(&shop, file, &[]);
        assert_eq!(ran.code, 2, "{}", ran.said);
        assert!(ran.said.contains(words) && ran.said.contains("不能报送"), "{}", ran.said);
    }
}

#[test]
fn the_annotated_copy_says_the_same_and_carries_the_findings() {
    let shop = Workshop::new();
    let changes = [("bought_place_pupils", 1, Typed::Number(150.0)), ("public_enrolled", 0, Typed::Words("约一百".into()))];
    let sent = shop.put("荔湾区2023年S02.xlsx", supply(&changes));
    let ran = check(&shop, "in/荔湾区2023年S02.xlsx", &["--annotate"]);
    assert_eq!(ran.code, 1, "{}", ran.said);
    let copy = shop.path("in/荔湾区2023年S02.批注.xlsx");
    assert!(copy.is_file(), "{}", ran.said);
    let open = |path: &Path| Xlsx::new(std::io::Cursor::new(std::fs::read(path).expect("a file"))).expect("an .xlsx");
    let (mut before, mut after) = (open(&sent), open(&copy));
    assert_eq!(after.sheet_names()[0], "核对结果");
    for name in before.sheet_names() {
        let (old, new) = (before.worksheet_range(&name).expect("a sheet"), after.worksheet_range(&name).expect("its copy"));
        for (row, column, data) in old.used_cells().filter(|(.., data)| !data.to_string().trim().is_empty()) {
            let place = (old.start().expect("a start").0 + row as u32, old.start().expect("a start").1 + column as u32);
            assert_eq!(new.get_value(place).map(ToString::to_string), Some(data.to_string()), "{name} {place:?}");
        }
    }
    let comments = unpacked(&copy, "xl/comments1.xml");
    for words in ["不多于 100", "不是数字", "约一百"] {
        assert!(comments.contains(words), "`{words}` is in no comment:\n{comments}");
    }
    let again = check(&shop, "in/荔湾区2023年S02.批注.xlsx", &[]);
    assert!(again.said.contains("是本程序写出的批注"), "{}", again.said);
}

/// One file of a workbook, by LibreOffice's and everybody's `unzip`; by Python where that is not there.
fn unpacked(path: &Path, inside: &str) -> String {
    let script = "import sys,zipfile;sys.stdout.buffer.write(zipfile.ZipFile(sys.argv[1]).read(sys.argv[2]))";
    let unzip = std::process::Command::new("unzip").arg("-p").arg(path).arg(inside).output();
    let output = match unzip {
        Ok(output) if output.status.success() => output,
        _ => std::process::Command::new("python3").args(["-c", script]).arg(path).arg(inside).output().expect("unzip or python3"),
    };
    String::from_utf8(output.stdout).expect("XML is UTF-8")
}

#[test]
fn a_new_pipeline_runs_at_once_and_nothing_is_overwritten() {
    let shop = Workshop::new();
    let new = || {
        let mut command = shop.command();
        command.args(["new", "books"]);
        shop.wait(command, "none")
    };
    let ran = new();
    assert_eq!(ran.code, 0, "{}", ran.complained);
    let ran = shop.run_pipeline(Path::new("pipelines/books"), Path::new("input/books"), &["--as-of", "2024-01-31"]);
    assert_eq!(ran.code, 0, "{}", ran.shown());
    assert!(ran.said.contains("4 个，数值 16 个"), "{}", ran.said);
    assert!(ran.said.contains("核查：错误 0，警告 0，提示 0"), "{}", ran.shown());
    assert!(ran.said.contains("目标 1 项：达成 1"), "{}", ran.said);
    assert!(ran.published.text("index.html").contains("示例数据"));
    let again = new();
    assert_eq!(again.code, 2);
    assert!(again.complained.contains("已存在，未改动"), "{}", again.complained);
    let mut command = shop.command();
    command.args(["check", "input/books/东区2023.xlsx", "--pipeline", "books"]);
    let checked = shop.wait(command, "none");
    assert_eq!(checked.code, 0, "{}", checked.said);
    let mut command = shop.command();
    command.args(["new", "学校 图书"]);
    assert_eq!(shop.wait(command, "none").code, 2);
}
