"""The data set of a portfolio as DuckDB sees it: each company once, words of all languages met."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from tablero.workbook_templates.facts.schema import Kind
from tablero.workbook_templates.portfolio.schema import SCHEMAS
from tablero.workbook_templates.portfolio.vocabulary import vocabulary

if TYPE_CHECKING:
    import duckdb

MEMORY, THREADS = "512MB", 1
"""What DuckDB may use; what is more, it lays down on the disk. A second thread would save half a
second at 50,000 companies, and cost 30 MB."""
_PATTERN_SIGNS = "[*?"
_LINES = 5_000
"""How many lines are taken at a time."""

# A company counts once: with its newest year, and in that with the file changed last. Its number
# stands for it elsewhere: it takes a tenth of the room of its names.
_COMPANY = """
CREATE TABLE company AS
SELECT CAST(row_number() OVER (ORDER BY file) AS INTEGER) AS firm, *
FROM (
    SELECT c.company_id, c.file, c.period_id, c.name, c.size, c.currency, c.scale, c.year,
        c.language, c.period, c.coverage, c.owed, c.problems,
        coalesce(w.shared, c.sector, '') AS sector_key, coalesce(w.shown, c.sector, '') AS sector
    FROM companies c LEFT JOIN files f ON f.path = c.file LEFT JOIN word w ON w.said = c.sector
    QUALIFY row_number() OVER (
        PARTITION BY c.company_id ORDER BY c.year DESC, c.period_id DESC, f.mtime DESC, c.file) = 1)
"""
# Bands differ from company to company; their tones, from 0 for the worst to 3, do not.
_BAND = """
CREATE TABLE band AS
SELECT c.firm, d.band_id, coalesce(w.shown, d.name) AS name,
    CAST(round_even((d.sort - 1) * 3.0
        / greatest(count(*) OVER (PARTITION BY c.firm) - 1, 1), 0) AS TINYINT) AS tone
FROM dim_band d JOIN company c USING (company_id, file) LEFT JOIN word w ON w.said = d.name
"""
_STRATEGY = """
CREATE TABLE strategy AS
SELECT c.firm, s.achievement, b.tone, b.name AS band
FROM company c LEFT JOIN fact_strategy s USING (company_id, file, period_id)
LEFT JOIN band b USING (firm, band_id)
"""
# A KPI is the same where its id and unit are; amounts compare in one currency and scale only.
_KIND = """
CREATE TABLE kind AS
SELECT CAST(row_number() OVER () AS INTEGER) AS kind, d.*, coalesce(n.shown, d.name) AS kpi,
    CASE WHEN contains(d.unit, d.currency) THEN 'currency' ELSE coalesce(u.shared, d.unit, '') END
        AS unit_key,
    CASE WHEN contains(d.unit, d.currency) THEN d.unit ELSE coalesce(u.shown, d.unit, '') END
        AS unit_shown,
    CASE WHEN contains(unit_key, 'currency') THEN d.currency || ' ' || d.scale ELSE '' END AS money,
    CAST(dense_rank() OVER (ORDER BY d.kpi_id, unit_key) AS INTEGER) AS measure
FROM (
    SELECT DISTINCT d.kpi_id, d.name, d.unit, c.currency, c.scale
    FROM dim_kpi d JOIN company c USING (company_id, file)) d
LEFT JOIN word u ON u.said = d.unit LEFT JOIN word n ON n.said = d.name
"""
_STANDING = """
CREATE TABLE standing AS
WITH measured AS (
    SELECT c.firm, f.kpi_id, f.value, f.goal, f.desired, f.achievement, f.band_id
    FROM fact_kpi f JOIN company c USING (company_id, file, period_id)),
named AS (
    SELECT c.firm, d.kpi_id, k.kind, k.measure
    FROM dim_kpi d JOIN company c USING (company_id, file)
    JOIN kind k ON k.kpi_id = d.kpi_id AND k.name IS NOT DISTINCT FROM d.name
        AND k.unit IS NOT DISTINCT FROM d.unit AND k.currency IS NOT DISTINCT FROM c.currency
        AND k.scale IS NOT DISTINCT FROM c.scale)
SELECT firm, n.kind, n.measure, m.value, m.goal,
    TRY_CAST(m.desired AS ENUM ('High', 'Low', 'Target')) AS desired, m.achievement, b.tone
