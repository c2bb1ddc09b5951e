"""Who sends the later forms, in which workbooks: every office two a year, the bureau and the universities theirs.

Why: an office's habits are those of its first workbook (`offices.py`); only the names of files
and sheets are new, and which office puts quarters below each other rather than in rows.
"""

from dataclasses import dataclass, replace

from areas import MUNICIPAL
from forms_city import BUREAU as CITY
from offices import OFFICES, traits

YEARLY = ("S03", "S04", "S07", "S09", "S11", "S12", "S13Y", "S22A")
OFTEN = ("S13", "S15", "S16", "S18")
MUNICIPAL_FORMS = {"S07", "S09", "S11", "S12", "S16"}
STACKED = {"440104", "440111", "440114", "440118"}
WORDS = {"S03": "学前教育", "S04": "入学", "S07": "教师交流", "S09": "心理健康", "S11": "体质健康", "S12": "智慧教育", "S13": "经费月报",
         "S13Y": "经费决算", "S15": "课后服务", "S16": "安全卫生", "S18": "党建", "S22A": "学生资助", "S14": "中职达标", "S17": "对外交流",
         "S17A": "窗口学校", "S19": "毕业生去向", "S20": "里程碑台账", "S21": "重点项目", "S22": "对口帮扶", "T01": "任务书"}


@dataclass(frozen=True)
class Names:
    file: str                           # {y} is the year, {k} what kind of workbook
    sheet: str                          # {n} counts, {f} is the form, {w} its short word


KINDS = {"yearly": "专项", "often": "月季报"}
NAMES = {
    "440103": Names("荔湾区{y}年{k}统计报表.xlsx", "{n}.{w}"),
    "440104": Names("{y}年越秀区{k}表.xlsx", "Sheet{n}"),
    "440105": Names("海珠{y}{k}.xls", "表{n}"),
    "440106": Names("{y}_天河_{k}.xlsx", "{f}"),
    "440111": Names("440111白云区教育局（{y}）{k}.xls", "{f}{w}"),
    "440112": Names("黄埔区(广州开发区){y}年度{k}.xlsx", "附表{n}"),
    "440113": Names("番禺区教育{k}{y}.xlsx", "{w}表"),
    "440114": Names("花都区教育局{y}年{k}.xlsx", "{n}{w}"),
    "440115": Names("南沙_{y}_{k}.xlsx", "Sheet{n}"),
    "440117": Names("从化区{y}年{k}.xls", "{f}"),
    "440118": Names("关于报送增城区{y}年{k}的附件.xlsx", "{w}"),
    MUNICIPAL: Names("市属学校{y}{k}.xlsx", "{w}"),
}
# The bureau writes its tables as it writes S05; its own senders' line names it as an area.
BUREAU = replace(CITY, code="440100-B", area="", sender="广州市教育局", head="one", dash="—", traits=traits("day in words"))
PAYER = replace(BUREAU, file="市教育局{y}年经费与专项报表.xlsx", formulas=True, percent="number")
KEEPER = replace(BUREAU, file="市教育局{m}任务台账与重点项目.xlsx", percent="number")
UNIVERSITIES = replace(BUREAU, code="440100-U", file="市属高校{y}年毕业生去向.xlsx", sender="市属高校", area="市属高校",
                       percent="text", habits={"thousands": 0.1, "text": 0.05})
SUMMARY = replace(CITY, file="全市专项汇总{y}.xlsx", sender="", area="全市", head="none", dash="/", total_word="合计")

# The form of one term that an office never sent.
NOT_SENT = {("2022-S1", "440117", "S12")}


def office(code: str):
    return next(office for office in OFFICES if office.code == code)


def sheet_name(names: Names, number: int, form: str, part: str = "") -> str:
    return names.sheet.format(n=number, f=form, w=WORDS[form]) + ("" if "Sheet" in names.sheet or "表{n}" in names.sheet else part)
