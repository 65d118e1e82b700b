"""The Matrix sheet: the paper's table 1 with goals, owners, weights and their sums."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from tablero.workbook_templates import styles
from tablero.workbook_templates.board import Board, Node
from tablero.workbook_templates.definition import Kpi
from tablero.workbook_templates.layout import HEADER_ROW, MONTHS, STRATEGY
from tablero.workbook_templates.sheets.page import (
    Area,
    Choice,
    Content,
    Date,
    Formula,
    Hint,
    Numbers,
    Page,
    Rule,
    Width,
)

_LEFT, _GUTTERED = ("name", "formula", "unit", "id"), ("desired", "owner", "frequency", "timing")
_HEADERS = {
    **dict.fromkeys(_LEFT, "header"),
    **dict.fromkeys((*_GUTTERED, "description"), "header gutter"),
}
_FORMULA_WIDTH = 36
_DESCRIPTION_WIDTH = 46
_LINE_HEIGHT = 13.5
_CHARACTERS_A_WIDTH = 1.1
_LONGEST_PROMPT = 255


def build(board: Board) -> Page:
    """The sheet that says what is measured, against which goal, with which weight."""
    page = Page("matrix", board.layout.titles["matrix"], styles.TAB_INPUT)
    page.heading(board.layout.titles["matrix"], board.say("matrix.subtitle"))
    _header(board, page)
    shares = _shares(board)
    kpis = {kpi.id: kpi for kpi in board.definition.kpis()}
    for node in board.nodes:
        if node.level == "kpi":
            _kpi_row(board, page, node, kpis[node.id], shares[node.key])
        elif node.level != STRATEGY:
            _group_row(board, page, node)
    _top_sum(board, page)
    _dress(board, page)
    return page


def _header(board: Board, page: Page) -> None:
    table = board.layout.matrix
    for column in table.columns:
        if column not in MONTHS:
            role = _HEADERS.get(column, "header right")
            page.put(HEADER_ROW, table.columns[column], board.say(f"matrix.{column}"), role)
    for number, column in enumerate(MONTHS, start=1):
        page.put(
            HEADER_ROW, table.columns[column], Date(*board.calendar.month(number)), "header month"
        )
    page.put(HEADER_ROW - 1, table.columns[MONTHS[0]], board.say("matrix.monthly_goals"), "working")
    page.heights[HEADER_ROW] = 32


def _group_row(board: Board, page: Page, node: Node) -> None:
    table = board.layout.matrix
    row = table.rows[node.key]
    own = f"weight_{node.level}"
    for column in list(table.columns)[: table.columns[MONTHS[0]]]:
        if column not in ("name", own, "weight_sum"):
            page.put(row, table.columns[column], None, node.level)
    page.put(*table.at(node.key, "name"), board.word(node.name), node.level)
    page.put(*table.at(node.key, own), node.weight, f"{node.level} input share")
    page.put(
        *table.at(node.key, "weight_sum"),
        _sum(board, node),
        f"{node.level} share no_indent",
    )
    page.put(*table.at(node.key, "id"), node.key, "working")
    page.heights[row] = 22 if node.level == "perspective" else 18


def _sum(board: Board, node: Node) -> Formula:
    keys, column = board.children(node)
    total = sum(one.weight for one in board.members(node))
    return Formula(f"SUM({board.layout.matrix.span(keys, [column])})", total)


def _top_sum(board: Board, page: Page) -> None:
    """The sum of the perspectives' weights stands above the table, beside its label."""
    table = board.layout.matrix
    page.put(
        HEADER_ROW - 1,
        table.columns["weight_perspective"],
        _sum(board, board.nodes[0]),
        "share bold",
    )
    page.put(
        HEADER_ROW - 1, table.columns["goal"], board.say("matrix.weights_below"), "working right"
    )


def _kpi_row(board: Board, page: Page, node: Node, kpi: Kpi, share: float) -> None:
    table = board.layout.matrix
    number = styles.unit_role(board.word(kpi.unit))
    cell = {key: table.cell(node.key, key) for key in table.columns}

    def put(column: str, content: Content, style: str) -> None:
        page.put(*table.at(node.key, column), content, style)

    put("name", board.word(kpi.name), "kpi indent")
    put("formula", board.formula(kpi), "kpi muted wrap")
    put("unit", board.unit(kpi.unit), "kpi muted")
    put("desired", board.say(f"desired.{kpi.desired}"), "input left gutter")
    put("goal", kpi.goal, f"input {number}")
    put("weight_perspective", None, "kpi")
    put("weight_objective", None, "kpi")
    put("weight_kpi", kpi.weight, "input share")
    put("weight_sum", None, "kpi")
    put("owner", board.word(kpi.owner) or None, "input left gutter")
    put("frequency", board.say(f"frequency.{kpi.frequency}"), "input left gutter")
    put("timing", board.say(f"timing.{kpi.timing}"), "input left gutter")
    put("description", board.described(kpi) or None, "kpi muted wrap gutter")
    for column, goal in zip(MONTHS, kpi.monthly_goals or (None,) * len(MONTHS), strict=True):
        put(column, goal, f"input {number}")
    put(
        "direction",
        Formula(f"INDEX(code_desired,MATCH({cell['desired']},list_desired,0))", kpi.desired),
        "working right",
    )
    put("share", Formula(_share_formula(board, node), share), "working percent")
    put("id", node.key, "working")
    page.heights[table.rows[node.key]] = _height(board, kpi)


