"""The Chinese words for stages, building types, subjects, grades and sexes, and the offices' variants of them."""

STAGES = {"kindergarten": "幼儿园", "primary": "小学", "junior": "初中", "senior": "普通高中", "vocational": "中职"}
BUILD_TYPES = {"new_build": "新建", "extension": "扩建", "conversion": "改建", "private_to_public": "转公"}
SUBJECTS = {"pe": "体育", "music": "音乐", "art": "美术", "labour": "劳动", "psychology": "心理"}
NUMERALS = "一二三四五六七八九"


def stage_word(stage: str, office) -> str:
    return "高中" if stage == "senior" and office.has("short words") else STAGES[stage]


def grade_word(grade: int, office) -> str:
    if grade <= 6:
        return f"{NUMERALS[grade - 1]}年级"
    if grade <= 9:
        early, late = f"初{NUMERALS[grade - 7]}", f"{NUMERALS[grade - 1]}年级"
        return (f"{early}（{late}）" if office.wide else f"{early}({late})", late, early)[office.order]
    return f"高{NUMERALS[grade - 10]}"


def sex_word(sex: int, office) -> str:
    return "男女"[sex - 1] + ("生" if office.has("S10 sex words") else "")
