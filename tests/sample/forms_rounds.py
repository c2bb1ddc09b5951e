"""The forms that districts send besides the first five: S03, S04, S07, S09, S11, S12, S13, S13Y, S15, S16, S18, S22A.

Why: they differ in their columns and in what stands beside the figures (a stage, a grade, a
month, nothing), and in nothing else; so each is a few lines here and one function lays all out.
"""

from dataclasses import dataclass

from areas import AREAS, MUNICIPAL
from eyes import stage_of
from rounds import BUREAU
from table import Column, Mark, Row, Table
from words import NUMERALS, grade_word, sex_word, stage_word


@dataclass(frozen=True)
class Form:
    title: str
    unit: str
    beside: str                         # one, stage, grade or when
    groups: tuple                       # of (measure, headings); wordings of an office's order parted by a bar
    rates: tuple = ()                   # (key, heading, numerators, denominators, what it is multiplied by; 0 is a per cent)
    note: str = ""


FORMS = {
    "S03": Form("学前教育在园结构表", "所、人", "one", (
        (("kindergartens", "幼儿园数(所)"),),
        (("kindergarten_enrolled", "在园幼儿(人)"), ("public_kindergarten_enrolled", "其中：公办园在园(人)"),
         ("inclusive_private_enrolled", "其中：普惠性民办园在园(人)")),
        (("kindergarten_staff", "教职工(人)"),)),
        note="注：普惠性民办园以当年认定名单为准，截止日期为9月1日。"),
    "S04": Form("适龄儿童入学情况表", "人", "stage", (
        (("registered_due", "户籍适龄儿童/应入学(人)"), ("registered_enrolled", "户籍适龄儿童/已入学(人)")),
        (("migrant_applied", "随迁子女/申请(人)|随迁子女/申请入学(人)"), ("migrant_eligible", "随迁子女/符合条件(人)"),
         ("migrant_placed_public", "随迁子女/公办安置(人)|随迁子女/公办学校安置(人)"), ("migrant_placed_bought", "随迁子女/购买学位安置(人)"))),
        note="说明：未入学的，请在附页写明原因，不写姓名。"),
    "S07": Form("校长教师交流表", "人", "stage", (
        (("rotation_eligible", "符合交流条件(人)"),),
        (("rotated", "实际交流(人)"), ("rotated_town_schools", "其中：城镇、优质学校(人)|其中：城镇或优质学校(人)"),
         ("rotated_backbone", "其中：骨干教师(人)|其中：骨干(人)"), ("rotated_principals", "其中：校长(人)"))),
        note="注：骨干教师只计入骨干一栏，不再计入城镇、优质学校；校长单列，不与前两栏相加。"),
    "S09": Form("心理健康教育落实表", "所、人", "stage", (
        (("psychology_schools", "学校数(所)"), ("schools_with_psychologist", "有专职心理教师学校(所)")),
        (("full_time_psychologists", "心理教师(人)/专职"), ("part_time_psychologists", "心理教师(人)/兼职")),
        (("psychology_form_teachers", "专任教师(人)"), ("c_certificate_trained", "其中：C证已培训(人)")),
        (("schools_with_psychology_course", "开设心理健康课学校(所)|开课学校(所)"),
         ("schools_with_standard_room", "标准化心理辅导室学校(所)"), ("psychology_feature_schools", "特色学校(所)"))),
        note="说明：同一学校多个校区按一所填报。"),
    "S11": Form("体质健康测试表", "人、%", "grade", (
        (("fitness_tested", "参测(人)"), ("fitness_exempt", "免测(人)")),
        (("fitness_excellent", "等级(人)/优秀"), ("fitness_good", "等级(人)/良好"), ("fitness_pass", "等级(人)/及格"),
         ("fitness_fail", "等级(人)/不及格"))),
        note="注：参测=优秀+良好+及格+不及格，免测学生不计入参测。"),
    "S12": Form("人工智能与智慧阅读表", "所、份", "stage", (
        (("digital_schools", "学校数(所)"), ("ai_schools", "开设人工智能教育学校(所)|开设AI学校(所)"),
         ("ai_platform_schools", "其中：使用平台学校(所)"), ("stem_schools", "开设STEM课程学校(所)")),
        (("smart_reading_schools", "参与智慧阅读学校(所)"), ("reading_notes", "笔记数(份)"))),
        note="说明：中职学校只填人工智能教育；笔记数为累计数。"),
    "S13": Form("教育经费执行月报表", "万元、%", "when", (
        (("education_budget", "预算数(万元)"), ("education_spent", "累计执行数(万元)")),),
        (("rate", "执行率(%)", ("education_spent",), ("education_budget",), 0),),
        note="注：累计执行数从1月1日起算。"),
    "S13Y": Form("教育经费决算表", "万元、人、元/生", "stage", (
        (("education_final_accounts", "决算数(万元)"), ("average_enrolled", "年平均在校生(人)")),),
        (("rate", "生均支出(元/生)", ("education_final_accounts",), ("average_enrolled",), 10_000),),
        note="注：年平均在校生为年初、年末在校生的平均数。"),
    "S15": Form("课后服务与校外培训表", "人、所、起", "when", (
        (("after_school_pupils", "参加课后服务(人)"), ("lunch_rest_pupils", "午休托管(人)"), ("lie_flat_pupils", "其中：平躺睡(人)")),
        (("licensed_institutions", "持证机构(所)"), ("connected_institutions", "其中：已接入平台(所)"),
         ("supervised_institutions", "其中：资金监管(所)")),
        (("training_cases_found", "违规培训(起)/查处"), ("training_cases_closed", "违规培训(起)/办结"))),
        note="注：寒暑假月份不填课后服务和午休。"),
    "S16": Form("校园安全卫生表", "所、家、台、人、项、起", "when", (
        (("safety_schools", "学校数(所)"),),
        (("canteens", "食堂(家)"), ("canteens_grade_a", "其中：A级(家)"), ("canteens_grade_b", "其中：B级(家)"), ("canteens_grade_c", "其中：C级(家)")),
        (("aed_devices", "AED(台)"), ("schools_with_aed", "已配AED学校(所)"), ("school_clinics", "设卫生室学校(所)|设卫生室(保健室)学校(所)"),
         ("school_doctors", "校医(人)"), ("schools_with_alarm", "一键报警达标学校(所)"), ("safe_campus_schools", "安全文明校园(所)")),
        (("schools_inspected", "排查学校(所)"), ("hazards_found", "安全隐患(项)/发现"), ("hazards_fixed", "安全隐患(项)/已整改"),
         ("laboratory_schools_due", "实验室/应检学校(所)"), ("laboratory_schools_checked", "实验室/已检学校(所)")),
        (("drowning_incidents", "溺水(起)"), ("bullying_incidents", "欺凌(起)"))),
        note="说明：隐患、溺水、欺凌为当季发生数，其余为季末数。"),
    "S18": Form("党建覆盖表", "所、名、个", "when", (
        (("party_kindergartens", "幼儿园/总数(所)"), ("kindergartens_with_party", "幼儿园/已建党组织(所)")),
        (("party_institutions", "培训机构/总数(所)"), ("institutions_with_party", "培训机构/已建党组织(所)")),
        (("party_instructors", "党建指导员(名)"), ("principal_system_due", "应实施校长负责制学校(所)"),
         ("principal_system_schools", "已实施校长负责制学校(所)"), ("private_party_organisations_new", "当季新建民办党组织(个)"))),
        note="注：联合党组织按覆盖的单位数填报。"),
    "S22A": Form("学生资助情况表", "人、万元", "stage", (
        (("poor_pupils", "困难学生(人)|家庭经济困难学生(人)"), ("aided_pupils", "其中：受资助(人)"), ("aid_amount", "资助金额(万元)"),
         ("dropouts_from_hardship", "因经济困难失学(人)")),),
        note="说明：只报人数和金额，不报姓名。"),
}
STAGE_ORDER = ("kindergarten", "primary", "junior", "senior", "vocational")


