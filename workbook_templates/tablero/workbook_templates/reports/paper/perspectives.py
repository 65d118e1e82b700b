"""The pages of the perspectives: objectives and KPIs against their goals, and what is done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tablero.workbook_templates.reports import charts
from tablero.workbook_templates.reports.content.perspectives import Row as Standing
from tablero.workbook_templates.reports.paper import drawings, figures, registers
from tablero.workbook_templates.reports.paper.blocks import (
    Beside,
    Block,
    Cell,
    Column,
    Heading,
    Row,
    Section,
    Table,
)
from tablero.workbook_templates.reports.paper.told import Told

_MOST_CHARTS = 24
"""Charts of KPIs in a whole report; beyond them, lines in the tables have to do."""
_TREND = 0.8


def sections(told: Told) -> Iterator[Section]:
    """A section for each perspective."""
    for row in told.scorecard.rows:
        weighs = told.say("paper.weighs", weight=row.weight, coverage=row.covered)
        achieved = "" if row.achievement is None else row.achieved
        aside = " · ".join(filter(None, (achieved, weighs)))
        yield Section(row.name, tuple(_blocks(told, row)), aside=aside, mark=row.mark)


def _blocks(told: Told, row: Standing) -> Iterator[Block]:
    yield _table(told, row)
    yield from _actions(told, row)
    if row.achievement is not None:
        yield from _charts(told, row)


def _table(told: Told, row: Standing) -> Table:
    units = [one.measured.unit for one in row.walk() if one.measured]
    columns = (
        Column(told.say("paper.objective_kpi"), 5),
        Column(told.say("scorecard.value"), None, "right"),
        Column(told.say("scorecard.goal"), None, "right"),
        Column(told.say("scorecard.unit"), figures.share_for(units)),
        Column(told.say("matrix.weight"), None, "right"),
        Column(told.say("scorecard.achievement"), None, "right"),
        Column(told.say("paper.months")),
        Column(told.say("scorecard.assessment")),
    )
    return Table(columns, list(_rows(told, row)))


def _rows(told: Told, row: Standing) -> Iterator[Row]:
    for objective in row.rows:
        yield Row([Cell(objective.name), *(Cell(""),) * 3, *_standing(told, objective)], "group")
        for kpi in objective.rows:
            yield Row([*_measured(kpi), *_standing(told, kpi)], level=1)


def _measured(kpi: Standing) -> Iterator[Cell]:
    found = kpi.measured
    yield Cell(kpi.name, note=found.owner if found else "")
    if found:
        yield Cell(found.value)
        yield Cell(found.goal)
        yield Cell(found.unit, is_muted=True)


def _standing(told: Told, row: Standing) -> Sequence[Cell]:
    return (
        Cell(row.weight),
        Cell(row.achieved),
        figures.months(told.report, row),
        Cell("", row.mark),
    )


def _actions(told: Told, row: Standing) -> Iterator[Block]:
    """What is owed here, and what is being done."""
    ids = {one.id for one in row.walk() if one.measured}
    names = {told.report.choices["kpi"][one] for one in ids}
    owing = [one for one in told.actions.owing if one.id in ids]
    running = [one for one in told.actions.rows if one.is_open and one.kpi in names]
    if owing:
        yield Heading(told.say("paper.actions_owed"))
        yield registers.owing(told, owing)
    if running:
        yield Heading(told.say("paper.actions_running"))
        yield registers.register(told, running)


def _charts(told: Told, row: Standing) -> Iterator[Block]:
    nodes = {node.key: node for node in told.report.nodes}
    chart = charts.trend(told.report, nodes[row.key], drawings.whole(told.report))
    yield drawings.drawn(chart, _TREND)
    look = drawings.half(told.report)
    pictures = [
        drawings.drawn(charts.amounts(told.report, nodes[kpi.key], look))
        for kpi in _charted(told, row)
    ]
    for first in range(0, len(pictures), 2):
        pair: list[list[Block]] = [[one] for one in pictures[first : first + 2]]
        yield Beside(pair if len(pair) > 1 else [*pair, []])


def _charted(told: Told, row: Standing) -> Sequence[Standing]:
    """The KPIs whose months are drawn: all, or where there are many, those furthest behind."""
    kpis = [one for one in row.walk() if one.measured and one.achievement is not None]
    room = max(2, _MOST_CHARTS // len(told.scorecard.rows))
    if len(told.scorecard.kpis) <= _MOST_CHARTS:
        return kpis
    worst = sorted(kpis, key=lambda one: one.achievement or 0.0)[:room]
    return [one for one in kpis if one in worst]
