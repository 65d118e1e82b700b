"""The figures of a workbook whose Inputs sheet stands as it was built."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np

from tablero.workbook_templates.definition import Definition, Input
from tablero.workbook_templates.figures import MONTHS_HELD, Figures
from tablero.workbook_templates.periods import MONTHS_A_YEAR, Calendar, Month
from tablero.workbook_templates.portfolio.sheets import EMPTY, PlainSheets, UnlikeError
from tablero.workbook_templates.read import FigureReader
from tablero.workbook_templates.vectorised import Flags, Floats

_ONLY_NUMBERS = {float}
_COLUMNS = ("inputs_last_year", "inputs_last_month_header", "inputs_month_header")


class PlainFigures:
    """Figures as `tablero.workbook_templates.read` reads them.

    A row of numbers and empty cells is taken as it is; any other is read cell by cell, which also
    tells what is wrong there. Raises UnlikeError where rows or months are not where they were.
    """

    def __init__(
        self, sheets: PlainSheets, definition: Definition, calendar: Calendar, today: date
    ) -> None:
        self._sheets = sheets
        self._definition = definition
        self._reader = FigureReader(sheets.source, definition, calendar, today)
        self._rows = sheets.rows_of("inputs_id", _keys(definition))
        self._areas = [sheets.area(name) for name in _COLUMNS]
        self._title = self._areas[0].title
        self._columns = [sheets.column(name, self._title) for name in _COLUMNS]
        if self._headers() != _months(calendar):
            raise UnlikeError("months")
        self._ahead = _ahead(calendar, today)

    def _headers(self) -> list[tuple[int, int]]:
        """Year and month above each column."""
        _, *years = self._areas
        if any(one.columns != MONTHS_A_YEAR for one in years):
            raise UnlikeError("months")
        values = [
            value
            for one in years
            for value in self._sheets.across(one, one.first_row, MONTHS_A_YEAR)
        ]
        if not all(isinstance(value, date) for value in values):
            raise UnlikeError("headers")
        return [(value.year, value.month) for value in values]

    def figures(self) -> Figures:
        """The figures of all inputs."""
        inputs = self._definition.inputs
        numbers = np.full((len(inputs), 1 + MONTHS_HELD), np.nan)
        typed = [self._typed(self._rows[one.id]) for one in inputs]
        is_plain = [_ONLY_NUMBERS.issuperset(map(type, row)) for row in typed]
        numbers[is_plain] = [row for row, is_taken in zip(typed, is_plain, strict=True) if is_taken]
        doubtful = self._doubtful(numbers)
        doubtful_rows = set(np.flatnonzero(doubtful.any(axis=1)).tolist())
        for row, one in enumerate(inputs):
            if not is_plain[row]:
                numbers[row] = self._read(one, range(1 + MONTHS_HELD))
            elif row in doubtful_rows:
                columns = np.flatnonzero(doubtful[row]).tolist()
                numbers[row, columns] = self._read(one, columns)
        ids = tuple(one.id for one in inputs)
        return Figures(ids, numbers[:, 1:].copy(), numbers[:, 0].copy())

    def _doubtful(self, numbers: Floats) -> Flags:
        """The figures of which something may be told: below zero, ahead, or beyond all numbers."""
        never = np.array([not one.negative for one in self._definition.inputs])
        doubtful = np.isinf(numbers)
        months = numbers[:, 1:]
        doubtful[:, 1:] |= ((months < 0) & never[:, None]) | (~np.isnan(months) & self._ahead)
        return doubtful

    def _typed(self, number: int) -> Sequence[Any]:
        """Last year's figure, last year's months and this year's; NaN for empty cells."""
        row = self._sheets.row(self._title, number)
        last_year, last_months, months = self._columns
        cells = [
            row[last_year],
            *row[last_months : last_months + MONTHS_A_YEAR],
            *row[months : months + MONTHS_A_YEAR],
        ]
        return [np.nan if value == EMPTY else value for value in cells]

    def _read(self, one: Input, columns: Iterable[int]) -> list[float]:
        """Some of a row's figures cell by cell: last year's, last year's months, this year's."""
        row, (last_year, *years) = self._rows[one.id], map(self._sheets.block, _COLUMNS)
        found = []
        for place in columns:
            year, offset = divmod(place - 1, MONTHS_A_YEAR)
            if place == 0:
                figure = self._sheets.source.figure(last_year.in_row(row))
            else:
                cell = years[year].at(row, years[year].first_column + offset)
                figure = self._reader.figure(cell, one, place - MONTHS_A_YEAR)
            found.append(figure)
        return found


@lru_cache(maxsize=64)
def _months(calendar: Calendar) -> Sequence[Month]:
    """The months of last year and of this one."""
    return [calendar.month(number) for number in range(1 - MONTHS_A_YEAR, MONTHS_A_YEAR + 1)]


@lru_cache(maxsize=64)
def _ahead(calendar: Calendar, today: date) -> Flags:
    """Which of them begin after today."""
    return np.array([month > (today.year, today.month) for month in _months(calendar)])


def _keys(definition: Definition) -> Sequence[str]:
    """The inputs in the order in which they stand: by perspective."""
    below: Mapping[str, list[str]] = {one.id: [] for one in definition.perspectives}
    for one in definition.inputs:
        below.get(one.perspective, []).append(one.id)
    return [key for keys in below.values() for key in keys]
