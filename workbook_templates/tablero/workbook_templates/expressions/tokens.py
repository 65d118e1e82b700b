"""The words of a KPI formula, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from tablero.workbook_templates.expressions.nodes import FormulaError

MAX_CHARACTERS = 1000
MAX_DIGITS = 15  # a spreadsheet keeps no more

Kind = Literal["number", "name", "sign", "end"]

_TYPOGRAPHIC = str.maketrans({"×": "*", "÷": "/", "−": "-"})
_WORD = re.compile(r"(?P<number>[0-9]+(?:\.[0-9]+)?)|(?P<name>[^\W\d]\w*)|(?P<sign>[-+*/(),])")
_ID = re.compile(r"[a-z][a-z0-9_]*")
_FOREIGN = {"=": "formula_equals_sign", "%": "formula_percent_sign", ";": "formula_comma"}


@dataclass(frozen=True, slots=True)
class Token:
    """A number, a name or a sign of a formula; ``position`` counts from 1."""

    kind: Kind
    text: str
    position: int


def tokens_of(text: str) -> tuple[Token, ...]:
    """All words of a formula, closed by one of kind ``end``."""
    if len(text) > MAX_CHARACTERS:
        raise FormulaError("formula_too_long", {"limit": MAX_CHARACTERS}, 0)
    if not text.strip():
        raise FormulaError("formula_empty", {}, 0)
    return tuple(_tokens(text.translate(_TYPOGRAPHIC)))


def _tokens(text: str) -> Iterator[Token]:
    position = 0
    while position < len(text):
        if text[position].isspace():
            position += 1
            continue
        token = _token_at(text, position)
        yield token
        position += len(token.text)
    yield Token("end", "", len(text) + 1)


def _token_at(text: str, position: int) -> Token:
    found = _WORD.match(text, position)
    if found is None:
        character = text[position]
        code = _FOREIGN.get(character, "formula_character")
        raise FormulaError(code, {"character": character}, position + 1)
    word, place = found.group(), position + 1
    if found["name"]:
        _require_id(word, place)
        return Token("name", word, place)
    if found["number"]:
        _require_digits(word, place)
        return Token("number", word, place)
    return Token("sign", word, place)


def _require_id(word: str, place: int) -> None:
    if not _ID.fullmatch(word):
        raise FormulaError("formula_name", {"name": word}, place)


def _require_digits(word: str, place: int) -> None:
    if len(word.replace(".", "")) > MAX_DIGITS:
        raise FormulaError("formula_digits", {"limit": MAX_DIGITS}, place)
