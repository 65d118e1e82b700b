"""The spreadsheet text of a KPI formula, guarded against missing figures and zero denominators."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import cast

from tablero.workbook_templates.expressions.nodes import (
    Call,
    Expression,
    InputValue,
    Negation,
    Number,
    Operation,
    children,
    is_rate,
)
from tablero.workbook_templates.expressions.writing import Atom, infix, number_text

_REFERENCE = re.compile(r"('[^']+'!|\w+!)?[$\w.:\[\]]+")


@dataclass(frozen=True, slots=True)
class Operand:
    """An input in a spreadsheet: the cell that may be empty, the text that stands in arithmetic."""

    cell: str
    scaled: str


def to_formula(
    expression: Expression,
    current: Callable[[str], Operand],
    previous: Callable[[str], Operand],
    call: Callable[[str, Sequence[str]], str],
) -> str:
    """Write a formula for a spreadsheet, without the equals sign.

    The text answers ``""`` where `evaluate` answers NaN: first the cells are tested for being
    empty, then the denominators for zero (inner ones before outer ones), then the value follows.
    There is no IFERROR, so a true error stays visible.

    Parameters
    ----------
    expression
        The parsed formula.
    current, previous
        Where an input stands, by id: this period's figure and the previous one.
    call
        Writes a call of one of our cell functions from its name and the texts of its arguments;
        the answer has to bind tightly (a call, or something in brackets).

    Examples
    --------
    >>> from tablero.workbook_templates.expressions import parse
    >>> cells = {"income": Operand("B2", "B2"), "assets": Operand("B3", "B3")}
    >>> def call(name, arguments): return f"{name}({','.join(arguments)})"
    >>> to_formula(parse("income / assets"), cells.__getitem__, cells.__getitem__, call)
    'IF(OR(B2="",B3=""),"",IF(B3=0,"",B2/B3))'
    """
    return _Writer(current, previous, call).guarded(_signs_as_differences(expression))


def _signs_as_differences(expression: Expression) -> Expression:
    # The same value, but a sign before brackets loses them when IronCalc loads a workbook.
    match expression:
        case Negation(operand):
            return Operation("-", Number(0.0), _signs_as_differences(operand))
        case Operation(operator, left, right):
            return Operation(operator, _signs_as_differences(left), _signs_as_differences(right))
        case Call(function, arguments):
            return Call(function, tuple(_signs_as_differences(argument) for argument in arguments))
        case _:
            return expression


@dataclass(frozen=True, slots=True)
class _Writer:
    current: Callable[[str], Operand]
    previous: Callable[[str], Operand]
    call: Callable[[str, Sequence[str]], str]

    def guarded(self, expression: Expression) -> str:
        if isinstance(expression, Call) and is_rate(expression):
            return self._rate(expression)
        value = self.bare(expression)
        for tests in reversed(self._zero_tests(expression)):
            value = _unless(tests, value)
        return _unless((f'{cell}=""' for cell in self.blanks(expression)), value)

    def bare(self, expression: Expression) -> str:
        if isinstance(expression, InputValue):
            return self.current(expression.id).scaled
        return infix(expression, self._atom)

    def _atom(self, atom: Atom) -> str:
        match atom:
            case Number(value):
                return number_text(value)
            case InputValue(name):
                return _tight(self.current(name).scaled)
            case Call("mean", arguments):
                return f"AVERAGE({','.join(self.bare(argument) for argument in arguments)})"
            case Call("previous", (argument,)):
                return _tight(self._before.bare(argument))
            case _:
                return self._rate(atom)

    def _rate(self, rate: Call) -> str:
        (argument,) = rate.arguments
        now, before = self.argument(argument), self._before.argument(argument)
        if rate.function == "growth":
            return self.call("GROWTH_RATE", (now, before))
        return self.call("IMPROVEMENT_RATE", (before, now))

    def argument(self, argument: Expression) -> str:
        if isinstance(argument, InputValue):
            operand = self.current(argument.id)
            if operand.scaled == operand.cell:
                return operand.cell
        return self.guarded(argument)

    @property
    def _before(self) -> _Writer:
        return replace(self, current=self.previous)

    def _inside(self, expression: Expression) -> _Writer:
        is_previous = isinstance(expression, Call) and expression.function == "previous"
        return self._before if is_previous else self

    def blanks(self, expression: Expression) -> Iterator[str]:
        if isinstance(expression, InputValue):
            yield self.current(expression.id).cell
        elif is_rate(expression):
            yield self._atom(cast("Call", expression))
        else:
            for child in children(expression):
                yield from self._inside(expression).blanks(child)

    def _zero_tests(self, expression: Expression) -> list[list[str]]:
        # A test may itself divide, so those of one stage stand inside those of the stage before.
        tests = list(self.staged_tests(expression))
        last = max((stage for stage, _ in tests), default=-1)
        return [[test for stage, test in tests if stage == wanted] for wanted in range(last + 1)]

    def staged_tests(self, expression: Expression) -> Iterator[tuple[int, str]]:
        if is_rate(expression):
            return
        for child in children(expression):
            yield from self._inside(expression).staged_tests(child)
        if isinstance(expression, Operation) and expression.operator == "/":
            denominator = expression.right
            if not _is_safe(denominator):
                yield _stages(denominator), f"{self.bare(denominator)}=0"


def _is_safe(denominator: Expression) -> bool:
    return isinstance(denominator, Number) and denominator.value != 0


def _stages(expression: Expression) -> int:
    """How many rounds of zero tests must have passed before an expression can be computed."""
    if is_rate(expression):
        return 0
    if isinstance(expression, Operation) and expression.operator == "/":
        return max(_stages(expression.left), _stages(expression.right) + 1)
    return max((_stages(child) for child in children(expression)), default=0)


def _unless(tests: Iterable[str], value: str) -> str:
    unique = list(dict.fromkeys(tests))
    if not unique:
        return value
    test = unique[0] if len(unique) == 1 else f"OR({','.join(unique)})"
    return f'IF({test},"",{value})'


def _tight(text: str) -> str:
    return text if _REFERENCE.fullmatch(text) else f"({text})"
