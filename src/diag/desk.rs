//! The next step where the finding is shown to whoever filled the workbook, and not to whoever collects them.

use super::{Code, Finding};
use crate::model::Text;

/// Says what this person can do. What asks others for something in the nightly run asks them here.
pub fn at_the_desk(finding: Finding) -> Finding {
    // What is said of this very file goes before what is said of all.
    if finding.next != finding.code.next() {
        return finding;
    }
    let next = match finding.code {
        Code::WorkbookUnreadable => Text::new(
            "请用 Excel 或 WPS 打开该文件，另存为 .xlsx 后再核对。",
            "Open it in Excel or WPS, save it as .xlsx, and check it again.",
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
        _ => return finding,
    };
    finding.next(next)
}
