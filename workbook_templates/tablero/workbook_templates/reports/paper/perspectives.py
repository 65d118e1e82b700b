"""The pages of the perspectives: their objectives and KPIs against their goals."""

from __future__ import annotations

from collections.abc import Iterator

from tablero.workbook_templates.reports.paper import figures
from tablero.workbook_templates.reports.paper.blocks import (
    Block,
    Cell,
    Column,
    Row,
    Section,
    Table,
)
from tablero.workbook_templates.reports.report import Report
from tablero.workbook_templates.scored_model import Node


def sections(report: Report) -> Iterator[Section]:
    """A section for each perspective."""
    for node in report.members(report.nodes[0]):
        standing = report.standing(node)
        yield Section(
            report.word(node.name),
            tuple(_blocks(report, node)),
            aside=f"{standing.achieved} · {figures.verdict_of(report, node)}",
            tone=figures.tone_of(report, node),
        )


def _blocks(report: Report, node: Node) -> Iterator[Block]:
    yield _table(report, node)


def _table(report: Report, node: Node) -> Table:
    columns = (
        Column(report.say("paper.objective_kpi"), 5),
        Column(report.say("scorecard.value"), None, "right"),
        Column(report.say("scorecard.goal"), None, "right"),
        Column(report.say("scorecard.unit"), 1.5),
        Column(report.say("matrix.weight"), None, "right"),
        Column(report.say("scorecard.achievement"), None, "right"),
        Column(report.say("paper.months")),
        Column(report.say("scorecard.assessment")),
    )
    return Table(columns, tuple(_rows(report, node)))


def _rows(report: Report, node: Node) -> Iterator[Row]:
    for objective in report.members(node):
        yield Row(tuple(_objective(report, objective)), "group")
        for kpi in report.members(objective):
            yield Row(tuple(_kpi(report, kpi)), level=1)


def _objective(report: Report, node: Node) -> Iterator[Cell]:
    yield Cell(report.word(node.name))
    yield from (Cell(""),) * 3
    yield figures.weight(report, node)
    yield figures.achieved(report, node)
    yield figures.months(report, node)
    yield figures.assessment(report, node)


def _kpi(report: Report, node: Node) -> Iterator[Cell]:
    kpi = report.kpis[node.id]
    scores, place = report.scores, (node.row, report.column)
    yield Cell(report.word(node.name))
    yield Cell(report.amount(kpi, float(scores.values[place])))
    yield Cell(report.amount(kpi, float(scores.goals[place])))
    yield Cell(report.unit(kpi.unit), is_muted=True)
    yield figures.weight(report, node)
    yield figures.achieved(report, node)
    yield figures.months(report, node)
    yield figures.assessment(report, node)