def in_words(period: str, order: int) -> str:
    """A period as an office writes it: 2023年秋季学期, 2023-2024学年第一学期, 2023-05, 2023年第2季度."""
    year, part = int(period[:4]), period[5:]
    if period[4:5] == "/":
        return f"{year}-{year + 1}学年"
    if part[:1] == "S":
        terms = (f"{year}年秋季学期", f"{year}-{year + 1}学年第一学期") if part == "S2" else (f"{year}年春季学期", f"{year - 1}-{year}学年第二学期")
        return terms[order == 1]
    if part[:1] == "Q":
        return (f"{year}年第{NUMERALS[int(part[1]) - 1]}季度", f"{year}年第{part[1]}季度", f"{year}年{NUMERALS[int(part[1]) - 1]}季度")[order]
    return (f"{year}年{int(part)}月", period, f"{year}年{part}月")[order]


def columns_of(form: str, office) -> list:
    spec, made = FORMS[form], []
    groups = (spec.groups, spec.groups[1:] + spec.groups[:1], spec.groups)[office.order]
    for measure, heading in (pair for group in groups for pair in group):
        wordings = heading.split("|")
        heads = tuple(wordings[office.order % len(wordings)].split("/"))
        column = Column(measure, heads, "count", measure, decimals=1 if measure == "aid_amount" else 0, width=12)
        if measure == "reading_notes" and office.has("S06 万"):
            column.heads, column.scale, column.decimals = ("笔记数(万份)",), 10_000, 4
        if form == "S13" and office.has("S01 万"):
            column.heads, column.scale, column.decimals = (heads[0].replace("万元", "亿元"),), 10_000, 4
        made.append(column)
    for key, heading, over, under, per in spec.rates:
        made.append(Column(key, (heading,), "rate" if per else "percent", ratio=(over, under), per=per or 1))
    return made


