"""What inputs come to in a period, and from them each KPI's value and goal."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from tablero.workbook_templates import expressions
from tablero.workbook_templates.definition import Definition, Input
from tablero.workbook_templates.figures import Figures
from tablero.workbook_templates.periods import MONTHS_A_YEAR, Period
from tablero.workbook_templates.vectorised import Flags, Floats

Texts = npt.NDArray[np.str_]


@dataclass(frozen=True)
class InputValues:
    """What each input comes to in each period; all arrays have shape (inputs, periods)."""

    current: Floats
    previous: Floats
    filled: Floats
    to_year: Floats
    """Factor that brings a total of the filled months to a yearly rate; 1 for averages."""


def input_values(
    definition: Definition, figures: Figures, periods: Sequence[Period]
) -> InputValues:
    """Period value, previous value and yearly factor of every input in every period."""
    inside = months_inside(periods)
    filled = figures.filled.astype(float) @ inside.T
    methods = np.array([one.aggregation for one in definition.inputs])[:, None]
    totals = methods == "T"
    with np.errstate(divide="ignore"):
        yearly = np.where(totals & (filled > 0), MONTHS_A_YEAR / filled, 1.0)
    return InputValues(
        current=_by_method(methods, figures.months, inside[None] > 0),
        previous=_previous_values(methods, figures, periods, filled),
        filled=filled,
        to_year=yearly if definition.policies.annualise else np.ones_like(filled),
    )


def months_inside(periods: Sequence[Period]) -> Floats:
    """Flags 0/1, shape (periods, 24): which months belong to which period."""
    return _months_inside(tuple(periods))


@lru_cache(maxsize=256)
def _months_inside(periods: tuple[Period, ...]) -> Floats:
    number = np.arange(1 - MONTHS_A_YEAR, MONTHS_A_YEAR + 1)
    first = np.array([period.first for period in periods])[:, None]
    last = np.array([period.last for period in periods])[:, None]
    inside = ((number >= first) & (number <= last)).astype(float)
    inside.setflags(write=False)
    return inside


def _by_method(methods: Texts, months: Floats, inside: Flags) -> Floats:
    """Total, average or last of the filled months inside each period; NaN where there is none.

    ``methods`` has shape (inputs, 1), ``months`` (inputs, months), ``inside`` (inputs or 1,
    periods, months).
    """
    taken = ~np.isnan(months)[:, None, :] & inside
    count = taken.sum(axis=2)
    total = (taken * np.nan_to_num(months)[:, None, :]).sum(axis=2)
    latest = (taken * np.arange(1, months.shape[1] + 1)).max(axis=2)
    with np.errstate(divide="ignore", invalid="ignore"):
        average = total / count
    last = np.take_along_axis(months, np.maximum(latest - 1, 0), axis=1)
    chosen = np.where(methods == "T", total, np.where(methods == "A", average, last))
    return np.where(count > 0, chosen, np.nan)


def _previous_values(
    methods: Texts, figures: Figures, periods: Sequence[Period], filled: Floats
) -> Floats:
    """The same months of last year where all are known, else last year's figure."""
    this_year = months_inside(periods)[None, :, MONTHS_A_YEAR:] > 0
    last_months = figures.months[:, :MONTHS_A_YEAR]
    compared = figures.filled[:, None, MONTHS_A_YEAR:] & this_year
    all_known = (compared <= ~np.isnan(last_months)[:, None, :]).all(axis=2)
    rolling = np.array([period.first < 1 for period in periods])
    share = np.where(methods == "T", filled / MONTHS_A_YEAR, 1.0)
    previous = figures.last_year[:, None] * share
    is_known = all_known & ~rolling & (filled > 0)
    if is_known.any():
        same_months = _by_method(methods, last_months, compared)
        previous = np.where(is_known, same_months, previous)
    return np.where(filled > 0, previous, np.nan)


def kpi_values(definition: Definition, values: InputValues) -> Floats:
    """Value of every KPI in every period, at a yearly rate where its time dimension asks for it."""
    found = np.full((sum(1 for _ in definition.kpis()), values.current.shape[1]), np.nan)
    annual = values.current * values.to_year, values.previous * values.to_year
    for form in kpi_forms(definition):
        current, previous = annual if form.degree else (values.current, values.previous)
        found[form.formulas] = expressions.evaluate(
            form.expression, _lookup(form, current), _lookup(form, previous)
        )
    return found


def kpi_forms(definition: Definition) -> Sequence[expressions.Form]:
    """The forms of the formulas of all KPIs, whose rows are those of KPIs and inputs."""
    formulas = tuple(kpi.formula for kpi in definition.kpis())
    return expressions.forms(formulas, tuple(degrees(definition.inputs).items()))


def degrees(inputs: Sequence[Input]) -> Mapping[str, int]:
    """Time dimension of each input: a total grows with the months, an average or last does not."""
    return {one.id: int(one.aggregation == "T") for one in inputs}


def _lookup(form: expressions.Form, values: Floats) -> Callable[[str], Floats]:
    """Finds the values of one of a form's inputs, for all formulas."""
    return lambda number: values[form.inputs[int(number)]]


def kpi_goals(definition: Definition, periods: Sequence[Period]) -> Floats:
    """Goal of every KPI in every period: its monthly goals where given, else the annual one.

    A monthly goal of a total is an amount a month; like the value it meets, it is brought to a
    yearly rate (or, without annualisation, to the months of the period).
    """
    degree_of = degrees(definition.inputs)
    inside = months_inside(periods)[:, MONTHS_A_YEAR:]
    kpis = list(definition.kpis())
    annual = np.array([kpi.goal for kpi in kpis], dtype=float)
    goals = np.repeat(annual[:, None], len(periods), axis=1)
    for row, kpi in enumerate(kpis):
        if kpi.monthly_goals:
            given = np.array(kpi.monthly_goals, dtype=float)
            degree = expressions.degree(expressions.parse(kpi.formula), degree_of)
            goals[row] = _monthly_goal(
                given, inside, degree, goals[row], annualise=definition.policies.annualise
            )
    return goals


def _monthly_goal(
    given: Floats, inside: Floats, degree: int, otherwise: Floats, *, annualise: bool
) -> Floats:
    known = inside @ (~np.isnan(given)).astype(float)
    total = inside @ np.nan_to_num(given)
    months = np.full_like(known, MONTHS_A_YEAR) if annualise else known
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(known > 0, total / known * months**degree, otherwise)
