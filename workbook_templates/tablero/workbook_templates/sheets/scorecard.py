"""The Scorecard sheet: the paper's table 5, live."""

from __future__ import annotations

from collections.abc import Callable

from tablero.workbook_templates import expressions, styles
from tablero.workbook_templates.board import Board, Node, known
from tablero.workbook_templates.definition import Kpi
from tablero.workbook_templates.expressions import Operand
from tablero.workbook_templates.layout import HEADER_ROW, LAST_MONTHS, MONTHS, STRATEGY
from tablero.workbook_templates.sheets import words
from tablero.workbook_templates.sheets.inputs import flag_span, intact, prefix
from tablero.workbook_templates.sheets.page import (
    Area,
    Bar,
    Content,
    Formula,
    Page,
    Tint,
    Width,
)

_GUTTERED = ("unit", "desired", "bar")
_WEIGHTS = ("weight_perspective", "weight_objective", "weight_kpi")


def build(board: Board) -> Page:
    """The sheet that sets every KPI against its goal and rolls the result up."""
    page = Page("scorecard", board.layout.titles["scorecard"], styles.TAB_RESULT)
    page.heading(board.layout.titles["scorecard"], subtitle(board))
    _header(board, page)
    kpis = {kpi.id: kpi for kpi in board.definition.kpis()}
    for node in board.nodes:
        _row(board, page, node, kpis.get(node.id) if node.level == "kpi" else None)
    words.ask_for_all(board, page)
    _dress(board, page)
    return page


def subtitle(board: Board) -> Formula:
    """Company, period and money, in one grey line that follows the period selector."""
    company = board.definition.company.name
    label = board.calendar.period_label(board.period, board.language)
    return Formula(
        'set_company&" · "&period_label&" · "&set_currency', f"{company} · {label} · {board.money}"
    )


def _header(board: Board, page: Page) -> None:
    table = board.layout.scorecard
    left = ("name", "assessment", "plan", "term", "id")
    for column, position in table.columns.items():
        if column in words.ANSWERS.values():
            continue
        label = "" if column == "symbol" else board.say(f"scorecard.{column}")
        page.put(
            HEADER_ROW,
            position,
            label,
            "header gutter"
            if column in _GUTTERED
            else "header"
            if column in left
            else "header right",
        )
    page.put(
        HEADER_ROW - 1,
        table.columns["weight_perspective"],
        board.say("scorecard.weights"),
        "working",
    )
    page.heights[HEADER_ROW] = 24


def _row(board: Board, page: Page, node: Node, kpi: Kpi | None) -> None:
    table = board.layout.scorecard
    role = node.level

    def put(column: str, content: Content, style: str) -> None:
        page.put(*table.at(node.key, column), content, f"{role} {style}")

    put("name", board.word(node.name), "indent" if kpi else "")
    if kpi:
        _kpi_cells(board, node, kpi, put)
    else:
        for column in ("value", "unit", "goal", "desired"):
            put(column, None, "")
    _weights(board, node, put)
    achievement = Formula(_achievement(board, node), known(board.achievements(node)[board.column]))
    put("achievement", achievement, "percent no_indent")
    _verdict(board, node, put)
    put("coverage", _coverage(board, node, kpi), "share no_indent")
    put(
        "bar", Formula(table.cell(node.key, "achievement"), achievement.result), "percent no_indent"
    )
    page.put(
        *table.at(node.key, "intact"),
        intact(table, node.key, _formula_columns(board, node)),
        "working right",
    )
    page.put(*table.at(node.key, "id"), node.key, "working")
    page.heights[table.rows[node.key]] = {STRATEGY: 24, "perspective": 22, "objective": 18}.get(
        role, 16
    )


def _kpi_cells(
    board: Board, node: Node, kpi: Kpi, put: Callable[[str, Content, str], None]
) -> None:
    scores, matrix = board.scores, board.layout.matrix
    number = styles.unit_role(board.word(kpi.unit))
    value = known(scores.values[node.row, board.column])
    goal = known(scores.goals[node.row, board.column])
    put("value", Formula(period_formula(board, kpi), value), number)
    put("unit", board.unit(kpi.unit), "muted gutter")
    put("goal", Formula(_goal(board, node, kpi), goal), f"{number} muted")
    put(
        "desired",
        Formula(matrix.far(node.key, "desired"), board.say(f"desired.{kpi.desired}")),
        "muted gutter",
    )


def period_formula(board: Board, kpi: Kpi) -> str:
    """The KPI's formula over what its inputs come to in the shown period."""
    table = board.layout.inputs
    formula = expressions.parse(kpi.formula)
    annual = expressions.degree(formula, board.degrees) != 0

    def operand(name: str, column: str) -> Operand:
        cell = table.far(name, column)
        scaled = f"{cell}*{table.far(name, 'to_year')}" if annual and board.degrees[name] else cell
        return Operand(cell, scaled)

    return expressions.to_formula(
        formula,
        lambda name: operand(name, "period"),
        lambda name: operand(name, "previous"),
        lambda name, arguments: board.call(name, *arguments),
    )


