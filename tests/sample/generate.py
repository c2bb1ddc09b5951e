"""Write the sample workbooks of 2021-2023, what a perfect reader gets from them, and what is wrong in them.

Why: real district workbooks cannot be published. These are made the way offices make
theirs, from invented numbers, so that the whole batch can be run and judged by anyone.
The same bytes come out at every run: numbers are drawn from a fixed seed and no clock is read.

    python tests/sample/generate.py
"""

import shutil
import sys
from pathlib import Path

sys.dont_write_bytecode = True

import city
import covers
import eyes
import later
import mistakes
import places
import teaching
import workbook
from areas import YEARS
from forms_city import BUREAUS, s05
from forms_eyes import s10
from forms_places import s01, s02
from forms_staff import s06, s08
from ledger import Ledger
from offices import APART, FILE_IN, NOT_SENT, OFFICES
from sheet import lay

HERE = Path(__file__).resolve().parent
INPUT = HERE.parents[1] / "input" / "guangzhou-2023"
BUILD = {"S01": s01, "S02": s02, "S05": s05, "S06": s06, "S08": s08, "S10": s10}


def draw_facts() -> dict:
    base = city.city()
    return {"city": base, "projects": places.projects(), "supply": places.supply(base), "teachers": teaching.teachers(base),
            "posts": teaching.posts(base), "eyes": eyes.screenings(base)}


def write_form(form: str, name: str, file: str, office, year: int, number: int, facts: dict, ledger: Ledger):
    table = BUILD[form](office, year, facts)
    mistakes.plant(table, office.code, year, totals=False)
    table.add_up()
    mistakes.plant(table, office.code, year, totals=True)
    return lay([table], office, name, file, year, number, ledger)


def write_office(office, year: int, facts: dict, ledger: Ledger, out: Path) -> None:
    """One office's workbook of one year, and beside it the form that it sends apart."""
    usual = f"{year}/" + FILE_IN.get((year, office.code), office.file.format(y=year))
    books = {usual: []}
    number = 0
    for kind, name in office.sheets:
        if kind not in BUILD:
            books[usual].append(covers.useless(kind, name, office, year))
        elif (year, office.code, kind) in NOT_SENT:
            ledger.oddity((usual, "", ""), "form_missing", f"{kind} was not sent for {year}")
        else:
            number += 1
            apart = APART.get((year, office.code, kind))
            file = f"{year}/{apart.format(y=year)}" if apart else usual
            books.setdefault(file, []).append(write_form(kind, name, file, office, year, number, facts, ledger))
    for file, sheets in books.items():
        workbook.save(out / file, sheets)


def write_wordings(ledger: Ledger, page: Path) -> None:
    """The list of all wordings, form by form."""
    lines = ["# Wordings of the sample workbooks", "", "Written by `generate.py`. Brackets and colons are shown half-width; offices write either, and some put a line break",
             "before the bracket.", "", "| form | of | wordings |", "|---|---|---|"]
    for (form, role), words in sorted(ledger.words.items()):
        lines.append(f"| {form} | {role} | {' · '.join(f'`{word}`' for word in sorted(words))} |")
    page.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    facts, ledger = draw_facts(), Ledger()
    for year in YEARS:
        shutil.rmtree(INPUT / str(year), ignore_errors=True)
        write_office(BUREAUS[year], year, facts, ledger, INPUT)
        for office in OFFICES:
            write_office(office, year, facts, ledger, INPUT)
    later.write(facts, ledger, INPUT)
    ledger.save(HERE)
    write_wordings(ledger, HERE / "wordings.md")


if __name__ == "__main__":
    main()
