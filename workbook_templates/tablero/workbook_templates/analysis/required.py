"""What a KPI must come to in each month that remains, so that the year meets its goal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from tablero.workbook_templates.definition import Aggregation, Definition
from tablero.workbook_templates.expressions import (
    Call,
    Expression,
    InputValue,
    Negation,
    Number,
    Operation,
)
from tablero.workbook_templates.periods import MONTHS_A_YEAR

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


def required(goal: float, rate: float, months: float, degree: int = 0) -> float:
    """What the KPI must come to in each remaining month, for the year to meet its goal exactly.

    Parameters
    ----------
    goal
        The goal of the year.
    rate
        The year's value at the run rate.
    months
        How many months are filled; fewer than twelve.
    degree
        The time dimension: 1 for amounts, of which a month is a twelfth, 0 for ratios and levels.

    Returns
    -------
    float
        ``(12 goal − months × rate) / (12 − months) / 12**degree``.

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
    return needed / float(MONTHS_A_YEAR) ** degree
