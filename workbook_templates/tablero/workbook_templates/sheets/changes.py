"""The Changes sheet: when who changed which figure from what to what, and where it came from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from tablero.workbook_templates import styles
from tablero.workbook_templates.board import Board
from tablero.workbook_templates.layout import HEADER_ROW
from tablero.workbook_templates.records import Change
from tablero.workbook_templates.sheets.page import Page, Width
from tablero.workbook_templates.texts import text

Value = float | str | None

_STYLES = {
    "when": "kpi moment", "who": "kpi", "action": "kpi", "input": "kpi", "month": "kpi",
    "former": "kpi plain right", "new": "kpi plain right", "cell": "kpi muted gutter",
    "source": "kpi muted", "digest": "kpi muted", "id": "working",
}  # fmt: skip
_WIDTHS = {
    "when": 18, "who": 16, "action": 14, "input": 36, "month": 11, "former": 16, "new": 16,
    "cell": 14, "source": 34, "digest": 20, "id": 4,
}  # fmt: skip
_HEADERS = {"former": "right", "new": "right", "cell": "gutter"}


def build(board: Board) -> Page:
    """The log that ``tablero`` appends to; nobody else writes in it."""
    table = board.layout.changes
    page = Page("changes", board.layout.titles["changes"], styles.TAB_SETTING)
    page.heading(board.layout.titles["changes"], board.say("changes.subtitle"))
    for column, number in table.columns.items():
        role = f"header {_HEADERS.get(column, '')}"
        page.put(HEADER_ROW, number, board.say(f"changes.column.{column}"), role)
        page.widths.append(Width(number, number, _WIDTHS[column], column == "id"))
    # An empty line keeps the formats for the first entry.
    changes = board.records.changes
    words = {one.id: board.word(one.name) for one in board.definition.key_results()}
    words |= board.input_words
    entries = [contents(change, board.language, words) for change in changes]
    for offset, entry in enumerate(entries or [None]):
        for column, number in table.columns.items():
            content = entry[column] if entry else None
            page.put(HEADER_ROW + 1 + offset, number, content, _STYLES[column])
    page.freeze = (HEADER_ROW + 1, 0)
    page.repeat_rows = (0, HEADER_ROW)
    page.heights[HEADER_ROW] = 32
    return page


def contents(change: Change, language: str, names: Mapping[str, str]) -> dict[str, Value]:
    """An entry's cells by column; ``names`` are those of inputs and key results by id."""
    return {
        "when": moment(change.when),
        "who": change.who,
        "action": text(f"changes.action.{change.action}", language),
        "input": names.get(change.input, change.input),
        "month": change.month,
        "former": change.former,
        "new": change.new,
        "cell": change.cell,
        "source": change.source,
        "digest": change.digest,
        "id": change.input,
    }


def moment(when: datetime) -> float:
    """A moment as spreadsheets count it: days since the end of 1899, to the second.

    >>> moment(datetime(2026, 1, 1, 12))
    46023.5
    """
    midnight = when.replace(hour=0, minute=0, second=0, microsecond=0)
    days = midnight.toordinal() - date(1899, 12, 30).toordinal()
    return days + round((when - midnight).total_seconds()) / 86_400
