"""The text of a formula taken apart: whether it can be one at all, and what it speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from openpyxl.formula.tokenizer import Token, Tokenizer, TokenizerError

A_CELL = r"\$?[A-Za-z]{1,3}\$?[0-9]+"
A_REFERENCE = re.compile(rf"{A_CELL}|\$?[A-Za-z]{{1,3}}|\$?[0-9]+")
A_SHEET = re.compile(r"(?:'((?:[^']|'')+)'|([^'!\[\]]+))!(.*)", re.DOTALL)
PARAMETER = re.compile(r"_xl(?:pm|op)\.[^\W\d]\w*")


class BrokenFormulaError(Exception):
    """The text cannot be a formula: a spreadsheet would offer to repair the file."""


@dataclass(frozen=True)
class Call:
    """A call of a function with the tokens of each argument."""

    function: str
    arguments: tuple[tuple[Token, ...], ...]


@dataclass(frozen=True)
class FormulaText:
    """What a formula speaks of."""

    calls: tuple[Call, ...]
    names: frozenset[str]
    tables: frozenset[str]
    sheets: frozenset[str]
    parameters: frozenset[str]
    has_lost_reference: bool


@lru_cache(maxsize=10_000)  # the workbooks of the tests have most of their formulas in common
def parse(text: str) -> FormulaText:
    """Take a formula (without its equals sign) apart.

    >>> parsed = parse("SUM(Inputs!A1:B2)*share")
    >>> sorted(parsed.names), sorted(parsed.sheets), parsed.calls[0].function
    (['share'], ['Inputs'], 'SUM')
    """
    tokens = _tokens(text)
    _check_order(tokens)
    operands = [token.value for token in tokens if token.subtype == Token.RANGE]
    found = _Found()
    for operand in operands:
        found.add(operand)
    return FormulaText(
        calls=tuple(_calls(tokens)),
        names=frozenset(found.names),
        tables=frozenset(found.tables),
        sheets=frozenset(found.sheets),
        parameters=frozenset(found.parameters),
        has_lost_reference="#REF!" in _without_strings(tokens),
    )


def _without_strings(tokens: Sequence[Token]) -> str:
    return " ".join(token.value for token in tokens if token.subtype != Token.TEXT)


def _tokens(text: str) -> list[Token]:
    try:
        tokenizer = Tokenizer("=" + text)
    except TokenizerError as error:
        raise BrokenFormulaError(str(error)) from error
    except IndexError as error:
        raise BrokenFormulaError("a bracket is closed that was never opened") from error
    if tokenizer.token_stack:
        raise BrokenFormulaError("a bracket is never closed")
    return [token for token in tokenizer.items if token.type != Token.WSPACE]


# A formula alternates between operands and what joins them; anything else is broken.
def _check_order(tokens: Sequence[Token]) -> None:
    wants_operand = True
    before: Token | None = None
    for token in tokens:
        wants_operand = _next_want(token, before, wants_operand=wants_operand)
        before = token
    if wants_operand:
        raise BrokenFormulaError("it ends where a value is missing" if tokens else "it is empty")


def _next_want(token: Token, before: Token | None, *, wants_operand: bool) -> bool:
    """Whether a value must follow after ``token``."""
    if token.subtype == Token.CLOSE:
        if wants_operand and not _may_close_after(before):
            raise BrokenFormulaError(f"a value is missing before {token.value!r}")
        return False
    if token.type == Token.SEP:
        return True
    if token.type in (Token.OP_IN, Token.OP_POST):
        if wants_operand:
            raise BrokenFormulaError(f"a value is missing before {token.value!r}")
        return token.type == Token.OP_IN
    if not wants_operand and not _joins(token, before):
        raise BrokenFormulaError(f"an operator is missing before {token.value!r}")
    return token.type != Token.OPERAND


def _may_close_after(before: Token | None) -> bool:
    """``NOW()`` and ``IF(a,b,)`` are calls with an argument left out."""
    if before is None:
        return False
    return before.type == Token.SEP or (before.type, before.subtype) == (Token.FUNC, Token.OPEN)


def _joins(token: Token, before: Token | None) -> bool:
    """A range made of two calls, ``INDEX(…):INDEX(…)``, or a call of a call, ``LAMBDA(…)(…)``."""
    called = before is not None and before.subtype == Token.CLOSE and token.type == Token.PAREN
    return called or token.value.startswith(":")


def _calls(tokens: Sequence[Token]) -> Iterator[Call]:
    for start, token in enumerate(tokens):
        if token.type == Token.FUNC and token.subtype == Token.OPEN:
            name = token.value.removesuffix("(").rpartition(":")[2]
            yield Call(name.lstrip("@"), tuple(_arguments(tokens[start + 1 :])))


def _arguments(tokens: Sequence[Token]) -> Iterator[tuple[Token, ...]]:
    """The arguments of the call whose bracket was opened just before ``tokens``."""
    depth, argument = 0, list[Token]()
    for token in tokens:
        if depth == 0 and (token.subtype == Token.CLOSE or token.type == Token.SEP):
            yield tuple(argument)
            argument = []
            if token.subtype == Token.CLOSE:
                return
            continue
        depth += (token.subtype == Token.OPEN) - (token.subtype == Token.CLOSE)
        argument.append(token)


@dataclass
class _Found:
    """Collects what operands speak of."""

    names: set[str] = field(default_factory=set)
    tables: set[str] = field(default_factory=set)
    sheets: set[str] = field(default_factory=set)
    parameters: set[str] = field(default_factory=set)

    def add(self, operand: str) -> None:
        rest = operand.lstrip(":@")
        if match := A_SHEET.fullmatch(rest):
            self.sheets.add((match[1] or match[2]).replace("''", "'"))
            rest = match[3]
        if PARAMETER.fullmatch(rest):
            self.parameters.add(rest)
        elif "[" in rest:
            self.tables.add(rest.partition("[")[0])
        elif not _is_reference(rest):
            self.names.add(rest)


def _is_reference(text: str) -> bool:
    parts = [part.rpartition("!")[2] for part in text.removesuffix(":").split(":")]
    return all(A_REFERENCE.fullmatch(part) for part in parts) and (
        len(parts) > 1 or re.fullmatch(A_CELL, parts[0]) is not None
    )
