"""How a number is written down: as a number, as text, with commas, in full-width digits, as 无.

Why: this is the one place where a value turns into the content of a cell, so the truth can
be recorded from the value while the workbook gets the clerk's version of it.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from table import Mark

WIDE = str.maketrans("0123456789.,%ABCDEFGHIJKLMNOPQRSTUVWXYZ-", "０１２３４５６７８９．，％ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ－")


@dataclass
class Put:
    """What goes into one cell."""
    value: object                       # str, int, float, date or None
    style: str = "number"
    formula: str = ""


def plain(value: Decimal) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def write_count(value, column, office, rng: Random, careful: bool = False) -> Put:
    """A count the way the office writes it; `careful` keeps it a plain number (formulas reach for it)."""
    if isinstance(value, Mark):
        return Put(value.text or None, "number")
    shown = Decimal(value) / column.scale
    if not careful:
        if shown == 0 and rng.random() < office.zero_word:
            return Put("无", "center")
        at = rng.random()
        for habit, share in office.habits.items():
            at -= share
            if at < 0:
                return Put(write_text(shown, habit, rng), "text")
    number = int(shown) if shown == shown.to_integral_value() else float(shown)
    style = "grouped" if office.has("number format") and column.scale == 1 and column.decimals == 0 else "number"
    return Put(number, style)


def write_text(shown: Decimal, habit: str, rng: Random) -> str:
    if habit == "fullwidth":
        return plain(shown).translate(WIDE)
    if habit == "thousands":
        whole, _, rest = plain(shown).partition(".")
        return f"{int(whole):,}" + (f".{rest}" if rest else "")
    if habit == "spaces":
        return rng.choice((" {}", "{} ", " {} ", "　{}")).format(plain(shown))
    return plain(shown)


def write_percent(value, office, rng: Random, formula: str = "") -> Put:
    """A rate as text, as 52.36, or as 0.5236 shown with a percent format."""
    if value is None:
        return Put(None, "number")
    way = office.percent if office.percent != "mixed" else rng.choice(("text", "number", "fraction"))
    points = (value * 100).quantize(Decimal("0.01"), ROUND_HALF_UP)
    if way == "text":
        text = f"{points}%"
        wide = office.has("wide percent") and rng.random() < 0.3
        return Put(text.translate(WIDE) if wide else text, "text")
    if way == "number":
        return Put(float(points), "points", f"ROUND({formula}*100,2)" if formula else "")
    return Put(float(round(value, 6)), "percent", f"ROUND({formula},6)" if formula else "")
