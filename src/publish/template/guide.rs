//! The first sheet: how the workbook is filled, and what each figure means.

use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use super::{
    Cover, guide_name,
    looks::{Looks, lines},
    validation::limits_in_words,
};
use crate::model::{Form, Id, Language};

const WIDE: f64 = 118.0;

pub fn write(
    sheet: &mut Worksheet,
    forms: &[Form],
    cover: &Cover,
    looks: &Looks,
    language: Language,
) -> Result<(), XlsxError> {
    sheet.set_name(guide_name(language))?;
    sheet.set_column_width(0, WIDE)?;
    let mut row = 0;
    let mut line = |text: &str, look: &Format, height: f64| -> Result<(), XlsxError> {
        sheet.write_with_format(row, 0, text, look)?;
        sheet.set_row_height(row, 6.0 + height * lines(text, WIDE))?;
        row += 1;
        Ok(())
    };
    line(guide_name(language), &looks.title, 24.0)?;
    let occasion = [cover.occasion.as_str(), cover.purpose.as_str()].into_iter().filter(|words| !words.is_empty());
    line(&occasion.collect::<Vec<_>>().join("——"), &looks.note, 14.0)?;
    for rule in rules(language) {
        line(rule, &looks.note, 14.0)?;
    }
    let mut explained: Vec<&Id> = Vec::new();
    for form in forms.iter() {
        // Sheets of one form for several periods are explained once.
        if explained.contains(&&form.code) {
            continue;
        }
        explained.push(&form.code);
        line(&format!("{} {}", form.code, form.name.in_language(language)), &looks.chapter, 18.0)?;
        for words in figures(form, cover, language) {
            line(&words, &looks.note, 14.0)?;
        }
    }
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_print_center_horizontally(true);
    sheet.set_footer(if language == Language::Chinese { "&C第 &P 页，共 &N 页" } else { "&CPage &P of &N" });
    sheet.set_screen_gridlines(false);
    sheet.protect();
    Ok(())
}

fn rules(language: Language) -> &'static [&'static str] {
    match language {
        Language::Chinese => &[
            "一、只填浅黄色单元格。标题、表头和合计已锁定，合计由公式自动计算，请勿增删栏目、改动表头。",
            "二、数为零的填 0；没有此项的填“—”；尚未取得的留空，并请在报送前补齐。",
            "三、有下拉列表的单元格请从列表中选取；选中单元格即显示该项的单位和填报范围。",
            "四、按表头所注单位填报数字，数字后不要另写单位；比率填百分数，如 55.82。",
            "五、填好后可先自行核对（yardstick check 文件名），按提示改正后再报送；请勿改动本文件名中的区名和年份。",
        ],
        Language::English => &[
            "1. Fill the tinted cells only. Title, headings and totals are locked; totals are worked out. Leave columns and headings as they are.",
            "2. Write 0 where there are none, — where there is no such thing; leave blank what is not known yet, and complete it before sending.",
            "3. Where there is a list, choose from it; a selected cell shows its unit and its limits.",
            "4. Write plain numbers in the unit of the heading; rates as per cents, such as 55.82.",
            "5. Before sending, check the workbook with yardstick check FILE; keep the area and the period in its name.",
        ],
    }
}

/// A sentence for each figure of a form: its name, its limits, the reasons, what is said from it. The name stands in brackets,
/// so that no reader takes the list for the headings of a table.
fn figures(form: &Form, cover: &Cover, language: Language) -> Vec<String> {
    let mut seen: Vec<&Id> = Vec::new();
    let mut sentences = Vec::new();
    for (_, figured) in form.figures() {
        if seen.contains(&&figured.measure) {
            continue;
        }
        seen.push(&figured.measure);
        let (open, close, stop) = if language == Language::Chinese { ("【", "】", "。") } else { ("[", "] ", ". ") };
        let mut parts = vec![limits_in_words(form, figured, language)];
        parts.extend(figured.limits.because.iter().map(|because| because.in_language(language).to_string()));
        let used = cover.said_from.iter().filter(|(measure, _)| *measure == figured.measure);
        let used: Vec<&str> = used.map(|(_, said)| said.in_language(language)).collect();
        if !used.is_empty() {
            let list = used.join(if language == Language::Chinese { "；" } else { "; " });
            parts.push(if language == Language::Chinese { format!("用于：{list}") } else { format!("used for: {list}") });
        }
        sentences.push(format!("{open}{}{close}{}{stop}", figured.name.in_language(language), parts.join(stop).trim_end()));
    }
    sentences
}
