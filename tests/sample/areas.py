"""The senders: eleven districts and the municipal schools, and how large each is.

Why: every form draws its numbers from these weights, so that a district which is large
in one form is large in all of them. The weights are rough and the numbers that come of
them are invented; only the order of size is meant to be believable.
"""

from dataclasses import dataclass

YEARS = (2021, 2022, 2023)
STAGES = ("kindergarten", "primary", "junior", "senior")
SEED = "yardstick sample 1"


@dataclass(frozen=True)
class Area:
    code: str
    name: str
    prefix: str                         # of its project numbers
    pupils: tuple[float, ...]           # weight by stage, ten thousands
    school_size: tuple[int, ...]        # usual pupils in a school, by stage
    growth: float                       # of pupils in a year, beside the city's
    private: tuple[float, float]        # share of primary and junior pupils in private schools
    rural: bool


MUNICIPAL = "440100-M"

AREAS = (
    Area("440103", "荔湾区", "LW", (3.3, 6.9, 2.7, 1.50), (270, 1080, 1010, 1510), 0.998, (0.16, 0.14), False),
    Area("440104", "越秀区", "YX", (2.9, 8.7, 4.2, 1.60), (255, 1490, 1390, 1620), 0.992, (0.03, 0.05), False),
    Area("440105", "海珠区", "HZ", (4.6, 9.4, 3.2, 1.30), (262, 1190, 1080, 1400), 0.999, (0.21, 0.20), False),
    Area("440106", "天河区", "TH", (6.1, 13.4, 4.3, 1.40), (280, 1480, 1230, 1480), 1.000, (0.20, 0.22), False),
    Area("440111", "白云区", "BY", (11.9, 24.0, 7.5, 1.60), (295, 1330, 1020, 1330), 1.001, (0.44, 0.42), True),
    Area("440112", "黄埔区", "HP", (5.9, 11.0, 3.6, 1.00), (290, 1410, 1090, 1290), 1.022, (0.24, 0.22), True),
    Area("440113", "番禺区", "PY", (10.2, 21.0, 6.6, 2.20), (305, 1270, 1130, 1490), 1.003, (0.31, 0.29), True),
    Area("440114", "花都区", "HD", (7.0, 14.5, 5.2, 1.90), (300, 1190, 1020, 1450), 1.006, (0.38, 0.33), True),
    Area("440115", "南沙区", "NS", (4.2, 8.0, 2.6, 0.90), (310, 1150, 960, 1330), 1.026, (0.18, 0.16), True),
    Area("440117", "从化区", "CH", (2.6, 5.5, 2.4, 1.00), (275, 900, 890, 1400), 0.999, (0.17, 0.15), True),
    Area("440118", "增城区", "ZC", (6.7, 14.0, 5.0, 1.80), (300, 1130, 1000, 1480), 1.018, (0.33, 0.28), True),
    Area(MUNICIPAL, "市属学校", "SS", (0.0, 0.6, 2.2, 3.00), (0, 1300, 1420, 1650), 0.997, (0.0, 0.0), False),
)


def apportion(total: int, weights: dict) -> dict:
    """Split a whole number in proportion to weights, by largest remainders: the parts add up exactly."""
    whole = sum(weights.values())
    exact = {key: total * weight / whole for key, weight in weights.items()}
    parts = {key: int(share) for key, share in exact.items()}
    left = total - sum(parts.values())
    by_remainder = sorted(exact, key=lambda key: parts[key] - exact[key])
    for key in by_remainder[:left]:
        parts[key] += 1
    return parts
