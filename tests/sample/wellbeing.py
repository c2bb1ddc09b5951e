"""Mental health by term (S09) and fitness by grade and sex (S11).

Why: four promises of 100 % are judged by counts. In the autumn of 2023 two schools of some
1,600 have no psychology teacher, one has no counselling room, every school teaches the course,
and the C certificate stands at 97 %. Fitness falls to 53 %, above its floor of 52 % and below
the year before.
"""

from random import Random

from areas import AREAS, SEED, apportion
from city import habit
from eyes import solve

TERMS = ("2022-S1", "2022-S2", "2023-S1", "2023-S2")
STAGES = ("primary", "junior", "senior")
WITHOUT_TEACHER = {"2022-S1": 41, "2023-S1": 9}
WITHOUT_COURSE = {"2022-S1": 63, "2022-S2": 38, "2023-S1": 12, "2023-S2": 0}
WITHOUT_ROOM = {"2022-S1": 97, "2022-S2": 52, "2023-S1": 17, "2023-S2": 1}
TRAINED = {"2022-S1": 0.742, "2022-S2": 0.861, "2023-S1": 0.938, "2023-S2": 0.974}
FEATURE = {"2022-S1": 71, "2022-S2": 84, "2023-S1": 84, "2023-S2": 103}

FIT = {2022: 0.5806, 2023: 0.5304}
FIT_BY_GRADE = (0.66, 0.64, 0.61, 0.58, 0.56, 0.55, 0.57, 0.55, 0.53, 0.52, 0.50, 0.49)


def mental_health(city: dict, posts: dict) -> dict:
    """(term, area) -> {stage: row}."""
    facts = {}
    for term in TERMS:
        year = int(term[:4])
        keys = [(a.code, s) for a in AREAS for s in STAGES]
        schools = {k: city[year, *k]["schools"] for k in keys}
        weight = {k: n * habit("psychology" + k[1], k[0], 0.4, 1.6) for k, n in schools.items()}
        if term in WITHOUT_TEACHER:
            lacking = apportion(WITHOUT_TEACHER[term], weight)
        else:
            lacking = {k: schools[k] - posts[year, *k]["psychology"]["schools_fully_staffed"] for k in keys}
        no_course, no_room = apportion(WITHOUT_COURSE[term], weight), apportion(WITHOUT_ROOM[term], weight)
        feature = apportion(FEATURE[term], schools)
        for k in keys:
            teachers = city[year, *k]["teachers"]
            has = schools[k] - lacking[k]
            facts.setdefault((term, k[0]), {})[k[1]] = {
                "psychology_schools": schools[k], "schools_with_psychologist": has,
                "full_time_psychologists": has + round(has * habit("second" + k[1], k[0], 0.1, 0.35)),
                "part_time_psychologists": round(schools[k] * habit("part time" + k[1], k[0], 1.2, 2.4)),
                "psychology_form_teachers": teachers,
                "c_certificate_trained": round(teachers * (1 - (1 - TRAINED[term]) * habit("certificate" + k[1], k[0], 0.5, 1.5))),
                "schools_with_psychology_course": schools[k] - no_course[k], "schools_with_standard_room": schools[k] - no_room[k],
                "psychology_feature_schools": min(feature[k], has)}
    return facts


def fitness(eyes: dict) -> dict:
    """(year, area) -> {(grade, sex): row}."""
    facts, tested = {}, {}
    for year in FIT:
        for area in AREAS:
            rng = Random(f"{SEED}/fitness/{area.code}/{year}")
            for key, row in eyes[year, area.code].items():
                exempt = round(row["screening_enrolled"] * rng.uniform(0.006, 0.015))
                absent = round(row["screening_enrolled"] * rng.uniform(0.002, 0.008))
                tested[year, area.code, key] = (row["screening_enrolled"] - exempt - absent, exempt)

    def share(code, key, lift):
        grade, sex = key
        return FIT_BY_GRADE[grade - 1] + lift + habit("fit", code, -0.035, 0.035) + (0.022 if sex == 2 else -0.02)

    for year, goal in FIT.items():
        counts = {key[1:]: row[0] for key, row in tested.items() if key[0] == year}
        whole = sum(counts.values())
        lift = solve(lambda x: sum(share(*key, x) * n for key, n in counts.items()) / whole, goal, -1, 1)
        for (code, key), n in counts.items():
            fit = round(n * share(code, key, lift))
            excellent = round(fit * (0.24 + 0.004 * key[0]) * habit("excellent", code, 0.9, 1.1))
            fail = round(n * (0.035 + 0.0022 * key[0]) * habit("unfit", code, 0.85, 1.2))
            facts.setdefault((str(year), code), {})[key] = {
                "fitness_tested": n, "fitness_exempt": tested[year, code, key][1], "fitness_excellent": excellent,
                "fitness_good": fit - excellent, "fitness_pass": n - fit - fail, "fitness_fail": fail}
    return facts
