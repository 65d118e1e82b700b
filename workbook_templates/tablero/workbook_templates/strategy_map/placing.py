"""In which column of the map's grid each box stands: near what it causes and what causes it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from tablero.workbook_templates.strategy_map.bands import Arrow, Row
from tablero.workbook_templates.strategy_map.ordering import ordered

_ROUNDS = 6
_CROSSING = 1.5
"""What two arrows that cross cost, in columns of way."""
_AROUND = 2.0
"""What an arrow costs that has to go round boxes of its row."""
_SLACK = 1e-9


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


class _Span(NamedTuple):
    """An arrow from its upper to its lower box, whichever is the cause."""

    top: int
    bottom: int


class _Pairs:
    """Pairs of arrows that pass two rows in common: they cross if they change sides between."""

    def __init__(self, found: Sequence[tuple[_Span, _Span]], rows: Sequence[int]) -> None:
        ends = np.array(found, dtype=int).reshape(-1, 2, 2)
        at = np.array(rows)[ends]
        top, bottom = at[..., 0], at[..., 1]
        shared = np.stack([top.max(axis=1), bottom.min(axis=1)])
        self._ends = ends
        self._shares = (shared[..., None] - top) / (bottom - top)

    def crossings(self, columns: npt.NDArray[np.int_]) -> int:
        """How many cross with the boxes in these columns."""
        at = columns[self._ends]
        passed = at[..., 0] + self._shares * (at[..., 1] - at[..., 0])
        apart = passed[..., 0] - passed[..., 1]
        return int((apart[0] * apart[1] < 0).sum())


class _Placing:
    """A grid of boxes, known by number, that gets better step by step."""

    def __init__(self, grid: list[list[str | None]], arrows: Sequence[Arrow]) -> None:
        self._grid = grid
        slots = self.slots()
        self._numbers = {one: number for number, one in enumerate(slots)}
        self._columns = np.array([slot.column for slot in slots.values()])
        self._rows = [slot.row for slot in slots.values()]
        numbered = [[self._numbers[end] for end in arrow] for arrow in arrows]
        down = [_Span(*sorted(ends, key=self._rows.__getitem__)) for ends in numbered]
        self._spans = list(dict.fromkeys(down))
        pairs = list(self._pairs_of())
        self._pairs = [
            _Pairs([pair for ends, pair in pairs if row in ends], self._rows)
            for row in range(len(grid))
        ]

    def slots(self) -> dict[str, Slot]:
        return {
            one: Slot(row, column)
            for row, line in enumerate(self._grid)
            for column, one in enumerate(line)
            if one is not None
        }

    def _pairs_of(self) -> Iterator[tuple[set[int], tuple[_Span, _Span]]]:
        """Pairs that can cross, with the rows in which one of them begins or ends."""
        rows = self._rows
        long = [span for span in self._spans if rows[span.top] != rows[span.bottom]]
        for one, other in combinations(long, 2):
            first = max(rows[one.top], rows[other.top])
            last = min(rows[one.bottom], rows[other.bottom])
            if first < last:
                yield {rows[end] for end in (*one, *other)}, (one, other)

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
            if cost < least - _SLACK:
                least, is_better = cost, True
            else:
                self._swap(row, one, other)
        return is_better

    def _swap(self, row: int, one: int, other: int) -> None:
        line = self._grid[row]
        line[one], line[other] = line[other], line[one]
        for column in (one, other):
            if (name := line[column]) is not None:
                self._columns[self._numbers[name]] = column

    def _cost(self, row: int) -> float:
        """What the arrows cost that a change of a row can change."""
        near = (span for span in self._spans if row in {self._rows[end] for end in span})
        crossings = self._pairs[row].crossings(self._columns)
        return sum(self._length(span) for span in near) + _CROSSING * crossings

    def _length(self, span: _Span) -> float:
        first, last = sorted(int(self._columns[end]) for end in span)
        if self._rows[span.top] != self._rows[span.bottom]:
            return float(last - first)
        is_blocked = any(self._grid[self._rows[span.top]][first + 1 : last])
        return last - first - 1 + _AROUND * is_blocked


def between(slots: Mapping[str, Slot], start: Slot, end: Slot) -> Iterator[Slot]:
    """The boxes of a row that stand between two of them."""
    first, last = sorted((start.column, end.column))
    for slot in slots.values():
        if slot.row == start.row and first < slot.column < last:
            yield slot
