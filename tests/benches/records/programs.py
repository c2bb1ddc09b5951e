"""The programs that are compared, and how each is started for a size."""

import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
HOME = HERE.parents[2]
RIVALS = HERE / "rivals"
YARDSTICK = os.environ.get("YARDSTICK", str(HOME / "target/release/yardstick"))
# The Python that has requirements.txt, which is this one unless said otherwise.
PYTHON = os.environ.get("BENCH_PYTHON", sys.executable)
AS_OF = "2024-06-30"
# Exit code 1 is published, with findings of severity error.
PUBLISHED = (0, 1)
# The line by which the pipelines here write what the others write.
TABLES_ALONE = "publish = []\n"


@dataclass(frozen=True)
class Program:
    name: str
    start: tuple[str, ...]
    # Of Yardstick: does it write all that a run can, or the tables and charts that the others write too?
    all_formats: bool = False

    def words(self, size: str, folder: Path, place: Path, charts: bool) -> list[str]:
        """The command; what it finds lies at `self.result(place)` afterwards."""
        if self.is_yardstick:
            return yardstick(pipeline(size, place, charts, self.all_formats), folder, place, "--cold", output=self.output)
        more = [str(place / "charts" / self.key)] if charts else []
        return [*self.start, size, str(folder), str(place / f"{self.key}.csv"), *more]

    @property
    def is_yardstick(self) -> bool:
        return self.start[0] == YARDSTICK

    @property
    def output(self) -> str:
        return "output-all" if self.all_formats else "output"

    @property
    def key(self) -> str:
        return self.name.replace(" ", "")

    def result(self, size: str, place: Path) -> Path:
        return place / self.output / size / "latest" if self.is_yardstick else place / f"{self.key}.csv"


def yardstick(pipeline: Path, folder: Path, place: Path, *more: str, output: str = "output") -> list[str]:
    """A run of it, everything it writes below `place`."""
    return [
        YARDSTICK, "run", str(pipeline), "--input", str(folder), "--output", str(place / output), "--cache", str(place / "cache"),
        "--as-of", AS_OF, "--keep", "1", *more,
    ]  # fmt: skip


def pipeline(size: str, place: Path, charts: bool, all_formats: bool = False) -> Path:
    """The pipeline of a size, copied so that it draws its charts or none, and writes tables alone or all formats."""
    target = place / (("drawn" if charts else "tables") + ("-all" if all_formats else "")) / size
    if not target.exists():
        shutil.copytree(HERE / "pipelines" / size, target)
        for file in target.rglob("*.toml"):
            file.write_text(file.read_text().replace('"../../../../../', f'"{HOME}/'))
        if not charts:
            (target / "charts.toml").write_text("[all]\nonly = []\n")
        if all_formats:
            file = target / "pipeline.toml"
            file.write_text(file.read_text().replace(TABLES_ALONE, ""))
    return target


def limits() -> str:
    """The newest build of limits.rs, which cargo names by a hash."""
    built = [file for file in (HOME / "target/release/deps").glob("limits-*") if not file.suffix]
    if not built:
        sys.exit("cargo build --release --bench limits")
    return str(max(built, key=lambda file: file.stat().st_mtime))


OURS = Program("Yardstick", (YARDSTICK,))
ALL_FORMATS = Program("Yardstick, all formats", (YARDSTICK,), all_formats=True)
OPENPYXL = Program("pandas + openpyxl", (PYTHON, str(RIVALS / "by_pandas.py"), "openpyxl"))
CALAMINE = Program("pandas + calamine", (PYTHON, str(RIVALS / "by_pandas.py"), "calamine"))
POLARS = Program("polars + fastexcel", (PYTHON, str(RIVALS / "by_polars.py")))
DUCKDB = Program("DuckDB read_xlsx", (PYTHON, str(RIVALS / "by_duckdb.py")))
READXL = Program("R readxl + dplyr", ("Rscript", str(RIVALS / "by_readxl.R")))
EVERYBODY = [OURS, OPENPYXL, CALAMINE, POLARS, DUCKDB, READXL]
