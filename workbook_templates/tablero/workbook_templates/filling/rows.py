"""The lines of a table whose form is known: of which input and month each cell is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from tablero.workbook_templates.filling import amounts
from tablero.workbook_templates.filling.forms import Form
from tablero.workbook_templates.filling.inputs import InputNames
from tablero.workbook_templates.filling.months import MonthReader, day_first, is_ambiguous
from tablero.workbook_templates.filling.tables import Source, Table, shown
from tablero.workbook_templates.periods import Month
from tablero.workbook_templates.problems import Problem

_NAMED = 6
"""How many of many alike a message names."""


def some(names: Sequence[str]) -> str:
    """The first of many names.

    >>> some(["Mar", "Apr"])
    'Mar, Apr'
    """
    return ", ".join([*names[:_NAMED], "…"] if len(names) > _NAMED else names)


class Place(NamedTuple):
    """A cell that holds something: of which input, in which month."""

    row: int
    column: int
    input: str
    month: Month


@dataclass(frozen=True)
class Lines:
    """The lines of one table, read for one workbook; what is odd in them is noted on the way."""

    source: Source
    form: Form
    names: InputNames
    dates: MonthReader
    month: Month | None
    """The only month that is wanted, if there is one."""
    problems: list[Problem] = field(default_factory=list)
    foreign: dict[str, int] = field(default_factory=dict)
    """What the lines are called that are of no input, with the first row of each."""
    outside: dict[str, int] = field(default_factory=dict)
    """The months that the workbook does not have."""

    @cached_property
    def places(self) -> Sequence[Place]:
        """Every cell that holds something and is to be filled in."""
        return [place for row in self.form.body for place in self._of_row(row)]

    def left_out(self) -> Iterator[Problem]:
        """Lines of inputs and months that the workbook does not have, each kind in one warning."""
        kinds = (("source_foreign", self.foreign), ("source_outside", self.outside))
        for code, found in kinds:
            if found:
                told = {
                    "names": some([*found]),
                    "count": len(found),
                    "year": self.dates.calendar.label,
                }
                yield Problem(code, "warning", told, self.source.name, self._table.sheet)

    def tell(self, code: str, place: tuple[int, int] | Place, **values: object) -> None:
        """Note a problem of a cell."""
        row, column = place[0], place[1]
        self.problems.append(self.source.problem(code, self._table, row, column, **values))

    @property
    def _table(self) -> Table:
        return self.form.table

    def _of_row(self, row: int) -> Iterator[Place]:
        if not self._table.rows[row]:
            return
        if self.form.inputs:
            yield from self._turned(row)
        elif self.form.months:
            yield from self._wide(row)
        else:
            yield from self._long(row)

    def _wide(self, row: int) -> Iterator[Place]:
        year = self._year(row)
        months = {
            column: Month(year, month.month) if year else month
            for column, month in self.form.months.items()
        }
        filled = [
            (column, month)
            for column, month in months.items()
            if self._is_filled(row, column) and self._is_meant(month, (row, column))
        ]
        key = self._input(row) if filled else None
        yield from (Place(row, column, key, month) for column, month in filled if key)

    def _long(self, row: int) -> Iterator[Place]:
        column = self.form.columns["value"]
        if not self._is_filled(row, column):
            return
        key = self._input(row)
        month = self._month(row) if key else None
        if key and month:
            yield Place(row, column, key, month)

    def _turned(self, row: int) -> Iterator[Place]:
        filled = [column for column in self.form.inputs if self._is_filled(row, column)]
        month = self._month(row) if filled else None
        if month:
            yield from (Place(row, column, self.form.inputs[column], month) for column in filled)

    def _is_filled(self, row: int, column: int) -> bool:
        content = self._table.content(row, column)
        return not (content is None or (isinstance(content, str) and amounts.is_nothing(content)))

    def _input(self, row: int) -> str | None:
        """The input of a row, by its id or else by its name."""
        columns = [
            self.form.columns[role] for role in ("input", "name") if role in self.form.columns
        ]
        texts = [(self._table.label(row, column), column) for column in columns]
        filled = [(text, column) for text, column in texts if text]
        for text, _ in filled:
            key = self.names.sure(text)
            if key:
                return key
        self._unknown(row, filled)
        return None

    def _unknown(self, row: int, filled: Sequence[tuple[str, int]]) -> None:
        if not filled:
            self.tell("source_no_input", (row, self.form.first_name))
            return
        for text, column in filled:
            several = self.names.found(text)
            close = self.names.close(text)
            if several:
                self.tell(
                    "source_input_twice", (row, column), name=text, ids=", ".join(sorted(several))
                )
                return
            if close:
                self.tell("source_input_close", (row, column), name=text, close=close)
                return
        self.foreign.setdefault(filled[-1][0], row)

    def _month(self, row: int) -> Month | None:
        """The month of a row; None, and perhaps a problem, where it is not to be filled."""
        column = self.form.columns.get("period")
        if column is None:
            return self.month
        month = self._read_month(row, column)
        if month is None:
            content = self._table.content(row, column)
            code = "source_date" if is_ambiguous(content) else "source_no_month"
            self.tell(code, (row, column), text=shown(content))
            return None
        return month if self._is_meant(month, (row, column)) else None

    def _read_month(self, row: int, column: int) -> Month | None:
        month = self._dates.numbered(self._table.content(row, column))
        year = self._year(row)
        return Month(year, month.month) if month and year else month

    def _year(self, row: int) -> int | None:
        """The year, where a column of its own holds it."""
        column = self.form.columns.get("year")
        text = self._table.label(row, column) if column is not None else ""
        return int(text) if text.isdecimal() and len(text) == 4 else None  # noqa: PLR2004 - 2026

    def _is_meant(self, month: Month, place: tuple[int, int]) -> bool:
        """Whether a month is one to fill; those that the workbook does not have are noted."""
        if not self.dates.is_held(month):
            self.outside.setdefault(month.code, place[0])
            return False
        return self.month is None or month == self.month

    @cached_property
    def _dates(self) -> MonthReader:
        """What the column of periods shows of the order of day and month."""
        column = self.form.columns.get("period")
        if column is None:
            return self.dates
        shown_order = day_first(self._table.content(row, column) for row in self.form.body)
        order = self.dates.day_first if shown_order is None else shown_order
        return MonthReader(self.dates.calendar, order)
