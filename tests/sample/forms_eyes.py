"""The form about eyesight: S10 视力筛查汇总表, a row for each grade and sex."""

from datetime import date

from eyes import STAGE_GRADES, stage_of
from table import Column, Row, Table
from words import grade_word, sex_word, stage_word


def s10(office, year: int, facts: dict) -> Table:
    stages = office.has("S10 stage")
    labels = [Column("grade", ("年级",), merge_down=True, width=18), Column("sex", ("性别",), width=14)]
    if stages:
        labels.insert(0, Column("stage", ("学段",), merge_down=True, width=18))
    taken = [Column("enrolled", ("在校生(人)",), "count", "screening_enrolled"),
             Column("due", ("应筛(人)",), "count", "due_for_screening"),
             Column("screened", ("实筛(人)",), "count", "screened"),
             Column("valid", ("有效(人)",), "count", "validly_screened")]
    found = [Column("myopic", ("筛查性近视(人)",), "count", "myopic", formula="{low}+{moderate}+{high}")]
    kinds = [Column("low", ("其中", "低度"), "count", "low_myopic"),
             Column("moderate", ("其中", "中度"), "count", "moderate_myopic"),
             Column("high", ("其中", "高度"), "count", "high_myopic")]
    lens = [Column("lens", ("戴角膜塑形镜(人)",), "count", "orthokeratology_wearers")]
    rate = [Column("rate", ("筛查性近视率(%)",), "percent", ratio=(("myopic",), ("valid",)))]
    day = [Column("day", ("筛查日期",), width=12)]
    body = (taken + found + kinds + lens + rate + day, day + taken + found + rate + kinds + lens,
            taken + found + kinds + rate + lens + day)[office.order]
    rows = []
    for (grade, sex), counted in facts["eyes"][year, office.code].items():
        cells = {column.key: counted[column.measure] for column in body if column.measure}
        held = date(year, 9 if grade < 7 else 10, 4 + grade * 2)
        cells |= {"stage": stage_word(stage_of(grade), office), "grade": grade_word(grade, office), "sex": sex_word(sex, office),
                  "day": held if office.has("excel dates") else f"{held.year}.{held.month}.{held.day}"}
        rows.append(Row(f"{grade}/{sex}", cells, {"stage": stage_of(grade), "grade": grade, "sex": sex}))
    first = labels[0].key
    assert len(rows) == 2 * sum(len(grades) for grades in STAGE_GRADES.values())
    return Table("S10", "视力筛查汇总表", "人、%", labels + body, rows,
                 total={first: office.total_word}, total_across=(first, "sex"),
                 group="grade", subtotal={"sex": "小计"}, gap_before_total=office.has("spacer row"),
                 notes=["注：筛查性近视指裸眼视力低于5.0且非睫状肌麻痹下等效球镜度数低于-0.50D，戴角膜塑形镜者计为近视。",
                        "说明：筛查性近视率=筛查性近视÷有效×100%。"])
