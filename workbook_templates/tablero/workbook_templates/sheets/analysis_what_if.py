"""What if: other weights, goals and values tried out, and the strategy beside what it is now."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from tablero.workbook_templates import styles
from tablero.workbook_templates.analysis.layout import (
    CHART_ROWS,
    TYPED,
    WHAT_IF_COLUMNS,
    YEAR_END_COLUMNS,
)
from tablero.workbook_templates.board import Node, known
from tablero.workbook_templates.layout import STRATEGY
from tablero.workbook_templates.sheets.analysis_board import HEIGHTS, AnalysisBoard
from tablero.workbook_templates.sheets.inputs import intact
from tablero.workbook_templates.sheets.page import Content, Formula, Numbers, Result, Tint

Put = Callable[[str, Content, str], None]
Work = Callable[[str, str, Result], None]


def build(at: AnalysisBoard) -> None:
    """Every row of the scorecard with what is tried out beside it."""
    table, say = at.plan.what_if, at.board.say
    first = table.rows[STRATEGY]
    note, last = say("analysis.what_if_note"), len(YEAR_END_COLUMNS) - 1
    at.section(first - 3 - CHART_ROWS, say("analysis.what_if"), note, last)
    labels = {table.columns[one]: say(f"analysis.column.{one}") for one in WHAT_IF_COLUMNS}
    at.header(first - 1, labels)
    for node in at.board.nodes:
        _row(at, node)
    _dress(at)


def _row(at: AnalysisBoard, node: Node) -> None:
    table, role = at.plan.what_if, node.level

    def put(column: str, content: Content, style: str) -> None:
        at.put(table, node.key, column, content, f"{role} {style}".strip())

    def work(column: str, text: str, result: Result) -> None:
        at.put(table, node.key, column, Formula(text, result), "working number")

    put("name", at.board.word(node.name), "indent" if role == "kpi" else "")
    at.put(table, node.key, "level", role, "working")
    _weights(at, node, put, work)
    if role == "kpi":
        _kpi(at, node, put, work)
    else:
        for column in ("goal", "goal_then", "value", "value_then", "rank"):
            put(column, None, "")
        _group(at, node, work)
    _achievements(at, node, put)
    _parts(at, node, work)
    _changes(at, node, put, work)
    at.put(table, node.key, "intact", _intact(at, node), "working right")
    at.page.heights[table.rows[node.key]] = HEIGHTS.get(role, 16)


def _intact(at: AnalysisBoard, node: Node) -> Formula:
    """Whether the formulas of its row here and at the year's end still stand."""
    own = ("achievement_then", "change", *(("rank",) if node.level == "kpi" else ()))
    ends = ("goal", "run_rate", "season", "end") if node.level == "kpi" else ()
    here = intact(at.plan.what_if, node.key, own)
    there = intact(at.plan.year_end, node.key, (*ends, "achievement", "method"))
    return Formula(f"AND({here.text},{there.text})", result=True)


def _weights(at: AnalysisBoard, node: Node, put: Put, work: Work) -> None:
    """Its weight now and the one tried out.

    What is typed holds; siblings without share the rest as they share it now. Where there is no
    rest, what is typed is brought to a sum of 1.
    """
    if node.level == STRATEGY:
        put("weight", None, "")
        put("weight_then", None, "")
        return
    table, score = at.plan.what_if, at.board.layout.scorecard
    parent = at.board.above(node)[-1].key
    now, then = (table.cell(node.key, one) for one in ("weight", "weight_then"))
    weight = Formula(score.far(node.key, f"weight_{node.level}"), node.weight)
    put("weight", weight, "percent no_indent")
    put("weight_then", None, "input percent")
    work("kept", f'IF({then}="",{now},0)', node.weight)
    spread, scaling = (table.cell(parent, one) for one in ("spread", "scaling"))
    work(f"used_{node.level}", f'IF({then}="",{now}*{spread},{then}*{scaling})', node.weight)


def _group(at: AnalysisBoard, node: Node, work: Work) -> None:
    """What its children's weights are multiplied by, and the weight of those with achievement."""
    table, board = at.plan.what_if, at.board
    keys, weights = board.children(node)
    # From its own row on: IronCalc does not sum a single cell by a condition.
    rows, level = [node.key, *keys], weights.removeprefix("weight_")
    levels, typed = table.span(rows, ["level"]), table.span(rows, ["weight_then"])
    total = f'SUMIFS({typed},{levels},"{level}")'
    rest = f'SUMIFS({table.span(rows, ["kept"])},{levels},"{level}")'
    count = f'COUNTIFS({levels},"{level}",{typed},">-1E300")'
    work("spread", f"IF({count}=0,1,IF({rest}=0,0,MAX(0,1-{total})/{rest}))", 1.0)
    work("scaling", f"IF({total}=0,1,IF(OR({rest}=0,{total}>1),1/{total},1))", 1.0)
    found = sum(one.weight for one in board.members(node) if not np.isnan(at.achieved(one)))
    now = board.layout.scorecard.far_column(rows, weights)
    used = table.span(rows, [f"used_{level}"])
    for column, achieved, of in (
        ("present", "achievement", now),
        ("present_then", "achievement_then", used),
    ):
        work(column, f'SUMIF({table.span(rows, [achieved])},">-1E300",{of})', float(found))


