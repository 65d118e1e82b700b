"""A workbook open in Excel: real xlwings over cells that are held in memory.

Only what lies behind xlwings' engine stands in, by subclasses of its own base classes: xlwings'
object model and its converters are those that work in Excel.
"""

from __future__ import annotations

import datetime as dt
import re
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import openpyxl
import xlwings
from openpyxl.utils.cell import range_boundaries
from xlwings import base_classes

from tests.excel.held import ALLOWED, ERRORS, NO_DAY, Grid, Held, Place, Workbook, grid_of

LAST_COLUMN = 2**14
INSIDE_VERTICAL, INSIDE_HORIZONTAL = 11, 12
ABOVE = "format_from_left_or_above"


class OpenWorkbook(Workbook):
    """A workbook that a macro can get at."""

    @property
    def book(self) -> xlwings.Book:
        """The workbook as xlwings gives it to a macro."""
        return xlwings.Book(impl=Book(self))

    def type(self, title: str, address: str, content: Any) -> None:
        """Somebody types into a cell."""
        self.book.sheets[title].range(address).value = content


def opened(path: Path, chosen: Path | None = None) -> OpenWorkbook:
    """A workbook file, open."""
    grids, names = _loaded(path, path.stat().st_mtime_ns)
    own = [replace(grid, cells=dict(grid.cells)) for grid in grids]
    return OpenWorkbook(path.name, own, dict(names), chosen, path)


