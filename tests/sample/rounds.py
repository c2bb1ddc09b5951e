"""What is sent by term, quarter or month: S12 digital, S13 spending, S15 after school, S16 safety, S18 party; and S13Y, S22A.

Why: the report gives for 2022 746 schools with AI education, 1,047 in smart reading, 875,000 of
some 920,700 lunch-rest pupils lying flat, 3,915 canteens, 912 schools under the principal
system. In the sample AI passes 1,000, STEM falls, spending rises and spending per pupil falls,
and 22 kindergartens stay without a party organisation.
"""

from decimal import Decimal
from random import Random

from areas import AREAS, MUNICIPAL, SEED, apportion
from city import habit
from wellbeing import TERMS

BUREAU = "440100-B"
VOCATIONAL = {"440103": 2, "440104": 3, "440105": 3, "440106": 2, "440111": 4, "440112": 2, "440113": 3, "440114": 3,
              "440115": 1, "440117": 1, "440118": 3, MUNICIPAL: 9}
DIGITAL = {  # by term: AI, its platform, STEM, smart reading; then notes in all
    "2022-S1": (702, 640, 371, 1012, 30_180_000), "2022-S2": (746, 698, 396, 1047, 35_425_000),
    "2023-S1": (871, 795, 394, 1083, 38_960_000), "2023-S2": (1012, 934, 391, 1126, 42_410_000)}
TEN_TIMES = ("2023-S2", "440117", "primary")     # one office wrote its notes in the wrong unit
VOCATIONAL_AI = {"2022-S1": 0, "2022-S2": 0, "2023-S1": 6, "2023-S2": 21}
BUDGET = {2022: 5_651_000, 2023: 5_662_000}
SPENT = {2022: 0.9684, 2023: 0.9741}
MONTHS = (0.052, 0.113, 0.19, 0.268, 0.347, 0.441, 0.512, 0.586, 0.681, 0.757, 0.846, 1.0)
SAFETY = {  # by quarter: canteens, of them C; AEDs, schools without one; clinics lacking; doctors; no alarm; not inspected
    "2022-Q1": (3861, 4, 2210, 1490, 610, 1705, 21, 260), "2022-Q2": (3878, 2, 2388, 1376, 588, 1722, 14, 118),
    "2022-Q3": (3902, 1, 2705, 1187, 560, 1758, 6, 64), "2022-Q4": (3915, 0, 2874, 1069, 541, 1779, 0, 0),
    "2023-Q1": (3921, 0, 3012, 982, 528, 1790, 0, 301), "2023-Q2": (3930, 1, 3264, 840, 502, 1811, 0, 96),
    "2023-Q3": (3944, 3, 3588, 655, 470, 1846, 0, 40), "2023-Q4": (3952, 3, 3790, 548, 452, 1863, 0, 0)}
HAZARDS = {"2022": (2810, 2240, 1930, 1475), "2023": (2690, 2015, 1870, 1392)}
DROWNED = {"2022-Q2": {"440111": 1, "440118": 1}, "2022-Q3": {"440117": 2, "440113": 1}, "2023-Q2": {"440114": 1},
           "2023-Q3": {"440117": 1, "440115": 1}}
BULLIED = {"2022-Q1": 9, "2022-Q2": 12, "2022-Q3": 8, "2022-Q4": 12, "2023-Q1": 10, "2023-Q2": 12, "2023-Q3": 9, "2023-Q4": 13}
PARTY = {  # by quarter: kindergartens without, institutions without, instructors, schools under the system, new in private ones
    "2022-Q1": (478, 212, 1012, 541, 71), "2022-Q2": (391, 168, 1075, 668, 96), "2022-Q3": (301, 117, 1140, 790, 84),
    "2022-Q4": (233, 71, 1196, 912, 77), "2023-Q1": (148, 44, 1228, 1014, 68), "2023-Q2": (91, 21, 1251, 1128, 66),
    "2023-Q3": (47, 9, 1270, 1236, 60), "2023-Q4": (22, 4, 1283, 1318, 52)}
INSTITUTIONS = {2022: 1262, 2023: 1240}


def quarters(year: int) -> list:
    return [f"{year}-Q{part}" for part in range(1, 5)]


def months(year: int) -> list:
    return [f"{year}-{month:02d}" for month in range(1, 13)]


