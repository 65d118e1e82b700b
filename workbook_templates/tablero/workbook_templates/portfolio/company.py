"""A company of a portfolio: what one workbook says of one period, as lines of the tables."""

from __future__ import annotations

import hashlib
import json
import time
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.metadata import version
from pathlib import PurePath
from typing import TYPE_CHECKING

from tablero.workbook_templates import definition as definitions
from tablero.workbook_templates.facts.dimensions import Line
from tablero.workbook_templates.periods import MONTHS_A_YEAR, Calendar, Period
from tablero.workbook_templates.portfolio.lines import lines_of
from tablero.workbook_templates.portfolio.schema import SCHEMAS, arrow_schema
from tablero.workbook_templates.portfolio.values import read_values
from tablero.workbook_templates.problems import Problem, ProblemsError
from tablero.workbook_templates.read import ValueReading
from tablero.workbook_templates.scored_model import ScoredModel
from tablero.workbook_templates.scoring import score

if TYPE_CHECKING:
    import pyarrow as pa

_ID_BYTES = 8
SHOWN, LATEST = "shown", ("ytd", "latest month")


@dataclass(frozen=True)
class FileFacts:
    """A file as it lies there, by which a later run knows whether it changed."""

    path: str
    size: int = 0
    mtime: float = 0.0
    hash: str = ""


@dataclass(frozen=True)
class Company:
    """What came of one file: the lines of every table, the company's and the file's own."""

    file: FileFacts
    status: str
    """One of `tablero.workbook_templates.portfolio.schema.STATUSES`."""
    company_id: str | None = None
    lines: Mapping[str, Sequence[Line]] = field(default_factory=dict, repr=False)
    """By table, in the order of its columns."""


def read_company(
    content: bytes,
    asked: str,
    file: FileFacts,
    *,
    language: str = "en",
    today: date | None = None,
) -> Company:
    """Read and score a workbook; whatever is wrong with it are lines of the table of problems.

    Parameters
    ----------
    content
        The whole file.
    asked
        The period as in :func:`company_of`.
    file
        What the tables say of the file.
    language
        In which names are told where the workbook has them, and problems.
    today
        Figures for months that begin after this day are problems; by default the real one.
    """
    telling = _Telling(asked, file, language, time.perf_counter())
    try:
        reading = read_values(content, PurePath(file.path).name, today=today)
    except ProblemsError as refused:
        return telling.unscored("refused", refused.problems)
    return _company_of(reading, telling)


def company_of(
    reading: ValueReading,
    asked: str,
    file: FileFacts,
    *,
    language: str = "en",
) -> Company:
    """Score one period of a company.

    Parameters
    ----------
    reading
        What the workbook says.
    asked
        ``shown`` is the period that the workbook shows, ``year`` its whole year; ``ytd`` and
        ``latest month`` end with the last month that has any figure. Else the code of a period,
        such as ``2026-06``, ``2026-Q2``, ``ytd-2026-06``, ``2026``.
    file
        What the tables say of the file.
    language
        In which names are told where the workbook has them, and problems.

    Returns
    -------
    Company
        Where the year of the workbook has not the period, only the problem that says so.
    """
    return _company_of(reading, _Telling(asked, file, language, time.perf_counter()))


def refused_file(
    problems: Iterable[Problem], asked: str, file: FileFacts, *, language: str = "en"
) -> Company:
    """What is told of a file that could not be read, or not even opened."""
    return _Telling(asked, file, language, time.perf_counter()).unscored("refused", problems)


def _company_of(reading: ValueReading, telling: _Telling) -> Company:
    try:
        period = period_of(reading, telling.asked)
    except ProblemsError as missing:
        problems = (*reading.problems, *missing.problems)
        return telling.unscored("other_period", problems, reading.schema)
    scores = score(reading.definition, reading.figures, [period])
    model = ScoredModel(scores, telling.language, period)
    key = company_id(reading.definition.company)
    lines = lines_of(model, key, telling.file.path, reading)
    lines["problems"] = telling.problems(reading.problems, key)
    lines["files"] = [telling.line("scored", key, reading.schema)]
    return Company(telling.file, "scored", key, lines)


@dataclass(frozen=True)
class _Telling:
    """What was asked of a file, and the lines that tell what came of that."""

    asked: str
    file: FileFacts
    language: str
    begun: float

    def unscored(
        self, status: str, problems: Iterable[Problem], schema: int | None = None
    ) -> Company:
        """A file of which nothing is known but what is wrong with it."""
        lines = {
            "problems": self.problems(problems, None),
            "files": [self.line(status, None, schema)],
        }
        return Company(self.file, status, None, lines)

    def problems(self, problems: Iterable[Problem], key: str | None) -> Sequence[Line]:
        """The lines of the table of problems."""
        return [
            (
                self.file.path,
                key,
                one.severity,
                one.code,
                one.sheet or None,
                one.cell or None,
                one.message(self.language),
                one.remedy(self.language),
            )
            for one in problems
        ]

    def line(self, status: str, key: str | None, schema: int | None) -> Line:
        """The file's own line."""
        file, seconds = self.file, time.perf_counter() - self.begun
        told = (key, status, self.asked, schema, _version(), seconds)
        return file.path, file.size, file.mtime, file.hash, *told


def period_of(reading: ValueReading, asked: str) -> Period:
    """The period that was asked for, in the year of a workbook.

    Raises
    ------
    ProblemsError
        The year has no such period.
    """
    company = reading.definition.company
    calendar = Calendar(company.year, company.fiscal_start_month)
    if asked == SHOWN:
        return reading.period
    if asked == "year":
        return calendar.period("year", MONTHS_A_YEAR)
    if asked in LATEST:
        latest = max(reading.figures.latest_month, 1)
        return calendar.period("ytd" if asked == "ytd" else "month", latest)
    return calendar.parse(asked)


def company_id(company: definitions.Company) -> str:
    """What tells a company apart from others, whichever file and year speaks of it.

    A digest of its name, without regard to letters' case and spaces, its sector and its currency.

    Examples
    --------
    >>> from tablero.workbook_templates.library import load_template
    >>> company_id(load_template("cano").company)
    'c3a564b5d70cce98'
    """
    name = " ".join(unicodedata.normalize("NFKC", company.name).casefold().split())
    told = json.dumps([name, sorted(company.sector.items()), company.currency])
    return hashlib.blake2b(told.encode(), digest_size=_ID_BYTES).hexdigest()


@cache
def _version() -> str:
    return version("tablero")


def tables_of(companies: Iterable[Company]) -> dict[str, pa.Table]:
    """The tables of some companies, each with the columns of its schema.

    Examples
    --------
    >>> {name: table.num_rows for name, table in tables_of([]).items()}["fact_kpi"]
    0
    """
    import pyarrow as pa  # noqa: PLC0415 - as in the schema

    companies = list(companies)
    found = {}
    for name in SCHEMAS:
        lines = [line for one in companies for line in one.lines.get(name, ())]
        schema = arrow_schema(name)
        columns = list(zip(*lines, strict=True)) or [()] * len(schema)
        arrays = [pa.array(cells, kind.type) for cells, kind in zip(columns, schema, strict=True)]
        found[name] = pa.Table.from_arrays(arrays, schema=schema)
    return found
