"""The forms about places: S01 公办学位建设进度表 and S02 义务教育学位供给表."""

from table import Column, Mark, Row, Table
from words import BUILD_TYPES, STAGES, stage_word

S01_ORDERS = (
    "seq school project stage build_type planned new in_use opened closed classes remark",
    "seq project school build_type stage planned new in_use opened closed classes remark",
    "seq school stage project build_type classes planned new in_use closed opened remark",
)
S01_WITH_SUBTOTALS = "seq stage school project build_type planned new in_use opened closed classes remark"


def s01(office, year: int, facts: dict) -> Table:
    big = office.has("S01 万")
    subtotals = office.has("S01 subtotals")
    columns = {column.key: column for column in (
        Column("seq", ("序号",), width=6),
        Column("school", ("学校名称" if office.has("short words") else "学校(校区)",), width=30),
        Column("project", ("项目编号",), width=15),
        Column("stage", ("学段",), merge_down=subtotals),
        Column("build_type", ("建设类型",)),
        Column("planned", ("计划新增学位(万个)" if big else "计划新增学位(个)",), "count", "planned_new_places",
               scale=10_000 if big else 1, decimals=4 if big else 0),
        Column("new", ("实际新增学位(个)",), "count", "new_places"),
        Column("in_use", ("其中：已投入使用(个)",), "count", "new_places_in_use"),
        Column("opened", ("启用日期",), "day", "opened"),
        Column("closed", ("同期撤并减少学位(个)",), "count", "closed_places"),
        Column("classes", ("班数(个)",), "count"),
        Column("remark", ("备注",), "note", hidden=office.has("hidden remark")),
    )}
    rows = []
    for i, project in enumerate(facts["projects"][year, office.code]):
        closed = project["closed_places"]
        if not closed and project["build_type"] == "new_build" and office.zero_word == 0:
            closed = Mark(office.dash, "M")
        rows.append(Row(project["project"], {
            "seq": i + 1, "school": project["school"], "project": project["project"],
            "stage": stage_word(project["stage"], office), "build_type": BUILD_TYPES[project["build_type"]],
            "planned": project["planned_new_places"], "new": project["new_places"], "in_use": project["new_places_in_use"],
            "opened": project["opened"], "closed": closed, "classes": project["classes"],
            "remark": "在建，未投入使用" if project["late"] else None,
        }, {key: project[key] for key in ("stage", "build_type", "project")}))
    order = S01_WITH_SUBTOTALS if subtotals else S01_ORDERS[office.order]
    labels = order.split(" planned")[0].removesuffix(" classes").split()
    return Table("S01", "公办学位建设进度表", "个", [columns[key] for key in order.split()], rows,
                 total={"seq": office.total_word}, total_first=office.total_first, total_across=("seq", labels[-1]),
                 group="stage" if subtotals else "", subtotal={"school": "小计"},
                 gap_before_total=office.has("spacer row"),
                 notes=["注：实际新增学位按当年竣工验收数填报，其中投入使用以开学招生为准；撤并减少学位单独填报，不在新增中扣减。"])


def s02(office, year: int, facts: dict) -> Table:
    places = [Column("public_places", ("学位(个)", "公办"), "count", "public_places"),
              Column("private_places", ("学位(个)", "民办"), "count", "private_places")]
    pupils = [Column("public_enrolled", ("在校生(人)", "公办"), "count", "public_enrolled"),
              Column("private_enrolled", ("在校生(人)", "民办"), "count", "private_enrolled"),
              Column("bought", ("在校生(人)", "其中：政府购买学位就读"), "count", "bought_place_pupils", width=14)]
    money = [Column("spending", ("购买金额(万元)",), "count", "bought_place_spending", decimals=1)]
    share = [Column("share", ("公办占比(%)",), "percent",
                    ratio=(("public_enrolled", "bought"), ("public_enrolled", "private_enrolled")))]
    body = (places + pupils + money + share, pupils + places + share + money, pupils + money + share + places)[office.order]
    labels = [Column("stage", ("学段",), width=18)]
    if office.has("hidden code"):
        labels.insert(0, Column("code", ("区划代码",), hidden=True))
    if office.has("spacer column"):
        body.insert(2 if office.order == 0 else 3, Column("spacer", ("",), "spacer", width=3))
    rows = []
    for stage in ("primary", "junior"):
        counted = facts["supply"][year, office.code, stage]
        cells = {column.key: counted.get(column.measure, Mark(office.dash, "M")) for column in body if column.measure}
        cells |= {"stage": STAGES[stage], "code": office.code[:6]}
        rows.append(Row(stage, cells, {"stage": stage}))
    return Table("S02", "义务教育学位供给表", "个、人、万元、%", labels + body, rows,
                 total={"stage": office.total_word}, total_first=office.total_first,
                 gap_before_total=office.has("spacer row"),
                 notes=["说明：公办占比=（公办在校生+政府购买学位就读）÷（公办在校生+民办在校生）×100%。",
                        f"注：截止日期为{'当年' if office.period == 'file' else f'{year}年'}9月1日。"])
