"""Sample data of three sizes, the same bytes every time: forms (S), records of schools (M), records of pupils (L).

    python3 tests/benches/records/generate.py S|M|L FOLDER [--scale 0.125] [--seed 8]
    python3 tests/benches/records/generate.py one FOLDER --rows 1000000

`one` is a single workbook of pupils. `--scale` makes fewer schools or pupils. Nothing but Python's own library is needed.
"""

import argparse
import time
from pathlib import Path

import forms
import pupils
import schools

WRITERS = {"S": forms.write, "M": schools.write, "L": pupils.write}


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("size", choices=[*WRITERS, "one"])
    words.add_argument("folder", type=Path)
    words.add_argument("--scale", type=float, default=1.0)
    words.add_argument("--seed", type=int, default=8)
    words.add_argument("--rows", type=int, default=1_000_000)
    given = words.parse_args()
    started = time.monotonic()
    if given.size == "one":
        pupils.one(given.folder, given.seed, given.rows)
    else:
        WRITERS[given.size](given.folder, given.seed, given.scale)
    made = list(given.folder.rglob("*.xlsx"))
    size = sum(file.stat().st_size for file in made) / 1e6
    print(f"{len(made)} workbooks, {size:.1f} MB in {given.folder}, {time.monotonic() - started:.0f} s")


if __name__ == "__main__":
    main()
