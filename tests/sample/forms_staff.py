"""The forms about teachers: S06 教师队伍结构表 and S08 专项教师配备表."""

from table import Column, Mark, Row, Table
from words import STAGES, SUBJECTS, stage_word


def s06(office, year: int, facts: dict) -> Table:
    short, big = office.has("short words"), office.has("S06 万")
    made = [Column("established_teachers", ("在编专任教师(人)",)),
            Column("temporary_teachers", ("临聘(人)" if short else "临聘教师(人)",))]
    degrees = [Column("teachers_junior_college", ("学历(人)", "专科")), Column("teachers_bachelor", ("学历(人)", "本科")),
               Column("teachers_postgraduate", ("学历(人)", "研究生"))]
    hired = [Column("recruitment_planned", ("招聘计划(人)",)),
             Column("recruited", ("已招(人)" if short else "已招聘(人)",)),
             Column("recruits_in_post", ("到岗(人)",)), Column("self_recruiting_schools", ("自主招聘学校(所)",))]
    trained = [Column("training_attendances", ("培训人次(万人次)" if big else "培训人次(人次)",), width=13,
                      scale=10_000 if big else 1, decimals=4 if big else 0),
               Column("rural_teachers_upgrading", ("乡村教师学历提升(人)",), width=13)]
    body = (made + degrees + hired + trained, hired + made + degrees + trained, made + hired + trained + degrees)[office.order]
    for column in body:
        column.kind, column.measure = "count", column.key
    labels = [Column("stage", ("学段",), width=18)]
    if office.has("hidden code"):
        labels.insert(0, Column("code", ("区划代码",), hidden=True))
    if office.has("spacer column"):
        body.insert(4, Column("spacer", ("",), "spacer", width=3))
    rows = []
    for stage in STAGES:
        counted = facts["teachers"].get((year, office.code, stage))
        if counted:
            cells = {key: Mark(office.dash, "M") if value is None else value for key, value in counted.items()}
            rows.append(Row(stage, cells | {"stage": stage_word(stage, office), "code": office.code[:6]}, {"stage": stage}))
    return Table("S06", "教师队伍结构表", "人、所、人次", labels + body, rows,
                 total={"stage": office.total_word}, total_first=office.total_first,
                 gap_before_total=office.has("spacer row"),
                 notes=["注：1.专任教师不含校外兼职；2.培训人次为全年累计，一人多次按多次计；3.没有乡村学校的填“—”。"])


SUBJECT_ORDERS = (("pe", "music", "art", "labour", "psychology"), ("psychology", "labour", "pe", "music", "art"),
                  ("pe", "art", "music", "psychology", "labour"))


def s08(office, year: int, facts: dict) -> Table:
    over = ("专项教师配备情况",) if office.has("S08 three") else ()
    columns = [Column("stage", ("学段",), width=18),
               Column("schools", ("学校数(所)",), "count", "staffing_schools")]
    for subject in SUBJECT_ORDERS[office.order]:
        above = (*over, SUBJECTS[subject])
        for measure, word, formula in (
                ("posts_required", "应配(人)", ""), ("posts_filled", "已配(人)", ""),
                ("posts_short", "缺额(人)", f"{{posts_required_{subject}}}-{{posts_filled_{subject}}}"),
                ("schools_fully_staffed", "配齐学校数(所)", "")):
            columns.append(Column(f"{measure}_{subject}", (*above, word), "count", measure, {"subject": subject},
                                  formula=formula, width=8))
    rows = []
    for stage in ("primary", "junior", "senior"):
        counted = facts["posts"][year, office.code, stage]
        cells = {"stage": stage_word(stage, office), "schools": counted["staffing_schools"]}
        for subject in SUBJECTS:
            cells |= {f"{measure}_{subject}": value for measure, value in counted[subject].items()}
        rows.append(Row(stage, cells, {"stage": stage}))
    return Table("S08", "专项教师配备表", "所、人", columns, rows,
                 total={"stage": office.total_word}, total_first=office.total_first,
                 gap_before_total=office.has("spacer row"),
                 notes=["说明：缺额=应配-已配；九年一贯制和完全中学按学段分别填报。"])
