"""One call for many cells, told to an engine that answers cell by cell.

Workbooks whose calls leave the spreadsheet ask for whole columns at once. A LAMBDA gives one
answer to one question, so the copy that the engine calculates asks each cell's question in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from xml.sax.saxutils import escape

from openpyxl.formula.tokenizer import Token, Tokenizer
from openpyxl.utils.cell import range_boundaries

from tablero.udfs.registry import BY_NAME
from tablero.workbook_templates.editing.elements import Element, spliced
from tablero.workbook_templates.editing.sheet import Place, SheetPart, cell_name

_AREA = re.compile(r"(?:.*!)?(\$?[A-Z]{1,3}\$?[0-9]+:\$?[A-Z]{1,3}\$?[0-9]+)")
_MOST_CELLS = 100_000


class Told(NamedTuple):
    """What a formula element is to be: its attributes and its text."""

    attributes: str
    text: str


def asked_plainly(sheet: SheetPart, told: Mapping[Place, Told]) -> bytes:
    """The sheet's part as the engine is to read it.

    Each call over ranges is written into every cell for which it answers; ``told`` are the
    formulas by place of which the engine must be told something else than the file says. Data
    tables, with which it would read nothing at all, are the values that they came to.
    """
    changes = []
    for place, formula in sheet.formulas.items():
        changes += list(_plain(sheet, formula, told.get(place)))
    return spliced(sheet.data, changes)


def _plain(
    sheet: SheetPart, formula: Element, told: Told | None
) -> Iterator[tuple[int, int, bytes]]:
    kind = formula.attributes.get("t")
    if kind == "array":
        yield from _singles(sheet, formula)
    elif kind == "dataTable":
        yield formula.start, formula.end, b""
    elif told is not None:
        tag = formula.tag(sheet.data)
        xml = f"<{tag} {told.attributes}>{escape(told.text)}</{tag}>"
        yield formula.start, formula.end, xml.encode()


def _singles(sheet: SheetPart, formula: Element) -> Iterator[tuple[int, int, bytes]]:
    left, top, right, bottom = (edge or 0 for edge in range_boundaries(formula.attributes["ref"]))
    shape = bottom - top + 1, right - left + 1
    call = _call(formula.text)
    if call is None or shape == (1, 1) or shape[0] * shape[1] > _MOST_CELLS:
        return
    name, arguments = call
    for row in range(shape[0]):
        for column in range(shape[1]):
            cell = sheet.cells.get((top + row, left + column))
            if cell is not None:
                asked = (_one(argument, shape, row, column) for argument in arguments)
                reference = cell_name((top + row, left + column))
                text = escape(f"{name}({','.join(asked)})")
                p = cell.tag(sheet.data).removesuffix("c")
                # The engine remarks on formulas that have no result yet.
                xml = f'<{p}c r="{reference}"><{p}f>{text}</{p}f><{p}v>0</{p}v></{p}c>'
                yield cell.start, cell.end, xml.encode()


def _one(argument: str, shape: tuple[int, int], row: int, column: int) -> str:
    """The cell of a range that belongs to one answer; what is no such range serves for all."""
    area = _AREA.fullmatch(argument)
    if area is None:
        return argument
    left, top, right, bottom = (edge or 0 for edge in range_boundaries(area[1]))
    is_one_each = (bottom - top + 1, right - left + 1) == shape
    return f"INDEX({argument},{row + 1},{column + 1})" if is_one_each else argument


def _call(formula: str) -> tuple[str, list[str]] | None:
    """Name and arguments of a formula that is one call of ours and nothing else."""
    tokens = Tokenizer(f"={formula}").items
    if not tokens or tokens[0].subtype != Token.OPEN or tokens[0].type != Token.FUNC:
        return None
    name = tokens[0].value.removesuffix("(")
    arguments, depth = [""], 0
    for place, token in enumerate(tokens):
        depth += {Token.OPEN: 1, Token.CLOSE: -1}.get(token.subtype, 0)
        if depth == 0:
            is_whole = place == len(tokens) - 1 and name in BY_NAME
            return (name, arguments) if is_whole else None
        if depth == 1 and token.type == Token.SEP:
            arguments.append("")
        elif place:
            arguments[-1] += token.value
    return None
