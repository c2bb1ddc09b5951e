"""Write the workbooks of the later forms, from what `senders.py` says and the numbers of `admission`, `wellbeing`, `rounds`, `lists`."""

from dataclasses import replace

import admission
import lists
import mistakes
import rounds
import wellbeing
import workbook
from forms_lists import listed
from forms_rounds import district_form, in_words, stacked, summary
from senders import (BUREAU, KEEPER, KINDS, MUNICIPAL_FORMS, NAMES, NOT_SENT, OFTEN, PAYER, STACKED, SUMMARY, UNIVERSITIES, WORDS,
                     YEARLY, office, sheet_name)
from areas import MUNICIPAL
from sheet import lay


def draw_facts(base: dict) -> dict:
    """Form -> (period, area) -> rows; of the bureau's lists, form -> period -> rows."""
    city = base["city"]
    monthly, yearly = rounds.spending(city)
    after = rounds.after_school(city)
    return {
        "S03": admission.kindergartens(city), "S04": admission.admission(city), "S07": admission.rotation(city),
        "S09": wellbeing.mental_health(city, base["posts"]), "S11": wellbeing.fitness(base["eyes"]), "S12": rounds.digital(city),
        "S13": monthly, "S13Y": yearly, "S15": after, "S16": rounds.safety(city), "S18": rounds.party(city, after),
        "S22A": rounds.pupil_aid(city), "S14": lists.vocational_schools(), "S17": lists.sister_pairs(), "S17A": lists.window_schools(),
        "S19": lists.graduates(), "S20": lists.ledger(), "S21": lists.key_projects(), "S22": lists.aid(),
        "T01": {2023: lists.shares(city)}}


def periods(form: str, year: int) -> list:
    """The periods of a form that one yearly workbook holds, each on a sheet of its own."""
    if form in ("S09", "S12"):
        return [f"{year}-S1", f"{year}-S2"]
    return [admission.school_year(year) if form == "S03" else str(year)]


def filled(form: str, period: str, year: int) -> str:
    """The day on which a form is filled in: soon after its period, the school year's in October, the task sheet in May."""
    if form in ("S03", "S04", "S11"):
        return ""
    if form == "T01":
        return f"{year}年5月15日"
    part = period[5:]
    month = {"S1": 6, "Q1": 3, "Q2": 6, "Q3": 9}.get(part) or (int(part) if part.isdigit() else 12)
    return f"{year + month // 12}年{month % 12 + 1}月{5 + len(form) * 2}日"


def finish(table, sender, year: int):
    table.filled = filled(table.form, table.period, year)
    mistakes.plant(table, sender.code, year, totals=False)
    table.add_up()
    mistakes.plant(table, sender.code, year, totals=True)
    return table


class Book:
    """One workbook in the making."""

    def __init__(self, file, sender, year, ledger):
        self.file, self.sender, self.year, self.ledger, self.sheets = file, sender, year, ledger, []

    def add(self, tables: list, name: str) -> None:
        tables = [finish(table, self.sender, self.year) for table in tables]
        self.sheets.append(lay(tables, self.sender, name, self.file, self.year, len(self.sheets) + 1, self.ledger))

    def save(self, out) -> None:
        workbook.save(out / self.file, self.sheets)


def write_district(code: str, year: int, facts: dict, ledger, out) -> None:
    names, sender = NAMES[code], office(code)
    book = Book(f"{year}/" + names.file.format(y=year, k=KINDS["yearly"]), sender, year, ledger)
    for form in YEARLY:
        for period in periods(form, year):
            if (period, code, form) in NOT_SENT:
                ledger.oddity((book.file, "", ""), "form_missing", f"{form} was not sent for {period}")
            elif (period, code) in facts[form]:
                part = {"S1": "（春）", "S2": "（秋）"}.get(period[5:], "")
                book.add([district_form(form, sender, period, facts[form][period, code])],
                         sheet_name(names, len(book.sheets) + 1, form, part))
    book.save(out)
    book = Book(f"{year}/" + names.file.format(y=year, k=KINDS["often"]), sender, year, ledger)
    for form in OFTEN:
        if code == MUNICIPAL and form not in MUNICIPAL_FORMS:
            continue
        given = facts[form][str(year), code]
        below = code in STACKED and form in ("S16", "S18")
        tables = stacked(form, sender, given) if below else [district_form(form, sender, str(year), given)]
        book.add(tables, sheet_name(names, len(book.sheets) + 1, form))
    book.save(out)


def write_bureau(year: int, facts: dict, ledger, out) -> None:
    book = Book(f"{year}/" + PAYER.file.format(y=year), PAYER, year, ledger)
    for form in ("S13", "S13Y"):
        book.add([district_form(form, PAYER, str(year), facts[form][str(year), PAYER.code])], WORDS[form])
    for form in ("S14", "S17", "S17A", "S22", "T01"):
        if year in facts[form]:
            sender = replace(BUREAU, total_first=form == "S17", habits={"thousands": 0.15} if form == "S14" else {})
            book.sender = sender
            book.add([listed(form, sender, str(year), facts[form][year])], WORDS[form])
    book.save(out)
    for month in (month for month in facts["S20"] if month.startswith(str(year))):
        book = Book(f"{year}/" + KEEPER.file.format(m=in_words(month, 0)), KEEPER, year, ledger)
        for form in ("S20", "S21"):
            book.add([listed(form, KEEPER, month, facts[form][month])], WORDS[form])
        book.save(out)
    book = Book(f"{year}/" + UNIVERSITIES.file.format(y=year), UNIVERSITIES, year, ledger)
    for month in (month for month in facts["S19"] if month.startswith(str(year))):
        book.add([listed("S19", UNIVERSITIES, month, facts["S19"][month])], f"{int(month[5:])}月")
    book.save(out)


def write(base: dict, ledger, out) -> None:
    facts = draw_facts(base)
    book = Book("2021/" + SUMMARY.file.format(y=2021), SUMMARY, 2021, ledger)
    for form in ("S03", "S04", "S07"):
        book.add([summary(form, SUMMARY, periods(form, 2021)[0], facts[form])], WORDS[form])
    book.save(out)
    for year in (2022, 2023):
        for code in NAMES:
            write_district(code, year, facts, ledger, out)
        write_bureau(year, facts, ledger, out)
