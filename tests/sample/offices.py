"""How each office works: its file names, sheet names, wording, and the way it writes numbers.

Why: an office keeps its habits over the years, and the habits of twelve offices together
are what a reader of such workbooks must live with. One record per office, nothing else here.
"""

from dataclasses import dataclass, field

from areas import MUNICIPAL

FORMS = ("S01", "S02", "S06", "S08", "S10")


@dataclass(frozen=True)
class Office:
    code: str
    file: str                           # {y} is the year
    sender: str                         # as in 填报单位
    area: str                           # as in titles; empty when titles do not say it
    sheets: tuple                       # (form or kind of useless sheet, sheet name), in order
    head: str = "one"                   # 填报单位 and 填报日期: one cell, pair (label, value), or none
    period: str = "title"               # where the year stands: title, head, headpair, or file
    filled: str = "{y}年10月8日"
    total_first: bool = False
    total_word: str = "合计"
    percent: str = "text"               # text, number, fraction or mixed
    habits: dict = field(default_factory=dict)    # way of writing a number -> share of the cells
    zero_word: float = 0.0              # share of zeros written 无
    dash: str = "—"
    formulas: bool = False
    wide: bool = True                   # full-width brackets in headings
    broken: bool = False                # headings with a line break before the unit
    order: int = 0                      # which order of columns
    annex: bool = False
    traits: frozenset = frozenset()
    sample_row: bool = False            # 示例数据 in a row of its own instead of in the title

    def has(self, trait: str) -> bool:
        return trait in self.traits


def names(pattern: str, order: tuple, *extra: tuple) -> tuple:
    """Sheet names by one pattern ({n} counts, {f} is the form, {w} its short word)."""
    words = {"S01": "公办学位", "S02": "学位供给", "S06": "教师队伍", "S08": "专项教师", "S10": "视力筛查"}
    made = [(form, pattern.format(n=i + 1, f=form, w=words[form])) for i, form in enumerate(order)]
    for at, kind, name in extra:
        made.insert(at, (kind, name))
    return tuple(made)


def traits(*words: str) -> frozenset:
    return frozenset(words)


OFFICES = (
    Office("440103", "荔湾区{y}年教育统计报表.xlsx", "荔湾区教育局", "荔湾区",
           names("{n}.{w}", FORMS, (0, "cover", "封面")),
           annex=True, habits={"fullwidth": 0.04, "text": 0.03}, zero_word=0.5,
           traits=traits("S01 subtotals", "wide percent")),
    Office("440104", "{y}年越秀区报表.xlsx", "越秀区教育局", "越秀区",
           names("Sheet{n}", ("S02", "S01", "S10", "S06", "S08")),
           head="pair", period="head", filled="{n}年1月5日", total_first=True, total_word="合 计", percent="fraction",
           formulas=True, dash="-", order=1, traits=traits("excel dates", "number format")),
    Office("440105", "海珠{y}.xls", "海珠区教育局", "海 珠 区",
           names("表{n}", FORMS, (0, "guide", "填表说明")),
           period="file", habits={"thousands": 0.3, "text": 0.05}, dash="/", order=2, sample_row=True,
           traits=traits("wide percent", "short words")),
    Office("440106", "{y}_天河.xlsx", "", "天河区",
           names("{f}", ("S06", "S08", "S01", "S02", "S10")),
           head="none", percent="number", formulas=True, wide=False, order=1,
           traits=traits("S01 万", "S06 万", "S08 three", "hidden code", "hidden remark", "excel dates")),
    Office("440111", "440111白云区教育局（{y}）.xls", "白云区教育局", "白云区",
           names("{f}{w}", FORMS, (5, "blank", "Sheet6")),
           head="pair", total_first=True, total_word="总计", habits={"text": 0.25, "spaces": 0.06}, zero_word=0.4,
           traits=traits("S10 stage", "wide letters")),
    Office("440112", "黄埔区(广州开发区){y}年度统计.xlsx", "黄埔区(广州开发区)", "黄埔区",
           names("附表{n}", ("S01", "S02", "S10", "S08", "S06"), (0, "cover", "首页"), (1, "guide", "说明")),
           period="headpair", percent="number", habits={"fullwidth": 0.07, "thousands": 0.05}, dash="－",
           annex=True, order=2, traits=traits("S06 万", "spacer column", "S10 sex words", "S08 three")),
    Office("440113", "番禺区教育统计{y}.xlsx", "番禺区教育局", "番禺区",
           names("{w}表", FORMS, (0, "cover", "封面")),
           percent="fraction", formulas=True, broken=True, dash="—",
           traits=traits("S10 stage", "S01 subtotals", "number format")),
    Office("440114", "花都区教育局{y}年报.xlsx", "花都区教育局", "花都区",
           names("{n}{w}", ("S10", "S08", "S06", "S02", "S01"), (5, "blank", "Sheet1")),
           head="pair", percent="mixed", habits={"thousands": 0.12, "spaces": 0.04}, zero_word=0.4, wide=False,
           order=1, traits=traits("spacer row", "short words")),
    Office("440115", "南沙_{y}_终稿.xlsx", "南沙区教育局", "南沙区",
           names("Sheet{n}", FORMS),
           period="file", total_first=True, percent="number", broken=True, dash="/", order=0,
           traits=traits("S01 万", "excel dates", "S10 sex words")),
    Office("440117", "从化区{y}年.xls", "从化区教育局", "从化区",
           names("{f}", FORMS, (0, "guide", "填报说明")),
           percent="text", habits={"text": 0.15, "spaces": 0.05}, zero_word=0.8, order=1, wide=False, dash="-",
           sample_row=True, traits=traits("S10 stage", "short words")),
    Office("440118", "关于报送增城区{y}年统计报表的附件.xlsx", "增城区教育局", "增 城 区",
           names("{w}", ("S08", "S06", "S10", "S02", "S01"), (2, "guide", "填表说明")),
           period="head", percent="mixed", habits={"thousands": 0.2, "fullwidth": 0.03}, total_word="总 计",
           annex=True, order=2, traits=traits("S08 three", "spacer column", "wide letters")),
    Office(MUNICIPAL, "市属学校{y}.xlsx", "局属学校", "市属学校",
           names("{w}", FORMS, (0, "cover", "封面")),
           percent="text", formulas=True, dash="—", traits=traits("hidden remark")),
)

# The form that an office once sent in a workbook of its own, and one that was never sent.
APART = {(2022, "440113", "S10"): "番禺区{y}视力筛查.xlsx", (2023, "440105", "S10"): "海珠区{y}年视力筛查汇总.xls"}
NOT_SENT = {(2022, "440117", "S08")}
FILE_IN = {(2022, "440114"): "花都区教育局２０２２年报.xlsx"}
