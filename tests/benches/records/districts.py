"""The eleven districts, how large each is, and how its pupils fare: what all three sets of sample data start from."""

import csv
from pathlib import Path

HOME = Path(__file__).resolve().parents[3]
YEARS = (2021, 2022, 2023)
STAGES = {"小学": range(1, 7), "初中": range(7, 10), "普通高中": range(10, 13)}
GRADES = ["一年级", "二年级", "三年级", "四年级", "五年级", "六年级", "七年级", "八年级", "九年级", "高一", "高二", "高三"]
SEXES = ["男", "女"]
# Shares of the city's pupils, in the order of the list of areas.
SHARES = [0.065, 0.075, 0.085, 0.105, 0.165, 0.085, 0.145, 0.095, 0.065, 0.045, 0.07]


def names() -> list[tuple[str, str]]:
    """Code and name of each district."""
    with open(HOME / "seeds/areas/guangzhou.csv", encoding="utf-8", newline="") as file:
        return [(row["code"], row["name_zh"]) for row in csv.DictReader(file) if row["kind"] == "district"]


def stage(grade: int) -> str:
    return next(name for name, grades in STAGES.items() if grade in grades)


def myopia(grade: int, sex: str, place: int, year: int) -> float:
    """The share of pupils found myopic: it rises with the grade, is higher among girls, and falls in most districts over the years."""
    rising = [0.13, 0.21, 0.31, 0.41, 0.50, 0.58, 0.66, 0.72, 0.76, 0.79, 0.81, 0.82][grade - 1]
    fall = (0.002, 0.006, 0.009)[place % 3] * (year - 2021)
    return rising + (0.03 if sex == "女" else -0.01) + 0.004 * (place - 5) - fall
