"""How the action plans stand: which KPIs owe one, and what each line comes to."""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from tablero.workbook_templates import styles, vectorised
from tablero.workbook_templates.definition import Band, Definition, Kpi
from tablero.workbook_templates.periods import MONTHS_A_YEAR
from tablero.workbook_templates.registers.parts import STATUSES, Entry, Line, is_open
from tablero.workbook_templates.vectorised import Floats

FLAGS = ("empty", "unknown", "day", "order", "late", "cost")
"""What can be said of a line, the gravest first."""
_RED, _AMBER = "▼", "◆"
_NOTE = 1e-9
"""A KPI further down the scorecard comes later among those that achieve the same."""


@dataclass(frozen=True)
class Standing:
    """How a KPI stands in the period shown, and whether anything is done about it."""

    kpi: Kpi
    number: int
    """Its place on the scorecard, from 1."""
    achievement: float
    """A fraction; NaN where it is not known."""
    position: int
    """The place of its band among the bands, from 1; 0 where there is no achievement."""
    open: int
    """Actions about it that are still to be finished."""
    noted: int
    """Actions about it that have a note."""
    is_pinned: bool
    """Whether a note is pinned to its row."""
    owes: bool
    """Whether its band asks for an action and none is open."""
    is_bare: bool
    """Whether it is red and nobody says why."""

    @property
    def order(self) -> float:
        """The worst first."""
        return self.achievement + self.number * _NOTE


@dataclass(frozen=True)
class Judged:
    """What a line of the register comes to."""

    line: Line
    kpi: int
    """The number of its KPI; 0 where there is none."""
    plan: int
    """The number of the band whose plan it follows; 0 where nothing says."""
    due: Entry | None
    flags: tuple[bool, ...]
    """In the order of :data:`FLAGS`."""

    @property
    def is_open(self) -> bool:
        """Whether it is still to be finished."""
        return is_said(self.line) and is_open(self.line)

    @property
    def remark(self) -> str:
        """The gravest flag; empty where all is well."""
        return next((flag for flag, is_up in zip(FLAGS, self.flags, strict=True) if is_up), "")


def is_said(line: Line) -> bool:
    """Whether a line says what is to be done, or about which KPI."""
    return bool(line.get("what") or line.get("kpi") or line.get("cause"))


@dataclass(frozen=True)
class Actions:
    """The action plans of a company in a period.

    Parameters
    ----------
    definition
        Whose KPIs and bands there are.
    lines
        The register.
    achievements : (KPIs,)
        Of the period shown, in the order of the scorecard; NaN is missing.
    until
        The first day after the period, as far as it has figures; what is due before is late.
    pinned
        The KPIs to whose row a note is pinned.
    """

    definition: Definition
    lines: Sequence[Line]
    achievements: Floats
    until: date | None
    pinned: Collection[str] = ()

    @cached_property
    def judged(self) -> tuple[Judged, ...]:
        """Every line with what it comes to."""
        return tuple(map(self._judged, self.lines))

    @cached_property
    def standings(self) -> tuple[Standing, ...]:
        """Every KPI, in the order of the scorecard."""
        opened = Counter(one.kpi for one in self.judged if one.is_open)
        noted = Counter(one.kpi for one in self.judged if one.line.get("note"))
        return tuple(
            self._standing(number, kpi, opened[number], noted[number])
            for number, kpi in enumerate(self.definition.kpis(), start=1)
        )

    @cached_property
    def owing(self) -> tuple[Standing, ...]:
        """The KPIs that owe an action, the worst first."""
        return tuple(sorted((one for one in self.standings if one.owes), key=lambda one: one.order))

    @property
    def bare(self) -> tuple[Standing, ...]:
        """The red KPIs about which nobody says why."""
        return tuple(one for one in self.standings if one.is_bare)

    def count(self, *flags: str) -> int:
        """How many lines have any of some flags up."""
        places = [FLAGS.index(flag) for flag in flags]
        return sum(any(one.flags[place] for place in places) for one in self.judged)

    def _standing(self, number: int, kpi: Kpi, opened: int, noted: int) -> Standing:
        position = self._positions[number - 1]
        band = position - 1
        pinned = kpi.id in self.pinned
        return Standing(
            kpi,
            number,
            float(self.achievements[number - 1]),
            position,
            opened,
            noted,
            pinned,
            owes=band >= 0 and not opened and owes(band, len(self.definition.bands)),
            is_bare=band >= 0
            and not (noted or pinned)
            and is_red(band, len(self.definition.bands)),
        )

    @cached_property
    def _positions(self) -> tuple[int, ...]:
        bounds = np.array([band.from_ for band in self.definition.bands])
        return tuple(int(one) + 1 for one in vectorised.band_positions(self.achievements, bounds))

    @cached_property
    def _numbers(self) -> Mapping[Entry, int]:
        return {kpi.id: number for number, kpi in enumerate(self.definition.kpis(), start=1)}

    @cached_property
    def _plans(self) -> Mapping[Entry, int]:
        return {band.id: number for number, band in enumerate(self.definition.bands, start=1)}

    def _judged(self, line: Line) -> Judged:
        kpi = self._numbers.get(line.get("kpi", ""), 0)
        agreed = line.get("agreed_plan", "")
        plan = self._plans.get(agreed, 0) if agreed else self._positions[kpi - 1] if kpi else 0
        due = line.get("agreed_due") or self._due(line, plan)
        return Judged(line, kpi, plan, due, tuple(self._flags(line, kpi, plan, due)))

    def _due(self, line: Line, plan: int) -> date | None:
        start = line.get("start")
        months = self.definition.bands[plan - 1].months if plan else None
        return months_after(start, months[1]) if isinstance(start, date) and months else None

    def _flags(self, line: Line, kpi: int, plan: int, due: Entry | None) -> Sequence[bool]:
        if not is_said(line):
            return [False] * len(FLAGS)
        start, agreed = line.get("start"), line.get("agreed_due")
        budget, spent = line.get("budget"), line.get("spent")
        status = line.get("status")
        is_unknown = (
            bool(line.get("kpi") and not kpi)
            or bool(line.get("agreed_plan") and not plan)
            or bool(status and status not in STATUSES)
        )
        return [
            not line.get("what"),
            is_unknown,
            any(one is not None and not isinstance(one, date) for one in (start, agreed)),
            isinstance(start, date) and isinstance(due, date) and due < start,
            bool(is_open(line) and isinstance(due, date) and self.until and due < self.until),
            isinstance(budget, float) and isinstance(spent, float) and spent > budget,
        ]


def owes(band: int, bands: int) -> bool:
    """Whether a band, 0 the lowest, asks for an action: the two lower tones do.

    >>> [owes(band, 4) for band in range(4)]
    [True, True, False, False]
    """
    return styles.band_tone(band, bands).symbol in {_RED, _AMBER}


def is_red(band: int, bands: int) -> bool:
    """Whether a band, 0 the lowest, is red.

    >>> [is_red(band, 4) for band in range(4)]
    [True, False, False, False]
    """
    return styles.band_tone(band, bands).symbol == _RED


def months_after(day: date, months: int) -> date:
    """The same day some months on, or the last one of a month that is shorter.

    >>> months_after(date(2026, 8, 31), 6)
    datetime.date(2027, 2, 28)
    """
    year, month = divmod(day.year * MONTHS_A_YEAR + day.month - 1 + months, MONTHS_A_YEAR)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def most_months(band: Band) -> int | None:
    """How many months a band's plan may take at most; None where the definition does not say."""
    return band.months[1] if band.months else None
