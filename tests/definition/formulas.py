"""Hypothesis strategies for KPI formulas."""

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from tablero.workbook_templates.expressions import (
    Call,
    Expression,
    InputValue,
    Negation,
    Number,
    Operation,
)

INPUTS = ("a", "b", "c", "d")


ORDINARY_NUMBERS = (0.0, 1.0, 2.0, 0.5, 365.0)
EXTREME_NUMBERS = (*ORDINARY_NUMBERS, 0.0000001, 123456789012345.0)


def expressions(numbers: tuple[float, ...] = ORDINARY_NUMBERS) -> SearchStrategy[Expression]:
    """Formulas of every form that the parser accepts."""
    terms = _terms(numbers)
    flat = _grown(terms, leaves=6)
    looking_back = st.one_of(
        *(_called(name, flat) for name in ("growth", "improvement", "previous"))
    )
    return _grown(st.one_of(terms, terms, looking_back), leaves=12)


def _terms(numbers: tuple[float, ...]) -> SearchStrategy[Expression]:
    inputs = st.sampled_from(INPUTS).map(InputValue)
    return st.one_of(inputs, inputs, inputs, st.sampled_from(numbers).map(Number))


def _grown(terms: SearchStrategy[Expression], leaves: int) -> SearchStrategy[Expression]:
    return st.recursive(terms, _joined, max_leaves=leaves)


def _joined(part: SearchStrategy[Expression]) -> SearchStrategy[Expression]:
    operators = st.sampled_from(("+", "-", "*", "/", "/"))
    means = st.lists(part, min_size=1, max_size=3).map(lambda found: Call("mean", tuple(found)))
    return st.one_of(st.builds(Operation, operators, part, part), st.builds(Negation, part), means)


def _called(name: str, argument: SearchStrategy[Expression]) -> SearchStrategy[Expression]:
    return argument.map(lambda found: Call(name, (found,)))  # type: ignore[arg-type]
