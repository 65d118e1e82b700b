"""The values of a workbook file, read with calamine: what many scorecards are scored from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import lru_cache
from io import BytesIO
from pathlib import PurePath
from typing import Any, TypeVar, cast

from xlsxwriter.utility import xl_cell_to_rowcol

from tablero.workbook_templates import store
from tablero.workbook_templates.dialects import DialectName
from tablero.workbook_templates.grid import Book, Place
from tablero.workbook_templates.opening import refusals, refuse_foreign
from tablero.workbook_templates.periods import Calendar
from tablero.workbook_templates.portfolio.book_part import UnusualError
from tablero.workbook_templates.portfolio.memory import Memory, memory_of
from tablero.workbook_templates.portfolio.parts import ValueParts
from tablero.workbook_templates.portfolio.plain_definition import PlainDefinition
from tablero.workbook_templates.portfolio.plain_figures import PlainFigures
from tablero.workbook_templates.portfolio.sheets import EMPTY, PlainSheets, Rows, UnlikeError
from tablero.workbook_templates.problems import ProblemsError
from tablero.workbook_templates.read import ValueReading, period_shown
from tablero.workbook_templates.read import read_values as read_book
from tablero.workbook_templates.source import Source

T = TypeVar("T")
_PANIC = "PanicException"


def read_values(content: bytes, name: str, *, today: date | None = None) -> ValueReading:
    """Read what a scorecard is scored from: its definition with edits, figures and period.

    Parameters
    ----------
    content
        The whole of an ``.xlsx`` or ``.xlsm`` file.
    name
        What problems call the file.
    today
        Figures for months that begin after this day are told as problems; by default the real one.

    Returns
    -------
    ValueReading
        As :func:`tablero.workbook_templates.read.read_workbook` reads it. Whether formulas are
        still there is not looked at, nor are registers, check-ins, closed months and parts of the
        file that hold no values; a formula that was never calculated counts as an empty cell.

    Raises
    ------
    ProblemsError
        The file is no workbook, is damaged or encrypted, is not a scorecard, or is too new.
    """
    path, today = PurePath(name), today or datetime.now().astimezone().date()
    with refusals(path):
        try:
            return _read(ValueParts.of(content), path.name, today)
        except (UnusualError, ValueError):
            # Whoever reads one workbook reads these, too, or knows to tell what is wrong.
            refuse_foreign(content, path)
            from tablero.workbook_templates.stored import StoredCells  # noqa: PLC0415 - for few

            return read_book(Book(StoredCells(BytesIO(content))), path.name, today=today)


def _read(parts: ValueParts, name: str, today: date) -> ValueReading:
    """At once where the sheets stand as they were built, else cell by cell."""
    try:
        return _plainly(ValueCells(parts.cut()), name, today)
    except (UnlikeError, ProblemsError, LookupError, TypeError, AttributeError, ValueError):
        # Memory that makes no definition shows in many ways; the reader tells which.
        return read_book(Book(ValueCells(parts)), name, today=today)


def _plainly(cells: ValueCells, name: str, today: date) -> ValueReading:
    source = Source(Book(cells))
    sheets = PlainSheets(source, cells.names, cells.rows)
    memory = _memory(sheets)
    told = PlainDefinition(sheets, memory)
    company = told.definition.company
    calendar = Calendar(company.year, company.fiscal_start_month)
    figures = PlainFigures(sheets, told.definition, calendar, today).figures()
    head = memory.head
    period, language = period_shown(source, calendar), str(head["language"])
    found = (*source.problems, *told.problems(language))
    return ValueReading(
        definition=told.definition,
        figures=figures,
        period=period,
        language=language,
        dialect=cast("DialectName", head["dialect"]),
        schema=int(str(head["schema"])),
        problems=tuple(one.at(file=name) for one in found),
    )


def _memory(sheets: PlainSheets) -> Memory:
    area = sheets.area(store.NAME)
    top, left, values = sheets.rows(area.title)
    if (top, left) != (area.first_row, area.first_column):
        raise UnlikeError(store.NAME)
    return memory_of([str(row[0]) for row in values[: area.rows]], area.title)


class ValueCells:
    """What a file holds, as `tablero.workbook_templates.grid.Contents`; formulas as results."""

    def __init__(self, parts: ValueParts) -> None:
        from python_calamine import CalamineWorkbook  # noqa: PLC0415 - only a portfolio needs it

        self._parts = parts
        archive = BytesIO(parts.archive)
        self._workbook = _calmly(lambda: CalamineWorkbook.from_filelike(archive))
        self._rows: dict[str, Rows] = {}

    @property
    def titles(self) -> Iterable[str]:
        """The titles of the sheets."""
        return self._workbook.sheet_names

    @property
    def names(self) -> Mapping[str, str]:
        """What the workbook's defined names, here in lower case, stand for."""
        return self._parts.names

    def typed(self, title: str) -> Mapping[Place, Any]:
        """What stands in the cells of a sheet; empty cells left out."""
        return _Cells(self.rows(title))

    def results(self, title: str) -> Mapping[Place, Any]:
        """Nothing beyond what is `typed`: there a formula is what it came to."""
        del title
        return {}

    def rows(self, title: str) -> Rows:
        """What stands in a sheet, row by row."""
        if title not in self._parts.sheets:
            raise UnusualError(title)
        if title not in self._rows:
            self._rows[title] = self._found(title)
        return self._rows[title]

    def _found(self, title: str) -> Rows:
        """The rows as another workbook had them where all that they come from is the same."""
        source = self._parts.source(title)
        if source is None:
            return _calmly(lambda: self._read(title))
        return _kept_rows(_Sheet((title, *source), lambda: self._read(title)))

    def _read(self, title: str) -> Rows:
        sheet = self._workbook.get_sheet_by_name(title)
        top, left = sheet.start or (0, 0)
        values = sheet.to_python()
        for address, said in self._parts.errors(title):
            row, column = xl_cell_to_rowcol(address)
            values[row - top][column - left] = said
        return Rows(top + 1, left + 1, values)


