"""Ten times the sample: its workbooks of three years, and copies in which the years are 3, 6 … 27 earlier.

    python3 tests/benches/tenfold.py FOLDER

Years are replaced by years of the same length in names, texts and cells, so the copies are as odd as the originals.
"""

import sys
import zipfile
from pathlib import Path

SAMPLE = Path(__file__).resolve().parents[2] / "input" / "guangzhou-2023"
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def earlier(text: str, by: int) -> str:
    """A text with each year of the sample moved, in half or full width."""
    for year in (2021, 2022, 2023):
        there = str(year - by)
        text = text.replace(str(year), there).replace(str(year).translate(WIDE), there.translate(WIDE))
    return text


def earlier_bytes(content: bytes, by: int) -> bytes:
    """The same in a binary workbook, where a text is in one byte a letter or in two."""
    for encoding in ("latin-1", "utf-16-le"):
        for year in (2021, 2022, 2023):
            content = content.replace(str(year).encode(encoding), str(year - by).encode(encoding))
            wide = str(year).translate(WIDE)
            content = content.replace(wide.encode("utf-16-le"), str(year - by).translate(WIDE).encode("utf-16-le"))
    return content


def copy(source: Path, target: Path, by: int) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if not zipfile.is_zipfile(source):
        target.write_bytes(earlier_bytes(source.read_bytes(), by))
        return
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename.startswith("xl/") and part.filename.endswith(".xml") and not part.filename.endswith("styles.xml"):
                content = earlier(content.decode("utf-8"), by).encode("utf-8")
            new.writestr(part.filename, content)


def main(folder: Path) -> None:
    count = 0
    for by in range(0, 30, 3):
        for source in sorted(SAMPLE.rglob("*.xls*")):
            inside = source.relative_to(SAMPLE).as_posix()
            copy(source, folder / earlier(inside, by), by)
            count += 1
    print(f"{count} workbooks in {folder}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
