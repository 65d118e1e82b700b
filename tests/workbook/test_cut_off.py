"""No text is cut off in its cell, in any language, in any workbook of a shipped definition.

Texts are measured in Carlito, whose letters are as wide as those of Calibri.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest
from PIL import ImageFont

from tablero.workbook_templates import styles
from tablero.workbook_templates.library import available, load_template
from tablero.workbook_templates.sheets.page import Cell, Content, Formula, Link, Page, Spilled
from tablero.workbook_templates.texts import LANGUAGES
from tablero.workbook_templates.workbook import make_board, make_pages
from tablero.workbook_templates.write import _ROW_HEIGHT

# Pixels of a screen of 96 dots an inch: of a digit of 11 points, and what a column adds to its
# digits; pixels of a point; blank pixels at both ends of a cell; of one level of indentation.
DIGIT, COLUMN = 7, 5
PIXEL = 96 / 72
PADDING, INDENT = 4, 9
LINE = 1.22
"""Height of a line of Calibri for each point of its size."""
UNSET = 8.43
_FAR = 30


@cache
def font(size: float, *, bold: bool) -> ImageFont.FreeTypeFont:
    style = "Bold" if bold else "Regular"
    return ImageFont.truetype(f"Carlito-{style}.ttf", round(size * PIXEL))


def pixels(text: str, cell: Cell) -> float:
    """How wide a text is in the style of a cell."""
    look = styles.properties(cell.style)
    return font(look["font_size"], bold=bool(look.get("bold"))).getlength(text)


def said(content: Content) -> str:
    """What a cell shows, where that is text."""
    match content:
        case Formula(result=str(shown)) | Spilled(shown) | Link(label=shown):
            return str(shown) if isinstance(shown, str) else ""
        case str():
            return content
    return ""


def cut_off(page: Page) -> Iterator[str]:
    """Every text of a sheet that does not show whole, with its cell."""
    filled = {(cell.row, cell.column): cell for cell in page.cells}
    for cell in filled.values():
        text, look = said(cell.content), styles.properties(cell.style)
        if not text or not is_for_readers(page, cell):
            continue
        room = width(page, cell.column) - PADDING - INDENT * int(look.get("indent", 0))
        if look.get("text_wrap"):
            lines = sum(wrapped(line, cell, room) for line in text.splitlines())
            height = page.heights.get(cell.row, _ROW_HEIGHT)
            is_whole = lines * look["font_size"] * LINE <= height + 2
        else:
            is_whole = pixels(text, cell) <= room + beside(page, cell, filled)
        if not is_whole:
            yield f"{page.title} R{cell.row + 1}C{cell.column + 1}: {text[:70]}"


def is_for_readers(page: Page, cell: Cell) -> bool:
    """Whether a cell is printed; hidden columns and those beyond are what formulas work with."""
    area = page.print_area
    is_printed = area is None or (cell.row <= area.last_row and cell.column <= area.last_column)
    return is_printed and width(page, cell.column) > 0


def beside(page: Page, cell: Cell, filled: dict[tuple[int, int], Cell]) -> float:
    """The room that empty cells leave a text at the side to which it runs over."""
    step = {"left": 1, "right": -1}.get(styles.properties(cell.style).get("align", "left"), 0)
    room, column = 0.0, cell.column + step
    last = page.print_area.last_column if page.print_area else cell.column + _FAR
    while step and 0 <= column <= last:
        neighbour = filled.get((cell.row, column))
        if neighbour is not None and neighbour.content not in (None, ""):
            break
        room += width(page, column)
        column += step
    return room


def width(page: Page, column: int) -> float:
    characters = next(
        (
            one.characters * (not one.hidden)
            for one in page.widths
            if one.first <= column <= one.last
        ),
        UNSET,
    )
    return int(characters * DIGIT + COLUMN) if characters else 0


def wrapped(text: str, cell: Cell, room: float) -> int:
    """How many lines a text takes; a word that is wider than its cell counts for many."""
    lines, line = 1, ""
    for word in text.split(" "):
        longer = f"{line} {word}".strip()
        if pixels(longer, cell) > room and line:
            lines, line = lines + 1, word
        else:
            line = longer
        if pixels(word, cell) > room:
            return 99
    return lines


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [template.id for template in available()])
def test_every_text_shows_whole(name: str, language: str) -> None:
    """On every sheet that people see."""
    pages = make_pages(make_board(load_template(name), language=language))
    assert [place for page in pages if page.visible for place in cut_off(page)] == []
