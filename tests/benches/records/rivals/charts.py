"""The nine charts of S by matplotlib, as PNG of 1600 points: of each indicator the city's years, the districts, the parts."""

from pathlib import Path

import matplotlib

matplotlib.use("Agg")
from matplotlib import font_manager, pyplot  # noqa: E402

HOME = Path(__file__).resolve().parents[4]
FONT = HOME / "src/publish/fonts/NotoSansSC-Regular.otf"
CITY, WHOLE, YEAR = "广州市", "_T", "2023"


def draw(folder: str, said: list) -> None:
    """`said` are the rows of the summary."""
    font_manager.fontManager.addfont(str(FONT))
    pyplot.rcParams["font.family"] = font_manager.FontProperties(fname=str(FONT)).get_name()
    Path(folder).mkdir(parents=True, exist_ok=True)
    for indicator in ("places", "pupil_teacher_ratio", "myopia_rate"):
        values = {row[:3]: float(row[4]) for row in said if row[3] == indicator}
        years = sorted({year for _, year, _ in values})
        districts = sorted(area for area, year, part in values if area != CITY and year == YEAR and part == WHOLE)
        parts = sorted({part for area, _, part in values if area == CITY and part != WHOLE})
        for kind in ("line", "bars", "members"):
            figure, axes = pyplot.subplots(figsize=(8, 4.5), dpi=200)
            if kind == "bars":
                bars = axes.barh(districts, [values[area, YEAR, WHOLE] for area in districts])
                axes.bar_label(bars, fmt="%.2f", padding=4)
            else:
                for part in [WHOLE] if kind == "line" else parts:
                    axes.plot(years, [values[CITY, year, part] for year in years], marker="o", label=part)
            if kind == "members":
                axes.legend(fontsize=7)
            axes.set_title(f"{indicator} {kind}", loc="left")
            figure.text(0.02, 0.01, "来源：示例数据", fontsize=8)
            figure.savefig(f"{folder}/{indicator}-{kind}.png")
            pyplot.close(figure)
