"""Kindergartens (S03), admission to school (S04), rotation of teachers (S07).

Why: the report gives 55.82 % of children in public kindergartens and 89.10 % in inclusive ones
for 2022, and 46.77 % for 2021 as the share of able teachers among those rotated. In
the sample the public share falls a little in 2023 and stays above 50 %, three registered
children are not in school, and every migrant child who may have a place has one.
"""

from random import Random

from areas import AREAS, SEED, YEARS, apportion
from city import habit

PUBLIC = (0.5266, 0.5582, 0.5531)
INCLUSIVE = (0.8780, 0.8910, 0.8962)
ABLE = (0.4677, 0.4835, 0.5012)
ROTATED = (0.128, 0.136, 0.145)
ENTRANTS = {"primary": 0.182, "junior": 0.338}
NOT_IN_SCHOOL = {(2021, "440111", "primary"): 11, (2021, "440118", "junior"): 4, (2022, "440111", "primary"): 6,
                 (2022, "440118", "primary"): 2, (2023, "440118", "primary"): 3}
NOT_PLACED = {2021: 0.021, 2022: 0.008, 2023: 0}


def school_year(year: int) -> str:
    return f"{year}/{(year + 1) % 100:02d}"


def kindergartens(city: dict) -> dict:
    """(school year, area) -> one row."""
    facts = {}
    for at, year in enumerate(YEARS):
        rows = {a.code: city[year, a.code, "kindergarten"] for a in AREAS if a.pupils[0] > 0}
        whole = sum(row["enrolled"] for row in rows.values())
        public = apportion(round(whole * PUBLIC[at]),
                           {code: row["enrolled"] * habit("public nursery", code, 0.82, 1.18) for code, row in rows.items()})
        inclusive = apportion(round(whole * INCLUSIVE[at]) - sum(public.values()),
                              {code: (row["enrolled"] - public[code]) * habit("inclusive", code, 0.93, 1.07) for code, row in rows.items()})
        for code, row in rows.items():
            facts[school_year(year), code] = {"": {
                "kindergartens": row["schools"], "kindergarten_enrolled": row["enrolled"],
                "public_kindergarten_enrolled": public[code], "inclusive_private_enrolled": inclusive[code],
                "kindergarten_staff": row["staff"]}}
    return facts


def admission(city: dict) -> dict:
    """(year, area) -> {stage: row}."""
    facts = {}
    for year in YEARS:
        for area in (a for a in AREAS if a.pupils[0] > 0):
            rng = Random(f"{SEED}/admission/{area.code}/{year}")
            rows = facts[str(year), area.code] = {}
            for stage, share in ENTRANTS.items():
                new = round(city[year, area.code, stage]["enrolled"] * share * rng.uniform(0.98, 1.02))
                applied = round(new * habit("migrants" + stage, area.code, 0.2, 0.45))
                eligible = round(applied * rng.uniform(0.86, 0.95))
                placed = eligible - round(eligible * NOT_PLACED[year] * habit("placed" + stage, area.code, 0.5, 1.5))
                bought = round(placed * habit("bought seat" + stage, area.code, 0.08, 0.3))
                due = new - eligible
                rows[stage] = {
                    "registered_due": due, "registered_enrolled": due - NOT_IN_SCHOOL.get((year, area.code, stage), 0),
                    "migrant_applied": applied, "migrant_eligible": eligible,
                    "migrant_placed_public": placed - bought, "migrant_placed_bought": bought}
    return facts


def rotation(city: dict) -> dict:
    """(year, area) -> {stage: row}."""
    facts = {}
    for at, year in enumerate(YEARS):
        keys = [(a.code, s) for a in AREAS for s in ("primary", "junior", "senior") if (year, a.code, s) in city]
        eligible = {k: round(city[year, *k]["teachers"] * habit("may rotate" + k[1], k[0], 0.4, 0.52)) for k in keys}
        rotated = {k: round(n * ROTATED[at] * habit("rotates" + k[1], k[0], 0.85, 1.15)) for k, n in eligible.items()}
        able = apportion(round(sum(rotated.values()) * ABLE[at]),
                         {k: n * habit("able", k[0], 0.85, 1.15) for k, n in rotated.items()})
        for k in keys:
            backbone = round(able[k] * habit("backbone", k[0], 0.4, 0.6))
            facts.setdefault((str(year), k[0]), {})[k[1]] = {
                "rotation_eligible": eligible[k], "rotated": rotated[k], "rotated_town_schools": able[k] - backbone, "rotated_backbone": backbone,
                "rotated_principals": round(rotated[k] * habit("principals" + k[1], k[0], 0.02, 0.05))}
    return facts
