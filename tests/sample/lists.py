"""What the bureau and the universities list row by row: S14, S17, S17A, S19, S21, S22 and the ledger S20, the task sheet T01.

Why: the report gives 44 new sister pairs (35 with Hong Kong and Macao, 9 abroad) and 20 window
candidates for 2022, 16 schools in 8 counties, 5 in Shufu and 1 in Linzhi. In the sample there are
23 pairs and 9 window schools in 2023, the universities stay above 90 % together and one of them
does not, and the shares of the AI target add up to 990 and not to 1,000.
"""

import csv
from datetime import date
from pathlib import Path
from random import Random

from areas import AREAS, MUNICIPAL, SEED, apportion
from city import habit
from places import NUMERAL
from rounds import VOCATIONAL

NAMES = {a.code: a.name for a in AREAS} | {MUNICIPAL: "市属"}
PLACES_OF_PAIRS = {2022: ("香港",) * 22 + ("澳门",) * 13 + ("英国", "德国", "新加坡", "法国", "日本", "加拿大", "新西兰", "泰国", "英国"),
                   2023: ("香港",) * 11 + ("澳门",) * 6 + ("新加坡", "法国", "德国", "英国", "马来西亚", "意大利")}
ORDINAL = ("第一", "第二", "第三", "第四", "第五")
UNIVERSITIES = ("示例大学", "示例医科大学", "示例工业职业大学", "示例师范学院", "示例航海学院", "示例城市职业学院",
                "示例铁路职业学院", "示例体育职业学院", "示例幼儿师范专科学校")
GRADUATES = {2022: (9120, 4310, 6890, 3980, 3120, 7240, 5410, 1870, 1130), 2023: (9360, 4420, 7150, 4060, 3260, 7510, 5690, 1920, 1210)}
SETTLED = {2022: (0.925, 0.943, 0.918, 0.906, 0.921, 0.914, 0.951, 0.903, 0.932),
           2023: (0.914, 0.938, 0.909, 0.887, 0.912, 0.905, 0.946, 0.901, 0.921)}
BY_MONTH = {7: 0.71, 8: 0.80, 9: 0.87, 10: 0.925, 11: 0.965, 12: 1.0}
COUNTIES = tuple(f"示例{word}县" for word in "甲乙丙丁戊己庚辛")


