"""The cells of a workbook that is open in Excel, read through xlwings' object model."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

import xlwings

from tablero.workbook_templates.grid import FORMULA, Book, Place
from tablero.workbook_templates.read import Reading, read_cells

# The day that Excel hands over with a time that has none.
_NO_DAY = date(1899, 12, 30)

# Errors come as numbers of COM, far below all figures that are whole; those for which xlwings
# has no text are younger than the file format, which keeps them as #VALUE!.
_LAST_ERROR = -2_146_820_000
_YOUNGER_ERROR = "#VALUE!"


def read_book(book: xlwings.Book, *, today: date | None = None) -> Reading:
    """Read a scorecard that is open in Excel, unsaved figures included; no file is touched.

    Parameters
    ----------
    book
        The open workbook, such as ``xlwings.Book.caller()``.
    today
        As `tablero.workbook_templates.read.read_workbook` takes it.

    Returns
    -------
    Reading
        What `tablero.workbook_templates.read.read_workbook` would say of the workbook, saved now.

    Raises
    ------
    ProblemsError
        The workbook is not a scorecard, or is too new.
    """
    return read_cells(Book(LiveCells(book)), book.name, today=today)


class LiveCells:
    """What an open workbook holds, as `tablero.workbook_templates.grid.Contents`.

    A sheet costs a few calls of Excel, whatever its size, and is asked for once.
    """

    def __init__(self, book: xlwings.Book) -> None:
        self._sheets = {sheet.name: sheet for sheet in book.sheets}
        self._names = book.names
        self._read: dict[str, _SheetCells] = {}

    @property
    def titles(self) -> Iterable[str]:
        """The titles of the worksheets, those that are hidden, or very hidden, too."""
        return list(self._sheets)

    @property
    def names(self) -> Mapping[str, str]:
        """What the workbook's own names, here in lower case, stand for; not those of a sheet."""
        return {
            name.name.lower(): (name.refers_to or "").removeprefix("=")
            for name in self._names
            if "!" not in name.name
        }

    def typed(self, title: str) -> Mapping[Place, Any]:
        """What stands in the cells of a sheet; empty cells left out."""
        return self._cells(title).typed

    def results(self, title: str) -> Mapping[Place, Any]:
        """What stands in the cells of a sheet, formulas as what they came to."""
        return self._cells(title).results

    def _cells(self, title: str) -> _SheetCells:
        if title not in self._read:
            self._read[title] = _sheet_cells(self._sheets[title].used_range)
        return self._read[title]


class _SheetCells(NamedTuple):
    typed: Mapping[Place, Any]
    results: Mapping[Place, Any]


def _sheet_cells(used: xlwings.Range) -> _SheetCells:
    typed: dict[Place, Any] = {}
    results: dict[Place, Any] = {}
    cells = _cells_of(used)
    calculated = {place for place, (value, formula) in cells.items() if _is_formula(formula, value)}
    calculated |= _spilled(used, cells, calculated)
    for place, (value, _) in cells.items():
        if place in calculated:
            # Excel has calculated; what came to nothing is an empty text.
            typed[place], results[place] = FORMULA, "" if value is None else value
        elif value is not None:
            typed[place] = results[place] = value
    return _SheetCells(typed, results)


_Cells = Mapping[Place, tuple[Any, Any]]
"""Value and formula of cells by place."""


def _cells_of(used: xlwings.Range) -> _Cells:
    values, formulas = _values(used), _rows(used.formula)
    return {
        (row, column): (_as_stored(value), formula)
        for row, its_cells in enumerate(zip(values, formulas, strict=True), used.row)
        for column, (value, formula) in enumerate(zip(*its_cells, strict=True), used.column)
    }


def _is_formula(formula: Any, value: Any) -> bool:
    """Whether a cell calculates; a text that begins as formulas do is its own "formula"."""
    return isinstance(formula, str) and formula.startswith("=") and formula != value


def _spilled(used: xlwings.Range, cells: _Cells, formulas: Collection[Place]) -> set[Place]:
    """Cells that show what the formula of another one came to, where Excel does not say so."""
    if not _has_spill(used):
        return set()
    sheet = used.sheet
    found: set[Place] = set()
    for row, column in formulas:
        beside = ((row, column + 1), (row + 1, column))
        if any(place in cells and place not in formulas for place in beside):
            found |= set(_spilling_to(sheet.range((row, column))))
    return found


def _has_spill(cells: xlwings.Range) -> bool:
    """Whether formulas spill into some of the cells, which Excel does since 2021."""
    try:
        return cells.api.HasSpill is not False
    except Exception:  # noqa: BLE001 - the error's type is there on Windows only
        return False


def _spilling_to(cell: xlwings.Range) -> Iterator[Place]:
    """The cells that a formula fills with its answer."""
    if not _has_spill(cell):
        return
    filled = cell.api.SpillingToRange
    for row in range(filled.Row, filled.Row + filled.Rows.Count):
        for column in range(filled.Column, filled.Column + filled.Columns.Count):
            yield row, column


def _values(used: xlwings.Range) -> Sequence[Sequence[Any]]:
    """The values of a range.

    Excel rounds what is formatted as money to four decimals; only its second kind of value,
    which knows no dates, has all of them.
    """
    values: Sequence[Sequence[Any]] = used.options(ndim=2, err_to_str=True).value
    if not any(isinstance(value, Decimal) for row in values for value in row):
        return values
    return [
        [plain if isinstance(value, Decimal) else value for value, plain in zip(*rows, strict=True)]
        for rows in zip(values, _rows(used.api.Value2), strict=True)
    ]


def _rows(cells: Any) -> Sequence[Sequence[Any]]:
    """Cells as rows of cells; of one cell alone Excel gives the bare content."""
    return cells if isinstance(cells, Sequence) and not isinstance(cells, str) else ((cells,),)


def _as_stored(value: Any) -> Any:
    """A value as the reader of files gives it."""
    match value:
        case bool():
            return value
        case int() if value < _LAST_ERROR:
            return _YOUNGER_ERROR
        case datetime() if value.date() == _NO_DAY:
            return value.time()
        case _:
            return value
