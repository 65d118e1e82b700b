"""The value of a KPI formula over arrays of figures."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from tablero.workbook_templates.expressions.nodes import (
    Call,
    Expression,
    InputValue,
    Negation,
    Number,
    Operation,
    inputs_of,
    parts,
)

FloatArray = npt.NDArray[np.float64]
Figures = Callable[[str], FloatArray]


def evaluate(expression: Expression, current: Figures, previous: Figures) -> FloatArray:
    """Compute a formula for many periods at once.

    Parameters
    ----------
    expression
        The parsed formula.
    current, previous
        The figures of an input by id, this period's and the previous one's; all of one shape,
        NaN where a figure is missing.

    Returns
    -------
    numpy.ndarray
        The values, of the same shape; NaN where a figure is missing, a denominator is zero or
        the result is not finite. A formula without inputs answers with an array of no dimension.

    Examples
    --------
    >>> from tablero.workbook_templates.expressions import parse
    >>> figures = {"income": np.array([16.0, 7.0, 1.0]), "assets": np.array([239.0, 0.0, np.nan])}
    >>> evaluate(parse("income / assets"), figures.__getitem__, figures.__getitem__).round(4)
    array([0.0669,    nan,    nan])
    """
    with np.errstate(all="ignore"):
        value = _value(expression, current, previous)
        return np.where(np.isfinite(value), value, np.nan)


def _value(expression: Expression, current: Figures, previous: Figures) -> FloatArray:
    match expression:
        case Number(value):
            return np.asarray(value, dtype=np.float64)
        case InputValue(name):
            return np.asarray(current(name), dtype=np.float64)
        case Negation(operand):
            return -_value(operand, current, previous)
        case Operation(operator, left, right):
            one = _value(left, current, previous)
            return _joined(operator, one, _value(right, current, previous))
        case Call():
            return _called(expression, current, previous)


def _joined(operator: str, left: FloatArray, right: FloatArray) -> FloatArray:
    match operator:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case _:
            return _quotient(left, right)


def _called(call: Call, current: Figures, previous: Figures) -> FloatArray:
    if call.function == "mean":
        values = [_value(argument, current, previous) for argument in call.arguments]
        return np.asarray(sum(values[1:], values[0]) / len(values))
    before = _value(call.arguments[0], previous, previous)
    if call.function == "previous":
        return before
    now = _value(call.arguments[0], current, previous)
    gain = now - before if call.function == "growth" else before - now
    return _quotient(gain, np.abs(before))


def _quotient(numerator: FloatArray, denominator: FloatArray) -> FloatArray:
    usable = np.isfinite(denominator) & (denominator != 0)
    return np.where(usable, numerator / denominator, np.nan)


def divides_by_zero(expression: Expression) -> bool:
    """Whether a formula divides by something that is zero whatever the figures are.

    >>> from tablero.workbook_templates.expressions import parse
    >>> divides_by_zero(parse("sales / (2 - 2)")), divides_by_zero(parse("sales / staff"))
    (True, False)
    """
    divisions = (part for part in parts(expression) if isinstance(part, Operation))
    return any(part.operator == "/" and _is_zero(part.right) for part in divisions)


def _is_zero(expression: Expression) -> bool:
    if inputs_of(expression):
        return False
    return bool(evaluate(expression, _no_figure, _no_figure) == 0)


def _no_figure(name: str) -> FloatArray:
    raise KeyError(name)
