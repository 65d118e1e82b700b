"""The optional columns of benchmarks on a workbook's Matrix: found, written into cells, carried on.

They stand to the right of everything else on the sheet, under headings by which they are found
again. Nothing is calculated from them, and reading a scorecard leaves them alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tablero.workbook_templates.dialects import Dialect, DialectName
from tablero.workbook_templates.editing.edits import Edit
from tablero.workbook_templates.editing.revision import Revision, revise
from tablero.workbook_templates.editing.sheet import cell_name
from tablero.workbook_templates.finding import Block, Names
from tablero.workbook_templates.grid import Book, Value
from tablero.workbook_templates.opening import opened_workbook
from tablero.workbook_templates.portfolio.benchmarks import Compared, Comparison
from tablero.workbook_templates.problems import Problem, ProblemsError
from tablero.workbook_templates.replacing import Version
from tablero.workbook_templates.texts import LANGUAGES, text

COLUMNS = ("low", "median", "high", "companies", "group")
_GAP = 2
"""From the last column of the Matrix to the first of benchmarks."""
_FURTHEST = 60
_KPI = "kpi:"
_WIDTHS = (11.0, 11.0, 11.0, 12.0, 34.0)
"""Of the columns, in characters; headings wrap, and groups are named by their sectors."""
_LIKE = {
    "number": "matrix_weight_kpi",
    "plain": "matrix_weight_objective",
    "words": "matrix_timing",
}
"""Names of the columns of the Matrix like which headings and lines are to look."""


_Cell = tuple[str, tuple[int, int]]
"""A sheet and a place on it."""


@dataclass(frozen=True)
class _Place:
    """Where benchmarks stand, or are to stand, on the Matrix of a workbook."""

    ids: Block
    column: int
    """The first of their columns."""
    is_there: bool
    rows: Mapping[str, int]
    """The row of each KPI, by its id."""
    styles: Mapping[str, _Cell]
    """The cell of the Scorecard whose format the figures of a KPI have."""
    looks: Mapping[str, int]
    """The columns of `_LIKE` that are there."""

    @property
    def header(self) -> int:
        """The row of the headings."""
        return self.ids.first_row - 1

    def like(self, row: int, look: str) -> _Cell | None:
        """The cell of a line whose format those of benchmarks have, too."""
        column = self.looks.get(look)
        return None if column is None else (self.ids.sheet.title, (row, column))

    def value(self, row: int, offset: int) -> Value:
        """What stands in one of the columns."""
        return self.ids.at(row, self.column + offset).value


def _place(book: Book) -> _Place | None:
    names = Names(book)
    ids = names.there("matrix_id")
    if ids is None:
        return None
    rows = {
        str(cell.value).removeprefix(_KPI): cell.row
        for cell in ids.cells()
        if str(cell.value or "").startswith(_KPI)
    }
    columns = range(ids.first_column + _GAP, ids.first_column + _FURTHEST)
    there = next((one for one in columns if _is_headed(ids, one)), None)
    free = next((one for one in columns if _is_free(ids, one)), columns[-1])
    is_there, looks = there is not None, _looks(names)
    return _Place(ids, there or free, is_there, rows, _styles(names), looks)


def _is_headed(ids: Block, column: int) -> bool:
    """Whether the headings of benchmarks, in any language, begin in a column."""
    head = [ids.at(ids.first_row - 1, column + offset).value for offset in range(len(COLUMNS))]
    return any(head == list(_heads(language)) for language in LANGUAGES)


def _is_free(ids: Block, column: int) -> bool:
    """Whether nothing stands in the columns of benchmarks from this one on."""
    rows = range(max(ids.first_row - 2, 1), ids.last_row + 1)
    columns = range(column, column + len(COLUMNS))
    return all(ids.at(row, one).typed is None for row in rows for one in columns)


def _looks(names: Names) -> Mapping[str, int]:
    found = {look: names.there(name) for look, name in _LIKE.items()}
    columns = {look: block.first_column for look, block in found.items() if block}
    if goals := names.there("matrix_monthly_goals"):
        columns["said"] = goals.first_column - 1  # descriptions, which have no name
    return columns


def _styles(names: Names) -> Mapping[str, _Cell]:
    keys, values = names.there("scorecard_id"), names.there("scorecard_value")
    if keys is None or values is None:
        return {}
    return {
        str(cell.value).removeprefix(_KPI): (
            values.sheet.title,
            (cell.row, values.first_column),
        )
        for cell in keys.cells()
        if str(cell.value or "").startswith(_KPI)
    }


def _heads(language: str) -> Iterator[str]:
    for column in COLUMNS:
        yield text(f"benchmarks.head.{column}", language)


def benchmarks_of(path: Path) -> Comparison | None:
    """The benchmarks that stand in a workbook; None where it has none."""
    with opened_workbook(path) as book:
        place = _place(book)
        if place is None or not place.is_there:
            return None
        source = place.value(place.header - 1, 0)
        return Comparison(str(source or ""), tuple(_there(place)))


def place_of(path: Path) -> tuple[str, str] | None:
    """The sheet and the first cell of the benchmarks of a workbook; None where it has none."""
    with opened_workbook(path) as book:
        place = _place(book)
        if place is None or not place.is_there:
            return None
        return place.ids.sheet.title, cell_name((place.header - 1, place.column))


def _there(place: _Place) -> Iterator[Compared]:
    for kpi, row in place.rows.items():
        *numbers, group = (place.value(row, offset) for offset in range(len(COLUMNS)))
        low, median, high, count = (one if isinstance(one, float) else None for one in numbers)
        if low is not None and median is not None and high is not None and count is not None:
            yield Compared(kpi, low, median, high, int(count), str(group or ""))


def with_benchmarks(
    version: Version, comparison: Comparison, language: str, dialect: DialectName
) -> Revision:
    """The next version of a workbook, with these benchmarks on its Matrix and no others.

    Only cells of the columns of benchmarks change; where none stand yet, those are the first ones
    at the right of the sheet in which nothing stands.

    Raises
    ------
    ProblemsError
        The workbook has no Matrix any more, or a cell cannot be changed.
    """
    with opened_workbook(version.path) as book:
        place = _place(book)
        if place is None:
            raise ProblemsError([Problem("name_lost", values={"name": "matrix_id"})])
        edits = list(_edits(place, comparison, language))
    widths = {place.ids.sheet.title: dict(enumerate(_WIDTHS, start=place.column))}
    itself = Dialect(dialect).is_self_served
    return revise(version, edits, widths=widths, calculates_itself=itself)


def _edits(place: _Place, comparison: Comparison, language: str) -> Iterator[Edit]:
    sheet, head = place.ids.sheet.title, place.header
    yield Edit(sheet, (head - 1, place.column), comparison.source)
    for offset, (column, name) in enumerate(zip(COLUMNS, _heads(language), strict=True)):
        model = place.like(head, "words" if column == "group" else "number")
        yield Edit(sheet, (head, place.column + offset), name, style_of=model)
    found = {one.kpi: one for one in comparison.lines}
    for kpi, row in place.rows.items():
        yield from _line(place, row, kpi, found.get(kpi))


def _line(place: _Place, row: int, kpi: str, one: Compared | None) -> Iterator[Edit]:
    """The cells of a KPI; they are empty where there is no benchmark, or none any more."""
    contents = (
        (one.low, one.median, one.high, float(one.companies), one.group) if one else (None,) * 5
    )
    for offset, (column, content) in enumerate(zip(COLUMNS, contents, strict=True)):
        plain = place.like(row, "said" if column == "group" else "plain")
        style = plain if column in ("companies", "group") else place.styles.get(kpi, plain)
        yield Edit(place.ids.sheet.title, (row, place.column + offset), content, style_of=style)
