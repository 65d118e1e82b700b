"""What a formula calls, what it refers to, and where it computes on many cells at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from openpyxl.formula.tokenizer import Token, Tokenizer, TokenizerError

OPERATOR = "(operator)"
"""Stands among :attr:`Formula.lifted` for plus, minus and the like."""

_PREFIX = re.compile(r"@|_xl(?:fn|ws|dudf)[._]", re.IGNORECASE)
_OPERATORS = ("OPERATOR-PREFIX", "OPERATOR-INFIX", "OPERATOR-POSTFIX")
_VARIABLE = "_xlpm."
_ALIKE = ("SUMIF", "AVERAGEIF")
"""Functions whose third range Excel stretches to the first one's shape, and the engine does not."""
_WITH_THIRD = 3

Shape = Callable[[str], tuple[int, int]]
"""Rows and columns of what an operand refers to; (0, 0) where that is not known."""
Takes = Callable[[str, int], bool]
"""Whether a function takes a range as such, as the argument of a number (from 0)."""


class UnclearError(ValueError):
    """A formula that is not read: reference operators, or damaged text."""


@dataclass(frozen=True)
class Formula:
    """The words of a formula.

    ``lifted`` tells what is done to many cells one by one: the function, or :data:`OPERATOR`,
    and the functions around it, innermost last.
    """

    functions: frozenset[str]
    lifted: tuple[tuple[str, tuple[str, ...]], ...]
    joins: bool
    """Whether it puts numbers into texts with ``&``."""
    operands: tuple[str, ...]
    """All that it refers to, in its order: cells, areas, names, columns of tables."""


@dataclass
class _Part:
    """What stands between two commas, or in brackets: one expression."""

    operands: int = 0
    is_computed: bool = False
    is_many: bool = False
    shape: tuple[int, int] = (0, 0)
    text: str = ""


@dataclass
class _Call:
    """A function, or a pair of brackets (without a name), that is not closed yet."""

    name: str = ""
    parts: list[_Part] = field(default_factory=lambda: [_Part()])


def read_formula(text: str, shape: Shape, takes: Takes) -> Formula:
    """Read a formula, given without ``=``.

    Examples
    --------
    >>> shape = lambda operand: (3, 1) if ":" in operand else (1, 1)
    >>> read = lambda text: read_formula(text, shape, lambda function, _: function == "SUM")
    >>> read("SUM(A1:A3)/B2").lifted
    ()
    >>> read("SUM(LEN(A1:A3)*2)").lifted
    (('LEN', ('SUM',)), ('(operator)', ('SUM',)))
    >>> sorted(read("_xlfn.IFS(A1>0,B1)").functions)
    ['IFS']
    >>> read("IF(A1,B$2,SUM(Plan[Seen])*vat)").operands
    ('A1', 'B$2', 'Plan[Seen]', 'vat')
    """
    return _Reader(shape, takes).read(text)


def _tokens(text: str) -> list[Token]:
    try:
        return list(Tokenizer(f"={text}").items)
    except (TokenizerError, IndexError, KeyError) as defect:
        raise UnclearError(text) from defect


class _Reader:
    """Takes the pieces of one formula in turn."""

    def __init__(self, shape: Shape, takes: Takes) -> None:
        self._shape = shape
        self._takes = takes
        self._open = [_Call()]
        self._functions: set[str] = set()
        self._lifted: list[tuple[str, tuple[str, ...]]] = []
        self._operands: list[str] = []
        self._joins = False

    def read(self, text: str) -> Formula:
        for token in _tokens(text):
            self._take(token)
        if len(self._open) != 1:
            raise UnclearError(text)
        self._ended_part()
        return Formula(
            frozenset(self._functions), tuple(self._lifted), self._joins, tuple(self._operands)
        )

    def _take(self, token: Token) -> None:
        part = self._open[-1].parts[-1]
        if token.type in _OPERATORS:
            self._operator(token, part)
        elif token.subtype == Token.OPEN:
            self._opened(token)
        elif token.subtype == Token.CLOSE:
            self._closed()
        elif token.type == Token.SEP:
            self._ended_part()
            self._open[-1].parts.append(_Part())
        elif token.type == Token.OPERAND:
            part.text = token.value
            is_range = token.subtype == Token.RANGE
            if is_range and not token.value.lower().startswith(_VARIABLE):
                self._operands.append(token.value)
            part.shape = self._shape(token.value) if is_range else (1, 1)
            self._operand(is_many=part.shape != (1, 1))

    def _operator(self, token: Token, part: _Part) -> None:
        if token.value in (",", ":"):
            raise UnclearError(token.value)
        self._joins |= token.value == "&"
        part.is_computed = True
        if token.type == "OPERATOR-INFIX":
            part.operands -= 1

    def _opened(self, token: Token) -> None:
        if token.type == Token.ARRAY:
            self._open.append(_Call("{"))
            return
        name = _PREFIX.sub("", token.value.removesuffix("(")).upper()
        if ":" in name or "!" in name:
            raise UnclearError(token.value)
        if token.type == Token.FUNC:
            self._functions.add(name)
        self._open.append(_Call(name))

    def _closed(self) -> None:
        self._ended_part()
        call = self._open.pop()
        if not self._open:
            raise UnclearError(call.name)
        if call.name in _ALIKE and len(call.parts) == _WITH_THIRD:
            first, _, third = call.parts
            if first.shape != third.shape or first.shape == (0, 0):
                raise UnclearError(call.name)
        is_many = any(
            part.is_many and not (call.name and self._takes(call.name, place))
            for place, part in enumerate(call.parts)
        )
        if is_many and call.name not in ("", "{"):
            self._lifted.append((call.name, self._around()))
        self._operand(is_many=is_many or call.name == "{" or _gives_many(call))

    def _operand(self, *, is_many: bool) -> None:
        part = self._open[-1].parts[-1]
        part.operands += 1
        part.is_many |= is_many
        if part.operands > 1:
            # Two side by side: the space between them is the operator of what both share.
            raise UnclearError("intersection")

    def _ended_part(self) -> None:
        part = self._open[-1].parts[-1]
        if part.is_many and part.is_computed:
            self._lifted.append((OPERATOR, self._around()))

    def _around(self) -> tuple[str, ...]:
        return tuple(call.name for call in self._open if call.name not in ("", "{"))


def _gives_many(call: _Call) -> bool:
    """Whether a function answers with a range: a whole row or column of one, or one moved."""
    first, *others = call.parts
    if call.name == "INDEX":
        return any(part.operands == 0 or _is_zero(part) for part in others)
    return call.name == "OFFSET" and (first.is_many or len(others) > _WITH_THIRD - 1)


def _is_zero(part: _Part) -> bool:
    return part.text == "0" and not part.is_computed
