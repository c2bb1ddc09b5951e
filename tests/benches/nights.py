"""Times and peak memory of whole runs: cold, nothing changed, one workbook changed, the next day; the sample and ten times it.

    cargo build --release && python3 tests/benches/nights.py [ROUNDS]

Rounds are interleaved (cold, same, one, next, cold …), because machines drift; medians are printed as rows of README.md here.
"""

import os
import shutil
import statistics
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

import tenfold

HOME = Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("YARDSTICK", str(HOME / "target/release/yardstick"))
KINDS = ("cold", "nothing changed", "nothing changed, an old run removed", "one changed", "next day")
KEEP = ("--keep", "3")


def run(place: Path, folder: Path, day: date, *more: str) -> tuple[float, float, float]:
    """Wall time and processor time in seconds, and peak memory in MB, of one process."""
    words = [PROGRAM, "run", str(HOME / "pipelines/guangzhou-2023"), "--input", str(folder), "--output", str(place / "output"),
             "--cache", str(place / "cache"), "--as-of", day.isoformat(), *more]
    started = time.monotonic()
    child = os.fork()
    if child == 0:
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        os.execv(PROGRAM, words)
    _, status, used = os.wait4(child, 0)
    wall = time.monotonic() - started
    # In ten times the sample a figure that looks like a year has moved with it, and a rule may say so.
    assert os.waitstatus_to_exitcode(status) in (0, 1)
    return wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1000


def night(folder: Path, rounds: int) -> dict:
    place = Path(tempfile.mkdtemp(prefix="yardstick-bench-"))
    figures = {kind: [] for kind in KINDS}
    changing = sorted(folder.glob("2023/*.xlsx"))[0]
    content = changing.read_bytes()
    # With one byte more in the comment of its archive it is another file that reads alike.
    versions = [content, content[:-2] + b"\x01\x00 "]
    day = date(2024, 1, 31)
    for _ in range(rounds):
        shutil.rmtree(place / "cache", ignore_errors=True)
        day += timedelta(days=1)
        figures["cold"].append(run(place, folder, day, *KEEP))
        # For five seconds after files are removed ext4 looks long for free places; nights are further apart.
        time.sleep(6)
        figures["nothing changed"].append(run(place, folder, day))
        figures[KINDS[2]].append(run(place, folder, day, *KEEP))
        versions.reverse()
        changing.write_bytes(versions[0])
        os.utime(changing, (1_700_000_000, 1_700_000_000))
        figures["one changed"].append(run(place, folder, day, *KEEP))
        day += timedelta(days=1)
        figures["next day"].append(run(place, folder, day, *KEEP))
    shutil.rmtree(place)
    return figures


def main(rounds: int) -> None:
    scratch = Path(tempfile.mkdtemp(prefix="yardstick-bench-input-"))
    shutil.copytree(tenfold.SAMPLE, scratch / "sample")
    tenfold.main(scratch / "tenfold")
    for file in scratch.rglob("*"):
        os.utime(file, (1_700_000_000, 1_700_000_000))
    for name in ("sample", "tenfold"):
        for kind, runs in night(scratch / name, rounds).items():
            wall, used, memory = (statistics.median(column) for column in zip(*runs))
            print(f"| {name} | {kind} | {wall * 1000:.0f} ms | {used * 1000:.0f} ms | {memory:.0f} MB |", flush=True)
    shutil.rmtree(scratch)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