def _height(board: Board, kpi: Kpi) -> float:
    """Room for the longer of formula and description, whose lines wrap."""
    formula, description = board.formula(kpi), board.described(kpi)
    lines = max(_lines(formula, _FORMULA_WIDTH), _lines(description, _DESCRIPTION_WIDTH))
    return lines * _LINE_HEIGHT + 4.5


def _lines(words: str, width: float) -> int:
    return max(-(-len(words) // int(width * _CHARACTERS_A_WIDTH)), 1)


def _shares(board: Board) -> dict[str, float]:
    """Share of the whole strategy's weight that each KPI carries."""
    return {
        f"kpi:{kpi.id}": perspective.weight * objective.weight * kpi.weight
        for perspective in board.definition.perspectives
        for objective in perspective.objectives
        for kpi in objective.kpis
    }


def _share_formula(board: Board, node: Node) -> str:
    """The product of the weights of a KPI, its objective and its perspective."""
    table = board.layout.matrix
    _, *weighted = (*board.above(node), node)
    return "*".join(table.cell(one.key, f"weight_{one.level}") for one in weighted)


def _dress(board: Board, page: Page) -> None:
    table, say = board.layout.matrix, board.say
    columns, keys = table.columns, table.row_keys
    page.freeze = (HEADER_ROW + 1, 1)
    page.repeat_rows = (0, HEADER_ROW)
    page.print_area = Area(0, 0, max(table.rows.values()), columns["description"])
    page.widths += [
        Width(0, 0, board.name_width(38)),
        Width(columns["formula"], columns["formula"], _FORMULA_WIDTH),
        Width(columns["unit"], columns["unit"], board.unit_width()),
        Width(columns["desired"], columns["goal"], 10),
        Width(columns["weight_perspective"], columns["weight_kpi"], 10.5),
        Width(columns["weight_sum"], columns["weight_sum"], 11),
        Width(columns["owner"], columns["owner"], _owner_width(board)),
        Width(columns["frequency"], columns["timing"], 12.5),
        Width(columns["description"], columns["description"], _DESCRIPTION_WIDTH),
        Width(columns[MONTHS[0]], columns[MONTHS[-1]], 11),
        Width(columns["direction"], columns["id"], 12),
    ]
    monthly = say("matrix.goal_title"), say("matrix.monthly_goals"), say("matrix.goal_error")
    weights = say("matrix.weight_title"), say("matrix.weight_prompt"), say("matrix.weight_error")
    page.rules += [
        *_goal_rules(board),
        Numbers(table.area(keys, ("weight_perspective", "weight_kpi")), *weights, 0, 1),
        Numbers(table.area(keys, (MONTHS[0], MONTHS[-1])), *monthly),
    ]
    owner = table.area(keys, ("owner",))
    page.rules.append(Hint(owner, say("matrix.owner"), say("matrix.owner_prompt")))
    for column in ("desired", "frequency", "timing"):
        texts = say("matrix.list_title"), "", say("matrix.list_error")
        page.rules.append(Choice(table.area(keys, (column,)), f"list_{column}", *texts))
    sums = table.area(keys, ("weight_sum",))
    corner = table.cell(keys[0], "weight_sum")
    page.rules.append(Rule(sums, f"IF(ISNUMBER({corner}),ABS({corner}-1)>0.000001)", "alarm"))


def _goal_rules(board: Board) -> Iterator[Numbers]:
    """What to type as a goal; where one is missing, also where a company finds one for itself."""
    table, say = board.layout.matrix, board.say
    hints = {f"kpi:{kpi.id}": _goal_prompt(board, kpi) for kpi in board.definition.kpis()}
    usual = say("matrix.goal_prompt")
    for prompt, keys in groupby(table.row_keys, lambda key: hints.get(key, usual)):
        area = table.area([*keys], ("goal",))
        yield Numbers(area, say("matrix.goal_title"), prompt, say("matrix.goal_error"))


def _goal_prompt(board: Board, kpi: Kpi) -> str:
    usual, hint = board.say("matrix.goal_prompt"), board.word(kpi.goal_hint).strip()
    if not hint or kpi.goal is not None:
        return usual
    told = board.say("matrix.goal_hint", hint=hint)
    return told if len(told) <= _LONGEST_PROMPT else f"{told[: _LONGEST_PROMPT - 1]}…"


def _owner_width(board: Board) -> float:
    """Width at which every owner shows whole."""
    owners = (board.word(kpi.owner) for kpi in board.definition.kpis())
    return styles.fitting_width(owners, 17, 40)