FROM measured m JOIN named n USING (firm, kpi_id) LEFT JOIN band b USING (firm, band_id)
"""
_MEASURE = """
CREATE TABLE measure AS
SELECT measure, kpi_id, unit_key, kpi, min(least_unit) OVER (PARTITION BY measure) AS unit
FROM (
    SELECT k.measure, kpi_id, unit_key, kpi, min(unit_shown) AS least_unit, count(*) AS said
    FROM standing s JOIN kind k USING (kind) GROUP BY k.measure, kpi_id, unit_key, kpi)
QUALIFY row_number() OVER (PARTITION BY measure ORDER BY said DESC, kpi) = 1
"""
_MADE = (_COMPANY, _BAND, _STRATEGY, _KIND, _STANDING, _MEASURE)
_TYPES: Mapping[Kind, str] = MappingProxyType(
    {
        "text": "VARCHAR",
        "number": "DOUBLE",
        "share": "DOUBLE",
        "count": "BIGINT",
        "date": "DATE",
        "flag": "BOOLEAN",
    }
)


@contextmanager
def opened(folder: Path, language: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection in which the tables of a data set stand, and those that statistics ask.

    Parameters
    ----------
    folder
        The data set: a folder of Parquet files for each table. It is only read.
    language
        In which names, units and sectors are said where the library knows them.

    Yields
    ------
    duckdb.DuckDBPyConnection
        With every table of :mod:`.schema`, and ``company`` (each once, with its newest year, and a
        number, ``firm``), ``band`` (its tone), ``strategy`` (what each company's achieved),
        ``measure`` (each KPI in a unit), ``kind`` (a measure as a workbook says it, in which
        money) and ``standing`` (each KPI of each company).
    """
    import duckdb  # noqa: PLC0415 - a tenth of a second that only a portfolio is worth

    with (
        TemporaryDirectory(prefix="tablero-", ignore_cleanup_errors=True) as scratch,
        # Tables on a disk are compressed, and need not stay in memory.
        duckdb.connect(Path(scratch, "portfolio.duckdb")) as connection,
    ):
        limits = {"memory_limit": MEMORY, "threads": THREADS, "temp_directory": scratch}
        for name, limit in limits.items():
            connection.execute(f"SET {name} = '{_quoted(str(limit))}'")
        connection.execute("SET preserve_insertion_order = false")
        for table in SCHEMAS:
            _show(connection, table, folder / table)
        _learn(connection, language)
        for made in _MADE:
            connection.execute(made)
        yield connection


def _show(connection: duckdb.DuckDBPyConnection, table: str, parts: Path) -> None:
    """Let a table be asked by its name; one without parts is empty."""
    if any(parts.glob("*.parquet")):
        files = f"{_quoted(_literal(parts.as_posix()))}/*.parquet"
        read = f"SELECT * FROM read_parquet('{files}', union_by_name = true)"  # noqa: S608 - quoted
        connection.execute(f"CREATE VIEW {table} AS {read}")
    else:
        columns = ", ".join(f"{one.name} {_TYPES[one.kind]}" for one in SCHEMAS[table].columns)
        connection.execute(f"CREATE TABLE {table} ({columns})")


def _learn(connection: duckdb.DuckDBPyConnection, language: str) -> None:
    """Let words be asked for; by way of Arrow it would cost half a second and 70 MB."""
    said, shared, shown = map(list, zip(*vocabulary(language), strict=True))
    values = {"said": said, "shared": shared, "shown": shown}
    columns = ", ".join(f"unnest(${name}) AS {name}" for name in values)
    connection.execute(f"CREATE TABLE word AS SELECT {columns}", values)


def _literal(path: str) -> str:
    """A path of which no sign is taken for a pattern.

    >>> _literal("acme [2026]")
    'acme [[]2026]'
    """
    return "".join(f"[{sign}]" if sign in _PATTERN_SIGNS else sign for sign in path)


def _quoted(text: str) -> str:
    return text.replace("'", "''")


def asked(
    connection: duckdb.DuckDBPyConnection, query: str, values: Mapping[str, Any] | None = None
) -> Iterator[tuple[Any, ...]]:
    """The lines that a query answers with, some thousands at a time."""
    answer = connection.cursor().execute(query, values or {})
    while lines := answer.fetchmany(_LINES):
        yield from lines
