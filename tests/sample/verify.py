"""Read the sample workbooks back and hold them against the truth.

Why: the truth is only worth something if a program that shares nothing with the generator
finds it in the files. For every row of the truth this opens the cell it names, reads the
headings above it and the labels beside it through the merged cells, and compares the value.
Then it checks sums, parts and wholes, formulas, and that a second run gives the same bytes.

    python tests/sample/verify.py
"""

import csv
import hashlib
import re
import subprocess
import sys
import unicodedata
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import openpyxl
import xlrd
from openpyxl.utils.cell import coordinate_from_string, column_index_from_string

HERE = Path(__file__).resolve().parent
INPUT = HERE.parents[1] / "input" / "guangzhou-2023"
HEADS = {
    "planned_new_places": ("计划新增学位",), "new_places": ("实际新增学位",), "new_places_in_use": ("其中:已投入使用",),
    "closed_places": ("同期撤并减少学位",), "public_places": ("学位", "公办"), "private_places": ("学位", "民办"),
    "public_enrolled": ("在校生", "公办"), "private_enrolled": ("在校生", "民办"),
    "bought_place_pupils": ("在校生", "其中:政府购买学位就读"), "bought_place_spending": ("购买金额",), "schools": ("学校数",),
    "classes": ("班数",), "enrolled": ("在校生",), "staff": ("教职工",), "teachers": ("专任教师",),
    "large_classes": ("其中:56人以上大班",), "established_teachers": ("在编专任教师",), "temporary_teachers": ("临聘", "临聘教师"),
    "teachers_junior_college": ("学历", "专科"), "teachers_bachelor": ("学历", "本科"), "teachers_postgraduate": ("学历", "研究生"),
    "recruitment_planned": ("招聘计划",), "recruited": ("已招", "已招聘"), "recruits_in_post": ("到岗",),
    "self_recruiting_schools": ("自主招聘学校",), "training_attendances": ("培训人次",),
    "rural_teachers_upgrading": ("乡村教师学历提升",), "staffing_schools": ("学校数",), "posts_required": ("应配",),
    "posts_filled": ("已配",), "posts_short": ("缺额",), "schools_fully_staffed": ("配齐学校数",),
    "screening_enrolled": ("在校生",), "due_for_screening": ("应筛",), "screened": ("实筛",), "validly_screened": ("有效",),
    "myopic": ("筛查性近视",), "low_myopic": ("其中", "低度"), "moderate_myopic": ("其中", "中度"), "high_myopic": ("其中", "高度"),
    "orthokeratology_wearers": ("戴角膜塑形镜",),
}
EITHER = {"temporary_teachers", "recruited"}
STAGE = {"kindergarten": {"幼儿园"}, "primary": {"小学"}, "junior": {"初中"}, "senior": {"普通高中", "高中"}}
BUILD = {"new_build": "新建", "extension": "扩建", "conversion": "改建", "private_to_public": "转公"}
SUBJECT = {"pe": "体育", "music": "音乐", "art": "美术", "labour": "劳动", "psychology": "心理"}
GRADE = dict(enumerate((("一年级",), ("二年级",), ("三年级",), ("四年级",), ("五年级",), ("六年级",), ("初一", "七年级"),
                        ("初二", "八年级"), ("初三", "九年级"), ("高一",), ("高二",), ("高三",)), 1))
AREA = dict(zip("440103 440104 440105 440106 440111 440112 440113 440114 440115 440117 440118 440100-M".split(),
                "荔湾 越秀 海珠 天河 白云 黄埔 番禺 花都 南沙 从化 增城 属".split()))
PARTS = ["new_places_in_use<new_places", "large_classes<classes", "teachers<staff", "bought_place_pupils<private_enrolled",
         "recruited<recruitment_planned", "recruits_in_post<recruited", "posts_filled<posts_required",
         "due_for_screening<screening_enrolled", "screened<due_for_screening", "validly_screened<screened",
         "myopic<validly_screened", "low_myopic<myopic", "moderate_myopic<myopic", "high_myopic<myopic",
         "orthokeratology_wearers<myopic", "new_places<planned_new_places"]


