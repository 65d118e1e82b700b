"""The parts of a parsed KPI formula."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

Operator = Literal["+", "-", "*", "/"]
Function = Literal["growth", "improvement", "previous", "mean"]

FUNCTIONS: tuple[Function, ...] = ("growth", "improvement", "previous", "mean")
LOOKING_BACK: tuple[Function, ...] = ("growth", "improvement", "previous")
RATES: tuple[Function, ...] = ("growth", "improvement")


class FormulaError(ValueError):
    """A formula that is not one; ``code`` names the texts ``problem.<code>.*`` of the catalogue.

    ``position`` counts the characters of the formula from 1; 0 means the formula as a whole.
    """

    def __init__(self, code: str, values: Mapping[str, Any], position: int) -> None:
        super().__init__(code, dict(values), position)
        self.code = code
        self.values = {**values, "position": position}
        self.position = position


@dataclass(frozen=True, slots=True)
class Number:
    """A number written in the formula."""

    value: float


@dataclass(frozen=True, slots=True)
class InputValue:
    """The figure of an input in the period at hand."""

    id: str


@dataclass(frozen=True, slots=True)
class Negation:
    """A part with its sign turned."""

    operand: Expression


@dataclass(frozen=True, slots=True)
class Operation:
    """Two parts joined by an operator."""

    operator: Operator
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Call:
    """One of the four functions, applied to its arguments."""

    function: Function
    arguments: tuple[Expression, ...]


Expression = Number | InputValue | Negation | Operation | Call


def children(expression: Expression) -> tuple[Expression, ...]:
    """The parts directly inside an expression, from left to right."""
    match expression:
        case Negation(operand):
            return (operand,)
        case Operation(_, left, right):
            return (left, right)
        case Call(_, arguments):
            return arguments
        case _:
            return ()


def parts(expression: Expression) -> Iterator[Expression]:
    """The expression itself, then everything inside it, from left to right."""
    yield expression
    for child in children(expression):
        yield from parts(child)


def inputs_of(expression: Expression) -> tuple[str, ...]:
    """The ids of the inputs in a formula, each once, in order of appearance.

    >>> from tablero.workbook_templates.expressions import parse
    >>> inputs_of(parse("(sales - costs) / sales"))
    ('sales', 'costs')
    """
    named = (part.id for part in parts(expression) if isinstance(part, InputValue))
    return tuple(dict.fromkeys(named))


def previous_inputs_of(expression: Expression) -> frozenset[str]:
    """The ids of the inputs whose previous figure a formula needs.

    >>> from tablero.workbook_templates.expressions import parse
    >>> sorted(previous_inputs_of(parse("growth(sales) / staff")))
    ['sales']
    """
    back = (part for part in parts(expression) if looks_back(part))
    return frozenset(name for part in back for name in inputs_of(part))


def looks_back(part: Expression) -> bool:
    """Whether a part is a call that reads previous figures."""
    return isinstance(part, Call) and part.function in LOOKING_BACK


def is_rate(part: Expression) -> bool:
    """Whether a part is ``growth(…)`` or ``improvement(…)``."""
    return isinstance(part, Call) and part.function in RATES
