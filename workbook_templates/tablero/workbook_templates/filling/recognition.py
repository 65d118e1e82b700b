"""From a source to figures: which input, which month, what amount each cell means."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property

from tablero.workbook_templates.filling import amounts
from tablero.workbook_templates.filling.delivery import Delivery, Figure
from tablero.workbook_templates.filling.forms import Form, FormFinder
from tablero.workbook_templates.filling.inputs import InputNames
from tablero.workbook_templates.filling.months import (
    MonthReader,
    is_ambiguous,
    is_close,
    usual_order,
)
from tablero.workbook_templates.filling.rows import Lines, Place, some
from tablero.workbook_templates.filling.tables import Content, Lost, Source, refusal, shown
from tablero.workbook_templates.periods import Calendar, Month
from tablero.workbook_templates.problems import Problem, ProblemsError
from tablero.workbook_templates.read import Reading


@dataclass(frozen=True)
class Wish:
    """What somebody says of a source, because it does not say so itself."""

    month: str = ""
    """The month of all its figures; where it holds several, the one to take."""
    decimal: amounts.Mark | None = None
    sheet: str = ""


NO_WISH = Wish()


def delivered(source: Source, reading: Reading, wish: Wish = NO_WISH) -> Delivery:
    """The figures that a source holds for a workbook.

    Parameters
    ----------
    source
        What was read from a file or a database.
    reading
        The workbook, which knows its inputs by id and by name, and its year.
    wish
        What is said of the source where it does not say so itself.

    Returns
    -------
    Delivery
        Its figures, each once, and everything in it that could not be understood.

    Raises
    ------
    ProblemsError
        None of its tables has a form that is known, or the month asked for is none.
    """
    calendar = Calendar(
        reading.definition.company.year, reading.definition.company.fiscal_start_month
    )
    dates = MonthReader(calendar, usual_order(reading.language))
    month = _asked(wish.month, dates)
    names = InputNames.of(reading.definition)
    finder = FormFinder(names, dates, one_month=month is not None)
    form, others = _chosen(source, finder, wish.sheet)
    lines = Lines(source, form, names, dates, month)
    figures = tuple(_once(_Amounts(lines, wish.decimal).figures(), lines))
    problems = [*_doubts(source, form, others, names), *lines.problems, *lines.left_out()]
    if not figures and not any(one.severity == "error" for one in problems):
        problems.append(Problem("source_no_figures", file=source.name))
    return Delivery(source.name, source.digest, figures, tuple(problems))


def _asked(text: str, dates: MonthReader) -> Month | None:
    """The month that somebody asked for."""
    if not text:
        return None
    month = dates.numbered(text)
    if month is None or not dates.is_held(month):
        example = dates.calendar.month(3).code
        told = {"text": shown(text), "year": dates.calendar.label, "month": example}
        raise ProblemsError([Problem("fill_month_unknown", values=told)])
    return month


def _chosen(source: Source, finder: FormFinder, sheet: str) -> tuple[Form, Sequence[str]]:
    """The form of the first table that has one, and the sheets that would do as well."""
    tables = [one for one in source.tables if not sheet or one.sheet.casefold() == sheet.casefold()]
    if not tables:
        there = some([one.sheet for one in source.tables if one.sheet]) or "–"
        raise refusal("source_no_sheet", source.name, sheet=sheet, sheets=there)
    forms = [form for table in tables if (form := finder.form(table)) is not None]
    if not forms:
        raise refusal("source_no_form", source.name)
    return forms[0], [form.table.sheet for form in forms[1:]]


def _doubts(
    source: Source, form: Form, others: Sequence[str], names: InputNames
) -> Iterator[Problem]:
    """What somebody should know of the form before trusting it."""
    if others:
        told = {"sheet": form.table.sheet, "others": some(others)}
        yield Problem("source_other_sheets", "warning", told, file=source.name)
    for _, second in form.repeated:
        head = form.table.label(form.head, second)
        yield source.problem("source_two_columns", form.table, form.head, second, text=head)
    yield from _odd_columns(source, form, names)


def _odd_columns(source: Source, form: Form, names: InputNames) -> Iterator[Problem]:
    """Columns with content of which nobody knows what it holds; one almost known is an error."""
    foreign = []
    for column in form.unknown:
        code, close = _almost(form, column, names)
        head = form.table.label(form.head, column)
        if code:
            said = {"text": head, "name": head, "close": close or ""}
            yield source.problem(code, form.table, form.head, column, **said)
        else:
            foreign.append((column, head or "–"))
    if foreign:
        (first, _), heads = foreign[0], [head for _, head in foreign]
        told: dict[str, object] = {"count": len(heads), "names": some(heads)}
        problem = source.problem("source_column_unknown", form.table, form.head, first, **told)
        yield replace(problem, severity="warning")


def _almost(form: Form, column: int, names: InputNames) -> tuple[str, str | None]:
    """What a column's head almost says, as the code of a problem, and what it comes close to."""
    head = form.table.label(form.head, column)
    close = names.close(head) if form.inputs else None
    if close:
        return "source_input_close", close
    if is_ambiguous(head):
        return "source_date", None
    return ("source_no_month" if form.months and is_close(head) else ""), None


def _once(figures: Iterator[tuple[Figure, Place]], lines: Lines) -> Iterator[Figure]:
    """Each figure once; the same input and month with another value is a problem."""
    first: dict[tuple[str, Month], Figure] = {}
    for figure, place in figures:
        before = first.setdefault((figure.input, figure.month), figure)
        if before is figure:
            yield figure
        elif before.value != figure.value:
            told = {"input": figure.input, "month": figure.month.code, "first": before.origin}
            values = {"former": f"{before.value:.12g}", "new": f"{figure.value:.12g}"}
            lines.tell("source_contradiction", place, **told, **values)


@dataclass(frozen=True)
class _Amounts:
    """Reads the amounts of a table's cells."""

    lines: Lines
    said: amounts.Mark | None
    """The decimal mark, where somebody says it."""

    def figures(self) -> Iterator[tuple[Figure, Place]]:
        """Every figure with its place; what is none is noted as a problem."""
        table = self.lines.form.table
        for place in self.lines.places:
            amount = self._amount(place, table.content(place.row, place.column))
            if amount is not None:
                origin = table.origin(place.row, place.column)
                yield Figure(place.input, place.month, amount, origin), place

    @cached_property
    def _mark(self) -> amounts.Mark | None:
        """The decimal mark, as it was said, or as all the figures together show it."""
        table = self.lines.form.table
        contents = (table.content(place.row, place.column) for place in self.lines.places)
        parts = (amounts.taken_apart(one) for one in contents if isinstance(one, str))
        return self.said or amounts.decimal_mark(filter(None, parts))

    def _amount(self, place: Place, content: Content) -> float | None:
        if isinstance(content, str):
            return self._meant(content, place)
        if isinstance(content, float) and math.isfinite(content):
            return content
        self.lines.tell(_no_number(content), place, text=shown(content))
        return None

    def _meant(self, text: str, place: Place) -> float | None:
        parts = amounts.taken_apart(text)
        if parts is None:
            code = "source_error" if text.startswith("#") else "source_text"
            self.lines.tell(code, place, text=shown(text))
            return None
        value = parts.value(self._mark) if self.said is None else parts.with_mark(self.said)
        if value is None:
            code = "source_decimal" if self._mark is None else "source_marks"
            self.lines.tell(code, place, text=shown(text))
        return value


def _no_number(content: Content) -> str:
    match content:
        case Lost():
            return "source_uncalculated"
        case datetime() | date() | time() | timedelta():
            return "source_is_date"
        case _:
            return "source_text"
