"""The Strategy map sheet: what leads to what, from learning at the bottom to finance on top."""

from __future__ import annotations

import textwrap
from typing import cast

from tablero.workbook_templates import styles
from tablero.workbook_templates.board import Board, Node, known
from tablero.workbook_templates.sheets import map_drawing, map_okrs
from tablero.workbook_templates.sheets.page import Area, Cell, Formula, Page, Tint, Width
from tablero.workbook_templates.strategy_map.plan import (
    FIRST_GUTTER,
    FIRST_ROW,
    LABEL,
    ROOF,
    MapPlan,
)

_LABEL_WIDTH = 24
_BOX_WIDTHS = (48, 42, 34, 29, 26, 23)
"""In characters at least, by how many boxes stand side by side."""
_WIDEST_BOX = 60
_PAGE_WIDTH, _PAGE_SHAPE = 1000, 1.48
"""A landscape page in pixels, and its width for each unit of its height."""
_PIXELS_A_POINT, _PIXELS_A_CHARACTER = 4 / 3, 7
_GUTTER, _SIDE_WAY, _LANE = 2.5, 4.0, 1.1
"""In characters: a gutter, one with arrows from box to box, each arrow that climbs in it."""
_HEIGHTS = {"channel": 13, "achievement": 18, "assessment": 15, "okrs": 14, "foot": 6}
_TRACK, _FOOT_LINE = 5.5, 4.0
_LINE, _SMALL_LINE = 13.5, 11.0
_MOST_LINES = 3
_LETTERS, _SMALL_LETTERS = 0.98, 1.2
"""Letters of a bold name for each character of its column's width."""


def build(board: Board) -> Page:
    """The sheet that shows how the figures of one objective come to move those of another."""
    plan = cast("MapPlan", board.layout.plans["map"])
    page = Page("map", board.layout.titles["map"], styles.TAB_RESULT, pages_high=1)
    about = board.say("map.subtitle" if plan.routing.arrows else "map.no_links")
    page.heading(board.layout.titles["map"], about)
    _roof(board, page, plan)
    nodes = {(node.level, node.id): node for node in board.nodes}
    for number, row in enumerate(plan.rows):
        if row.is_first:
            _box(board, page, plan, nodes["perspective", row.perspective], _label(plan, number))
        for objective in row.objectives:
            _box(board, page, plan, nodes["objective", objective], _places(plan, objective))
        _heights(page, plan, number)
    _grounds(page, plan)
    page.drawing = map_drawing.drawn(board, plan)
    _widths(page, plan)
    _remark(board, page, plan)
    page.print_area = Area(0, 0, max(cell.row for cell in page.cells), plan.last_column)
    map_okrs.count(board, page, plan)
    return page


def _roof(board: Board, page: Page, plan: MapPlan) -> None:
    """The strategy, over all bands."""
    top, below = ROOF.values()
    column = plan.column(0)
    achieved, word = _judged(board, board.nodes[0])
    label = board.calendar.period_label(board.period, board.language)
    filled = {
        (top, LABEL): (board.say("term.strategy"), "strategy gutter"),
        (below, LABEL): (Formula("period_label", label), "roof gutter"),
        (top, column): (achieved, "strategy share center"),
        (below, column): (word, "roof center"),
    }
    for row in (top, below):
        for across in range(plan.last_column + 1):
            page.put(row, across, *filled.get((row, across), (None, "strategy")))
        page.heights[row] = 19
    _tint(page, plan, Area(top, column, below, column))


def _judged(board: Board, node: Node) -> tuple[Formula, Formula]:
    """Achievement and the word of its band, or that no figures are there."""
    achieved = board.achievements(node)[board.column]
    band, none = board.band(achieved), board.say("map.no_figures")
    far = {one: board.layout.scorecard.far(node.key, one) for one in ("achievement", "assessment")}
    word = Formula(
        f'IF({far["achievement"]}="","{none}",{far["assessment"]})',
        board.word(band.name) if band else none,
    )
    return Formula(far["achievement"], known(achieved)), word


def _tint(page: Page, plan: MapPlan, area: Area) -> None:
    """Colour by the achievement in the first row of an area, column by column."""
    first = plan.reference(area.first_row, area.first_column)
    page.rules.append(Tint(area, first, signed=True))


Places = dict[str, tuple[int, int, str]]
"""By part of a box, the row and column of its cell, and its style."""


def _label(plan: MapPlan, number: int) -> Places:
    """The cells at the left of a band."""
    styled = {
        "name": "band band_name",
        "achievement": "band share",
        "assessment": "band",
        "okrs": "working band",
    }
    return {part: (plan.row(number, part), LABEL, f"{styled[part]} left") for part in plan.box}