def _kpi(at: AnalysisBoard, node: Node, put: Put, work: Work) -> None:
    """Goal and value as they stand, and as they are tried out."""
    table, score, scores = at.plan.what_if, at.board.layout.scorecard, at.board.scores
    role = styles.unit_role(at.board.word(at.kpis[node.row].unit))
    for column, found in (("goal", scores.goals), ("value", scores.values)):
        result = known(found[node.row, at.board.column])
        put(column, Formula(score.far(node.key, column), result), role)
        put(f"{column}_then", None, f"input {role}")
        now, then = (table.cell(node.key, one) for one in (column, f"{column}_then"))
        work(f"used_{column}", f'IF({then}="",{now},{then})', result)


def _achievements(at: AnalysisBoard, node: Node, put: Put) -> None:
    table, board = at.plan.what_if, at.board
    result = known(at.achieved(node))
    now = Formula(board.layout.scorecard.far(node.key, "achievement"), result)
    put("achievement", now, "percent no_indent")
    if node.level == "kpi":
        value, goal = (table.cell(node.key, f"used_{one}") for one in ("value", "goal"))
        direction = board.layout.matrix.far(node.key, "direction")
        then = board.call("KPI_ACHIEVEMENT", value, goal, direction, "set_floor", "set_cap")
    else:
        keys, weights = board.children(node)
        used = weights.replace("weight", "used")
        then = board.call(
            "WEIGHTED_AGG", table.span(keys, ["achievement_then"]), table.span(keys, [used])
        )
    put("achievement_then", Formula(then, result), "percent no_indent")


def _parts(at: AnalysisBoard, node: Node, work: Work) -> None:
    """What the row weighs in the strategy: its share of its parent's part among those present."""
    table, result = at.plan.what_if, known(at.part(node))
    for suffix, weight in (("", "weight"), ("_then", f"used_{node.level}")):
        achieved = table.cell(node.key, f"achievement{suffix}")
        if node.level == STRATEGY:
            work(f"part{suffix}", f'IF({achieved}="","",1)', result)
            continue
        parent = at.board.above(node)[-1].key
        part, present = (table.cell(parent, f"{one}{suffix}") for one in ("part", "present"))
        share = f"{part}*{table.cell(node.key, weight)}/{present}"
        work(f"part{suffix}", f'IF(OR({achieved}="",{part}=""),"",{share})', result)


def _changes(at: AnalysisBoard, node: Node, put: Put, work: Work) -> None:
    """The points by which the strategy changes through this row, and the rank of that."""
    table, is_known = at.plan.what_if, not np.isnan(at.part(node))
    change = table.cell(node.key, "change")
    none: Result = 0.0 if is_known else ""
    if node.level != "kpi":
        keys, _ = at.board.children(node)
        below, now = (f"SUM({table.span(keys, [one])})" for one in ("points_then", "points"))
        then = table.cell(node.key, "achievement_then")
        result = "" if np.isnan(at.achieved(node)) else 0.0
        put("change", Formula(f'IF({then}="","",{below}-{now})', result), "points no_indent")
        return
    _points(at, node, work)
    now, then = (table.cell(node.key, one) for one in ("points", "points_then"))
    text = f'IF(AND({now}="",{then}=""),"",SUM({then})-SUM({now}))'
    put("change", Formula(text, none), "points")
    size = f"ROUND(ABS({change}),12)"
    work("size", f'IF({change}="","",IF({size}=0,"",{size}))', "")
    own, sizes = table.cell(node.key, "size"), table.span(table.row_keys, ["size"], fixed=True)
    put("rank", Formula(f'IF({own}="","",RANK({own},{sizes}))', ""), "count")


def _points(at: AnalysisBoard, node: Node, work: Work) -> None:
    """What a KPI costs or adds against 100 %, and its place among all of them."""
    table, found = at.plan.what_if, at.contributions
    points = known(found.points[node.row])
    for suffix in ("", "_then"):
        part, achieved = (table.cell(node.key, f"{one}{suffix}") for one in ("part", "achievement"))
        work(f"points{suffix}", f'IF({part}="","",{part}*({achieved}-1))', points)
    cell, own = table.cell(node.key, "points"), table.cell(node.key, "key")
    key = 1e300 if isinstance(points, str) else round(float(points), 12)
    work("key", f'IF({cell}="",1E+300,ROUND({cell},12))', key)
    keys = table.span(table.row_keys, ["key"], fixed=True)
    until = f"{table.cell(table.row_keys[0], 'key', fixed=True)}:{own}"
    place = float(found.ranking.index(node.row) + 1)
    work("order", f"RANK({own},{keys},1)+COUNTIF({until},{own})-1", place)


def _dress(at: AnalysisBoard) -> None:
    table, say = at.plan.what_if, at.board.say
    keys = table.row_keys
    title, error = say("inputs.number_title"), say("inputs.number_error")
    weight = Numbers(
        table.area(keys[1:], ("weight_then",)), title, say("analysis.weight_prompt"),
        say("matrix.weight_error"), 0, 1,
    )  # fmt: skip
    at.page.rules += [
        weight,
        *(
            Numbers(table.area(keys[1:], (one,)), title, say("analysis.try_prompt"), error)
            for one in TYPED[1:]
        ),
        *(
            Tint(table.area(keys, (one,)), table.cell(keys[0], one), signed=True)
            for one in ("achievement", "achievement_then")
        ),
    ]
    for place, column in enumerate(table.columns):
        if place >= len(WHAT_IF_COLUMNS):
            label = say(f"analysis.work.{column}")
            at.page.put(table.rows[keys[0]] - 1, table.columns[column], label, "header right")
