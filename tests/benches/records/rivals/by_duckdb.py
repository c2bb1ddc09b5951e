"""DuckDB's `read_xlsx`; its excel extension comes from PyPI, so no network is needed.

    by_duckdb.py S|M|L FOLDER OUT.csv [CHARTS]
"""

import sys
from pathlib import Path

import duckdb
import duckdb_ext
import summary

EXTENSION = next(Path(duckdb_ext.__path__[0]).rglob("excel.duckdb_extension"))

database = duckdb.connect()
database.execute(f"load '{EXTENSION}'")
# A column of figures as offices write them; strip_accents leaves Chinese as it is, full width has to be translated.
database.execute("""
    create macro figure(cell) as case when trim(cell) in ('—', '-', '–', '/') then 0.0
    else try_cast(replace(translate(trim(cell), '０１２３４５６７８９', '0123456789'), ',', '') as double) end
""")


def sums(query: str, dimensions: list[str]) -> dict:
    """Rows of the query: a member of each dimension, what stands above, what stands below."""
    width = len(dimensions)
    return {tuple(zip(dimensions, row[:width])): (row[width], row[width + 1]) for row in database.execute(query).fetchall()}


def ratio(table: str, dimension: str, above: str, below: str) -> str:
    return (
        f"select {dimension}, sum(a), sum(b) from (select {dimension}, figure({above}) a, figure({below}) b from {table}) "
        "where a is not null and b is not null group by 1"
    )


def forms(path: str):
    def sheet(name: str, range: str) -> str:
        return f"read_xlsx('{path}', sheet = '{name}', range = '{range}', header = true, all_varchar = true, stop_at_empty = true)"

    both = "coalesce(figure(公办学位), 0) + coalesce(figure(民办学位), 0)"
    yield "places", sums(f"select 学段, sum({both}), null from {sheet('学位', 'A3:H1000')} group by 1", ["stage"])
    yield "pupil_teacher_ratio", sums(ratio(sheet("教师", "A3:H1000"), "学段", "在校生", "专任教师"), ["stage"])
    yield "myopia_rate", sums(ratio(sheet("视力", "A3:I1000"), "年级", "近视人数", "有效筛查人数"), ["grade"])


def schools(path: str):
    database.execute(
        "create or replace temp table schools as select 学段, 学位, 在校生, 专任教师, 有效筛查人数, 近视人数 "
        f"from read_xlsx('{path}', header = true, all_varchar = true)"
    )
    yield "places", sums("select 学段, sum(figure(学位)), null from schools group by 1", ["stage"])
    yield "pupil_teacher_ratio", sums(ratio("schools", "学段", "在校生", "专任教师"), ["stage"])
    yield "myopia_rate", sums(ratio("schools", "学段", "近视人数", "有效筛查人数"), ["stage"])


def pupils(path: str):
    yield "myopia_rate", sums(
        f"""
        select 年级, 性别, count(*) filter (least(rs, ls) <= -0.5 and least(rv, lv) < 5.0), count(*) from (
            select 年级, 性别, right_va rv, left_va lv, case when right_se between -30 and 30 then right_se end rs,
                   case when left_se between -30 and 30 then left_se end ls
            from (select 年级, 性别, try_cast(右眼裸眼视力 as double) right_va, try_cast(左眼裸眼视力 as double) left_va,
                         try_cast(右眼等效球镜 as double) right_se, try_cast(左眼等效球镜 as double) left_se
                  from read_xlsx('{path}', header = true, ignore_errors = true))
        ) where rs is not null and ls is not null and rv is not null and lv is not null group by 1, 2
        """,
        ["grade", "sex"],
    )


summary.report({"S": forms, "M": schools, "L": pupils}, *sys.argv[1:])