def digital(city: dict) -> dict:
    """(term, area) -> {stage: row}; vocational schools only start."""
    facts = {}
    for term in TERMS:
        year = int(term[:4])
        ai, platform, stem, reading, notes = DIGITAL[term]
        schools = {(a.code, s): city[year, a.code, s]["schools"] for a in AREAS for s in ("primary", "junior", "senior")}
        weight = {k: n * habit("digital" + k[1], k[0], 0.85, 1.15) for k, n in schools.items()}
        with_ai, stems = apportion(ai, weight), apportion(stem, weight)
        platforms = apportion(platform, with_ai)
        readers = apportion(reading, {k: n * (0.85 if k[1] == "senior" else 1) for k, n in schools.items()})
        written = apportion(notes // 100, {k: n * habit("notes" + k[1], k[0], 0.8, 1.2) for k, n in readers.items()})
        started = apportion(VOCATIONAL_AI[term], VOCATIONAL)
        for k, n in schools.items():
            facts.setdefault((term, k[0]), {})[k[1]] = {
                "digital_schools": n, "ai_schools": with_ai[k], "ai_platform_schools": platforms[k], "stem_schools": stems[k],
                "smart_reading_schools": readers[k], "reading_notes": written[k] * (1000 if (term, *k) == TEN_TIMES else 100)}
        for code, n in VOCATIONAL.items():
            facts[term, code]["vocational"] = {
                "digital_schools": n, "ai_schools": started[code], "ai_platform_schools": started[code] // 2,
                "stem_schools": None, "smart_reading_schools": None, "reading_notes": None}
    return facts


def stages_of(code: str) -> tuple:
    return ("primary", "junior", "senior", "vocational") if code == BUREAU else \
        ("kindergarten", "primary", "junior", "senior", "vocational")


def pupils_of(city: dict, year: int, code: str, stage: str) -> int:
    """Pupils of a stage; those of the bureau are in the municipal schools."""
    at = MUNICIPAL if code == BUREAU else code
    return VOCATIONAL[at] * 1460 if stage == "vocational" else city[year, at, stage]["enrolled"]


PER_PUPIL = {"kindergarten": 0.75, "primary": 1.9, "junior": 2.75, "senior": 3.1, "vocational": 3.0}


def payers() -> list:
    return [a.code for a in AREAS if a.code != MUNICIPAL] + [BUREAU]


def spending(city: dict) -> tuple[dict, dict]:
    """By month {month: row} for each (year, area), and by stage for each (year, area); in 万元."""
    monthly, yearly = {}, {}
    for year in BUDGET:
        weight = {code: sum(pupils_of(city, 2022, code, s) * PER_PUPIL[s] for s in stages_of(code)) * habit("rich", code, 0.85, 1.2)
                  * (2.3 if code == BUREAU else 1) for code in payers()}
        budget = apportion(BUDGET[year], weight)
        for code in payers():
            rng = Random(f"{SEED}/spending/{code}/{year}")
            whole = SPENT[year] + habit("spent", code, -0.015, 0.015)
            monthly[str(year), code] = {month: {
                "education_budget": budget[code],
                "education_spent": round(budget[code] * whole * MONTHS[at] * (rng.uniform(0.97, 1.03) if at < 11 else 1))}
                for at, month in enumerate(months(year))}
            spent = monthly[str(year), code][f"{year}-12"]["education_spent"]
            by_stage = apportion(spent, {s: pupils_of(city, year, code, s) * PER_PUPIL[s] for s in stages_of(code)})
            yearly[str(year), code] = {s: {
                "education_final_accounts": by_stage[s],
                "average_enrolled": round(pupils_of(city, year, code, s) * rng.uniform(0.985, 0.995))} for s in stages_of(code)}
    return monthly, yearly


def after_school(city: dict) -> dict:
    """(year, area) -> {month: row}; nobody is at school in February, July and August."""
    facts = {}
    for year in (2022, 2023):
        here = [a.code for a in AREAS if a.code != MUNICIPAL]
        size = {c: city[year, c, "primary"]["enrolled"] + city[year, c, "junior"]["enrolled"] for c in here}
        licensed = apportion(INSTITUTIONS[year], {c: n * habit("training", c, 0.7, 1.3) for c, n in size.items()})
        unwatched = {2022: 112, 2023: 34}[year]
        for at, month in enumerate(months(year)):
            rests = apportion({2022: 896_000, 2023: 918_000}[year] + at * {2022: 2245, 2023: 2100}[year], size)
            flat = apportion(round(sum(rests.values()) * ({2022: 0.9504, 2023: 0.9571}[year] - (11 - at) * 0.0006)),
                             {c: n * habit("lies flat", c, 0.975, 1.02) for c, n in rests.items()})
            served = {c: round(n * habit("served", c, 0.80, 0.9) * (1 + 0.002 * at)) for c, n in size.items()}
            without = apportion(unwatched + (11 - at) * {2022: 30, 2023: 7}[year], {c: n * habit("watched", c, 0.4, 1.6) for c, n in licensed.items()})
            cases = apportion((14, 9, 21, 18, 16, 22, 47, 43, 20, 15, 13, 12)[at] + (6 if year == 2022 else 0), licensed)
            for c in here:
                closed = year == 2023 and c == "440106" and month == "2023-12"
                at_school = month[5:] not in ("02", "07", "08")
                facts.setdefault((str(year), c), {})[month] = {
                    "after_school_pupils": served[c] if at_school else None,
                    "lunch_rest_pupils": rests[c] if at_school else None,
                    "lie_flat_pupils": flat[c] if at_school else None,
                    "licensed_institutions": licensed[c],
                    "connected_institutions": licensed[c] - closed,
                    "supervised_institutions": licensed[c] - without[c],
                    "training_cases_found": cases[c], "training_cases_closed": cases[c] - (cases[c] > 3 and at % 4 == 3)}
    return facts


def safety(city: dict) -> dict:
    """(year, area) -> {quarter: row}."""
    facts = {}
    for quarter, (canteens, low, aeds, no_aed, no_clinic, doctors, no_alarm, unseen) in SAFETY.items():
        year = int(quarter[:4])
        schools = {a.code: sum(city[year, a.code, s]["schools"] for s in ("kindergarten", "primary", "junior", "senior")
                               if (year, a.code, s) in city) for a in AREAS}
        labs = {a.code: sum(city[year, a.code, s]["schools"] for s in ("junior", "senior")) for a in AREAS}
        at = int(quarter[-1]) - 1

        def share(total, name, low=0.6, high=1.4):
            return apportion(total, {c: n * habit(name, c, low, high) for c, n in schools.items()})

        kitchens, worst = share(canteens, "kitchen", 0.9, 1.1), share(low, "worst")
        lacks = {name: share(total, name) for name, total in
                 (("aed", no_aed), ("clinic", no_clinic), ("alarm", no_alarm), ("unseen", unseen))}
        devices, nurses, found = share(aeds, "device"), share(doctors, "doctor", 0.9, 1.1), share(HAZARDS[quarter[:4]][at], "hazard")
        safe, bullied = share(612 + (year - 2022) * 74 + at * 9, "safe"), share(BULLIED[quarter], "bullied", 0.2, 1.8)
        for c, n in schools.items():
            best = round(kitchens[c] * habit("grade a", c, 0.4, 0.75))
            checked = round(labs[c] * (0.35, 0.62, 0.8, 1.0)[at])
            facts.setdefault((quarter[:4], c), {})[quarter] = {
                "safety_schools": n, "canteens": kitchens[c], "canteens_grade_a": best,
                "canteens_grade_b": kitchens[c] - best - worst[c], "canteens_grade_c": worst[c],
                "aed_devices": max(devices[c], n - lacks["aed"][c]), "schools_with_aed": n - lacks["aed"][c],
                "school_clinics": n - lacks["clinic"][c], "school_doctors": nurses[c],
                "schools_with_alarm": n - lacks["alarm"][c], "schools_inspected": n - lacks["unseen"][c],
                "hazards_found": found[c], "hazards_fixed": found[c] - round(found[c] * habit("fixed", c, 0.0, 0.03)),
                "safe_campus_schools": safe[c], "drowning_incidents": DROWNED.get(quarter, {}).get(c, 0),
                "bullying_incidents": bullied[c], "laboratory_schools_due": labs[c], "laboratory_schools_checked": checked}
    return facts


def party(city: dict, licensed: dict) -> dict:
    """(year, area) -> {quarter: row}."""
    facts = {}
    for quarter, (no_party, no_branch, sent, led, new) in PARTY.items():
        year = int(quarter[:4])
        here = [a.code for a in AREAS if a.code != MUNICIPAL]
        nurseries = {c: city[year, c, "kindergarten"]["schools"] for c in here}
        trainers = {c: licensed[str(year), c][f"{year}-12"]["licensed_institutions"] for c in here}
        due = {c: round(sum(city[year, c, s]["schools"] for s in ("primary", "junior", "senior")) * 0.9) for c in here}
        lacks = apportion(no_party, {c: n * habit("party", c, 0.2, 1.8) for c, n in nurseries.items()})
        branches = apportion(no_branch, {c: n * habit("branch", c, 0.2, 1.8) for c, n in trainers.items()})
        led_by, sent_to, fresh = apportion(led, due), apportion(sent, nurseries), apportion(new, nurseries)
        for c in here:
            facts.setdefault((quarter[:4], c), {})[quarter] = {
                "party_kindergartens": nurseries[c], "kindergartens_with_party": nurseries[c] - lacks[c],
                "party_institutions": trainers[c], "institutions_with_party": trainers[c] - branches[c],
                "party_instructors": sent_to[c], "principal_system_due": due[c], "principal_system_schools": led_by[c],
                "private_party_organisations_new": fresh[c]}
    return facts


def pupil_aid(city: dict) -> dict:
    """(year, area) -> {stage: row}; in the sample nobody leaves school for want of money."""
    facts = {}
    for year in (2022, 2023):
        for area in (a for a in AREAS if a.code != MUNICIPAL):
            for stage in stages_of(area.code):
                pupils = pupils_of(city, year, area.code, stage)
                poor = round(pupils * habit("poor" + stage, area.code, 0.006, 0.014) * (1 if year == 2022 else 1.03))
                money = {"kindergarten": 0.1, "primary": 0.1, "junior": 0.125, "senior": 0.25, "vocational": 0.3}[stage]
                facts.setdefault((str(year), area.code), {})[stage] = {
                    "poor_pupils": poor, "aided_pupils": poor, "aid_amount": (Decimal(poor) * Decimal(str(money))).quantize(Decimal("0.1")),
                    "dropouts_from_hardship": 0}
    return facts
