"""What was written where: the truth, the planted mistakes and the wordings.

Why: a reader of the workbooks is judged against these files, so they are recorded at the
moment a cell is laid down and by nothing else.
"""

import csv
import unicodedata
from collections import defaultdict
from decimal import Decimal

TRUTH = ("form", "measure", "area", "period", "stage", "build_type", "project", "subject", "grade", "sex",
         "school", "counterpart", "region", "university", "place", "target", "value", "status", "file", "sheet", "cell")
ODDITIES = ("file", "sheet", "cell", "kind", "note")
DIMS = TRUTH[4:16]


def even(text: str) -> str:
    """One spelling for wordings that differ only in width, brackets or line breaks."""
    return unicodedata.normalize("NFKC", text).replace("\n", "").strip()


class Ledger:
    def __init__(self):
        self.truth, self.oddities, self.words = [], [], defaultdict(set)

    def fact(self, form, measure, area, period, dims, value, status, place):
        shown = "" if value is None else format(Decimal(value).normalize(), "f")
        given = [str(dims.get(name, "")) for name in DIMS]
        self.truth.append((form, measure, area, str(period), *given, shown, status, *place))

    def oddity(self, place, kind, note):
        self.oddities.append((*place, kind, note))

    def word(self, form, role, text):
        if text:
            self.words[form, role].add(even(text))

    def save(self, folder):
        """One file of truth for each form, and one of oddities."""
        by_form = defaultdict(list)
        for row in self.truth:
            by_form[row[0]].append(row)
        for old in (folder / "truth").glob("*.csv"):
            old.unlink()
        (folder / "truth").mkdir(exist_ok=True)
        files = [(f"truth/{form}.csv", TRUTH, rows) for form, rows in by_form.items()]
        for name, head, rows in [*files, ("oddities.csv", ODDITIES, self.oddities)]:
            with open(folder / name, "w", encoding="utf-8", newline="") as out:
                writer = csv.writer(out, lineterminator="\n")
                writer.writerow(head)
                writer.writerows(rows)
