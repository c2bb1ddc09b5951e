//! The next step where the finding is shown to whoever filled the workbook, and not to whoever collects them.

use super::{Code, Finding};
use crate::model::Text;

/// Says what this person can do, at the office's own desk and on the page that is sent to it. What asks others for something asks them
/// here.
pub fn at_the_desk(finding: Finding) -> Finding {
    // What is said of this very file goes before what is said of all.
    if finding.next != finding.code.next() {
        return finding;
    }
    let next = match finding.code {
        Code::WorkbookUnreadable => Text::new(
            "请用 Excel 或 WPS 打开该文件，另存为 .xlsx 后再核对、报送。",
            "Open it in Excel or WPS, save it as .xlsx, check it again and send that.",
        ),
        Code::InputUnreadable => Text::new(
            "检查文件名和路径是否正确，文件是否正在被占用。",
            "See whether name and path are right and no other program holds it.",
        ),
        Code::LayoutMissing => Text::new(
            "请使用下发的表样填报（yardstick template 可生成），不要改动表头。",
            "Use the form that was sent out (yardstick template writes it) and leave its headings as they are.",
        ),
        Code::AreaUnknown | Code::AreaTypo => {
            Text::new("改正区名，写法以下发的表样为准。", "Correct the name of the area as the form has it.")
        }
        Code::AreaContradicted | Code::PeriodContradicted => {
            Text::new("核对这几处，改正写错的一处。", "Look at these places and correct the one that is wrong.")
        }
        Code::LabelUnknown => Text::new("从下拉列表中选取，或按“应为”改正。", "Choose from the list, or correct it as expected."),
        Code::PartsMissing => Text::new("逐项填写各行，合计由本程序相加。", "Fill the rows one by one; the batch adds them up."),
        Code::HeadingMissing => Text::new("恢复表样中的该栏。", "Put the column of the form back."),
        Code::ValueMissing => Text::new(
            "补填这些单元格；没有此项的填“—”，数为零的填 0。",
            "Fill them: — where there is no such thing, 0 where there are none.",
        ),
        Code::Duplicate => Text::new("只保留正确的一份，删去另一份。", "Keep the right one and delete the other."),
        Code::OutOfBounds | Code::PartExceedsWhole => Text::new("核对并改正。", "Check and correct."),
        Code::RateDiffers => {
            Text::new("核对比率与其分子、分母，改正其一。", "Check the rate and its two counts, and correct one of them.")
        }
        Code::ChangeSuspicious => Text::new("请核实；属实请在备注中说明。", "Check it; if it is true, say why in the remarks."),
        Code::ChangeOutlier => {
            Text::new("请核实两期的数值；属实请在备注中说明。", "Check both figures; if they are true, say why in the remarks.")
        }
        Code::PeerOutlier => Text::new(
            "核对分子、分母和口径；属实请在备注中说明。",
            "Check both counts, and what is counted; if they are true, say why in the remarks.",
        ),
        Code::DigitHeaping => Text::new("请报实际计数，不报约数。", "Give counts instead of round figures."),
        Code::ColumnCopied => Text::new("请核对该栏是否为本期数据。", "See whether the column holds the figures of this period."),
        Code::ColumnsIdentical => Text::new(
            "请核对该栏是否为本单位的数据。",
            "See whether the column holds your own figures, and not those of the other office.",
        ),
        Code::SuddenlyComplete => Text::new(
            "请核实：本期开始统计，还是补填了 0 或估计数；在备注中说明。",
            "Have you begun to count, or filled in zeros or guesses? Say so in the remarks.",
        ),
        Code::MeasuresMixedUp | Code::MeasuresSwapped => Text::new(
            "核对两栏，填反的请对调后重新报送。",
            "Check both columns; exchange them where they are swapped, and send it again.",
        ),
        Code::HiddenCells => Text::new(
            "取消隐藏后核对：这些数值已读入；不应报送的请删除。",
            "Unhide and check them: they were read. Delete what is not meant to be sent.",
        ),
        Code::RowsUnanswered => Text::new("如须计入，请补填所缺项。", "Fill what is missing, if these rows are to count."),
        Code::RowsLeftOut => Text::new(
            "补上该行；确无此项的填“—”，数为零的填 0。",
            "Put the row back: — where there is no such thing, 0 where there are none.",
        ),
        Code::FormMissing => Text::new("请尽快报送该表。", "Please send this form."),
        Code::CorrectionApplied => {
            Text::new("请按更正后的数改正原表，重新报送。", "Correct the workbook itself in the same way, and send it again.")
        }
        Code::CorrectionStale => Text::new(
            "此前登记的更正与该单元格不符：请确认该单元格的数值。",
            "A correction that was noted before no longer fits this cell: see whether the cell is right.",
        ),
        _ => return finding,
    };
    finding.next(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_told_to_ask_himself() {
        for &code in Code::ALL {
            let next = at_the_desk(Finding::new(code, Text::default())).next;
            let asks_others = ["报送单位", "催报", "各自"].iter().any(|word| next.zh.contains(word))
                || ["office to", "the office", "offices to"]
                    .iter()
                    .any(|word| next.en.contains(word) && code != Code::AreaMissing);
            assert!(!asks_others, "{}: {} {}", code.word(), next.zh, next.en);
        }
    }
}