def even(value) -> str:
    return "".join(unicodedata.normalize("NFKC", "" if value is None else str(value)).split())


class Page:
    """A sheet as a grid, with every merged cell filled from its first one."""

    def __init__(self, grid: dict, merges: list):
        self.raw, self.grid = grid, dict(grid)
        for top, left, bottom, right in merges:
            for row in range(top, bottom + 1):
                for col in range(left, right + 1):
                    self.grid[row, col] = grid.get((top, left))

    def above(self, row, col):
        return [even(self.grid.get((r, col))) for r in range(1, row)]

    def beside(self, row):
        return [even(self.grid.get((row, c))) for c in range(1, 40)]


def open_book(path: Path, values=True) -> dict:
    if path.suffix == ".xls":
        book = xlrd.open_workbook(path, formatting_info=True)
        return {s.name: Page({(r + 1, c + 1): s.cell_value(r, c) for r in range(s.nrows) for c in range(s.ncols)},
                             [(a + 1, c + 1, b, d) for a, b, c, d in s.merged_cells]) for s in book.sheets()}
    book = openpyxl.load_workbook(path, data_only=values)
    return {s.title: Page({(c.row, c.column): c.value for line in s.iter_rows() for c in line},
                          [(m.min_row, m.min_col, m.max_row, m.max_col) for m in s.merged_cells.ranges]) for s in book}


def read(value) -> tuple:
    text = even(value).replace(",", "")
    if text == "":
        return None, "O"
    if text in ("-", "—", "/"):
        return None, "M"
    return Decimal(0 if text == "无" else text), "A"


def check_row(row: dict, page: Page) -> list:
    letters, line = coordinate_from_string(row["cell"])
    col, faults = column_index_from_string(letters), []
    above, beside = page.above(line, col), page.beside(line)
    leaf = [re.sub(r"\(.*\)$", "", text) for text in above]
    number, status = read(page.raw.get((line, col)))
    scale = 10_000 if any("(万" in text and "(万元)" not in text for text in above) else 1
    if status != row["status"] or (status == "A" and number * scale != Decimal(row["value"])):
        faults.append(f"value {page.raw.get((line, col))!r}")
    wanted = HEADS[row["measure"]]
    found = any(word in leaf for word in wanted) if row["measure"] in EITHER else all(word in leaf for word in wanted)
    if not found:
        faults.append(f"headings {above}")
    if row["subject"] and SUBJECT[row["subject"]] not in above:
        faults.append("subject")
    if row["form"] == "S05":
        if row["stage"] and not STAGE[row["stage"]] & set(above):
            faults.append("stage above")
        if AREA[row["area"]] not in beside[0].replace("黄浦", "黄埔"):
            faults.append("area")
    elif row["form"] == "S10":
        label = re.sub(r"[()]", "|", "|".join(beside)).split("|")
        if not set(GRADE[int(row["grade"])]) & set(label):
            faults.append("grade")
        if [sex for sex in "男女" if {sex, sex + "生"} & set(label)] != ["男女"[int(row["sex"]) - 1]]:
            faults.append("sex")
    else:
        if not STAGE[row["stage"]] & set(beside):
            faults.append("stage")
        if row["form"] == "S01" and not {row["project"], BUILD[row["build_type"]]} <= set(beside):
            faults.append("project")
    if {"合计", "总计", "小计", "全市合计"} & set(beside):
        faults.append("a total row")
    head = "".join(even(page.grid.get((r, c))) for r in range(1, 7) for c in range(1, 30))
    if "示例数据" not in head:
        faults.append("no 示例数据")
    if row["form"] != "S05" and AREA[row["area"]] not in head:
        faults.append("area in head")
    if f"{row['period']}" not in row["file"].split("/")[1].translate(str.maketrans("０１２３４５６７８９", "0123456789")):
        faults.append("year in the file name")
    return faults


