"""An analysis as plain data, for programs and for the terminal."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from tablero.workbook_templates.analysis.contribution import Contributions, contributions
from tablero.workbook_templates.analysis.correlation import Pair, achieved_by_month, lagged, pairs
from tablero.workbook_templates.analysis.forecast import Forecasts, forecast
from tablero.workbook_templates.analysis.required import Needed, needed
from tablero.workbook_templates.definition import Kpi
from tablero.workbook_templates.export import unit_text
from tablero.workbook_templates.periods import MONTHS_A_YEAR, Period
from tablero.workbook_templates.scoring import Scores

_AIMS = {"High": "at least", "Low": "at most", "Target": "as near as possible"}


@dataclass(frozen=True)
class Analysis:
    """What stands behind the scores of one period."""

    scores: Scores
    period: Period
    language: str

    @cached_property
    def contributions(self) -> Contributions:
        """What each KPI brings to the strategy."""
        return contributions(self.scores, self.scores.periods.index(self.period))

    @cached_property
    def forecasts(self) -> Forecasts:
        """The year's end, seen from the end of the period."""
        return forecast(self.scores.definition, self.scores.figures, self.period.last)

    @cached_property
    def needed(self) -> tuple[Needed, ...]:
        """What the remaining months of each KPI must bring."""
        return needed(self.scores.definition, self.forecasts)

    @cached_property
    def kpis(self) -> tuple[Kpi, ...]:
        """Every KPI, in the order of the scorecard."""
        return tuple(self.scores.definition.kpis())

    def method(self, row: int) -> str | None:
        """How the year's end of a KPI was come by; None where there is none."""
        found = self.forecasts
        if np.isnan(found.run_rate[row]):
            return None
        if found.months[row] == MONTHS_A_YEAR:
            return "complete"
        return "run_rate" if np.isnan(found.season[row]) else "season"

    def as_json(self) -> dict[str, Any]:
        """The analysis as plain data: fractions unrounded, what is missing None.

        Examples
        --------
        >>> from tablero.workbook_templates.library import load_template
        >>> from tablero.workbook_templates.scoring import score
        >>> scores = score(load_template("cano"))
        >>> data = Analysis(scores, scores.calendar.parse("ytd-2016-06"), "en").as_json()
        >>> data["contributions"][0]["id"], round(data["contributions"][0]["points"], 4)
        ('customers_growth', -0.0924)
        >>> data["year_end"]["kpis"][0]["needed_per_month"] is None
        False
        """
        company, calendar = self.scores.definition.company, self.scores.calendar
        return {
            "company": company.name,
            "language": self.language,
            "period": {
                "label": calendar.period_label(self.period, self.language),
                "code": calendar.code(self.period),
            },
            "strategy": {
                "achievement": _number(self.contributions.contribution_of_all),
                "points": _number(self.contributions.points_of_all),
            },
            "contributions": [self._contribution(row) for row in self.contributions.ranking],
            "year_end": self._year_end(),
            "correlations": [self._pair(one) for one in pairs(self.scores.definition)],
        }

    def _named(self, kpi: Kpi) -> dict[str, str]:
        company = self.scores.definition.company
        return {
            "id": kpi.id,
            "name": kpi.name.in_language(self.language),
            "unit": unit_text(kpi.unit, company, self.language),
        }

    def _contribution(self, row: int) -> dict[str, Any]:
        found = self.contributions
        return self._named(self.kpis[row]) | {
            "weight_in_strategy": _number(found.kpis[row]),
            "achievement": _number(found.achievement[row]),
            "contribution": _number(found.contribution[row]),
            "points": _number(found.points[row]),
        }

    def _year_end(self) -> dict[str, Any]:
        found = self.forecasts
        return {
            "seen_from": self.scores.calendar.month(self.period.last).code,
            "is_forecast": bool(found.is_open.any()),
            "achievement": _number(found.strategy.achievement[0, 0]),
            "kpis": [self._end(row, kpi) for row, kpi in enumerate(self.kpis)],
        }

    def _end(self, row: int, kpi: Kpi) -> dict[str, Any]:
        found, needs = self.forecasts, self.needed[row]
        return self._named(kpi) | {
            "goal": _number(found.goals[row]),
            "needed_per_month": needs.amount,
            "aim": _AIMS[kpi.desired],
            "not_needed_because": needs.reason,
            "run_rate": _number(found.run_rate[row]),
            "season": _number(found.season[row]),
            "value": _number(found.value[row]),
            "method": self.method(row),
            "achievement": _number(found.kpis.achievement[row, 0]),
        }

    @cached_property
    def _months(self) -> dict[str, Any]:
        months = achieved_by_month(self.scores.definition, self.scores.figures)
        return {kpi.id: row for kpi, row in zip(self.kpis, months, strict=True)}

    def _pair(self, one: Pair) -> dict[str, Any]:
        found = lagged(self._months[one.cause.id], self._months[one.effect.id])
        return {
            "cause": self._named(one.cause),
            "effect": self._named(one.effect),
            "lags": [{"months_later": each.lag, "n": each.n, "r": each.r} for each in found],
        }


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
