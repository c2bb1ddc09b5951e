"""Python polars, whose `read_excel` takes fastexcel.

    by_polars.py S|M|L FOLDER OUT.csv [CHARTS]
"""

import sys

import polars
import summary
from polars import col



def counted(frame, dimensions: dict, above: str, below: str | None = None) -> dict:
    """Sums by the columns of the dimensions; a row counts where all its figures are there."""
    figures = [above, below] if below else [above]
    sums = frame.drop_nulls(figures).group_by(list(dimensions.values())).agg(col(figures).sum())
    width = len(dimensions)
    return {tuple(zip(dimensions, row[:width])): (row[width], row[width + 1] if below else None) for row in sums.rows()}


def figure(column: str):
    """A column of figures as offices write them: text where one cell of it is."""
    text = col(column).cast(polars.String).str.normalize("NFKC").str.strip_chars().str.replace_all(",", "", literal=True)
    return polars.when(text.is_in(list(summary.DASHES))).then(0.0).otherwise(text.cast(polars.Float64, strict=False)).alias(column)


def forms(path: str):
    names = {"学位": ["公办学位", "民办学位"], "教师": ["在校生", "专任教师"], "视力": ["近视人数", "有效筛查人数"]}
    sheets = polars.read_excel(path, sheet_name=list(names), read_options={"header_row": 2})
    places, teachers, vision = (sheets[name].with_columns(map(figure, columns)) for name, columns in names.items())
    places = places.with_columns((col("公办学位").fill_null(0) + col("民办学位").fill_null(0)).alias("学位"))
    yield "places", counted(places, {"stage": "学段"}, "学位")
    yield "pupil_teacher_ratio", counted(teachers, {"stage": "学段"}, "在校生", "专任教师")
    yield "myopia_rate", counted(vision, {"grade": "年级"}, "近视人数", "有效筛查人数")


def schools(path: str):
    frame = polars.read_excel(path, columns=["学段", "学位", "在校生", "专任教师", "有效筛查人数", "近视人数"])
    yield "places", counted(frame, {"stage": "学段"}, "学位")
    yield "pupil_teacher_ratio", counted(frame, {"stage": "学段"}, "在校生", "专任教师")
    yield "myopia_rate", counted(frame, {"stage": "学段"}, "近视人数", "有效筛查人数")


def pupils(path: str):
    acuity, sphere = ["右眼裸眼视力", "左眼裸眼视力"], ["右眼等效球镜", "左眼等效球镜"]
    frame = polars.read_excel(path, columns=["年级", "性别", *acuity, *sphere])
    frame = frame.with_columns(polars.when(col(name).is_between(-30, 30)).then(col(name)).alias(name) for name in sphere)
    frame = frame.drop_nulls([*acuity, *sphere]).with_columns(
        ((polars.min_horizontal(sphere) <= -0.5) & (polars.min_horizontal(acuity) < 5.0)).cast(polars.Int64).alias("myopic"),
        polars.lit(1).alias("screened"),
    )
    yield "myopia_rate", counted(frame, {"grade": "年级", "sex": "性别"}, "myopic", "screened")


summary.report({"S": forms, "M": schools, "L": pupils}, *sys.argv[1:])
