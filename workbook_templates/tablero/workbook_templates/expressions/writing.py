"""The text of a parsed formula, with no more brackets than its meaning needs."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from tablero.workbook_templates.expressions.nodes import (
    Call,
    Expression,
    InputValue,
    Negation,
    Number,
    Operation,
)

Atom = Number | InputValue | Call

_SUM, _PRODUCT, _ATOM = 1, 2, 3
_STRENGTH = {"+": _SUM, "-": _SUM, "*": _PRODUCT, "/": _PRODUCT}


def to_text(expression: Expression) -> str:
    """The formula as text; parsing it gives the same expression again.

    >>> from tablero.workbook_templates.expressions import parse
    >>> to_text(parse("((a))÷(b×(2-c))"))
    'a / (b * (2 - c))'
    """
    return infix(expression, _atom_text, gap=" ")


def _atom_text(atom: Atom) -> str:
    match atom:
        case Number(value):
            return number_text(value)
        case InputValue(name):
            return name
        case Call(function, arguments):
            return f"{function}({', '.join(to_text(argument) for argument in arguments)})"


def to_words(expression: Expression, word: Callable[[str], str]) -> str:
    """The formula as a person reads it: names of inputs and functions through ``word``, × and ÷.

    >>> from tablero.workbook_templates.expressions import parse
    >>> to_words(parse("a / growth(b)"), {"a": "Sales", "b": "Orders", "growth": "growth of"}.get)
    'Sales ÷ growth of (Orders)'
    """
    words: list[str] = []

    def mark(atom: Atom) -> str:
        words.append(_atom_words(atom, word))
        return f"\0{len(words) - 1}\0"

    marked = infix(expression, mark, gap=" ").replace("*", "×").replace("/", "÷")
    parts = marked.split("\0")
    return "".join(words[int(part)] if odd % 2 else part for odd, part in enumerate(parts))


def _atom_words(atom: Atom, word: Callable[[str], str]) -> str:
    match atom:
        case Number(value):
            return number_text(value)
        case InputValue(name):
            return word(name)
        case Call(function, arguments):
            inner = "; ".join(to_words(argument, word) for argument in arguments)
            return f"{word(function)} ({inner})"


def number_text(value: float) -> str:
    """A number in plain digits, never with an exponent.

    >>> number_text(0.0000001), number_text(365.0)
    ('0.0000001', '365')
    """
    digits = format(Decimal(repr(value)), "f")
    return digits.removesuffix(".0")


def infix(expression: Expression, atom_text: Callable[[Atom], str], gap: str = "") -> str:
    """Signs and operators of an expression around the texts of its atoms."""
    match expression:
        case Negation(operand):
            return f"-{_bracketed(operand, atom_text, gap, _ATOM)}"
        case Operation(operator, left, right):
            strength = _STRENGTH[operator]
            first = _bracketed(left, atom_text, gap, strength)
            second = _bracketed(right, atom_text, gap, strength + 1, follows=True)
            return f"{first}{gap}{operator}{gap}{second}"
        case _:
            return atom_text(expression)


def _bracketed(
    part: Expression,
    atom_text: Callable[[Atom], str],
    gap: str,
    needed: int,
    *,
    follows: bool = False,
) -> str:
    written = infix(part, atom_text, gap)
    return written if _strength(part, follows=follows) >= needed else f"({written})"


def _strength(part: Expression, *, follows: bool) -> int:
    match part:
        case Operation(operator, _, _):
            return _STRENGTH[operator]
        case Negation():
            return 0 if follows else _PRODUCT
        case _:
            return _ATOM
