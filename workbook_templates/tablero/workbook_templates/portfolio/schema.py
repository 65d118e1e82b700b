"""The tables of a portfolio: their columns, and how Parquet files type them.

They are the tables of one scorecard (:mod:`tablero.workbook_templates.facts`) with the company and
its file before the other columns, for the one period that was asked for. Every line of a company
holds both: ``company_id`` tells companies apart, ``file`` whose figures these are.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

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
_SORT = Column("sort", "count", "Its place, from 1")
_PERSPECTIVE = Column("perspective_id", "text", "The perspective, as in dim_perspective")
_OBJECTIVE = Column("objective_id", "text", "The objective, as in dim_objective")
_KPI = Column("kpi_id", "text", "The KPI, as in dim_kpi")
_NAME = Column("name", "text", "Its name")
_ACHIEVED = (
    Column("achievement", "share", "How much of the goal is reached; empty where not known"),
    Column("coverage", "share", "How much of the weight below it has an achievement"),
    Column("band_id", "text", "The band of the achievement, as in dim_band"),
)
_PART = Column("part", "share", "Its part of the strategy in this period; all parts make 1")
_FACT = (_COMPANY, _FILE, _PERIOD)
_DIM = (_COMPANY, _FILE)

_TABLES = (
    Schema(
        "companies",
        "The companies with the period that was scored: one line a file.",
        ("company_id", "period_id"),
        (
            *_DIM,
            _NAME,
            Column("sector", "text", "What it does"),
            Column("size", "text", "micro, small, medium or large by its employees, or unknown"),
            Column("employees", "number", "The employees in the last month known"),
            Column("currency", "text", "Its currency in three letters, such as PEN"),
            Column("scale", "text", "units, thousands or millions: how money is counted"),
            Column("year", "text", "Its fiscal year: 2026, or 2026/27"),
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
        (*_FACT, _PERSPECTIVE, *_ACHIEVED, _PART),
    ),
    Schema(
        "fact_objective",
        "What each objective achieved.",
        ("company_id", "period_id", "objective_id"),
        (*_FACT, _OBJECTIVE, *_ACHIEVED, _PART),
    ),
    Schema(
        "fact_kpi",
        "What each KPI was, was to be and achieved.",
        ("company_id", "period_id", "kpi_id"),
        (
            *_FACT,
            _KPI,
            Column("value", "number", "Its value; at a yearly rate where it grows with time"),
            Column("goal", "number", "What the value should be"),
            Column("desired", "text", "High, Low or Target: which way is better"),
            Column("weight", "share", "Its weight in the objective"),
            *_ACHIEVED,
            _PART,
            Column("contribution", "share", "What it brings to the strategy's achievement"),
            Column("points", "share", "What it adds to or (below zero) costs against 100 %"),
            Column("months", "count", "In how many months all of its inputs have figures"),
        ),
    ),
    Schema(
        "dim_perspective",
        "The perspectives of each company's scorecard.",
        ("company_id", "file", "perspective_id"),
        (*_DIM, _PERSPECTIVE, _NAME, Column("weight", "share", "In the strategy"), _SORT),
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
            _SORT,
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
            Column("unit", "text", "The unit of its values and goals; those in % are fractions"),
            Column("owner", "text", "Who answers for it"),
            _SORT,
        ),
    ),
    Schema(
        "dim_band",
        "The bands of an achievement of each company, from the worst.",
        ("company_id", "file", "band_id"),
        (
            *_DIM,
            Column("band_id", "text", "Such as not_acceptable, poor, good, excellent"),
            _NAME,
            Column("plan", "text", "The plan of action that it asks for"),
            Column("term", "text", "Whether that is of short, medium or long term"),
            Column("from_achievement", "share", "The achievement with which it begins"),
            Column("symbol", "text", "Its sign"),
            Column("ink", "text", "The colour of its words, such as #9B1C1C"),
            Column("paper", "text", "The colour of its ground"),
            _SORT,
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
            Column("severity", "text", "error, warning or note"),
            Column("code", "text", "What kind of problem it is"),
            Column("sheet", "text", "The sheet on which it was found"),
            Column("cell", "text", "The cell in which it was found"),
            Column("message", "text", "What is wrong"),
            Column("remedy", "text", "What to do about it"),
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
