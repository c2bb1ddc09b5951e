//! The codes: each with its word, how grave it is unless a rule says otherwise, and the next step. A word, once published, never changes meaning.

use super::Severity;
use crate::model::Text;

macro_rules! codes {
    ($($variant:ident $word:literal $severity:ident $zh:literal $en:literal)*) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $($variant),* }

        impl Code {
            pub const ALL: &[Code] = &[$(Code::$variant),*];

            pub fn word(self) -> &'static str {
                match self { $(Code::$variant => $word),* }
            }

            pub fn severity(self) -> Severity {
                match self { $(Code::$variant => Severity::$severity),* }
            }

            /// The one next step.
            pub fn next(self) -> Text {
                match self { $(Code::$variant => Text::new($zh, $en)),* }
            }
        }
    };
}

codes! {
    // the pipeline's own files
    PipelineMissing "pipeline-missing" Error
        "检查流水线名称；现有的流水线在 pipelines/ 下，一个文件夹一个。" "Check the name; each folder in pipelines/ is a pipeline."
    TomlSyntax "toml-syntax" Error
        "按 TOML 语法改正这一行。" "Correct this line: it is not valid TOML."
    TomlShape "toml-shape" Error
        "改正这一项：写法见 pipelines/README.md。" "Correct this entry; pipelines/README.md shows its form."
    FileUnknown "file-unknown" Error
        "改正名称，或移出流水线文件夹；文件名见 pipelines/README.md。" "Correct its name, or move it out of the pipeline's folder; pipelines/README.md lists the names."
    NameUnknown "name-unknown" Error
        "改正名称，或先定义它。" "Correct the name, or define it first."
    ChartEmpty "chart-empty" Error
        "换一种图（--kind），或换一个有数值的指标、主题或地区。" "Ask for another kind (--kind), or for an indicator, a subject or areas that have values."
    PlanContradiction "plan-contradiction" Error
        "修改其中一处，使两者一致。" "Change one of the two so that they agree."
    SeedUnreadable "seed-unreadable" Error
        "检查该文件是否存在、可读、列名正确。" "Check that the file exists, can be read, and has the right columns."
    // the input folder and its workbooks
    InputMissing "input-missing" Error
        "用 --input 指定放报表的文件夹。" "Name the folder that holds the workbooks with --input."
    InputUnreadable "input-unreadable" Error
        "给运行本程序的用户读取权限（如 chmod -R u+rX）。" "Give the user that runs the batch permission to read it (chmod -R u+rX)."
    InputEmpty "input-empty" Error
        "把报表（.xlsx 或 .xls）放入该文件夹后重新运行。" "Put the workbooks (.xlsx or .xls) into the folder and run again."
    WorkbookUnreadable "workbook-unreadable" Error
        "请报送单位用 Excel 或 WPS 打开，另存为 .xlsx 后重新报送。" "Ask the office to open it in Excel or WPS, save it as .xlsx, and send it again."
    LayoutMissing "layout-missing" Error
        "对照报表与版式：补一个版式，或请报送单位使用规定的表样；yardstick preview 可显示识别情况。" "Compare the workbook with the layouts: add one, or ask for the agreed form; yardstick preview shows what was recognised."
    NothingRead "nothing-read" Error
        "先处理上面列出的问题；yardstick preview 可显示每个工作簿的识别情况。" "Mend what is listed above; yardstick preview shows what was recognised in each workbook."
    OutputUnwritable "output-unwritable" Error
        "检查输出文件夹的权限和剩余空间，或用 --output 换一个文件夹。" "Check permission and free space of the output folder, or name another with --output."
    OutputExists "output-exists" Error
        "其中可能已有填报内容：先移走或改名，或用 --output 换一个文件夹。" "It may hold somebody's work: move or rename it first, or name another folder with --output."
    NothingDue "nothing-due" Error
        "检查表号、地区和时期；点名的表总会生成，如 yardstick template S01 --area 440103。" "Check form, area and period; a form that is named is always written: yardstick template S01 --area 440103."
    NothingChecked "nothing-checked" Error
        "请使用下发的表样（yardstick template），并确认 --pipeline 是否正确。" "Use the agreed form (yardstick template), and see whether --pipeline is the right one."
    ComputeFailed "compute-failed" Error
        "请连同 run 的输入一起报告此错误。" "Report this fault together with the input of the run."
    FileIgnored "file-ignored" Note
        "不是报表的文件请移出输入文件夹。" "Move files that are not workbooks out of the input folder."
    // reading
    AreaUnknown "area-unknown" Error
        "改正区名，或把该写法加入 areas.csv 的别名。" "Correct the name, or add the spelling to the aliases in areas.csv."
    AreaMissing "area-missing" Error
        "在表头写明填报单位，或在文件名中写明区名。" "Name the office in the head of the form, or the area in the file name."
    AreaTypo "area-typo" Warning
        "已按更正后的区名读入；请报送单位改正。" "Read as the corrected name; ask the office to correct it."
    AreaContradicted "area-contradicted" Error
        "请报送单位核实是哪个区的数据，改正写错的一处后重新报送。" "Ask the office which area the figures are of; let the place that is wrong be corrected and sent again."
    PeriodContradicted "period-contradicted" Warning
        "请报送单位核实是哪一期的数据，改正写错的一处后重新报送。" "Ask the office which period the figures are of; let the place that is wrong be corrected and sent again."
    PeriodMissing "period-missing" Error
        "在标题、表头或文件名中写明年份（如 2023年）。" "Write the year into the title, the head or the file name."
    LabelUnknown "label-unknown" Error
        "改正该名称，或把该写法加入代码表的别名。" "Correct the label, or add the spelling to the aliases of the code list."
    PartsMissing "parts-missing" Error
        "请报送单位逐项填报；合计由本程序相加。" "Ask the office for the parts, each by itself; the batch adds them up."
    HeadingMissing "heading-missing" Error
        "补上该栏，或把所用的表头写法加入版式。" "Add the column, or add the wording of its heading to the layout."
    HeadingTwice "heading-twice" Warning
        "删除或改名多余的一栏。" "Remove or rename the column that is too many."
    UnitForeign "unit-foreign" Error
        "按规定的单位换算后重新填写，并改正表头中的单位。" "Give the figures in the unit of the form, and correct the unit in the heading."
    RowsUnanswered "rows-unanswered" Note
        "如须计入，请报送单位补填所缺项。" "Ask the office to fill what is missing, if these rows are to count."
    TotalDoubtful "total-doubtful" Warning
        "是合计的，删去该行，或把名称改为“合计”；确是一条记录的，不用处理。" "Delete the row if it is a total, or call it 合计 and nothing else; leave it if it is a record."
    RecordDoubtful "record-doubtful" Warning
        "是一条记录的，填上空着的各栏，确无数据的填“—”；不是记录的，不用处理。" "If it is a record, fill its blank columns, with — where there is nothing to say; leave it if it is none."
    NumberUnreadable "number-unreadable" Error
        "在该单元格填写数字；没有数据请留空或填“—”。" "Put a number into the cell; leave it blank or write — where there is none."
    HiddenCells "hidden-cells" Warning
        "取消隐藏后核对：这些数值已读入；不应读入的请报送单位删除。" "Unhide and check them: they were read. Ask the office to delete what is not meant."
    CorrectionApplied "correction-applied" Note
        "报送单位更正原表后，请删除该更正或改为 withdrawn。" "When the office has sent a corrected workbook, withdraw the correction."
    CorrectionStale "correction-stale" Warning
        "核对该单元格：原表已更正则将该更正改为 withdrawn，否则改正 was。" "Look at the cell: withdraw the correction if the workbook was mended, or correct `was`."
    LayoutUnused "layout-unused" Warning
        "确认该表是否应报；若表样已改，请更新版式。" "See whether this form was due; if its shape has changed, change the layout."
    ValueMissing "value-missing" Warning
        "请报送单位补填该单元格。" "Ask the office to fill the cell."
    Duplicate "duplicate" Error
        "只保留正确的一份，移走另一份。" "Keep the right one and take the other away."
    Revision "revision" Note
        "以最新发布为准；如需说明，请在报告中注明修订。" "The newest release is used; say in the report that the figure was revised."
    // checks
    OutOfBounds "out-of-bounds" Error
        "核对该单元格，改正后重新报送。" "Check the cell, correct it and send it again."
    NotWhole "not-whole" Error
        "人数、个数应为整数；核对单位（如“万”）后改正。" "Counts are whole numbers: check the unit (such as 万) and correct it."
    PartExceedsWhole "part-exceeds-whole" Error
        "核对部分与总体两个单元格，改正后重新报送。" "Check both cells, the part and the whole, and correct them."
    SumDiffers "sum-differs" Warning
        "核对各分项与合计，改正其一。" "Check the parts and the total, and correct one of them."
    RateDiffers "rate-differs" Warning
        "核对比率与分子、分母；本程序使用由分子、分母计算的值。" "Check the rate and its two counts; the batch uses the value computed from the counts."
    ChangeSuspicious "change-suspicious" Warning
        "向报送单位核实；属实请在备注说明。" "Ask the office; if it is true, let it be explained in the notes."
    ChangeOutlier "change-outlier" Warning
        "向报送单位核实两期的数值；属实请在备注说明。" "Ask the office about both figures; if they are true, let it be explained in the notes."
    PeerOutlier "peer-outlier" Warning
        "核对该区分子、分母和口径。" "Check both counts of that district, and what it counts."
    DigitHeaping "digit-heaping" Warning
        "请报送单位报实际计数，不报约数。" "Ask the office for counts instead of round figures."
    ColumnCopied "column-copied" Warning
        "请报送单位核对该栏是否为本期数据。" "Ask the office whether the column holds the figures of this period."
    ColumnsIdentical "columns-identical" Warning
        "请两个单位各自核对该栏。" "Ask both offices to check the column."
    MeasuresMixedUp "measures-mixed-up" Warning
        "核对两栏的口径，填反的请对调后重新报送。" "Check what each column counts; let them be exchanged where they were taken for each other."
    MeasuresSwapped "measures-swapped" Warning
        "核对两栏，填反的请对调后重新报送。" "Check both columns; let them be exchanged where they are swapped."
    SuddenlyComplete "suddenly-complete" Warning
        "向报送单位核实：本期开始统计，还是补填了 0 或估计数。" "Ask the office whether it has begun to count, or filled in zeros or guesses."
    RowsLeftOut "rows-left-out" Warning
        "请报送单位补上该行；确无此项的填“—”，数为零的填 0。" "Ask the office to put the row back: — where there is no such thing, 0 where there are none."
    FormMissing "form-missing" Warning
        "催报该表。" "Ask the area for this form."
    PeriodGap "period-gap" Warning
        "补上缺的年份；缺失年份前后不计算变化。" "Supply the missing period; no change is computed over the gap."
    RuleUnmatched "rule-unmatched" Warning
        "确认规则中的指标和范围；没有适用对象的规则等于没有检查。" "See what the rule is meant for: a rule that matches nothing checks nothing."
    // targets and charts
    SharesDiffer "shares-differ" Warning
        "核对任务书中各区的分解数与全市目标。" "Check the districts' shares in the task sheet against the target of the whole."
    MilestoneUnproven "milestone-unproven" Warning
        "在台账中补填文号或佐证材料。" "Give the document number or the evidence in the ledger."
    ReportDiffers "report-differs" Warning
        "核对原文；确认后在核对项中用 acknowledged 写明原因。" "Look at the document; where it is so, say why under `acknowledged` of the check."
    TargetEasy "target-easy" Note
        "在报告中同时说明：此前已经达到过比目标更好的水平。" "Say in the report, too, that more than the target asks for had been reached before."
    GlyphMissing "glyph-missing" Note
        "该字不在内置字库，图中显示为方框；请改用同义字或加入字库。" "The embedded font lacks this character and draws a box; use another, or extend the font."
    // the nightly batch
    SettingsMissing "settings-missing" Error
        "检查 --config 或 YARDSTICK_CONFIG 所写的路径。" "Check the path given by --config or YARDSTICK_CONFIG."
    LinkIgnored "link-ignored" Warning
        "把文件本身放入输入文件夹，不要放链接。" "Put the file itself into the input folder instead of a link to it."
    WorkbookChanging "workbook-changing" Error
        "等文件复制完毕后重新运行。" "Let the copying finish, then run again."
    NameNotUnicode "name-not-unicode" Note
        "请用 Unicode（UTF-8）文件名重新保存。" "Save the file again under a name in Unicode (UTF-8)."
    OutputLocked "output-locked" Error
        "等那次运行结束，或加 --wait 排队等候。" "Let that run end, or give --wait to queue behind it."
    RunUnfinished "run-unfinished" Note
        "查明上次中断的原因（断电、强行结束、内存不足）；结果未受影响。" "See why it was cut short (power, a kill, memory); the results are not affected."
    RunKept "run-kept" Note
        "移走其中不是本程序写出的文件，下次运行即可清理。" "Move what the batch did not write out of that folder; the next run will clear it."
    CacheDamaged "cache-damaged" Note
        "无须处理：已重新读取该工作簿。若反复出现，请检查磁盘。" "Nothing: the workbook was read again. If it comes back, check the disk."
    CacheUnwritable "cache-unwritable" Note
        "检查缓存文件夹的权限和剩余空间；结果不受影响，只是较慢。" "Check permission and free space of the cache folder; results are not affected, only slower."
    NotifyFailed "notify-failed" Warning
        "检查 notify-command 所写的程序；结果已发布，不受影响。" "Check the program named by notify-command; the result is published and not affected."
    ReceivedUnreadable "received-unreadable" Warning
        "改正 received.csv 的这一行：列为 file 和 received，日期写作 2024-01-15。" "Correct this line of received.csv: its columns are file and received, dates as 2024-01-15."
}

impl Code {
    /// A file of the pipeline is not there or not as it should be: other findings may follow from it.
    pub fn is_cause(self) -> bool {
        use Code::{FileUnknown, PipelineMissing, SeedUnreadable, TomlShape, TomlSyntax};
        matches!(self, PipelineMissing | TomlSyntax | TomlShape | FileUnknown | SeedUnreadable)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_its_own_word_and_a_next_step() {
        let mut words: Vec<_> = Code::ALL.iter().map(|code| code.word()).collect();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), Code::ALL.len());
        for code in Code::ALL {
            for text in [code.next(), code.cause()] {
                assert!(!text.zh.is_empty() && !text.en.is_empty(), "{}", code.word());
            }
        }
    }
}
