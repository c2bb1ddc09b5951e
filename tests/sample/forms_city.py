"""The bureau's own table: S05 师生规模汇总表, an area in each row and the stages across."""

from dataclasses import replace

from areas import AREAS, MUNICIPAL, STAGES
from offices import Office
from table import Column, Mark, Row, Table
from words import STAGES as STAGE_WORDS

BUREAU = Office("440100", "全市师生规模汇总表{y}.xlsx", "广州市教育局", "广州市", (("S05", "汇总表"),), head="one", dash="—")
BUREAUS = {
    2021: replace(BUREAU, habits={"fullwidth": 0.03, "thousands": 0.05}, dash="-"),
    2022: replace(BUREAU, total_first=True, total_word="全市合计", period="head", sheets=(("cover", "封面"), ("S05", "Sheet1"))),
    2023: replace(BUREAU, formulas=True, total_word="合 计", traits=frozenset({"number format"}), dash="/"),
}
AREA_WORDS = {
    2021: ("荔 湾 区", "越秀", "海珠区", "天河区", "白云", "黄浦区", "番 禺 区", "花都区", "南沙新区", "从化", "增城区", "市属"),
    2022: ("荔湾区", "越秀区", "海珠", "天 河", "白云区", "黄埔区(广州开发区)", "番禺", "花都", "南沙区", "从化区", "增城", "局属学校"),
    2023: ("440103荔湾区", "440104越秀区", "440105海珠区", "440106天河区", "440111白云区", "440112黄埔区", "440113番禺区",
           "440114花都区", "440115南沙区", "440117从化区", "440118增城区", "市属"),
}
MEASURES = (("schools", "学校数"), ("classes", "班数"), ("enrolled", "在校生"), ("staff", "教职工"), ("teachers", "专任教师"),
            ("large_classes", "其中：56人以上大班"))


def s05(office: Office, year: int, facts: dict) -> Table:
    big = year == 2022
    columns = [Column("area", ("区" if year == 2021 else "单位",), width=18)]
    for stage in STAGES:
        for measure, word in MEASURES:
            if measure == "large_classes" and stage == "kindergarten":
                continue
            ten_thousands = big and measure == "enrolled"
            columns.append(Column(f"{measure}_{stage}", (STAGE_WORDS[stage], word + "(万人)" * ten_thousands), "count", measure,
                                  {"stage": stage}, scale=10_000 if ten_thousands else 1, decimals=4 if ten_thousands else 0))
    rows = []
    for area, word in zip(AREAS, AREA_WORDS[year]):
        row = Row(area.code, {"area": word}, {"area": area.code})
        for column in columns[1:]:
            counted = facts["city"].get((year, area.code, column.dims["stage"]))
            row.cells[column.key] = counted[column.measure] if counted else Mark(office.dash, "M")
        if word == "黄浦区":
            row.planted["area"] = ("area_typo", "黄浦区 stands for 黄埔区 (440112)")
        rows.append(row)
    assert rows[-1].id == MUNICIPAL
    unit = "所、个、人" + "（在校生为万人）" * big
    notes = ["注：其中56人以上大班为班数的其中数，不另计入合计。"]
    return Table("S05", "师生规模汇总表", unit, columns, rows, total={"area": office.total_word},
                 total_first=office.total_first, notes=notes)
