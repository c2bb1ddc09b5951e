"""Lists of the bureau and the universities: S14, S17, S17A, S19, S20, S21, S22, T01."""

from areas import MUNICIPAL
from forms_rounds import in_words
from lists import NAMES
from table import Column, Mark, Row, Table


def named(row: dict) -> str:
    return "市属" if row.get("area") == MUNICIPAL else NAMES.get(row.get("area"), "")


LISTS = {  # title, unit, (key, heading, kind), dimensions of a row, row id, total, note
    "S14": ("中等职业学校办学条件达标表", "所、平方米、人、万元、册、个", (
        ("seq", "序号", "label"), ("area", "区", "label"), ("school", "学校", "label"), ("vocational_schools", "学校数(所)", "count"),
        ("vocational_site_area", "占地面积(平方米)", "count"), ("vocational_building_area", "校舍建筑面积(平方米)", "count"),
        ("vocational_teachers", "专任教师(人)", "count"), ("vocational_equipment_value", "仪器设备值(万元)", "count"),
        ("vocational_books", "图书(册)", "count"), ("vocational_majors_added", "新增专业(个)", "count"),
        ("vocational_majors_dropped", "停办专业(个)", "count"), ("vocational_schools_compliant", "办学条件达标(所)", "count"),
        ("vocational_schools_renovated", "完成微改造(所)", "count")),
        ("area", "school"), True, "注：达标、完成微改造的填1，否则填0。"),
    "S17": ("对外交流表", "对", (
        ("seq", "序号", "label"), ("area", "区", "label"), ("school", "学校", "label"), ("counterpart", "对方学校", "label"),
        ("region", "国家(地区)", "label"), ("pair_signed", "签约日期", "day"), ("sister_pairs", "结对(对)", "count")),
        ("area", "school", "counterpart", "region"), True, "注：一所学校与多所学校结对的，分行填报。"),
    "S17A": ("教育国际化窗口学校名单", "所", (
        ("seq", "序号", "label"), ("area", "区", "label"), ("school", "学校", "label"), ("window_schools", "认定窗口学校(所)", "count"),
        ("window_candidates", "培育单位(所)", "count")), ("area", "school"), True, "说明：认定后不再列为培育单位。"),
    "S19": ("高校毕业生去向表", "人、%", (
        ("seq", "序号", "label"), ("university", "高校", "label"), ("graduates", "毕业生(人)", "count"),
        ("graduates_employed", "去向(人)/单位就业", "count"), ("graduates_self_employed", "去向(人)/自主创业", "count"),
        ("graduates_freelance", "去向(人)/自由职业", "count"), ("graduates_studying", "去向(人)/升学", "count"),
        ("settled", "去向落实率(%)", "percent")), ("university",), True, "注：升学含出国（境）深造。"),
    "S20": ("任务里程碑台账", "项", (
        ("seq", "序号", "label"), ("target", "目标编号", "label"), ("name", "任务", "label"), ("milestone_office", "牵头处室", "words"),
        ("milestone_started", "启动日期", "day"), ("milestone_planned", "计划完成日期", "day"), ("milestone_completed", "完成日期", "day"),
        ("milestone_document", "文号(会议)", "words"), ("milestone_evidence", "佐证材料", "words"), ("milestone_count", "完成数量(项)", "count")),
        ("target",), False, "说明：没有完成的不填完成日期；没有数量的填“—”。"),
    "S21": ("基建重点项目表", "个、%", (
        ("seq", "序号", "label"), ("area", "区", "label"), ("project", "项目编号", "label"), ("school", "项目", "label"),
        ("key_projects", "项目数(个)", "count"), ("key_projects_on_schedule", "其中：按计划推进(个)", "count"), ("project_places", "规划学位(个)", "count"),
        ("progress", "形象进度(%)", "points")), ("area", "project"), True, "注：形象进度按已完成工程量计算。"),
    "S22": ("对口帮扶情况表", "个、所、人", (
        ("seq", "序号", "label"), ("place", "受援地", "label"), ("aid_counties", "帮扶县(个)", "count"), ("aid_schools", "帮扶学校(所)", "count"),
        ("teachers_sent", "派出支教(人)", "count"), ("teachers_hosted", "接收跟岗(人)", "count")), ("place",), True, "注：疏附县和林芝市不计入帮扶县。"),
    "T01": ("推动基础教育高质量发展任务书", "个、所、对", (
        ("seq", "序号", "label"), ("target", "目标编号", "label"), ("name", "目标", "label"), ("area", "区", "label"),
        ("district_share", "分解任务", "count")), ("area", "target"), False, "说明：各区分解任务之和应等于全市目标。"),
}
SETTLED = (("graduates_employed", "graduates_self_employed", "graduates_freelance", "graduates_studying"), ("graduates",))


def listed(form: str, office, period: str, given: list) -> Table:
    title, unit, heads, dims, has_total, note = LISTS[form]
    columns = []
    for key, heading, kind in heads:
        column = Column(key, tuple(heading.split("/")), kind, key if kind in ("count", "day", "words") else "",
                        width={"seq": 6, "school": 30, "counterpart": 24, "name": 28, "target": 26}.get(key, 12))
        column.ratio = SETTLED if kind == "percent" else ()
        columns.append(column)
    rows = []
    for at, row in enumerate(given):
        cells = {key: row.get(key) for key, _, kind in heads if kind in ("label", "day", "words", "points")}
        cells |= {key: Mark(office.dash, "M") if row[key] is None else row[key] for key, _, kind in heads if kind == "count"}
        cells |= {"seq": at + 1, "area": named(row)}
        means = {key: row[key] for key in dims}
        if "region" in means:
            means["region"] = "hong_kong_macao" if row["region"] in ("香港", "澳门") else "international"
        made = Row("/".join(str(row[key]) for key in dims), cells, means)
        if row.get("unproven"):
            made.planted["milestone_office"] = ("unproven", f"{row['target']} is completed with neither a document nor evidence")
        rows.append(made)
    if form == "S21" and period == "2023-12":
        rows[12].cells["area"] = "番禹区"
        rows[12].planted["area"] = ("area_typo", "番禹区 stands for 番禺区 (440113)")
    last = "school" if any(key == "school" for key, *_ in heads) else heads[1][0]
    if form == "T01":
        wrong = next(row for row in rows if row.cells["target"] == "ai_education_schools")
        wrong.planted["district_share"] = ("shares_off", "the shares of ai_education_schools add up to 990, not to 1000")
    return Table(form, title, unit, columns, rows, total={"seq": office.total_word} if has_total else {}, total_first=office.total_first,
                 total_across=("seq", last) if has_total else (), notes=[note],
                 when="" if len(period) == 4 else in_words(period, 0), period=period)
