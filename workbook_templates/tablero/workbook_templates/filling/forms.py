"""The form of a table: in which row its heads stand, and what each of its columns holds.

Three forms are known: *long* (a line a figure), *wide* (a line an input, a column a month) and
*turned* (a line a month, a column an input).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from tablero.workbook_templates.filling.amounts import taken_apart
from tablero.workbook_templates.filling.inputs import InputNames
from tablero.workbook_templates.filling.months import MonthReader, day_first
from tablero.workbook_templates.filling.tables import Content, Table
from tablero.workbook_templates.filling.words import BESIDE, Role, bare, roles
from tablero.workbook_templates.periods import Month

_ROWS_ABOVE = 40
"""How many rows may stand above the heads: titles, a logo, who exported it."""
_PAIR, _TRIPLE = 2, 3
_ONCE = ("period", "value")
"""Of several columns of these nobody knows which is meant; of names the first is."""


@dataclass(frozen=True)
class Form:
    """What the columns of a table hold, by their numbers from 0."""

    table: Table
    head: int
    """The row of the heads."""
    columns: Mapping[Role, int]
    months: Mapping[int, Month] = field(default_factory=dict)
    """Columns of months; only the wide form has them."""
    inputs: Mapping[int, str] = field(default_factory=dict)
    """Columns of inputs, by their ids; only the turned form has them."""
    repeated: Sequence[tuple[int, int]] = ()
    """Columns that say they hold the same, in pairs."""

    @property
    def body(self) -> range:
        """The rows below the heads."""
        return range(self.head + 1, len(self.table.rows))

    @property
    def heads(self) -> Mapping[int, Content]:
        """The heads of the columns that have no role."""
        taken = set(self.columns.values())
        row = self.table.rows[self.head]
        return {column: one for column, one in enumerate(row) if column not in taken}

    @property
    def first_name(self) -> int:
        """The column by which inputs are told: their id, else their name."""
        return self.columns.get("input", self.columns.get("name", 0))

    @cached_property
    def unknown(self) -> Sequence[int]:
        """Columns of the wide and turned form with a head that says nothing, yet with content."""
        if not self.months and not self.inputs:
            return ()
        return [
            column
            for column in self.heads
            if column not in {*self.months, *self.inputs}
            and bare(self.table.label(self.head, column)) not in BESIDE | roles().keys()
            and any(self.table.label(row, column) for row in self.body)
        ]


@dataclass(frozen=True)
class FormFinder:
    """Finds the form of tables for a workbook's inputs and calendar."""

    names: InputNames
    months: MonthReader
    one_month: bool
    """Whether the month of all figures is known already, so that no column needs to say it."""

    def form(self, table: Table) -> Form | None:
        """The form of a table, by the first row that can be its heads."""
        for row in range(min(_ROWS_ABOVE, len(table.rows))):
            form = self._form(table, row)
            if form is not None:
                return form
        return None

    def _form(self, table: Table, row: int) -> Form | None:
        columns, repeated = _roles(table, row)
        form = Form(table, row, columns, repeated=repeated)
        if {"input", "name"} & columns.keys():
            is_long = "value" in columns and ("period" in columns or self.one_month)
            return form if is_long else self._wide(form)
        if "period" in columns:
            return self._turned(form)
        return self._headless(form) or (self._turned(form) if self.one_month else None)

    def _headless(self, form: Form) -> Form | None:
        """The long form without heads, as its first line shows: input, perhaps period, amount."""
        cells = form.table.rows[form.head]
        if not cells or not isinstance(cells[0], str) or not self.names.sure(cells[0]):
            return None
        above = replace(form, head=form.head - 1)
        if len(cells) == _PAIR and self.one_month and _is_amount(cells[1]):
            return replace(above, columns={"name": 0, "value": 1})
        is_long = len(cells) == _TRIPLE and not isinstance(cells[1], float)
        if is_long and self.months.read(cells[1]) and _is_amount(cells[2]):
            return replace(above, columns={"name": 0, "period": 1, "value": 2})
        return None

    def _wide(self, form: Form) -> Form | None:
        heads = form.heads
        order = day_first(heads.values())
        reader = MonthReader(self.months.calendar, order)
        months = {
            column: month
            for column, content in heads.items()
            if (month := reader.read(content)) is not None
        }
        return replace(form, months=months) if months else None

    def _turned(self, form: Form) -> Form | None:
        inputs = {
            column: found
            for column, content in form.heads.items()
            if isinstance(content, str) and (found := self.names.sure(content))
        }
        return replace(form, inputs=inputs) if inputs else None


def _is_amount(content: Content) -> bool:
    return isinstance(content, float) or (
        isinstance(content, str) and taken_apart(content) is not None
    )


def _roles(table: Table, row: int) -> tuple[Mapping[Role, int], Sequence[tuple[int, int]]]:
    """The first column of each role, and those that repeat one."""
    columns: dict[Role, int] = {}
    repeated = []
    for column, content in enumerate(table.rows[row]):
        role = roles().get(bare(content)) if isinstance(content, str) else None
        if role is not None and columns.setdefault(role, column) != column and role in _ONCE:
            repeated.append((columns[role], column))
    return columns, repeated