def nth(at: int) -> str:
    return NUMERAL[at] if at < 10 else ("" if at < 20 else NUMERAL[at // 10 - 1]) + "十" + (NUMERAL[at % 10 - 1] if at % 10 else "")


def vocational_schools() -> dict:
    """year -> rows of form S14."""
    facts = {}
    for year in (2022, 2023):
        rows = facts[year] = []
        for area in AREAS:
            for at in range(VOCATIONAL[area.code]):
                rng = Random(f"{SEED}/vocational/{area.code}/{at}")
                pupils, level = rng.randint(900, 2900), rng.random()
                rows.append({
                    "area": area.code, "school": f"{NAMES[area.code].removesuffix('区')}示例{ORDINAL[at % 5] if at < 5 else nth(at)}职业技术学校",
                    "vocational_schools": 1, "vocational_schools_compliant": int(level < (0.52 if year == 2022 else 0.76)),
                    "vocational_site_area": round(pupils * rng.uniform(18, 41)), "vocational_building_area": round(pupils * rng.uniform(12, 25)),
                    "vocational_teachers": round(pupils / rng.uniform(15, 24)) + (year - 2022) * 2,
                    "vocational_equipment_value": round(pupils * rng.uniform(0.25, 0.8)) + (year - 2022) * 15,
                    "vocational_books": round(pupils * rng.uniform(22, 36)) + (year - 2022) * 400,
                    "vocational_majors_added": rng.randint(0, 2) + (year == 2023 and level > 0.8),
                    "vocational_majors_dropped": rng.randint(0, 1),
                    "vocational_schools_renovated": int(level > (0.85 if year == 2022 else 0.55))})
    return facts


def sister_pairs() -> dict:
    """year -> rows of form S17."""
    facts = {}
    for year, places in PLACES_OF_PAIRS.items():
        rng = Random(f"{SEED}/pairs/{year}")
        chosen = apportion(len(places), {a.code: a.pupils[1] + a.pupils[2] for a in AREAS})
        areas = [code for code, n in chosen.items() for _ in range(n)]
        rng.shuffle(areas)
        rows = []
        for at, (place, code) in enumerate(zip(places, areas)):
            month = 1 + at * 11 // len(places)
            rows.append({"area": code, "school": f"{NAMES[code]}示例{rng.choice(('实验小学', '外国语学校', '中学', '第二中学', '中心小学'))}",
                         "counterpart": f"{place}示例{nth(at)}校", "region": place, "pair_signed": date(year, month, 3 + at % 25), "sister_pairs": 1})
        facts[year] = rows
    return facts


def window_schools() -> dict:
    """year -> rows of form S17A: 20 candidates in 2022; 9 named and 14 new candidates in 2023."""
    codes = [a.code for a in AREAS for _ in range(3)]
    rows = [{"area": code, "school": f"{NAMES[code]}示例窗口学校{'甲乙丙'[at % 3]}"} for at, code in enumerate(codes)]
    named = rows[::4]
    later = [row for row in rows[20:] if row not in named]
    waiting = [row for row in rows[:20] if row not in named]
    return {2022: [row | {"window_schools": 0, "window_candidates": 1} for row in rows[:20]],
            2023: [row | {"window_schools": 1, "window_candidates": 0} for row in named]
            + [row | {"window_schools": 0, "window_candidates": 1} for row in (later + waiting)[:14]]}


def graduates() -> dict:
    """month -> rows of form S19."""
    facts = {}
    for year, months in ((2022, (10, 11, 12)), (2023, tuple(BY_MONTH))):
        for month in months:
            rows = facts[f"{year}-{month:02d}"] = []
            for at, name in enumerate(UNIVERSITIES):
                whole = GRADUATES[year][at]
                settled = round(whole * SETTLED[year][at] * BY_MONTH[month])
                study = round(whole * habit("study", name, 0.08, 0.26))
                own = round(whole * habit("own business", name, 0.006, 0.015))
                free = round(whole * habit("freelance", name, 0.02, 0.05) * BY_MONTH[month])
                rows.append({"university": name, "graduates": whole, "graduates_employed": settled - study - own - free,
                             "graduates_self_employed": own, "graduates_freelance": free, "graduates_studying": study})
    return facts


def key_projects() -> dict:
    """month -> rows of form S21."""
    facts = {"2022-12": [], "2023-06": [], "2023-12": []}
    for a in AREAS:
        for at in range(2):
            rng = Random(f"{SEED}/key/{a.code}/{at}")
            kind, size, pace = rng.choice(("小学", "九年一贯制学校", "高级中学")), rng.choice((1080, 1350, 1620, 2160, 3000)), rng.uniform(18, 42)
            for month, gone in (("2022-12", 0.8), ("2023-06", 1.5), ("2023-12", 2.2)):
                progress = min(100, round(pace * gone))
                facts[month].append({
                    "area": a.code, "project": f"{a.prefix}-ZD-{at + 1:02d}", "school": f"{a.name}示例{kind}{nth(at)}期", "key_projects": 1,
                    "key_projects_on_schedule": int(progress >= {"2022-12": 16, "2023-06": 30, "2023-12": 46}[month]),
                    "project_places": size, "progress": progress})
    return facts


def aid() -> dict:
    """year -> rows of form S22: 753 teachers sent and 1,341 hosted in 2022."""
    facts = {}
    for year, sent, hosted in ((2022, 753, 1341), (2023, 768, 1402)):
        places = {name: (1, 2, 6) for name in COUNTIES} | {"疏附县": (0, 5, 9), "林芝市": (0, 1, 4)}
        send, host = (apportion(n, {p: row[2] * habit("aid", p, 0.8, 1.2) for p, row in places.items()}) for n in (sent, hosted))
        facts[year] = [{"place": p, "aid_counties": row[0] or None, "aid_schools": row[1], "teachers_sent": send[p], "teachers_hosted": host[p]}
                       for p, row in places.items()]
    return facts


def day(text: str, until: date):
    """A day of the ledger, if it had come when the ledger was filled."""
    known = date.fromisoformat(text) if text else None
    return known if known and known <= until else None


def ledger() -> dict:
    """month -> rows of form S20; a month's ledger knows nothing of later days."""
    with open(Path(__file__).parent / "tasks.csv", encoding="utf-8", newline="") as file:
        tasks = list(csv.DictReader(file))
    facts = {}
    for month, until in (("2022-12", date(2022, 12, 31)), ("2023-06", date(2023, 6, 30)), ("2023-12", date(2024, 1, 5))):
        rows = facts[month] = []
        for task in tasks:
            count = task["count_" + month.replace("-", "_")]
            if month == "2022-12" and not count:
                continue
            done = day(task["completed"], until)
            rows.append({
                "target": task["target"], "name": task["name"], "milestone_office": task["office"], "milestone_started": day(task["started"], until),
                "milestone_planned": day(task["planned"], date.max), "milestone_completed": done,
                "milestone_document": task["document"] if done else "", "milestone_evidence": task["evidence"] if done else "",
                "milestone_count": int(count) if count else None,
                "unproven": bool(done) and not task["document"] and not task["evidence"]})
    return facts


def shares(city: dict) -> list:
    """Rows of T01 for 2023."""
    districts = [a for a in AREAS if a.code != MUNICIPAL]
    pupils = {a.code: sum(a.pupils) * a.growth ** 12 for a in districts}
    schools = {a.code: city[2023, a.code, "primary"]["schools"] + city[2023, a.code, "junior"]["schools"] for a in districts}
    rows = []
    for target, name, split in (("new_public_places", "新增公办基础教育学位数", {c: n * 10 for c, n in apportion(6000, pupils).items()}),
                                ("ai_education_schools", "人工智能教育学校数", apportion(990, schools)),
                                ("sister_schools_new", "新增姊妹学校", apportion(20, schools))):
        rows += [{"area": a.code, "target": target, "name": name, "district_share": split[a.code]} for a in districts]
    return rows
