//! The clerk's desk: a filled form is checked before it is sent, its copy carries what was found, and a new pipeline runs at once.

use std::{fs, path::Path};

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
fn the_desk_says_of_whom_and_for_when_each_table_was_read() {
    let shop = Workshop::new();
    shop.put("天河区2024年S02.xlsx", supply(&[]));
    let ran = check(&shop, "in/天河区2024年S02.xlsx", &[]);
    // Last year's form of another district is read as what it says it is, and its name says otherwise.
    assert!(ran.said.contains("《义务教育学位供给表》，荔湾区，2023年，数值 14 个"), "{}", ran.said);
    for words in [
        "“填报单位”写的是荔湾区，文件名写的是天河区；已按荔湾区读入",
        "文件名写的是2024年",
        "请改正 1 处后再报送；另有 1 处请核实",
    ] {
        assert!(ran.said.contains(words), "`{words}` is not in\n{}", ran.said);
    }
}

#[test]
fn the_desk_lists_sheets_as_they_lie_in_the_workbook() {
    let shop = Workshop::new();
    let month = |month: i32| format!("荔湾区2023年{month}月师生情况表\n学段 | 在校生 | 专任教师\n小学 | 100 | 10");
    let sheets: Vec<(String, String)> = [1, 2, 9, 10, 11].map(|at| (format!("{at}月"), month(at))).into();
    let sheets: Vec<(&str, &str)> = sheets.iter().map(|(name, grid)| (name.as_str(), grid.as_str())).collect();
    shop.put("荔湾区.xlsx", crate::grid::workbook(&sheets));
    let mut command = shop.command();
    command.args(["check", "in/荔湾区.xlsx", "--pipeline"]).arg(crate::workshop::small("stages"));
    let ran = shop.wait(command, "none");
    let lies: Vec<Option<usize>> = sheets.iter().map(|(name, _)| ran.said.find(&format!("  {name}："))).collect();
    assert!(lies.is_sorted() && lies[0].is_some(), "{}", ran.said);
}

