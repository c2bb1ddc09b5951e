"""L: records of pupils at the vision screening. A workbook for each district and year, a row for each pupil, 17 columns.

Nobody is meant: numbers are counted up, schools are numbered, and what two eyes are like is drawn from a stock of invented pairs that
were made once for each grade. The rows are put together from finished pieces of XML, because there are millions of them.
"""

import random
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from itertools import repeat
from pathlib import Path
from typing import Iterator

import districts
import sheet

PUPILS = 1_809_000
YEARS = (2022, 2023)
HEADINGS = [
    "学籍号", "区", "学校", "学段", "年级", "班", "性别", "出生日期", "检查日期", "右眼裸眼视力", "左眼裸眼视力", "右眼等效球镜",
    "左眼等效球镜", "右眼柱镜", "戴镜类型", "身高", "体重",
]  # fmt: skip
STOCK = 3000
CHUNK = 5000
BLANK = 0.005
GLASSES = ["不戴镜", "框架眼镜", "隐形眼镜", "角膜塑形镜"]


def write(folder: Path, seed: int, scale: float) -> int:
    """All workbooks, by two processes."""
    tasks = []
    for year in YEARS:
        for place, (code, name) in enumerate(districts.names()):
            rows = round(PUPILS * districts.SHARES[place] * scale)
            tasks.append((folder / str(year) / f"{name}{year}年视力筛查个案（示例）.xlsx", seed, code, name, place, year, rows))
    tasks.sort(key=lambda task: -task[-1])
    with ProcessPoolExecutor(2) as pool:
        return sum(pool.map(_workbook, tasks))


def one(path: Path, seed: int, rows: int) -> None:
    """A single workbook of so many rows."""
    code, name = districts.names()[0]
    _workbook((path / f"{name}2023年视力筛查个案（示例）.xlsx", seed, code, name, 0, 2023, rows))


def _workbook(task: tuple) -> int:
    path, seed, code, name, place, year, count = task
    chance = random.Random(f"{seed} pupils {code} {year} {count}")
    strings = sheet.Strings()
    heading = sheet.row(1, len(HEADINGS), HEADINGS, [sheet.TEXT] * len(HEADINGS), strings)
    classes = Classes(chance, strings, name, place, year, count)
    base = len(strings.numbers)
    numbers = (
        "".join(f"<si><t>S{code}{year}{number:07}</t></si>" for number in range(start, min(start + CHUNK, count)))
        for start in range(0, count, CHUNK)
    )
    rows = sheet.sheet(len(HEADINGS), count + 1, _rows(heading, classes, base, count, chance))
    sheet.write(path, [("筛查个案（示例）", rows)], strings.pieces(numbers, count))
    return 1


def _rows(heading: str, classes: "Classes", base: int, count: int, chance: random.Random) -> Iterator[str]:
    """Pupils class by class, in pieces of a few thousand rows."""
    yield heading
    made, pending = 0, []
    while made < count:
        size = min(chance.randint(36, 54), count - made)
        own, first, share, stock = classes.draw()
        myopic = (profile for profile in chance.choices(stock[True], k=size))
        others = (profile for profile in chance.choices(stock[False], k=size))
        sexes = chance.choices(districts.SEXES, k=size)
        births = chance.choices(first, k=size)
        for place, (sex, birth, draw) in enumerate(zip(sexes, births, [chance.random() for _ in repeat(None, size)])):
            r = made + place + 2
            eyes = next(myopic if draw < share[sex] else others)
            pending.append(
                f'<row r="{r}" spans="1:17"><c r="A{r}" s="1" t="s"><v>{base + r - 2}</v></c>'
                + own.replace("#", str(r)).replace("?", classes.sexes[sex])
                + f'<c r="H{r}" s="2"><v>{birth}</v></c>'
                + eyes.replace("#", str(r))
                + "</row>"
            )
        made += size
        if len(pending) >= CHUNK:
            yield "".join(pending)
            pending = []
    yield "".join(pending)