def check_formulas(path: Path) -> tuple[int, list]:
    """Work the formulas out again from the cached values of the cells they name."""
    pages, faults, count = open_book(path), [], 0
    for name, page in open_book(path, values=False).items():
        cells = pages[name].raw

        def at(ref):
            letters, line = coordinate_from_string(ref)
            value = cells.get((line, column_index_from_string(letters)))
            return value if isinstance(value, (int, float)) else 0

        def total(match):
            whole = 0
            for part in match[1].split(","):
                a, b = (coordinate_from_string(ref) for ref in (part.split(":") * 2)[:2])
                whole += sum(at(f"{a[0]}{line}") for line in range(a[1], b[1] + 1))
            return repr(whole)

        for spot, formula in page.raw.items():
            if isinstance(formula, str) and formula.startswith("="):
                count += 1
                text = re.sub(r"SUM\(([^)]*)\)", total, formula[1:])
                text = re.sub(r"\b[A-Z]{1,2}\d+\b", lambda m: repr(at(m[0])), text).replace("ROUND", "round")
                if abs(eval(text) - cells[spot]) > 0.006:
                    faults.append(f"{path.name} {name} {spot} {formula} = {eval(text)}, cached {cells[spot]}")
    return count, faults


def check_parts(rows: list) -> list:
    by = defaultdict(dict)
    for row in rows:
        if row["status"] == "A":
            by[tuple(row[k] for k in ("area", "period", "stage", "project", "subject", "grade", "sex"))][row["measure"]] = Decimal(row["value"])
    faults = []
    for key, got in by.items():
        for rule in PARTS:
            part, whole = rule.split("<")
            if part in got and whole in got and got[part] > got[whole]:
                faults.append(f"{rule} {key} {got[part]} {got[whole]}")
        if "low_myopic" in got and got["low_myopic"] + got["moderate_myopic"] + got["high_myopic"] != got.get("myopic"):
            faults.append(f"kinds of myopia {key}")
        if "established_teachers" in got and got["established_teachers"] + got["temporary_teachers"] != got.get("teachers"):
            faults.append(f"teachers {key}")
        if "public_enrolled" in got and got["public_enrolled"] + got.get("private_enrolled", 0) != got.get("enrolled"):
            faults.append(f"pupils {key}")
    full = {(k[0], k[1], k[2]): v["staffing_schools"] for k, v in by.items() if "staffing_schools" in v}
    faults += [f"fully staffed {k}" for k, v in by.items() if v.get("schools_fully_staffed", 0) > full.get(k[:3], 10 ** 9)]
    return faults


def digest() -> dict:
    files = sorted(INPUT.rglob("*.xls*")) + [HERE / "truth.csv", HERE / "oddities.csv", HERE / "README.md"]
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def main() -> int:
    with open(HERE / "truth.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    books, faults = {}, []
    for row in rows:
        book = books.setdefault(row["file"], None) or open_book(INPUT / row["file"])
        books[row["file"]] = book
        faults += [f"{row['file']} {row['sheet']} {row['cell']} {row['measure']}: {f}" for f in check_row(row, book[row["sheet"]])]
    keys = [tuple(row.values())[:10] for row in rows]
    spots = [(row["file"], row["sheet"], row["cell"]) for row in rows]
    faults += ["a key twice"] * (len(keys) != len(set(keys))) + ["a cell twice"] * (len(spots) != len(set(spots)))
    faults += check_parts(rows)
    formulas = 0
    for path in sorted(INPUT.rglob("*.xlsx")):
        count, wrong = check_formulas(path)
        formulas, faults = formulas + count, faults + wrong
    before = digest()
    subprocess.run([sys.executable, str(HERE / "generate.py")], check=True)
    after = digest()
    faults += [f"not the same bytes: {name}" for name, was in before.items() if after[name] != was]
    print(f"{len(rows)} rows of truth, {len(books)} workbooks, {formulas} formulas, {len(faults)} faults")
    print("\n".join(faults[:40]))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
