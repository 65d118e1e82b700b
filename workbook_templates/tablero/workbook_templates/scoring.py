"""Scoring: figures and a definition to achievements, rolled up, in all periods at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from tablero.workbook_templates import vectorised
from tablero.workbook_templates.definition import Band, Definition
from tablero.workbook_templates.figures import MONTHS_HELD, Figures
from tablero.workbook_templates.owing import owed
from tablero.workbook_templates.periods import Calendar, Period
from tablero.workbook_templates.scorecard import (
    KpiScore,
    ObjectiveScore,
    PerspectiveScore,
    Score,
    Scorecard,
)
from tablero.workbook_templates.values import (
    InputValues,
    input_values,
    kpi_forms,
    kpi_goals,
    kpi_values,
    months_inside,
)
from tablero.workbook_templates.vectorised import Flags, Floats, Integers


@dataclass(frozen=True)
class Level:
    """One level of the roll-up: achievement and coverage, shape (nodes, periods).

    ``broken`` marks the nodes that can have no score because weights below do not add up.
    """

    achievement: Floats
    coverage: Floats
    broken: Flags


@dataclass(frozen=True)
class Scores:
    """Every node's score in every period; rows follow the order of the definition."""

    definition: Definition
    figures: Figures
    calendar: Calendar
    periods: tuple[Period, ...]
    inputs: InputValues
    values: Floats
    goals: Floats
    kpis: Level
    objectives: Level
    perspectives: Level
    strategy: Level

    def at(self, period: Period) -> Scorecard:
        """The scorecard of one period."""
        return _Assembly(self, self.periods.index(period)).scorecard()

    @cached_property
    def kpi_months(self) -> Integers:
        """In how many months of each period all of a KPI's inputs are filled."""
        complete = np.ones((len(self.values), MONTHS_HELD), bool)
        for form in kpi_forms(self.definition):
            complete[form.formulas] = self.figures.filled[form.inputs].all(axis=0)
        return (complete.astype(float) @ months_inside(self.periods).T).astype(int)


def score(
    definition: Definition, figures: Figures | None = None, periods: Sequence[Period] | None = None
) -> Scores:
    """Score ``figures`` (else the definition's own) in ``periods`` (else in all of the year)."""
    figures = Figures.of(definition) if figures is None else figures
    company = definition.company
    calendar = Calendar(company.year, company.fiscal_start_month)
    spans = tuple(periods or calendar.periods(rolling=figures.knows_last_year))
    inputs = input_values(definition, figures, spans)
    values = kpi_values(definition, inputs)
    goals = kpi_goals(definition, spans)
    policies = definition.policies
    achieved = vectorised.achievements(
        values, goals, [kpi.desired for kpi in definition.kpis()], policies.floor, policies.cap
    )
    levels = roll_up(definition, achieved)
    return Scores(definition, figures, calendar, spans, inputs, values, goals, *levels)


def score_year(
    definition: Definition, figures: Figures | None = None, shown: Period | None = None
) -> Scores:
    """Score every period of the year, the one that is shown among them.

    Twelve months up to one of this year's are scored where last year is known, or one is shown.
    """
    figures = Figures.of(definition) if figures is None else figures
    calendar = Calendar(definition.company.year, definition.company.fiscal_start_month)
    is_asked = shown is not None and shown.kind == "rolling"
    periods = calendar.periods(rolling=figures.knows_last_year or is_asked)
    return score(definition, figures, periods)


def roll_up(definition: Definition, achieved: Floats) -> tuple[Level, Level, Level, Level]:
    """KPIs to objectives to perspectives to the strategy: equations (3), (4) and (5)."""
    objectives = list(definition.objectives())
    groups = (
        ([kpi.weight for kpi in definition.kpis()], [len(one.kpis) for one in objectives]),
        (
            [one.weight for one in objectives],
            [len(one.objectives) for one in definition.perspectives],
        ),
        ([one.weight for one in definition.perspectives], [len(definition.perspectives)]),
    )
    sound = np.zeros(len(achieved), dtype=bool)
    level = Level(achieved, (~np.isnan(achieved)).astype(float), sound)
    levels = [level]
    for weights, sizes in groups:
        level = _rolled(level, np.array(weights), np.array(sizes))
        levels.append(level)
    kpis, objective, perspective, strategy = levels
    return kpis, objective, perspective, strategy


def _rolled(children: Level, weights: Floats, sizes: Integers) -> Level:
    """The level above ``children``, whose consecutive groups have ``sizes``.

    Weights that do not add up to 1 give no score there nor above, as #NUM! does in the cells.
    """
    starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))
    unsound = np.abs(np.add.reduceat(weights, starts) - 1) > vectorised.WEIGHT_TOLERANCE
    broken = unsound | np.logical_or.reduceat(children.broken, starts)
    achieved = vectorised.weighted(children.achievement, weights, starts)
    coverage = np.add.reduceat(children.coverage * weights[:, None], starts, axis=0)
    return Level(np.where(broken[:, None], np.nan, achieved), coverage, broken)


class _Assembly:
    """Builds the scorecard of one period, walking the definition once."""

    def __init__(self, scores: Scores, column: int) -> None:
        self._scores = scores
        self._column = column
        self._bounds = np.array([band.from_ for band in scores.definition.bands])

    def scorecard(self) -> Scorecard:
        scores = self._scores
        inside = months_inside([self._period])[0] > 0
        return Scorecard(
            definition=scores.definition,
            calendar=scores.calendar,
            period=self._period,
            months=int((scores.figures.filled.any(axis=0) & inside).sum()),
            strategy=self._score(scores.strategy, 0),
            perspectives=self._perspectives(),
            owed=owed(scores.definition, scores.figures, self._period),
        )

    @property
    def _period(self) -> Period:
        return self._scores.periods[self._column]

    def _perspectives(self) -> tuple[PerspectiveScore, ...]:
        objectives, kpis = iter(self._objectives()), self._scores.definition.perspectives
        return tuple(
            PerspectiveScore(
                one,
                self._score(self._scores.perspectives, row),
                tuple(next(objectives) for _ in one.objectives),
            )
            for row, one in enumerate(kpis)
        )

    def _objectives(self) -> list[ObjectiveScore]:
        kpis = iter(self._kpis())
        return [
            ObjectiveScore(
                one, self._score(self._scores.objectives, row), tuple(next(kpis) for _ in one.kpis)
            )
            for row, one in enumerate(self._scores.definition.objectives())
        ]

    def _kpis(self) -> list[KpiScore]:
        scores, column = self._scores, self._column
        return [
            KpiScore(
                kpi=kpi,
                value=_number(scores.values[row, column]),
                goal=_number(scores.goals[row, column]),
                score=self._score(scores.kpis, row),
                months=int(scores.kpi_months[row, column]),
            )
            for row, kpi in enumerate(scores.definition.kpis())
        ]

    def _score(self, level: Level, row: int) -> Score:
        achieved = level.achievement[row, self._column]
        return Score(
            _number(achieved), float(level.coverage[row, self._column]), self._band(achieved)
        )

    def _band(self, achieved: float) -> Band | None:
        position = int(vectorised.band_positions(np.array(achieved), self._bounds))
        return self._scores.definition.bands[position] if position >= 0 else None


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
