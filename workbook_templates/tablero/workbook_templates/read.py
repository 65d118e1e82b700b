"""Reading a workbook back: the definition with people's edits, their figures, and every problem."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, cast, get_args

import numpy as np
from pydantic import ValidationError

from tablero.workbook_templates import cells, store
from tablero.workbook_templates.definition import Definition, Input
from tablero.workbook_templates.dialects import DialectName
from tablero.workbook_templates.edits import code_of, edited
from tablero.workbook_templates.figures import MONTHS_HELD, Figures
from tablero.workbook_templates.grid import Book, Cell, Value
from tablero.workbook_templates.layout import STORE_SHEET
from tablero.workbook_templates.okrs.reading import CheckInCells, read_as_of, read_check_ins
from tablero.workbook_templates.opening import notes, opened_workbook
from tablero.workbook_templates.periods import (
    KINDS,
    MONTHS_A_YEAR,
    Calendar,
    Kind,
    Month,
    Period,
)
from tablero.workbook_templates.places import FigureCells, figure_cells
from tablero.workbook_templates.problems import Problem, ProblemsError
from tablero.workbook_templates.records import (
    RecordCells,
    Records,
    changed_since_closing,
    read_records,
)
from tablero.workbook_templates.registers.reading import read_registers
from tablero.workbook_templates.source import Source
from tablero.workbook_templates.texts import LANGUAGES
from tablero.workbook_templates.validation import check_definition
from tablero.workbook_templates.validation.called import with_names

_COMPUTED = (
    "inputs_period", "inputs_filled", "inputs_previous", "inputs_to_year",
    "scorecard_value", "scorecard_goal", "scorecard_achievement", "scorecard_assessment",
    "scorecard_coverage",
)  # fmt: skip
_COMPUTED_OKRS = (
    "okrs_current", "okrs_progress", "okrs_expected", "okrs_status", "okrs_confidence",
    "okrs_checked",
)  # fmt: skip
_SHOWN = 40
REGISTERS_SINCE = 3
"""The first schema whose workbooks have registers."""


@dataclass(frozen=True)
class ValueReading:
    """What a workbook says of figures: a definition with edits, figures, the period, problems."""

    definition: Definition
    figures: Figures
    period: Period
    language: str
    dialect: DialectName
    schema: int
    """Of the workbook: what it holds and where; Tablero's present one is that of :mod:`store`."""
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Reading(ValueReading):
    """All that a workbook says: its records, too, and whether its formulas are still there."""

    places: FigureCells = field(repr=False, compare=False)
    records: Records = field(repr=False)
    record_cells: RecordCells = field(repr=False, compare=False)
    check_in_cells: CheckInCells = field(repr=False, compare=False)


def read_workbook(path: Path, *, today: date | None = None) -> Reading:
    """Read a scorecard workbook that people have worked on.

    Parameters
    ----------
    path
        An ``.xlsx`` or ``.xlsm`` file that Tablero made, in whatever state.
    today
        Figures for months that begin after this day are told as problems; by default the real one.

    Returns
    -------
    Reading
        Whatever could be read; cells that could not count as missing and are among the problems.

    Raises
    ------
    ProblemsError
        The file is no workbook, is damaged or encrypted, is not a scorecard, or is too new.
    """
    with opened_workbook(path) as book:
        reading = read_cells(book, path.name, today=today)
    noted = tuple(one.at(file=path.name) for one in notes(path))
    return replace(reading, problems=(*noted, *reading.problems))


def read_cells(book: Book, name: str, *, today: date | None = None) -> Reading:
    """Read a scorecard from its cells, wherever they come from.

    Parameters
    ----------
    book
        The cells of the workbook, from a file or from the program in which it is open.
    name
        The name of the workbook's file, by which problems call it.
    today
        Figures for months that begin after this day are told as problems; by default the real one.

    Returns
    -------
    Reading
        Whatever could be read; cells that could not count as missing and are among the problems.

    Raises
    ------
    ProblemsError
        The workbook is not a scorecard, or is too new.
    """
    with _told_of(name):
        reading = _reading(Source(book), today or _today())
    return replace(reading, problems=tuple(one.at(file=name) for one in reading.problems))


def read_values(book: Book, name: str, *, today: date | None = None) -> ValueReading:
    """Read what a scorecard is scored from, as :func:`read_cells` does, and nothing else.

    Registers, check-ins and closed months are left alone, and nobody asks whether formulas are
    still there; so values are enough, whoever hands them over.
    """
    with _told_of(name):
        source = Source(book)
        reading, _ = _values(source, *_memory(source), today or _today())
        problems = (*source.problems, *_checked(source, reading))
    return replace(reading, problems=tuple(one.at(file=name) for one in problems))


@contextmanager
def _told_of(name: str) -> Iterator[None]:
    """What is refused is told with the name of the file."""
    try:
        yield
    except ProblemsError as refused:
        raise ProblemsError(problem.at(file=name) for problem in refused.problems) from None


def _today() -> date:
    """The user's own day, not that of a time zone far away."""
    return datetime.now().astimezone().date()


def _reading(source: Source, today: date) -> Reading:
    head, body = _memory(source)
    values, places = _values(source, head, body, today)
    definition, language = values.definition, values.language
    _overwritten(source, definition)
    records, record_cells = read_records(source, values.schema)
    check_in_cells = CheckInCells()
    if definition.okrs:
        check_ins, check_in_cells = read_check_ins(source, definition, language, today)
        records = replace(records, check_ins=check_ins, as_of=read_as_of(source))
    if values.schema >= REGISTERS_SINCE:
        registers = read_registers(source, definition, language)
        records = replace(records, registers=registers)
    calendar = Calendar(definition.company.year, definition.company.fiscal_start_month)
    for problem in changed_since_closing(records, places, calendar):
        source.note(problem)
    checked = _checked(source, values)
    return Reading(
        **{one.name: getattr(values, one.name) for one in fields(values) if one.name != "problems"},
        places=places,
        records=records,
        record_cells=record_cells,
        check_in_cells=check_in_cells,
        problems=(*source.problems, *checked),
    )


