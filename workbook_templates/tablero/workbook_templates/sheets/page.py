"""A sheet as data: cells, widths, validations and print settings, before anything is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any, NamedTuple

from tablero.workbook_templates.sheets.shapes import Drawing

Result = str | float | bool


class Formula(NamedTuple):
    """A formula (without ``=``) with its true result, so that viewers never show 0.

    One of several ``rows`` or ``columns`` answers for the cells below or beside it as well.
    """

    text: str
    result: Result
    rows: int = 1
    columns: int = 1


class Spilled(NamedTuple):
    """The true result of a cell for which a formula above or left of it answers."""

    result: Result


class Link(NamedTuple):
    """A jump to another place of the workbook."""

    target: str
    label: str


class Date(NamedTuple):
    """A day; the first one of a month where nothing else is said."""

    year: int
    month: int
    day: int = 1


def serial(year: int, month: int, day: int = 1) -> float:
    """A day as spreadsheets count them: from the end of 1899.

    >>> serial(2016, 1)
    42370.0
    """
    return float((date(year, month, day) - date(1899, 12, 30)).days)


Content = str | float | bool | Formula | Spilled | Link | Date | None


class Cell(NamedTuple):
    """One cell: where, what and in which style (roles of :mod:`styles`, joined by spaces)."""

    row: int
    column: int
    content: Content
    style: str


class Area(NamedTuple):
    """A rectangle of cells, ends included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


class Width(NamedTuple):
    """Width of neighbouring columns, in characters."""

    first: int
    last: int
    characters: float
    hidden: bool = False


class Numbers(NamedTuple):
    """Only numbers may be typed, between bounds if given."""

    area: Area
    title: str
    prompt: str
    error: str
    minimum: float | None = None
    maximum: float | None = None


class Choice(NamedTuple):
    """Only entries of a list may be typed; ``source`` is a defined name."""

    area: Area
    source: str
    title: str
    prompt: str
    error: str


class Days(NamedTuple):
    """Only dates may be typed."""

    area: Area
    title: str
    prompt: str
    error: str


class Hint(NamedTuple):
    """Anything may be typed; what belongs here is said when the cell is chosen."""

    area: Area
    title: str
    prompt: str


class Tint(NamedTuple):
    """Colours ``area`` by the band of the achievement in ``achievement`` (a relative reference).

    ``signed`` shows the band's sign before the number.
    """

    area: Area
    achievement: str
    signed: bool = False


class Rule(NamedTuple):
    """Formats ``area`` where ``formula`` holds."""

    area: Area
    formula: str
    style: str


class Bar(NamedTuple):
    """Data bars from 0 to 200 %, or up to ``most``, in place of the numbers."""

    area: Area
    most: float = 2.0


class Sparkline(NamedTuple):
    """A small chart of the numbers in ``source``, in one cell."""

    row: int
    column: int
    source: str


class Series(NamedTuple):
    """What a chart draws: references (``=Trend!$B$5:$M$5``) to its numbers and their labels.

    ``look`` holds XlsxWriter's options of a series, such as ``fill``, ``line``, ``data_labels``;
    colours are those of :mod:`styles`, in whose place a company's own may come.
    """

    name: str
    labels: str
    values: str
    look: Mapping[str, Any] = MappingProxyType({})


class Chart(NamedTuple):
    """A native chart, its upper left corner in a cell, its size in pixels.

    ``kind`` is XlsxWriter's ``{"type": …, "subtype": …}``; ``title`` a text or a reference, so that
    it can follow the period; ``alt`` says what is to be seen to those who do not see it; ``parts``
    holds XlsxWriter's options by what they are of, such as ``x_axis``, ``legend``, ``plotarea``.
    A chart ``over`` it shares its area and its first axis, as a line that marks the goals of bars.
    """

    row: int
    column: int
    width: int
    height: int
    kind: Mapping[str, str]
    series: tuple[Series, ...]
    title: str
    alt: str
    parts: Mapping[str, Mapping[str, Any]] = MappingProxyType({})
    over: Chart | None = None


class ExcelTable(NamedTuple):
    """A table that other programs find by its name; its first row holds its columns' names."""

    area: Area
    name: str
    columns: tuple[str, ...]
    styles: tuple[str, ...]
    """Of the columns' names."""
    about: str
    """What it holds, for those who do not see it."""


class Note(NamedTuple):
    """A note pinned to a cell."""

    row: int
    column: int
    text: str
    author: str


@dataclass
class Page:
    """One sheet under construction; :mod:`write` turns it into a worksheet."""

    key: str
    title: str
    tab: str
    cells: list[Cell] = field(default_factory=list)
    widths: list[Width] = field(default_factory=list)
    heights: dict[int, float] = field(default_factory=dict)
    rules: list[Numbers | Choice | Days | Hint | Tint | Rule | Bar | Sparkline] = field(
        default_factory=list
    )
    notes: list[Note] = field(default_factory=list)
    charts: list[Chart] = field(default_factory=list)
    tables: list[ExcelTable] = field(default_factory=list)
    drawing: Drawing | None = None
    freeze: tuple[int, int] = (0, 0)
    repeat_rows: tuple[int, int] | None = None
    print_area: Area | None = None
    select: tuple[int, int] = (0, 0)
    visible: bool = True
    landscape: bool = True
    pages_high: int = 0
    """On how many pages it is printed; 0 for as many as it takes."""
    breaks: list[int] = field(default_factory=list)
    """Rows with which a new printed page begins."""
    logo: tuple[int, int] | None = None

    def put(self, row: int, column: int, content: Content, style: str = "text") -> None:
        """Place one cell."""
        self.cells.append(Cell(row, column, content, style))

    def put_row(self, row: int, column: int, contents: Sequence[Content], style: str) -> None:
        """Place neighbouring cells in one style."""
        for offset, content in enumerate(contents):
            self.cells.append(Cell(row, column + offset, content, style))

    def heading(self, title: Content, subtitle: Content) -> None:
        """Title in A1 and the grey line under it."""
        self.put(0, 0, title, "title")
        self.put(1, 0, subtitle, "subtitle")
        self.heights |= {0: 30, 1: 18}
