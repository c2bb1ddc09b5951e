"""The honest mistakes planted in the sample, each of the kind that earns a warning and never more.

Why: a check that finds nothing proves nothing. Every mistake here is recorded in
`oddities.csv` with its cell when it is laid down. Two more are planted elsewhere: the
typing error in a district's name (`forms_city.py`) and the form never sent (`offices.py`).
"""

from dataclasses import dataclass
from decimal import Decimal

from table import BLANK, fraction


@dataclass(frozen=True)
class Mistake:
    form: str
    area: str
    year: object                        # the year of the workbook, or the period of the table such as 2023-S2
    row: str
    column: str
    kind: str
    note: str
    by: object = 0                      # added to the number, or to the fraction of a rate


MISTAKES = (
    Mistake("S06", "440103", 2023, "total", "established_teachers", "total_off", "合计 is 5 more than its parts", 5),
    Mistake("S10", "440111", 2023, "total", "screened", "total_off", "合计 is 6 more than its parts", 6),
    Mistake("S02", "440105", 2023, "junior", "share", "rate_off", "the rate is 1.80 points more than its parts give", Decimal("0.018")),
    Mistake("S10", "440113", 2023, "4/2", "rate", "rate_off", "the rate is 1.30 points more than its parts give", Decimal("0.013")),
    Mistake("S06", "440117", 2023, "junior", "rural_teachers_upgrading", "blank", "blank instead of a number"),
    Mistake("S10", "440113", 2022, "5/2", "lens", "blank", "blank instead of a number"),
    Mistake("S08", "440114", 2021, "primary", "schools_fully_staffed_labour", "blank", "blank instead of a number"),
    Mistake("S08", "440118", 2023, "primary", "posts_short_art", "short_off", "缺额 is 2 more than 应配 less 已配", 2),
    *(Mistake("S06", "440117", 2023, stage, "training_attendances", "jump", "six times what is likely: lessons counted, not people")
      for stage in ("kindergarten", "primary", "junior", "senior")),
    # The later forms.
    Mistake("S03", "440100", 2021, "total", "kindergarten_enrolled", "total_off", "合计 is 10 more than its parts", 10),
    Mistake("S07", "440114", 2023, "junior", "rotated_principals", "blank", "blank instead of a number"),
    Mistake("S07", "440111", 2023, "total", "rotated", "total_off", "合计 is 4 more than its parts", 4),
    Mistake("S09", "440105", "2023-S2", "total", "full_time_psychologists", "total_off", "合计 is 2 less than its parts", -2),
    Mistake("S11", "440106", 2023, "7/1", "fitness_fail", "parts_off", "不及格 is 3 more than 参测 less the other three", 3),
    Mistake("S12", "440117", "2023-S2", "primary", "reading_notes", "jump", "ten times what is likely: 万 taken for the wrong unit"),
    Mistake("S13", "440118", 2023, "2023-05", "rate", "rate_off", "the rate is 2.10 points more than its parts give", Decimal("0.021")),
    Mistake("S13Y", "440113", 2023, "primary", "rate", "rate_off", "the rate is 500 元 more than its parts give", Decimal("0.05")),
    Mistake("S14", "440100-B", 2023, "440111/白云示例第二职业技术学校", "vocational_books", "blank", "blank instead of a number"),
    Mistake("S15", "440103", 2023, "2023-03", "lie_flat_pupils", "blank", "blank instead of a number"),
    Mistake("S16", "440114", 2023, "2023-Q3", "canteens_grade_c", "parts_off", "C级 is 1 more than 食堂 less A级 and B级", 1),
    Mistake("S19", "440100-U", "2023-12", "total", "graduates_employed", "total_off", "合计 is 8 more than its parts", 8),
    Mistake("S22A", "440112", 2022, "total", "aided_pupils", "total_off", "合计 is 10 more than its parts", 10),
)


def plant(table, area: str, year: int, totals: bool) -> None:
    """Plant what belongs in this table: leaf cells before it is added up, totals after."""
    for mistake in MISTAKES:
        is_here = (mistake.form, mistake.area) == (table.form, area) and mistake.year in (year, table.period)
        row = next((row for row in table.rows if is_here and row.id == mistake.row), None)
        if row is None or (mistake.row == "total") != totals:
            continue
        row.planted[mistake.column] = (mistake.kind, mistake.note)
        if mistake.kind == "blank":
            row.cells[mistake.column] = BLANK
        elif mistake.kind == "rate_off":
            column = next(column for column in table.columns if column.key == mistake.column)
            row.shown[mistake.column] = fraction(row, column) + mistake.by
        else:
            row.cells[mistake.column] += mistake.by