class Classes:
    """The classes of a district: what all pupils of one share, and the stock of eyes of its grade. `#` stands for the row."""

    def __init__(self, chance: random.Random, strings: sheet.Strings, name: str, place: int, year: int, count: int) -> None:
        self.chance, self.strings, self.name, self.place, self.year = chance, strings, name, place, year
        # The texts that many cells share come first in the table, the numbers of pupils behind them.
        self.schools = [f"{name}示例第{number:03}学校" for number in range(1, max(2, count // 1100))]
        self.texts = {text: strings.number(text) for text in [name, *self.schools, *districts.STAGES, *districts.GRADES, *GLASSES]}
        self.sexes = {sex: str(strings.number(sex)) for sex in districts.SEXES}
        strings.uses = (count + 1) * 7
        self.stock = {grade: _stock(chance, grade, self.texts) for grade in range(1, 13)}

    def draw(self) -> tuple[str, list[int], dict[str, float], dict[bool, list[str]]]:
        """Its cells B to G, days of birth, shares of myopic pupils by sex, eyes."""
        grade = self.chance.choices(range(1, 13), [11, 11, 11, 10, 10, 10, 8, 8, 8, 4.5, 4.5, 4])[0]
        words = [self.name, self.chance.choice(self.schools), districts.stage(grade), districts.GRADES[grade - 1]]
        cells = "".join(f'<c r="{letter}#" s="1" t="s"><v>{self.texts[word]}</v></c>' for letter, word in zip("BCDE", words))
        cells += f'<c r="F#" s="0"><v>{self.chance.randint(1, 14)}</v></c><c r="G#" s="1" t="s"><v>?</v></c>'
        first = sheet.serial(date(self.year - grade - 6, 9, 1))
        share = {sex: districts.myopia(grade, sex, self.place, self.year) for sex in districts.SEXES}
        return cells, list(range(first, first + 365)), share, self.stock[grade]


def _stock(chance: random.Random, grade: int, texts: dict[str, int]) -> dict[bool, list[str]]:
    """Cells I to Q of invented pupils, those that are myopic and those that are not: day, eyes, glasses, height, weight."""
    stock: dict[bool, list[str]] = {True: [], False: []}
    first = sheet.serial(date(2023, 9, 11))
    for is_myopic in stock:
        for _ in range(STOCK):
            right = -0.5 - chance.expovariate(1 / (0.6 + 0.22 * grade)) if is_myopic else chance.gauss(0.6 - 0.03 * grade, 0.5)
            spheres = [_eighth(right, is_myopic), _eighth(right + chance.gauss(0, 0.3), is_myopic)]
            acuities = [_acuity(chance, sphere) for sphere in spheres]
            if is_myopic and min(acuities) >= 5.0:
                acuities[0] = 4.9
            glasses = GLASSES[chance.choices(range(4), [30, 60, 4, 6])[0]] if is_myopic else GLASSES[0]
            height = round(chance.gauss(112 + 5.2 * grade, 6), 1)
            numbers = [*acuities, *spheres, -0.25 * chance.randint(0, 8), None, height, round(height**2 / 1e4 * chance.uniform(14, 24), 1)]
            if chance.random() < 0.00005 * 2:
                # What a machine writes when it could not measure.
                numbers[2] = -99.0
            cells = f'<c r="I#" s="{sheet.DAY}"><v>{first + chance.randint(0, 60)}</v></c>'
            for letter, number, style in zip("JKLMNOPQ", numbers, [3, 3, 4, 4, 4, 1, 3, 3]):
                if chance.random() < BLANK:
                    cells += f'<c r="{letter}#" s="{style}"/>'
                elif number is None:
                    cells += f'<c r="{letter}#" s="1" t="s"><v>{texts[glasses]}</v></c>'
                else:
                    cells += f'<c r="{letter}#" s="{style}"><v>{number or 0:g}</v></c>'
            stock[is_myopic].append(cells)
    return stock


def _eighth(sphere: float, is_myopic: bool) -> float:
    """Refractometers give eighths of a dioptre; either side of the limit of -0.5 that makes a pupil myopic."""
    rounded = max(-15.0, round(sphere * 8) / 8)
    return min(rounded, -0.5) if is_myopic else max(rounded, -0.375)


def _acuity(chance: random.Random, sphere: float) -> float:
    return round(min(5.3, max(3.6, 5.05 + (0.22 * sphere if sphere < 0 else 0) + chance.gauss(0, 0.08))), 1)
