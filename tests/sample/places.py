"""School places: the building projects (S01) and the supply of compulsory places (S02).

Why: two of the report's figures rest on them. Places put into use are 145,000 in 2022;
in 2023 they pass 60,000 before closures are taken off and miss it after. Bought places
are 368,000 in 2022 at 2,636 yuan each.
"""

from datetime import date
from decimal import Decimal
from random import Random

from areas import AREAS, MUNICIPAL, SEED, YEARS, apportion
from city import habit

IN_USE = {2021: 99_980, 2022: 145_000, 2023: 68_040}
CLOSED = {2021: 6_120, 2022: 7_480, 2023: 9_540}
PUBLIC = {2021: 1_092_500, 2022: 1_163_700, 2023: 1_236_900}
BOUGHT = {2021: 352_000, 2022: 368_000, 2023: 371_000}
YUAN_PER_PLACE = {2021: 2540, 2022: 2636, 2023: 2710}

STAGE_SHARES = (("primary", 0.55), ("junior", 0.27), ("kindergarten", 0.08), ("senior", 0.10))
TYPE_SHARES = (("new_build", 0.50), ("extension", 0.27), ("conversion", 0.14), ("private_to_public", 0.09))
SCHOOL = {"kindergarten": "幼儿园", "primary": "小学", "junior": "中学", "senior": "高级中学"}
CAMPUS = ("", "", "", "(东校区)", "(南校区)", "(新校区)")
NUMERAL = "一二三四五六七八九十"


def draw(rng: Random, shares) -> str:
    at = rng.random()
    for name, share in shares:
        at -= share
        if at < 0:
            return name
    return shares[0][0]


def outline(area, year: int) -> list[dict]:
    """The projects of an area without their numbers, ordered by stage."""
    rng = Random(f"{SEED}/projects/{area.code}/{year}")
    number = {2021: 8, 2022: 10, 2023: 7}[year] + (sum(area.pupils) > 25) * 3 + rng.choice((-1, 0, 0, 1))
    if area.code == MUNICIPAL:
        number = 3
    projects = []
    for _ in range(number):
        stage = draw(rng, (("junior", 0.35), ("senior", 0.65))) if area.code == MUNICIPAL else draw(rng, STAGE_SHARES)
        kind = draw(rng, TYPE_SHARES)
        size = rng.choice((18, 24, 27, 30, 36)) * (0.5 if kind in ("extension", "conversion") else 1)
        projects.append({"stage": stage, "build_type": kind, "size": size * (0.4 if stage == "kindergarten" else 1),
                         "part": rng.choice((1, 1, 1, 1, 0.85, 0.7)), "spare": rng.choice((1, 1, 1, 1.04, 1.1)),
                         "closes": kind != "new_build" and rng.random() < 0.55, "day": rng.choice((1, 1, 1, 25, 28)),
                         "campus": rng.choice(CAMPUS), "late": False})
    projects.append({**projects[0], "part": 1, "closes": False, "late": True, "campus": "(二期)"})
    order = ("kindergarten", "primary", "junior", "senior")
    projects.sort(key=lambda project: order.index(project["stage"]))
    for i, project in enumerate(projects):
        project["project"] = f"{area.prefix}-{year}-{i + 1:02d}"
        nth = NUMERAL[i] if i < 10 else "十" + NUMERAL[i - 10]
        project["school"] = f"{area.name.removesuffix('学校')}示例第{nth}{SCHOOL[project['stage']]}{project['campus']}"
    return projects


def projects() -> dict:
    """(year, area) -> projects; a late one is planned and not yet built."""
    facts = {}
    for year in YEARS:
        for area in AREAS:
            facts[year, area.code] = outline(area, year)
        everything = {p["project"]: p for area in AREAS for p in facts[year, area.code]}
        grow = {a.prefix: a.growth ** 12 for a in AREAS}
        ready = {key: p["size"] * p["part"] * grow[key[:2]] for key, p in everything.items() if not p["late"]}
        in_use = apportion(IN_USE[year] // 10, ready)
        closed = apportion(CLOSED[year] // 10, {key: p["size"] for key, p in everything.items() if p["closes"]})
        for key, p in everything.items():
            p["new_places_in_use"] = in_use.get(key, 0) * 10
            p["new_places"] = round(in_use.get(key, 0) / p["part"]) * 10
            p["closed_places"] = closed.get(key, 0) * 10
            planned = round(p["size"] * 45 / 10) if p["late"] else round(p["new_places"] / 10 * p["spare"])
            p["planned_new_places"] = planned * 10
            p["classes"] = max(1, round(p["planned_new_places"] / (30 if p["stage"] == "kindergarten" else 45)))
            p["opened"] = None if p["late"] else date(year, 8 if p["day"] > 1 else 9, p["day"])
    return facts


def supply(city: dict) -> dict:
    """(year, area, stage) -> places and pupils by sector, bought places and what they cost in 万元."""
    facts = {}
    for year in YEARS:
        rows = [(a, s) for a in AREAS for s in ("primary", "junior")]
        pupils = {(a.code, s): city[year, a.code, s]["enrolled"] for a, s in rows}
        owned = [(a, s) for a, s in rows if a.code != MUNICIPAL]
        private = apportion(sum(pupils.values()) - PUBLIC[year],
                            {(a.code, s): pupils[a.code, s] * a.private[s == "junior"] for a, s in owned})
        bought = apportion(BOUGHT[year], {key: n * habit(f"bought{key[1]}", key[0], 0.92, 1.08) for key, n in private.items()})
        price = {"primary": 1.0, "junior": 1.32}
        spent = apportion(BOUGHT[year] * YUAN_PER_PLACE[year] // 1000,
                          {key: n * price[key[1]] * habit("price", key[0], 0.94, 1.06) for key, n in bought.items()})
        for area, stage in rows:
            key = (area.code, stage)
            facts[year, *key] = row = {"public_enrolled": pupils[key] - private.get(key, 0)}
            row["public_places"] = int(row["public_enrolled"] * habit(f"room{stage}", area.code, 1.01, 1.06)) // 5 * 5
            if key in private:
                row["private_enrolled"], row["bought_place_pupils"] = private[key], bought[key]
                row["private_places"] = int(private[key] * habit(f"seats{stage}", area.code, 1.04, 1.14)) // 5 * 5
                row["bought_place_spending"] = Decimal(spent[key]) / 10
    return facts
