"""The data set of a portfolio as DuckDB sees it: each company once, words of all languages met."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from tablero.workbook_templates.portfolio.schema import SCHEMAS, arrow_schema
from tablero.workbook_templates.portfolio.vocabulary import vocabulary

if TYPE_CHECKING:
    import duckdb

MEMORY, THREADS = "512MB", 2
"""What DuckDB may use; what is more, it lays down on the disk."""
_PATTERN_SIGNS = "[*?"
_LINES = 5_000
"""How many lines are taken at a time."""

# A company counts once: with its newest year, and in that with the file changed last.
_COMPANY = """
CREATE TABLE company AS
SELECT c.company_id, c.file, c.period_id, c.name, c.size, c.currency, c.scale, c.year, c.language,
    c.period, c.coverage, c.owed, c.problems,
    coalesce(w.shared, c.sector, '') AS sector_key, coalesce(w.shown, c.sector, '') AS sector
FROM companies c LEFT JOIN files f ON f.path = c.file LEFT JOIN word w ON w.said = c.sector
QUALIFY row_number() OVER (
    PARTITION BY c.company_id ORDER BY c.year DESC, c.period_id DESC, f.mtime DESC, c.file) = 1
"""
# Bands differ from company to company; their tones, from 0 for the worst to 3, do not.
_BAND = """
CREATE TABLE band AS
SELECT d.company_id, d.file, d.band_id, coalesce(w.shown, d.name) AS name,
    CAST(round_even((d.sort - 1) * 3.0
        / greatest(count(*) OVER (PARTITION BY d.file) - 1, 1), 0) AS INTEGER) AS tone
FROM dim_band d JOIN company c USING (company_id, file) LEFT JOIN word w ON w.said = d.name
"""
# A KPI is the same where its id and unit are; amounts compare in one currency and scale only.
_STANDING = """
CREATE TABLE standing AS
SELECT f.company_id, f.file, f.kpi_id, coalesce(n.shown, d.name) AS name,
    CASE WHEN contains(d.unit, c.currency) THEN 'currency' ELSE coalesce(u.shared, d.unit, '') END
        AS unit_key,
    CASE WHEN contains(d.unit, c.currency) THEN d.unit ELSE coalesce(u.shown, d.unit, '') END
        AS unit,
    CASE WHEN contains(unit_key, 'currency') THEN c.currency || ' ' || c.scale ELSE '' END AS money,
    f.value, f.goal, f.desired, f.achievement, b.tone, c.sector_key, c.sector, c.size
FROM fact_kpi f JOIN company c USING (company_id, file, period_id)
JOIN dim_kpi d USING (company_id, file, kpi_id)
LEFT JOIN band b USING (company_id, file, band_id)
LEFT JOIN word u ON u.said = d.unit LEFT JOIN word n ON n.said = d.name
"""


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
        With every table of :mod:`.schema`, and ``company`` (each once, with its newest year),
        ``band`` (its tone) and ``standing`` (each KPI of each company).
    """
    import duckdb  # noqa: PLC0415 - a tenth of a second that only a portfolio is worth

    with TemporaryDirectory(prefix="tablero-") as scratch, duckdb.connect() as connection:
        limits = {"memory_limit": MEMORY, "threads": THREADS, "temp_directory": scratch}
        for name, limit in limits.items():
            connection.execute(f"SET {name} = '{_quoted(str(limit))}'")
        connection.execute("SET preserve_insertion_order = false")
        for table in SCHEMAS:
            _show(connection, table, folder / table)
        _learn(connection, language)
        for made in (_COMPANY, _BAND, _STANDING):
            connection.execute(made)
        yield connection


def _show(connection: duckdb.DuckDBPyConnection, table: str, parts: Path) -> None:
    """Let a table be asked by its name; one without parts is empty."""
    if any(parts.glob("*.parquet")):
        files = f"{_quoted(_literal(parts.as_posix()))}/*.parquet"
        read = f"SELECT * FROM read_parquet('{files}', union_by_name = true)"  # noqa: S608 - quoted
        connection.execute(f"CREATE VIEW {table} AS {read}")
    else:
        _keep(connection, table, arrow_schema(table).empty_table())


def _learn(connection: duckdb.DuckDBPyConnection, language: str) -> None:
    import pyarrow as pa  # noqa: PLC0415

    words = [word._asdict() for word in vocabulary(language)]
    _keep(connection, "word", pa.Table.from_pylist(words))


def _keep(connection: duckdb.DuckDBPyConnection, name: str, table: Any) -> None:
    """Keep a table of Arrow's where every cursor sees it."""
    connection.register("brought", table)
    connection.execute(f"CREATE TABLE {name} AS SELECT * FROM brought")  # noqa: S608 - ours
    connection.unregister("brought")


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
