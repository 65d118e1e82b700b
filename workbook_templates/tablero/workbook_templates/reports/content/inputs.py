"""The figures that people typed: the inputs by month, and what they come to in the period."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from tablero.workbook_templates.definition import Input
from tablero.workbook_templates.formats import decimal_text, percent_text
from tablero.workbook_templates.owing import input_owners
from tablero.workbook_templates.periods import MONTHS_A_YEAR
from tablero.workbook_templates.reports.content.perspectives import known
from tablero.workbook_templates.reports.content.plurals import counted
from tablero.workbook_templates.reports.report import MISSING, Report
from tablero.workbook_templates.vectorised import Floats

COLUMNS = ("input", "unit", "aggregation", "last_year", "period", "filled", "previous")
_PERCENT = "%"
_LARGE, _SMALL = 1000, 10
"""Beyond these a figure is told without decimals, or with one."""


@dataclass(frozen=True)
class InputRow:
    """An input with its months; numbers are None where nobody typed one."""

    id: str
    name: str
    perspective: str
    """The name of the perspective under which it stands."""
    unit: str
    aggregation: str
    """How months become a period: total, average or last."""
    owner: str
    """Its own, else that of the first KPI that uses it; empty where nobody is named."""
    last_year: str
    months: tuple[str, ...]
    """Of the whole year, twelve."""
    figures: tuple[float | None, ...]
    period: str
    """What it comes to in the period shown."""
    previous: str
    """The same of last year, against which growth is measured."""
    filled: str
    """In how many of the period's months it has a figure."""


@dataclass(frozen=True)
class Inputs:
    """The inputs in the order of the definition."""

    columns: Mapping[str, str]
    months: tuple[str, ...]
    """The heads of the months: ``Jan 2026``."""
    inside: tuple[bool, ...]
    """Which of them belong to the period shown."""
    rows: tuple[InputRow, ...]


def inputs(report: Report) -> Inputs:
    """The inputs by month, with what they come to in the period shown."""
    period, numbers = report.period, range(1, MONTHS_A_YEAR + 1)
    names = {one.id: report.word(one.name) for one in report.definition.perspectives}
    owners = {key: report.word(one) for key, one in input_owners(report.definition).items()}
    return Inputs(
        {
            **{column: report.say(f"inputs.{column}") for column in COLUMNS},
            "owner": report.say("matrix.owner"),
        },
        tuple(report.month(number) for number in numbers),
        tuple(period.first <= number <= period.last for number in numbers),
        tuple(
            _row(report, row, one, names.get(one.perspective, one.perspective), owners[one.id])
            for row, one in enumerate(report.definition.inputs)
        ),
    )


def _row(report: Report, row: int, one: Input, perspective: str, owner: str) -> InputRow:
    scores, column = report.scores, report.column
    months, last_year = scores.figures.months[row, MONTHS_A_YEAR:], scores.figures.last_year[row]
    current = scores.inputs.current[row, column]
    digits = digits_of(np.array([*months, last_year, current]))
    is_share = report.word(one.unit) == _PERCENT

    def said(number: float) -> str:
        if np.isnan(number):
            return MISSING
        if is_share:
            return percent_text(number, report.language)
        return decimal_text(number, report.language, digits)

    return InputRow(
        id=one.id,
        name=report.word(one.name),
        perspective=perspective,
        unit=report.unit(one.unit),
        aggregation=report.say(f"aggregation.{one.aggregation}"),
        owner=owner,
        last_year=said(last_year),
        months=tuple(map(said, months)),
        figures=tuple(known(number) for number in months),
        period=said(current),
        previous=said(scores.inputs.previous[row, column]),
        filled=counted(
            report, "months", report.period.length, filled=int(scores.inputs.filled[row, column])
        ),
    )


def digits_of(numbers: Floats) -> int:
    """How many decimals a row of figures is shown with: none where all are whole or large.

    >>> digits_of(np.array([3.0, 4.0])), digits_of(np.array([0.25])), digits_of(np.array([12.5, 3]))
    (0, 2, 1)
    """
    there = numbers[~np.isnan(numbers)]
    largest = float(np.abs(there).max(initial=0))
    if bool((there == np.round(there)).all()) or largest >= _LARGE:
        return 0
    return 1 if largest >= _SMALL else 2