def _places(plan: MapPlan, objective: str) -> Places:
    foot = "" if plan.aligned else " box_foot"
    styled = {
        "name": "box box_head bold wrap center",
        "achievement": "box bold share center",
        "assessment": f"box center{foot}",
        "okrs": "box box_foot working center",
    }
    return {part: (*plan.at(objective, part), styled[part]) for part in plan.box}


def _box(board: Board, page: Page, plan: MapPlan, node: Node, places: Places) -> None:
    """Name, achievement and the word of its band from the Scorecard sheet; OKRs under them."""
    achieved, word = _judged(board, node)
    name = Formula(board.layout.scorecard.far(node.key, "name"), board.word(node.name))
    contents = {"name": name, "achievement": achieved, "assessment": word}
    for part, (row, column, style) in places.items():
        content = contents.get(part) or map_okrs.line(board, plan, node.key)
        page.put(row, column, content, style)


def _heights(page: Page, plan: MapPlan, number: int) -> None:
    """Names get the lines that they need, channels room for their tracks."""
    for part in plan.parts:
        page.heights[plan.row(number, part)] = _HEIGHTS.get(part, 0)
    if plan.aligned and not _has_okrs(page, plan.row(number, "okrs")):
        page.heights[plan.row(number, "okrs")] = _FOOT_LINE
    tracks = plan.routing.tracks.get(number, 0)
    page.heights[plan.row(number, "channel")] += _TRACK * tracks
    row, tallest = plan.row(number, "name"), _LINE
    for place, cell in enumerate(page.cells):
        if cell.row == row:
            width = _LABEL_WIDTH - 2 if cell.column == LABEL else _box_width(plan)
            sized, height = _sized(cell, width)
            page.cells[place], tallest = sized, max(tallest, height)
    page.heights[row] = tallest + 6
    top = plan.row(number, "achievement")
    _tint(page, plan, Area(top, LABEL, top + 1, plan.last_column))


def _has_okrs(page: Page, row: int) -> bool:
    return any(cell.row == row and cell.content is not None for cell in page.cells)


def _sized(cell: Cell, width: float) -> tuple[Cell, float]:
    """A name with the height that it takes; a very long one in smaller letters."""
    name = str(cast("Formula", cell.content).result)
    lines = len(textwrap.wrap(name, int(width * _LETTERS)))
    if lines <= _MOST_LINES:
        return cell, lines * _LINE
    lines = len(textwrap.wrap(name, int(width * _SMALL_LETTERS)))
    return cell._replace(style=f"{cell.style} tight"), lines * _SMALL_LINE


def _box_width(plan: MapPlan) -> float:
    return _BOX_WIDTHS[plan.across - 1]


def _grounds(page: Page, plan: MapPlan) -> None:
    """The paper under the boxes; a line parts one band from the next."""
    filled = {(cell.row, cell.column) for cell in page.cells}
    starts = {plan.row(number, "channel") for number, row in enumerate(plan.rows) if row.is_first}
    for row in range(FIRST_ROW, plan.last_row + 1):
        line = " band_line" if row in starts else ""
        for column in range(plan.last_column + 1):
            if (row, column) not in filled:
                page.put(row, column, None, f"{'ground' if column else 'band'}{line}")


def _remark(board: Board, page: Page, plan: MapPlan) -> None:
    """What is odd about the links, under the map, in as many lines as it takes."""
    circle = map_drawing.circle(board, plan)
    if circle:
        across = sum(one.characters for one in page.widths)
        lines = textwrap.wrap(board.say("map.circle", chain=circle), int(across))
        for row, line in enumerate(lines, start=plan.last_row + 2):
            page.put(row, LABEL, line, "doubt")


def _widths(page: Page, plan: MapPlan) -> None:
    page.widths.append(Width(LABEL, LABEL, _LABEL_WIDTH))
    box = _wide_enough(page, plan)
    for number in range(plan.across + 1):
        column = FIRST_GUTTER + 2 * number
        page.widths.append(Width(column, column, _gutter(plan, number)))
        if number < plan.across:
            page.widths.append(Width(column + 1, column + 1, box))


def _gutter(plan: MapPlan, number: int) -> float:
    least = _SIDE_WAY if plan.routing.has_side_ways else _GUTTER
    return least + _LANE * plan.routing.crowd.get(number, 0)


def _wide_enough(page: Page, plan: MapPlan) -> float:
    """Boxes as wide as the page leaves them room."""
    height = sum(page.heights.values()) * _PIXELS_A_POINT
    room = max(_PAGE_WIDTH, height * _PAGE_SHAPE) / _PIXELS_A_CHARACTER - _LABEL_WIDTH
    room -= sum(_gutter(plan, number) for number in range(plan.across + 1))
    return min(max(room / plan.across - 1, _box_width(plan)), _WIDEST_BOX)