def cells_of(row: dict, office) -> dict:
    return {measure: Mark(office.dash, "M") if value is None else value for measure, value in row.items()}


def labels_of(beside: str, key, office, period: str) -> tuple[dict, dict]:
    """The label cells of a row, and what they mean."""
    if beside == "stage":
        return {"stage": stage_word(key, office)}, {"stage": key}
    if beside == "grade":
        grade, sex = key
        return ({"grade": grade_word(grade, office), "sex": sex_word(sex, office)},
                {"stage": stage_of(grade), "grade": grade, "sex": sex})
    if beside == "when":
        return {"when": in_words(key, office.order)}, {"period": key}
    return {"when": next((a.name for a in AREAS if a.code == office.code), office.area)}, {}


def district_form(form: str, office, period: str, given: dict) -> Table:
    """The table of one office for one period; with `when` beside the figures the rows are periods themselves."""
    spec = FORMS[form]
    beside = spec.beside
    labels = {"stage": [Column("stage", ("学段",), width=14)], "one": [Column("when", ("单位",), width=16)],
              "grade": [Column("grade", ("年级",), merge_down=True, width=18), Column("sex", ("性别",), width=10)],
              "when": [Column("when", ("月份" if form in ("S13", "S15") else "季度",), width=16)]}[beside]
    keys = [k for k in STAGE_ORDER if k in given] if beside == "stage" else list(given)
    rows = []
    for key in keys:
        said, means = labels_of(beside, key, office, period)
        rows.append(Row("/".join(map(str, key)) if isinstance(key, tuple) else key, cells_of(given[key], office) | said, means))
    first = labels[0].key
    total = {first: office.total_word} if beside in ("stage", "grade") else {}
    plain_year = len(period) == 4
    return Table(form, spec.title, spec.unit, labels + columns_of(form, office), rows, total=total,
                 total_first=office.total_first, total_across=(first, "sex") if beside == "grade" else (),
                 group="grade" if beside == "grade" and office.has("S01 subtotals") else "", subtotal={"sex": "小计"},
                 notes=[spec.note], when="" if plain_year else in_words(period, office.order), period=period)


def stacked(form: str, office, given: dict) -> list:
    """The same figures as one small table for each quarter, each below the other."""
    spec, tables = FORMS[form], []
    for period, row in given.items():
        label = next(a.name for a in AREAS if a.code == office.code)
        rows = [Row(period, cells_of(row, office) | {"when": label})]
        tables.append(Table(form, spec.title, spec.unit, [Column("when", ("单位",), width=16)] + columns_of(form, office), rows,
                            total={}, notes=[spec.note], when=in_words(period, office.order), period=period))
    return tables


def summary(form: str, office, period: str, facts: dict) -> Table:
    """The bureau's own table of all areas: an area in each row, or an area merged down over its stages."""
    spec = FORMS[form]
    by_stage = spec.beside == "stage"
    labels = [Column("area", ("区",), merge_down=by_stage, width=16)] + ([Column("stage", ("学段",))] if by_stage else [])
    rows = []
    for area in (a for a in AREAS if (period, a.code) in facts):
        name = "市属" if area.code == MUNICIPAL else area.name
        for key, row in facts[period, area.code].items():
            said, means = labels_of(spec.beside, key, office, period) if by_stage else ({}, {})
            rows.append(Row(f"{area.code}/{key}", cells_of(row, office) | said | {"area": name}, means | {"area": area.code}))
    return Table(form, spec.title, spec.unit, labels + columns_of(form, office), rows, total={"area": office.total_word},
                 total_across=("area", labels[-1].key), notes=[spec.note],
                 when="" if len(period) == 4 else in_words(period, 0), period=period)


assert BUREAU not in {a.code for a in AREAS}
