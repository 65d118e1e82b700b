"""Which cells come before which in a calculation, read from their formulas."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from tablero.addin.libreoffice.serving.formulas import Place, place

Rows = Sequence[Sequence[str]]

_TEXT = re.compile(r'"(?:[^"]|"")*"')
_AREA = re.compile(
    r"(?P<sheet>\$?(?:'(?:[^']|'')+'|\w+)\.)?(?P<start>\$?[A-Z]{1,3}\$?\d+)"
    r"(?::(?:\$?(?:'(?:[^']|'')+'|\w+)\.)?(?P<end>\$?[A-Z]{1,3}\$?\d+))?(?![\w(])"
)
_WORD = re.compile(r"[^\W\d]\w*(?![\w(.])")


def is_formula(text: str) -> bool:
    """Whether a cell's text is a formula, perhaps one for a whole range."""
    return text.startswith(("=", "{="))


class Ranks:
    """How many cells stand one upon the other below a cell: more than below each that it needs."""

    def __init__(self, sheets: Mapping[str, Rows], names: Mapping[str, str]) -> None:
        self._sheets = sheets
        self._names = names
        self._ranks: dict[Place, int] = {}

    def of(self, cell: Place) -> int:
        """The rank of a cell; what goes in a circle has some rank."""
        return _with_ranks(cell, self._ranks, self._precedents)

    def _precedents(self, cell: Place) -> list[Place]:
        """The cells with formulas that a cell's formula names."""
        bare = _TEXT.sub("", self._sheets[cell.sheet][cell.row][cell.column])
        named = (self._names.get(word.upper(), "") for word in _WORD.findall(bare))
        return [
            one
            for text in (bare, *named)
            for found in _AREA.finditer(text)
            for one in self._formulas_in(found, cell.sheet)
        ]

    def _formulas_in(self, area: re.Match[str], sheet: str) -> Iterable[Place]:
        start = place((area["sheet"] or "") + area["start"], sheet)
        end = place(area["end"] or area["start"], sheet)
        if not start or not end:
            return
        rows = self._sheets.get(start.sheet, ())
        for y in range(start.row, min(end.row + 1, len(rows))):
            for x in range(start.column, min(end.column + 1, len(rows[y]))):
                if is_formula(rows[y][x]):
                    yield Place(start.sheet, y, x)


def _with_ranks(
    cell: Place, ranks: dict[Place, int], precedents: Callable[[Place], list[Place]]
) -> int:
    """Fill in the ranks of a cell and of all below it, without a call for each: chains are long."""
    pending, below = [cell], dict[Place, list[Place]]()
    while pending:
        top = pending[-1]
        if top in ranks:
            pending.pop()
        elif top in below:
            ranks[top] = 1 + max((ranks.get(one, 0) for one in below[top]), default=0)
        else:
            below[top] = precedents(top)
            pending += [one for one in below[top] if one not in ranks and one not in below]
    return ranks[cell]
