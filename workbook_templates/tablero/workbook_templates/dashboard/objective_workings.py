"""What the charts of the objectives and of the plans are drawn from."""

from __future__ import annotations

import numpy as np

from tablero.workbook_templates.board import Board
from tablero.workbook_templates.dashboard.putting import (
    Desk,
    entry,
    quoted,
    rounded,
    said,
    shortened_objectives,
    shown,
    told,
)
from tablero.workbook_templates.dashboard.standing import HUNDRED
from tablero.workbook_templates.layout import (
    objective_key,
)
from tablero.workbook_templates.sheets.page import Formula
from tablero.workbook_templates.tables import Table

LOWEST = "-1E+300"
DIGITS = 12
"""Achievements that agree in so many places are equal, whoever computes them."""


def build(desk: Desk) -> None:
    """The blocks of the objectives, in the scorecard's order and ranked, and of the plans."""
    _objectives(desk)
    _ranked(desk)
    _plans(desk)


def _objectives(desk: Desk) -> None:
    table, standing, board = desk.layout.objectives, desk.standing, desk.board
    desk.head(table, board.say("dashboard.table.objectives"), table.columns)
    rows = iter(table.row_keys)
    at = 0
    places, names = _places(standing.objectives), shortened_objectives(board)
    far = board.layout.scorecard.far
    for number, perspective in enumerate(board.definition.perspectives, start=1):
        own = [next(rows) for _ in perspective.objectives]
        above = desk.layout.perspectives.cell(str(number), "achievement")
        for row, one in zip(own, perspective.objectives, strict=True):
            cell = {column: table.cell(row, column) for column in table.columns}
            desk.put(table, row, "name", names[at])
            achieved, node = standing.objectives[at], objective_key(one)
            desk.formula(table, row, "achievement", far(node, "achievement"), shown(achieved))
            desk.formula(table, row, "weight", far(node, "weight_objective"), one.weight)
            desk.formula(
                table, row, "known", far(node, "coverage"), float(standing.known_weights[at])
            )
            share = share_of(cell, table, own)
            shares = f'IF(OR({cell["achievement"]}="",{above}=""),"",{share})'
            desk.formula(table, row, "share", shares, shown(standing.objective_shares[at]))
            _rank(desk, row, places[at])
            at += 1


def _rank(desk: Desk, row: str, place: int) -> None:
    """The best first; equals in the order of the scorecard, those without a figure last."""
    table = desk.layout.objectives
    achieved = desk.standing.objectives[table.row_keys.index(row)]
    cell, key = table.cell(row, "achievement"), table.cell(row, "rank_by")
    result = float(LOWEST) if np.isnan(achieved) else rounded(achieved, DIGITS)
    text = f'IF({cell}="",{LOWEST},ROUND({cell},{DIGITS}))'
    desk.formula(table, row, "rank_by", text, result)
    everything = table.span(table.row_keys, ["rank_by"], fixed=True)
    first = table.cell(table.row_keys[0], "rank_by", fixed=True)
    text = f"SUMPRODUCT(({everything}>{key})*1)+SUMPRODUCT(({first}:{key}={key})*1)"
    desk.formula(table, row, "place", text, float(place))


def _places(achieved: np.ndarray[tuple[int], np.dtype[np.float64]]) -> list[int]:
    keys = [float(LOWEST) if np.isnan(one) else rounded(one, DIGITS) for one in achieved]
    order = sorted(range(len(keys)), key=lambda at: -keys[at])
    return [order.index(at) + 1 for at in range(len(keys))]


def _ranked(desk: Desk) -> None:
    """The objectives in their order; of very many, the lowest."""
    table, objectives, standing = desk.layout.ranked, desk.layout.objectives, desk.standing
    desk.head(table, desk.board.say("dashboard.table.ranked"), table.columns)
    places = _places(standing.objectives)
    skipped = len(places) - len(table.rows)
    names = shortened_objectives(desk.board)
    order = objectives.span(objectives.row_keys, ["place"], fixed=True)
    for number, row in enumerate(table.rows, start=skipped + 1):
        at = places.index(number)
        achieved = standing.objectives[at]
        cell = {column: table.cell(row, column) for column in table.columns}
        desk.put(table, row, "number", number)
        found = f"MATCH({cell['number']},{order},0)"
        is_alone = len(places) == 1
        desk.put(table, row, "row", 1 if is_alone else Formula(found, float(at + 1)))
        name = entry(objectives, "name", cell["row"])
        label, result = labelled(desk, name, cell["achievement"], achieved)
        desk.formula(table, row, "label", label, f"{names[at]}{result}")
        value = entry(objectives, "achievement", cell["row"])
        desk.formula(table, row, "achievement", value, shown(achieved))
        desk.put(table, row, "goal", 1)


def _plans(desk: Desk) -> None:
    """How many KPIs ask for each plan; a plan that several bands share stands once."""
    table, board, kpis = desk.layout.plans, desk.board, desk.layout.kpis
    desk.head(table, board.say("dashboard.table.plans"), table.columns)
    plans = kpis.span(kpis.row_keys, ["plan"], fixed=True)
    asked = [plan_of(board, achieved) for achieved in desk.standing.achieved]
    seen: list[str] = []
    words = {band.id: board.word(band.plan) for band in board.definition.bands}
    for row in table.rows:
        plan, cell = words[row], {column: table.cell(row, column) for column in table.columns}
        found = sum(one.casefold() == plan.casefold() for one in asked)
        desk.formula(table, row, "plan", board.layout.bands.far(row, "plan"), plan)
        text = f"SUMPRODUCT(({plans}={cell['plan']})*1)"
        named = f'{cell["plan"]}&": "&{cell["count"]}'
        is_again = plan.casefold() in seen
        if seen:
            above = table.span([table.row_keys[0], table.row_keys[len(seen) - 1]], ["plan"])
            is_twice = f"SUMPRODUCT(({above}={cell['plan']})*1)>0"
            text, named = (f'IF({is_twice},"",{one})' for one in (text, named))
        desk.formula(table, row, "count", text, "" if is_again else float(found))
        desk.formula(table, row, "label", named, "" if is_again else f"{plan}: {found}")
        seen.append(plan.casefold())


def plan_of(board: Board, achieved: float) -> str:
    """The plan that an achievement asks for; empty where nothing is known."""
    band = board.band(achieved)
    return board.word(band.plan) if band else ""


def labelled(desk: Desk, name: str, cell: str, achieved: float) -> tuple[str, str]:
    """A name with its achievement in whole per cent, as formula and as text."""
    text = (
        f'{name}&IF({cell}="",{quoted(desk.not_scored)},'
        f'"  "&{told(f"{cell}*dashboard_hundred", "0")}&"%")'
    )
    if np.isnan(achieved):
        return text, desk.not_scored
    return text, f"  {said(achieved * HUNDRED, 0)}%"


def share_of(cell: dict[str, str], table: Table, rows: list[str]) -> str:
    """A weight over the weights of those that have a figure.

    IronCalc has no SUMIF over a single cell.
    """
    if len(rows) == 1:
        return f"{cell['weight']}/{cell['weight']}"
    achieved, weights = (table.span(rows, [column]) for column in ("achievement", "weight"))
    return f'{cell["weight"]}/SUMIF({achieved},">-1E300",{weights})'
