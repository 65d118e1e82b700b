"""The Check-ins sheet: who follows a key result says here, line by line, where it stands."""

from __future__ import annotations

from collections.abc import Mapping

from tablero.workbook_templates import styles
from tablero.workbook_templates.board import Board
from tablero.workbook_templates.okrs.check_ins import CheckIn, labels
from tablero.workbook_templates.sheets.page import (
    Area,
    Choice,
    Content,
    Date,
    Days,
    Formula,
    Hint,
    Numbers,
    Page,
    Rule,
    Width,
    serial,
)
from tablero.workbook_templates.tables import HEADER_ROW

STYLES = {
    "day": "input day", "key_result": "input string left gutter", "value": "input plain",
    "confidence": "input share", "note": "input string left wrap gutter",
}  # fmt: skip
_WIDTHS = {"day": 13, "value": 14, "confidence": 14, "note": 60, "counted": 12}
_RIGHT = ("day", "value", "confidence", "counted")


def build(board: Board) -> Page:
    """A line a check-in; the newest of a key result counts."""
    table = board.okr_layout.check_ins
    page = Page("check_ins", board.layout.titles["check_ins"], styles.TAB_INPUT)
    page.heading(board.layout.titles["check_ins"], board.say("check_ins.subtitle"))
    for column, position in table.columns.items():
        role = "header right" if column in _RIGHT else "header gutter"
        page.put(HEADER_ROW, position, board.say(f"check_ins.{column}"), role)
    entries = dict(zip(table.rows, board.records.check_ins, strict=False))
    words = labels(board.definition, board.language)
    for key in table.rows:
        _row(board, page, key, contents(entries[key], words) if key in entries else {})
    _dress(board, page)
    return page


def contents(entry: CheckIn, words: Mapping[str, str]) -> dict[str, Content]:
    """An entry's cells by column; ``words`` are the key results' labels by id."""
    return {
        "day": Date(entry.day.year, entry.day.month, entry.day.day),
        "key_result": words.get(entry.key_result, entry.key_result),
        "value": entry.value,
        "confidence": entry.confidence,
        "note": entry.note or None,
    }


def _row(board: Board, page: Page, key: str, entry: dict[str, Content]) -> None:
    table = board.okr_layout.check_ins
    for column, style in STYLES.items():
        page.put(*table.at(key, column), entry.get(column), style)
    day, name = table.cell(key, "day"), table.cell(key, "key_result")
    known = f"SUMPRODUCT((list_key_result={name})*1)>0"
    formula = f"IF(AND(ISNUMBER({day}),{known}),INT({day}),0)"
    typed = entry.get("day")
    result = serial(*typed) if isinstance(typed, Date) else 0.0
    page.put(*table.at(key, "counted"), Formula(formula, result), "working count")


def _dress(board: Board, page: Page) -> None:
    table, say = board.okr_layout.check_ins, board.say
    keys, columns = table.row_keys, table.columns
    page.freeze = (HEADER_ROW + 1, 0)
    page.repeat_rows = (0, HEADER_ROW)
    filled = len(board.records.check_ins)
    page.print_area = Area(0, 0, HEADER_ROW + max(filled, 1) + 10, columns["note"])
    page.select = table.at(keys[filled], "day")
    words = labels(board.definition, board.language).values()
    page.widths += [
        Width(columns["key_result"], columns["key_result"], styles.fitting_width(words, 44, 70)),
        *(Width(columns[key], columns[key], size) for key, size in _WIDTHS.items()),
    ]
    page.heights[HEADER_ROW] = 24
    title = say("check_ins.title")
    choice = title, say("check_ins.key_result_prompt"), say("check_ins.key_result_error")
    number = title, say("check_ins.value_prompt"), say("inputs.number_error")
    share = title, say("check_ins.confidence_prompt"), say("matrix.weight_error")
    page.rules += [
        Days(table.area(keys, ("day",)), title, say("check_ins.day_prompt"), say("okr.day_error")),
        Choice(table.area(keys, ("key_result",)), "list_key_result", *choice),
        Numbers(table.area(keys, ("value",)), *number),
        Numbers(table.area(keys, ("confidence",)), *share, 0, 1),
        Hint(table.area(keys, ("note",)), title, say("check_ins.note_prompt")),
    ]
    first = {column: f"${table.cell(keys[0], column)}" for column in columns}
    said = f"COUNTA({first['day']}:{first['value']})>0"
    named = table.area(keys, ("day", "key_result"))
    page.rules += [
        Rule(named, f"AND({said},{first['counted']}=0)", "alarm"),
        Rule(table.area(keys, ("day",)), f"{first['counted']}>okrs_as_of", "warning"),
    ]
