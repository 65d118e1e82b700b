"""Contribution: what each KPI costs the strategy or adds to it, from the dearest on."""

from __future__ import annotations

import numpy as np

from tablero.workbook_templates.analysis.layout import RANKED_COLUMNS, TOTAL, YEAR_END_COLUMNS
from tablero.workbook_templates.board import Node, known
from tablero.workbook_templates.layout import STRATEGY
from tablero.workbook_templates.sheets.analysis_board import AnalysisBoard
from tablero.workbook_templates.sheets.page import Formula

_ROLES = {
    "part": "percent",
    "achievement": "percent",
    "contribution": "percent",
    "points": "points",
}
_WORKINGS = ("row", "cost", "gain")


def build(at: AnalysisBoard) -> None:
    """The ranking, under a line that adds it up."""
    table, say = at.plan.ranked, at.board.say
    top = table.rows[TOTAL] - 3
    last = len(YEAR_END_COLUMNS) - 1
    at.section(top, say("analysis.contribution"), say("analysis.contribution_note"), last)
    labels = {table.columns[one]: say(f"analysis.column.{one}") for one in RANKED_COLUMNS}
    labels |= {table.columns[one]: say(f"analysis.work.{one}") for one in _WORKINGS}
    at.header(top + 2, labels, (0, table.columns["remark"]))
    _total(at)
    for place, row in enumerate(at.contributions.ranking, start=1):
        _row(at, str(place), at.kpi_nodes[row])


def _total(at: AnalysisBoard) -> None:
    """The strategy, which the KPIs below add up to."""
    table, found, score = at.plan.ranked, at.contributions, at.board.layout.scorecard
    rows = [key for key in table.rows if key != TOTAL]
    achieved = at.achieved(at.board.nodes[0])
    at.put(table, TOTAL, "name", at.board.say("term.strategy"), "strategy")
    for column in ("place", "remark"):
        at.put(table, TOTAL, column, None, "strategy")
    cell = table.cell(TOTAL, "achievement")
    far = Formula(score.far(STRATEGY, "achievement"), known(achieved))
    at.put(table, TOTAL, "achievement", far, "strategy percent")
    sums = {"part": found.kpis, "contribution": found.contribution, "points": found.points}
    for column, values in sums.items():
        text = f'IF({cell}="","",SUM({table.span(rows, [column])}))'
        result = "" if np.isnan(achieved) else float(np.nansum(values))
        at.put(table, TOTAL, column, Formula(text, result), f"strategy {_ROLES[column]}")
    at.page.heights[table.rows[TOTAL]] = 22


def _row(at: AnalysisBoard, key: str, node: Node) -> None:
    """The KPI at one place of the ranking."""
    table, found, then = at.plan.ranked, at.contributions, at.plan.what_if
    own = table.cell(key, "row")

    def column(name: str) -> str:
        return f"INDEX({then.span(then.row_keys, [name], fixed=True)},{own})"

    order = then.span(then.row_keys, ["order"], fixed=True)
    at.put(table, key, "place", float(key), "kpi count")
    place = Formula(f"MATCH({table.cell(key, 'place')},{order},0)", float(_position(at, node)))
    at.put(table, key, "row", place, "working count")
    at.put(table, key, "name", Formula(column("name"), at.board.word(node.name)), "kpi")
    part, achieved, points = (table.cell(key, one) for one in ("part", "achievement", "points"))
    numbers = {
        "part": (column("part"), found.kpis),
        "achievement": (column("achievement"), found.achievement),
        "contribution": (f'IF({part}="","",{part}*{achieved})', found.contribution),
        "points": (column("points"), found.points),
    }
    for name, (text, values) in numbers.items():
        at.put(table, key, name, Formula(text, known(values[node.row])), f"kpi {_ROLES[name]}")
    remark = _remark(at, points, column("value"), column("goal"), node)
    at.put(table, key, "remark", remark, "kpi muted gutter")
    _halves(at, key, points, float(found.points[node.row]))


def _position(at: AnalysisBoard, node: Node) -> int:
    return list(at.plan.what_if.rows).index(node.key) + 1


def _remark(at: AnalysisBoard, points: str, value: str, goal: str, node: Node) -> Formula:
    """Why a KPI has no part in the strategy."""
    scores, column = at.board.scores, at.board.column
    words = {one: at.board.say(f"analysis.remark.{one}") for one in ("figure", "goal", "weight")}
    lacks = f'IF({goal}="","{words["goal"]}","{words["weight"]}")'
    text = f'IF({points}<>"","",IF({value}="","{words["figure"]}",{lacks}))'
    if not np.isnan(at.contributions.points[node.row]):
        return Formula(text, "")
    if np.isnan(scores.values[node.row, column]):
        return Formula(text, words["figure"])
    has_goal = not np.isnan(scores.goals[node.row, column])
    return Formula(text, words["weight" if has_goal else "goal"])


def _halves(at: AnalysisBoard, key: str, points: str, found: float) -> None:
    """Costs and gains apart, so that the chart can give each a colour."""
    table, points_found = at.plan.ranked, 0.0 if np.isnan(found) else found
    cost, gain = min(points_found, 0.0), max(points_found, 0.0)
    for column, half, result in (("cost", "MIN", cost), ("gain", "MAX", gain)):
        text = f'IF({points}="",0,{half}({points},0))'
        at.put(table, key, column, Formula(text, result), "working points")
