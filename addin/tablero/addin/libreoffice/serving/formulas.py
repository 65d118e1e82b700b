"""The calls that stand in a formula of LibreOffice, with what each of their arguments names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

# A text, the name of a sheet, or the brackets and marks between which arguments stand.
_PIECE = re.compile(r"\"(?:[^\"]|\"\")*\"|'(?:[^']|'')*'|[(){};]|[^\"'(){};]+")
_REFERENCE = re.compile(
    r"(?:\$?(?:'(?P<quoted>(?:[^']|'')+)'|(?P<sheet>[^.$'\s]+))\.)?"
    r"\$?(?P<column>[A-Z]{1,3})\$?(?P<row>\d+)"
)


class Place(NamedTuple):
    """A cell: its sheet, its row and its column, both counted from 0."""

    sheet: str
    row: int
    column: int


class Call(NamedTuple):
    """A call in a cell; an argument is the text of its formula, "" where it is left out."""

    function: str
    arguments: tuple[str, ...]


def calls(formula: str, functions: dict[str, str]) -> Iterator[Call]:
    """Every call of the functions, which are given by the names they have in formulas.

    >>> list(calls('=1+MY.SHARE(B2;IF(C1>0;"a;b";D1))', {"MY.SHARE": "SHARE"}))
    [Call(function='SHARE', arguments=('B2', 'IF(C1>0;"a;b";D1)'))]
    """
    for stored, function in functions.items():
        for found in re.finditer(re.escape(stored) + r"\(", formula):
            yield Call(function, tuple(_arguments(formula[found.end() :])))


def _arguments(text: str) -> Iterator[str]:
    """The arguments in front of the bracket that closes the call."""
    depth, argument = 0, ""
    for found in _PIECE.finditer(text):
        piece = found[0]
        if piece == ")" and not depth:
            break
        if piece == ";" and not depth:
            yield argument.strip()
            argument = ""
            continue
        depth += {"(": 1, "{": 1, ")": -1, "}": -1}.get(piece, 0)
        argument += piece
    yield argument.strip()


def place(argument: str, sheet: str) -> Place | None:
    """The one cell that an argument names, seen from a sheet.

    >>> place("$'My Data'.$B3", "Home"), place("AA1", "Home"), place("B1:B2", "Home")
    (Place(sheet='My Data', row=2, column=1), Place(sheet='Home', row=0, column=26), None)
    """
    found = _REFERENCE.fullmatch(argument)
    if not found:
        return None
    quoted = found["quoted"]
    name = quoted.replace("''", "'") if quoted else found["sheet"] or sheet
    column = 0
    for letter in found["column"]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return Place(name, int(found["row"]) - 1, column - 1)
