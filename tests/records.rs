//! Lists of schools and pupils: what they promise beyond the cases of single sheets.

use std::{fmt::Write, fs, path::Path};

use crate::{
    alike::lasting,
    grid::workbook,
    published::Row,
    workshop::{Ran, Workshop, small},
};

/// Pupils of two districts whose answers are known, as lines of a grid. Nobody is called Secret.
fn pupils(rows: usize) -> String {
    let mut grid = String::from("区 | 年级 | 性别 | 右眼视力 | 左眼视力 | 身高 | 戴镜 | 姓名\n");
    for row in 0..rows {
        let district = if row % 3 == 0 { "荔湾区" } else { "越秀区" };
        let (sex, right) = (if row % 2 == 0 { "男" } else { "女" }, if row % 5 == 0 { "4.7" } else { "5.1" });
        let _ = writeln!(grid, "{district} | 七年级 | {sex} | {right} | 5.0 | {} | 否 | Secret{row}", 140 + row % 7);
    }
    grid
}

fn values(ran: &Ran) -> Vec<String> {
    let line = |row: &Row| row.cells(&["measure", "area", "period", "stage", "sex", "value", "status", "rows"]).join(" ");
    ran.published.table("observations").iter().map(line).collect()
}

/// What is wrong with cells, and where they are.
fn faults(ran: &Ran) -> Vec<String> {
    let findings = ran.published.table("findings");
    findings.iter().filter(|row| !row["cell"].is_empty()).map(|row| row.cells(&["code", "cell"]).join(" ")).collect()
}

fn put(shop: &Workshop, name: &str, grid: &str) {
    shop.put(name, workbook(&[("名册", grid)]));
}

#[test]
fn one_list_is_one_result_as_workbook_as_text_in_two_encodings_and_as_parquet() {
    let grid = format!("{}荔湾区 | 七年级 | 男 | 未测 | 5.0 | 140 | 否 | Secret\n", pupils(400));
    let comma = grid.replace(" | ", ",");
    let xlsx = Workshop::new();
    put(&xlsx, "2023年.xlsx", &grid);
    let ran = xlsx.run("lists", &[]);
    let expected = values(&ran);
    assert_eq!(faults(&ran), ["number-unreadable D402"]);
    assert_eq!(expected.len(), 2 + 4 + 4 + 2 + 2, "{expected:?}");
    assert!(expected.contains(&"myopic 440103 2023 _T 1 14 A 14".to_string()), "{expected:?}");

    for bytes in [comma.as_bytes().to_vec(), encoding_rs::GB18030.encode(&comma).0.into_owned(), utf_16(&comma)] {
        let text = Workshop::new();
        text.put("2023年.csv", bytes);
        let ran = text.run("lists", &[]);
        assert_eq!((values(&ran), faults(&ran)), (expected.clone(), vec!["number-unreadable D402".to_string()]));
    }
    let parquet = Workshop::new();
    parquet.put("2023年.parquet", columns(&grid));
    let ran = parquet.run("lists", &[]);
    assert_eq!((values(&ran), faults(&ran)), (expected, vec!["number-unreadable D402".to_string()]));
}

