"""The tables of a portfolio: their columns, and how Parquet files type them.

They are the tables of one scorecard (:mod:`tablero.workbook_templates.facts`) with the company and
its file before the other columns, for the one period that was asked for. Every line of a company
holds both: ``company_id`` tells companies apart, ``file`` whose figures these are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from tablero.workbook_templates.facts import schema as facts
from tablero.workbook_templates.facts.schema import Column, Kind, Schema

if TYPE_CHECKING:
    import pyarrow as pa

SIZES = ("micro", "small", "medium", "large", "unknown")
"""How large a company is, by its employees: below 10, 50, 250, and from there on."""
STATUSES = ("scored", "duplicate", "other_period", "refused")
"""What came of a file: scored, an older one of a company and year, its year has not the period
that was asked for, not read."""

_COMPANY = Column("company_id", "text", "The company, as in companies", "companies")
_FILE = Column("file", "text", "The file from which it comes, as in files", "files")
_PERIOD = Column("period_id", "text", "Such as 2026-03, 2026-Q1, ytd-2026-03, 2026")
_PERSPECTIVE = Column("perspective_id", "text", "The perspective, as in dim_perspective")
_OBJECTIVE = Column("objective_id", "text", "The objective, as in dim_objective")
_KPI = Column("kpi_id", "text", "The KPI, as in dim_kpi")
_NAME = Column("name", "text", "Its name")
_FACT = (_COMPANY, _FILE, _PERIOD)
_DIM = (_COMPANY, _FILE)


def _as_in(table: str, first: str, last: str = "") -> tuple[Column, ...]:
    """The columns of a scorecard's table from one to another, as they stand there.

    Without their references: here a key tells lines apart only with the company's and the file.
    """
    columns = facts.SCHEMAS[table].columns
    names = [one.name for one in columns]
    some = columns[names.index(first) : names.index(last or first) + 1]
    return tuple(replace(one, refers_to="") for one in some)


_SORT = _as_in("dim_kpi", "sort")
_ACHIEVED = _as_in("fact_strategy", "achievement", "band_id")

_TABLES = (
    Schema(
        "companies",
        "The companies with the period that was scored: one line a file.",
        ("company_id", "period_id"),
        (
            *_DIM,
            _NAME,
            *_as_in("dim_company", "sector"),
            Column("size", "text", "micro, small, medium or large by its employees, or unknown"),
            Column("employees", "number", "The employees in the last month known"),
            *_as_in("dim_company", "currency", "scale"),
            *_as_in("dim_company", "year"),
            Column("fiscal_start_month", "count", "The month in which that begins, 1 to 12"),
            Column("language", "text", "en, es or pt: the language of its workbook"),
            _PERIOD,
            Column("period", "text", "The period as people read it"),
            Column("coverage", "share", "How much of the strategy's weight has an achievement"),
            Column("owed", "count", "How many figures are owed"),
            Column("problems", "count", "How many problems the file has, notes left out"),
        ),
    ),
    Schema(
        "fact_strategy",
        "What the strategy achieved.",
        ("company_id", "period_id"),
        (*_FACT, *_ACHIEVED),
    ),
    Schema(
        "fact_perspective",
        "What each perspective achieved.",
        ("company_id", "period_id", "perspective_id"),
        (*_FACT, _PERSPECTIVE, *_as_in("fact_perspective", "achievement", "part")),
    ),
    Schema(
        "fact_objective",
        "What each objective achieved.",
        ("company_id", "period_id", "objective_id"),
        (*_FACT, _OBJECTIVE, *_as_in("fact_objective", "achievement", "part")),
    ),
    Schema(
        "fact_kpi",
        "What each KPI was, was to be and achieved.",
        ("company_id", "period_id", "kpi_id"),
        (
            *_FACT,
            _KPI,
            *_as_in("fact_kpi", "value", "goal"),
            *_as_in("dim_kpi", "desired"),
            Column("weight", "share", "Its weight in the objective"),
            *_as_in("fact_kpi", "achievement", "months"),
        ),
    ),
    Schema(
        "dim_perspective",
        "The perspectives of each company's scorecard.",
        ("company_id", "file", "perspective_id"),
        (*_DIM, _PERSPECTIVE, _NAME, Column("weight", "share", "In the strategy"), *_SORT),
    ),
    Schema(
        "dim_objective",
        "The objectives of each company's scorecard.",
        ("company_id", "file", "objective_id"),
        (
            *_DIM,
            _OBJECTIVE,
            _PERSPECTIVE,
            _NAME,
            Column("weight", "share", "In the perspective"),
            *_SORT,
        ),
    ),
    Schema(
        "dim_kpi",
        "The KPIs of each company's scorecard.",
        ("company_id", "file", "kpi_id"),
        (
            *_DIM,
            _KPI,
            _OBJECTIVE,
            _PERSPECTIVE,
            _NAME,
            *_as_in("dim_kpi", "unit"),
            *_as_in("dim_kpi", "owner"),
            *_SORT,
        ),
    ),
    Schema(
        "dim_band",
        "The bands of an achievement of each company, from the worst.",
        ("company_id", "file", "band_id"),
        (
            *_DIM,
            *_as_in("dim_band", "band_id"),
            _NAME,
            *_as_in("dim_band", "plan", "from_achievement"),
            *_as_in("dim_band", "symbol", "sort"),
        ),
    ),
    Schema(
        "owed",
        "The figures that should have been filled in by now.",
        ("company_id", "period_id", "input_id"),
        (
            *_FACT,
            Column("owner", "text", "Who owes it"),
            Column("input_id", "text", "The input"),
            _NAME,
            Column("months", "count", "In how many months it is owed"),
            Column("missing", "text", "These months: 2026-03, 2026-04"),
        ),
    ),
    Schema(
        "problems",
        "What is wrong in the files.",
        (),
        (
            _FILE,
            Column("company_id", "text", "The company; empty where the file was not read"),
            *_as_in("fact_problem", "severity", "remedy"),
        ),
    ),
    Schema(
        "files",
        "The files that were looked at.",
        ("path",),
        (
            Column("path", "text", "Where it is"),
            Column("size", "count", "How many bytes it has"),
            Column("mtime", "number", "When it was changed, in seconds since 1970"),
            Column("hash", "text", "The digest of its content"),
            Column("company_id", "text", "The company; empty where it was not read"),
            Column("status", "text", "scored, duplicate, other_period or refused"),
            Column("asked", "text", "The period that was asked for"),
            Column("schema", "count", "The schema of the workbook"),
            Column("version", "text", "The version of Tablero that read it"),
            Column("seconds", "number", "How long that took"),
        ),
    ),
)

SCHEMAS: Mapping[str, Schema] = MappingProxyType({one.name: one for one in _TABLES})
"""Every table by its name."""


def arrow_schema(table: str) -> pa.Schema:
    """The columns of a table as Arrow and Parquet type them, each with what it holds in words.

    Examples
    --------
    >>> arrow_schema("fact_strategy").names
    ['company_id', 'file', 'period_id', 'achievement', 'coverage', 'band_id']
    """
    import pyarrow as pa  # noqa: PLC0415 - a tenth of a second that only a table is worth

    types: Mapping[Kind, pa.DataType] = {
        "text": pa.string(),
        "number": pa.float64(),
        "share": pa.float64(),
        "count": pa.int64(),
        "date": pa.date32(),
        "flag": pa.bool_(),
    }
    return pa.schema(
        [
            pa.field(one.name, types[one.kind], metadata={"about": one.about})
            for one in SCHEMAS[table].columns
        ]
    )
