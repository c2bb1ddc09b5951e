"""Read the sample workbooks back and hold them against the truth.

Why: the truth is only worth something if a program that shares nothing with the generator
finds it in the files. For every row of the truth this opens the cell it names, reads the
headings above it and the labels beside it through the merged cells, and compares the value.
Then it checks sums, parts and wholes, formulas, and that a second run gives the same bytes.

    python tests/sample/verify.py
"""

import csv
import datetime
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

sys.dont_write_bytecode = True

from verify_words import (AREA, AREA_IN_ROW, BUILD, DAYS, FIRST_FORMS, GRADE, HEADS, OPEN, REGION, STAGE, SUBJECT, WORDS, spellings)

HERE = Path(__file__).resolve().parent
INPUT = HERE.parents[1] / "input" / "guangzhou-2023"
PARTS = ["new_places_in_use<new_places", "large_classes<classes", "teachers<staff", "bought_place_pupils<private_enrolled",
         "recruited<recruitment_planned", "recruits_in_post<recruited", "posts_filled<posts_required",
         "due_for_screening<screening_enrolled", "screened<due_for_screening", "validly_screened<screened",
         "myopic<validly_screened", "low_myopic<myopic", "moderate_myopic<myopic", "high_myopic<myopic",
         "orthokeratology_wearers<myopic", "new_places<planned_new_places", "registered_enrolled<registered_due",
         "migrant_eligible<migrant_applied", "rotated<rotation_eligible", "schools_with_psychologist<psychology_schools",
         "c_certificate_trained<psychology_form_teachers", "schools_with_standard_room<psychology_schools",
         "ai_schools<digital_schools", "ai_platform_schools<ai_schools", "smart_reading_schools<digital_schools",
         "lie_flat_pupils<lunch_rest_pupils", "supervised_institutions<licensed_institutions", "schools_with_aed<safety_schools",
         "hazards_fixed<hazards_found", "laboratory_schools_checked<laboratory_schools_due", "aided_pupils<poor_pupils",
         "kindergartens_with_party<party_kindergartens", "principal_system_schools<principal_system_due",
         "training_cases_closed<training_cases_found", "graduates_employed<graduates", "key_projects_on_schedule<key_projects"]


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


def read_day(value) -> tuple:
    """A day as the number that spreadsheets keep it by."""
    if value in (None, ""):
        return None, "M"
    if isinstance(value, float):
        return Decimal(value), "A"
    if not isinstance(value, datetime.datetime):
        value = datetime.datetime(*map(int, re.findall(r"\d+", even(value))))
    return Decimal((value - datetime.datetime(1899, 12, 30)).days), "A"


def meaning(measure: str, value) -> tuple:
    if measure in DAYS:
        return read_day(value)
    if measure in WORDS:
        return None, "A" if value else "M"
    return read(value)


def scale_of(above: list) -> int:
    if any("(亿元)" in text for text in above):
        return 10_000
    return 10_000 if any("(万" in text and "(万元)" not in text for text in above) else 1


def check_row(row: dict, page: Page) -> list:
    letters, line = coordinate_from_string(row["cell"])
    col, faults = column_index_from_string(letters), []
    above, beside = page.above(line, col), page.beside(line)
    leaf = {re.sub(r"\([^()]*\)$", "", text) for text in above}
    number, status = meaning(row["measure"], page.raw.get((line, col)))
    if status != row["status"] or (row["value"] and number * scale_of(above) != Decimal(row["value"])):
        faults.append(f"value {page.raw.get((line, col))!r}")
    if not any(set(words.split()) <= leaf for words in HEADS[row["measure"]].split("|")):
        faults.append(f"headings {above}")
    if row["subject"] and SUBJECT[row["subject"]] not in above:
        faults.append("subject")
    if row["grade"]:
        label = re.sub(r"[()]", "|", "|".join(beside)).split("|")
        if not set(GRADE[int(row["grade"])]) & set(label):
            faults.append("grade")
        if [sex for sex in "男女" if {sex, sex + "生"} & set(label)] != ["男女"[int(row["sex"]) - 1]]:
            faults.append("sex")
    elif row["stage"] and not STAGE[row["stage"]] & set(above if row["form"] == "S05" else beside):
        faults.append("stage")
    if row["build_type"] and BUILD[row["build_type"]] not in beside:
        faults.append("build type")
    faults += [name for name in OPEN if row[name] and even(row[name]) not in beside]
    if row["region"] and not REGION[row["region"]] & set(beside):
        faults.append("region")
    if {"合计", "总计", "小计", "全市合计"} & set(beside):
        faults.append("a total row")
    return faults + check_head(row, page, line, beside)


