//! The first sheet: how the workbook is filled, and what each figure means.

use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use super::{
    A4, Cover, guide_name,
    looks::{Looks, lines},
    validation::{limits_in_words, may_hold_in_words},
};
use crate::model::{Figured, Form, Id, Language, RecordColumn, RecordSheet, Text};

const WIDE: f64 = 118.0;
/// Its letters are smaller than those by which columns are measured.
const LETTERS: f64 = 140.0;

pub fn write(
    sheet: &mut Worksheet,
    forms: &[Form],
    records: &[RecordSheet],
    cover: &Cover,
    looks: &Looks,
    language: Language,
) -> Result<(), XlsxError> {
    sheet.set_name(guide_name(language))?;
    sheet.set_column_width(0, WIDE)?;
    let mut row = 0;
    let mut line = |text: &str, look: &Format, height: f64| -> Result<(), XlsxError> {
        sheet.write_with_format(row, 0, text, look)?;
        sheet.set_row_height(row, 6.0 + height * lines(text, LETTERS))?;
        row += 1;
        Ok(())
    };
    line(guide_name(language), &looks.title, 24.0)?;
    let occasion = [cover.occasion.as_str(), cover.purpose.as_str()].into_iter().filter(|words| !words.is_empty());
    line(&occasion.collect::<Vec<_>>().join("——"), &looks.note, 14.0)?;
    for rule in rules(cover, forms.is_empty(), language) {
        line(&rule, &looks.note, 14.0)?;
    }
    let of_forms = forms.iter().map(|form| (&form.code, &form.name, figures(form, cover, language)));
    let of_lists = records.iter().map(|list| (&list.code, &list.name, columns(list, language)));
    let mut explained: Vec<&Id> = Vec::new();
    for (code, name, sentences) in of_forms.chain(of_lists) {
        // Several sheets of one form are explained once.
        if explained.contains(&code) {
            continue;
        }
        explained.push(code);
        line(&format!("{code} {}", name.in_language(language)), &looks.chapter, 18.0)?;
        for words in sentences {
            line(&words, &looks.note, 14.0)?;
        }
    }
    sheet.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0).set_print_center_horizontally(true);
    sheet.set_footer(if language == Language::Chinese { "&C第 &P 页，共 &N 页" } else { "&CPage &P of &N" });
    sheet.set_screen_gridlines(false);
    sheet.protect();
    Ok(())
}

/// A list has neither totals nor a cell for everything, so a workbook of lists alone is not filled as forms are.
fn rules(cover: &Cover, lists_alone: bool, language: Language) -> Vec<String> {
    let pipeline = cover.pipeline.as_ref().map(|name| format!(" --pipeline {name}")).unwrap_or_default();
    let rules = match (language, lists_alone) {
        (Language::Chinese, true) => [
            "一、只在表头以下各行填写，标题和表头保持原样，请勿增删栏目、改动表头。",
            "二、数为零的填 0；尚未取得的留空，并请在报送前补齐。",
            "三、有下拉列表的单元格请从列表中选取；选中单元格即显示该栏的填写要求。",
            "四、数字按表头所注单位填写，后面不要另写单位；日期写作 2023-09-01。",
        ],
        (Language::English, true) => [
            "1. Fill the rows below the headings only; leave the title, the columns and their headings as they are.",
            "2. Write 0 where there are none; leave blank what is not known yet, and complete it before sending.",
            "3. Where there is a list, choose from it; a selected cell shows what its column may hold.",
            "4. Write plain numbers in the unit of the heading; days as 2023-09-01.",
        ],
        (Language::Chinese, false) => [
            "一、只填浅黄色单元格。标题、表头和合计已锁定，合计由公式自动计算，请勿增删栏目、改动表头。",
            "二、数为零的填 0；没有此项的填“—”；尚未取得的留空，并请在报送前补齐。",
            "三、有下拉列表的单元格请从列表中选取；选中单元格即显示该项的单位和填报范围。",
            "四、按表头所注单位填报数字，数字后不要另写单位；比率填百分数，如 55.82。",
        ],
        (Language::English, false) => [
            "1. Fill the tinted cells only. Title, headings and totals are locked; totals are worked out. Leave columns and headings as they are.",
            "2. Write 0 where there are none, — where there is no such thing; leave blank what is not known yet, and complete it before sending.",
            "3. Where there is a list, choose from it; a selected cell shows its unit and its limits.",
            "4. Write plain numbers in the unit of the heading; rates as per cents, such as 55.82.",
        ],
    };
    let check = match language {
        Language::Chinese => format!(
            "五、填好后可先自行核对（yardstick check 文件名{pipeline}），按提示改正后再报送；请勿改动本文件名中的区名和年份。"
        ),
        Language::English => {
            format!(
                "5. Before sending, check the workbook with yardstick check FILE{pipeline}; keep the area and the period in its name."
            )
        }
    };
    rules.map(str::to_string).into_iter().chain([check]).collect()
}

