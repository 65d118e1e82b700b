"""What a chart is: what is drawn how, and the rows that it draws."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

Value = str | float | None
Row = Mapping[str, Value]
"""What one mark shows: numbers to draw, and the same as people read them."""
Spec = dict[str, Any]

ROWS = "rows"
"""The name of the data in a specification, under which a page replaces them."""


class Column(NamedTuple):
    """A column of the table that says what the chart shows: a field of the rows and its head."""

    field: str
    label: str


@dataclass(frozen=True)
class Chart:
    """A chart, told in words, drawn by a specification and its rows, or read as a table."""

    title: str
    """What is shown, its unit and its period."""
    description: str
    """What is drawn and what stands out, for those who do not see it."""
    spec: Spec
    """Vega-Lite without the rows: the same in every period."""
    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    """The rows as a table."""

    @property
    def whole(self) -> Spec:
        """The specification with its rows in it."""
        return {**self.spec, "data": {"name": ROWS, "values": [dict(row) for row in self.rows]}}

    @property
    def table(self) -> tuple[tuple[str, ...], ...]:
        """The rows as people read them, in the order of the columns."""
        return tuple(tuple(str(row[one.field] or "") for one in self.columns) for row in self.rows)
