//! `findings.csv`: what was found, in both languages, worst first.

use super::Contents;
use crate::{
    model::Text,
    publish::table::{Column, Table},
};

pub fn table(contents: &Contents) -> Table {
    let columns = vec![
        Column::text("code", "代码，固定不变", "Stable code"),
        Column::text("severity", "error 错误、warning 警告、note 提示", "error, warning or note"),
        Column::text("file", "文件", "File"),
        Column::text("sheet", "工作表", "Sheet"),
        Column::text("cell", "单元格", "Cell"),
        Column::text("message_zh", "说明（中文）", "What was found, in Chinese"),
        Column::text("message_en", "说明（英文）", "What was found, in English"),
        Column::text("read", "单元格原文", "What the cell says"),
        Column::text("expected_zh", "应为（中文）", "What was expected, in Chinese"),
        Column::text("expected_en", "应为（英文）", "What was expected, in English"),
        Column::text("next_zh", "处理办法（中文）", "What to do, in Chinese"),
        Column::text("next_en", "处理办法（英文）", "What to do, in English"),
        Column::text("rule", "作出判断的 TOML 行", "The line of TOML that judged"),
        Column::text("because_zh", "规则的理由（中文）", "The rule's reason, in Chinese"),
        Column::text("because_en", "规则的理由（英文）", "The rule's reason, in English"),
        Column::text("also", "有关的其他单元格", "Other cells concerned"),
        Column::text("sample", "示例数据标记", "Marks sample data"),
    ];
    let row = |finding: &crate::diag::Finding| {
        let also: Vec<String> = finding.also.iter().map(ToString::to_string).collect();
        vec![
            finding.code.word().to_string(),
            finding.severity.word().to_string(),
            finding.place.file.clone(),
            finding.place.sheet.clone(),
            finding.place.cell.clone(),
            finding.message.zh.clone(),
            finding.message.en.clone(),
            finding.read.clone(),
            finding.expected.zh.clone(),
            finding.expected.en.clone(),
            finding.next.zh.clone(),
            finding.next.en.clone(),
            finding.rule.as_ref().map_or_else(String::new, ToString::to_string),
            finding.because.zh.clone(),
            finding.because.en.clone(),
            also.join(" | "),
            contents.sample_mark().to_string(),
        ]
    };
    Table {
        name: "findings",
        title: Text::new("核查结果", "Findings"),
        rows: contents.findings.iter().map(row).collect(),
        columns,
    }
}
