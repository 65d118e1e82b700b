"""The words of the Scorecard sheet: what the band of each row says, and who is asked for it."""

from __future__ import annotations

from itertools import repeat

from tablero.workbook_templates.board import Board, Node
from tablero.workbook_templates.layout import HEADER_ROW
from tablero.workbook_templates.sheets.page import Formula, Page, Spilled

WORDS = {"assessment": "ACTION_BAND", "plan": "ACTION_PLAN", "term": "ACTION_TERM"}
"""The columns that show words, with the functions that know them."""
ANSWERS = {column: f"all_{column}" for column in WORDS}
"""The columns in which one call answers for all rows."""


def words(board: Board, node: Node) -> dict[str, str]:
    """What the band of a row says of it."""
    band = board.band(board.achievements(node)[board.column])
    words = (band.name, band.plan, band.term) if band else ()
    return dict(zip(WORDS, map(board.word, words) if words else repeat(""), strict=False))


def formula(board: Board, node: Node, column: str) -> str:
    """The text of the formula that shows a word."""
    table, function = board.layout.scorecard, WORDS[column]
    if board.dialect.calls_with_ranges(function):
        return table.cell(node.key, ANSWERS[column])
    return board.call(function, table.cell(node.key, "achievement"), "band_table")


def ask_for_all(board: Board, page: Page) -> None:
    """Where calls are dear, the words of all rows in one call each, beside the sheet.

    They stand apart from the cells that show them, because LibreOffice calculates ranges while it
    opens a file; without our functions, the shown cells then keep their words all the same.
    """
    table = board.layout.scorecard
    keys = table.row_keys
    for column, place in asked_for_all(board).items():
        page.put(HEADER_ROW, table.columns[place], board.say(f"scorecard.{column}"), "header")
        text = board.call(WORDS[column], table.span(keys, ["achievement"]), "band_table")
        for node in board.nodes:
            result = words(board, node)[column]
            first = node.key == keys[0]
            content = Formula(text, result, rows=len(keys)) if first else Spilled(result)
            page.put(*table.at(node.key, place), content, "working")


def asked_for_all(board: Board) -> dict[str, str]:
    """The columns whose words are asked for in one call, with those in which the answers stand."""
    shared = board.dialect.calls_with_ranges
    return {column: ANSWERS[column] for column, function in WORDS.items() if shared(function)}
