"""The cells of an open workbook, read with openpyxl: what was typed, and what formulas came to."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import IO, Any

import openpyxl
from openpyxl.utils.cell import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula

Value = float | str | datetime | date | time | timedelta | None


class DamagedError(Exception):
    """A workbook, or a sheet of it, that cannot be read."""


class Book:
    """An open workbook; a sheet is read when it is asked for, so that the others cost nothing."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._typed = _loaded(file, results=False)

    @cached_property
    def sheets(self) -> Mapping[str, Sheet]:
        """The worksheets by title."""
        return {title: Sheet(self, title) for title in self._typed.sheetnames}

    @cached_property
    def names(self) -> Mapping[str, str]:
        """What the workbook's defined names, here in lower case, stand for."""
        defined: Mapping[str, Any] = self._typed.defined_names
        return {name.lower(): one.attr_text or "" for name, one in defined.items()}

    def typed(self, title: str) -> Mapping[tuple[int, int], Any]:
        """What stands in the cells of a sheet, formulas as their text; empty cells left out."""
        return _cells(self._typed, title)

    def results(self, title: str) -> Mapping[tuple[int, int], Any]:
        """What stands in the cells of a sheet, formulas as the results saved with them."""
        return _cells(self._results, title)

    @cached_property
    def _results(self) -> Workbook:
        """The same file once more: openpyxl gives formulas or results, not both."""
        return _loaded(self._file, results=True)


@dataclass(frozen=True)
class Cell:
    """One cell; what a formula came to is looked up only when its value is asked for."""

    owner: Sheet
    row: int
    column: int
    typed: Any

    @property
    def sheet(self) -> str:
        """Title of its sheet."""
        return self.owner.title

    @property
    def coordinate(self) -> str:
        """Its address, such as ``F7``."""
        return f"{get_column_letter(self.column)}{self.row}"

    @property
    def is_formula(self) -> bool:
        """Whether a formula stands in it, an ordinary or an array one."""
        return isinstance(self.typed, Formula)

    @property
    def value(self) -> Value:
        """What was typed, or the result saved with the formula; None where nothing is."""
        value = self.owner.result(self.row, self.column) if self.is_formula else self.typed
        return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


class Sheet:
    """One worksheet."""

    def __init__(self, book: Book, title: str) -> None:
        self._book = book
        self.title = title

    def cell(self, row: int, column: int) -> Cell:
        """The cell at a row and a column, counted from 1."""
        return Cell(self, row, column, self._typed.get((row, column)))

    def result(self, row: int, column: int) -> Any:
        """What a formula came to.

        openpyxl does not tell an empty text from a result never calculated; where any formula of
        the sheet has a result, the sheet was calculated, and then nothing is an empty text.
        """
        return self._results.get((row, column), "" if self._is_calculated else None)

    @cached_property
    def _typed(self) -> Mapping[tuple[int, int], Any]:
        return self._book.typed(self.title)

    @cached_property
    def _results(self) -> Mapping[tuple[int, int], Any]:
        return self._book.results(self.title)

    @cached_property
    def _is_calculated(self) -> bool:
        return any(
            isinstance(typed, Formula) and place in self._results
            for place, typed in self._typed.items()
        )


@dataclass(frozen=True)
class Formula:
    """Stands for a formula where its text does not matter."""


_FORMULA = Formula()


def _cells(workbook: Workbook, title: str) -> Mapping[tuple[int, int], Any]:
    """Every cell that holds something, by row and column."""
    with _damage_told():
        sheet = workbook[title]
        # What a file says of its own dimensions may be wrong; what it holds is not.
        sheet.reset_dimensions()
        return {
            (cell.row, cell.column): _FORMULA if _is_formula(cell) else cell.value
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None
        }


def _is_formula(cell: Any) -> bool:
    return cell.data_type == "f" or isinstance(cell.value, ArrayFormula | DataTableFormula)


def _loaded(file: IO[bytes], *, results: bool) -> Workbook:
    with _damage_told():
        return openpyxl.load_workbook(file, read_only=True, data_only=results, keep_links=False)


@contextmanager
def _damage_told() -> Iterator[None]:
    """Whatever openpyxl and the XML parser raise on damaged content is one thing to a user."""
    with warnings.catch_warnings():
        # openpyxl warns of what it would lose on saving; nothing is ever saved with it here.
        warnings.simplefilter("ignore")
        try:
            yield
        except Exception as defect:
            raise DamagedError from defect
