"""How much of the strategy's achievement each KPI contributes, and what it costs or adds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tablero.workbook_templates.definition import Definition
from tablero.workbook_templates.scoring import Level, Scores
from tablero.workbook_templates.vectorised import Floats, Integers, present_weight


@dataclass(frozen=True)
class Contributions:
    """What every node weighs in the strategy in one period, and what each KPI brings.

    Notes
    -----
    The *part* of a node is its weight in the strategy as the roll-up takes it: the product of the
    weights from the perspective down, each divided by the weight of those siblings that have an
    achievement, because equations (3) to (5) of Cano, Vergara and Puerta (2017) are renormalised
    over what is there. A KPI without achievement has no part (NaN); its weight is its siblings'.

    ``contribution = part × achievement`` sums to the strategy's achievement, and
    ``points = part × (achievement − 1)`` to its distance from 100 %, for the parts sum to 1.
    With every figure there, parts are the plain products of the weights.
    """

    perspectives: Floats
    objectives: Floats
    kpis: Floats
    """Parts, one a node in the order of the definition."""
    achievement: Floats
    """Of the KPIs."""

    @property
    def contribution(self) -> Floats:
        """What each KPI brings to the strategy's achievement."""
        return self.kpis * self.achievement

    @property
    def points(self) -> Floats:
        """What each KPI costs (below zero) or adds against 100 %."""
        return self.kpis * (self.achievement - 1)

    @property
    def contribution_of_all(self) -> float:
        """The strategy's achievement, as the sum of what each KPI brings."""
        return _sum(self.contribution)

    @property
    def points_of_all(self) -> float:
        """The strategy's distance from 100 %."""
        return _sum(self.points)

    @property
    def ranking(self) -> list[int]:
        """Rows of the KPIs from what costs most to what adds most, those without figures last.

        Equal points to twelve decimals are in the order of the definition.
        """
        points = np.where(np.isnan(self.points), np.inf, np.round(self.points, 12))
        return [int(row) for row in np.argsort(points, kind="stable")]


def _sum(values: Floats) -> float:
    """The sum of what is there; NaN where nothing is."""
    return float("nan") if np.isnan(values).all() else float(np.nansum(values))


def contributions(scores: Scores, column: int) -> Contributions:
    """The contributions in one of the scored periods.

    Examples
    --------
    >>> from tablero.workbook_templates.library import load_template
    >>> from tablero.workbook_templates.scoring import score
    >>> scores = score(load_template("cano"))
    >>> year = scores.periods.index(scores.calendar.period("year", 12))
    >>> found = contributions(scores, year)
    >>> round(found.contribution_of_all, 4), round(found.points_of_all, 4)
    (0.8054, -0.1946)
    """
    definition = scores.definition
    whole = np.where(np.isnan(scores.strategy.achievement[:, column]), np.nan, 1.0)
    weights, sizes = _groups(definition)
    parts: list[Floats] = []
    above = whole
    levels = (scores.perspectives, scores.objectives, scores.kpis)
    for level, weight, size in zip(levels, weights, sizes, strict=True):
        above = _parts(level, weight, size, above, column)
        parts.append(above)
    perspectives, objectives, kpis = parts
    return Contributions(perspectives, objectives, kpis, scores.kpis.achievement[:, column])


def _groups(definition: Definition) -> tuple[list[Floats], list[Integers]]:
    """Weights of each level, and how many children each node of the level above has."""
    perspectives, objectives = definition.perspectives, list(definition.objectives())
    weights = [
        np.array([one.weight for one in nodes])
        for nodes in (perspectives, objectives, list(definition.kpis()))
    ]
    sizes = [
        np.array(counts)
        for counts in (
            [len(perspectives)],
            [len(one.objectives) for one in perspectives],
            [len(one.kpis) for one in objectives],
        )
    ]
    return weights, sizes


def _parts(level: Level, weights: Floats, sizes: Integers, above: Floats, column: int) -> Floats:
    """Parts of a level below nodes with parts ``above``; NaN where there is no achievement."""
    achieved = level.achievement[:, [column]]
    starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))
    present = present_weight(achieved, weights, starts)[:, 0]
    with np.errstate(divide="ignore", invalid="ignore"):
        share = above / np.where(present > 0, present, np.nan)
    found: Floats = np.where(np.isnan(achieved[:, 0]), np.nan, np.repeat(share, sizes) * weights)
    return found
