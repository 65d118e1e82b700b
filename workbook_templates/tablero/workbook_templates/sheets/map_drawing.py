"""What is drawn over the cells of the strategy map, and told of it to those who do not see it."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter

from tablero.workbook_templates.board import Board
from tablero.workbook_templates.scored_model import ScoredModel
from tablero.workbook_templates.sheets.shapes import Box, Drawing, Spot
from tablero.workbook_templates.strategy_map.bands import Arrow
from tablero.workbook_templates.strategy_map.plan import MapPlan


def drawn(board: Board, plan: MapPlan) -> Drawing:
    """A box over each objective and an arrow for each link, under one box that tells of all."""
    names = _names(board)
    boxes = (one._replace(alt=names[_objective(one)]) for one in plan.boxes())
    arrows = (one._replace(alt=_link(names, arrow)) for arrow, one in plan.connectors())
    return Drawing((_whole(board, plan), *boxes), tuple(arrows))


def circle(model: ScoredModel, plan: MapPlan) -> str:
    """A chain of links that leads back to where it began; empty where there is none."""
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for cause, effect in plan.routing.arrows:
        sorter.add(effect, cause)
    try:
        sorter.prepare()
    except CycleError as error:
        names = _names(model)
        return " → ".join(names[one] for one in error.args[1])
    return ""


def _whole(board: Board, plan: MapPlan) -> Box:
    top, left, bottom, right = plan.area
    return Box("map", Spot(top, left), Spot(bottom + 1, right + 1), alt=told(board, plan))


def told(model: ScoredModel, plan: MapPlan) -> str:
    """The whole map in a sentence: what leads to what."""
    names = _names(model)
    links = "; ".join(_link(names, arrow) for arrow in plan.routing.arrows)
    return model.say("map.alt", links=links) if links else model.say("map.no_links")


def _names(model: ScoredModel) -> dict[str, str]:
    return {one.id: model.word(one.name) for one in model.definition.objectives()}


def _link(names: dict[str, str], arrow: Arrow) -> str:
    return f"{names[arrow.cause]} → {names[arrow.effect]}"


def _objective(box: Box) -> str:
    return box.key.partition(" ")[2]