fn utf_16(text: &str) -> Vec<u8> {
    [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
}

/// The grid as Parquet, with numbers where all cells of a column are numbers.
fn columns(grid: &str) -> Vec<u8> {
    use polars::prelude::{Column, DataFrame, NamedFrom, Series};
    let rows: Vec<Vec<&str>> = grid.lines().map(|line| line.split(" | ").collect()).collect();
    let column = |at: usize| -> Column {
        let cells: Vec<&str> = rows[1..].iter().map(|row| row[at]).collect();
        match cells.iter().map(|cell| cell.parse::<f64>()).collect::<Result<Vec<f64>, _>>() {
            Ok(numbers) => Series::new(rows[0][at].into(), numbers).into(),
            Err(_) => Series::new(rows[0][at].into(), cells).into(),
        }
    };
    let mut frame = DataFrame::new(rows.len() - 1, (0..rows[0].len()).map(column).collect()).expect("a frame");
    let mut bytes = Vec::new();
    polars_io::parquet::write::ParquetWriter::new(&mut bytes).finish(&mut frame).expect("Parquet");
    bytes
}

#[test]
fn no_row_of_a_list_reaches_output_or_what_is_said() {
    let shop = Workshop::new();
    // A name stands where a number should, and one where a district should.
    let grid = format!("{}SecretDistrict | 七年级 | 男 | SecretNumber | 5.0 | 150 | 否 | Secret\n", pupils(50));
    put(&shop, "2023年.xlsx", &grid);
    let ran = shop.run("lists", &["--format", "json"]);
    assert_eq!(ran.code, 1);
    assert!(!ran.said.contains("Secret") && !ran.complained.contains("Secret"), "{}{}", ran.said, ran.complained);
    for (path, bytes) in &ran.published.files {
        assert!(!bytes.windows(6).any(|part| part == b"Secret"), "{path} names somebody");
    }
    let said: Vec<String> =
        ran.published.table("findings").iter().map(|row| row.cells(&["code", "cell", "read"]).join(" ")).collect();
    assert!(said.contains(&"area-unknown A52 ".to_string()), "{said:?}");
    assert!(said.contains(&"number-unreadable D52 ".to_string()), "{said:?}");
}

#[test]
fn rows_behind_a_figure_are_told_by_their_numbers_and_only_while_the_workbook_is_the_same() {
    let shop = Workshop::new();
    put(&shop, "2023年.xlsx", &pupils(40));
    let ran = shop.run("lists", &[]);
    let place = ran
        .published
        .table("indicators")
        .iter()
        .position(|row| row.cells(&["indicator", "area", "sex"]).join(" ") == "myopia_rate 440103 1");
    let asked = format!("indicators.csv:{}", place.expect("the rate of boys") + 2);
    let trace = |more: &[&str]| {
        let mut command = shop.command();
        command
            .args(["trace", &asked, "--pipeline"])
            .arg(small("lists"))
            .args(["--output", "out", "--input", "in", "--lang", "en"]);
        let output = command.args(more).output().expect("yardstick starts");
        (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr))
    };
    let (code, said) = trace(&["--rows", "3"]);
    assert_eq!(code, Some(0), "{said}");
    // Of 40 pupils every third is of the district, of these every second a boy, and every fifth of all is myopic: rows 0 and 30.
    assert!(said.contains("2 rows  → 2"), "{said}");
    assert!(said.contains("row numbers 2, 32\n"), "{said}");
    assert!(said.contains("row numbers 2, 8, 14\n"), "{said}");
    assert!(!said.contains("Secret"), "{said}");

    put(&shop, "2023年.xlsx", &pupils(41));
    let (code, said) = trace(&["--rows", "3"]);
    assert_eq!(code, Some(1));
    assert!(said.contains("is not what the last run has read") && !said.contains("row numbers"), "{said}");
}

#[test]
fn what_was_read_of_a_list_serves_other_expressions_the_next_night() {
    let shop = Workshop::new();
    put(&shop, "2023年.xlsx", &pupils(300));
    let pipeline = shop.copy_pipeline("lists");
    shop.age(&pipeline);
    let night = |more: &[&str]| shop.run_pipeline(&pipeline, Path::new("in"), more);
    let first = night(&[]);
    let kept = |ending: &str| {
        let files = walkdir::WalkDir::new(shop.path("cache")).into_iter().flatten();
        let files = files.filter(|file| file.path().extension().is_some_and(|end| end == ending));
        files.map(walkdir::DirEntry::into_path).collect::<Vec<_>>()
    };
    assert_eq!((kept("parquet").len(), kept("lists").len(), kept("given").len()), (1, 1, 1));

    let list = shop.path(&pipeline).join("records/pupils.toml");
    let text = fs::read_to_string(&list).unwrap();
    fs::write(&list, text.replace("least(right, left) < 5.0", "least(right, left) < 5.1")).unwrap();
    shop.age(&pipeline);
    // What is kept is read: with its Parquet changed for that of another list, the result would be another.
    let again = night(&[]);
    let cold = night(&["--cold"]);
    assert_ne!(values(&first), values(&again));
    assert_eq!(values(&again), values(&cold));
    let of = |ran: &Ran| ran.published.table("findings");
    assert_eq!(of(&again), of(&cold), "faults of cells are kept with the columns");

    // Damage is noticed, and costs nothing but time.
    fs::write(&kept("parquet")[0], b"PAR1 and nothing else").unwrap();
    fs::write(&list, text).unwrap();
    shop.age(&pipeline);
    assert_eq!(values(&night(&[])), values(&first));
}

