"""The months of the picked KPIs, from which the small charts are drawn."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from tablero.workbook_templates.board import Board
from tablero.workbook_templates.dashboard.layout import LAST, SERIES
from tablero.workbook_templates.dashboard.putting import (
    Desk,
    entry,
    quoted,
    said,
    shown,
    told,
)
from tablero.workbook_templates.dashboard.standing import HUNDRED
from tablero.workbook_templates.definition import Kpi
from tablero.workbook_templates.layout import GOALS, VALUES, kpi_key
from tablero.workbook_templates.sheets.page import Result
from tablero.workbook_templates.sheets.scorecard import symbol, symbol_formula
from tablero.workbook_templates.tables import MONTHS, Table

_DECIMALS = 1
_SMALLEST = "1E-9"
"""In place of a zero that is to be labelled: labels of zero are those of missing figures."""


def scale(board: Board, kpi: Kpi) -> float:
    """What a value is multiplied with to be shown in its unit: percentages are fractions."""
    return HUNDRED if board.word(kpi.unit) == "%" else 1.0


def digits(board: Board, kpi: Kpi) -> int:
    """Decimals with which a KPI is told; money has none."""
    return 0 if board.word(kpi.unit) == "currency" else _DECIMALS


def month_letters(board: Board) -> list[str]:
    """The first letter of each month of the fiscal year."""
    months = (board.calendar.month(number).month for number in range(1, len(MONTHS) + 1))
    return [board.say(f"month.{month}")[0].upper() for month in months]


def build(desk: Desk) -> None:
    """The picked KPIs, each with its twelve months; rows below the last one are empty."""
    table, board = desk.layout.slots, desk.board
    fixed = [one for one in table.columns if "_m" not in one or one == "newest_month"]
    desk.head(table, board.say("dashboard.table.slots"), fixed)
    top = min(table.rows.values()) - 1
    letters = month_letters(board)
    for series in SERIES:
        first = table.columns[f"{series}_{MONTHS[0]}"]
        desk.page.put(top - 1, first, board.say(f"dashboard.series.{series}"), "working")
        heads = range(1, len(MONTHS) + 1) if series == "newest" else letters
        desk.page.put_row(top, first, list(heads), "working")
    for number, row in enumerate(table.rows, start=1):
        _slot(desk, row, number)


def _slot(desk: Desk, row: str, number: int) -> None:
    table, standing, kpis = desk.layout.slots, desk.standing, desk.layout.kpis
    pick = standing.picked
    at = pick.first + number - 2 if number <= pick.count else None
    cell = {column: table.cell(row, column) for column in table.columns}
    desk.put(table, row, "number", number)
    drawn = f'IF({cell["number"]}<=dashboard_count,dashboard_first+{cell["number"]}-1,"")'
    desk.formula(table, row, "kpi", drawn, "" if at is None else float(at + 1))

    def of_kpi(column: str) -> str:
        return entry(kpis, column, cell["kpi"])

    def put(column: str, text: str, result: Result) -> None:
        guarded = f'IF({cell["kpi"]}="","",{text})'
        desk.formula(table, row, column, guarded, "" if at is None else result)

    kpi = standing.kpis[at or 0]
    unit, name = desk.board.unit(kpi.unit), desk.board.word(kpi.name)
    named = f'{of_kpi("name")}&IF({of_kpi("unit")}="","",", "&{of_kpi("unit")})'
    put("name", named, f"{name}, {unit}" if unit else name)
    place = desk.board.layout.scorecard.row_keys.index(kpi_key(kpi)) + 1
    put("row", of_kpi("row"), float(place))
    put("scale", of_kpi("scale"), scale(desk.board, kpi))
    put("note", *_note(desk, cell, of_kpi("digits"), at or 0))
    results = _series(desk, at)
    for column, text in _series_formulas(desk, row, cell).items():
        put(column, text, results[column])


def _note(desk: Desk, cell: Mapping[str, str], decimals: str, at: int) -> tuple[str, str]:
    """Sign of the band, value and goal of the shown period, in a few words."""
    board = desk.board
    word = board.say("dashboard.goal_of")
    value, goal, achieved = (
        f"INDEX(scorecard_{column},{cell['row']})" for column in ("value", "goal", "achievement")
    )
    reached = told(f"{value}*{cell['scale']}", decimals)
    aim = told(f"{goal}*{cell['scale']}", decimals)
    no_goal, nothing = board.say("dashboard.no_goal"), board.say("dashboard.no_figures_yet")
    text = (
        f'IF({value}="",{quoted(nothing)},{symbol_formula(achieved)}&" "&{reached}&" · "'
        f'&IF({goal}="",{quoted(no_goal)},{quoted(word + " ")}&{aim}))'
    )
    return text, _noted(desk, at, word, no_goal, nothing)


def _noted(desk: Desk, at: int, word: str, no_goal: str, nothing: str) -> str:
    board, kpi = desk.board, desk.standing.kpis[at]
    value, goal = (one[at, board.column] for one in (board.scores.values, board.scores.goals))
    if np.isnan(value):
        return nothing

    def number_text(number: float) -> str:
        return said(number * scale(board, kpi), digits(board, kpi))

    aim = no_goal if np.isnan(goal) else f"{word} {number_text(goal)}"
    return f"{symbol(board, desk.standing.achieved[at])} {number_text(value)} · {aim}"


def _series_formulas(desk: Desk, row: str, cell: Mapping[str, str]) -> dict[str, str]:
    table, trend, kpis = desk.layout.slots, desk.board.layout.trend, desk.layout.kpis
    head = min(table.rows.values()) - 1
    heads = Table(table.sheet, table.title, {"head": head}, table.columns)
    found = {"newest_month": _newest(desk, row, heads)}
    for month, value, goal, last in zip(MONTHS, VALUES, GOALS, LAST, strict=True):
        values, goals = (
            trend.far_span(trend.row_keys, [column], fixed=True) for column in (value, goal)
        )
        sources = {
            "actual": f"INDEX({values},{cell['row']})",
            "goal": f"INDEX({goals},{cell['row']})",
            "last": entry(kpis, last, cell["kpi"]),
        }
        for series, own in sources.items():
            found[f"{series}_{month}"] = f'IF({own}="","",{own}*{cell["scale"]})'
        found[f"month_{month}"] = heads.cell("head", f"month_{month}")
        actual = cell[f"actual_{month}"]
        seen = f"IF({actual}=0,{_SMALLEST},{actual})"
        number = heads.cell("head", f"newest_{month}")
        found[f"newest_{month}"] = f'IF({number}={cell["newest_month"]},{seen},"")'
    return found


def _newest(desk: Desk, row: str, heads: Table) -> str:
    """The newest month, up to the period's last one, with a value."""
    values = desk.layout.slots.span([row], [f"actual_{month}" for month in MONTHS])
    numbers = heads.span(["head"], [f"newest_{month}" for month in MONTHS], fixed=True)
    return f'SUMPRODUCT(MAX(({values}<>"")*({numbers}<=period_last)*{numbers}))'


def _series(desk: Desk, at: int | None) -> dict[str, Result]:
    if at is None:
        columns = (f"{series}_{month}" for series in SERIES for month in MONTHS)
        return dict.fromkeys((*columns, "newest_month"), "")
    standing, board = desk.standing, desk.board
    times, months = scale(board, standing.kpis[at]), board.month_columns
    values = board.scores.values[at, months] * times
    last = standing.last_months[at] * times
    goals = board.scores.goals[at, months] * times
    inside = [month for month in range(board.period.last) if not np.isnan(values[month])]
    newest = inside[-1] if inside else -1
    found: dict[str, Result] = {"newest_month": float(newest + 1)}
    for number, (month, letter) in enumerate(zip(MONTHS, month_letters(board), strict=True)):
        found[f"month_{month}"] = letter
        found[f"actual_{month}"] = shown(values[number])
        found[f"last_{month}"] = shown(last[number])
        found[f"goal_{month}"] = shown(goals[number])
        seen = float(values[number]) or float(_SMALLEST)
        found[f"newest_{month}"] = seen if number == newest else ""
    return found
