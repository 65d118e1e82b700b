"""What a KPI must come to in each month that remains, so that the year meets its goal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from tablero.workbook_templates.analysis.forecast import Forecasts
from tablero.workbook_templates.definition import Aggregation, Definition, Kpi
from tablero.workbook_templates.expressions import (
    Call,
    Expression,
    InputValue,
    Negation,
    Number,
    Operation,
    degree,
    parse,
)
from tablero.workbook_templates.periods import MONTHS_A_YEAR
from tablero.workbook_templates.values import degrees

Reason = Literal["no_figures", "complete", "no_goal", "uneven", "mixed", "product", "fixed"]
Way = Literal["mean", "level", "mixed", "product", "fixed"]
"""How the year's value of a KPI comes from its months.

``mean``: the mean of its months, at a yearly rate; ``level``: only the last month counts;
``mixed``: both are added; ``product``: months are multiplied with each other; ``fixed``: no figure
moves it.
"""


class _ProductError(Exception):
    """Months are multiplied with each other."""


def moving_inputs(expression: Expression) -> frozenset[str]:
    """The inputs in whose months a formula is linear, while all it divides by goes on as it is.

    >>> from tablero.workbook_templates.expressions import parse
    >>> sorted(moving_inputs(parse("(sales - costs) / staff")))
    ['costs', 'sales']
    >>> sorted(moving_inputs(parse("growth(sales) / previous(stock)")))
    ['sales']
    """
    match expression:
        case InputValue(name):
            return frozenset((name,))
        case Number():
            return frozenset()
        case Negation(operand):
            return moving_inputs(operand)
        case Operation(operator, left, right):
            return _of_operation(operator, moving_inputs(left), moving_inputs(right))
        case Call("previous", _):
            return frozenset()
        case Call(_, arguments):
            return frozenset().union(*map(moving_inputs, arguments))


def _of_operation(operator: str, left: frozenset[str], right: frozenset[str]) -> frozenset[str]:
    if operator == "/":
        if right and not left:
            raise _ProductError
        return left
    if operator == "*" and left and right:
        raise _ProductError
    return left | right


def way_of(expression: Expression, methods: Mapping[str, Aggregation]) -> Way:
    """How the year's value of a formula comes from its months.

    >>> from tablero.workbook_templates.expressions import parse
    >>> methods = {"sales": "T", "assets": "A", "stock": "L"}
    >>> [way_of(parse(one), methods) for one in ("sales / assets", "stock", "sales * assets")]
    ['mean', 'level', 'product']
    """
    try:
        found = {methods[name] for name in moving_inputs(expression)}
    except _ProductError:
        return "product"
    if not found:
        return "fixed"
    if "L" not in found:
        return "mean"
    return "level" if found == {"L"} else "mixed"


def movers(expression: Expression) -> frozenset[str]:
    """The inputs that move a formula; none where it is no sum of its months."""
    try:
        return moving_inputs(expression)
    except _ProductError:
        return frozenset()


def methods_of(definition: Definition) -> Mapping[str, Aggregation]:
    """How each input comes from its months."""
    return {one.id: one.aggregation for one in definition.inputs}


def required(goal: float, rate: float, months: float, power: int = 0) -> float:
    """What the KPI must come to in each remaining month, for the year to meet its goal exactly.

    Parameters
    ----------
    goal
        The goal of the year.
    rate
        The year's value at the run rate.
    months
        How many months are filled; fewer than twelve.
    power
        The time dimension: 1 for amounts, of which a month is a twelfth, 0 for ratios and levels.

    Returns
    -------
    float
        ``(12 goal − months × rate) / (12 − months) / 12**power``.

    Notes
    -----
    The year is the mean of its months: ``goal = (n r + (12 − n) x) / 12`` solved for x. For a
    total this is (goal − so far) / remaining months; for a ratio it holds as long as what it
    divides by goes on as it has.

    Examples
    --------
    70 of 120 sold in six months, a run rate of 140; and a ratio that stands at 0.8 of 0.9:

    >>> required(120, 140, 6, 1)
    8.333333333333334
    >>> round(required(0.9, 0.8, 6), 4)
    1.0
    """
    left = MONTHS_A_YEAR - months
    needed = (MONTHS_A_YEAR * goal - months * rate) / left
    return needed / float(MONTHS_A_YEAR) ** power


@dataclass(frozen=True)
class Needed:
    """What the remaining months of a KPI must bring, each of them, or why that cannot be said."""

    way: Way
    amount: float | None
    reason: Reason | None


def needed(definition: Definition, found: Forecasts) -> tuple[Needed, ...]:
    """What each KPI needs, in the order of the definition."""
    return tuple(_needed(definition, found, row, kpi) for row, kpi in enumerate(definition.kpis()))


def _needed(definition: Definition, found: Forecasts, row: int, kpi: Kpi) -> Needed:
    formula = parse(kpi.formula)
    way = way_of(formula, methods_of(definition))
    if way == "mixed" or way == "product" or way == "fixed":  # noqa: PLR1714 - told apart by type
        return Needed(way, None, way)
    row_of = {one.id: place for place, one in enumerate(definition.inputs)}
    months = [float(found.inputs.months[row_of[name]]) for name in movers(formula)]
    goal, rate = float(found.goals[row]), float(found.run_rate[row])
    reason = _reason(way, months, goal, rate)
    if reason is not None:
        return Needed(way, None, reason)
    power = monthly_power(degree(formula, degrees(definition.inputs)))
    return Needed(way, goal if way == "level" else required(goal, rate, months[0], power), None)


def monthly_power(dimension: int) -> int:
    """By how many twelfths a month of a KPI is smaller than its year.

    Amounts are; ratios and levels are not, nor are days that a year's flow covers, of which a
    month's would be twelve times the year's.

    >>> monthly_power(1), monthly_power(0), monthly_power(-1)
    (1, 0, 0)
    """
    return max(dimension, 0)


def _reason(way: Way, months: list[float], goal: float, rate: float) -> Reason | None:
    """Why nothing can be said of the remaining months."""
    if np.isnan(rate):
        return "no_figures"
    if min(months) == MONTHS_A_YEAR:
        return "complete"
    if np.isnan(goal):
        return "no_goal"
    return "uneven" if way == "mean" and min(months) < max(months) else None
