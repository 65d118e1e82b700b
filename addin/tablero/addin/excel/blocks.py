"""Cells of a sheet gathered into rectangles, since each call of Excel costs its time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

import xlwings

from tablero.workbook_templates.grid import Place


@dataclass(frozen=True)
class Block:
    """A rectangle of cells, by its corners."""

    first: Place
    last: Place

    def rows(self) -> Iterator[Iterator[Place]]:
        """Its places, row by row."""
        (top, left), (bottom, right) = self.first, self.last
        for row in range(top, bottom + 1):
            yield ((row, column) for column in range(left, right + 1))

    def within(self, sheet: xlwings.Sheet) -> xlwings.Range:
        """The cells of an open sheet."""
        return sheet.range(self.first, self.last)


def blocks(places: Iterable[Place]) -> Iterator[Block]:
    """The places as rectangles, as few as stretches of a row one below another.

    >>> [(one.first, one.last) for one in blocks([(2, 2), (2, 3), (3, 2), (3, 3), (5, 1)])]
    [((5, 1), (5, 1)), ((2, 2), (3, 3))]
    """
    stretches = sorted(
        _stretches(places), key=lambda one: (one.first[1], one.last[1], one.first[0])
    )

    def follows(number: int, one: Block) -> tuple[int, int, int]:
        """The same for stretches of the same columns in rows that follow each other."""
        return one.first[1], one.last[1], one.first[0] - number

    numbered = groupby(enumerate(stretches), key=lambda pair: follows(*pair))
    for _, group in numbered:
        members = [one for _, one in group]
        yield Block(members[0].first, members[-1].last)


def _stretches(places: Iterable[Place]) -> Iterator[Block]:
    """The places as stretches of cells side by side."""
    numbered = groupby(
        enumerate(sorted(places)), key=lambda pair: (pair[1][0], pair[1][1] - pair[0])
    )
    for _, group in numbered:
        members = [place for _, place in group]
        yield Block(members[0], members[-1])
