"""A table as an office thinks of it: columns with stacked headings, leaf rows, subtotals and a total.

Why: the forms say what is in a table and `sheet.py` says where it lands on the page.
Adding up happens here, after the planted blanks and before the planted wrong totals.
"""

from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True)
class Mark:
    """A cell that is not a number: blank is not yet reported (O), a dash does not apply (M)."""
    text: str
    status: str


BLANK = Mark("", "O")


@dataclass
class Column:
    key: str
    heads: tuple                        # headings from top to bottom
    kind: str = "label"                 # label, count, percent, rate, points, day, words, note or spacer
    measure: str = ""
    dims: dict = field(default_factory=dict)
    scale: int = 1                      # 10000 when the office writes 万
    decimals: int = 0
    ratio: tuple = ()                   # keys of numerator, keys of denominator
    per: int = 1                        # what a rate in units is multiplied by
    formula: str = ""                   # such as "{a}-{b}", for offices that use formulas
    hidden: bool = False
    merge_down: bool = False
    width: int = 11


@dataclass
class Row:
    id: str
    cells: dict
    dims: dict = field(default_factory=dict)
    kind: str = "leaf"                  # leaf, subtotal, total or gap
    parts: list = field(default_factory=list)
    across: tuple = ()                  # first and last label column that the total's word is merged over
    planted: dict = field(default_factory=dict)   # column key -> (kind, note)
    shown: dict = field(default_factory=dict)     # column key -> a rate as the office wrongly gives it


@dataclass
class Table:
    form: str
    title: str
    unit: str
    columns: list
    rows: list
    total: dict                         # label cells of the total row; none: the table has no total
    total_first: bool = False
    total_across: tuple = ()
    group: str = ""                     # label column whose runs get a subtotal
    subtotal: dict = field(default_factory=dict)
    gap_before_total: bool = False
    notes: list = field(default_factory=list)
    when: str = ""                      # the period in words, where it is not simply the year
    period: str = ""                    # and as the truth writes it
    filled: str = ""                    # the day it was filled in, where it is not the office's usual one

    def counts(self) -> list:
        return [column for column in self.columns if column.kind == "count"]

    def add_up(self) -> None:
        if not self.total:
            return
        leaves = self.rows
        rows = []
        for run in self.runs(leaves):
            rows += run
            if self.group and len(run) > 1:
                carried = {column.key: run[0].cells[column.key] for column in self.columns if column.merge_down}
                rows.append(self.sum_row("subtotal", f"subtotal/{run[0].cells[self.group]}", run, carried | self.subtotal))
        total = self.sum_row("total", "total", leaves, self.total)
        total.across = self.total_across
        gap = [Row("gap", {}, kind="gap")] if self.gap_before_total else []
        self.rows = [total] + rows if self.total_first else rows + gap + [total]

    def runs(self, leaves: list) -> list:
        if not self.group:
            return [leaves]
        runs = []
        for row in leaves:
            if runs and runs[-1][0].cells[self.group] == row.cells[self.group]:
                runs[-1].append(row)
            else:
                runs.append([row])
        return runs

    def sum_row(self, kind: str, id: str, parts: list, labels: dict) -> Row:
        cells = dict(labels)
        for column in self.counts():
            numbers = [row.cells[column.key] for row in parts if not isinstance(row.cells[column.key], Mark)]
            dashes = [row.cells[column.key] for row in parts if isinstance(row.cells[column.key], Mark)]
            cells[column.key] = sum(numbers, Decimal(0)) if numbers else dashes[0]
        return Row(id, cells, kind=kind, parts=parts)


def fraction(row: Row, column: Column):
    """The rate of a row as a fraction, or None where a part of it is missing."""
    top, bottom = ([row.cells[key] for key in keys] for keys in column.ratio)
    if any(isinstance(part, Mark) and part.status == "O" for part in top + bottom):
        return None
    over, under = (sum(Decimal(0 if isinstance(p, Mark) else p) for p in parts) for parts in (top, bottom))
    return over / under if under else None
