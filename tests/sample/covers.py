"""Sheets without figures: a cover, instructions, an empty sheet.

Why: offices send them with every workbook, and a reader must pass over them.
"""

from sheet import Sheet

GUIDE = (
    "填 表 说 明（示例数据）",
    "一、本套报表由各区教育局填报，每年报送一次。",
    "二、“合计”应等于各学段之和；“其中”项不得大于总项。",
    "三、没有的项目填“—”或“无”，不清楚的留空并在备注中说明。",
    "四、百分比保留两位小数，例如81.25%。",
    "五、学段分为幼儿园、小学、初中、普通高中。",
)


def useless(kind: str, name: str, office, year: int) -> Sheet:
    sheet = Sheet(name)
    if kind == "cover":
        stamp = "" if office.period == "file" else f"{year}年"
        sheet.put(2, 0, f"{office.area}{stamp}教育统计报表", "title")
        sheet.merge(2, 0, 3, 6)
        sheet.put(5, 0, "（示例数据，数字均为虚构）", "center")
        sheet.merge(5, 0, 5, 6)
        sheet.put(8, 0, f"填报单位：{office.sender or office.area}", "left")
        sheet.put(9, 0, "填报人：张某某", "left")
    elif kind == "guide":
        for row, line in enumerate(GUIDE):
            sheet.put(row, 0, line, "left")
        sheet.widths[0] = 60
    return sheet