#[test]
fn parts_are_added_up_only_where_the_layout_says_that_they_are_parts() {
    let shop = Workshop::new();
    let teachers = "区 | 年度 | 岗位\n荔湾区 | 2023 | 专任\n荔湾区 | 2023 | 专任\n";
    put(&shop, "教师甲.xlsx", teachers);
    put(&shop, "教师乙.xlsx", teachers);
    put(&shop, "2023年一.xlsx", &pupils(6));
    put(&shop, "2023年二.xlsx", &pupils(9));
    let ran = shop.run("lists", &[]);
    let found = values(&ran);
    assert!(found.contains(&"teachers 440103 2023 _T _T 4 A 2; 2".to_string()), "{found:?}");
    // The same pupils sent twice would be counted twice: it is a duplicate, as of forms.
    let codes: Vec<String> =
        ran.published.table("findings").iter().map(|row| row.cells(&["severity", "code"]).join(" ")).collect();
    assert!(codes.contains(&"error duplicate".to_string()), "{codes:?}");
}

#[test]
fn every_fault_of_a_records_layout_is_said_with_its_line() {
    let shop = Workshop::new();
    put(&shop, "2023年.xlsx", &pupils(3));
    let pipeline = shop.copy_pipeline("lists");
    let list = shop.path(&pipeline).join("records/pupils.toml");
    let text = fs::read_to_string(&list).unwrap();
    let text = text
        .replace("sum = \"height\"", "sum = \"sum(height)\"")
        .replace("least(right, left) < 5.0", "least(rihgt, left) < 5.0")
        .replace("count-where = \"right is not null and left is not null\"", "count-where = \"right +\"")
        .replace("tested > date '2023-09-30' and glasses <> '否'", "right + left");
    fs::write(&list, text).unwrap();
    let ran = shop.run_pipeline(&pipeline, Path::new("in"), &["--lang", "en"]);
    assert_eq!(ran.code, 2);
    for (line, words) in [
        (22, "no SQL expression"),
        (26, "there is no column `rihgt`"),
        (30, "is to look at one row alone"),
        (34, "is no condition"),
    ] {
        let place = format!("records/pupils.toml:{line}: ");
        assert!(
            ran.complained.lines().any(|said| said.contains(&place) && said.contains(words)),
            "{place}{words}\n{}",
            ran.complained
        );
    }
    assert!(ran.complained.contains("did you mean `right`"), "{}", ran.complained);
}

#[test]
fn a_file_that_is_no_list_says_which_headings_it_lacks() {
    let shop = Workshop::new();
    put(&shop, "2023年.xlsx", "区 | 年级 | 性别 | 右眼 | 左眼视力\n荔湾区 | 七年级 | 男 | 4.7 | 5.0\n");
    put(&shop, "2022年.xlsx", &pupils(3));
    let ran = shop.run("lists", &["--lang", "en"]);
    assert!(ran.complained.contains("which lacks: 右眼视力"), "{}", ran.complained);
}

#[test]
fn lists_are_counted_to_the_same_bytes_on_any_number_of_threads() {
    let run = |threads: &str| {
        let shop = Workshop::new();
        for year in 2019..2024 {
            put(&shop, &format!("{year}年.xlsx"), &pupils(200));
        }
        let mut command = crate::workshop::order(shop.command(), &small("lists"), Path::new("in"), &["--as-of", "2024-01-31"]);
        command.env("RAYON_NUM_THREADS", threads);
        shop.wait(command, "lists").published
    };
    let (one, eight) = (run("1"), run("8"));
    assert_eq!(one.table("observations").len(), 5 * 14);
    assert!(lasting(&one) == lasting(&eight));
}

#[test]
fn in_a_long_list_every_row_counts_after_the_columns_that_nobody_asks_for_are_left() {
    let shop = Workshop::new();
    let mut text = pupils(40_000).replace(" | ", ",");
    // The line at which they are left is shorter than others, and a total behind it is one by its label.
    text = text
        .lines()
        .enumerate()
        .map(|(at, line)| if at == 32_768 { "荔湾区,七年级\n".into() } else { format!("{line}\n") })
        .collect();
    text += "合计,,,4.7,4.7,1,,\n";
    shop.put("2023年.csv", text);
    let ran = shop.run("lists", &[]);
    let pupils: u32 = values(&ran)
        .iter()
        .filter(|line| line.starts_with("pupils "))
        .filter_map(|line| line.rsplit(' ').next()?.parse::<u32>().ok())
        .sum();
    assert_eq!(pupils, 40_000);
    let heights: u32 = values(&ran)
        .iter()
        .filter(|line| line.starts_with("height "))
        .filter_map(|line| line.rsplit(' ').next()?.parse::<u32>().ok())
        .sum();
    assert_eq!(heights, 39_999);
}

