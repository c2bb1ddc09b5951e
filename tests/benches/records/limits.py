"""The limit: the sheets of all workbooks inflated and thrown away, in steps of 256 KiB, by zlib-ng.

    limits.py FOLDER

No program that reads these workbooks can be faster than this, whatever it does with what it has inflated. zlib-ng is about as fast as
zlib-rs, which Yardstick inflates with.
"""

import sys
import zipfile
from pathlib import Path

from zlib_ng import zlib_ng

STEP = 256 * 1024


def inflated(path: Path) -> int:
    """Bytes of the sheets of a workbook."""
    size = 0
    with zipfile.ZipFile(path) as package, open(path, "rb") as file:
        for entry in package.infolist():
            if not entry.filename.startswith("xl/worksheets/"):
                continue
            file.seek(entry.header_offset + 26)
            lengths = file.read(4)
            file.seek(int.from_bytes(lengths[:2], "little") + int.from_bytes(lengths[2:], "little"), 1)
            left, stream = entry.compress_size, zlib_ng.decompressobj(-15)
            while left:
                piece = file.read(min(left, STEP // 8))
                left -= len(piece)
                while piece:
                    size += len(stream.decompress(piece, STEP))
                    piece = stream.unconsumed_tail
    return size


if __name__ == "__main__":
    print(sum(inflated(path) for path in Path(sys.argv[1]).rglob("*.xlsx")))
