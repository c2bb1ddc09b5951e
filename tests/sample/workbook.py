"""Sheets to files: .xlsx by XlsxWriter and .xls by xlwt, the same bytes at every run.

Why: two file formats from one page description. Neither library reads the clock here: the
date of creation is fixed, and xlwt writes none.
"""

from datetime import date, datetime

import xlsxwriter
import xlwt

NOTE = "示例数据：数字均为虚构，仅用于演示"
BORDERED = ("head", "label", "number", "grouped", "points", "percent", "text", "date", "center")
FORMATS = {"grouped": "#,##0", "points": "0.00", "percent": "0.00%", "date": "yyyy/m/d"}
ALIGN = {"title": "center", "head": "center", "label": "center", "center": "center", "left": "left", "right": "right",
         "text": "right", "number": "right", "grouped": "right", "points": "right", "percent": "right", "date": "center"}


def save(path, sheets: list) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    (save_xls if path.suffix == ".xls" else save_xlsx)(path, sheets)


def save_xlsx(path, sheets: list) -> None:
    book = xlsxwriter.Workbook(str(path), {"in_memory": True})
    book.set_properties({"title": NOTE, "comments": NOTE, "subject": "示例数据", "author": "示例", "created": datetime(2024, 1, 1)})
    styles = {}
    for name, align in ALIGN.items():
        style = {"align": align, "valign": "vcenter", "font_name": "宋体", "font_size": 16 if name == "title" else 10}
        if name in BORDERED:
            style["border"] = 1
        if name in ("title", "head"):
            style |= {"bold": True, "text_wrap": name == "head"}
        if name in FORMATS:
            style["num_format"] = FORMATS[name]
        styles[name] = book.add_format(style)
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        for col, width in sheet.widths.items():
            page.set_column(col, col, width, None, {"hidden": col in sheet.hidden})
        for row, col, last_row, last_col in sheet.merges:
            page.merge_range(row, col, last_row, last_col, "", styles[sheet.puts[row, col].style])
        for (row, col), put in sorted(sheet.puts.items()):
            style = styles[put.style]
            if put.formula:
                page.write_formula(row, col, "=" + put.formula, style, put.value)
            elif put.value is None:
                page.write_blank(row, col, None, style)
            elif isinstance(put.value, str):
                page.write_string(row, col, put.value, style)
            elif isinstance(put.value, date):
                page.write_datetime(row, col, datetime(put.value.year, put.value.month, put.value.day), style)
            else:
                page.write_number(row, col, put.value, style)
    book.close()


def save_xls(path, sheets: list) -> None:
    book = xlwt.Workbook(encoding="utf-8")
    book.set_owner("sample data")
    styles = {}
    for name, align in ALIGN.items():
        border = "borders: left thin, right thin, top thin, bottom thin;" if name in BORDERED else ""
        font = "font: bold on, height 320;" if name == "title" else "font: bold on;" if name == "head" else ""
        wrap = ", wrap on" if name == "head" else ""
        styles[name] = xlwt.easyxf(f"{font} align: horiz {align}, vert center{wrap}; {border}", FORMATS.get(name, "General"))
    for sheet in sheets:
        page = book.add_sheet(sheet.name)
        for col, width in sheet.widths.items():
            page.col(col).width = width * 256
            page.col(col).hidden = col in sheet.hidden
        starts = {(row, col): (last_row, last_col) for row, col, last_row, last_col in sheet.merges}
        for (row, col), put in sorted(sheet.puts.items()):
            if put.value is None:
                page.write(row, col, None, styles[put.style])
            elif (row, col) in starts:
                last_row, last_col = starts[row, col]
                page.write_merge(row, last_row, col, last_col, put.value, styles[put.style])
            else:
                page.write(row, col, put.value, styles[put.style])
    book.save(str(path))