#[test]
fn a_total_is_no_record_where_no_column_holds_a_label_either() {
    let shop = Workshop::new();
    let pipeline = shop.copy_pipeline("lists");
    let list = shop.path(&pipeline).join("records/pupils.toml");
    let write = |word: &str| {
        let text = format!(
            "form = \"P1\"\ntitle = {{ zh = \"名册\", en = \"List\" }}\n[columns]\nheight = {{ heading = [\"身高\"], holds = \"number\" }}\n\
             remark = {{ heading = [\"备注\"], holds = \"words\" }}\n[attach]\narea = [\"file-name\"]\nperiod = [\"file-name\"]\n[[values]]\n\
             measure = \"height\"\nsum = \"case when remark = '{word}' then 0 else height end\"\n"
        );
        fs::write(&list, text).expect("the copy");
        shop.age(&pipeline);
    };
    put(&shop, "荔湾区2023年.xlsx", "序号 | 学校 | 身高 | 备注\n1 | 一中 | 150 | 合计\n2 | 总计中学 | 150 |\n | 合计 | 300 |");
    put(&shop, "越秀区2023年.xlsx", "序号 | 学校 | 身高 | 备注\n1 | 一中 | 140 |\n合计 |  | 140 |");
    // The second night counts what was kept of the first, where the words that told a total are no more.
    for word in ["甲", "乙"] {
        write(word);
        let ran = shop.run_pipeline(&pipeline, Path::new("in"), &[]);
        let heights: Vec<String> = values(&ran).into_iter().filter(|line| line.starts_with("height ")).collect();
        assert_eq!(heights, ["height 440103 2023 _T _T 300 A 2", "height 440104 2023 _T _T 140 A 1"], "{}", ran.complained);
    }
}

#[test]
fn rows_that_may_belong_to_the_list_or_not_are_said_and_leave_it_provisional() {
    let shop = Workshop::new();
    let pipeline = shop.copy_pipeline("lists");
    let list = shop.path(&pipeline).join("records/pupils.toml");
    let text = fs::read_to_string(&list).expect("the list");
    fs::write(&list, text.replacen("[columns]", "only-where = \"glasses <> '是'\"\n\n[columns]", 1)).expect("the copy");
    put(&shop, "2023年.xlsx", &format!("{}荔湾区 | 七年级 | 男 | 5.0 | 5.0 | 140 |  | 甲", pupils(6)));
    let ran = shop.run_pipeline(&pipeline, Path::new("in"), &[]);
    let found = values(&ran);
    let counted: Vec<&String> = found.iter().filter(|line| line.starts_with("pupils ")).collect();
    assert_eq!(counted, ["pupils 440103 2023 junior _T 2 P 2", "pupils 440104 2023 junior _T 4 A 4"], "{found:?}");
    let said = ran.published.table("findings");
    let unanswered: Vec<&Row> =
        said.iter().filter(|row| row["code"] == *"rows-unanswered" && row["message_zh"].contains("only-where")).collect();
    assert_eq!(unanswered.len(), 1, "{said:?}");
}

