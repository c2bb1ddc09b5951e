//! The first sheets: what the workbook is, what is in it, and what its columns mean.

use rust_xlsxwriter::{Url, Worksheet, XlsxError};

use super::{Cover, Excerpt, Plot, looks, looks::Looks, say, sheet_name, words};
use crate::model::Language;

/// Names of the sheets that are no tables.
pub fn name_of_charts(cover: &Cover) -> &'static str {
    say(cover.language, "图表", "Charts")
}

pub fn name_of_numbers(cover: &Cover) -> &'static str {
    say(cover.language, "图表数据", "Chart data")
}

/// Says of made-up figures that they are.
pub fn sample_words(cover: &Cover) -> &'static str {
    say(cover.language, "示例数据，不是真实统计", "SAMPLE DATA, not real figures")
}

pub fn cover(sheet: &mut Worksheet, cover: &Cover, looks: &Looks) -> Result<(), XlsxError> {
    let say = |zh, en| say(cover.language, zh, en);
    sheet.set_name(say("封面", "Cover"))?.set_screen_gridlines(false).set_column_width(0, 3)?.set_column_width(1, 26)?;
    sheet.set_column_width(2, 60)?.set_row_height(1, 34)?.set_print_fit_to_pages(1, 1);
    sheet.write_string_with_format(1, 1, cover.title.in_language(cover.language), &looks.title)?;
    let mut row = 3;
    if cover.sample {
        sheet.write_string_with_format(row, 1, sample_words(cover), &looks.sample)?;
        row += 2;
    }
    for (name, value) in [
        (say("截至", "As of"), cover.as_of.to_string()),
        (say("来源", "Source"), cover.source.in_language(cover.language).to_string()),
    ] {
        sheet.write_string_with_format(row, 1, name, &looks.text)?;
        sheet.write_string_with_format(row, 2, value, &looks.text)?;
        row += 1;
    }
    let pages =
        [(cover.gallery, "index.html", say("图库", "Gallery")), (cover.scorecard, "scorecard.html", say("记分卡", "Scorecard"))];
    for (_, file, name) in pages.into_iter().filter(|(is_there, ..)| *is_there) {
        sheet.write_string_with_format(row, 1, name, &looks.text)?;
        sheet.write_url_with_options(row, 2, Url::new(format!("file:///{file}")), file, "", Some(&looks.link))?;
        row += 1;
    }
    if !cover.verdicts.is_empty() {
        row += 1;
        sheet.write_string_with_format(row, 1, say("承诺完成情况", "Commitments"), &looks.chapter)?;
        row += 1;
    }
    for &(verdict, count) in cover.verdicts {
        sheet.set_row_height(row, 28)?;
        sheet.write_string_with_format(row, 1, verdict.name().in_language(cover.language), &looks::verdict(verdict))?;
        sheet.write_number_with_format(row, 2, count as f64, &looks.big)?;
        row += 1;
    }
    Ok(())
}

