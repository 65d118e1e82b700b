"""The Trend sheet: achievement of every row of the scorecard, month by month, as a heat map."""

from __future__ import annotations

from collections.abc import Sequence

from tablero.workbook_templates import expressions, styles
from tablero.workbook_templates.board import Board, Node, known
from tablero.workbook_templates.definition import Kpi
from tablero.workbook_templates.expressions import Operand
from tablero.workbook_templates.layout import (
    GOALS,
    HEADER_ROW,
    LAST_MONTHS,
    MONTHS,
    STRATEGY,
    VALUES,
)
from tablero.workbook_templates.periods import MONTHS_A_YEAR
from tablero.workbook_templates.sheets.inputs import intact, prefix
from tablero.workbook_templates.sheets.page import (
    Area,
    Formula,
    Page,
    Sparkline,
    Spilled,
    Tint,
    Width,
    serial,
)

_VALUE_OF = dict(zip(MONTHS, VALUES, strict=True))
_GOAL_OF = dict(zip(MONTHS, GOALS, strict=True))
_LAST_OF = dict(zip(MONTHS, LAST_MONTHS, strict=True))


def build(board: Board) -> Page:
    """The sheet that shows how each row came to where it stands."""
    page = Page("trend", board.layout.titles["trend"], styles.TAB_RESULT)
    page.heading(board.layout.titles["trend"], board.say("trend.subtitle"))
    _header(board, page)
    kpis = {kpi.id: kpi for kpi in board.definition.kpis()}
    for node in board.nodes:
        _row(board, page, node, kpis.get(node.id) if node.level == "kpi" else None)
    _previous_block(board, page)
    _dress(board, page)
    return page


def _header(board: Board, page: Page) -> None:
    table, inputs = board.layout.trend, board.layout.inputs
    page.put(HEADER_ROW, table.columns["name"], board.say("trend.name"), "header")
    page.put(HEADER_ROW, table.columns["line"], board.say("trend.line"), "header gutter")
    page.put(HEADER_ROW, table.columns["intact"], board.say("trend.intact"), "header")
    dates = [serial(*board.calendar.month(number)) for number in range(1, len(MONTHS) + 1)]
    for block, label in ((MONTHS, "achievement"), (VALUES, "values"), (GOALS, "goals")):
        page.put(HEADER_ROW - 1, table.columns[block[0]], board.say(f"trend.{label}"), "working")
        for column, month, date in zip(block, MONTHS, dates, strict=True):
            header = inputs.cell(board.definition.inputs[0].id, month).rstrip("0123456789")
            formula = Formula(f"{prefix(board)}{header}${HEADER_ROW + 1}", date)
            page.put(HEADER_ROW, table.columns[column], formula, "header month")
    page.heights[HEADER_ROW] = 24


def _row(board: Board, page: Page, node: Node, kpi: Kpi | None) -> None:
    table, columns = board.layout.trend, board.month_columns
    page.put(
        *table.at(node.key, "name"),
        board.word(node.name),
        f"{node.level} {'indent' if kpi else ''}",
    )
    achieved = board.achievements(node)
    months = _asked_by(board, node)
    for month, column in zip(MONTHS, columns, strict=True):
        result, asked = known(achieved[column]), months.get(month, ())
        page.put(
            *table.at(node.key, month),
            Formula(_achievement(board, node, asked), result, columns=len(asked))
            if asked
            else Spilled(result),
            f"{node.level} share no_indent",
        )
    page.put(*table.at(node.key, "line"), None, node.level)
    page.rules.append(Sparkline(*table.at(node.key, "line"), table.far_span([node.key], MONTHS)))
    if kpi:
        _kpi_months(board, page, node, kpi)
    page.put(
        *table.at(node.key, "intact"),
        intact(table, node.key, (*months, *((*VALUES, *GOALS) if kpi else ()))),
        "working right",
    )
    page.heights[table.rows[node.key]] = {STRATEGY: 22, "perspective": 20}.get(node.level, 16)


def _asked_by(board: Board, node: Node) -> dict[str, Sequence[str]]:
    """The months in which formulas stand, with those that each answers for.

    Where calls are dear, one asks for all months of a KPI.
    """
    if node.level == "kpi" and board.dialect.calls_with_ranges("KPI_ACHIEVEMENT"):
        return {MONTHS[0]: MONTHS}
    return {month: [month] for month in MONTHS}