#[test]
fn what_is_wrong_in_a_column_is_answered_by_what_may_stand_there() {
    let shop = Workshop::new();
    let heads = "区 | 年级 | 性别 | 右眼视力 | 左眼视力 | 身高 | 检查日期";
    let rows = [
        "荔湾区 | 七年级 | 男 | 5.0 | 5.0 | 150 | 九月初",
        "荔湾区 | 七年级 | 女童 | 5.0 | 5.0 | TRUE | 2023-09-01",
        "荔湾区 |  | 女 | 5.0 | 5.0 | 150 | ",
        "荔湾 | 七年级 | 女 | 5.0 | 5.0 | 未测 | 2023年9月3日",
        "荔湾县 | 七年级 | 女 | 5.0 | 5.0 | 150 | 2023年9月3日",
    ];
    put(&shop, "2023年.xlsx", &format!("{heads}\n{}", rows.join("\n")));
    let mut command = shop.command();
    command.args(["check", "in/2023年.xlsx", "--pipeline"]).arg(small("lists"));
    let ran = shop.wait(command, "none");
    let about = |words: &str| {
        let parts = ran.said.split("\n\n").find(|part| part.contains(words));
        parts.unwrap_or_else(|| panic!("`{words}` is not in\n{}", ran.said)).to_string()
    };
    for (fault, help) in [
        ("不是日期", "填写日期"),
        ("不是日期", "应为：一个日期"),
        ("是 TRUE 或 FALSE，不是数字", "填写数字"),
        ("“身高”一栏有 1 个单元格不是数字", "填写数字"),
        ("“性别”一栏有 1 行的名称无法识别", "应为：女、男"),
        ("“区”一栏有 1 行的名称无法识别", "应为：荔湾区、"),
        ("“年级”一栏有 1 行未填", "补填这些单元格。"),
    ] {
        assert!(about(fault).contains(help), "`{help}` is not said of `{fault}`:\n{}", about(fault));
    }
    assert!(!about("不是日期").contains("填写数字") && !about("行未填").contains("填 0"), "{}", ran.said);
}

#[test]
fn a_column_that_may_be_absent_leaves_its_label_to_the_title_also_where_its_columns_were_kept() {
    let shop = Workshop::new();
    let pipeline = shop.copy_pipeline("lists");
    let list = shop.path(&pipeline).join("records/pupils.toml");
    let text = fs::read_to_string(&list).expect("the list");
    let text = text.replace("holds = \"area\" }", "holds = \"area\", optional = true }");
    let text = text.replace("[attach]", "[attach]\narea = [\"file-name\"]");
    fs::write(&list, &text).expect("the copy");
    shop.age(&pipeline);
    put(&shop, "荔湾区2023年.xlsx", "年级 | 性别 | 右眼视力 | 左眼视力\n七年级 | 男 | 4.7 | 5.0\n七年级 | 女 | 5.1 | 5.0");
    put(&shop, "2022年.xlsx", "年级 | 性别 | 右眼视力 | 左眼视力\n七年级 | 男 | 4.7 | 5.0");
    let first = shop.run_pipeline(&pipeline, Path::new("in"), &[]);
    let found = values(&first);
    assert!(found.contains(&"pupils 440103 2023 junior _T 2 A 2".to_string()), "{found:?}");
    let said = first.published.table("findings");
    assert!(said.iter().any(|row| row["code"] == *"area-missing" && row["file"] == *"2022年.xlsx"), "{said:?}");
    fs::write(&list, text.replace("< 5.0", "< 5.2")).expect("the copy");
    shop.age(&pipeline);
    let again = shop.run_pipeline(&pipeline, Path::new("in"), &[]);
    assert!(values(&again).contains(&"myopic 440103 2023 _T 2 1 A 1".to_string()), "{:?}", values(&again));
    assert_eq!(values(&again), values(&shop.run_pipeline(&pipeline, Path::new("in"), &["--cold"])));
}

#[test]
fn hidden_rows_of_a_list_are_counted_and_said() {
    let shop = Workshop::new();
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (line, row) in pupils(6).lines().zip(0..) {
        for (text, column) in line.split(" | ").zip(0..) {
            match text.parse::<f64>() {
                Ok(number) => sheet.write_number(row, column, number).expect("a cell"),
                Err(_) => sheet.write_string(row, column, text).expect("a cell"),
            };
        }
    }
    sheet.set_row_hidden(2).expect("a row").set_row_hidden(5).expect("a row").set_row_hidden(9).expect("a row");
    shop.put("2023年.xlsx", book.save_to_buffer().expect("a workbook"));
    let ran = shop.run("lists", &[]);
    assert!(values(&ran).contains(&"pupils 440104 2023 junior _T 4 A 4".to_string()), "{:?}", values(&ran));
    let said = ran.published.table("findings");
    let hidden = said.iter().find(|row| row["code"] == *"hidden-cells").expect("it is said");
    assert!(hidden["cell"] == *"A3" && hidden["message_zh"].contains("有 2 行是隐藏的"), "{said:?}");
}
