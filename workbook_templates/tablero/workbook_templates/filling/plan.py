"""What a delivery would change in a workbook: each figure, old and new, and what is against it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from tablero.workbook_templates.cells import place
from tablero.workbook_templates.definition import Input
from tablero.workbook_templates.filling.delivery import Delivery, Figure
from tablero.workbook_templates.formats import date_text, number_text
from tablero.workbook_templates.grid import Cell, Value
from tablero.workbook_templates.periods import Calendar, Month
from tablero.workbook_templates.problems import Problem
from tablero.workbook_templates.read import Reading

# Two texts of one number differ less, as spreadsheets keep fifteen digits.
_SAME = 1e-14


@dataclass(frozen=True)
class PlannedChange:
    """A cell that gets another figure."""

    input: Input
    figure: Figure
    cell: Cell

    @property
    def former(self) -> Value:
        """What stands in the cell."""
        return self.cell.value


@dataclass(frozen=True)
class Plan:
    """All that a delivery comes to in a workbook."""

    delivery: Delivery
    changes: tuple[PlannedChange, ...]
    unchanged: int
    """How many figures stand in the workbook already."""
    reopened: tuple[Month, ...]
    """Closed months that open again, since figures of them change."""
    problems: tuple[Problem, ...]
    """Of the source, and of the figures in the workbook; with an error nothing is to change."""


def planned(
    reading: Reading, delivery: Delivery, *, reopen: bool = False, today: date | None = None
) -> Plan:
    """Compare a delivery with a workbook.

    Parameters
    ----------
    reading
        The workbook, from a file or from the program in which it is open.
    delivery
        The figures of a source.
    reopen
        Whether figures of closed months may change, which opens those months again.
    today
        Figures for months that begin after this day are told; by default the real one.
    """
    changes, problems, unchanged = [], list(delivery.problems), 0
    inputs = {one.id: one for one in reading.definition.inputs}
    comparison = _Comparison(reading, reopen=reopen, today=today or _today())
    for figure in delivery.figures:
        one = inputs[figure.input]
        cell = comparison.cell(figure)
        if cell is not None and not cell.is_formula and _is_same(cell.value, figure.value):
            unchanged += 1
            continue
        problems.extend(comparison.problems(one, figure, cell))
        if cell is not None and not cell.is_formula:
            changes.append(PlannedChange(one, figure, cell))
    months = {change.figure.month for change in changes} & reading.records.closed.keys()
    return Plan(delivery, tuple(changes), unchanged, tuple(sorted(months)), tuple(problems))


def _today() -> date:
    """The user's own day, not that of a time zone far away."""
    return datetime.now().astimezone().date()


def _is_same(former: Value, new: float) -> bool:
    is_number = isinstance(former, float) and not isinstance(former, bool)
    return is_number and math.isclose(former, new, rel_tol=_SAME)  # type: ignore[arg-type]


@dataclass(frozen=True)
class _Comparison:
    """Holds figures against the cells of one workbook."""

    reading: Reading
    reopen: bool
    today: date

    def cell(self, figure: Figure) -> Cell | None:
        """Where a figure belongs; None where that cell was deleted."""
        company = self.reading.definition.company
        number = Calendar(company.year, company.fiscal_start_month).number(figure.month)
        return self.reading.places.months.get((figure.input, number))

    def problems(self, one: Input, figure: Figure, cell: Cell | None) -> Iterator[Problem]:
        """What speaks against a figure, or makes it look odd."""
        name = {"input": one.name, "month": figure.month.code}
        if cell is None:
            yield Problem("fill_no_cell", values=name)
            return
        if cell.is_formula:
            yield Problem("edit_formula", **place(cell))  # type: ignore[arg-type]
        elif figure.month in self.reading.records.closed and not self.reopen:
            shown = {"former": Content(cell.value), "new": Content(figure.value)}
            yield Problem("fill_closed", values={**name, **shown}, **place(cell))  # type: ignore[arg-type]
        if figure.value < 0 and not one.negative:
            told = {"number": figure.value, **name}
            yield Problem("cell_negative", "warning", told, **place(cell))
        if figure.month > (self.today.year, self.today.month):
            yield Problem("cell_future", "warning", name, **place(cell))


@dataclass(frozen=True)
class Content:
    """What stands in a cell, or shall stand there, as people are told of it."""

    value: Value

    def in_language(self, language: str) -> str:
        """A figure with all digits that count, whatever it is.

        >>> [Content(one).in_language("en") for one in (1234567.25, None, "about 5")]
        ['1,234,567.25', '–', '“about 5”']
        """
        return _as_shown(self.value, language)


def _as_shown(value: Value, language: str) -> str:
    match value:
        case None:
            return "–"
        case bool():
            return str(value).upper()
        case float():
            return number_text(value, language)
        case datetime():
            return date_text(value, language)
        case _:
            return f"“{str(value)[:40]}”"