class _Sheet:
    """A sheet to be read, equal to others that come from the same."""

    def __init__(self, source: tuple[object, ...], read: Callable[[], Rows]) -> None:
        self._reads = [read]
        self._source = source

    def rows(self) -> Rows:
        """Its rows; what is kept of it then is what it comes from."""
        return _calmly(self._reads.pop())

    def __hash__(self) -> int:
        return hash(self._source)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Sheet) and self._source == other._source


@lru_cache(maxsize=64)
def _kept_rows(sheet: _Sheet) -> Rows:
    return sheet.rows()


def _calmly(work: Callable[[], T]) -> T:
    """Do what calamine may fail at; where it gives up, others are to look at the file."""
    try:
        return work()
    except Exception as defect:
        raise UnusualError from defect
    except BaseException as defect:
        # A panic of Rust comes as what is no Exception and has no name to import.
        if type(defect).__name__ == _PANIC:
            raise UnusualError from defect
        raise


class _Cells(Mapping[Place, Any]):
    """The cells of a sheet that hold something, looked up in its rows."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def __getitem__(self, place: Place) -> Any:
        top, left, values = self._rows
        row, column = place[0] - top, place[1] - left
        if not (0 <= row < len(values) and 0 <= column < len(values[row])):
            raise KeyError(place)
        if values[row][column] == EMPTY:
            raise KeyError(place)
        return _as_told(values[row][column])

    def __iter__(self) -> Iterator[Place]:
        for row, values in enumerate(self._rows.values, start=self._rows.top):
            for column, value in enumerate(values, start=self._rows.left):
                if value != EMPTY:
                    yield row, column

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _as_told(value: object) -> object:
    """A day without a time is a datetime in `Contents`."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day)  # noqa: DTZ001 - as cells have it
    return value
