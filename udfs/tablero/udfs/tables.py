"""The tables of settings that a function receives as one range: their rows and bounds."""

from __future__ import annotations

from itertools import pairwise

from tablero.udfs.errors import CellNumberError
from tablero.udfs.shapes import Cell, Cells, flattened, is_missing, shape_of


def is_left_out(table: Cells) -> bool:
    """Whether a table says nothing: it is absent, or a range of which every cell is empty."""
    return all(map(is_missing, flattened(table))) and shape_of(table) != (0,)


def filled_rows(table: Cells) -> list[Cell]:
    """Give the rows of a table that hold anything."""
    # A table of a single row may arrive flat: hosts hand over a range of one row that way.
    rows = [table] if len(shape_of(table)) == 1 and len(table) else list(table)
    return [row for row in rows if not all(map(is_missing, row))]


def require_rising(bounds: list[float], noun: str) -> None:
    """Raise unless there are bounds and each lies above the one before."""
    if not bounds:
        raise CellNumberError(f"the table of {noun} has no rows")
    if any(lower >= upper for lower, upper in pairwise(bounds)):
        raise CellNumberError(f"the {noun}' lower bounds must ascend")
