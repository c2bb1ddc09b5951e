"""S: what districts send as forms. A workbook for each district and year, with three sheets of about 40 rows: places, teachers, vision.

Title and head stand above the headings as offices have them, always in two rows, so that every program can skip them. A few cells are
written as offices write them: with separators, in full width, as a dash (there is none), or left blank (nobody said). Places are never
left blank: of a total that is not complete Yardstick gives no change and no verdict, and the other programs would have to learn that.
"""

import random
from pathlib import Path

import districts
import sheet

ZONES = [f"第{number:02}教育片区" for number in range(1, 21)]
PLACES = ["片区", "学段", "公办学位", "民办学位", "公办在校生", "民办在校生", "公办班数", "民办班数"]
TEACHERS = ["片区", "学段", "在校生", "专任教师", "本科及以上", "研究生", "高级职称", "交流轮岗"]
VISION = ["年级", "性别", "办学类型", "在册人数", "有效筛查人数", "近视人数", "低度近视", "中度近视", "高度近视"]
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def write(folder: Path, seed: int, scale: float) -> int:
    """All workbooks; `scale` changes the figures and not the number of rows, which is that of the forms."""
    count = 0
    for year in districts.YEARS:
        for place, (code, name) in enumerate(districts.names()):
            chance = random.Random(f"{seed} forms {code} {year}")
            strings = sheet.Strings()
            share = districts.SHARES[place] * scale * (1 + 0.02 * (year - 2021))
            tables = [
                ("学位", "学位情况", "个", PLACES, places(chance, share)),
                ("教师", "教师情况", "人", TEACHERS, teachers(chance, share)),
                ("视力", "视力筛查情况", "人", VISION, vision(chance, share, place, year)),
            ]
            sheets = []
            for tab, title, unit, headings, rows in tables:
                pieces = list(table(f"{name}{year}年{title}（示例数据）", name, year, unit, headings, rows, chance, strings))
                sheets.append((tab, sheet.sheet(len(headings), len(rows) + 3, pieces)))
            sheet.write(folder / str(year) / f"{name}{year}年报表（示例）.xlsx", sheets, strings.pieces())
            count += 1
    return count


def table(title: str, name: str, year: int, unit: str, headings: list, rows: list, chance: random.Random, strings: sheet.Strings):
    """Title, head, headings, rows."""
    width = len(headings)
    above = [[title], [f"填报单位：{name}", None, f"统计年份：{year}", None, f"单位：{unit}"], headings]
    for number, values in enumerate(above, 1):
        yield sheet.row(number, width, values, [sheet.TEXT] * width, strings)
    for number, values in enumerate(rows, 4):
        written = [
            value if isinstance(value, str) else as_written(value, chance, "学位" in heading)
            for heading, value in zip(headings, values)
        ]
        styles = [sheet.TEXT if isinstance(value, str) else sheet.GENERAL for value in written]
        yield sheet.row(number, width, written, styles, strings)


def as_written(value: int, chance: random.Random, is_sure: bool):
    """A figure as somebody wrote it: nearly always a number."""
    kind = chance.random()
    if value == 0 and kind < 0.5:
        return "—"
    if kind < 0.005 and not is_sure:
        return None
    if kind < 0.015:
        return f"{value:,}"
    if kind < 0.02:
        return str(value).translate(WIDE)
    return value


def places(chance: random.Random, share: float) -> list:
    rows = []
    for zone in ZONES:
        for stage, all_of_them in (("小学", 1_150_000), ("初中", 480_000)):
            seats = int(all_of_them * share / len(ZONES) * chance.uniform(0.5, 1.5))
            private = int(seats * chance.choice([0, 0.1, 0.2, 0.35]))
            public = seats - private
            enrolled = [int(one * chance.uniform(0.85, 1.02)) for one in (public, private)]
            rows.append([zone, stage, public, private, *enrolled, *(-(-one // 45) for one in enrolled)])
    return rows


def teachers(chance: random.Random, share: float) -> list:
    rows = []
    for zone in ZONES:
        for stage, all_of_them, ratio in (("小学", 1_100_000, 17.5), ("初中", 450_000, 13.2)):
            pupils = int(all_of_them * share / len(ZONES) * chance.uniform(0.5, 1.5))
            staff = max(1, int(pupils / (ratio * chance.uniform(0.9, 1.1))))
            rows.append([zone, stage, pupils, staff, *(int(staff * part) for part in (0.86, 0.14, 0.09, 0.07))])
    return rows


def vision(chance: random.Random, share: float, place: int, year: int) -> list:
    rows = []
    for grade, name in enumerate(districts.GRADES, 1):
        for sex in districts.SEXES:
            for kind, part in (("公办", 0.78), ("民办", 0.22)):
                pupils = int(1_800_000 * share / 24 * part * chance.uniform(0.9, 1.1))
                screened = int(pupils * chance.uniform(0.95, 0.995))
                myopic = int(screened * districts.myopia(grade, sex, place, year) * chance.uniform(0.97, 1.03))
                low, middle = int(myopic * 0.55), int(myopic * 0.35)
                rows.append([name, sex, kind, pupils, screened, myopic, low, middle, myopic - low - middle])
    return rows
