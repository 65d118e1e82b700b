"""What the charts of the KPIs are drawn from: all KPIs, then those of the picked perspective."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import numpy as np

from tablero.workbook_templates import expressions
from tablero.workbook_templates.board import Board
from tablero.workbook_templates.dashboard import slot_workings
from tablero.workbook_templates.dashboard.layout import LAST
from tablero.workbook_templates.dashboard.objective_workings import plan_of
from tablero.workbook_templates.dashboard.putting import (
    Desk,
    entry,
    quoted,
    shortened,
    shown,
)
from tablero.workbook_templates.dashboard.slot_workings import digits, month_letters, scale
from tablero.workbook_templates.dashboard.standing import HUNDRED
from tablero.workbook_templates.dashboard.workings import (
    scorecard_row,
    start,
    step,
)
from tablero.workbook_templates.definition import Kpi
from tablero.workbook_templates.dialects import Dialect
from tablero.workbook_templates.expressions import Operand
from tablero.workbook_templates.layout import LAST_MONTHS, kpi_key

_SIGN = "Ø"
"""A letter that stands in no id and in no formula."""
_SIGNED = re.compile(f"{_SIGN}(.+?){_SIGN}")


def build(desk: Desk) -> None:
    """The blocks of the KPIs."""
    _kpis(desk)
    slot_workings.build(desk)
    _steps(desk)


def _kpis(desk: Desk) -> None:
    table, board = desk.layout.kpis, desk.board
    desk.head(table, board.say("dashboard.table.kpis"), [*list(table.columns)[: -len(LAST)]])
    top = min(table.rows.values()) - 1
    for letter, column in zip(month_letters(board), LAST, strict=True):
        desk.page.put(top, table.columns[column], letter, "working")
    objectives = iter(desk.layout.objectives.row_keys)
    rows = iter(enumerate(table.row_keys))
    for objective in board.definition.objectives():
        above = next(objectives)
        for kpi in objective.kpis:
            at, row = next(rows)
            _kpi(desk, row, at, kpi)
            _points(desk, row, at, above)
    _last_achievements(desk)


def _kpi(desk: Desk, row: str, at: int, kpi: Kpi) -> None:
    """What the Scorecard and the Matrix say of a KPI, and its value last year."""
    table, board, standing = desk.layout.kpis, desk.board, desk.standing
    far, key = board.layout.scorecard.far, kpi_key(kpi)
    unit = board.unit(kpi.unit)
    desk.put(table, row, "name", board.word(kpi.name))
    desk.put(table, row, "label", shortened(board.word(kpi.name)))
    desk.put(table, row, "unit", unit or None)
    desk.put(table, row, "scale", scale(board, kpi))
    desk.put(table, row, "digits", digits(board, kpi))
    place = board.layout.scorecard.row_keys.index(key) + 1
    desk.formula(table, row, "row", scorecard_row(desk, key), float(place))
    achieved = standing.achieved[at]
    desk.formula(table, row, "achievement", far(key, "achievement"), shown(achieved))
    desk.formula(table, row, "plan", far(key, "plan"), plan_of(board, achieved))
    desk.formula(table, row, "weight", far(key, "weight_kpi"), kpi.weight)
    goal = board.scores.goals[at, board.column]
    desk.formula(table, row, "goal", far(key, "goal"), shown(goal))
    direction = board.layout.matrix.far(key, "direction")
    desk.formula(table, row, "direction", direction, kpi.desired)
    _last_year(desk, row, at, kpi)


def _last_year(desk: Desk, row: str, at: int, kpi: Kpi) -> None:
    """Its value in the same period and in each month of last year, unless it needs the year before.

    Where it does, the cells stay empty.
    """
    formula = expressions.parse(kpi.formula)
    if expressions.previous_inputs_of(formula):
        return
    table, standing = desk.layout.kpis, desk.standing
    far = desk.board.layout.inputs.far
    value = _last_formula(desk.board, kpi, lambda name: far(name, "to_year"))
    result = shown(standing.last_values[at])
    desk.formula(table, row, "last_value", _in_column(desk, value, "previous"), result)
    monthly = _last_formula(desk.board, kpi, lambda _: "period_month_factor")
    for month, (column, source) in enumerate(zip(LAST, LAST_MONTHS, strict=True)):
        text, result = _in_column(desk, monthly, source), shown(standing.last_months[at, month])
        desk.formula(table, row, column, text, result)


def _last_formula(board: Board, kpi: Kpi, factor: Callable[[str], str]) -> str:
    """A KPI's formula with signs where its inputs are to stand, in whatever column.

    Written once for all months, for that takes time.
    """
    formula = expressions.parse(kpi.formula)
    is_annual = expressions.degree(formula, board.degrees) != 0

    def operand(name: str) -> Operand:
        cell = f"{_SIGN}{name}{_SIGN}"
        is_scaled = is_annual and board.degrees[name]
        return Operand(cell, f"{cell}*{factor(name)}" if is_scaled else cell)

    return expressions.to_formula(
        formula, operand, operand, lambda name, arguments: board.call(name, *arguments)
    )


def _in_column(desk: Desk, formula: str, column: str) -> str:
    """Such a formula in a column of the Inputs."""
    far = desk.board.layout.inputs.far
    return _SIGNED.sub(lambda found: far(found[1], column), formula)


def _points(desk: Desk, row: str, at: int, objective: str) -> None:
    """Weight in the strategy, share in the perspective, and the points that come of it."""
    table, objectives, standing = desk.layout.kpis, desk.layout.objectives, desk.standing
    cell = {column: table.cell(row, column) for column in table.columns}
    above = {column: objectives.cell(objective, column) for column in ("known", "share")}
    weights = _weights(desk, row)
    desk.formula(table, row, "flat", "*".join(weights), float(standing.flat_weights[at]))
    share = f"{cell['weight']}/{above['known']}*{above['share']}"
    guarded = f'IF(OR({cell["achievement"]}="",{above["share"]}=""),"",{share})'
    desk.formula(table, row, "share", guarded, shown(standing.kpi_shares[at]))
    points = (
        f'IF({cell["share"]}="","",({cell["achievement"]}-1)*{cell["share"]}*dashboard_hundred)'
    )
    desk.formula(table, row, "points", points, shown(standing.kpi_points[at]))
    known = f'OR({cell["achievement"]}="",{cell["last_achievement"]}="")'
    matched = standing.flat_weights[at] if standing.compared[at] else np.nan
    desk.formula(table, row, "matched", f'IF({known},"",{cell["flat"]})', shown(matched))


def _weights(desk: Desk, row: str) -> Iterator[str]:
    """The weights of a KPI and of what it belongs to, on the Scorecard."""
    board = desk.board
    at = desk.layout.kpis.row_keys.index(row)
    (node,) = [one for one in board.nodes if one.level == "kpi" and one.row == at]
    for one in (*board.above(node)[1:], node):
        yield board.layout.scorecard.far(one.key, f"weight_{one.level}")


def _last_achievements(desk: Desk) -> None:
    """What last year's values achieve, written out in full whoever serves the functions.

    Where calls are dear or unknown, a year that is past is not worth them.
    """
    table, plain_text = desk.layout.kpis, Dialect("plain")
    for row, achieved in zip(table.rows, desk.standing.last_achieved, strict=True):
        cells = [table.cell(row, one) for one in ("last_value", "goal", "direction")]
        text = plain_text.call("KPI_ACHIEVEMENT", [*cells, "set_floor", "set_cap"])
        desk.formula(table, row, "last_achievement", text, shown(achieved))


def _steps(desk: Desk) -> None:
    """From the goal by what each KPI adds or costs to the picked perspective."""
    table, standing = desk.layout.kpi_steps, desk.standing
    desk.head(table, desk.board.say("dashboard.table.kpi_steps"), table.columns)
    start(desk, table)
    after, earlier = HUNDRED, "goal"
    for number, row in enumerate(list(table.rows)[1:], start=1):
        desk.put(table, row, "number", number)
        points = _step_points(desk, number)
        desk.formula(table, row, "points", _points_formula(desk, row), shown(points))
        _label(desk, row, number, points)
        after = step(desk, table, (earlier, row), after, points)
        last = number == standing.picked.count + bool(standing.picked.part) + 1
        achieved = standing.perspectives[standing.picked.perspective - 1]
        total = 'IF(dashboard_achievement="","",dashboard_achievement*dashboard_hundred)'
        is_last = f"{table.cell(row, 'number')}=dashboard_count+dashboard_others+1"
        result = shown(achieved * HUNDRED) if last else ""
        desk.formula(table, row, "total", f'IF({is_last},{total},"")', result)
        earlier = row


def _step_points(desk: Desk, number: int) -> float:
    standing, pick = desk.standing, desk.standing.picked
    own = standing.kpi_points[pick.first - 1 : pick.first - 1 + pick.count]
    if number <= pick.count:
        return float(own[number - 1])
    if pick.part and number == pick.count + 1:
        achieved = standing.perspectives[pick.perspective - 1]
        return float((achieved - 1) * HUNDRED - np.nansum(own))
    return np.nan


def _points_formula(desk: Desk, row: str) -> str:
    """Those of a KPI; after the last one, where not all are drawn, those of all others."""
    table, kpis = desk.layout.kpi_steps, desk.layout.kpis
    number = table.cell(row, "number")
    own = entry(kpis, "points", f"dashboard_first+{number}-1")
    text = f'IF({number}<=dashboard_count,{own},"")'
    if row == table.row_keys[1]:
        return text
    top = table.cell(table.row_keys[1], "points", fixed=True)
    above = table.cell(table.row_keys[table.row_keys.index(row) - 1], "points")
    others = f"(dashboard_achievement-1)*dashboard_hundred-SUM({top}:{above})"
    is_others = f"{number}=dashboard_count+dashboard_others"
    guarded = f'IF(dashboard_achievement="","",{others})'
    return f'IF({number}<=dashboard_count,{own},IF({is_others},{guarded},""))'


def _label(desk: Desk, row: str, number: int, points: float) -> None:
    table, board, kpis = desk.layout.kpi_steps, desk.board, desk.layout.kpis
    others, cell = board.say("dashboard.other_kpis"), table.cell(row, "number")
    own = entry(kpis, "label", f"dashboard_first+{cell}-1")
    missing = f'IF({table.cell(row, "points")}="",{quoted(desk.not_scored)},"")'
    text = (
        f"IF({cell}<=dashboard_count,{own}&{missing},"
        f"IF({cell}=dashboard_count+dashboard_others+1,{_perspective_name(desk)},"
        f'IF({cell}=dashboard_count+dashboard_others,{quoted(others)},"")))'
    )
    desk.formula(table, row, "label", text, _labelled(desk, number, points, others))


def _perspective_name(desk: Desk) -> str:
    return entry(desk.layout.perspectives, "name", "dashboard_perspective")


def _labelled(desk: Desk, number: int, points: float, others: str) -> str:
    pick, board = desk.standing.picked, desk.board
    if number <= pick.count:
        kpi = desk.standing.kpis[pick.first + number - 2]
        return shortened(board.word(kpi.name)) + (desk.not_scored if np.isnan(points) else "")
    if number == pick.count + bool(pick.part) + 1:
        return shortened(board.word(board.definition.perspectives[pick.perspective - 1].name))
    return others if pick.part and number == pick.count + 1 else ""
