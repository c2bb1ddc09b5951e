"""Lay a table on a page: title and head rows, stacked headings, body, notes; record the truth of every leaf cell.

Why: where a value stands is decided here and nowhere else, so a row of the truth and the
cell it names cannot drift apart.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from areas import SEED
from hand import WIDE, Put, write_count, write_percent
from table import Mark, fraction

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def a1(row: int, col: int) -> str:
    letters = ""
    col += 1
    while col:
        col, rest = divmod(col - 1, 26)
        letters = LETTERS[rest] + letters
    return f"{letters}{row + 1}"


@dataclass
class Sheet:
    name: str
    puts: dict = field(default_factory=dict)        # (row, column) -> Put
    merges: list = field(default_factory=list)      # (row, column, last row, last column)
    widths: dict = field(default_factory=dict)
    hidden: list = field(default_factory=list)

    def put(self, row, col, value, style="label", formula=""):
        self.puts[row, col] = value if isinstance(value, Put) else Put(value, style, formula)

    def merge(self, row, col, last_row, last_col):
        if (row, col) != (last_row, last_col):
            self.merges.append((row, col, last_row, last_col))


def styled(heading: str, office) -> str:
    """A heading with the office's brackets and line breaks."""
    text = heading.replace("(", "（").replace(")", "）") if office.wide else heading
    mark = "（" if office.wide else "("
    return text.replace(mark, "\n" + mark, 1) if office.broken and text.endswith(("）", ")")) else text


def lay_top(sheet: Sheet, table, office, year: int, number: int, at: int = 0) -> int:
    """Annex, title, sender, year and unit rows; the row below them. A term or month is never left to the name of the file."""
    last = len(table.columns) - 1
    when = table.when or f"{year}年"
    if office.annex and number:
        sheet.put(at, 0, f"附件{number}", "left")
        at += 1
    stamp = when if office.period == "title" or table.when and office.period == "file" else ""
    words = "" if office.sample_row else "（示例数据）"
    sheet.put(at, 0, f"{office.area}{stamp}{table.title}{words}", "title")
    sheet.merge(at, 0, at, last)
    at += 1
    if office.sample_row:
        sheet.put(at, 0, "示例数据，仅供演示，不是真实统计数字", "center")
        sheet.merge(at, 0, at, last)
        at += 1
    filled = table.filled or office.filled.format(y=year, n=year + 1)
    if office.head == "one":
        sheet.put(at, 0, f"填报单位（盖章）：{office.sender}   填报日期：{filled}", "left")
        sheet.merge(at, 0, at, last)
        at += 1
    elif office.head == "pair":
        for col, text in ((0, "填报单位（盖章）："), (1, office.sender), (3, "填报日期："), (4, filled)):
            sheet.put(at, col, text, "left")
        at += 1
    if office.period == "head":
        sheet.put(at, 0, f"统计时间：{when}" if table.when else f"统计年份：{year}", "left")
        sheet.put(at, last, f"单位：{table.unit}", "right")
    elif office.period == "headpair":
        sheet.put(at, 0, "统计时间" if table.when else "统计年份", "left")
        sheet.put(at, 1, table.when or year, "left")
        sheet.put(at, last, f"单位：{table.unit}", "right")
    else:
        sheet.put(at, 0, f"单位：{table.unit}", "right")
        sheet.merge(at, 0, at, last)
    return at + 1


def lay_heads(sheet: Sheet, table, office, at: int, ledger) -> int:
    """The stacked headings: a group is merged over its columns, a short stack is merged down."""
    depth = max(len(column.heads) for column in table.columns)
    columns = table.columns
    for level in range(depth):
        col = 0
        while col < len(columns):
            heads = columns[col].heads
            if level >= len(heads):
                col += 1
                continue
            leaf = level == len(heads) - 1
            end = col
            while not leaf and end + 1 < len(columns) and len(columns[end + 1].heads) > level + 1 \
                    and columns[end + 1].heads[:level + 1] == heads[:level + 1]:
                end += 1
            if columns[col].kind != "spacer":
                text = styled(heads[level], office)
                sheet.put(at + level, col, text, "head")
                sheet.merge(at + level, col, at + (depth - 1 if leaf else level), end)
                ledger.word(table.form, columns[col].measure or columns[col].key if leaf else "group heading", text)
            col = end + 1
    return at + depth


def total_formula(table, row, col: int, lines: dict) -> str:
    """SUM over the rows that the total adds, as ranges of neighbours."""
    at = sorted(lines[part.id] for part in row.parts)
    runs = []
    for line in at:
        if runs and runs[-1][1] == line - 1:
            runs[-1][1] = line
        else:
            runs.append([line, line])
    return "SUM(" + ",".join(f"{a1(a, col)}:{a1(b, col)}" if a != b else a1(a, col) for a, b in runs) + ")"


