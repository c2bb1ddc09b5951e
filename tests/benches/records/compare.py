"""That all programs found the same: every row of area, year, part, measure and value, Yardstick's own tables included.

    compare.py ONE.csv OTHER.csv …        where one may be the folder of a run of Yardstick
"""

import csv
import sys
from pathlib import Path

HOME = Path(__file__).resolve().parents[3]
INDICATORS = {"places", "pupil_teacher_ratio", "myopia_rate"}
DIMENSIONS = ("stage", "grade", "sex")
HEADINGS = ["area", "year", "part", "measure", "value"]


def table(path: Path) -> list[dict]:
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def members() -> dict[tuple[str, str], str]:
    """The Chinese name of each member, as it stands in the workbooks."""
    return {
        (dimension, row["code"]): row["name_zh"] for dimension in DIMENSIONS for row in table(HOME / f"seeds/codes/{dimension}.csv")
    }


def of_yardstick(run: Path) -> dict:
    """The tables of a run in the shape of the comparison; values of one part at most, as the other programs report them."""
    names, found = members(), {}
    for row in table(run / "indicators.csv"):
        parts = [(dimension, row[dimension]) for dimension in DIMENSIONS if row.get(dimension, "_T") != "_T"]
        if len(parts) > 1 or row["indicator"] not in INDICATORS:
            continue
        part = f"{parts[0][0]}={names[parts[0]]}" if parts else "_T"
        for measure, column in ((row["indicator"], "value"), (f"{row['indicator']} change", "change")):
            if row[column]:
                found[row["area_name"], row["period"], part, measure] = f"{float(row[column]):.6f}"
    for row in table(run / "targets.csv"):
        whose = (row["area_name"], row["period"], "_T")
        # Of a district that sent nothing Yardstick says that it cannot tell; the others have never heard of it.
        if (*whose, row["indicator"]) in found:
            found[*whose, f"{row['indicator']} target"] = row["verdict"]
    return found


def of(path: Path) -> dict:
    if path.is_dir():
        return of_yardstick(path)
    return {tuple(row[heading] for heading in HEADINGS[:4]): row["value"] for row in table(path)}


def differences(one: dict, other: dict) -> list[str]:
    keys = [key for key in sorted(one.keys() | other.keys()) if one.get(key) != other.get(key)]
    return [f"{' '.join(key)}: {one.get(key)} and {other.get(key)}" for key in keys]


def same(paths: list[Path]) -> int:
    """How many rows they agree on; ends the program where they do not."""
    first = of(paths[0])
    assert len(first) > 20, f"{paths[0]} says next to nothing"
    for path in paths[1:]:
        found = differences(first, of(path))
        if found:
            sys.exit("\n".join([f"{paths[0]} and {path} differ in {len(found)} rows:", *found[:10]]))
    return len(first)


if __name__ == "__main__":
    given = [Path(word) for word in sys.argv[1:]]
    print(f"{len(given)} tables agree on {same(given)} rows")
