"""Formulas that differ in nothing but their cells: columns of a sheet are read once, not by row."""

from __future__ import annotations

import re
from functools import lru_cache

from openpyxl.utils.cell import range_boundaries

COLUMN = r"(?:[A-Z]{1,2}|[A-W][A-Z]{2}|X[A-E][A-Z]|XF[A-D])"
"""The letters of a column: what comes after XFD may be a name, such as ZIP2026."""
_CELL = rf"\$?{COLUMN}\$?[0-9]{{1,7}}"
_QUOTED = r"""'(?:[^']|'')*'|"(?:[^"]|"")*\""""
_CELLS = re.compile(rf"{_QUOTED}|(?<![\w.$\\])({_CELL}(?::{_CELL})?)(?![\w(.!\[:])")


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
    found: list[str] = []

    def mark(match: re.Match[str]) -> str:
        cells = match[1]
        if cells is None:
            return match[0]
        found.append(cells)
        return "\0" + (_shape(cells) if ":" in cells else "")

    return _CELLS.sub(mark, text), tuple(found)


def refilled(operands: tuple[str, ...], cells: tuple[str, ...]) -> tuple[str, ...]:
    """The operands of one formula of a pattern with the cells of another.

    >>> refilled(("B2:B4", "'Q1'!C$2", "vat"), ("D7:D9", "$A1"))
    ('D7:D9', "'Q1'!$A1", 'vat')
    """
    left = iter(cells)
    return tuple(
        _CELLS.sub(lambda match: next(left) if match[1] else match[0], operand)
        for operand in operands
    )


@lru_cache(maxsize=10_000)
def _shape(area: str) -> str:
    left, top, right, bottom = (edge or 0 for edge in range_boundaries(area))
    return f"{bottom - top + 1}x{right - left + 1}"
