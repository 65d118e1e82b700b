"""The Analysis sheet: why the company stands where it does, what if, and where the year ends."""

from __future__ import annotations

from tablero.workbook_templates import styles
from tablero.workbook_templates.analysis.layout import CHART_ROWS, KEY, YEAR_END_COLUMNS
from tablero.workbook_templates.board import Board
from tablero.workbook_templates.layout import HEADER_ROW, STRATEGY
from tablero.workbook_templates.sheets import (
    analysis_charts,
    analysis_pairs,
    analysis_ranking,
    analysis_what_if,
    analysis_year_end,
)
from tablero.workbook_templates.sheets.analysis_board import AnalysisBoard
from tablero.workbook_templates.sheets.page import Area, Link, Page, Width
from tablero.workbook_templates.sheets.scorecard import subtitle

_NUMBERS, _METHOD, _REMARK = 13, 20, 36
_BEYOND = 80


def build(board: Board) -> Page:
    """The sheet that says why, what if, and where to."""
    page = Page(KEY, board.layout.titles[KEY], styles.TAB_RESULT)
    page.heading(board.layout.titles[KEY], subtitle(board))
    at = AnalysisBoard(board, page)
    for section in (analysis_ranking, analysis_what_if, analysis_year_end, analysis_pairs):
        section.build(at)
    analysis_charts.build(at)
    _links(at)
    _dress(at)
    return page


def _links(at: AnalysisBoard) -> None:
    """From the top to each section, of which each begins a page."""
    plan, title = at.plan, at.board.layout.titles[KEY]
    places = {
        "contribution": (0, HEADER_ROW),
        "what_if": (2, plan.what_if.rows[STRATEGY] - 3 - CHART_ROWS),
        "year_end": (5, plan.year_end.rows[STRATEGY] - 3 - CHART_ROWS),
        "pairs": (8, plan.settings.rows["least_months"] - 2),
    }
    for key, (column, row) in places.items():
        target = f"'{title}'!A{row + 1}"
        if key != "contribution":
            at.page.breaks.append(row)
        at.page.put(2, column, Link(target, at.board.say(f"analysis.{key}")), "link")


def _dress(at: AnalysisBoard) -> None:
    page, plan = at.page, at.plan
    columns = plan.year_end.columns
    page.freeze = (HEADER_ROW, 1)
    page.repeat_rows = (0, 1)
    page.print_area = Area(0, 0, plan.bottom + 1, len(YEAR_END_COLUMNS) - 1)
    page.select = plan.what_if.at(plan.what_if.row_keys[1], "weight_then")
    first, last = columns["method"], columns["remark"]
    page.widths += [
        Width(0, 0, at.board.name_width(46)),
        Width(1, 1, at.board.unit_width()),
        Width(2, first - 1, _NUMBERS),
        Width(first, first, _METHOD),
        Width(last, last, _REMARK),
        Width(last + 1, last + 1, 3),
        Width(last + 2, last + _BEYOND, 11),
    ]
