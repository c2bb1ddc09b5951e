"""Drawing against matplotlib: as many pictures, each as SVG and as PNG of 1600 points, by turns on the same machine.

    cargo build --release && PYTHON-WITH-MATPLOTLIB tests/benches/matplotlib_charts.py [ROUNDS]

matplotlib draws what it draws most easily: for every chart of the run a line or bars with title, labels, values and the same
font, from the numbers of `indicators.csv`, which it is given in memory. Its import and its first, slower picture do not count. Ours is
the stages `chart` and `publish` of a cold run by its own clock (gallery, tables and syncing included), and the processor time of
the whole run, reading of the workbooks included.
"""

import csv
import io
import json
import os
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
from matplotlib import font_manager, pyplot  # noqa: E402

HOME = Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("YARDSTICK", str(HOME / "target/release/yardstick"))
FONT = HOME / "src/publish/fonts/NotoSansSC-Regular.otf"


def ours(place: Path) -> tuple[dict, float]:
    """The manifest of a cold run, and the processor seconds of all of it."""
    words = [PROGRAM, "run", str(HOME / "pipelines/guangzhou-2023"), "--input", str(HOME / "input/guangzhou-2023"),
             "--output", str(place), "--as-of", "2024-01-31", "--cold"]
    child = os.fork()
    if child == 0:
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        os.execv(PROGRAM, words)
    _, status, used = os.wait4(child, 0)
    assert os.waitstatus_to_exitcode(status) in (0, 1)
    return json.loads((place / "guangzhou-2023/latest/run.json").read_text()), used.ru_utime + used.ru_stime


def pictures(run: Path, count: int) -> list[dict]:
    """As many charts as the run has: lines of the whole, and bars of the districts, by turns."""
    with open(run / "indicators.csv", encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["value"]]
    parts = ("stage", "grade", "sex", "build_type")
    totals = [row for row in rows if all(row.get(part, "_T") == "_T" for part in parts)]
    charts = []
    for indicator in dict.fromkeys(row["indicator"] for row in totals):
        own = [row for row in totals if row["indicator"] == indicator]
        years = [row for row in own if row["area"] == "440100"]
        areas = [row for row in own if row["area"] != "440100" and row["period"] == "2023"]
        for kind, chosen in (("line", years), ("bars", areas)):
            if chosen:
                labels = [row["period"] if kind == "line" else row["area_name"] for row in chosen]
                values = [float(row["value"]) for row in chosen]
                charts.append({"kind": kind, "title": chosen[0]["indicator_name"], "labels": labels, "values": values})
    return [charts[place % len(charts)] for place in range(count)]


def draw(chart: dict) -> None:
    figure, axes = pyplot.subplots(figsize=(8, 4.5), dpi=200)
    if chart["kind"] == "line":
        axes.plot(chart["labels"], chart["values"], marker="o")
        for place, value in enumerate(chart["values"]):
            axes.annotate(f"{value:.2f}", (place, value), textcoords="offset points", xytext=(0, 8), ha="center")
    else:
        bars = axes.barh(chart["labels"], chart["values"])
        axes.bar_label(bars, fmt="%.2f", padding=4)
    axes.set_title(chart["title"], loc="left")
    figure.text(0.02, 0.01, "来源：示例数据", fontsize=8)
    figure.savefig(io.BytesIO(), format="svg")
    figure.savefig(io.BytesIO(), format="png")
    pyplot.close(figure)


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    font_manager.fontManager.addfont(str(FONT))
    pyplot.rcParams["font.family"] = font_manager.FontProperties(fname=str(FONT)).get_name()
    place = Path(tempfile.mkdtemp(prefix="yardstick-charts-"))
    drawn, whole, theirs, spent = [], [], [], []
    for turn in range(rounds):
        manifest, used = ours(place)
        count = manifest["counts"]["figures"]
        drawn.append((manifest["milliseconds"]["chart"] + manifest["milliseconds"]["publish"]) / 1000)
        whole.append(used)
        charts = pictures(place / "guangzhou-2023/latest", count)
        if turn == 0:
            draw(charts[0])
        started, processor = time.monotonic(), time.process_time()
        for chart in charts:
            draw(chart)
        theirs.append(time.monotonic() - started)
        spent.append(time.process_time() - processor)
    shutil.rmtree(place)
    median = statistics.median
    print(f"{count} charts, each as SVG and PNG; medians of {rounds} rounds by turns")
    print(f"yardstick   stages chart and publish {median(drawn):6.2f} s; processor of the whole run {median(whole):6.2f} s")
    print(f"matplotlib  drawing and saving       {median(theirs):6.2f} s; processor                  {median(spent):6.2f} s")
    print(f"ratio       wall {median(theirs) / median(drawn):.1f}, processor {median(spent) / median(whole):.1f}")


main()
