"""Where the figures stand on the Inputs sheet, however people moved its rows and columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tablero.workbook_templates.definition import Definition, LocalText
from tablero.workbook_templates.finding import columns_by_month
from tablero.workbook_templates.grid import Cell
from tablero.workbook_templates.periods import MONTHS_A_YEAR, Calendar, Month
from tablero.workbook_templates.problems import Problem
from tablero.workbook_templates.source import Source


@dataclass(frozen=True)
class FigureCells:
    """The cells in which figures are typed; what is lost is left out.

    Months are numbered from the first of the fiscal year; last year's are 0 and below.
    """

    months: Mapping[tuple[str, int], Cell]
    """By the id of the input and the number of the month."""
    last_year: Mapping[str, Cell]
    """By the id of the input: last year's figure as a whole."""
    headers: Mapping[int, Cell]
    """Above the figures of each month, its date."""


def figure_cells(source: Source, definition: Definition, calendar: Calendar) -> FigureCells:
    """Find the cells of all figures by key and by date; lost rows and months are noted."""
    rows = source.rows("inputs_id", _names(definition))
    headers, years = _headers(source, calendar), source.block("inputs_last_year")
    if years is None:
        return FigureCells({}, {}, headers)
    return FigureCells(
        {
            (key, number): years.at(row, header.column)
            for key, row in rows.items()
            for number, header in headers.items()
        },
        {key: years.in_row(row) for key, row in rows.items()},
        headers,
    )


def _names(definition: Definition) -> dict[str, LocalText]:
    """Names of the inputs by key, in the order in which they stand: by perspective."""
    return {
        one.id: one.name
        for perspective in definition.perspectives
        for one in definition.inputs
        if one.perspective == perspective.id
    }


def _headers(source: Source, calendar: Calendar) -> dict[int, Cell]:
    """The header of each fiscal month, found by its date."""
    names = ("inputs_month_header", "inputs_last_month_header")
    blocks = [block for name in names if (block := source.block(name)) is not None]
    if not blocks:  # which is told already, and of no month by itself
        return {}
    found: dict[Month, Cell] = {}
    for block in blocks:
        found |= columns_by_month(block)
    headers = {}
    for number in range(1 - MONTHS_A_YEAR, MONTHS_A_YEAR + 1):
        month = calendar.month(number)
        if month in found:
            headers[number] = found[month]
        else:
            source.note(Problem("month_lost", values={"month": month.code}))
    return headers
