"""What every spreadsheet engine of the tests can do, whichever program calculates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple, Protocol

Value = float | str | bool | None
"""A number, a text, a truth value, or nothing; an error is a text, its sign "#VALUE!"."""

Rows = list[list[Value]]
Place = tuple[str, str]
"""A cell: the sheet's name and the cell's address, ``("Inputs", "C7")``."""


class Formula(NamedTuple):
    """A formula cell: where it stands, its text as the engine shows it, and its present value."""

    sheet: str
    cell: str
    text: str
    value: Value


class Spreadsheet(Protocol):
    """An open workbook: nothing is calculated before ``calculate`` is called."""

    @property
    def sheets(self) -> tuple[str, ...]:
        """The names of the sheets, in their order."""
        ...

    def set(self, sheet: str, cell: str, value: Value) -> None:
        """Type a value into a cell, or empty it with ``None``."""
        ...

    def set_many(self, values: Mapping[Place, Value]) -> None:
        """Type many values at once."""
        ...

    def calculate(self) -> None:
        """Calculate every formula anew."""
        ...

    def value(self, sheet: str, cell: str) -> Value:
        """What one cell shows."""
        ...

    def values(self, sheet: str, area: str) -> Rows:
        """What the cells of a range such as ``"B3:F9"`` show, row by row."""
        ...

    def formulas(self) -> Iterator[Formula]:
        """All formula cells, sheet by sheet."""
        ...
