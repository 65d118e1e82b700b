"""Puts the workings of the dashboard on its sheet, and words them as spreadsheets would."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

import numpy as np

from tablero.workbook_templates.board import Board, known
from tablero.workbook_templates.dashboard.layout import DashboardLayout
from tablero.workbook_templates.dashboard.standing import Standing
from tablero.workbook_templates.sheets.page import Content, Formula, Page, Result
from tablero.workbook_templates.tables import Table

_LONGEST, _ONE_LINE, _MANY = 44, 32, 14
_SURE = 5
"""Decimals in which all engines agree."""


@dataclass(frozen=True)
class Desk:
    """What every block of workings is made with."""

    board: Board
    """Scores, layout and language of the workbook."""
    standing: Standing
    layout: DashboardLayout
    page: Page

    def head(self, table: Table, title: str, columns: Iterable[str]) -> None:
        """Title of a table, and the heads of its columns."""
        top = min(table.rows.values()) - 2
        self.page.put(top, 0, title, "working bold")
        for column in columns:
            label = self.board.say(f"dashboard.head.{column}")
            self.page.put(top + 1, table.columns[column], label, "working")

    def put(self, table: Table, row: str, column: str, content: Content) -> None:
        """A cell of the workings."""
        self.page.put(*table.at(row, column), content, "working")

    def formula(self, table: Table, row: str, column: str, text: str, result: Result) -> None:
        """A formula of the workings with its result."""
        self.put(table, row, column, Formula(text, result))

    @property
    def not_scored(self) -> str:
        """What follows a name without an achievement."""
        return f" – {self.board.say('dashboard.not_scored')}"


def entry(table: Table, column: str, at: str) -> str:
    """The cell of a column whose number, counted from 1, stands in another one.

    IronCalc finds nothing in a column of a single cell.
    """
    rows = table.row_keys
    span = table.span(rows, [column], fixed=True)
    return span if len(rows) == 1 else f"INDEX({span},{at})"


def told(number: str, digits: str) -> str:
    """A rounded number in a text; :func:`said` is the text itself.

    It is rounded twice, for of what lies half-way engines know some more and some less in the
    sixteenth digit. Adding nothing makes 0 of the -0 that IronCalc knows.
    """
    return f"ROUND(ROUND({number},{_SURE}),{digits})+0"


def said(number: float, digits: int) -> str:
    """What :func:`told` comes to.

    >>> said(30.499999999999996, 0), said(46.0, 1), said(-0.01, 1)
    ('31', '46', '0')
    """
    return plain(rounded(rounded(number, _SURE), digits))


def shown(number: float) -> Result:
    """A number that may be missing, as a cell's result."""
    return known(np.float64(number))


def quoted(text: str) -> str:
    """A text inside a formula.

    >>> print(quoted('a "goal" of 1'))
    "a ""goal"" of 1"
    """
    return '"' + text.replace('"', '""') + '"'


def rounded(number: float, digits: int) -> float:
    """A number as spreadsheets round it: halves away from zero.

    >>> rounded(0.25, 1), rounded(-2.5, 0)
    (0.3, -3.0)
    """
    unit = Decimal(1).scaleb(-digits)
    return float(Decimal(repr(float(number))).quantize(unit, ROUND_HALF_UP))


def plain(number: float) -> str:
    """A number as it is put into a text.

    >>> plain(46.0), plain(1234567.5)
    ('46', '1234567.5')
    """
    return f"{Decimal(repr(number)).normalize():f}" if number else "0"


def joined(texts: Sequence[str]) -> str:
    """Texts one after the other, in a formula."""
    return "&".join(texts)


def pattern(board: Board, key: str, **places: str) -> str:
    """A text of the catalogue as a formula that puts cells in the places of its braces."""
    marked = board.say(key, **{name: f"\0{text}\0" for name, text in places.items()})
    parts = marked.split("\0")
    texts = [quoted(part) if index % 2 == 0 else part for index, part in enumerate(parts)]
    return joined([text for text in texts if text != '""'])


def shortened(name: str, most: int = _LONGEST) -> str:
    """A name that fits beside a bar.

    >>> shortened("Use assets efficiently and cost-effectively, wherever they stand")
    'Use assets efficiently and cost-effectively…'
    """
    return name if len(name) <= most else f"{name[: most - 1].rstrip(' ,')}…"


def shortened_objectives(board: Board) -> list[str]:
    """The names of the objectives; of many bars each has one line."""
    names = [board.word(one.name) for one in board.definition.objectives()]
    return [shortened(name, _LONGEST if len(names) <= _MANY else _ONE_LINE) for name in names]
