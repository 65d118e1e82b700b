"""How objectives and key results stand on a day: values, progress, confidence and status."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any, Literal

import numpy as np

from tablero.udfs.errors import CellError
from tablero.udfs.okr import okr_progress, okr_score
from tablero.udfs.okr_status import okr_status
from tablero.workbook_templates.definition import Definition
from tablero.workbook_templates.figures import Figures
from tablero.workbook_templates.okrs.check_ins import CheckIn
from tablero.workbook_templates.okrs.parts import KeyResult, Okr, StatusBounds
from tablero.workbook_templates.periods import Calendar, Month, Period
from tablero.workbook_templates.values import InputValues, input_values, kpi_values

Status = Literal["", "off_track", "at_risk", "on_track", "outdated"]

_CODES: tuple[Status, ...] = ("off_track", "at_risk", "on_track")
_STATUSES: Mapping[str, Status] = {**{str(one): one for one in _CODES}, "outdated": "outdated"}
_NO_BOUNDS = StatusBounds(aspirational=0, committed=0, confidence=0)
"""Of the status that counts where no other does."""


@dataclass(frozen=True)
class KeyResultScore:
    """A key result on a day; None where nothing is known."""

    key_result: KeyResult
    current: float | None
    progress: float | None
    expected: float
    confidence: float | None
    checked: date | None
    """The day of the newest check-in."""
    days: int | None
    """How old that is, where one is due; without any check-in since the period began."""
    status: Status
    is_outdated: bool
    """Whether a check-in is due."""


@dataclass(frozen=True)
class OkrScore:
    """An objective on a day, scored from its key results."""

    okr: Okr
    score: float | None
    expected: float | None
    confidence: float | None
    days: int | None
    status: Status
    is_outdated: bool
    key_results: tuple[KeyResultScore, ...]


@dataclass(frozen=True)
class Span:
    """The first and the last day of a quarter or a year."""

    first: date
    last: date

    @classmethod
    def of(cls, calendar: Calendar, code: str) -> Span:
        """The days of a period such as ``2026-Q1``."""
        period = calendar.parse(code)
        return cls(month_start(calendar, period.first), month_end(calendar, period.last))

    def elapsed(self, day: date) -> float:
        """Share of its days that are over in the evening of ``day``, from 0 to 1.

        >>> Span(date(2026, 1, 1), date(2026, 3, 31)).elapsed(date(2026, 2, 14))
        0.5
        """
        days = (self.last - self.first).days + 1
        return min(1.0, max(0.0, ((day - self.first).days + 1) / days))


def month_start(calendar: Calendar, number: int) -> date:
    """The first day of a fiscal month."""
    return date(*calendar.month(number), 1)


def month_end(calendar: Calendar, number: int) -> date:
    """The last day of a fiscal month."""
    return month_start(calendar, number + 1) - timedelta(days=1)


@dataclass(frozen=True)
class OkrScores:
    """All objectives of a company on one day."""

    definition: Definition
    figures: Figures
    check_ins: Sequence[CheckIn] = ()
    chosen: date | None = None
    """The day on which to look; without it that of the newest check-in or figure."""

    @property
    def calendar(self) -> Calendar:
        """The fiscal year."""
        company = self.definition.company
        return Calendar(company.year, company.fiscal_start_month)

    @cached_property
    def as_of(self) -> date:
        """The day on which they are looked at."""
        if self.chosen:
            return self.chosen
        year = Span.of(self.calendar, str(self.calendar.year))
        latest = self.figures.latest_month
        days = [one.day for one in self.check_ins if year.first <= one.day <= year.last]
        return max([year.first, *days, *([month_end(self.calendar, latest)] if latest else [])])

    @cached_property
    def okrs(self) -> tuple[OkrScore, ...]:
        """Every objective, in the order of the definition."""
        return tuple(map(self._okr, self.definition.okrs))

    def span(self, okr: Okr) -> Span:
        """The days of an objective's period."""
        return Span.of(self.calendar, okr.period)

    def until(self, code: str) -> Period:
        """The months of a period that have begun; none has where the period lies ahead."""
        period = self.calendar.parse(code)
        begun = self.calendar.number(Month(self.as_of.year, self.as_of.month))
        return Period(period.kind, period.first, max(period.first - 1, min(period.last, begun)))

    @cached_property
    def inputs(self) -> Mapping[str, InputValues]:
        """What every input comes to in each period so far, by the period's code."""
        codes = {okr.period for okr in self.definition.okrs}
        return {
            code: input_values(self.definition, self.figures, [self.until(code)]) for code in codes
        }

    @cached_property
    def _kpis(self) -> Mapping[str, Mapping[str, float]]:
        ids = [kpi.id for kpi in self.definition.kpis()]
        return {
            code: dict(zip(ids, kpi_values(self.definition, values)[:, 0], strict=True))
            for code, values in self.inputs.items()
        }

    def _okr(self, okr: Okr) -> OkrScore:
        rows = tuple(self._key_result(okr, one) for one in okr.key_results)
        weights = [one.weight for one in okr.key_results]
        progress = _known(okr_score, [one.progress for one in rows], weights)
        expected = _known(okr_score, [one.expected for one in rows], weights)
        confidence = _known(okr_score, [one.confidence for one in rows], weights)
        days = max((one.days for one in rows if one.days is not None), default=None)
        status = self._status(progress, expected, okr.commitment, confidence, days)
        is_late = self._is_late(days)
        return OkrScore(okr, progress, expected, confidence, days, status, is_late, rows)

    def _key_result(self, okr: Okr, one: KeyResult) -> KeyResultScore:
        span, said = self.span(okr), list(self._said(one))
        current = self._current(okr, one, said)
        start, target, upper = one.numbers
        progress = _known(okr_progress, start, current, target, one.kind, upper)
        elapsed = span.elapsed(self.as_of)
        expected = elapsed if one.kind != "milestone" else float(elapsed == 1)
        beliefs = [line for line in said if _is_share(line.confidence)]
        confidence = _newest(beliefs).confidence if beliefs else one.confidence
        checked = max((line.day for line in said), default=None)
        days = self._days(span, checked) if one.is_typed else None
        status = self._status(progress, expected, okr.commitment, confidence, days)
        is_late = self._is_late(days)
        return KeyResultScore(
            one, current, progress, expected, confidence, checked, days, status, is_late
        )

    def _is_late(self, days: int | None) -> bool:
        return days is not None and days > self.definition.policies.okr_status.outdated_after

    def _said(self, one: KeyResult) -> Iterable[CheckIn]:
        """The check-ins of a key result until the as-of date."""
        return (
            line for line in self.check_ins if line.key_result == one.id and line.day <= self.as_of
        )

    def _current(self, okr: Okr, one: KeyResult, said: Sequence[CheckIn]) -> float | None:
        if one.kpi is not None:
            return _number(self._kpis[okr.period][one.kpi])
        if one.input is not None:
            row = self.figures.ids.index(one.input)
            return _number(self.inputs[okr.period].current[row, 0])
        told = [line for line in said if line.value is not None]
        return _newest(told).value if told else None

    def _days(self, span: Span, checked: date | None) -> int | None:
        """Days since the newest check-in; none is due before the period nor after its end."""
        until = min(self.as_of, span.last)
        if checked is None:
            return (until - span.first).days if until >= span.first else None
        return max(0, (until - checked).days)

    def _status(
        self,
        progress: float | None,
        expected: float | None,
        commitment: str,
        confidence: float | None,
        days: int | None,
    ) -> Status:
        limit = self.definition.policies.okr_status.outdated_after
        asked = (progress, expected, commitment, confidence, days, limit, self._grades)
        try:
            return _STATUSES.get(str(okr_status(*asked)), "")
        except CellError:
            return ""

    @cached_property
    def _grades(self) -> tuple[tuple[float | str, ...], ...]:
        """The bounds of each status, with its code, and that which it has when outdated."""
        policies = self.definition.policies.okr_status
        bounds = (_NO_BOUNDS, policies.at_risk, policies.on_track)
        return tuple(
            (*one.model_dump().values(), code, "outdated" if code == "on_track" else code)
            for one, code in zip(bounds, _CODES, strict=True)
        )


def _newest(lines: Sequence[CheckIn]) -> CheckIn:
    """The newest by date; of two on a day the later one."""
    return max(enumerate(lines), key=lambda one: (one[1].day, one[0]))[1]


def _is_share(number: float | None) -> bool:
    return number is not None and 0 <= number <= 1


def _known(function: Callable[..., Any], *cells: object) -> float | None:
    """What a cell function answers with; None for what is missing or cannot be computed."""
    try:
        answer = function(*cells)
    except CellError:
        return None
    return answer if isinstance(answer, float | int) else None


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
