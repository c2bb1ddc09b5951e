//! Why a finding is made, code by code: what `yardstick explain` prints above the next step.

use super::Code;
use crate::model::Text;

impl Code {
    /// What makes the batch say this, and what it did about it.
    pub fn cause(self) -> Text {
        let (zh, en) = words(self);
        Text::new(zh, en)
    }
}

fn words(code: Code) -> (&'static str, &'static str) {
    match code {
        Code::PipelineMissing => (
            "命令中的流水线名称既不是 pipelines/ 下的文件夹，也不是含 pipeline.toml 的文件夹。",
            "The name given is neither a folder in pipelines/ nor a folder that holds pipeline.toml.",
        ),
        Code::TomlSyntax => (
            "流水线的某个文件不是有效的 TOML，例如缺引号、括号不配对。流水线不运行，上次的结果不变。",
            "A file of the pipeline is not valid TOML: a quotation mark is missing, a bracket is not closed. The pipeline does not run; the last result stands.",
        ),
        Code::TomlShape => (
            "TOML 语法正确，但有不认识的键、缺少必需的键，或值的类型不对。流水线不运行。",
            "The TOML is valid, but a key is unknown or missing, or a value is of the wrong kind. The pipeline does not run.",
        ),
        Code::FileUnknown => (
            "流水线文件夹中有一个 TOML 文件（或放 TOML 的文件夹），名称与会读取的都不同，例如 target.toml 应为 targets.toml。其内容不会生效，所以流水线不运行。",
            "The folder of the pipeline holds a TOML file, or a folder of them, whose name is none of those that are read: target.toml instead of targets.toml. What it says would have no effect, so the pipeline does not run.",
        ),
        Code::NameUnknown => (
            "引用了没有定义的名称（计数项、指标、维度、地区等）。流水线不运行。",
            "A name is used that nothing defines: a measure, an indicator, a dimension, an area. The pipeline does not run.",
        ),
        Code::ChartEmpty => (
            "要画的图没有足够的数值，或这种图不适用于所指的指标或主题。没有写出文件。",
            "There are not enough values for the chart that was asked for, or its kind does not go with what was named. No file was written.",
        ),
        Code::PlanContradiction => (
            "流水线的两处规定互相矛盾，或缺了使它成立的一处。流水线不运行。",
            "Two entries of the pipeline contradict each other, or one that is needed is not there. The pipeline does not run.",
        ),
        Code::SeedUnreadable => (
            "地区表或代码表不存在、不是 UTF-8、缺列，或同一名称指向两项。",
            "A list of areas or codes is not there, is not UTF-8, lacks a column, or gives one name to two things.",
        ),
        Code::InputMissing => ("输入文件夹不存在，或给出的是文件。", "The input folder is not there, or is a file."),
        Code::InputUnreadable => (
            "操作系统不允许读取该文件或文件夹。其余文件照常读取。",
            "The operating system does not let this file or folder be read. The others are read.",
        ),
        Code::InputEmpty => ("输入文件夹中没有可以读取的表格文件。", "The input folder holds no file that could be a table."),
        Code::WorkbookUnreadable => (
            "文件已损坏、有打开密码、格式过旧，或根本不是表格（图片、PDF 等）。格式由内容判断，与扩展名无关。每个文件在单独的进程中读取，有内存和时间限制，不影响其他文件。",
            "The file is damaged, has a password, is in too old a format, or is no table at all (a picture, a PDF). What it is, its content says, not its name. Each is read in a process of its own with limits of memory and time; the others are not touched by it.",
        ),
        Code::LayoutMissing => (
            "没有一个版式的必需表头和文字在任何工作表中齐全。“应为”一行写明最接近的版式、缺哪些表头、表中最相近的文字。",
            "No layout finds all its needed headings and phrases in any sheet. The line `expected` names the nearest layout, the headings it lacks, and what in the sheet is most like them.",
        ),
        Code::NothingRead => {
            ("没有从任何文件读到任何数值，批处理没有写出结果。", "Not one value was read from any file, so nothing was written.")
        }
        Code::OutputUnwritable => (
            "结果文件夹没有写权限、磁盘已满，或有同名文件。上次的结果不变。",
            "The output folder cannot be written, the disk is full, or a file has its name. The last result stands.",
        ),
        Code::ComputeFailed => (
            "计算阶段遇到程序没有预料的情况，没有写出结果。",
            "Computing met something the program did not foresee; nothing was written.",
        ),
        Code::FileIgnored => {
            ("输入文件夹中有不像表格的文件，已跳过。", "The input folder holds a file that is no table; it was passed over.")
        }
        Code::AreaUnknown => (
            "填报单位或某一行的区名不在地区表中，也不是其别名。为免记到别处，这些数值没有读入。",
            "The office, or the area of a row, is not in the list of areas nor one of its aliases. Its figures were not read, so that they are not counted elsewhere.",
        ),
        Code::AreaMissing => (
            "表中没有写明是哪个区，或按顺序读取的行数与地区数不符。该表没有读入。",
            "The table does not say which area it is of, or has more or fewer rows than the areas it lists by order. It was not read.",
        ),
        Code::AreaTypo => (
            "区名是地区表中登记的常见误写，已按正确的区读入。",
            "The area is written in a way that the list of areas knows as a mistake; it was read as the right one.",
        ),
        Code::AreaContradicted => (
            "同一张表的两处写了不同的区：填报单位、标题、工作表名、文件名，或某些行。常见于借用别区的表样填报。按版式中排在前面的一处读入，数值记为可靠性低（U）；行中写明区的，按行读入。",
            "Two places of one table name different areas: head, title, name of the sheet, name of the file, or rows. It happens where another area's form was filled. The place that the layout lists first is believed, and its figures have low reliability (U); rows that name an area are of that area.",
        ),
        Code::PeriodContradicted => (
            "同一张表的两处写了不同的时期：统计年份、标题、工作表名或文件名。常见于沿用上年的表样而没有改年份。按版式中排在前面的一处读入。文件名写报送年份的，可从版式的 period 中去掉 file-name。",
            "Two places of one table name different periods: head, title, name of the sheet or of the file. It happens where last year's form was filled and its year left as it was. The place that the layout lists first is believed. Where files are named by the year in which they are sent, take `file-name` out of the layout's `period`.",
        ),
        Code::PeriodMissing => (
            "标题、表头和文件名中都没有唯一的年份。没有读入，因为年份不能猜。",
            "Neither title nor head nor file name gives one year. It was not read: a year is not guessed.",
        ),
        Code::LabelUnknown => (
            "某一行的学段、年级、性别等不在代码表中，该行没有读入。",
            "The stage, grade, sex or the like of a row is not in its code list; the row was not read.",
        ),
        Code::PartsMissing => (
            "表中只有合计（小计、总计），没有它所合计的各行或各栏。合计不能代替分项，所以没有读入。",
            "The table has totals, and not the rows or columns that they add up. A total does not stand for its parts, so nothing was read.",
        ),
        Code::HeadingTwice => (
            "清单的标题行中有两栏写着同一名称。取左边一栏。",
            "Two columns of a list have the same heading. The left one was taken.",
        ),
        Code::UnitForeign => (
            "表头写的单位与计数项的单位量的不是一回事，或不能按十的倍数换算（如亩与平方米）。照抄数字会差出许多倍，所以该栏没有读入。",
            "The heading gives a unit that measures something else than the measure's own, or is no power of ten of it (亩 and 平方米). The bare figures would be false, so the column was not read.",
        ),
        Code::RowsUnanswered => (
            "清单中有些行缺少计数条件或求和所用的项，无法判断是否计入。这些行没有计入，数值记为暂定（P）。",
            "Some rows of a list lack what a condition or a sum rests on. They were not counted, and the value is provisional (P).",
        ),
        Code::TotalDoubtful => (
            "清单中某一行的名称像合计（如“甲片合计”，或一个地区的名称），但从文字和数值都不能断定。不能断定的行照样计入，以免漏掉一所学校。",
            "The name of a row of a list is like that of a total, or that of a whole area, and neither its words nor its figures prove it. It was counted all the same, so that no school is left out.",
        ),
        Code::RecordDoubtful => (
            "清单中某一行写了校名等文字，而统计所用的各栏都空着，或只有一栏有字。这样的行多是附注，不计入；但也可能是一条漏填的记录。有名称而所在地区写的是全域的行当作合计，也不计入。",
            "A row of a list has names or other words, and the columns that are counted are blank, or one alone has a word. Such rows are mostly notes and are not counted; it may be a record that somebody has not filled in. A row that has a name and is of the whole area is taken for a total.",
        ),
        Code::HeadingMissing => (
            "表是对的，但缺版式所列的一栏。其余各栏照常读入。",
            "It is the right table, but a column of the layout is not in it. The other columns were read.",
        ),
        Code::NumberUnreadable => (
            "应填数字的单元格是文字、日期、出错的公式，或没有保存结果的公式。该值按缺失处理，绝不当作 0。",
            "A cell that should hold a number holds words, a date, a formula that failed or one whose result was not kept. The value is missing; it is never taken for 0.",
        ),
        Code::HiddenCells => (
            "工作表、行或列被隐藏，其中有数值。隐藏不等于作废：能读的数值已读入，消息中写明是否读入。",
            "A sheet, row or column is hidden and holds figures. Hidden does not mean withdrawn: what can be read was read, and the message says whether it was.",
        ),
        Code::CorrectionApplied => (
            "corrections.toml 中的一条更正已生效：单元格仍是 was 所写的内容，已按更正读取。原文保留在 observations.csv。",
            "An entry of corrections.toml took effect: the cell still says what `was` gives, and was read as corrected. Its own text is kept in observations.csv.",
        ),
        Code::CorrectionStale => (
            "corrections.toml 中的一条更正没有生效：单元格不存在，或内容已不是 was 所写，或属于清单（清单不能逐格更正）。",
            "An entry of corrections.toml did not take effect: the cell is not there, no longer says what `was` gives, or is one of a list, whose cells cannot be corrected.",
        ),
        Code::LayoutUnused => ("所有文件中都没有找到这个版式的表。", "No file holds the table of this layout."),
        Code::ValueMissing => (
            "单元格是空的，或标记为缺失；由它得出的结果是暂定的（P）。",
            "The cell is blank or marked as missing; what is made of it is provisional (P).",
        ),
        Code::Duplicate => (
            "同一数值读到了两次。相同则为警告，不同则为错误，结果标为低可靠（U）。清单的两部分各项结果都相同时，可能有一份是副本，也给出警告；两者已相加。",
            "One figure was read twice. It is a warning where both agree and an error where they differ; the result is of low reliability (U). Two parts of a list that give the same for everything may be copies: they were added up, with a warning.",
        ),
        Code::Revision => (
            "较新的发布修改了较早发布的数值，已采用较新的。",
            "A newer release changes a figure of an older one; the newer is used.",
        ),
        Code::OutOfBounds => ("数值超出规则给出的上下限。", "A value lies outside the bounds of a rule."),
        Code::NotWhole => (
            "应为整数的数值带有小数，常见原因是单位填错。",
            "A value that counts things has a fraction, often because of a wrong unit.",
        ),
        Code::PartExceedsWhole => (
            "部分大于总体，例如筛查人数多于在校生。",
            "A part is more than its whole, such as more pupils screened than enrolled.",
        ),
        Code::SumDiffers => (
            "表中写的合计与各项之和不等。合计不参与计算。",
            "A total written in the table differs from the sum of its parts. Written totals are never computed with.",
        ),
        Code::RateDiffers => {
            ("表中写的比率与由分子、分母计算的不符。", "A rate written in the table differs from what its two counts give.")
        }
        Code::ChangeSuspicious => (
            "与上期相比变化过大，可能是填错行、填错单位，也可能属实。",
            "It moved more than the rule allows since the previous period: a slip of row or unit, or the truth.",
        ),
        Code::ChangeOutlier => (
            "该区本期与上期之比，与其他各区之比相差太远（Hidiroglou–Berthelot 法：规模大的地区允许的变动小）。少于 8 个地区时不判断。",
            "The ratio of this figure to the one before is too far from those of the other areas (Hidiroglou–Berthelot: a large area may move less than a small one). Fewer than 8 areas are not judged.",
        ),
        Code::PeerOutlier => (
            "该区的占比离各区中位数太远（以绝对中位差衡量）。少于 7 个区时不判断。",
            "The share of this district is too far from the median of all, measured by the median absolute deviation. Fewer than 7 districts are not judged.",
        ),
        Code::DigitHeaping => (
            "以 0 或 5 结尾的数值远多于五分之一，多半是估计或取整的数。少于 25 个数值时不判断。",
            "Far more than a fifth of the figures end in 0 or 5: they were probably guessed or rounded. Fewer than 25 figures are not judged.",
        ),
        Code::ColumnCopied => (
            "一栏中的所有数值与上期完全相同。数值太少或种类太少的栏不判断。",
            "Every figure of a column is that of the period before. Columns of few, or of the same few figures are not judged.",
        ),
        Code::ColumnsIdentical => (
            "两个地区同一期、同一栏的所有数值完全相同。数值太少或种类太少的栏不判断。",
            "Two areas have the same figures throughout a column of the same period. Columns of few, or of the same few figures are not judged.",
        ),
        Code::MeasuresMixedUp => (
            "部分（如近视）多于整体（如视力不良），或两栏各自更接近上期的另一栏。",
            "A part (such as myopia) is more than its whole (such as poor vision), or each of the two columns is nearer to what the other was in the period before.",
        ),
        Code::MeasuresSwapped => (
            "该区的分子除以分母，接近其他地区这一比值的倒数。少于 6 个地区时不判断。",
            "Numerator over denominator of this area is near the inverse of what it is in the others. Fewer than 6 areas are not judged.",
        ),
        Code::SuddenlyComplete => (
            "上期填“—”或空白的单元格，本期一下子全部有了数值。",
            "Cells that held a dash or nothing in the period before all hold a figure now.",
        ),
        Code::RowsLeftOut => (
            "上一期的表中有某个类别的数据，本期的表中该类别没有任何单元格。缺行不等于没有：合计只含表中有的各行。",
            "The form of the period before has figures of a category, and this one has no cell for it. A row that is not there does not say none: totals hold the rows that are.",
        ),
        Code::FormMissing => (
            "别的区报送了该表，这个区没有。有关结果是暂定的（P）。",
            "Other areas sent this form and this one did not. What is made of it is provisional (P).",
        ),
        Code::PeriodGap => {
            ("中间缺一期，缺口前后不计算变化。", "A period in the middle is missing; no change is computed over the gap.")
        }
        Code::RuleUnmatched => (
            "规则没有检查到任何数据：可能名称写错，或有关的表没有来。",
            "A rule found nothing to check: its names are wrong, or the forms it is about have not come.",
        ),
        Code::TargetEasy => {
            ("目标值比上一期的实际值还容易达到。", "The target is easier than what was already reached in the previous period.")
        }
        Code::SharesDiffer => (
            "任务书把全市目标分解到各区，各区之和与全市目标不相等。各区仍按任务书的数判断，全市按全市目标判断。",
            "The task sheet divides a target of the whole among the districts, and the shares do not add up to it. Districts are judged by their shares, the whole by its own level.",
        ),
        Code::MilestoneUnproven => (
            "台账填了完成日期，却没有文号或会议，也没有佐证。结论仍为“已完成”，但无据可查。",
            "The ledger gives a day of completion and neither a document or meeting nor evidence. The verdict is done, and nothing proves it.",
        ),
        Code::ReportDiffers => (
            "报告自己的数字互相对不上：按其印出的精度重新计算，结果与报告所说不符。",
            "Figures of the document do not agree with each other: worked out again to the digits printed, the result is not what the document says.",
        ),
        Code::GlyphMissing => ("图中有内置字体没有的字。", "A chart has a character that the embedded font lacks."),
        Code::OutputExists => (
            "要写出的文件或文件夹已经存在。为免覆盖别人的填报，没有写出。",
            "The file or folder to be written is there already. Nothing was written, so that nobody's work is lost.",
        ),
        Code::NothingDue => (
            "所点的表、地区和时期合起来没有应报的表，没有生成表样。",
            "The forms, areas and period that were named have no form that is due; none was written.",
        ),
        Code::NothingChecked => (
            "没有一条规则有数据可查：可能不是规定的表样，或用错了流水线。这不等于没有问题。",
            "No rule had anything to look at: it is not the agreed form, or the pipeline is another's. This does not mean that all is well.",
        ),
        Code::SettingsMissing => (
            "指定的设置文件不存在或无法读取，批处理没有运行。",
            "The settings file that was named is not there or cannot be read; the batch did not run.",
        ),
        Code::LinkIgnored => (
            "输入文件夹中的链接可能指向任何地方，所以不跟随；链接所指的文件没有读取。",
            "A link in the input folder may lead anywhere and is not followed; the file behind it was not read.",
        ),
        Code::WorkbookChanging => (
            "读取时文件还在变化，多半正在复制。没有读入一半的文件。",
            "The file changed while it was read: it is being copied, most likely. No half of it was taken.",
        ),
        Code::NameNotUnicode => (
            "文件名不是 Unicode，多半来自旧系统打包的压缩文件；已尽量按 GB18030 还原。",
            "The name of the file is no Unicode, as in archives packed on old systems; it was taken for GB18030 where that fits.",
        ),
        Code::OutputLocked => (
            "另一次运行正在使用同一个结果文件夹。两次运行不能同时写，本次没有运行。",
            "Another run is using the same output folder. Two cannot write at once, and this one did not run.",
        ),
        Code::RunUnfinished => (
            "上一次运行没有结束（断电、被强行结束或内存不足）。它没有动过 latest，留下的文件已标记，由本次清理。",
            "An earlier run did not come to its end. It never touched `latest`; what it left is marked and was cleared away.",
        ),
        Code::RunKept => (
            "应当清理的旧结果中有不是本程序写出的文件，所以整个文件夹都保留。",
            "An old run was due to be cleared and holds files that the batch did not write, so all of it was kept.",
        ),
        Code::CacheDamaged => {
            ("缓存中的一项已损坏，已重新读取该工作簿。", "An entry of the cache is damaged; its workbook was read again.")
        }
        Code::CacheUnwritable => (
            "缓存文件夹不能写，下次运行会重新读取全部工作簿。",
            "The cache cannot be written; the next run reads every workbook again.",
        ),
        Code::NotifyFailed => {
            ("结果已发布，但通知程序没有成功。", "The result is published, and the program that was to be told of it failed.")
        }
        Code::ReceivedUnreadable => (
            "收件登记 received.csv 的一行无法识别，该文件的收到日期改用文件的修改时间。",
            "A line of the register received.csv cannot be read; the day on which that file came is taken from the file itself.",
        ),
    }
}