pub fn contents(
    sheet: &mut Worksheet,
    cover: &Cover,
    excerpts: &[Excerpt],
    plots: &[Plot],
    looks: &Looks,
) -> Result<(), XlsxError> {
    let say = |zh, en| say(cover.language, zh, en);
    sheet.set_name(say("目录", "Contents"))?.set_column_width(0, 30)?.set_column_width(1, 12)?.set_column_width(2, 70)?;
    sheet.set_print_fit_to_pages(1, 0);
    for (column, heading) in [say("工作表", "Sheet"), say("行数", "Rows"), say("说明", "About")].into_iter().enumerate() {
        sheet.write_string_with_format(0, column as u16, heading, &looks.heading)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    let mut entries: Vec<(String, Option<usize>, String)> = vec![(
        say("说明", "Notes").to_string(),
        None,
        say("各列的含义，未收入的内容", "what each column means, and what was left out").to_string(),
    )];
    if !plots.is_empty() {
        let about = say("可在 Excel 或 WPS 中改样式的图表", "charts that can be restyled in Excel or WPS");
        entries.push((name_of_charts(cover).to_string(), Some(plots.len()), about.to_string()));
        let points = plots.iter().map(|plot| plot.points.len()).sum();
        entries.push((
            name_of_numbers(cover).to_string(),
            Some(points),
            say("图表所用数字", "the numbers of the charts").to_string(),
        ));
    }
    for excerpt in excerpts {
        let rows = excerpt.rows.as_ref().map_or(excerpt.table.rows.len(), Vec::len);
        entries.push((sheet_name(excerpt.table, cover.language), Some(rows), format!("{}.csv", excerpt.table.name)));
    }
    for (row, (name, rows, about)) in entries.into_iter().enumerate() {
        let row = row as u32 + 1;
        sheet.write_url_with_options(row, 0, Url::new(format!("internal:'{name}'!A1")), name, "", Some(&looks.link))?;
        if let Some(rows) = rows {
            sheet.write_number_with_format(row, 1, rows as f64, looks.number(0))?;
        }
        sheet.write_string_with_format(row, 2, about, &looks.text)?;
    }
    Ok(())
}

pub fn notes(sheet: &mut Worksheet, cover: &Cover, excerpts: &[Excerpt], looks: &Looks) -> Result<(), XlsxError> {
    let say = |zh, en| say(cover.language, zh, en);
    sheet.set_name(say("说明", "Notes"))?.set_column_width(0, 18)?.set_column_width(1, 34)?.set_column_width(2, 90)?;
    sheet.set_print_fit_to_pages(1, 0);
    for (column, heading) in [say("工作表", "Sheet"), say("列", "Column"), say("含义", "Meaning")].into_iter().enumerate() {
        sheet.write_string_with_format(0, column as u16, heading, &looks.heading)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    let whole = [
        say(
            "数值与同名 CSV 完全一致，未经四舍五入；单元格格式只按指标的小数位显示。列名和代码（结论、走势、状态等）在本工作簿中用文字，括号内为 CSV 的列名。",
            "Numbers are those of the CSV of the same name, not rounded; cells only show the decimals of the indicator. Headings and codes (verdicts, directions, states) are words here; in brackets stands the column's name in the CSV.",
        ),
        say(
            "观测值（observations.csv）和来源（lineage.csv）逐格记录，篇幅大，不收入本工作簿。",
            "The values read (observations.csv) and the lineage (lineage.csv) run to a row for each cell and are not in this workbook.",
        ),
    ];
    let mut rows: Vec<[String; 3]> = whole.map(|words| ["", "", words].map(str::to_string)).to_vec();
    let names: Vec<String> = excerpts.iter().map(|excerpt| sheet_name(excerpt.table, cover.language)).collect();
    for (excerpt, name) in excerpts.iter().zip(&names) {
        let left_out = excerpt.left_out.in_language(cover.language);
        if !left_out.is_empty() {
            rows.push([name.clone(), String::new(), left_out.to_string()]);
        }
        for column in excerpt.table.columns.iter().filter(|column| excerpt.shows(column, cover.language)) {
            let heading = match (words::heading(&column.name, excerpt.names(), cover.language), cover.language) {
                (heading, _) if heading == column.name => heading.to_string(),
                (heading, Language::Chinese) => format!("{heading}（{}）", column.name),
                (heading, Language::English) => format!("{heading} ({})", column.name),
            };
            rows.push([name.clone(), heading, column.description.in_language(cover.language).to_string()]);
        }
    }
    for (row, cells) in rows.into_iter().enumerate() {
        for (column, words) in cells.into_iter().enumerate().filter(|(_, words)| !words.is_empty()) {
            sheet.write_string_with_format(row as u32 + 1, column as u16, words, &looks.wrapped)?;
        }
    }
    Ok(())
}
