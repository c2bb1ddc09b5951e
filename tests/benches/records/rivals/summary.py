"""What every program of the comparison reports, from the sums it has made: ratios, city totals, changes, verdicts, one small CSV.

Counts are given as `counts[indicator][(area, year, parts)] = (above, below)`: `parts` names the members of each dimension, such as
`(("grade", "七年级"), ("sex", "男"))`, and `below` is None for a total. Everything is added up from these.
"""

import csv
import re
import unicodedata
from collections import defaultdict
from pathlib import Path

CITY = "广州市"
WHOLE = "_T"
PER = {"places": 1, "pupil_teacher_ratio": 1, "myopia_rate": 100}
YEAR = 2023
# The same as in targets.toml of the three pipelines.
TARGETS = {
    "places": lambda value, before: value >= 200_000,
    "pupil_teacher_ratio": lambda value, before: value <= 16,
    "myopia_rate": lambda value, before: None if before is None else before - value >= 0.5,
}
VERDICTS = {True: "met", False: "missed", None: "cannot_tell"}
DASHES = {"—", "-", "–", "/"}


def number(value) -> float | None:
    """A figure as offices write it: with separators, in full width, as a dash for none; None where the cell says nothing."""
    if value is None or isinstance(value, (int, float)):
        return None if value is None or value != value else float(value)
    text = unicodedata.normalize("NFKC", value).strip().replace(",", "")
    return None if not text else 0.0 if text in DASHES else float(text)


def workbooks(folder: str) -> list[tuple[str, str, int]]:
    """Path, district and year of each workbook, from its name."""
    found = []
    for path in sorted(Path(folder).rglob("*.xlsx")):
        district, year = re.match(r"(.+?区)(\d{4})年", path.name).groups()
        found.append((str(path), district, int(year)))
    return found


def rows(counts: dict) -> list[tuple[str, str, str, str, str]]:
    """Area, year, part, measure and value of everything reported."""
    said = []
    for indicator, given in counts.items():
        sums = defaultdict(lambda: [0.0, 0.0])
        for (area, year, parts), (above, below) in given.items():
            for place in (area, CITY):
                for part in [WHOLE, *(f"{dimension}={member}" for dimension, member in parts)]:
                    own = sums[place, year, part]
                    own[0] += above
                    own[1] += below or 0.0
        is_ratio = any(below is not None for _, below in given.values())
        values = {key: PER[indicator] * (above / below if is_ratio else above) for key, (above, below) in sums.items()}
        for (area, year, part), value in values.items():
            said.append((area, str(year), part, indicator, f"{value:.6f}"))
            before = values.get((area, year - 1, part))
            if before is not None:
                said.append((area, str(year), part, f"{indicator} change", f"{value - before:.6f}"))
            if year == YEAR and part == WHOLE:
                verdict = VERDICTS[TARGETS[indicator](value, before)]
                said.append((area, str(year), part, f"{indicator} target", verdict))
    return sorted(said)


def report(readers: dict, size: str, folder: str, out: str, charts: str | None = None) -> None:
    """The whole job: `readers` gives for each size a function from a workbook to indicators with their sums."""
    counts: dict = {}
    for path, district, year in workbooks(folder):
        for indicator, sums in readers[size](path):
            counts.setdefault(indicator, {}).update({(district, year, parts): pair for parts, pair in sums.items()})
    said = rows(counts)
    with open(out, "w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["area", "year", "part", "measure", "value"])
        table.writerows(said)
    if charts:
        # Imported here, because who draws nothing should not wait for matplotlib.
        import charts as pictures

        pictures.draw(charts, said)
