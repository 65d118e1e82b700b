"""What the dashboard shows besides the scorecard's figures: points, last year, the month before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from tablero.workbook_templates import expressions, vectorised
from tablero.workbook_templates.dashboard.layout import Pick, picks_of
from tablero.workbook_templates.definition import Definition, Kpi
from tablero.workbook_templates.periods import MONTHS_A_YEAR
from tablero.workbook_templates.scored_model import ScoredModel
from tablero.workbook_templates.vectorised import Flags, Floats, Integers

HUNDRED = 100.0


@dataclass(frozen=True)
class Standing:
    """The shown period's figures as the dashboard looks at them; ``pick`` counts from 1.

    Points are percentage points. A node that achieves more than 100 % adds to the node above it
    what is more, times its share; shares are weights over those that have a figure.
    """

    board: ScoredModel
    pick: int = 1

    @property
    def definition(self) -> Definition:
        """What is scored."""
        return self.board.definition

    @property
    def picked(self) -> Pick:
        """The entry of the list whose KPIs are drawn."""
        return picks_of(self.definition)[self.pick - 1]

    @cached_property
    def kpis(self) -> tuple[Kpi, ...]:
        """All KPIs, in the order of the scorecard."""
        return tuple(self.definition.kpis())

    @cached_property
    def strategy(self) -> float:
        """Achievement of the strategy."""
        return float(self.board.scores.strategy.achievement[0, self.board.column])

    @cached_property
    def perspectives(self) -> Floats:
        """Achievement of each perspective."""
        values: Floats = self.board.scores.perspectives.achievement[:, self.board.column]
        return values

    @cached_property
    def objectives(self) -> Floats:
        """Achievement of each objective."""
        values: Floats = self.board.scores.objectives.achievement[:, self.board.column]
        return values

    @cached_property
    def achieved(self) -> Floats:
        """Achievement of each KPI."""
        values: Floats = self.board.scores.kpis.achievement[:, self.board.column]
        return values

    @cached_property
    def perspective_shares(self) -> Floats:
        """Share of each perspective in the strategy; NaN without a figure."""
        weights = np.array([one.weight for one in self.definition.perspectives])
        return _shares(weights, self.perspectives, np.zeros(len(weights), dtype=int))

    @cached_property
    def objective_shares(self) -> Floats:
        """Share of each objective in its perspective."""
        weights = np.array([one.weight for one in self.definition.objectives()])
        return _shares(weights, self.objectives, self._perspective_of_objective)

    @cached_property
    def known_weights(self) -> Floats:
        """For each objective, the weight of its KPIs that have a figure."""
        known = self.board.scores.objectives.coverage[:, self.board.column]
        return np.asarray(known, dtype=float)

    @cached_property
    def kpi_shares(self) -> Floats:
        """Share of each KPI in its perspective."""
        weights = np.array([one.weight for one in self.kpis])
        of_objective = _shares(weights, self.achieved, self._objective_of_kpi)
        return of_objective * self.objective_shares[self._objective_of_kpi]

    @property
    def perspective_points(self) -> Floats:
        """Points that each perspective adds to the strategy, or costs it."""
        return (self.perspectives - 1) * self.perspective_shares * HUNDRED

    @property
    def kpi_points(self) -> Floats:
        """Points that each KPI adds to its perspective, or costs it."""
        return (self.achieved - 1) * self.kpi_shares * HUNDRED

    @cached_property
    def flat_weights(self) -> Floats:
        """Weight of each KPI in the strategy: the product of the three weights."""
        return np.array(
            [
                perspective.weight * objective.weight * kpi.weight
                for perspective in self.definition.perspectives
                for objective in perspective.objectives
                for kpi in objective.kpis
            ]
        )

    @cached_property
    def last_values(self) -> Floats:
        """Each KPI's value in the same period of last year; NaN where it needs the year before."""
        inputs, column = self.board.scores.inputs, self.board.column
        return self._values(inputs.previous[:, column], inputs.to_year[:, column])

    @cached_property
    def last_achieved(self) -> Floats:
        """What last year's values would achieve against this period's goals."""
        policies, column = self.definition.policies, self.board.column
        values, goals = self.last_values[:, None], self.board.scores.goals[:, [column]]
        desired = [kpi.desired for kpi in self.kpis]
        found = vectorised.achievements(values, goals, desired, policies.floor, policies.cap)
        return found[:, 0]

    @cached_property
    def last_months(self) -> Floats:
        """Each KPI's value in each month of last year, shape (KPIs, 12)."""
        months = self.board.scores.figures.months[:, :MONTHS_A_YEAR]
        totals = np.array([one.aggregation == "T" for one in self.definition.inputs])
        yearly = MONTHS_A_YEAR if self.definition.policies.annualise else 1
        return self._values(months, np.where(totals, yearly, 1)[:, None] * np.ones_like(months))

    @property
    def compared(self) -> Flags:
        """The KPIs that have a figure both this year and last year."""
        return ~np.isnan(self.achieved) & ~np.isnan(self.last_achieved)

    def matched(self, achieved: Floats) -> float:
        """Achievement of the strategy over the KPIs that are known in both years."""
        weights = self.flat_weights * self.compared
        total = weights.sum()
        return float(np.nan_to_num(achieved) @ weights / total) if total else np.nan

    @cached_property
    def last_perspectives(self) -> Floats:
        """Last year's achievement of each perspective all of whose KPIs are known."""
        of_kpi = self._perspective_of_objective[self._objective_of_kpi]
        count = len(self.perspectives)
        missing = np.bincount(of_kpi, np.isnan(self.last_achieved), count)
        weights = np.bincount(of_kpi, self.flat_weights, count)
        sums = np.bincount(of_kpi, np.nan_to_num(self.last_achieved) * self.flat_weights, count)
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where((missing == 0) & (weights != 0), sums / weights, np.nan)

    @cached_property
    def month(self) -> int:
        """The newest month, up to the period's last one, with a figure; 0 without any."""
        known = [
            month
            for month in range(1, self.board.period.last + 1)
            if not np.isnan(self.strategy_in(month))
        ]
        return known[-1] if known else 0

    def strategy_in(self, month: int) -> float:
        """Achievement of the strategy in a single month of the year; NaN outside of it."""
        if not 1 <= month <= MONTHS_A_YEAR:
            return np.nan
        columns = self.board.month_columns
        return float(self.board.scores.strategy.achievement[0, columns[month - 1]])

    def _values(self, figures: Floats, yearly: Floats) -> Floats:
        row_of = {one.id: row for row, one in enumerate(self.definition.inputs)}
        unknown = np.full_like(figures[0], np.nan)
        rows = []
        for kpi in self.kpis:
            formula = expressions.parse(kpi.formula)
            degree = expressions.degree(formula, self.board.degrees)
            scaled = figures * yearly if degree else figures
            value = expressions.evaluate(formula, _named(row_of, scaled), lambda _: unknown)
            rows.append(np.broadcast_to(value, unknown.shape))
        return np.stack(rows)

    @cached_property
    def _objective_of_kpi(self) -> Integers:
        sizes = [len(one.kpis) for one in self.definition.objectives()]
        return np.repeat(np.arange(len(sizes)), sizes)

    @cached_property
    def _perspective_of_objective(self) -> Integers:
        sizes = [len(one.objectives) for one in self.definition.perspectives]
        return np.repeat(np.arange(len(sizes)), sizes)


def _shares(weights: Floats, achieved: Floats, group: Integers) -> Floats:
    """Each weight over those of its group that have a figure; NaN for those without."""
    known = weights * ~np.isnan(achieved)
    total = np.bincount(group, known)[group]
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(~np.isnan(achieved) & (total != 0), weights / total, np.nan)


def _named(row_of: dict[str, int], values: Floats) -> Callable[[str], Floats]:
    return lambda name: values[row_of[name]]
