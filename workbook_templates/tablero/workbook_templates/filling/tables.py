"""What was read from a source, before anybody knows what it means: tables of cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum

from openpyxl.utils.cell import get_column_letter

from tablero.workbook_templates.problems import Problem, ProblemsError

MAX_BYTES = 20 * 2**20
"""Far more than a year's figures of the largest scorecard."""
MAX_ROWS = 100_000
"""A line for each of 2,000 inputs in each of 24 months is half of it."""
MAX_COLUMNS = 200
_SHOWN = 40


class Lost(Enum):
    """Stands for a value that the source does not hold."""

    RESULT = "a formula that was never calculated"


Content = float | str | bool | datetime | date | time | timedelta | Lost | None


@dataclass(frozen=True)
class Table:
    """Rows of cells, each as long as its last cell that holds something."""

    rows: Sequence[Sequence[Content]]
    sheet: str = ""
    """The title of the worksheet, where the source is a workbook."""
    is_query: bool = False
    """Whether the rows came from a database: then the first one names the columns."""

    def content(self, row: int, column: int) -> Content:
        """What stands in a cell; rows and columns are counted from 0."""
        cells = self.rows[row]
        return cells[column] if column < len(cells) else None

    def label(self, row: int, column: int) -> str:
        """What a cell shows, in one line, cut where it would flood a message."""
        return shown(self.content(row, column))

    def coordinate(self, row: int, column: int) -> str:
        """How a person finds a cell: ``B5``, or of a query ``amount #4``.

        >>> Table([["input", "amount"], ["net_sales", 5.0]], is_query=True).coordinate(1, 1)
        'amount #1'
        """
        if self.is_query:
            return f"{self.label(0, column)} #{row}"
        return f"{get_column_letter(column + 1)}{row + 1}"

    def origin(self, row: int, column: int) -> str:
        """Sheet and coordinate of a cell in one text."""
        place = self.coordinate(row, column)
        return f"{self.sheet}!{place}" if self.sheet else place


@dataclass(frozen=True)
class Source:
    """A source that was read: a file's or a query's tables."""

    name: str
    """Without a folder, and without a password."""
    digest: str
    """The SHA-256 of what was read, in hexadecimal digits."""
    tables: Sequence[Table]

    def problem(self, code: str, table: Table, row: int, column: int, **values: object) -> Problem:
        """A problem of one of its cells."""
        place = table.coordinate(row, column)
        return Problem(code, values=values, file=self.name, sheet=table.sheet, cell=place)


def shown(content: object) -> str:
    """A cell's content as one line of at most forty characters."""
    match content:
        case None | Lost():
            line = ""
        case float():
            line = f"{content:.15g}"
        case datetime():
            line = f"{content:%Y-%m-%d}"
        case _:
            line = " ".join(str(content).split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"


def refusal(code: str, name: str, **values: object) -> ProblemsError:
    """A source that cannot be read at all."""
    return ProblemsError([Problem(code, values={"name": name, **values}, file=name)])


def too_large(name: str) -> ProblemsError:
    """A source that holds far more than figures of two years."""
    limits = {"rows": f"{MAX_ROWS:,}", "columns": MAX_COLUMNS, "size": MAX_BYTES // 2**20}
    return refusal("source_too_large", name, **limits)


def without_end(cells: Sequence[Content]) -> tuple[Content, ...]:
    """A row up to its last cell that holds something.

    >>> without_end(["a", None, ""])
    ('a',)
    """
    length = len(cells)
    while length and cells[length - 1] in (None, ""):
        length -= 1
    return tuple(cells[:length])