@cache
def _loaded(path: Path, _: int) -> tuple[list[Grid], dict[str, str]]:
    """What a version of a file holds."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl tells what it does not know
        formulas, results = (openpyxl.load_workbook(path, data_only=only) for only in (False, True))
    grids = [grid_of(formulas[title], results[title]) for title in formulas.sheetnames]
    names = {name: f"={one.attr_text}" for name, one in formulas.defined_names.items()}
    # What Excel lists among the names of a workbook, and what is none of them.
    names |= {f"'{grid.title}'!Print_Area": f"='{grid.title}'!$A$1:$B$2" for grid in grids}
    names |= {"_xlfn.LAMBDA": "=#NAME?", f"'{grids[0].title}'!set_company": "=#REF!"}
    return grids, names


class Engine:
    """What xlwings asks of its engine for Windows, with the same answers."""

    name = "excel"
    type = "desktop"

    @staticmethod
    def prepare_xl_data_element(value: Any, _options: Any) -> Any:
        return "" if value is None else value

    @staticmethod
    def clean_value_data(
        rows: Sequence[Sequence[Any]], date_as: Any, empty_as: Any, _number: Any, errors: Any
    ) -> list[list[Any]]:
        def cleaned(value: Any) -> Any:
            if value in ("", None):
                return empty_as
            if isinstance(value, dt.datetime):
                parts = ("year", "month", "day", "hour", "minute", "second", "microsecond")
                return date_as(**{part: getattr(value, part) for part in parts}, tzinfo=None)
            is_known = isinstance(value, int) and value in ERRORS
            return (ERRORS[value] if errors else None) if is_known else value

        return [[cleaned(value) for value in row] for row in rows]


class App(base_classes.App):
    """Excel, with one workbook."""

    engine = Engine()
    pid = 1

    def __init__(self, workbook: Workbook) -> None:
        self.workbook = workbook

    @property
    def api(self) -> Any:
        return SimpleNamespace(
            GetSaveAsFilename=self.workbook.choose,
            GetOpenFilename=self.workbook.find,
            InputBox=self.workbook.ask,
            CalculateFull=self.workbook.calculate,
        )

    @property
    def books(self) -> Books:
        return Books(self)

    @property
    def screen_updating(self) -> bool:
        return self.workbook.is_drawn

    @screen_updating.setter
    def screen_updating(self, value: bool) -> None:
        self.workbook.is_drawn = value
        self.workbook.drawn.append(value)

    def alert(self, prompt: str, title: str, buttons: Any, mode: str, callback: Any) -> str:
        assert (title, callback) == ("Tablero", None)
        self.workbook.boxes.append((mode, prompt))
        if buttons == "ok":
            return "ok"
        assert buttons in ("ok_cancel", "yes_no_cancel")
        return self.workbook.answers.pop(0) if self.workbook.answers else "cancel"


class Books(base_classes.Books):
    """The open workbooks."""

    def __init__(self, app: App) -> None:
        self.app = app

    def __call__(self, name: str) -> Any:
        raise KeyError(name)  # no other is open

    def open(self, fullname: str, *_: Any) -> Book:
        self.app.workbook.opened.append(fullname)
        return Book(opened(Path(fullname)))


class Book(base_classes.Book):
    """The workbook."""

    def __init__(self, workbook: Workbook) -> None:
        self.workbook = workbook

    @property
    def app(self) -> App:
        return App(self.workbook)

    @property
    def name(self) -> str:
        return self.workbook.name

    @property
    def api(self) -> Any:
        return SimpleNamespace(SaveCopyAs=self.workbook.save_copy)

    @property
    def fullname(self) -> str:
        return str(self.workbook.path or self.workbook.name)

    @property
    def sheets(self) -> Sheets:
        return Sheets(self)

    @property
    def names(self) -> Names:
        return Names(self.workbook)


class Sheets(base_classes.Sheets):
    """The worksheets, those too that nobody can see."""

    def __init__(self, book: Book) -> None:
        self.book = book

    def __iter__(self) -> Iterator[Sheet]:
        return (Sheet(self.book, grid) for grid in self.book.workbook.grids)

    def __call__(self, title: str) -> Sheet:
        return Sheet(self.book, self.book.workbook.grid(title))


class Sheet(base_classes.Sheet):
    """A worksheet."""

    def __init__(self, book: Book, grid: Grid) -> None:
        self._book = book
        self.grid = grid

    @property
    def api(self) -> Any:
        return _NativeSheet(self.grid)

    @property
    def book(self) -> Book:
        return self._book

    @property
    def name(self) -> str:
        return self.grid.title

    @name.setter
    def name(self, value: str) -> None:
        self.book.workbook.rename(self.grid.title, value)

    @property
    def used_range(self) -> Range:
        rows, columns = zip(*(self.grid.cells or [(1, 1)]), strict=True)
        return Range(self, (min(rows), min(columns)), (max(rows), max(columns)))

    def range(self, first: Any, last: Any = None) -> Range:
        if isinstance(first, Range) and isinstance(last, Range):
            return Range(self, first.first, last.last)
        if isinstance(first, str):
            left, top, right, bottom = range_boundaries(first)
            return Range(self, (top or 1, left or 1), (bottom or 1, right or LAST_COLUMN))
        return Range(self, first, last or first)


class Range(base_classes.Range):
    """A rectangle of cells."""

    def __init__(self, sheet: Sheet, first: Place, last: Place) -> None:
        self._sheet = sheet
        self.first, self.last = first, last

    def __call__(self, arg1: int, arg2: int = 1) -> Range:
        place = (self.first[0] + arg1 - 1, self.first[1] + arg2 - 1)
        return Range(self.sheet, place, place)

    @property
    def sheet(self) -> Sheet:
        return self._sheet

    @property
    def row(self) -> int:
        return self.first[0]

    @property
    def column(self) -> int:
        return self.first[1]

    @property
    def shape(self) -> Place:
        return self.last[0] - self.first[0] + 1, self.last[1] - self.first[1] + 1

    @property
    def api(self) -> Any:
        return _Native(self)

    @property
    def raw_value(self) -> Any:
        self.sheet.book.workbook.reads.append(self.sheet.name)
        return self.handed_over(lambda held: held.shown_value)

    @raw_value.setter
    def raw_value(self, rows: Any) -> None:
        grid, workbook = self.sheet.grid, self.sheet.book.workbook
        if workbook.refusing:
            raise OSError("Excel refuses")
        workbook.writes.append((grid.title, self.first, self.last))
        for number, row in enumerate(rows if isinstance(rows, list) else [[rows]]):
            for offset, content in enumerate(row):
                place = (self.row + number, self.column + offset)
                held = grid.cells.get(place, Held())
                assert not (grid.is_protected and held.locked), "Excel refuses this"
                grid.cells[place] = held.typed(content)

    @property
    def formula(self) -> Any:
        return self.handed_over(lambda held: held.shown_formula)

    @formula.setter
    def formula(self, rows: Any) -> None:
        self.raw_value = rows

    def insert(self, shift: Any = None, copy_origin: Any = None) -> None:
        """Whole rows are put in; cells below and all defined names move."""
        assert (shift, copy_origin, self.shape[1]) == ("down", ABOVE, LAST_COLUMN)
        grid, workbook, (count, _) = self.sheet.grid, self.sheet.book.workbook, self.shape

        def moved(row: int) -> int:
            return row + count if row >= self.row else row

        grid.cells = {(moved(row), column): held for (row, column), held in grid.cells.items()}
        for name, target in workbook.names.items():
            if re.match(rf"='?{re.escape(grid.title)}'?!", target):
                workbook.names[name] = re.sub(
                    r"(?<=\$)[0-9]+\b", lambda one: str(moved(int(one[0]))), target
                )

    def held(self) -> Iterator[list[Held]]:
        for row in range(self.first[0], self.last[0] + 1):
            columns = range(self.first[1], self.last[1] + 1)
            yield [self.sheet.grid.cells.get((row, column), Held()) for column in columns]

    def places(self) -> Iterator[Place]:
        for row in range(self.first[0], self.last[0] + 1):
            yield from ((row, column) for column in range(self.first[1], self.last[1] + 1))

    def handed_over(self, of: Callable[[Held], Any]) -> Any:
        """Rows of cells in tuples; of one cell its bare content."""
        rows = tuple(tuple(map(of, row)) for row in self.held())
        return rows[0][0] if self.shape == (1, 1) else rows


class _NativeSheet:
    """What of a sheet is asked without xlwings: its protection."""

    EnableSelection = 0
    ProtectDrawingObjects = True
    ProtectScenarios = True
    ProtectionMode = False

    def __init__(self, grid: Grid) -> None:
        self.grid = grid

    @property
    def ProtectContents(self) -> bool:  # noqa: N802 - Excel's name
        return self.grid.is_protected

    @property
    def Protection(self) -> Any:  # noqa: N802 - Excel's name
        return SimpleNamespace(**self.grid.allowed)

    def Unprotect(self, password: str) -> None:  # noqa: N802 - Excel's name
        if password != self.grid.password:
            raise OSError("Excel refuses the password")
        self.grid.is_protected, self.grid.allowed = False, dict.fromkeys(ALLOWED, True)

    def Protect(self, password: str, *how: bool) -> None:  # noqa: N802 - Excel's name
        drawings, contents, scenarios, only_for_people, *allowed = how
        assert (drawings, contents, scenarios, only_for_people) == (True, True, True, False)
        self.grid.is_protected, self.grid.password = True, password
        self.grid.allowed = dict(zip(ALLOWED, allowed, strict=True))


class _Look:
    """Properties of cells that Excel answers with one value, or with None where they differ."""

    cells: Range
    way: str

    def __init__(self, cells: Range, way: str = "") -> None:
        vars(self).update(cells=cells, way=way)

    def __getattr__(self, name: str) -> Any:
        found = (held.look.get(f"{self.way}{name}") for row in self.cells.held() for held in row)
        return _common(found)

    def __setattr__(self, name: str, value: Any) -> None:
        grid = self.cells.sheet.grid
        assert not grid.is_protected, "Excel refuses this"
        for place in self.cells.places():
            held = grid.cells.get(place, Held())
            if name == "Locked":
                grid.cells[place] = replace(held, locked=value)
            elif value is not None:
                look = {**held.look, f"{self.way}{name}": value}
                grid.cells[place] = replace(held, look=look)


class _Native(_Look):
    """What of a range is asked without xlwings; of mixed cells Excel answers None."""

    @property
    def Font(self) -> _Look:  # noqa: N802 - Excel's name
        return _Look(self.cells, "Font.")

    @property
    def Interior(self) -> _Look:  # noqa: N802 - Excel's name
        return _Look(self.cells, "Interior.")

    def Borders(self, edge: int) -> _Look:  # noqa: N802 - Excel's name
        (top, left), (bottom, right) = self.cells.first, self.cells.last
        assert edge != INSIDE_VERTICAL or left < right, "Excel knows no such lines"
        assert edge != INSIDE_HORIZONTAL or top < bottom, "Excel knows no such lines"
        first, last, own = {
            7: ((top, left), (bottom, left), 7),
            8: ((top, left), (top, right), 8),
            9: ((bottom, left), (bottom, right), 9),
            10: ((top, right), (bottom, right), 10),
            INSIDE_VERTICAL: ((top, left), (bottom, right - 1), 10),
            INSIDE_HORIZONTAL: ((top, left), (bottom - 1, right), 9),
        }[edge]
        return _Look(Range(self.cells.sheet, first, last), f"{own}.")

    @property
    def MergeCells(self) -> Any:  # noqa: N802 - Excel's name
        return _common(self._area(place) is not None for place in self.cells.places())

    @property
    def MergeArea(self) -> Any:  # noqa: N802 - Excel's name
        area = self._area(self.cells.first)
        row, column = area[0] if area else self.cells.first
        return SimpleNamespace(Row=row, Column=column)

    def _area(self, place: Place) -> tuple[Place, Place] | None:
        """The merged cells to which one belongs."""
        row, column = place
        for (top, left), (bottom, right) in self.cells.sheet.grid.merged:
            if top <= row <= bottom and left <= column <= right:
                return (top, left), (bottom, right)
        return None

    @property
    def Locked(self) -> Any:  # noqa: N802 - Excel's name
        return _common(held.locked for row in self.cells.held() for held in row)

    @property
    def Value2(self) -> Any:  # noqa: N802 - Excel's name
        return self.cells.handed_over(lambda held: _serial(held.value))

    @property
    def HasSpill(self) -> Any:  # noqa: N802 - Excel's name
        return _common(self.cells.sheet.grid.is_spilled(self.cells.places()))

    @property
    def SpillingToRange(self) -> Any:  # noqa: N802 - Excel's name
        row, column = self.cells.first
        rows, columns = self.cells.sheet.grid.cells[row, column].spills
        counts = {
            "Rows": SimpleNamespace(Count=rows),
            "Columns": SimpleNamespace(Count=columns),
        }
        return SimpleNamespace(Row=row, Column=column, **counts)


def _common(answers: Iterable[Any]) -> Any:
    found = set(answers)
    return found.pop() if len(found) == 1 else None


def _serial(value: Any) -> Any:
    """Excel's second kind of value has no dates, only numbers of days."""
    if not isinstance(value, dt.datetime):
        return value
    return (value.replace(tzinfo=None) - dt.datetime.combine(NO_DAY, dt.time())) / dt.timedelta(1)


class Names(base_classes.Names):
    """The names that Excel lists for a workbook: its own, those of its sheets, and others."""

    def __init__(self, workbook: Workbook) -> None:
        self.workbook = workbook

    def __len__(self) -> int:
        return len(self.workbook.names)

    def __call__(self, index: int) -> Name:
        return Name(self.workbook, list(self.workbook.names)[index - 1])


class Name(base_classes.Name):
    """A defined name."""

    def __init__(self, workbook: Workbook, name: str) -> None:
        self.workbook = workbook
        self._name = name

    @property
    def name(self) -> str:
        return self._name

    @name.setter
    def name(self, value: str) -> None:
        self.workbook.names[value] = self.workbook.names.pop(self._name)
        self._name = value

    @property
    def refers_to(self) -> str:
        return self.workbook.names[self._name]

    @refers_to.setter
    def refers_to(self, value: str) -> None:
        self.workbook.names[self._name] = value
