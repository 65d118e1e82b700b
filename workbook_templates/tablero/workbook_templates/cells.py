"""What a typed cell holds: a number, nothing, or a problem with its place and remedy."""

from __future__ import annotations

import math
from datetime import datetime
from typing import NamedTuple

from tablero.workbook_templates.grid import Cell, Value
from tablero.workbook_templates.numerals import meant_number
from tablero.workbook_templates.problems import Problem

_SHOWN = 40


class Typed(NamedTuple):
    """The number of a cell, or None with the problem that stands in its way (None when empty)."""

    number: float | None
    problem: Problem | None = None


EMPTY = Typed(None)


def typed_number(cell: Cell) -> Typed:
    """The number in an input cell; a formula counts with its saved result."""
    value = cell.value
    match value:
        case None:
            return Typed(None, _problem("cell_uncalculated", cell)) if cell.is_formula else EMPTY
        case bool():
            return Typed(None, _problem("cell_logical", cell, text=_shown(value)))
        case float():
            if math.isfinite(value):
                return Typed(value)
            return Typed(None, _problem("cell_infinite", cell))
        case str():
            return _text(value, cell)
        case _:
            return Typed(None, _problem("cell_date", cell, text=_shown(value)))


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
    """What a cell shows, in one line; empty where nothing stands."""
    return " ".join(_shown(cell.value).split())


def _shown(value: Value) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).upper()
        case float():
            return f"{value:.15g}"
        case datetime():
            return f"{value:%Y-%m-%d}"
        case _:
            return str(value)


def _problem(code: str, cell: Cell, **values: object) -> Problem:
    return Problem(code, values=values).at(**place(cell))


def place(cell: Cell) -> dict[str, str]:
    """Sheet and coordinate of a cell, as a problem names them."""
    return {"sheet": cell.sheet, "cell": cell.coordinate}
