"""Sheets that stand as they were built, read row by row; what looks otherwise is declined."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import isfinite
from typing import Any, NamedTuple

from tablero.workbook_templates.finding import LARGEST, Area, Block, area_of
from tablero.workbook_templates.grid import Cell
from tablero.workbook_templates.source import Source

EMPTY = ""
"""What stands in a cell in which nothing stands."""


class UnlikeError(Exception):
    """Something stands otherwise than it was built; it needs to be read cell by cell."""


class Rows(NamedTuple):
    """The values of a sheet row by row, from its first cell that holds one; '' where none is."""

    top: int
    left: int
    values: Sequence[Sequence[Any]]


class PlainSheets:
    """The sheets of one workbook, by defined names."""

    def __init__(
        self, source: Source, names: Mapping[str, str], rows: Callable[[str], Rows]
    ) -> None:
        self.source = source
        self.rows = rows
        self._names = names
        self._blocks: dict[str, Block] = {}

    def area(self, name: str) -> Area:
        """The area of a name, which is there and no larger than any of a scorecard."""
        area = area_of(self._names.get(name, ""))
        if area is None or area.rows * area.columns > LARGEST:
            raise UnlikeError(name)
        return area

    def block(self, name: str) -> Block:
        """The same as a block, of which cells can be told."""
        if name not in self._blocks:
            block = self.source.there(name)
            if block is None:
                raise UnlikeError(name)
            self._blocks[name] = block
        return self._blocks[name]

    def column(self, name: str, title: str) -> int:
        """The place of an area's first column in the rows of a sheet, to which it belongs."""
        area = self.area(name)
        place = area.first_column - self.rows(title).left
        if area.title != title or place < 0:
            raise UnlikeError(name)
        return place

    def row(self, title: str, number: int) -> Sequence[Any]:
        """A row of a sheet from its first column that holds anything to its last one."""
        top, _, values = self.rows(title)
        if not 0 <= number - top < len(values):
            raise UnlikeError(number)
        return values[number - top]

    def at(self, area: Area, row: int) -> Any:
        """The value of an area's first column in a row of its sheet."""
        return self.across(area, row, 1)[0]

    def across(self, area: Area, row: int, count: int) -> Sequence[Any]:
        """The values of some columns, from an area's first one on, in a row of its sheet."""
        top, left, values = self.rows(area.title)
        first = area.first_column - left
        if not 0 <= row - top < len(values) or first < 0:
            raise UnlikeError(row)
        found = values[row - top][first : first + count]
        return found if len(found) == count else [*found, *[EMPTY] * (count - len(found))]

    def rows_of(self, name: str, keys: Sequence[str]) -> dict[str, int]:
        """The row of each key; all keys stand in their order, and nothing else between them."""
        area = self.area(name)
        top, left, values = self.rows(area.title)
        column = area.first_column - left
        first = max(area.first_row - top, 0)
        found = [
            (row[column], number)
            for number, row in enumerate(values[first : area.last_row - top + 1], top + first)
            if row[column] != EMPTY
        ]
        if [key for key, _ in found] != list(keys):
            raise UnlikeError(name)
        return dict(found)


def number(value: Any) -> float | None:
    """The number of a cell; None of an empty one."""
    if value == EMPTY:
        return None
    if type(value) is not float or not isfinite(value):
        raise UnlikeError(value)
    return value


def word(value: Any) -> str:
    """The text of a cell in one line; empty of an empty one."""
    if type(value) is not str:
        raise UnlikeError(value)
    return " ".join(value.split())


def cell_at(block: Block, row: int, offset: int = 0) -> Cell:
    """The place of a cell, of which nobody asks what stands there."""
    return Cell(block.sheet, row, block.first_column + offset, None)
