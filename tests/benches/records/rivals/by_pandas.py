"""pandas, with the engine openpyxl or calamine.

    by_pandas.py ENGINE S|M|L FOLDER OUT.csv [CHARTS]
"""

import sys

import pandas
import summary

engine = sys.argv[1]


def read(path: str, **how):
    return pandas.read_excel(path, engine=engine, **how)


def counted(frame, dimensions: dict, above: str, below: str | None = None) -> dict:
    """Sums by the columns of the dimensions; a row counts where all its figures are there."""
    figures = [above, below] if below else [above]
    for column in figures:
        if frame[column].dtype.kind not in "if":
            frame[column] = frame[column].map(summary.number)
    sums = frame.dropna(subset=figures).groupby(list(dimensions.values()), observed=True)[figures].sum()
    return {
        tuple(zip(dimensions, key if isinstance(key, tuple) else (key,))): (row[0], row[1] if below else None)
        for key, row in zip(sums.index, sums.to_numpy())
    }


def forms(path: str):
    sheets = read(path, sheet_name=["学位", "教师", "视力"], header=2)
    places = sheets["学位"]
    for column in ("公办学位", "民办学位"):
        places[column] = places[column].map(summary.number).fillna(0)
    places["学位"] = places["公办学位"] + places["民办学位"]
    yield "places", counted(places, {"stage": "学段"}, "学位")
    yield "pupil_teacher_ratio", counted(sheets["教师"], {"stage": "学段"}, "在校生", "专任教师")
    yield "myopia_rate", counted(sheets["视力"], {"grade": "年级"}, "近视人数", "有效筛查人数")


def schools(path: str):
    frame = read(path, usecols=["学段", "学位", "在校生", "专任教师", "有效筛查人数", "近视人数"])
    yield "places", counted(frame, {"stage": "学段"}, "学位")
    yield "pupil_teacher_ratio", counted(frame, {"stage": "学段"}, "在校生", "专任教师")
    yield "myopia_rate", counted(frame, {"stage": "学段"}, "近视人数", "有效筛查人数")


def pupils(path: str):
    acuity, sphere = ["右眼裸眼视力", "左眼裸眼视力"], ["右眼等效球镜", "左眼等效球镜"]
    frame = read(path, usecols=["年级", "性别", *acuity, *sphere])
    for column in sphere:
        frame[column] = frame[column].where(frame[column].between(-30, 30))
    frame = frame.dropna(subset=[*acuity, *sphere])
    frame["myopic"] = ((frame[sphere].min(axis=1) <= -0.5) & (frame[acuity].min(axis=1) < 5.0)).astype(int)
    frame["screened"] = 1
    yield "myopia_rate", counted(frame, {"grade": "年级", "sex": "性别"}, "myopic", "screened")


summary.report({"S": forms, "M": schools, "L": pupils}, *sys.argv[2:])
