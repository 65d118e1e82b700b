"""What owners are asked to fill in: the figures that they owe, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from tablero.workbook_templates.definition import Company, Input, LocalText
from tablero.workbook_templates.export import unit_text
from tablero.workbook_templates.filling.months import MonthReader
from tablero.workbook_templates.filling.words import bare
from tablero.workbook_templates.owing import input_owners, owed
from tablero.workbook_templates.periods import MONTHS_A_YEAR, Calendar, Month, Period
from tablero.workbook_templates.problems import Problem, ProblemsError
from tablero.workbook_templates.read import Reading


@dataclass(frozen=True)
class Line:
    """An input with the months in which its figure is missing."""

    input: Input
    owner: str
    unit: str
    months: tuple[Month, ...]


@dataclass(frozen=True)
class FillIn:
    """What one owner, or all of them, are asked for."""

    company: Company
    calendar: Calendar
    language: str
    owner: str
    """Empty where all owners are asked."""
    period: Period
    lines: Sequence[Line]

    @cached_property
    def months(self) -> Sequence[Month]:
        """Every month of which anything is owed, in order."""
        return sorted({month for line in self.lines for month in line.months})

    @property
    def count(self) -> int:
        """How many figures are owed."""
        return sum(len(line.months) for line in self.lines)


def fill_in(
    reading: Reading, *, owner: str = "", period: str = "", language: str | None = None
) -> FillIn:
    """What is owed to a workbook.

    Parameters
    ----------
    reading
        The workbook.
    owner
        An owner's name in any language; without it all of them.
    period
        A month in any form, or a period such as ``2026-Q1``; without it the year as far as anybody
        has given figures. Months that are closed are left out.
    language
        Of names and units; without it the workbook's own.

    Raises
    ------
    ProblemsError
        There is no such owner, or no such period.
    """
    language = language or reading.language
    company = reading.definition.company
    calendar = Calendar(company.year, company.fiscal_start_month)
    span = _period(period, calendar)
    names = _owner(reading, owner) if owner else None
    return FillIn(
        company=company,
        calendar=calendar,
        language=language,
        owner=names.in_language(language) if names else "",
        period=span,
        lines=_lines(reading, calendar, span, names, language),
    )


def _period(code: str, calendar: Calendar) -> Period:
    if not code:
        return calendar.period("year", MONTHS_A_YEAR)
    month = MonthReader(calendar).read(code)
    if month is not None and 1 <= calendar.number(month) <= MONTHS_A_YEAR:
        return calendar.period("month", calendar.number(month))
    return calendar.parse(code)


def _owner(reading: Reading, text: str) -> LocalText:
    """The owner whom a text names in any language."""
    owners = [one for one in input_owners(reading.definition).values() if any(one.values())]
    for one in owners:
        if bare(text) in map(bare, one.values()):
            return one
    names = {one.in_language(reading.language): None for one in owners}
    told = {"owner": text, "owners": ", ".join(names) or "–"}
    raise ProblemsError([Problem("owner_unknown", values=told)])


def _lines(
    reading: Reading,
    calendar: Calendar,
    span: Period,
    owner: LocalText | None,
    language: str,
) -> Sequence[Line]:
    company, closed = reading.definition.company, reading.records.closed
    lines = []
    for debt in owed(reading.definition, reading.figures, span):
        months = _open(map(calendar.month, debt.months), closed)
        if months and (owner is None or _is_same(owner, debt.owner)):
            unit = unit_text(debt.input.unit, company, language)
            lines.append(Line(debt.input, debt.owner.in_language(language), unit, months))
    return sorted(lines, key=lambda line: line.owner.casefold())


def _open(months: Iterable[Month], closed: Mapping[Month, object]) -> tuple[Month, ...]:
    return tuple(month for month in months if month not in closed)


def _is_same(one: LocalText, other: LocalText) -> bool:
    return bool(set(map(bare, one.values())) & set(map(bare, other.values())))
