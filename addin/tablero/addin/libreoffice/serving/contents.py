"""What stood in a document at one moment: every cell's text, and where functions are called."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any, NamedTuple

from tablero.addin.libreoffice.naming import stored_name
from tablero.addin.libreoffice.serving.formulas import Place, calls, place
from tablero.addin.libreoffice.serving.precedents import Ranks, Rows, is_formula
from tablero.udfs.registry import FUNCTIONS

_STORED_NAMES = {stored_name(function.name): function.name for function in FUNCTIONS}
_MARK = min(_STORED_NAMES).rpartition(".")[0] + "."
_SAME = 1e-12
_CONSTANT_TEXT = re.compile(r'"(?:[^"]|"")*"')
_TRUTH_VALUES = ("TRUE", "FALSE")


class Site(NamedTuple):
    """A call in a cell; an argument is the cell that it names, else the text of its formula."""

    cell: Place
    arguments: tuple[Place | str, ...]


class Typed(NamedTuple):
    """What was typed into a cell that an argument names."""

    text: str


Operand = Typed | str
"""What an argument names, or the text of its formula; all formulas are alike."""
Kind = tuple[Operand, ...]
"""Calls whose arguments are alike, so that one of them can have come to whatever another can."""

_ANY_FORMULA = "="
EMPTY = Typed("")


class Contents:
    """The texts of a document's cells as they are typed: numbers, texts, formulas, "" for none."""

    def __init__(self, sheets: Mapping[str, Rows], names: Mapping[str, str]) -> None:
        self._sheets = sheets
        self._names = names
        self.ranks = Ranks(sheets, names)

    def text(self, cell: Place) -> str:
        """What was typed into a cell."""
        rows = self._sheets.get(cell.sheet, ())
        if cell.row >= len(rows) or cell.column >= len(rows[cell.row]):
            return ""
        return rows[cell.row][cell.column]

    @cached_property
    def sites(self) -> Mapping[str, Mapping[Kind, list[Site]]]:
        """Where each function is called, by kinds of calls, which are few where calls are many."""
        found: dict[str, dict[Kind, list[Site]]] = {}
        for sheet, rows in self._sheets.items():
            for y, row in enumerate(rows):
                for x, text in enumerate(row):
                    if _MARK in text:
                        self._add_sites(Place(sheet, y, x), text, found)
        return found

    def _add_sites(self, cell: Place, text: str, found: dict[str, dict[Kind, list[Site]]]) -> None:
        for call in calls(text, _STORED_NAMES):
            arguments = tuple(self._named(one, cell.sheet) for one in call.arguments)
            kind = tuple(map(self._operand, arguments))
            found.setdefault(call.function, {}).setdefault(kind, []).append(Site(cell, arguments))

    def _named(self, argument: str, sheet: str) -> Place | str:
        content = self._names.get(argument.upper(), argument)
        return place(content, sheet) or argument

    def _operand(self, argument: Place | str) -> Operand:
        if isinstance(argument, Place):
            text = self.text(argument)
            return Typed(_ANY_FORMULA if is_formula(text) else text)
        return argument if _is_constant(argument) else _ANY_FORMULA


def can_be(operand: Operand, value: Any) -> bool:
    """Whether an argument can have come to a value; of formulas and dates any can be true.

    >>> can_be(Typed("5"), 5.0), can_be(EMPTY, 5.0), can_be(EMPTY, 0.0), can_be("=", 5.0)
    (True, False, True, True)
    """
    if isinstance(operand, str):
        return _can_be(operand, value)
    if isinstance(value, tuple) or value is None:
        return False
    return value == 0.0 if operand == EMPTY else _typed_can_be(operand.text, value)


def _is_constant(formula: str) -> bool:
    is_text = _CONSTANT_TEXT.fullmatch(formula) is not None
    return formula == "" or is_text or _number(formula) is not None


def _can_be(formula: str, value: Any) -> bool:
    """Whether an argument that is a constant or a formula can have come to a value."""
    if formula == "" or value is None:
        return formula == "" and value is None
    if _CONSTANT_TEXT.fullmatch(formula):
        return isinstance(value, str) and formula == '"' + value.replace('"', '""') + '"'
    number = _number(formula)
    return number is None or _is_same(number, value)


def _typed_can_be(text: str, value: Any) -> bool:
    """Whether a cell in which a text stands can have come to a value."""
    if is_formula(text):
        return True
    if isinstance(value, str):
        return text.removeprefix("'") == value
    number = _number(text)
    if number is not None:
        return _is_same(number, value)
    # Dates, percentages and truth values are numbers too, in many ways to write them.
    return any(letter.isdigit() for letter in text) or text in _TRUTH_VALUES


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _is_same(number: float, value: Any) -> bool:
    return isinstance(value, float) and math.isclose(number, value, rel_tol=_SAME)
