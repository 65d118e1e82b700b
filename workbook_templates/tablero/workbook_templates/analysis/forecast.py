"""Where each KPI will end the year, if its figures go on as they have."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tablero.workbook_templates import expressions, vectorised
from tablero.workbook_templates.definition import Definition, Input, Kpi
from tablero.workbook_templates.figures import Figures
from tablero.workbook_templates.periods import MONTHS_A_YEAR
from tablero.workbook_templates.scoring import Level, roll_up
from tablero.workbook_templates.values import degrees
from tablero.workbook_templates.vectorised import Floats


@dataclass(frozen=True)
class InputForecasts:
    """What each input comes to by the end of the year, from the months up to one of them.

    Arrays have one value an input; NaN is missing.

    Notes
    -----
    *Run rate*: every month that is still open comes to the mean of the filled ones, so that a
    total is ``sum × 12 / n``, an average stays what it is, and of a level the last one stands.
    This is the *average method* (for levels the *naïve method*) of Hyndman and Athanasopoulos,
    Forecasting: Principles and Practice (3rd ed., 2021), section 5.2.

    *Last year's season*: every month that is still open comes to the same month of last year times
    what this year's filled months are of the same months of last year: their *seasonal naïve
    method*, carried to this year's size. It needs all twelve months of last year, none below zero,
    and something other than zero in those that are compared.
    """

    months: Floats
    """In how many months there is a figure."""
    latest: Floats
    """The last of them, as a fiscal month."""
    known: Floats
    """What the filled months come to: their sum, or the last level."""
    same: Floats
    """What last year had in the same months: their sum, or the level of the same month."""
    last_months: Floats
    """In how many months of last year there is a figure."""
    whole: Floats
    """What last year had in twelve months: their sum, or the last level."""
    previous: Floats
    """Last year's figure, against which growth is measured."""
    run_rate: Floats
    season: Floats


def input_forecasts(definition: Definition, figures: Figures, until: int) -> InputForecasts:
    """Forecasts of the inputs from this year's months up to fiscal month ``until``.

    Examples
    --------
    Three months of 10 a month; last year had 5 a month, and 15 in its last month:

    >>> from tablero.workbook_templates.definition import Definition
    >>> company = Definition.model_validate({
    ...     "company": {"name": "Acme", "year": 2026},
    ...     "inputs": [{"id": "sales", "name": "Sales", "perspective": "all", "aggregation": "T"}],
    ...     "perspectives": [{"id": "all", "name": "All", "weight": 1, "objectives": [
    ...         {"id": "1", "name": "One", "weight": 1, "kpis": [
    ...             {"id": "k", "name": "K", "formula": "sales", "goal": 120, "weight": 1}]}]}],
    ...     "figures": {"sales": {"months": [10, 10, 10] + [None] * 9,
    ...                           "last_year_months": [5] * 11 + [15]}},
    ... })
    >>> found = input_forecasts(company, Figures.of(company), 12)
    >>> found.run_rate, found.season
    (array([120.]), array([140.]))
    """
    rows = [
        _of_input(one, figures.months[row], figures.last_year[row], until)
        for row, one in enumerate(definition.inputs)
    ]
    return InputForecasts(*np.array(rows, dtype=float).T)


def _of_input(one: Input, months: Floats, last_year: float, until: int) -> tuple[float, ...]:
    """The fields of :class:`InputForecasts` of one input."""
    before, now = months[:MONTHS_A_YEAR], months[MONTHS_A_YEAR:].copy()
    now[until:] = np.nan
    filled = np.flatnonzero(~np.isnan(now))
    last_months = MONTHS_A_YEAR - int(np.isnan(before).sum())
    if not filled.size:
        return (0.0, *(np.nan,) * 3, last_months, *(np.nan,) * 4)
    last_known = last_months == MONTHS_A_YEAR
    levels = one.aggregation == "L"
    known = now[filled[-1]] if levels else now[filled].sum()
    same = before[filled[-1]] if levels else np.nansum(before[filled])
    whole = before[-1] if levels else np.nansum(before)
    yearly = {"T": 1, "A": MONTHS_A_YEAR, "L": 1}[one.aggregation]
    previous = whole / yearly if last_known else last_year
    rate = {"T": MONTHS_A_YEAR / filled.size, "A": 1 / filled.size, "L": 1.0}[one.aggregation]
    usable = last_known and before.min() >= 0 and same > 0
    season = known / same * whole / yearly if usable else np.nan
    return (
        filled.size,
        filled[-1] + 1,
        known,
        same,
        last_months,
        whole,
        previous,
        known * rate,
        season,
    )


