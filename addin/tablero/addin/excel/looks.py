"""How cells look in Excel: read from one cell, given to others.

Pasting formats would take the conditional formats of the cells away; a file's edit keeps them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import xlwings

Look = Mapping[str, Any]
"""What Excel says of a cell's look, by the way from the cell to the property."""

# The indent last: Excel takes it back when the alignment changes.
_OF_CELL = (
    "NumberFormat", "Locked", "FormulaHidden", "VerticalAlignment", "WrapText",
    "HorizontalAlignment", "IndentLevel",
)  # fmt: skip
_OF_FONT = ("Name", "Size", "Bold", "Italic", "Underline", "Color")
_LEFT, _TOP, _BOTTOM, _RIGHT, _INSIDE_VERTICAL, _INSIDE_HORIZONTAL = range(7, 13)
_NONE = -4142


def look_of(cell: xlwings.Range) -> Look:
    """How a cell looks, and whether it is locked."""
    return dict(_read(cell.api))


def _read(native: Any) -> Iterator[tuple[str, Any]]:
    for name in _OF_CELL:
        yield name, getattr(native, name)
    for name in _OF_FONT:
        yield f"Font.{name}", getattr(native.Font, name)
    yield from _filled("Interior", native.Interior, "Pattern", ("Color",))
    for edge in (_LEFT, _TOP, _BOTTOM, _RIGHT):
        yield from _filled(f"{edge}", native.Borders(edge), "LineStyle", ("Weight", "Color"))


def _filled(way: str, part: Any, kind: str, more: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    """What is there only where a kind is: a colour of no pattern would make one."""
    yield f"{way}.{kind}", getattr(part, kind)
    if getattr(part, kind) != _NONE:
        yield from ((f"{way}.{name}", getattr(part, name)) for name in more)


def give_look(cells: xlwings.Range, look: Look) -> None:
    """Let cells look so."""
    parts = {"": cells.api, "Font": cells.api.Font, "Interior": cells.api.Interior}
    for way, value in look.items():
        whole, _, name = way.rpartition(".")
        for edge in _edges(whole, cells) if whole.isdigit() else ():
            setattr(cells.api.Borders(edge), name, value)
        if not whole.isdigit():
            setattr(parts[whole], name, value)


def _edges(edge: str, cells: xlwings.Range) -> Iterator[int]:
    """An edge of a block, and the lines inside it that are the same edge of its cells."""
    rows, columns = cells.shape
    yield int(edge)
    if int(edge) == _RIGHT and columns > 1:
        yield _INSIDE_VERTICAL
    if int(edge) == _BOTTOM and rows > 1:
        yield _INSIDE_HORIZONTAL
