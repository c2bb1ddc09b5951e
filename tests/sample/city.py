"""Schools, classes, pupils and teachers of every area: the ground on which the other forms stand.

Why: form S05 says them, S02 and S10 must agree with its pupils, S06 with its teachers and
S08 with its schools. City totals are set here; schools and teachers of 2021 are the
yearbook's, everything below the city and every other year is invented.
"""

from random import Random

from areas import AREAS, SEED, STAGES, YEARS, apportion

TOTALS = {
    "schools": {
        "kindergarten": (2155, 2201, 2236), "primary": (986, 991, 1002),
        "junior": (427, 441, 452), "senior": (124, 129, 135),
    },
    "enrolled": {
        "kindergarten": (612_350, 623_870, 630_420), "primary": (1_165_280, 1_206_140, 1_240_460),
        "junior": (411_730, 440_860, 470_290), "senior": (176_240, 183_150, 190_380),
    },
    "teachers": {
        "kindergarten": (41_480, 42_960, 44_130), "primary": (64_993, 66_852, 68_541),
        "junior": (32_454, 33_879, 35_312), "senior": (14_713, 15_236, 15_790),
    },
    "large_classes": {"primary": (212, 148, 96), "junior": (131, 88, 52), "senior": (64, 45, 31)},
}
CLASS_SIZE = {"kindergarten": 28.4, "primary": 41.2, "junior": 44.3, "senior": 46.1}
STAFF_PER_TEACHER = {"kindergarten": 1.92, "primary": 1.07, "junior": 1.09, "senior": 1.13}


def habit(name: str, area: str, low: float, high: float) -> float:
    """A ratio that belongs to an area and stays the same over the years."""
    return Random(f"{SEED}/{name}/{area}").uniform(low, high)


def city() -> dict:
    """(year, area, stage) -> counts, for every stage that the area has."""
    facts = {}
    for at, year in enumerate(YEARS):
        for s, stage in enumerate(STAGES):
            here = [area for area in AREAS if area.pupils[s] > 0]
            enrolled = apportion(TOTALS["enrolled"][stage][at],
                                 {a.code: a.pupils[s] * a.growth ** at for a in here})
            schools = apportion(TOTALS["schools"][stage][at],
                                {a.code: enrolled[a.code] / a.school_size[s] for a in here})
            teachers = apportion(TOTALS["teachers"][stage][at],
                                 {a.code: enrolled[a.code] * habit("teachers" + stage, a.code, 0.95, 1.05) for a in here})
            classes = {a.code: round(enrolled[a.code] / CLASS_SIZE[stage] * habit("classes" + stage, a.code, 0.97, 1.05))
                       for a in here}
            large = {}
            if stage in TOTALS["large_classes"]:
                large = apportion(TOTALS["large_classes"][stage][at],
                                  {a.code: classes[a.code] * habit("large" + stage, a.code, 0.1, 1.9) for a in here})
            for a in here:
                staff = round(teachers[a.code] * STAFF_PER_TEACHER[stage] * habit("staff" + stage, a.code, 0.98, 1.03))
                facts[year, a.code, stage] = {
                    "schools": schools[a.code], "classes": classes[a.code], "enrolled": enrolled[a.code],
                    "staff": staff, "teachers": teachers[a.code], "large_classes": large.get(a.code),
                }
    return facts
