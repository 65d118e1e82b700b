"""Whether KPIs of an objective go before those of the objective that it is said to help."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from tablero.workbook_templates.definition import Definition, Kpi, Objective
from tablero.workbook_templates.expressions import parse, previous_inputs_of
from tablero.workbook_templates.figures import Figures
from tablero.workbook_templates.periods import MONTHS_A_YEAR, Period
from tablero.workbook_templates.scoring import score
from tablero.workbook_templates.vectorised import Floats

LAGS = (0, 1, 2, 3)
"""Months by which the effect is taken later than its cause."""
LEAST_MONTHS = 6
"""With fewer pairs of months nothing is said."""
LEAST_SPREAD = 1e-9
"""n² times the variance below which months count as all alike, for which there is no r."""


@dataclass(frozen=True)
class Pair:
    """A KPI of a cause and one of its effect, as a link of the strategy map joins them."""

    cause: Kpi
    effect: Kpi

    @property
    def key(self) -> str:
        """Row key, stable while both are there."""
        return f"{self.cause.id}>{self.effect.id}"


def pairs(definition: Definition) -> Iterator[Pair]:
    """Every KPI of a cause with every one of its effect, each pair once, in the links' order."""
    of: dict[str, Objective] = {one.id: one for one in definition.objectives()}
    links = dict.fromkeys((link.cause, link.effect) for link in definition.links)
    for cause, effect in links:
        if cause in of and effect in of:
            for one in of[cause].kpis:
                yield from (Pair(one, other) for other in of[effect].kpis)


def first_pairs(definition: Definition, most: int) -> tuple[Pair, ...]:
    """The first pairs, as many as a page has room for."""
    return tuple(islice(pairs(definition), most))


def achieved_by_month(definition: Definition, figures: Figures) -> Floats:
    """Achievement of every KPI (rows) in each month of last year and of this one (columns).

    Last year's months are set against this year's goals. KPIs that look back at previous figures
    have none there, for the year before last is not known. On the sheet, where only this year's
    months have achievements, n is smaller.
    """
    numbers = range(1 - MONTHS_A_YEAR, MONTHS_A_YEAR + 1)
    months = [Period("month", number, number) for number in numbers]
    found = score(definition, figures, months).kpis.achievement.copy()
    for row, kpi in enumerate(definition.kpis()):
        if previous_inputs_of(parse(kpi.formula)):
            found[row, :MONTHS_A_YEAR] = np.nan
    return found


@dataclass(frozen=True)
class Lagged:
    """Pearson's r of a cause and its effect some months later, over n pairs of months.

    ``r`` is None where fewer than :data:`LEAST_MONTHS` pairs are known, or where one of the two
    never changes.
    """

    lag: int
    n: int
    r: float | None


def lagged(cause: Floats, effect: Floats, lags: Sequence[int] = LAGS) -> tuple[Lagged, ...]:
    """Correlate a series with one that follows it.

    Parameters
    ----------
    cause, effect
        One value a month, in the order of the months; NaN is missing.
    lags
        By how many months the effect is taken later.

    Returns
    -------
    tuple of Lagged
        One for each lag, over the months in which both are known.

    Notes
    -----
    Pearson's product-moment correlation (Pearson, 1895, Proceedings of the Royal Society 58,
    240-242) of the pairs that are complete, as spreadsheets' CORREL computes it. That an objective
    leads another is what Kaplan and Norton (1996, The Balanced Scorecard) have a strategy map
    claim; a correlation may support the claim and never proves it.

    Examples
    --------
    The effect is its cause one month later:

    >>> cause = np.array([1.0, 3, 2, 5, 4, 6, 8, 7])
    >>> effect = np.array([0.0, 1, 3, 2, 5, 4, 6, 8])
    >>> [(one.n, round(one.r, 3)) for one in lagged(cause, effect, (0, 1))]
    [(8, 0.797), (7, 1.0)]
    """
    return tuple(_lagged(cause[: cause.size - lag], effect[lag:], lag) for lag in lags)


def _lagged(cause: Floats, effect: Floats, lag: int) -> Lagged:
    both = ~np.isnan(cause) & ~np.isnan(effect)
    known, n = (cause[both], effect[both]), int(both.sum())
    if n < LEAST_MONTHS or min(_spread(one, n) for one in known) <= LEAST_SPREAD:
        return Lagged(lag, n, None)
    return Lagged(lag, n, float(np.corrcoef(*known)[0, 1]))


def _spread(months: Floats, n: int) -> float:
    """n² times the variance."""
    return float(n * (months * months).sum() - months.sum() ** 2)
