"""What a typed cell holds: a number, nothing, or a problem with its place and remedy."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from openpyxl.cell.cell import Cell
from openpyxl.worksheet.formula import ArrayFormula

from tablero.workbook_templates.numerals import meant_number
from tablero.workbook_templates.problems import Problem

Results = Callable[[str, str], object]
"""Looks up what a formula came to, by sheet and cell."""

_SHOWN = 40


class Typed(NamedTuple):
    """The number of a cell, or None with the problem that stands in its way (None when empty)."""

    number: float | None
    problem: Problem | None = None


EMPTY = Typed(None)


def typed_number(cell: Cell, results: Results) -> Typed:
    """The number in an input cell; a formula counts with its saved result."""
    value: object = cell.value
    if value is None:
        return EMPTY
    if is_formula(cell):
        return _formula_result(cell, results)
    return _number(value, cell)


def is_formula(cell: Cell) -> bool:
    """Whether a cell holds a formula, an ordinary or an array one."""
    return cell.data_type == "f" or isinstance(cell.value, ArrayFormula)


def _formula_result(cell: Cell, results: Results) -> Typed:
    value = results(cell.parent.title, cell.coordinate)
    if value is None:
        return Typed(None, _problem("cell_uncalculated", cell))
    return EMPTY if value == "" else _number(value, cell)


def _number(value: object, cell: Cell) -> Typed:
    match value:
        case bool():
            return Typed(None, _problem("cell_logical", cell, text=str(value).upper()))
        case int() | float():
            if math.isfinite(value):
                return Typed(float(value))
            return Typed(None, _problem("cell_infinite", cell))
        case datetime() | date() | time() | timedelta():
            return Typed(None, _problem("cell_date", cell, text=_date_text(value)))
        case str():
            return _text(value, cell)
        case _:
            return Typed(None, _problem("cell_text", cell, text=_short(str(value))))


def _date_text(value: datetime | date | time | timedelta) -> str:
    return f"{value:%Y-%m-%d}" if isinstance(value, date) else str(value)


def _text(value: str, cell: Cell) -> Typed:
    if not value.strip():
        return Typed(None, _problem("cell_text", cell, text=value)) if value else EMPTY
    if value.startswith("#"):
        return Typed(None, _problem("cell_error", cell, text=_short(value)))
    meant = meant_number(value)
    if meant is None:
        return Typed(None, _problem("cell_text", cell, text=_short(value)))
    code = "cell_percent_text" if "%" in value else "cell_number_as_text"
    return Typed(None, _problem(code, cell, text=_short(value), number=f"{meant:.12g}"))


def _short(text: str) -> str:
    """A text in one line, cut where it would flood a message."""
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"


def cell_text(cell: Cell) -> str:
    """A typed text, in one line; empty where nothing or no text stands."""
    return " ".join(str(cell.value).split()) if cell.value is not None else ""


def _problem(code: str, cell: Cell, **values: object) -> Problem:
    return Problem(code, values=values, sheet=cell.parent.title, cell=cell.coordinate)


def place(cell: Cell) -> dict[str, str]:
    """Sheet and coordinate of a cell, as a problem names them."""
    return {"sheet": cell.parent.title, "cell": cell.coordinate}