def _goal(board: Board, node: Node, kpi: Kpi) -> str:
    """Monthly goals of the period where there are any, else the goal of the year."""
    matrix, inputs = board.layout.matrix, board.layout.inputs
    goals = matrix.far_span([node.key], MONTHS)
    flags = f"{prefix(board)}{flag_span(inputs, MONTHS)}"
    count = f'COUNTIFS({goals},">-1E300",{flags},1)'
    annual = matrix.far(node.key, "goal")
    degree = expressions.degree(expressions.parse(kpi.formula), board.degrees)
    months = "" if degree == 0 else f"*IF(period_annual=1,12,{count})^{degree}"
    return f'IF({count}=0,IF({annual}="","",{annual}),SUMIFS({goals},{flags},1)/{count}{months})'


def _weights(board: Board, node: Node, put: Callable[[str, Content, str], None]) -> None:
    for column in _WEIGHTS:
        if column == f"weight_{node.level}":
            put(
                column,
                Formula(board.layout.matrix.far(node.key, column), node.weight),
                "share no_indent",
            )
        else:
            put(column, None, "")


def _achievement(board: Board, node: Node) -> str:
    table = board.layout.scorecard
    if node.level == "kpi":
        cell = {key: table.cell(node.key, key) for key in ("value", "goal")}
        direction = board.layout.matrix.far(node.key, "direction")
        return board.call(
            "KPI_ACHIEVEMENT", cell["value"], cell["goal"], direction, "set_floor", "set_cap"
        )
    keys, weights = board.children(node)
    return board.call(
        "WEIGHTED_AGG", table.span(keys, ["achievement"]), table.span(keys, [weights])
    )


def _verdict(board: Board, node: Node, put: Callable[[str, Content, str], None]) -> None:
    """Sign, word, plan and term of the achievement's band."""
    cell = board.layout.scorecard.cell(node.key, "achievement")
    put(
        "symbol",
        Formula(symbol_formula(cell), symbol(board, board.achievements(node)[board.column])),
        "center no_indent",
    )
    for column, result in words.words(board, node).items():
        put(column, Formula(words.formula(board, node, column), result), "no_indent")


def _formula_columns(board: Board, node: Node) -> tuple[str, ...]:
    """The columns in which formulas of the row stand, for people to leave alone."""
    is_first = node.key == board.layout.scorecard.row_keys[0]
    return (
        *(("value", "goal") if node.level == "kpi" else ()),
        *("achievement", *words.WORDS),
        *(words.asked_for_all(board).values() if is_first else ()),
    )


def symbol_formula(cell: str) -> str:
    """The sign of an achievement's band, an en dash where it is missing."""
    return f'IF({cell}="","–",LOOKUP(MAX({cell},MIN(band_from))+0.000000001,band_from,band_symbol))'


def symbol(board: Board, achievement: float) -> str:
    """The sign that :func:`symbol_formula` answers with."""
    band = board.band(achievement)
    bands = board.definition.bands
    return styles.band_tone(bands.index(band), len(bands)).symbol if band else "–"


def _coverage(board: Board, node: Node, kpi: Kpi | None) -> Formula:
    """Share of the weights below that has figures; on a KPI's row, of the period's months."""
    table = board.layout.scorecard
    if kpi:
        months = int(board.scores.kpi_months[node.row, board.column])
        return Formula(_months_formula(board, kpi), months / board.period.length)
    keys, weights = board.children(node)
    function = "COVERAGE" if node.level == "objective" else "WEIGHTED_AGG"
    column = "achievement" if node.level == "objective" else "coverage"
    text = board.call(function, table.span(keys, [column]), table.span(keys, [weights]))
    return Formula(text, float(board.coverages(node)[board.column]))


def _months_formula(board: Board, kpi: Kpi) -> str:
    """Months of the period in which every input of the KPI is filled, as a share of the period."""
    table = board.layout.inputs
    columns = (*LAST_MONTHS, *MONTHS)
    names = expressions.inputs_of(expressions.parse(kpi.formula))
    tests = "".join(f'*({table.far_span([name], columns)}<>"")' for name in names)
    flags = f"{prefix(board)}{flag_span(table, columns)}"
    return f"SUMPRODUCT(({flags}=1){tests or '*1'})/(period_last-period_first+1)"


def _dress(board: Board, page: Page) -> None:
    table = board.layout.scorecard
    columns, keys = table.columns, table.row_keys
    page.freeze = (HEADER_ROW + 1, 1)
    page.repeat_rows = (0, HEADER_ROW)
    page.print_area = Area(0, 0, max(table.rows.values()), columns["bar"])
    page.widths += [
        Width(0, 0, board.name_width(46)),
        Width(columns["value"], columns["value"], 10),
        Width(columns["unit"], columns["unit"], board.unit_width()),
        Width(columns["goal"], columns["goal"], 10),
        Width(columns["desired"], columns["desired"], 9),
        Width(columns["weight_perspective"], columns["weight_kpi"], 7),
        Width(columns["achievement"], columns["achievement"], 13),
        Width(columns["symbol"], columns["symbol"], 3),
        Width(columns["assessment"], columns["assessment"], board.band_width("name", 16)),
        Width(columns["plan"], columns["plan"], board.band_width("plan", 14)),
        Width(columns["term"], columns["term"], board.band_width("term", 10)),
        Width(columns["coverage"], columns["coverage"], 11),
        Width(columns["bar"], columns["bar"], 24),
        Width(columns["intact"], columns["id"], 12),
        *(Width(columns[one], columns[one], 14) for one in words.asked_for_all(board).values()),
    ]
    page.rules += [
        Tint(
            table.area(keys, ("achievement", "assessment")),
            f"${table.cell(keys[0], 'achievement')}",
        ),
        Bar(table.area(keys, ("bar",))),
    ]
