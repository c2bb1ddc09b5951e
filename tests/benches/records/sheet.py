"""Workbooks in the shape in which Excel writes them: rows with spans, cells with style and type, one table of shared strings.

Only what the benchmark needs, by the standard library, so that a million rows take seconds: a sheet is given as pieces of XML,
which `row` makes of values and `pupils.py` makes faster by itself.
"""

import zipfile
from datetime import date
from pathlib import Path
from typing import Iterable, Iterator

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'

# Numbers of the cell formats in STYLES.
GENERAL, TEXT, DAY, TENTHS, HUNDREDTHS = range(5)
STYLES = (
    f'{DECLARATION}<styleSheet xmlns="{MAIN}"><fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="5">'
    + "".join(f'<xf numFmtId="{number}" fontId="0" fillId="0" borderId="0" xfId="0"/>' for number in (0, 49, 14, 164, 2))
    + '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
).replace("<fonts", '<numFmts count="1"><numFmt numFmtId="164" formatCode="0.0"/></numFmts><fonts', 1)

LETTERS = [chr(65 + place) for place in range(26)] + [f"A{chr(65 + place)}" for place in range(26)]


def serial(day: date) -> int:
    """The number under which spreadsheets keep a day."""
    return (day - date(1899, 12, 30)).days


class Strings:
    """The table of shared strings: a text is kept once, and cells say its number."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.uses = 0

    def number(self, text: str) -> int:
        self.uses += 1
        return self.numbers.setdefault(text, len(self.numbers))

    def pieces(self, more: Iterable[str] = (), count: int = 0) -> Iterator[bytes]:
        """The part of the package; `more` are `count` further texts, each used once, numbered behind those that are known."""
        distinct = len(self.numbers) + count
        yield f'{DECLARATION}<sst xmlns="{MAIN}" count="{self.uses + count}" uniqueCount="{distinct}">'.encode()
        yield "".join(f"<si><t>{escaped(text)}</t></si>" for text in self.numbers).encode()
        yield from (piece.encode() for piece in more)
        yield b"</sst>"


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def row(number: int, width: int, values: list, styles: list[int], strings: Strings) -> str:
    """A row of a sheet; None is a cell that was formatted and left blank."""
    cells = []
    for letter, value, style in zip(LETTERS, values, styles):
        start = f'<c r="{letter}{number}" s="{style}"'
        if value is None:
            cells.append(f"{start}/>")
        elif isinstance(value, str):
            cells.append(f'{start} t="s"><v>{strings.number(value)}</v></c>')
        else:
            cells.append(f"{start}><v>{value!r}</v></c>")
    return f'<row r="{number}" spans="1:{width}">{"".join(cells)}</row>'


def sheet(width: int, rows: int, pieces: Iterable[str]) -> Iterator[bytes]:
    """The part of one sheet, around its rows."""
    corner = f"A1:{LETTERS[width - 1]}{rows}"
    yield (
        f'{DECLARATION}<worksheet xmlns="{MAIN}" xmlns:r="{RELATIONS}"><dimension ref="{corner}"/>'
        '<sheetViews><sheetView workbookViewId="0"/></sheetViews><sheetFormatPr defaultRowHeight="15"/><sheetData>'
    ).encode()
    yield from (piece.encode() for piece in pieces)
    yield b'</sheetData><pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/></worksheet>'


def write(path: Path, sheets: list[tuple[str, Iterator[bytes]]], strings: Iterator[bytes]) -> None:
    """A workbook: the named sheets, then the shared strings, deflated at level 6 and dated alike in every run."""
    numbers = range(1, len(sheets) + 1)
    types = "".join(f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{KIND}.worksheet+xml"/>' for n in numbers)
    tabs = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, (name, _) in zip(numbers, sheets))
    links = "".join(f'<Relationship Id="rId{n}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in numbers)
    last = len(sheets)
    small = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{KIND}.sheet.main+xml"/>{types}'
        f'<Override PartName="/xl/styles.xml" ContentType="{KIND}.styles+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{KIND}.sharedStrings+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{RELATIONS}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{tabs}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{links}'
        f'<Relationship Id="rId{last + 1}" Type="{RELATIONS}/styles" Target="styles.xml"/>'
        f'<Relationship Id="rId{last + 2}" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as package:
        for name, text in small.items():
            package.writestr(_entry(name), DECLARATION + text, compresslevel=6)
        for n, (_, pieces) in zip(numbers, sheets):
            _stream(package, f"xl/worksheets/sheet{n}.xml", pieces)
        package.writestr(_entry("xl/styles.xml"), STYLES, compresslevel=6)
        _stream(package, "xl/sharedStrings.xml", strings)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry._compresslevel = 6  # What `open` deflates with; ZipFile's own level is not handed on to an entry.
    return entry


def _stream(package: zipfile.ZipFile, name: str, pieces: Iterator[bytes]) -> None:
    with package.open(_entry(name), "w") as part:
        for piece in pieces:
            part.write(piece)