/// A sentence for each figure of a form: its name, its limits, the reasons, what is said from it. The name stands in brackets,
/// so that no reader takes the list for the headings of a table.
fn figures(form: &Form, cover: &Cover, language: Language) -> Vec<String> {
    let (open, close, stop, list) = match language {
        Language::Chinese => ("【", "】", "。", "；"),
        Language::English => ("[", "] ", ". ", "; "),
    };
    let mut figures: Vec<&Figured> = Vec::new();
    for (_, figured) in form.figures() {
        if !figures.iter().any(|known| known.measure == figured.measure) {
            figures.push(figured);
        }
    }
    let (shared, own) = reasons(&figures);
    let mut sentences = Vec::new();
    if !shared.is_empty() {
        let words: Vec<&str> = shared.iter().map(|because| because.in_language(language)).collect();
        sentences.push(words.join(stop) + stop.trim_end());
    }
    for figured in figures {
        let mut parts = vec![limits_in_words(form, figured, language)];
        let is_own = |because: &&Text| own.contains(because);
        parts.extend(figured.limits.because.iter().filter(is_own).map(|because| because.in_language(language).to_string()));
        let used = cover.said_from.iter().filter(|(measure, _)| *measure == figured.measure);
        let used: Vec<&str> = used.map(|(_, said)| said.in_language(language)).collect();
        if !used.is_empty() {
            let words = used.join(list);
            parts.push(if language == Language::Chinese { format!("用于：{words}") } else { format!("Used for: {words}") });
        }
        sentences.push(format!("{open}{}{close}{}{}", figured.name.in_language(language), parts.join(stop), stop.trim_end()));
    }
    sentences
}

/// What a row of a list is, and a sentence for each of its columns.
fn columns(list: &RecordSheet, language: Language) -> Vec<String> {
    let (rows, open, close, stop) = match language {
        Language::Chinese => (
            "每条记录一行，从表头下一行起逐行填写，行数不限，不设合计行。只需表中各栏，请勿另加姓名、证件号码、电话等个人信息。",
            "【",
            "】",
            "。",
        ),
        Language::English => (
            "One row a record, from the row below the headings on, as many as there are, without a total. Nothing else is needed: add no names, \
             identity numbers or telephones.",
            "[",
            "] ",
            ".",
        ),
    };
    let sentence =
        |column: &RecordColumn| format!("{open}{}{close}{}{stop}", column.heading, may_hold_in_words(column, language));
    std::iter::once(rows.to_string()).chain(list.columns.iter().map(sentence)).collect()
}

/// The reasons that several figures of a form share, which are said once, and those of one or two.
fn reasons<'a>(figures: &[&'a Figured]) -> (Vec<&'a Text>, Vec<&'a Text>) {
    let mut all: Vec<(&Text, usize)> = Vec::new();
    for because in figures.iter().flat_map(|figured| &figured.limits.because) {
        match all.iter_mut().find(|(known, _)| *known == because) {
            Some((_, count)) => *count += 1,
            None => all.push((because, 1)),
        }
    }
    let (shared, own): (Vec<_>, Vec<_>) = all.into_iter().partition(|(_, count)| *count > 2);
    let texts = |list: Vec<(&'a Text, usize)>| list.into_iter().map(|(because, _)| because).collect();
    (texts(shared), texts(own))
}
