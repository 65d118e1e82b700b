"""What is drawn over the cells of the strategy map, and told of it to those who do not see it."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter

from tablero.workbook_templates.board import Board
from tablero.workbook_templates.sheets.shapes import Box, Drawing, Spot
from tablero.workbook_templates.strategy_map.bands import Arrow
from tablero.workbook_templates.strategy_map.plan import MapPlan


def drawn(board: Board, plan: MapPlan) -> Drawing:
    """A box over each objective and an arrow for each link, under one box that tells of all."""
    names = _names(board)
    boxes = (one._replace(alt=names[_objective(one)]) for one in plan.boxes())
    arrows = (one._replace(alt=_link(names, arrow)) for arrow, one in plan.connectors())
    return Drawing((_whole(board, plan), *boxes), tuple(arrows))


def circle(board: Board, plan: MapPlan) -> str:
    """A chain of links that leads back to where it began; empty where there is none."""
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for cause, effect in plan.routing.arrows:
        sorter.add(effect, cause)
    try:
        sorter.prepare()
    except CycleError as error:
        names = _names(board)
        return " → ".join(names[one] for one in error.args[1])
    return ""


def _whole(board: Board, plan: MapPlan) -> Box:
    top, left, bottom, right = plan.area
    names = _names(board)
    links = "; ".join(_link(names, arrow) for arrow in plan.routing.arrows)
    told = board.say("map.alt", links=links) if links else board.say("map.no_links")
    return Box("map", Spot(top, left), Spot(bottom + 1, right + 1), alt=told)


def _names(board: Board) -> dict[str, str]:
    return {one.id: board.word(one.name) for one in board.definition.objectives()}


def _link(names: dict[str, str], arrow: Arrow) -> str:
    return f"{names[arrow.cause]} → {names[arrow.effect]}"


def _objective(box: Box) -> str:
    return box.key.partition(" ")[2]
