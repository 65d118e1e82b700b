"""Formulas of one form: they differ in their inputs only, so that all of them are computed at once.

Most KPIs of a scorecard are one input over another, or the growth of one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from tablero.workbook_templates.expressions.dimension import degree
from tablero.workbook_templates.expressions.nodes import (
    Call,
    Expression,
    InputValue,
    Negation,
    Operation,
    inputs_of,
)
from tablero.workbook_templates.expressions.parser import parse

_KEPT = 64


class Form(NamedTuple):
    """Formulas of one form, and where they and their inputs are among all."""

    expression: Expression
    """Its inputs are called 0, 1, 2 and so on, in order of appearance."""
    degree: int
    """The time dimension of all of them."""
    formulas: npt.NDArray[np.intp]
    inputs: npt.NDArray[np.intp]
    """Which the inputs are: a row for each of the form's inputs, a column for each formula."""


@lru_cache(maxsize=_KEPT)
def forms(formulas: tuple[str, ...], inputs: tuple[tuple[str, int], ...]) -> Sequence[Form]:
    """The forms of some formulas.

    Parameters
    ----------
    formulas
        As they are written.
    inputs
        The id of every input, and its time dimension.

    Raises
    ------
    FormulaError
        One is no formula, or adds what cannot be added.

    Examples
    --------
    >>> inputs = (("sales", 1), ("costs", 1), ("staff", 0))
    >>> found = forms(("sales / staff", "growth(sales)", "costs / staff"), inputs)
    >>> [(one.formulas.tolist(), one.inputs.tolist()) for one in found]
    [([0, 2], [[0, 1], [2, 2]]), ([1], [[0]])]
    """
    row_of = {name: row for row, (name, _) in enumerate(inputs)}
    found: dict[tuple[Expression, int], list[tuple[int, list[int]]]] = {}
    for row, formula in enumerate(formulas):
        expression = parse(formula)
        names = inputs_of(expression)
        places = {name: str(number) for number, name in enumerate(names)}
        kind = (_renamed(expression, places), degree(expression, dict(inputs)))
        found.setdefault(kind, []).append((row, [row_of[name] for name in names]))
    return tuple(_form(kind, members) for kind, members in found.items())


def _form(kind: tuple[Expression, int], members: Sequence[tuple[int, list[int]]]) -> Form:
    rows = np.array([row for row, _ in members], dtype=np.intp)
    inputs = np.array([rows for _, rows in members], dtype=np.intp)
    return Form(*kind, rows, inputs.T)


def _renamed(expression: Expression, names: Mapping[str, str]) -> Expression:
    """The same with other names of its inputs."""
    match expression:
        case InputValue(name):
            return InputValue(names[name])
        case Negation(operand):
            return Negation(_renamed(operand, names))
        case Operation(operator, left, right):
            return Operation(operator, _renamed(left, names), _renamed(right, names))
        case Call(function, arguments):
            return Call(function, tuple(_renamed(one, names) for one in arguments))
        case _:
            return expression
