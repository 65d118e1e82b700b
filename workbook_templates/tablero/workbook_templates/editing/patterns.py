"""Formulas that differ in nothing but their cells: columns of a sheet are read once, not by row."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from openpyxl.utils.cell import column_index_from_string, range_boundaries

COLUMN = r"(?:[A-Z]{1,2}|[A-W][A-Z]{2}|X[A-E][A-Z]|XF[A-D])"
"""The letters of a column: what comes after XFD may be a name, such as ZIP2026."""
_CELL = rf"\$?{COLUMN}\$?[0-9]{{1,7}}"
_QUOTED = r"""'(?:[^']|'')*'|"(?:[^"]|"")*\""""
_CELLS = re.compile(rf"({_QUOTED})|(?<![\w.$\\])({_CELL}(?::{_CELL})?)(?![\w(.!\[:])")
_CORNER = re.compile(rf"(\$?)({COLUMN})(\$?)([0-9]+)")


def pattern(text: str) -> tuple[str, tuple[str, ...]]:
    r"""A formula with marks in place of its cells, and the cells in their order.

    Areas of another shape are another pattern, and so are other sheets, names and functions.

    Examples
    --------
    >>> pattern("SUM(B2:B4)*'Q1'!C$2")
    ("SUM(\x003x1)*'Q1'!\x00", ('B2:B4', 'C$2'))
    >>> pattern("SUM(D7:D9)*'Q1'!$A1")[0] == pattern("SUM(B2:B4)*'Q1'!C$2")[0]
    True
    """
    pieces = _CELLS.split(text)  # what stands between, what is quoted, cells, between, ...
    cells = tuple(filter(None, pieces[2::3]))
    pieces[2::3] = [_mark(one) if one else "" for one in pieces[2::3]]
    return "".join(filter(None, pieces)), cells


@lru_cache(maxsize=10_000)
def _mark(cells: str) -> str:
    if ":" not in cells:
        return "\0"
    left, top, right, bottom = (edge or 0 for edge in range_boundaries(cells))
    return f"\0{bottom - top + 1}x{right - left + 1}"


def seen_from(cells: Iterable[str], place: tuple[int, int]) -> tuple[int | str, ...]:
    """The cells of a formula as its own place sees them: the same wherever it is copied to.

    >>> seen_from(("B2:B4", "$A1"), (2, 3)) == seen_from(("D7:D9", "$A6"), (7, 5))
    True
    >>> seen_from(("B2:B4", "$A1"), (2, 3)) == seen_from(("B2:B4", "$A1"), (3, 3))
    False
    """
    row, column = place
    seen: list[int | str] = []
    for one in cells:
        for down, right in _corners(one):
            seen.append(down if isinstance(down, str) else down - row)
            seen.append(right if isinstance(right, str) else right - column)
    return tuple(seen)


@lru_cache(maxsize=100_000)
def _corners(cells: str) -> tuple[tuple[int | str, int | str], ...]:
    """Row and column of each corner: a text where they stay, a number where they move."""
    return tuple(
        (row if row_stays else int(row), column if stays else column_index_from_string(column))
        for stays, column, row_stays, row in _CORNER.findall(cells)
    )