def _values(
    source: Source, head: Mapping[str, object], body: dict[str, Any], today: date
) -> tuple[ValueReading, FigureCells]:
    definition = _definition(edited(source, body, _definition(body)))
    calendar = Calendar(definition.company.year, definition.company.fiscal_start_month)
    places = figure_cells(source, definition, calendar)
    reading = ValueReading(
        definition=definition,
        figures=FigureReader(source, definition, calendar, today).figures(places),
        period=period_shown(source, calendar),
        language=str(head["language"]),
        dialect=cast("DialectName", head["dialect"]),
        schema=int(str(head["schema"])),
        problems=(),
    )
    return reading, places


def _checked(source: Source, values: ValueReading) -> tuple[Problem, ...]:
    """What is wrong with the definition, told with the cells where it can be mended."""
    definition = values.definition
    found = with_names(check_definition(definition), definition, values.language)
    return tuple(map(source.located, found))


def _memory(source: Source) -> tuple[Mapping[str, object], dict[str, Any]]:
    """The hidden sheet's head and definition, whatever the sheet is called by now."""
    block = source.block(store.NAME)
    if block is None:
        raise ProblemsError([Problem("not_a_scorecard")])
    return restored([str(cell.value or "") for cell in block.cells()], block.sheet.title)


def restored(texts: Sequence[str], sheet: str) -> tuple[Mapping[str, object], dict[str, Any]]:
    """Head and definition from the texts of the hidden sheet, which is called ``sheet``.

    Raises
    ------
    ProblemsError
        They are damaged, or of a later version of Tablero.
    """
    damaged = ProblemsError([Problem("memory_damaged", sheet=sheet)])
    try:
        head, body = store.restore(texts)
    except ValueError:
        raise damaged from None
    schema = head.get("schema")
    is_known = head.get("language") in LANGUAGES and head.get("dialect") in get_args(DialectName)
    if not isinstance(schema, int) or not is_known:
        raise damaged
    if schema > store.WORKBOOK_SCHEMA:
        told = {"schema": schema, "known": store.WORKBOOK_SCHEMA}
        raise ProblemsError([Problem("schema_newer_workbook", values=told)])
    return head, body


def _definition(body: Mapping[str, Any]) -> Definition:
    try:
        return Definition.model_validate(body)
    except ValidationError:
        raise ProblemsError([Problem("memory_damaged", sheet=STORE_SHEET)]) from None


@dataclass(frozen=True)
class FigureReader:
    """Reads the figures of the Inputs sheet, by key and by date."""

    source: Source
    definition: Definition
    calendar: Calendar
    today: date

    def figures(self, cells_of: FigureCells) -> Figures:
        """The figures in those cells."""
        inputs = self.definition.inputs
        months = np.full((len(inputs), MONTHS_HELD), np.nan)
        last_year = np.full(len(inputs), np.nan)
        for position, one in enumerate(inputs):
            if one.id in cells_of.last_year:
                last_year[position] = self.source.figure(cells_of.last_year[one.id])
            for number in cells_of.headers:
                cell = cells_of.months.get((one.id, number))
                if cell is not None:
                    months[position, number + MONTHS_A_YEAR - 1] = self.figure(cell, one, number)
        return Figures(tuple(one.id for one in inputs), months, last_year)

    def figure(self, cell: Cell, one: Input, number: int) -> float:
        """A month's figure; what counts but looks odd is told as a warning."""
        if cell.value is None and not cell.is_formula:
            return np.nan
        value = self.source.figure(cell)
        month = self.calendar.month(number)
        if value < 0 and not one.negative:
            self.source.tell("cell_negative", cell, "warning", number=value, input=one.name)
        if not np.isnan(value) and month > (self.today.year, self.today.month):
            self.source.tell("cell_future", cell, "warning", input=one.name, month=month.code)
        return value


def _overwritten(source: Source, definition: Definition) -> None:
    """Computed cells in which somebody typed over the formula."""
    for name in (*_COMPUTED, *(_COMPUTED_OKRS if definition.okrs else ())):
        block, keys = source.block(name), source.block(f"{name.partition('_')[0]}_id")
        if block is None or keys is None:
            continue
        for cell in block.cells():
            typed = not cell.is_formula and cell.value is not None
            if typed and keys.in_row(cell.row).value:
                source.tell("formula_overwritten", cell, text=cells.cell_text(cell)[:_SHOWN])


def period_shown(source: Source, calendar: Calendar) -> Period:
    """The period chosen on Home; the year when the choice cannot be read."""
    year = calendar.period("year", MONTHS_A_YEAR)
    kind_block, month_block = source.block("home_kind"), source.block("home_month")
    if kind_block is None or month_block is None:
        return year
    kind = code_of(cells.cell_text(kind_block.first), KINDS, "period")
    number = _month_number(month_block.first.value, calendar)
    if kind is None or number is None:
        wrong = kind_block.first if kind is None else month_block.first
        source.tell("period_unreadable", wrong, text=cells.cell_text(wrong))
        return year
    return calendar.period(cast("Kind", kind), number)


def _month_number(value: Value, calendar: Calendar) -> int | None:
    if not isinstance(value, datetime):
        return None
    number = calendar.number(Month(value.year, value.month))
    return number if 1 <= number <= MONTHS_A_YEAR else None
