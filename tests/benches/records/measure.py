"""Yardstick against what people use: whole processes by turns on the same machine, results compared equal, tables as Markdown.

    python3 -m venv VENV && VENV/bin/pip install -r tests/benches/records/requirements.txt
    apt-get install r-base-core r-cran-readxl r-cran-dplyr r-cran-readr
    cargo build --release && cargo build --release --bench limits && VENV/bin/python tests/benches/records/measure.py all

    measure.py SECTION… [--rounds N] [--place DIR] [--times-only] [--only NAME…]

Sections are start, S, charts, M, L, eighth, whole, two-cores, million, nights, growth, and goals, which only writes down what the others found.
Data are made where they are not there; they and all results lie in `--place`. Rounds go A B C A B C, because machines drift: a ratio is
the median of the ratios within a round. Memory is watched in a run of its own, because watching costs time.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import compare
import goals
import process
from programs import ALL_FORMATS, CALAMINE, DUCKDB, EVERYBODY, HERE, OPENPYXL, OURS, POLARS, PUBLISHED, READXL, YARDSTICK, Program, limits
from programs import pipeline, yardstick

ONE_CORE = {0}
LIMITS = {goals.INFLATE: "inflate", goals.WALK: "walk", goals.CALAMINE: "calamine"}
GROWTH = (10_000, 100_000, 1_000_000)
PARTS = ("0.125", "0.25", "0.5", "1")
MILLION_CELLS = 17 / 1e6


class Bench:
    """What is being measured: where everything lies, how many rounds, who takes part, what has been found so far."""

    def __init__(self, place: Path, rounds: int | None, only: list[str], watches: bool) -> None:
        self.place, self.rounds, self.only, self.watches = place, rounds, only, watches
        self.book = place / "figures.json"
        place.mkdir(parents=True, exist_ok=True)
        self.found = json.loads(self.book.read_text()) if self.book.exists() else {}

    def keep(self, section: str, name: str, figures: dict) -> None:
        self.found.setdefault(section, {})[name] = figures
        self.book.write_text(json.dumps(self.found, indent=1, ensure_ascii=False))

    def data(self, size: str, scale: str = "1", rows: int = 0) -> Path:
        """The folder of sample data, made if it is not there."""
        folder = self.place / "data" / (f"one{rows}" if rows else size if scale == "1" else f"{size}{scale}")
        if not folder.exists():
            making = folder.with_suffix(".part")
            shutil.rmtree(making, ignore_errors=True)
            words = [sys.executable, str(HERE / "generate.py"), size, str(making), "--scale", scale, "--rows", str(rows)]
            subprocess.run(words, check=True)
            making.rename(folder)
        return folder

    def once(self, program: Program, size: str, folder: Path, charts: bool, cores, watch: bool) -> process.Used:
        words = program.words(size, folder, self.place, charts)
        return process.run(words, cores, watch, PUBLISHED if program.is_yardstick else (0,))

    def by_turns(self, section: str, size: str, folder: Path, programs: list[Program], rounds: int, cores=None, charts=False, limit=False):
        """Rounds by turns, one before them to watch the memory, and all results held against each other."""
        programs = [one for one in programs if not self.only or one.name in self.only]
        times: dict[str, list] = {one.name: [] for one in programs}
        for program in programs if self.watches else []:
            used = self.once(program, size, folder, charts, cores, watch=True)
            print(f"{section} {program.name}: peak {used.peak:.0f} MiB", file=sys.stderr, flush=True)
            self.keep(section, program.name, {"peak": used.peak, "times": []})
        for _ in range(self.rounds or rounds):
            for program in programs:
                used = self.once(program, size, folder, charts, cores, watch=False)
                times[program.name].append((used.wall, used.processor))
            if limit:
                for name, way in LIMITS.items():
                    used = process.run([limits(), way, str(folder)], cores)
                    times.setdefault(name, []).append((used.wall, used.processor))
            for name, own in times.items():
                self.keep(section, name, {**self.found.get(section, {}).get(name, {"peak": 0}), "times": own})
        results = [program.result(size, self.place) for program in programs]
        print(f"{section}: {len(results)} tables agree on {compare.same(results)} rows", file=sys.stderr, flush=True)


def start(bench: Bench) -> None:
    """The program alone, and a run on an empty folder (which says that nothing has come, and publishes nothing)."""
    empty = bench.place / "empty"
    empty.mkdir(exist_ok=True)
    nothing = yardstick(pipeline("S", bench.place, False), empty, bench.place)
    commands = {"--version": [YARDSTICK, "--version"], "a run with no input": nothing}
    rounds = [{name: process.run(words, allowed=(0, 1, 2)) for name, words in commands.items()} for _ in range(bench.rounds or 21)]
    for name in commands:
        bench.keep("start", name, {"peak": 0, "times": [(turn[name].wall, turn[name].processor) for turn in rounds]})


def million(bench: Bench) -> None:
    bench.by_turns("million", "L", bench.data("one", rows=1_000_000), [OURS, CALAMINE, POLARS, DUCKDB, READXL], 1, ONE_CORE)


def growth(bench: Bench) -> None:
    """Processor time of Yardstick for more and more rows: in one workbook, and in 22."""
    folders = {f"one workbook of {rows:,} rows": (bench.data("one", rows=rows), rows) for rows in GROWTH}
    folders |= {f"{float(part) * 8:g} × as many": (bench.data("L", part), goals.rows_of(part)) for part in PARTS}
    times: dict[str, list] = {name: [] for name in folders}
    for _ in range(bench.rounds or 3):
        for name, (folder, _) in folders.items():
            used = bench.once(OURS, "L", folder, False, ONE_CORE, watch=False)
            times[name].append((used.wall, used.processor))
    for name, (_, rows) in folders.items():
        bench.keep("growth", name, {"peak": 0, "times": times[name], "cells": rows * MILLION_CELLS})


def nights(bench: Bench) -> None:
    """L with a cache, on one core: cold, nothing has changed, one of 22 workbooks has changed."""
    source, folder = bench.data("L"), bench.place / "nights"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(source, folder)
    changing = sorted(folder.rglob("*.xlsx"))[0]
    content = changing.read_bytes()
    # With one byte more in the comment of its archive it is another file that reads alike.
    versions = [content, content[:-2] + b"\x01\x00 "]
    words = yardstick(pipeline("L", bench.place, False), folder, bench.place)
    times: dict[str, list] = {name: [] for name in goals.NIGHTS}
    for _ in range(bench.rounds or 3):
        shutil.rmtree(bench.place / "cache", ignore_errors=True)
        for name in goals.NIGHTS:
            if name == goals.NIGHTS[2]:
                versions.reverse()
                changing.write_bytes(versions[0])
                # It came a minute ago: what is still being written is waited for.
                came = time.time() - 60
                os.utime(changing, (came, came))
            used = process.run(words, ONE_CORE, allowed=PUBLISHED)
            times[name].append((used.wall, used.processor))
    share = changing.stat().st_size / sum(file.stat().st_size for file in folder.rglob("*.xlsx"))
    for name, own in times.items():
        bench.keep("nights", name, {"peak": 0, "times": own, "share": share})


SECTIONS = {
    "start": start,
    "S": lambda bench: bench.by_turns("S", "S", bench.data("S"), [*EVERYBODY, ALL_FORMATS], 7, ONE_CORE),
    "charts": lambda bench: bench.by_turns("charts", "S", bench.data("S"), [OURS, OPENPYXL, POLARS, ALL_FORMATS], 5, ONE_CORE, charts=True),
    "M": lambda bench: bench.by_turns("M", "M", bench.data("M"), [*EVERYBODY, ALL_FORMATS], 7, ONE_CORE),
    # openpyxl takes six minutes a round: it is measured on an eighth, and once on the whole.
    "L": lambda bench: bench.by_turns("L", "L", bench.data("L"), [one for one in EVERYBODY if one != OPENPYXL], 3, ONE_CORE, limit=True),
    "eighth": lambda bench: bench.by_turns("eighth", "L", bench.data("L", "0.125"), EVERYBODY, 1, ONE_CORE),
    "whole": lambda bench: bench.by_turns("whole", "L", bench.data("L"), [OURS, OPENPYXL], 1, ONE_CORE),
    "two-cores": lambda bench: bench.by_turns("two-cores", "L", bench.data("L"), [OURS, POLARS, DUCKDB], 3, {0, 1}),
    "million": million,
    "nights": nights,
    "growth": growth,
}


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("sections", nargs="+", choices=[*SECTIONS, "goals", "all"])
    words.add_argument("--rounds", type=int)
    words.add_argument("--place", type=Path, default=Path("target/records-bench"))
    words.add_argument("--times-only", action="store_true", help="the peaks of memory that were found before still hold")
    words.add_argument("--only", nargs="*", default=[], help="names of programs")
    given = words.parse_args()
    bench = Bench(given.place.resolve(), given.rounds, given.only, not given.times_only)
    sections = [*SECTIONS] if "all" in given.sections else given.sections
    for section in sections:
        if section != "goals":
            SECTIONS[section](bench)
    print(goals.tables(bench.found))


if __name__ == "__main__":
    main()