#[test]
fn a_row_of_another_district_in_the_form_of_one_is_named_and_the_forms_of_all_are_left_alone() {
    let shop = Workshop::new();
    let form = |rows: &str| {
        let head = "2023年校长教师交流表\n填报单位：荔湾区教育局\n区 | 学段 | 符合交流条件 | 实际交流 | 城镇、优质学校 | 骨干教师 | 校长";
        crate::grid::workbook(&[("表", &format!("{head}\n{rows}"))])
    };
    let row = |area: &str| format!("{area} | 小学 | 100 | 20 | 5 | 3 | 1\n");
    shop.put("一.xlsx", form(&(row("荔湾区") + &row("天河区"))));
    shop.put("二.xlsx", form(&(row("荔湾区") + &row("天河区") + &row("越秀区"))));
    let ran = check(&shop, "in/一.xlsx", &[]);
    assert!(ran.said.contains("表是荔湾区的，其中 1 行写的是天河区") && ran.said.contains("C5"), "{}", ran.said);
    let ran = check(&shop, "in/二.xlsx", &[]);
    assert!(!ran.said.contains("表是荔湾区的") && ran.said.contains("荔湾区、越秀区、天河区"), "{}", ran.said);
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

/// A form with a row for each month is filled as the year goes on.
#[test]
fn months_that_have_not_begun_are_neither_asked_for_nor_counted() {
    let shop = Workshop::new();
    let mut findings = Vec::new();
    let plan = Plan::read(&Path::new(HOME).join("pipelines/guangzhou-2023"), &mut findings).expect("the pipeline");
    let layout = plan.layout("S13").expect("the form S13");
    let area = Id::from("440103");
    // Nobody runs this before that year, nor in it for long.
    let mut drawn = forms(&plan, layout, Some(&area), Period::Year(2099), true, Language::Chinese);
    for form in &mut drawn {
        for asked in form.asked().into_iter().filter(|asked| asked.period <= Period::Month(2099, 3)) {
            let figure = if asked.measure.as_ref() == "education_budget" { 1200.0 } else { 300.0 };
            let figure = if asked.measure.as_ref() == "reported_execution_rate" { 25.0 } else { figure };
            form.typed.insert((asked.row, asked.column), Typed::Number(figure));
        }
    }
    let bytes = template::workbook(&drawn, &[], &Cover::default(), Language::Chinese).expect("a workbook");
    shop.put("荔湾区2099年S13.xlsx", bytes);
    let ran = check(&shop, "in/荔湾区2099年S13.xlsx", &[]);
    assert_eq!(ran.code, 0, "{}", ran.said);
    assert!(!ran.said.contains("未填") && ran.said.contains("核对数值 9 个"), "{}", ran.said);
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
    let instructions = unpacked(&shop.path("input/books/东区2023.xlsx"), "xl/sharedStrings.xml");
    assert!(instructions.contains("yardstick check 文件名 --pipeline books"), "a clerk can do as it says");
    let mut command = shop.command();
    command.args(["new", "学校 图书"]);
    assert_eq!(shop.wait(command, "none").code, 2);
}

#[test]
fn a_new_english_pipeline_speaks_english_and_runs_at_once() {
    let shop = Workshop::new();
    let mut command = shop.command();
    command.args(["new", "books", "--lang", "en"]);
    assert_eq!(shop.wait(command, "none").code, 0);
    let sheets = unpacked(&shop.path("input/books/East2023.xlsx"), "xl/workbook.xml");
    assert!(sheets.contains("name=\"K01 School libraries\""), "{sheets}");
    let words = unpacked(&shop.path("input/books/East2023.xlsx"), "xl/sharedStrings.xml");
    assert!(words.contains(">Office") && words.contains("Pupils"), "{words}");
    let chinese: Vec<char> = words.chars().filter(|letter| ('\u{4e00}'..'\u{9fff}').contains(letter)).collect();
    assert!(chinese.is_empty(), "{chinese:?} in {words}");
    let more = ["--as-of", "2024-01-31", "--lang", "en"];
    let ran = shop.run_pipeline(Path::new("pipelines/books"), Path::new("input/books"), &more);
    assert_eq!(ran.code, 0, "{}", ran.shown());
    assert!(ran.said.contains("4 workbooks read, 16 values"), "{}", ran.said);
    assert!(ran.said.contains("1 target: 1 met"), "{}", ran.said);
    assert!(ran.said.contains("findings: 0 errors, 0 warnings, 0 notes"), "{}", ran.shown());
}

/// The list S01 with these rows below its headings.
fn progress(office: &str, rows: &str) -> Vec<u8> {
    let grid = format!(
        "2023年公办学位建设进度表\n填报单位：{office} |  | 统计年份：2023年\n序号 | 学校（校区） | 项目编号 | 学段 | 建设类型 | 计划新增学位 | 实际新增学位 | 已投入使用 | 启用日期 | 同期撤并减少学位{rows}"
    );
    crate::grid::workbook(&[("S01公办学位建设进度表", &grid)])
}

#[test]
fn the_cell_that_is_wrong_is_named_and_no_other_label_of_its_row() {
    let shop = Workshop::new();
    shop.put("a.xlsx", progress("荔湾区教育局", "\n1 | 示例一小 | LW-1 | 小学 | 翻建 | 100 | 100 | 100 | 2023-09-01 | 0"));
    shop.put("b.xlsx", progress("荔湾区教育局", "\n1 | 示例一小 | LW-1 | 小学 |  | 100 | 100 | 100 | 2023-09-01 | 0"));
    let ran = check(&shop, "in/a.xlsx", &[]);
    for words in ["S01公办学位建设进度表 › E4", "“示例一小”一行的建设类型“翻建”无法识别", "读到：翻建", "►翻建◄"]
    {
        assert!(ran.said.contains(words), "`{words}` is not in\n{}", ran.said);
    }
    let ran = check(&shop, "in/b.xlsx", &[]);
    assert!(ran.said.contains("› E4") && ran.said.contains("“示例一小”一行的建设类型未填"), "{}", ran.said);
}

#[test]
fn a_form_is_known_by_its_name_where_a_heading_was_changed() {
    let shop = Workshop::new();
    let grid = "2023年荔湾区义务教育学位供给表\n填报单位：荔湾区教育局\n学段 | 学位（个） | < | 在校生（人） | < | 公办占比（%）\n^ | 公立 | 民办 | 公立 | 民办 | ^\n小学 | 100 | 100 | 100 | 100 | 50";
    shop.put("改表头.xlsx", crate::grid::workbook(&[("S02", grid)]));
    let ran = check(&shop, "in/改表头.xlsx", &[]);
    for words in ["最接近的是《义务教育学位供给表》（工作表“S02”）", "学位 › 公办", "B4 “公立”"]
    {
        assert!(ran.said.contains(words), "`{words}` is not in\n{}", ran.said);
    }
    let mut command = shop.command();
    command.args(["preview", "in/改表头.xlsx", "--pipeline"]).arg(Path::new(HOME).join("pipelines/guangzhou-2023"));
    let ran = shop.wait(command, "none");
    assert!(ran.said.contains("S02 义务教育学位供给表"), "{}", ran.said);
}

#[test]
fn the_sheet_that_is_the_form_is_named_and_not_the_one_that_explains_it() {
    let shop = Workshop::new();
    let guide = "填表说明\nS02 义务教育学位供给表\n【公办学位】单位：个\n【民办学位】单位：个";
    // Neither sheet name nor title tell which form it is; in the other every heading was changed.
    let some = "学段 | 学位（个） | < | 在校生（人） | < | 公办占比（%）\n^ | 公立 | 民办 | 公立 | 民办 | ^\n小学 | 100 | 100 | 100 | 100 | 50";
    let none = "2023年荔湾区义务教育学位供给表\n阶段 | 甲 | 乙\n小学 | 100 | 100";
    for (file, sheet, grid) in [("甲.xlsx", "Sheet1", some), ("乙.xlsx", "S02", none)] {
        shop.put(file, crate::grid::workbook(&[("填表说明", guide), (sheet, grid)]));
        let ran = check(&shop, &format!("in/{file}"), &[]);
        let words = format!("最接近的是《义务教育学位供给表》（工作表“{sheet}”）");
        assert!(ran.said.contains(&words), "`{words}` is not in\n{}", ran.said);
    }
}

#[test]
fn why_nothing_was_checked_comes_first_and_is_followed_by_what_helps() {
    let shop = Workshop::new();
    shop.put("空.xlsx", b"");
    shop.put("扫描.pdf", b"%PDF-1.4");
    for (file, cause, help) in [
        ("in/没有.xlsx", "文件不存在", "检查文件名和路径"),
        ("in/空.xlsx", "0 字节", "重新复制"),
        ("in/扫描.pdf", "PDF", "请使用原来的电子表格"),
    ] {
        let ran = check(&shop, file, &[]);
        let place = |words: &str| ran.said.find(words).unwrap_or_else(|| panic!("`{words}` is not in\n{}", ran.said));
        assert!(place(cause) < place(help) && place(help) < place("等于没有检查"), "{}", ran.said);
        assert!(!ran.said.contains("请使用下发的表样") && !ran.said.contains("用 Excel 或 WPS 打开"), "{}", ran.said);
    }
}

#[test]
fn a_folder_is_checked_workbook_by_workbook() {
    let shop = Workshop::new();
    shop.put("荔湾区2023年S02.xlsx", supply(&[("bought_place_pupils", 1, Typed::Number(150.0))]));
    shop.put("说明.docx", b"PK");
    let ran = check(&shop, "in", &[]);
    assert_eq!(ran.code, 1, "{}", ran.said);
    assert!(ran.said.contains("荔湾区2023年S02.xlsx") && ran.said.contains("►150◄"), "{}", ran.said);
}

#[test]
fn a_list_that_has_come_without_a_row_says_none_and_is_not_asked_for() {
    let shop = Workshop::new();
    shop.put(
        "荔湾区2023年S01.xlsx",
        progress("荔湾区教育局", "\n1 | 示例一小 | LW-1 | 小学 | 新建 | 100 | 100 | 100 | 2023-09-01 | 0"),
    );
    shop.put("越秀区2023年S01.xlsx", progress("越秀区教育局", "\n | | | | | | | | | "));
    shop.put("received.csv", "file,received\n荔湾区2023年S01.xlsx,2023/9/2\n越秀区2023年S01.xlsx,2023/9/2\n");
    let pipeline = Path::new(HOME).join("pipelines/guangzhou-2023");
    let ran = shop.run_pipeline(&pipeline, Path::new("in"), &["--as-of", "2024-12-31"]);
    let state = |table: &str, area: &str| {
        let rows = ran.published.table(table);
        let row = rows.iter().find(|row| row["form"] == *"S01" && row["area"] == *area && row["period"] == *"2023");
        row.map(|row| row["state"].to_string()).unwrap_or_default()
    };
    assert_eq!((state("completeness", "440104"), state("arrivals", "440104")), ("complete".into(), "on_time".into()));
    assert_eq!((state("completeness", "440105"), state("arrivals", "440105")), ("missing".into(), "overdue".into()));
    let values = ran.published.table("indicators");
    let of = |area: &str| {
        let row =
            values.iter().find(|row| row["indicator"] == *"new_public_places" && row["area"] == *area && row["stage"] == *"_T");
        row.map(|row| row.cells(&["value", "status"]).join(" "))
    };
    assert_eq!(of("440104").as_deref(), Some("0 A"), "{values:?}");
}

#[test]
fn a_list_with_headings_and_no_row_can_be_sent_if_it_says_whose_it_is() {
    let shop = Workshop::new();
    let pipeline = shop.copy_pipeline("lists");
    let list = shop.path(&pipeline).join("records/pupils.toml");
    let text = fs::read_to_string(&list).expect("the list");
    let text = text.replace("holds = \"area\" }", "holds = \"area\", optional = true }");
    fs::write(&list, text.replace("[attach]", "[attach]\narea = [\"title\", \"file-name\"]")).expect("the copy");
    let heads = "序号 | 学校 | 年级 | 性别 | 右眼视力 | 左眼视力";
    shop.put("荔湾区2023年.xlsx", crate::grid::workbook(&[("名册", heads)]));
    shop.put("某处2023年.xlsx", crate::grid::workbook(&[("名册", heads)]));
    let unread = format!("{heads}\n1 | 甲小学 |  |  |  | \n填表人 | 说明见附件 |  |  |  | ");
    shop.put("越秀区2023年.xlsx", crate::grid::workbook(&[("名册", &unread.replace("甲小学 |", "甲小学 | 七年级 |"))]));
    let check = |file: &str| {
        let mut command = shop.command();
        command.args(["check", file, "--pipeline"]).arg(&pipeline);
        shop.wait(command, "none")
    };
    let none = check("in/荔湾区2023年.xlsx");
    assert!(none.said.contains("《筛查名册》，荔湾区，2023年，没有一行：即没有此项"), "{}", none.said);
    assert!(none.code == 0 && none.said.contains("可以报送"), "{}", none.said);
    for nobodys in ["in/某处2023年.xlsx", "in/越秀区2023年.xlsx"] {
        let ran = check(nobodys);
        assert!(ran.code == 2 && ran.said.contains("没有一行数据"), "{}", ran.said);
    }
}

#[test]
fn of_many_places_the_true_number_is_said() {
    let shop = Workshop::new();
    let grid = format!("区 | 年级 | 性别 | 右眼视力 | 左眼视力{}", "\n荔湾区 | 七年级 | 男 | 未测 | 5.0".repeat(40));
    shop.put("2023年.xlsx", crate::grid::workbook(&[("名册", &grid)]));
    let mut command = shop.command();
    command.args(["check", "in/2023年.xlsx", "--pipeline"]).arg(crate::workshop::small("lists"));
    let ran = shop.wait(command, "none");
    // Besides the first, twelve are named.
    assert!(ran.said.contains("有 40 个单元格不是数字") && ran.said.contains("另有 27 处"), "{}", ran.said);
}
