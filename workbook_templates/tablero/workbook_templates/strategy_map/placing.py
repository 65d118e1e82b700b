"""In which column of the map's grid each box stands: near what it causes and what causes it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from tablero.workbook_templates.strategy_map.bands import Arrow, Row
from tablero.workbook_templates.strategy_map.ordering import ordered

_ROUNDS = 6
_CROSSING = 1.5
"""What two arrows that cross cost, in columns of way."""
_AROUND = 2.0
"""What an arrow costs that has to go round boxes of its row."""


class Slot(NamedTuple):
    """The place of a box: row and column of the grid, from the upper left."""

    row: int
    column: int


def placed(rows: Sequence[Row], arrows: Sequence[Arrow]) -> dict[str, Slot]:
    """The slot of each objective.

    Boxes begin in the order that :func:`ordered` finds; then two slots of a row are exchanged as
    long as that makes ways shorter or lets fewer arrows cross.

    >>> rows = [Row("up", ("a",), True), Row("down", ("b", "c"), True)]
    >>> placed(rows, [Arrow("c", "a")])["a"]
    Slot(row=0, column=0)
    """
    across = max(len(row.objectives) for row in rows)
    grid = [_spread(line, across) for line in ordered(rows, arrows)]
    placing = _Placing(grid, arrows)
    for _ in range(_ROUNDS):
        if not placing.improved():
            break
    return placing.slots()


def _spread(line: Sequence[str], across: int) -> list[str | None]:
    """A row with its empty slots at both ends, the odd one at the right."""
    left = (across - len(line)) // 2
    return [*[None] * left, *line, *[None] * (across - len(line) - left)]


class _Placing:
    """A grid of boxes that gets better step by step."""

    def __init__(self, grid: list[list[str | None]], arrows: Sequence[Arrow]) -> None:
        self._grid, self._arrows = grid, arrows
        self._slots = self.slots()

    def slots(self) -> dict[str, Slot]:
        return {
            one: Slot(row, column)
            for row, line in enumerate(self._grid)
            for column, one in enumerate(line)
            if one is not None
        }

    def improved(self) -> bool:
        """Try every exchange once, in every row; whether any was worth it."""
        exchanges = [self._exchanged(row) for row in range(len(self._grid))]
        return any(exchanges)

    def _exchanged(self, row: int) -> bool:
        line, is_better = self._grid[row], False
        least = self._cost(row)
        for one, other in combinations(range(len(line)), 2):
            if line[one] is line[other] is None:
                continue
            self._swap(row, one, other)
            cost = self._cost(row)
            if cost < least - 1e-9:
                least, is_better = cost, True
            else:
                self._swap(row, one, other)
        return is_better

    def _swap(self, row: int, one: int, other: int) -> None:
        line = self._grid[row]
        line[one], line[other] = line[other], line[one]
        for column in (one, other):
            if (name := line[column]) is not None:
                self._slots[name] = Slot(row, column)

    def _cost(self, row: int) -> float:
        """What the arrows cost that a change of a row can change."""
        ways = [(self._slots[one.cause], self._slots[one.effect]) for one in self._arrows]
        near = [way for way in ways if min(way).row <= row <= max(way).row]
        length = sum(self._length(start, end) for start, end in near)
        spans = [sorted(way) for way in near if way[0].row != way[1].row]
        crossings = sum(_cross(*one, *other) for one, other in combinations(spans, 2))
        return length + _CROSSING * crossings

    def _length(self, start: Slot, end: Slot) -> float:
        way = abs(start.column - end.column)
        if start.row != end.row:
            return float(way)
        first, last = sorted((start.column, end.column))
        is_blocked = any(self._grid[start.row][first + 1 : last])
        return way - 1 + _AROUND * is_blocked


def _cross(top: Slot, bottom: Slot, other_top: Slot, other_bottom: Slot) -> bool:
    """Whether two arrows cross that share rows, drawn as straight lines."""
    first, last = max(top.row, other_top.row), min(bottom.row, other_bottom.row)
    if first >= last:
        return False
    above = _at(top, bottom, first) - _at(other_top, other_bottom, first)
    below = _at(top, bottom, last) - _at(other_top, other_bottom, last)
    return above * below < 0


def _at(top: Slot, bottom: Slot, row: int) -> float:
    share = (row - top.row) / (bottom.row - top.row)
    return top.column + share * (bottom.column - top.column)


def between(slots: Mapping[str, Slot], start: Slot, end: Slot) -> Iterator[Slot]:
    """The boxes of a row that stand between two of them."""
    first, last = sorted((start.column, end.column))
    for slot in slots.values():
        if slot.row == start.row and first < slot.column < last:
            yield slot
