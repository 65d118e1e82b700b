"""Checking in: which key results are due, and check-ins appended to a user's workbook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from tablero.workbook_templates.change_log import entries, now, user
from tablero.workbook_templates.definition import Definition, LocalText
from tablero.workbook_templates.dialects import Dialect
from tablero.workbook_templates.editing.edits import Edit
from tablero.workbook_templates.editing.revision import Revision, revise
from tablero.workbook_templates.editing.sheet import cell_name
from tablero.workbook_templates.okrs.check_ins import CheckIn, labels
from tablero.workbook_templates.okrs.parts import KeyResult, Okr
from tablero.workbook_templates.okrs.reading import ENTRY
from tablero.workbook_templates.okrs.scoring import Span
from tablero.workbook_templates.periods import Calendar
from tablero.workbook_templates.problems import Problem, ProblemsError, has_errors
from tablero.workbook_templates.read import Reading
from tablero.workbook_templates.records import Change
from tablero.workbook_templates.replacing import Version
from tablero.workbook_templates.sheets.changes import moment

GRACE = timedelta(days=14)
"""How long after the end of a period its last word can still be said."""


@dataclass(frozen=True)
class Due:
    """A typed key result of a running period that waits for a check-in."""

    okr: Okr
    key_result: KeyResult
    newest: CheckIn | None
    """The newest check-in until the day; None before the first."""
    valued: CheckIn | None
    """The newest one with a value."""
    days: int
    """Since the newest check-in; before the first one, since the period began."""

    @property
    def value(self) -> float | None:
        """Where it stood when somebody last said so."""
        return self.valued.value if self.valued else None

    @property
    def owner(self) -> LocalText:
        """Who owes it: the key result's owner, else the objective's."""
        return self.key_result.owner or self.okr.owner


@dataclass(frozen=True)
class Told:
    """A check-in with the place in its source that says so; typed ones have none."""

    check_in: CheckIn
    origin: str = ""


@dataclass(frozen=True)
class Plan:
    """What is to be appended, by date, and what somebody should know of it."""

    told: tuple[Told, ...]
    unchanged: int
    """How many stand in the workbook already, word for word."""
    problems: tuple[Problem, ...]
    source: str = ""
    digest: str = ""


def due(reading: Reading, day: date) -> tuple[Due, ...]:
    """The key results for which a check-in is due on a day.

    Those whose value is typed, in a period that has begun and has not been over for more than two
    weeks, without a check-in that is recent on ``day`` or at the period's end.
    """
    return tuple(_due(reading, day))


def _due(reading: Reading, day: date) -> Iterator[Due]:
    company = reading.definition.company
    calendar = Calendar(company.year, company.fiscal_start_month)
    limit = reading.definition.policies.okr_status.outdated_after
    for okr in reading.definition.okrs:
        span = Span.of(calendar, okr.period)
        if not span.first <= day <= span.last + GRACE:
            continue
        for one in okr.key_results:
            said = _said(reading, one.id, day)
            newest = said[-1] if said else None
            days = (min(day, span.last) - (newest.day if newest else span.first)).days
            if one.is_typed and (newest is None or days >= limit):
                valued = [line for line in said if line.value is not None]
                yield Due(okr, one, newest, valued[-1] if valued else None, days)


def outdated(reading: Reading, today: date) -> Iterator[Problem]:
    """Key results whose check-in is older than it may be, with who owes it.

    Looked at on the day that the workbook looks at, else today.
    """
    for one in due(reading, reading.records.as_of or today):
        if one.days > reading.definition.policies.okr_status.outdated_after:
            told = {
                "name": one.key_result.name,
                "owner": one.owner or LocalText({"": "–"}),
                "period": one.okr.period,
                "days": one.days,
                "last": one.newest.day.isoformat() if one.newest else "–",
            }
            yield Problem("checkin_due", "warning", told)


def refuse_without_okrs(reading: Reading) -> None:
    """Refuse a workbook in which nobody can check in.

    Raises
    ------
    ProblemsError
        It has no objectives, or its sheet Check-ins is gone.
    """
    if not reading.definition.okrs:
        raise ProblemsError([Problem("checkin_no_okrs")])
    if not reading.check_in_cells.first:
        raise ProblemsError([Problem("checkin_no_sheet")])


def planned(reading: Reading, told: Sequence[Told], today: date) -> Plan:
    """What check-ins change in a workbook: those that it has already are left out."""
    known = set(reading.records.check_ins)
    fresh: dict[CheckIn, Told] = {}
    for one in sorted(told, key=lambda one: one.check_in.day):
        if one.check_in not in known:
            fresh.setdefault(one.check_in, one)
    new = tuple(fresh.values())
    problems = (*_Doubts(reading, new, today).all(), *_room(reading, len(new)))
    return Plan(new, len(told) - len(new), problems)


def applied(version: Version, reading: Reading, plan: Plan) -> Revision:
    """The next version of a workbook, with the check-ins below those that stand there.

    Raises
    ------
    ProblemsError
        A cell cannot be changed, the sheet is full, or the workbook has no log for the changes.
    """
    edits = edits_of(reading, plan)
    return revise(version, edits, calculates_itself=Dialect(reading.dialect).is_self_served)


def edits_of(reading: Reading, plan: Plan) -> list[Edit]:
    """The cells of the check-ins, and of the log of changes.

    Raises
    ------
    ProblemsError
        An error is among the plan's problems, or the workbook has no log.
    """
    if has_errors(plan.problems):
        raise ProblemsError(plan.problems)
    words = labels(reading.definition, reading.language)
    cells = reading.check_in_cells
    edits = []
    for offset, one in enumerate(plan.told):
        contents = _contents(one.check_in, words[one.check_in.key_result])
        for column, content in zip(ENTRY, contents, strict=True):
            first = cells.first[column]
            if content is not None:
                edits.append(Edit(first.sheet, (cells.next_row + offset, first.column), content))
    return [*edits, *entries(reading, list(_changes(reading, plan)))]


def _contents(one: CheckIn, label: str) -> tuple[float | str | None, ...]:
    day = moment(datetime(one.day.year, one.day.month, one.day.day))  # noqa: DTZ001 - a cell's
    return day, label, one.value, one.confidence, one.note or None


def _changes(reading: Reading, plan: Plan) -> Iterator[Change]:
    when, who = now(), user()
    latest = {
        key: said[-1].value
        for key in {one.check_in.key_result for one in plan.told}
        if (said := [line for line in _said(reading, key) if line.value is not None])
    }
    for offset, one in enumerate(plan.told):
        line = one.check_in
        yield Change(
            when=when,
            who=who,
            action="check_in",
            month=f"{line.day:%Y-%m}",
            input=line.key_result,
            former=latest.get(line.key_result),
            new=line.value,
            cell=place(reading, offset),
            source=f"{plan.source} {one.origin}".strip(),
            digest=plan.digest,
        )
        if line.value is not None:
            latest[line.key_result] = line.value


def place(reading: Reading, offset: int) -> str:
    """The cell in which a new check-in begins: ``Check-ins!A12``."""
    cells = reading.check_in_cells
    first = cells.first["day"]
    return f"{first.sheet}!{cell_name((cells.next_row + offset, first.column))}"


def _said(reading: Reading, key: str, until: date = date.max) -> list[CheckIn]:
    """The check-ins of a key result by date; of a day the one that counts stands last."""
    lines = [one for one in reading.records.check_ins if one.key_result == key and one.day <= until]
    return sorted(lines, key=lambda one: one.day)


def _room(reading: Reading, count: int) -> Iterator[Problem]:
    cells = reading.check_in_cells
    room = cells.last_row + 1 - cells.next_row
    if count > room:
        yield Problem("checkin_full", values={"count": count, "room": room})


def is_full(reading: Reading) -> bool:
    """Whether the sheet Check-ins has no form left for all key results, or is gone."""
    cells = reading.check_in_cells
    needed = len(list(reading.definition.key_results()))
    return needed > 0 and (not cells.first or cells.last_row + 1 - cells.next_row < needed)


@dataclass(frozen=True)
class _Doubts:
    """What is wrong or odd in new check-ins."""

    reading: Reading
    told: Sequence[Told]
    today: date

    def all(self) -> Iterator[Problem]:
        """Every problem, in the order of the check-ins."""
        definition = self.reading.definition
        spans = {one.id: span for span, one in _spans(definition)}
        ones = {one.id: one for one in definition.key_results()}
        days: set[tuple[str, date]] = set()
        for one in self.told:
            key, day = one.check_in.key_result, one.check_in.day
            found = (*self._impossible(one, ones[key]), *self._odd(one, spans[key], days))
            name = {"name": ones[key].name, "day": day.isoformat()}
            for problem in found:
                yield replace(problem, values={**name, **problem.values}, cell=one.origin)
            days.add((key, day))
        yield from self._unseen()

    def _impossible(self, one: Told, key_result: KeyResult) -> Iterator[Problem]:
        value, confidence = one.check_in.value, one.check_in.confidence
        if value is not None and not key_result.is_typed:
            yield Problem("checkin_follows")
        elif value is not None and key_result.kind == "milestone" and not 0 <= value <= 1:
            yield Problem("checkin_milestone", values={"value": f"{value:.12g}"})
        if confidence is not None and not 0 <= confidence <= 1:
            yield Problem("check_in_confidence", values={"number": f"{confidence:.12g}"})

    def _odd(self, one: Told, span: Span, days: set[tuple[str, date]]) -> Iterator[Problem]:
        key, day = one.check_in.key_result, one.check_in.day
        said = _said(self.reading, key)
        if day > self.today:
            yield Problem("checkin_ahead", "warning")
        if day < span.first:
            yield Problem("checkin_early", "warning", {"first": span.first.isoformat()})
        if (key, day) in days or any(line.day == day for line in said):
            yield Problem("checkin_same_day", "warning")
        elif said and day < said[-1].day:
            yield Problem("checkin_older", "warning", {"last": said[-1].day.isoformat()})

    def _unseen(self) -> Iterator[Problem]:
        """Check-ins after the day that somebody chose to look at."""
        as_of = self.reading.records.as_of
        count = sum(one.check_in.day > as_of for one in self.told) if as_of else 0
        if as_of and count:
            told = {"count": count, "as_of": as_of.isoformat()}
            yield Problem("checkin_unseen", "warning", told)


def _spans(definition: Definition) -> Iterator[tuple[Span, KeyResult]]:
    calendar = Calendar(definition.company.year, definition.company.fiscal_start_month)
    for okr in definition.okrs:
        for one in okr.key_results:
            yield Span.of(calendar, okr.period), one
