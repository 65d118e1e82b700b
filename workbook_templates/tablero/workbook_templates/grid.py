"""The cells of a workbook as the reader sees them, wherever they come from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any, Protocol

from xlsxwriter.utility import xl_rowcol_to_cell

Value = float | str | datetime | date | time | timedelta | None
Place = tuple[int, int]
"""Row and column of a cell, counted from 1."""


@dataclass(frozen=True)
class Formula:
    """Stands for a formula where its text does not matter."""


FORMULA = Formula()


class Contents(Protocol):
    """Where the cells of a workbook come from: a file, or the program in which it is open.

    Whoever hands over cells does so in the same way: empty ones are left out, errors are their
    texts such as ``#N/A``, dates are datetimes, a time without a day is a time.
    """

    @property
    def titles(self) -> Iterable[str]:
        """The titles of the worksheets, hidden ones too."""
        ...

    @property
    def names(self) -> Mapping[str, str]:
        """What the workbook's defined names, here in lower case, stand for."""
        ...

    def typed(self, title: str) -> Mapping[Place, Any]:
        """What stands in the cells of a sheet, `FORMULA` in place of every formula."""
        ...

    def results(self, title: str) -> Mapping[Place, Any]:
        """What stands in the cells of a sheet, formulas as what they came to."""
        ...


class DamagedError(Exception):
    """A workbook, or a sheet of it, that cannot be read."""


class CrowdedError(Exception):
    """A sheet that holds more cells than any sheet of a scorecard does."""

    def __init__(self, title: str) -> None:
        self.title = title
        super().__init__(title)


class Book:
    """A workbook; a sheet is read when it is asked for, so that the others cost nothing."""

    def __init__(self, contents: Contents) -> None:
        self._contents = contents

    @cached_property
    def sheets(self) -> Mapping[str, Sheet]:
        """The worksheets by title."""
        return {title: Sheet(self._contents, title) for title in self._contents.titles}

    @cached_property
    def names(self) -> Mapping[str, str]:
        """What the workbook's defined names, here in lower case, stand for."""
        return self._contents.names


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
        return str(xl_rowcol_to_cell(self.row - 1, self.column - 1))

    @property
    def is_formula(self) -> bool:
        """Whether a formula stands in it, an ordinary or an array one."""
        return isinstance(self.typed, Formula)

    @property
    def value(self) -> Value:
        """What was typed, or what the formula came to; None where nothing is."""
        value = self.owner.result(self.row, self.column) if self.is_formula else self.typed
        return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


class Sheet:
    """One worksheet."""

    def __init__(self, contents: Contents, title: str) -> None:
        self._contents = contents
        self.title = title

    def cell(self, row: int, column: int) -> Cell:
        """The cell at a row and a column, counted from 1."""
        return Cell(self, row, column, self._typed.get((row, column)))

    def result(self, row: int, column: int) -> Any:
        """What a formula came to.

        A file does not tell an empty text from a result never calculated; where any formula of
        the sheet has a result, the sheet was calculated, and then nothing is an empty text.
        """
        return self._results.get((row, column), "" if self._is_calculated else None)

    @cached_property
    def extent(self) -> Place:
        """The last row and the last column in which anything stands."""
        rows, columns = ({place[axis] for place in self._typed} for axis in (0, 1))
        return max(rows, default=1), max(columns, default=1)

    @cached_property
    def _typed(self) -> Mapping[Place, Any]:
        return self._contents.typed(self.title)

    @cached_property
    def _results(self) -> Mapping[Place, Any]:
        return self._contents.results(self.title)

    @cached_property
    def _is_calculated(self) -> bool:
        return any(
            isinstance(typed, Formula) and place in self._results
            for place, typed in self._typed.items()
        )
