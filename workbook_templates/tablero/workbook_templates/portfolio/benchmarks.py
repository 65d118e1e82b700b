"""Benchmarks of the companies like one: the quartiles of a portfolio, KPI by KPI."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tablero.workbook_templates.portfolio.lines import employees_of, size_of
from tablero.workbook_templates.portfolio.rows import Benchmark
from tablero.workbook_templates.portfolio.schema import SIZES
from tablero.workbook_templates.portfolio.statistics import statistics
from tablero.workbook_templates.portfolio.vocabulary import vocabulary
from tablero.workbook_templates.problems import Problem, ProblemsError
from tablero.workbook_templates.read import ValueReading
from tablero.workbook_templates.texts import text

Groups = Mapping[tuple[str | None, str | None], Benchmark]
"""The benchmarks of a KPI by sector and size."""


@dataclass(frozen=True)
class Compared:
    """What the companies like one have in a KPI."""

    kpi: str
    """Its id."""
    low: float
    median: float
    high: float
    companies: int
    group: str
    """Who they are, in words: ``Retail trade, Small``."""


@dataclass(frozen=True)
class Comparison:
    """What a portfolio says to a company."""

    source: str
    """Of which periods and how many companies."""
    lines: tuple[Compared, ...]


def compared(reading: ValueReading, folder: Path) -> Comparison:
    """The benchmarks of a company's KPIs, each of the closest group that is large enough.

    That is its sector and size, else its sector, else its size, else all companies. Only values in
    the same unit are compared, and amounts of money within one currency and scale.

    Parameters
    ----------
    reading
        What the company's workbook says.
    folder
        The data set of a portfolio.

    Raises
    ------
    ProblemsError
        There is no data set of a portfolio.
    """
    if not any((folder / "companies").glob("*.parquet")):
        raise ProblemsError([Problem("benchmarks_no_data", values={"folder": str(folder)})])
    with statistics(folder, reading.language) as found:
        groups = _by_kpi(found.benchmarks())
        periods = ", ".join(label for label, _ in found.periods()[:_PERIODS])
        count = found.totals().companies
    said = {"companies": count, "periods": periods}
    source = text("benchmarks.source", reading.language, **said)
    return Comparison(source, tuple(_lines(reading, groups)))


_PERIODS = 2
_Key = tuple[str, str]
"""A KPI, and the unit or the money in which its values are."""


def _by_kpi(
    found: Iterable[Benchmark],
) -> Mapping[_Key, dict[tuple[str | None, str | None], Benchmark]]:
    groups: dict[_Key, dict[tuple[str | None, str | None], Benchmark]] = {}
    for one in found:
        key = one.kpi_id, one.money or one.unit
        groups.setdefault(key, {})[one.sector, one.size] = one
    return groups


def _lines(reading: ValueReading, groups: Mapping[_Key, Groups]) -> Iterable[Compared]:
    company = reading.definition.company
    shown = {word.said: word.shown for word in vocabulary(reading.language)}
    said = company.sector.in_language(reading.language)
    sector = shown.get(said, said)
    employees = employees_of(reading.definition, reading.figures, reading.period.last)
    for kpi in reading.definition.kpis():
        unit = kpi.unit.in_language(reading.language)
        is_money = "currency" in kpi.unit.in_language("en")
        money = f"{company.currency} {company.scale}" if is_money else shown.get(unit, unit)
        closest = _closest(groups.get((kpi.id, money), {}), sector, size_of(employees))
        if closest is not None:
            yield _line(kpi.id, closest, reading.language)


def _closest(groups: Groups, sector: str, size: str) -> Benchmark | None:
    """The benchmark of the closest group that has quartiles."""
    sectors = (sector, None) if sector else (None,)
    sizes = (size, None) if size != SIZES[-1] else (None,)
    wanted = ((one, other) for one in sectors for other in sizes)
    found = (groups[one] for one in wanted if one in groups)
    return next((one for one in found if one.median is not None), None)


def _line(kpi: str, one: Benchmark, language: str) -> Compared:
    parts = [one.sector or "", text(f"summary.size.{one.size}", language) if one.size else ""]
    group = ", ".join(filter(None, parts)) or text("summary.all", language)
    return Compared(kpi, one.low or 0.0, one.median or 0.0, one.high or 0.0, one.companies, group)
