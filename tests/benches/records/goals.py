"""What was measured as tables in Markdown, and held against the goals."""

import statistics

NIGHTS = ("cold, and everything is kept", "nothing has changed", "one of 22 workbooks has changed")
OURS, OPENPYXL, POLARS = "Yardstick", "pandas + openpyxl", "polars + fastexcel"
INFLATE, WALK = "inflating alone", "inflating, and walking over every cell"
CALAMINE = "calamine's cells, counted as they come"
PUPILS = 3_618_000
TITLES = {
    "start": "Start",
    "S": "S, forms, no charts, one core",
    "charts": "S with nine charts as PNG, one core",
    "M": "M, records of schools, one core",
    "L": "L, records of pupils, one core",
    "eighth": "An eighth of L, one core",
    "whole": "L once more, with openpyxl, one core",
    "two-cores": "L, two cores",
    "million": "One workbook of 1,000,000 rows, one core",
    "nights": "L, nights, one core",
    "growth": "Growth, one core",
}


def rows_of(part: str) -> float:
    """Rows of a part of L, such as "0.125"."""
    return PUPILS * float(part)


def median(figures: dict, column: int) -> float:
    return statistics.median(turn[column] for turn in figures["times"])


def ratio(section: dict, above: str, below: str, column: int = 1) -> float | None:
    """The median of the ratios within a round, of processor time unless told."""
    if not (section.get(above, {}).get("times") and section.get(below, {}).get("times")):
        return None
    pairs = zip(section[above]["times"], section[below]["times"])
    return statistics.median(one[column] / other[column] for one, other in pairs)


def tables(found: dict) -> str:
    written = []
    for name, title in TITLES.items():
        section = found.get(name)
        if not section or not any(figures["times"] for figures in section.values()):
            continue
        written += [f"### {title}", "", *table(name, section), ""]
    return "\n".join(written + ["### Goals", "", *judged(found)])


def table(name: str, section: dict) -> list[str]:
    rounds = max(len(figures["times"]) for figures in section.values())
    has_peak = any(figures["peak"] for figures in section.values())
    last = "CPU per million cells" if name == "growth" else "CPU over Yardstick's"
    lines = [f"| medians of {rounds} | wall s | CPU s | {last} |", "|---|---|---|---|"]
    if has_peak:
        lines = [lines[0] + " peak MiB |", lines[1] + "---|"]
    for who, figures in section.items():
        if not figures["times"]:
            continue
        if name == "growth":
            said = f"{median(figures, 1) / figures['cells']:.3f} s"
        else:
            times = ratio(section, who, OURS)
            said = "" if times is None or who == OURS else f"{times:.2f} ×"
        peak = f" {figures['peak']:.0f} |" if has_peak and figures["peak"] else " |" if has_peak else ""
        lines.append(f"| {who} | {median(figures, 0):.3f} | {median(figures, 1):.3f} | {said} |{peak}")
    return lines


def judged(found: dict) -> list[str]:
    """A row for each goal that has been measured."""
    at = lambda section: found.get(section, {})  # noqa: E731
    rows = [
        ("1", "S cold, no charts: CPU of openpyxl over ours", ratio(at("S"), OPENPYXL, OURS), "≥", 30),
        ("1", "S cold, no charts: CPU of polars + fastexcel over ours", ratio(at("S"), POLARS, OURS), "≥", 6),
        ("2", "S with nine charts: CPU of openpyxl + matplotlib over ours", ratio(at("charts"), OPENPYXL, OURS), "≥", 25),
        ("3", "M cold: CPU of openpyxl over ours", ratio(at("M"), OPENPYXL, OURS), "≥", 18),
        ("3", "M cold: CPU of polars + fastexcel over ours", ratio(at("M"), POLARS, OURS), "≥", 4),
        ("4", "L cold, one core: CPU of openpyxl over ours", ratio(at("whole"), OPENPYXL, OURS), "≥", 150),
        ("4", "L cold, one core: CPU of polars + fastexcel over ours", ratio(at("L"), POLARS, OURS), "≥", 9),
        ("4", "L cold, one core: our CPU over inflating alone", ratio(at("L"), OURS, INFLATE), "≤", 4),
        ("4", "L cold, one core: CPU of calamine's cells over ours", ratio(at("L"), CALAMINE, OURS), "≥", 5),
    ]
    if at("L").get(OURS) and at("two-cores").get(OURS):
        rows.append(("5", "L cold: wall of one core over two cores", median(at("L")[OURS], 0) / median(at("two-cores")[OURS], 0), "≥", 1.8))
    nights = at("nights")
    if nights:
        share = nights[NIGHTS[0]]["share"]
        for column, clock in ((0, "wall"), (1, "CPU")):
            cold, same, one = (median(nights[name], column) for name in NIGHTS)
            rows.append(("6", f"L, nothing changed, over cold, {clock}", same / cold, "≤", 0.08))
            rows.append(("7", f"L, one of 22 changed, over its share of cold and an unchanged night, {clock}", one / (share * cold + same), "≤", 1.2))
    peaks = [("L", "L, one core", 110), ("million", "one workbook of a million rows", 220), ("charts", "S with charts", 50)]
    rows += [("8", f"peak MiB, {what}", at(section)[OURS]["peak"], "≤", goal) for section, what, goal in peaks if at(section).get(OURS)]
    if at("L").get(OURS) and at("two-cores").get(OURS):
        rows.append(("8", "peak MiB more on two cores, L", at("two-cores")[OURS]["peak"] - at("L")[OURS]["peak"], "≤", 60))
    if at("growth"):
        each = [(median(figures, 1), figures["cells"]) for name, figures in at("growth").items() if name.startswith("one")]
        whole = [spent / cells for spent, cells in each]
        more = [(after[0] - before[0]) / (after[1] - before[1]) for before, after in zip(each, each[1:])]
        for what, costs in (("at 10 k, 100 k and 1 M rows", whole), ("more, from 10 k to 100 k and from there to 1 M rows", more)):
            rows.append(("9", f"CPU per million cells {what}, largest over smallest", max(costs) / min(costs), "≤", 1.3))
    if at("start"):
        for what, goal in (("--version", 10), ("a run with no input", 30)):
            rows.append(("10", f"{what}, ms", median(at("start")[what], 0) * 1000, "≤", goal))
    lines = ["| # | what | goal | measured | |", "|---|---|---|---|---|"]
    for number, what, figure, sign, goal in rows:
        if figure is not None:
            is_met = figure >= goal if sign == "≥" else figure <= goal
            lines.append(f"| {number} | {what} | {sign} {goal} | {figure:.3g} | {'met' if is_met else 'not met'} |")
    return lines
