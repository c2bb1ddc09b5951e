"""M: records of schools. A workbook for each district and year with a row for each of the city's 1,600 schools, 31 columns."""

import random
from pathlib import Path

import districts
import sheet

SCHOOLS = 1600
HEADINGS = [
    "区", "学校代码", "学校名称", "学段", "办学类型", "城乡", "地址", "建校年份", "占地面积", "校舍面积", "学位", "班级数", "在校生",
    "男生", "女生", "寄宿生", "随迁子女", "专任教师", "女教师", "本科及以上", "研究生", "高级职称", "校医", "心理教师", "图书册数",
    "计算机台数", "多媒体教室", "运动场面积", "有效筛查人数", "近视人数", "备注",
]  # fmt: skip
WORDS = {"区", "学校代码", "学校名称", "学段", "办学类型", "城乡", "地址", "备注"}
STYLES = [sheet.TEXT if heading in WORDS else sheet.GENERAL for heading in HEADINGS]
# Numbers without which there is no school; of the others one in two hundred was left blank.
SURE = WORDS | {"学位", "建校年份"}


def write(folder: Path, seed: int, scale: float) -> int:
    count = 0
    for year in districts.YEARS:
        for place, (code, name) in enumerate(districts.names()):
            chance = random.Random(f"{seed} schools {code} {year}")
            strings = sheet.Strings()
            rows = records(chance, code, name, place, year, round(SCHOOLS * districts.SHARES[place] * scale))
            width = len(HEADINGS)
            pieces = [sheet.row(1, width, HEADINGS, [sheet.TEXT] * width, strings)]
            pieces += [sheet.row(number, width, values, STYLES, strings) for number, values in enumerate(rows, 2)]
            sheets = [("学校（示例）", sheet.sheet(width, len(rows) + 1, pieces))]
            sheet.write(folder / str(year) / f"{name}{year}年学校台账（示例）.xlsx", sheets, strings.pieces())
            count += 1
    return count


def records(chance: random.Random, code: str, name: str, place: int, year: int, schools: int) -> list:
    rows = []
    for number in range(1, schools + 1):
        stage = chance.choices(["小学", "初中", "普通高中"], [0.68, 0.24, 0.08])[0]
        pupils = int(chance.uniform(300, 2200))
        seats = int(pupils * chance.uniform(0.98, 1.15))
        staff = max(1, int(pupils / ({"小学": 17.5, "初中": 13.2, "普通高中": 11.6}[stage] * chance.uniform(0.9, 1.1))))
        boys = int(pupils * chance.uniform(0.49, 0.55))
        screened = int(pupils * chance.uniform(0.95, 0.995))
        grades = list(districts.STAGES[stage])
        share = sum(districts.myopia(grade, "男", place, year) for grade in grades) / len(grades)
        ground = int(pupils * chance.uniform(9, 25))
        values = [
            name, f"示{code}{number:04}", f"{name}示例{stage}{number:03}校", stage, chance.choice(["公办", "公办", "公办", "民办"]),
            chance.choice(["城区", "镇区", "乡村"]), f"{name}示例路{number}号", chance.randint(1905, 2020), ground, ground // 2, seats,
            -(-pupils // 45), pupils, boys, pupils - boys, int(pupils * chance.choice([0, 0, 0.3])), int(pupils * chance.random() / 2),
            staff, int(staff * 0.72), int(staff * 0.88), int(staff * 0.15), int(staff * 0.1), chance.randint(0, 3), chance.randint(0, 3),
            int(pupils * chance.uniform(15, 40)), int(pupils * chance.uniform(0.08, 0.25)), -(-pupils // 40), ground // 3, screened,
            int(screened * share), chance.choice([None, None, None, "有校区在建", "集团校成员", "九月更名"]),
        ]  # fmt: skip
        rows.append([None if chance.random() < 0.005 and heading not in SURE else value for heading, value in zip(HEADINGS, values)])
    return rows