@dataclass(frozen=True)
class Forecasts:
    """Values and achievements of the KPIs at the end of the year, one a KPI; NaN is missing."""

    inputs: InputForecasts
    goals: Floats
    """The goal of the whole year."""
    run_rate: Floats
    season: Floats
    months: Floats
    """In how many months all of the KPI's inputs have a figure, at most."""
    kpis: Level
    objectives: Level
    perspectives: Level
    strategy: Level

    @property
    def value(self) -> Floats:
        """By last year's season where it is known, else at the run rate."""
        return np.where(np.isnan(self.season), self.run_rate, self.season)

    @property
    def is_open(self) -> Floats:
        """1 where there is a year's end to forecast: some months are known, and not all."""
        found: Floats = (~np.isnan(self.run_rate) & (self.months < MONTHS_A_YEAR)).astype(float)
        return found


def forecast(definition: Definition, figures: Figures, until: int) -> Forecasts:
    """Forecast every KPI and the roll-up from this year's months up to fiscal month ``until``.

    A KPI is its formula over what its inputs will come to, so ratios are ratios of totals.
    """
    inputs = input_forecasts(definition, figures, until)
    goals, policies = yearly_goals(definition), definition.policies
    values = {name: _values(definition, inputs, name) for name in ("run_rate", "season")}
    chosen = np.where(np.isnan(values["season"]), values["run_rate"], values["season"])
    desired = [kpi.desired for kpi in definition.kpis()]
    achieved = vectorised.achievements(
        chosen[:, None], goals[:, None], desired, policies.floor, policies.cap
    )
    months = np.array([_months(definition, inputs, kpi) for kpi in definition.kpis()])
    levels = roll_up(definition, achieved)
    return Forecasts(inputs, goals, values["run_rate"], values["season"], months, *levels)


def _values(definition: Definition, inputs: InputForecasts, method: str) -> Floats:
    row_of = {one.id: row for row, one in enumerate(definition.inputs)}
    ends: Floats = getattr(inputs, method)
    found = [
        expressions.evaluate(
            expressions.parse(kpi.formula),
            lambda name: ends[row_of[name]],
            lambda name: inputs.previous[row_of[name]],
        )
        for kpi in definition.kpis()
    ]
    return np.array([float(one) for one in found])


def _months(definition: Definition, inputs: InputForecasts, kpi: Kpi) -> float:
    """Months of the input of a formula that has fewest; a formula without inputs is complete."""
    row_of = {one.id: row for row, one in enumerate(definition.inputs)}
    names = expressions.inputs_of(expressions.parse(kpi.formula))
    return min((float(inputs.months[row_of[name]]) for name in names), default=MONTHS_A_YEAR)


def yearly_goals(definition: Definition) -> Floats:
    """Each KPI's goal of twelve months: its monthly goals where given, else the annual one."""
    degree_of = degrees(definition.inputs)
    goals = []
    for kpi in definition.kpis():
        given = [one for one in kpi.monthly_goals or () if one is not None]
        degree = expressions.degree(expressions.parse(kpi.formula), degree_of)
        mean = sum(given) / len(given) * float(MONTHS_A_YEAR) ** degree if given else kpi.goal
        goals.append(mean)
    return np.array(goals, dtype=float)
