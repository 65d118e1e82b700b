"""The Notes sheet: what was found in the source of the definition, and what was done with it."""

from __future__ import annotations

import textwrap

from tablero.workbook_templates import styles
from tablero.workbook_templates.board import Board
from tablero.workbook_templates.definition import Remark
from tablero.workbook_templates.sheets.page import Area, Page, Width
from tablero.workbook_templates.tables import HEADER_ROW

COLUMNS = ("number", "topic", "place", "found", "done")
_WIDTHS = {"number": 6, "topic": 32, "place": 28, "found": 60, "done": 60}
_STYLES = {"number": "kpi count left top", "topic": "kpi left bold wrap top gutter"}
_LINE_HEIGHT = 13.5
_CHARACTERS_A_WIDTH = 1.1
_GUTTER = 3
_MARGIN = 5
# Excel shows no row higher than this.
_HIGHEST = 409.0


def build(board: Board) -> Page:
    """One row a note, in the order of the definition; nothing here is calculated."""
    title = board.layout.titles["notes"]
    page = Page("notes", title, styles.TAB_SETTING)
    page.heading(title, board.say("notes.subtitle"))
    for position, column in enumerate(COLUMNS):
        role = "header gutter" if position else "header"
        page.put(HEADER_ROW, position, board.say(f"notes.column.{column}"), role)
        page.widths.append(Width(position, position, _WIDTHS[column]))
    for number, remark in enumerate(board.definition.notes, start=1):
        _row(board, page, number, remark)
    page.freeze = (HEADER_ROW + 1, 0)
    page.repeat_rows = (0, HEADER_ROW)
    page.print_area = Area(0, 0, HEADER_ROW + len(board.definition.notes), len(COLUMNS) - 1)
    return page


def _row(board: Board, page: Page, number: int, remark: Remark) -> None:
    row = HEADER_ROW + number
    texts = {column: board.word(getattr(remark, column)) for column in COLUMNS[1:]}
    page.put(row, 0, float(number), _STYLES["number"])
    for position, (column, told) in enumerate(texts.items(), start=1):
        page.put(row, position, told or None, _STYLES.get(column, "kpi left wrap top gutter"))
    lines = max(_lines(told, _WIDTHS[column]) for column, told in texts.items())
    page.heights[row] = min(_HIGHEST, _LINE_HEIGHT * lines + _MARGIN)


def _lines(told: str, width: int) -> int:
    """How many lines a text takes in a column; what is too long for a line goes on in the next."""
    across = int((width - _GUTTER) * _CHARACTERS_A_WIDTH)
    return sum(len(textwrap.wrap(part, across)) or 1 for part in told.split("\n"))