def lay_body(sheet: Sheet, table, office, year, at, place, ledger, formulas: bool) -> int:
    lines = {row.id: at + i for i, row in enumerate(table.rows)}
    cols = {column.key: i for i, column in enumerate(table.columns)}
    rng = Random(f"{SEED}/hand/{office.code}/{year}/{table.form}{table.period}")
    for row in table.rows:
        when = row.dims.get("period") or table.period or year
        line = lines[row.id]
        refs = {key: a1(line, col) for key, col in cols.items()}
        for col, column in enumerate(table.columns):
            cell = row.cells.get(column.key)
            spot = (*place, a1(line, col))
            if row.kind == "gap" or column.kind == "spacer":
                continue
            if column.kind == "percent":
                value = row.shown.get(column.key, fraction(row, column))
                parts = ("+".join(refs[k] for k in keys if not isinstance(row.cells[k], Mark)) for keys in column.ratio)
                formula = "({})/({})".format(*parts) if formulas and column.key not in row.shown else ""
                sheet.put(line, col, write_percent(value, office, rng, formula))
            elif column.kind == "rate":
                value = row.shown.get(column.key, fraction(row, column))
                shown = None if value is None else float((value * column.per).quantize(Decimal("0.01"), ROUND_HALF_UP))
                sheet.put(line, col, shown, "points")
            elif column.kind in ("day", "words") and row.kind == "leaf":
                put, value, status = write_said(cell, column.kind, office)
                if put is not None:
                    sheet.put(line, col, put)
                ledger.fact(table.form, column.measure, row.dims.get("area", office.code), when, {**row.dims, **column.dims},
                            value, status, spot)
            elif column.kind == "count":
                put = write_count(cell, column, office, rng, careful=formulas)
                if formulas and column.key not in row.planted and not isinstance(cell, Mark):
                    if row.kind != "leaf":
                        put.formula = total_formula(table, row, col, lines)
                    elif column.formula:
                        put.formula = column.formula.format(**refs)
                sheet.put(line, col, put)
                if row.kind == "leaf" and column.measure:
                    mark = isinstance(cell, Mark)
                    ledger.fact(table.form, column.measure, row.dims.get("area", office.code), when, {**row.dims, **column.dims},
                                None if mark else cell, cell.status if mark else "A", spot)
            elif cell is not None:
                if column.key == "project" and row.kind == "leaf" and office.has("wide letters") and rng.random() < 0.3:
                    cell = cell.translate(WIDE)
                style = "date" if hasattr(cell, "year") else "label" if isinstance(cell, str) else "number"
                sheet.put(line, col, cell, style)
                if row.kind == "leaf" and column.key in ("area", "stage", "build_type", "grade", "sex", "region", "when"):
                    ledger.word(table.form, f"row: {column.key}", cell)
                elif row.kind != "leaf" and column.key in (table.total if row.kind == "total" else table.subtotal):
                    ledger.word(table.form, f"{row.kind} row", cell)
            if column.key in row.planted:
                ledger.oddity(spot, *row.planted[column.key])
        if row.across:
            first, last = cols[row.across[0]], cols[row.across[1]]
            sheet.merge(line, first, line, last)
    merge_down(sheet, table, lines)
    return at + len(table.rows)


def write_said(cell, kind: str, office) -> tuple:
    """A day or a few words as they are put down, and what they mean: the number of the day, or nothing."""
    if not cell:
        return None, None, "M"
    if kind == "words":
        return Put(cell, "left"), None, "A"
    written = f"{cell.year}年{cell.month}月{cell.day}日" if office.has("day in words") else f"{cell.year}.{cell.month}.{cell.day}"
    put = Put(cell, "date") if office.has("excel dates") else Put(written, "label")
    return put, (cell - date(1899, 12, 30)).days, "A"


def merge_down(sheet: Sheet, table, lines: dict) -> None:
    """A label that runs over several rows is written once and merged."""
    for col, column in enumerate(table.columns):
        if not column.merge_down:
            continue
        start = None
        for row in [*table.rows, None]:
            same = row is not None and start is not None and row.kind in ("leaf", "subtotal") \
                and row.cells.get(column.key) == start.cells.get(column.key)
            if same:
                sheet.puts.pop((lines[row.id], col))
                end = row
                continue
            if start is not None:
                sheet.merge(lines[start.id], col, lines[end.id], col)
            start = end = row if row is not None and row.kind in ("leaf", "subtotal") and row.cells.get(column.key) else None


def lay(tables: list, office, name: str, file: str, year: int, number: int, ledger) -> Sheet:
    """One sheet: usually one table, sometimes several below each other, each with its own title."""
    sheet, at = Sheet(name), 0
    formulas = office.formulas and file.endswith(".xlsx")
    for nth, table in enumerate(tables):
        at = lay_top(sheet, table, office, year, 0 if nth else number, at + bool(nth))
        at = lay_heads(sheet, table, office, at, ledger)
        at = lay_body(sheet, table, office, year, at, (file, name), ledger, formulas)
        ledger.word(table.form, "title", table.title)
        ledger.word(table.form, "sheet name", name)
        ledger.word(table.form, "unit row", f"单位：{table.unit}")
    for note in tables[-1].notes:
        sheet.put(at, 0, note, "left")
        at += 1
    sheet.put(at, 0, "填报人：张某某    联系电话：020-0000 0000", "left")
    sheet.widths = {i: column.width for i, column in enumerate(tables[-1].columns)}
    sheet.hidden = [i for i, column in enumerate(tables[-1].columns) if column.hidden]
    return sheet
