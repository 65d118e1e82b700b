"""Reading a KPI formula by recursive descent, bounded in depth so that no input can exhaust us."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import cast

from tablero.workbook_templates.expressions.nodes import (
    FUNCTIONS,
    LOOKING_BACK,
    Call,
    Expression,
    FormulaError,
    Function,
    InputValue,
    Negation,
    Number,
    Operation,
    Operator,
    inputs_of,
)
from tablero.workbook_templates.expressions.tokens import Token, tokens_of

MAX_DEPTH = 30  # each level may become a nested IF, of which Excel allows 64
MAX_TERMS = 100


# One formula is read again by every sheet, check and score that speaks of it.
@lru_cache(maxsize=4096)
def parse(text: str) -> Expression:
    """Read a KPI formula.

    Parameters
    ----------
    text
        The formula over input ids, at most 1000 characters.

    Raises
    ------
    FormulaError
        If it is anything but a formula of this language.

    Examples
    --------
    >>> parse("net_income / total_assets")
    Operation(operator='/', left=InputValue(id='net_income'), right=InputValue(id='total_assets'))
    """
    reader = _Reader(tokens_of(text))
    expression = reader.sum()
    reader.require_end()
    return expression


@lru_cache(maxsize=4096)
def inputs_in(text: str) -> tuple[str, ...]:
    """The inputs that a KPI formula names, each once, in the order in which it names them.

    Raises
    ------
    FormulaError
        As of :func:`parse`.

    Examples
    --------
    >>> inputs_in("net_income / total_assets")
    ('net_income', 'total_assets')
    """
    return tuple(inputs_of(parse(text)))


class _Reader:
    def __init__(self, tokens: tuple[Token, ...]) -> None:
        self._tokens = tokens
        self._next = 0
        self._depth = 0
        self._terms = 0
        self._looking_back = False

    def sum(self) -> Expression:
        return self._chain("+-", self._product)

    def _product(self) -> Expression:
        return self._chain("*/", self._signed)

    def _chain(self, operators: str, operand: Callable[[], Expression]) -> Expression:
        left = operand()
        while (token := self._token).kind == "sign" and token.text in operators:
            self._advance()
            left = Operation(cast("Operator", token.text), left, operand())
        return left

    def _signed(self) -> Expression:
        if self._token.text != "-":
            return self._term()
        with self._level():
            self._advance()
            return Negation(self._signed())

    def _term(self) -> Expression:
        token = self._advance()
        if token.text == "(":
            return self._bracket(token)
        self._count_term(token)
        if token.kind == "number":
            return Number(float(token.text))
        if token.kind == "name":
            return self._named(token)
        raise _unexpected(token)

    def _named(self, name: Token) -> Expression:
        if self._token.text != "(":
            return InputValue(name.text)
        if name.text not in FUNCTIONS:
            known = ", ".join(FUNCTIONS)
            values = {"name": name.text, "known": known}
            raise FormulaError("formula_unknown_function", values, name.position)
        return self._call(name)

    def _call(self, name: Token) -> Call:
        bracket = self._advance()
        with self._level(), self._previous(name):
            arguments = [self.sum()]
            while self._token.text == "," and name.text == "mean":
                self._advance()
                arguments.append(self.sum())
            self._close(bracket)
        return Call(cast("Function", name.text), tuple(arguments))

    def _bracket(self, bracket: Token) -> Expression:
        with self._level():
            inner = self.sum()
            self._close(bracket)
        return inner

    def _close(self, bracket: Token) -> None:
        token = self._advance()
        if token.kind == "end":
            raise FormulaError("formula_bracket_open", {}, bracket.position)
        if token.text != ")":
            raise _unexpected(token)

    def require_end(self) -> None:
        token = self._token
        if token.text == ")":
            raise FormulaError("formula_bracket_closed", {}, token.position)
        if token.kind != "end":
            raise _unexpected(token)

    @property
    def _token(self) -> Token:
        return self._tokens[self._next]

    def _advance(self) -> Token:
        token = self._token
        self._next = min(self._next + 1, len(self._tokens) - 1)
        return token

    def _count_term(self, token: Token) -> None:
        self._terms += 1
        if self._terms > MAX_TERMS:
            raise FormulaError("formula_terms", {"limit": MAX_TERMS}, token.position)

    @contextmanager
    def _level(self) -> Iterator[None]:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise FormulaError("formula_too_deep", {"limit": MAX_DEPTH}, self._token.position)
        yield
        self._depth -= 1

    @contextmanager
    def _previous(self, name: Token) -> Iterator[None]:
        # Only one period back is known, so a look back inside a look back has no figures.
        before, looks_back = self._looking_back, name.text in LOOKING_BACK
        if before and looks_back:
            raise FormulaError("formula_previous_twice", {"name": name.text}, name.position)
        self._looking_back = before or looks_back
        yield
        self._looking_back = before


def _unexpected(token: Token) -> FormulaError:
    if token.kind == "end":
        return FormulaError("formula_unfinished", {}, token.position)
    if token.text == ",":
        return FormulaError("formula_comma", {"character": token.text}, token.position)
    return FormulaError("formula_unexpected", {"found": token.text}, token.position)