def _achievement(board: Board, node: Node, months: Sequence[str]) -> str:
    table, weights_table = board.layout.trend, board.layout.scorecard
    if node.level == "kpi":
        direction = board.layout.matrix.far_column([node.key], "direction")
        values = table.span([node.key], [_VALUE_OF[month] for month in months])
        goals = table.span([node.key], [_GOAL_OF[month] for month in months])
        return board.call("KPI_ACHIEVEMENT", values, goals, direction, "set_floor", "set_cap")
    keys, weights = board.children(node)
    return board.call(
        "WEIGHTED_AGG", table.span(keys, months), weights_table.far_column(keys, weights)
    )


def _kpi_months(board: Board, page: Page, node: Node, kpi: Kpi) -> None:
    """The KPI's value and goal of each single month, at a yearly rate where that applies."""
    table, scores = board.layout.trend, board.scores
    role = f"kpi {styles.unit_role(board.word(kpi.unit))}"
    degree = expressions.degree(expressions.parse(kpi.formula), board.degrees)
    for month, value, goal, column in zip(MONTHS, VALUES, GOALS, board.month_columns, strict=True):
        formula = Formula(_value(board, kpi, month, degree), known(scores.values[node.row, column]))
        page.put(*table.at(node.key, value), formula, role)
        target = Formula(_goal(board, node, month, degree), known(scores.goals[node.row, column]))
        page.put(*table.at(node.key, goal), target, f"{role} muted")


def _value(board: Board, kpi: Kpi, month: str, degree: int) -> str:
    inputs, previous = board.layout.inputs, board.layout.previous

    def operand(name: str, cell: str) -> Operand:
        yearly = degree != 0 and board.degrees[name] != 0
        return Operand(cell, f"{cell}*period_month_factor" if yearly else cell)

    return expressions.to_formula(
        expressions.parse(kpi.formula),
        lambda name: operand(name, inputs.far(name, month)),
        lambda name: operand(name, previous.cell(name, month)),
        lambda name, arguments: board.call(name, *arguments),
    )


def _goal(board: Board, node: Node, month: str, degree: int) -> str:
    matrix = board.layout.matrix
    own, annual = matrix.far(node.key, month), matrix.far_column([node.key], "goal")
    factor = "" if degree == 0 else f"*period_month_factor^{degree}"
    return f'IF({own}<>"",{own}{factor},IF({annual}="","",{annual}))'


def _previous_block(board: Board, page: Page) -> None:
    """Last year's figures by month, only of the inputs whose growth some KPI measures."""
    table = board.layout.previous
    if not table.rows:
        return
    top = min(table.rows.values()) - 1
    page.put(top, table.columns[MONTHS[0]], board.say("trend.previous"), "working")
    positions = {one.id: row for row, one in enumerate(board.definition.inputs)}
    for name in table.rows:
        one = board.definition.inputs[positions[name]]
        page.put(*table.at(name, "name"), board.word(one.name), "working right")
        for month, column in zip(MONTHS, board.month_columns, strict=True):
            text = _previous(board, name, month)
            result = known(board.scores.inputs.previous[positions[name], column])
            page.put(*table.at(name, month), Formula(text, result), "working number")


def _previous(board: Board, name: str, month: str) -> str:
    """Last year's figure of a single month: its own, else its part of the yearly one."""
    inputs = board.layout.inputs
    this, last = inputs.far(name, month), inputs.far(name, _LAST_OF[month])
    year, method = (inputs.far_column([name], column) for column in ("last_year", "method"))
    part = f'IF({year}="","",IF({method}="T",{year}/{MONTHS_A_YEAR},{year}))'
    return f'IF({this}="","",IF({last}<>"",{last},{part}))'


def _dress(board: Board, page: Page) -> None:
    table = board.layout.trend
    columns, keys = table.columns, table.row_keys
    page.freeze = (HEADER_ROW + 1, 1)
    page.repeat_rows = (0, HEADER_ROW)
    page.print_area = Area(0, 0, max(table.rows.values()), columns["line"])
    page.widths += [
        Width(0, 0, board.name_width(46)),
        Width(columns[MONTHS[0]], columns[MONTHS[-1]], 9),
        Width(columns["line"], columns["line"], 22),
        Width(columns["gap"], columns["gap"], 24),
        Width(columns[VALUES[0]], columns[VALUES[-1]], 10),
        Width(columns["gap2"], columns["gap2"], 3),
        Width(columns[GOALS[0]], columns[GOALS[-1]], 10),
        Width(columns["intact"], columns["intact"], 12),
    ]
    page.rules.append(
        Tint(table.area(keys, (MONTHS[0], MONTHS[-1])), table.cell(keys[0], MONTHS[0]), signed=True)
    )
