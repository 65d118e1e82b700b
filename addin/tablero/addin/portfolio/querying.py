"""Asking a data set in SQL: its tables only, and nothing that changes anything."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from tablero.workbook_templates.portfolio.dataset import DataSet
from tablero.workbook_templates.portfolio.dataset_snapshot import snapshot
from tablero.workbook_templates.portfolio.schema import SCHEMAS
from tablero.workbook_templates.problems import Problem, ProblemsError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_MEMORY = "1GB"
"""What an answer may use; what is more is laid down beside the data set of the system."""
_LINES = 1000
_LONGEST = 400


@dataclass(frozen=True)
class Answer:
    """What a query came to."""

    columns: Sequence[str]
    lines: Iterator[tuple[Any, ...]]


@contextmanager
def answered(folder: Path, query: str) -> Iterator[Answer]:
    """The answer of a data set to one SELECT.

    Raises
    ------
    ProblemsError
        There is no data set, it is damaged, the query is none or would do more than ask, or DuckDB
        refuses it.
    """
    import duckdb  # noqa: PLC0415 - a tenth of a second that only a query is worth

    dataset, query = DataSet(folder), query.encode(errors="replace").decode()
    if not dataset.has_tables:
        raise ProblemsError([Problem("portfolio_no_data", values={"name": str(folder)})])
    with TemporaryDirectory(prefix="tablero-") as scratch, duckdb.connect() as connection:
        _show_tables(connection, dataset)
        _close(connection, scratch)
        try:
            _refuse_more(connection, query)
            found = connection.execute(query)
            columns = [one[0] for one in found.description or ()]
            yield Answer(columns, _lines(found))
        except duckdb.Error as defect:
            values = {"reason": _said(defect), "tables": ", ".join(SCHEMAS)}
            raise ProblemsError([Problem("portfolio_query", values=values)]) from defect


def _show_tables(connection: DuckDBPyConnection, dataset: DataSet) -> None:
    """Each table by its name, all of one run; DuckDB reads of each what is asked for."""
    tables = {name: dataset.table(name) for name in SCHEMAS}
    for name, table in snapshot(tables).items():
        connection.register(name, table)


def _close(connection: DuckDBPyConnection, scratch: str) -> None:
    """Let a query reach nothing but what is shown already, and change none of these settings."""
    settings = {
        "temp_directory": scratch,
        "memory_limit": _MEMORY,
        "python_enable_replacements": False,
        "enable_external_access": False,
        "lock_configuration": True,
    }
    for name, value in settings.items():
        connection.execute(f"SET {name} = '{value}'")


def _refuse_more(connection: DuckDBPyConnection, query: str) -> None:
    from duckdb import StatementType  # noqa: PLC0415 - as above

    harmless = (StatementType.SELECT, StatementType.EXPLAIN, StatementType.RELATION)
    statements = connection.extract_statements(query)
    if len(statements) != 1 or statements[0].type not in harmless:
        raise ProblemsError([Problem("portfolio_query_kind")])


def _lines(found: DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    while lines := found.fetchmany(_LINES):
        yield from lines


def _said(defect: Exception) -> str:
    """What DuckDB said, in one line without the drawing of the place."""
    first = re.split(r"\n\s*LINE \d+:", str(defect))[0]
    return " ".join(first.split())[:_LONGEST]
