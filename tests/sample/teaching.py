"""Teachers: their make-up and recruitment (S06) and the special-subject posts (S08).

Why: the report asks that the share of temporary teachers falls, that the share with higher
degrees rises, and that labour and psychology posts are filled everywhere. In the sample
two districts go the wrong way, labour stands at 96 % and psychology two schools short of all.
"""

from random import Random

from areas import AREAS, MUNICIPAL, SEED, STAGES, YEARS, apportion
from city import habit

TEMPORARY = {"kindergarten": 0.43, "primary": 0.125, "junior": 0.10, "senior": 0.05}
RISING = ("440114", "440118")
POSTGRADUATE = {"kindergarten": 0.004, "primary": 0.056, "junior": 0.112, "senior": 0.271}
BACHELOR = {"kindergarten": 0.43, "primary": 0.835, "junior": 0.857, "senior": 0.722}
TRAINING = {2021: 1_612_000, 2022: 1_870_000, 2023: 1_948_000}
JUMPS = {(2023, "440117"): 6}           # one office counted lessons instead of people

SUBJECTS = ("pe", "music", "art", "labour", "psychology")
POSTS_PER_SCHOOL = {"primary": {"pe": 4.6, "music": 2.3, "art": 2.2}, "junior": {"pe": 4.1, "music": 1.5, "art": 1.5},
                    "senior": {"pe": 5.2, "music": 1.4, "art": 1.5}}
SHORT = {"pe": (0.052, 0.043, 0.034), "music": (0.066, 0.051, 0.040), "art": (0.061, 0.049, 0.037),
         "labour": (0.142, 0.086, 0.040), "psychology": (0.049, 0.014, None)}
LABOUR_DONE = {2021: (), 2022: (MUNICIPAL, "440104"), 2023: (MUNICIPAL, "440104", "440106", "440115")}
PSYCHOLOGY_2023 = {("440117", "primary"): 1, ("440118", "primary"): 1}


def teachers(city: dict) -> dict:
    """(year, area, stage) -> the counts of form S06; None where the thing does not exist there."""
    facts = {}
    for at, year in enumerate(YEARS):
        counted = {(a.code, s): city[year, a.code, s] for a in AREAS for s in STAGES if (year, a.code, s) in city}
        training = apportion(TRAINING[year], {key: row["teachers"] * habit("training" + key[1], key[0], 0.85, 1.15)
                                              for key, row in counted.items()})
        for (code, stage), row in counted.items():
            rng = Random(f"{SEED}/teachers/{code}/{year}/{stage}")
            whole = row["teachers"]
            drift = 1 + 0.016 * at if code in RISING else 1 - 0.03 * at
            temporary = round(whole * TEMPORARY[stage] * habit("temporary", code, 0.75, 1.25) * drift)
            post = round(whole * (POSTGRADUATE[stage] * habit("post", code, 0.75, 1.3) + 0.006 * at * (stage != "kindergarten")))
            bachelor = min(whole - post, round(whole * (BACHELOR[stage] * habit("bachelor", code, 0.97, 1.02) + 0.007 * at)))
            college = whole - post - bachelor
            if stage == "kindergarten":
                college = round(college * 0.94)
            planned = round(whole * 0.034 * habit("hiring" + stage, code, 0.8, 1.3) * rng.uniform(0.95, 1.08))
            recruited = round(planned * rng.uniform(0.93, 1.0))
            rural = next(a.rural for a in AREAS if a.code == code)
            facts[year, code, stage] = {
                "established_teachers": whole - temporary, "temporary_teachers": temporary,
                "teachers_junior_college": college, "teachers_bachelor": bachelor, "teachers_postgraduate": post,
                "recruitment_planned": planned, "recruited": recruited,
                "recruits_in_post": round(recruited * rng.uniform(0.965, 1.0)),
                "self_recruiting_schools": None if stage == "kindergarten" else int(row["schools"] * (habit("own" + stage, code, 0.05, 0.13) + 0.01 * at)),
                "training_attendances": training[code, stage] * JUMPS.get((year, code), 1),
                "rural_teachers_upgrading": round(whole * habit("rural" + stage, code, 0.008, 0.022) * rng.uniform(0.96, 1.08)) if rural else None,
            }
    return facts


def posts(city: dict) -> dict:
    """(year, area, stage) -> schools, and by subject posts required, filled, short and schools with all of theirs."""
    facts = {}
    for at, year in enumerate(YEARS):
        rows = [(a.code, s) for a in AREAS for s in ("primary", "junior", "senior")]
        schools = {key: city[year, *key]["schools"] for key in rows}
        for key in rows:
            facts[year, *key] = {"staffing_schools": schools[key]}
        for subject in SUBJECTS:
            per_school = {key: POSTS_PER_SCHOOL[key[1]].get(subject, 1) * habit("posts" + subject, key[0], 0.95, 1.08)
                          if subject in POSTS_PER_SCHOOL[key[1]] else 1 for key in rows}
            required = {key: round(schools[key] * per_school[key]) for key in rows}
            if SHORT[subject][at] is None:
                short = {key: PSYCHOLOGY_2023.get(key, 0) for key in rows}
            else:
                done = LABOUR_DONE[year] if subject == "labour" else ()
                short = apportion(round(sum(required.values()) * SHORT[subject][at]),
                                  {key: n * habit("short" + subject, key[0], 0.5, 1.5)
                                   for key, n in required.items() if key[0] not in done})
            for key in rows:
                lacking = short.get(key, 0)
                schools_lacking = lacking if required[key] == schools[key] else min(schools[key], -(-lacking * 2 // 3))
                facts[year, *key][subject] = {
                    "posts_required": required[key], "posts_filled": required[key] - lacking,
                    "posts_short": lacking, "schools_fully_staffed": schools[key] - schools_lacking,
                }
    return facts
