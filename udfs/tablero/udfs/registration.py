"""The form in which a cell function is registered: arguments, help, formula."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

Kind = Literal["cell", "range", "either"]


class Argument(NamedTuple):
    """An argument of a cell function, as a function wizard shows it."""

    name: str
    help: Mapping[str, str]
    kind: Kind = "either"
    optional: bool = False
    default: str = ""
    """What an absent argument stands for, as a formula's constant."""


class Step(NamedTuple):
    """A named intermediate result of a formula: LET in a LAMBDA, written out in a plain formula."""

    name: str
    formula: str


class CellFunction(NamedTuple):
    """All there is to know of a cell function, whoever serves it.

    `formula` computes one cell over the names of `arguments` and `steps`.  `range_formula` stands
    where that form would give a single answer for a range: it says the same element by element,
    in functions that only hosts of LAMBDA have, and is used there.  In both, ``x>1E+300`` asks
    whether x is a text (or a logical value), for a spreadsheet ranks these above every number.
    """

    name: str
    body: Callable[..., Any]
    arguments: tuple[Argument, ...]
    help: Mapping[str, str]
    formula: str
    example: str
    steps: tuple[Step, ...] = ()
    range_formula: str = ""
    category: str = "Tablero"


def in_languages(en: str, es: str, pt: str) -> Mapping[str, str]:
    """Give a text in English, Spanish and Portuguese, unchangeable."""
    return MappingProxyType({"en": en, "es": es, "pt": pt})


def array_constant(rows: tuple[tuple[float | str, ...], ...]) -> str:
    """Write rows of numbers and texts as a formula's array constant.

    >>> array_constant(((0, "Poor"), (0.8, "Good")))
    '{0,"Poor";0.8,"Good"}'
    """
    return "{" + ";".join(",".join(map(_constant, row)) for row in rows) + "}"


def _constant(cell: float | str) -> str:
    return f'"{cell}"' if isinstance(cell, str) else f"{cell:g}"
