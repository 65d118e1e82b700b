"""The time dimension of a KPI formula."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce

from tablero.workbook_templates.expressions.nodes import (
    Call,
    Expression,
    FormulaError,
    InputValue,
    Negation,
    Number,
    Operation,
)
from tablero.workbook_templates.expressions.writing import to_text


def degree(expression: Expression, degree_of: Mapping[str, int]) -> int:
    """How a formula's value grows with the length of the period.

    A total (T) has degree 1, an average or last figure (A, L) and a number degree 0. ``×`` adds
    degrees, ``÷`` subtracts them; ``+``, ``−`` and ``mean`` want equal ones. A growth or an
    improvement has degree 0. The value of n months meets an annual goal after multiplication
    by ``(12 / n) ** degree``.

    Parameters
    ----------
    expression
        The parsed formula.
    degree_of
        The degree of every input in it, by id.

    Raises
    ------
    FormulaError
        If terms of different degrees are added, subtracted or averaged.

    Examples
    --------
    A flow over a level has degree 1: half a year of income has to be doubled.

    >>> from tablero.workbook_templates.expressions import parse
    >>> degree(parse("net_income / total_assets"), {"net_income": 1, "total_assets": 0})
    1
    """
    match expression:
        case Number():
            return 0
        case InputValue(name):
            return degree_of[name]
        case Negation(operand):
            return degree(operand, degree_of)
        case Operation(operator, left, right):
            return _of_operation(operator, left, right, degree_of)
        case Call(function, arguments):
            shared = _of_equals(arguments, degree_of)
            return shared if function in {"previous", "mean"} else 0


def _of_operation(
    operator: str, left: Expression, right: Expression, degree_of: Mapping[str, int]
) -> int:
    if operator in "+-":
        return _of_equals((left, right), degree_of)
    sign = 1 if operator == "*" else -1
    return degree(left, degree_of) + sign * degree(right, degree_of)


def _of_equals(terms: tuple[Expression, ...], degree_of: Mapping[str, int]) -> int:
    degrees = [(degree(term, degree_of), term) for term in terms]
    return reduce(_same, degrees)[0]


def _same(one: tuple[int, Expression], other: tuple[int, Expression]) -> tuple[int, Expression]:
    if one[0] == other[0]:
        return one
    low, high = sorted((one, other), key=lambda pair: pair[0])
    code = "formula_total_and_average" if (low[0], high[0]) == (0, 1) else "formula_degrees"
    values = {"longer": to_text(high[1]), "shorter": to_text(low[1])}
    raise FormulaError(code, values, 0)