def check_head(row: dict, page: Page, line: int, beside: list) -> list:
    """The lines above a table say that it is a sample, whose it is and for when, unless the row says so itself."""
    faults = []

    def text(rows):
        return "".join(even(page.grid.get((r, c))) for r in rows for c in range(1, 30))

    if row["form"] in FIRST_FORMS:
        head = text(range(1, 7))
    else:
        marked = [r for r in range(1, line) if "示例数据" in text([r])]
        head = text(range(max(1, marked[-1] - 1), min(line, marked[-1] + 5))) if marked else ""
    if "示例数据" not in head:
        faults.append("no 示例数据")
    in_row = row["form"] in AREA_IN_ROW or "全市" in row["file"]
    names = "".join(beside).replace("黄浦", "黄埔").replace("番禹", "番禺") if in_row else head
    if AREA[row["area"]] not in names:
        faults.append("area")
    in_file = even(row["file"].split("/")[1])
    where = head + "".join(beside) + (in_file if len(row["period"]) == 4 else "")
    if not any(even(words) in where for words in spellings(row["period"])):
        faults.append("period")
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
        if row["value"]:
            by[tuple(row[k] for k in ("area", "period", "stage", "project", "school", "university", "subject", "grade", "sex"))][row["measure"]] = Decimal(row["value"])
    faults = []
    for key, got in by.items():
        for rule in PARTS:
            part, whole = rule.split("<")
            if part in got and whole in got and got[part] > got[whole]:
                faults.append(f"{rule} {key} {got[part]} {got[whole]}")
        if "low_myopic" in got and got["low_myopic"] + got["moderate_myopic"] + got["high_myopic"] != got.get("myopic"):
            faults.append(f"kinds of myopia {key}")
        if "fitness_tested" in got:
            levels = sum(got[f"fitness_{level}"] for level in ("excellent", "good", "pass", "fail"))
            by_plan = 3 * ((key[0], key[1], key[7]) == ("440106", "2023", "7") and key[8] == "1")
            if levels != got["fitness_tested"] + by_plan:
                faults.append(f"levels of fitness {key}")
        if "established_teachers" in got and got["established_teachers"] + got["temporary_teachers"] != got.get("teachers"):
            faults.append(f"teachers {key}")
        if "public_enrolled" in got and got["public_enrolled"] + got.get("private_enrolled", 0) != got.get("enrolled"):
            faults.append(f"pupils {key}")
    full = {(k[0], k[1], k[2]): v["staffing_schools"] for k, v in by.items() if "staffing_schools" in v}
    faults += [f"fully staffed {k}" for k, v in by.items() if v.get("schools_fully_staffed", 0) > full.get(k[:3], 10 ** 9)]
    return faults


def digest() -> dict:
    files = sorted(INPUT.rglob("*.xls*")) + sorted((HERE / "truth").glob("*.csv")) + [HERE / "oddities.csv", HERE / "wordings.md"]
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def main() -> int:
    rows = []
    for path in sorted((HERE / "truth").glob("*.csv")):
        with open(path, encoding="utf-8", newline="") as file:
            rows += csv.DictReader(file)
    books, faults = {}, []
    for row in rows:
        book = books.setdefault(row["file"], None) or open_book(INPUT / row["file"])
        books[row["file"]] = book
        faults += [f"{row['file']} {row['sheet']} {row['cell']} {row['measure']}: {f}" for f in check_row(row, book[row["sheet"]])]
    keys = [tuple(row.values())[:16] for row in rows]
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
