"""The sheet SWOT: strengths, weaknesses, opportunities and threats, on one page."""

from __future__ import annotations

from typing import cast

from tablero.workbook_templates import styles
from tablero.workbook_templates.board import Board
from tablero.workbook_templates.registers.layout import SwotPlan
from tablero.workbook_templates.registers.parts import SWOT
from tablero.workbook_templates.sheets.page import Area, Hint, Page, Width

_WIDTH, _HEIGHT = 78, 28
_INPUT = "input string left wrap gutter"


def build(board: Board) -> Page:
    """Four quadrants of lines that people type: inside above, outside below."""
    plan = cast("SwotPlan", board.layout.plans["swot"])
    page = Page("swot", board.layout.titles["swot"], styles.TAB_INPUT)
    page.heading(board.layout.titles["swot"], board.say("swot.subtitle"))
    lines = board.records.registers.get(SWOT.key, ())
    for key, table in plan.quadrants.items():
        top, column = table.at("0", key)
        page.put(top - 1, column, board.say(f"swot.{key}"), "header gutter")
        page.heights[top - 1] = 24
        filled = dict(zip(table.rows, lines, strict=False))
        for row in table.rows:
            entry = filled.get(row, {}).get(key)
            page.put(*table.at(row, key), None if entry is None else str(entry), _INPUT)
            page.heights[table.rows[row]] = _HEIGHT
        hint = board.layout.titles["swot"], board.say(f"swot.{key}_prompt")
        page.rules.append(Hint(table.area(table.row_keys, (key,)), *hint))
    last = plan.quadrants["threats"]
    page.print_area = Area(0, 0, max(last.rows.values()), 2)
    page.select = plan.quadrants["strengths"].at("0", "strengths")
    page.widths += [Width(0, 0, _WIDTH), Width(1, 1, 3), Width(2, 2, _WIDTH)]
    return page
