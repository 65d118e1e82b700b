"""What people promised: objectives and key results, actions owed and planned, figures owed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tablero.workbook_templates.reports import charts
from tablero.workbook_templates.reports.content.actions import ActionRow, OwingRow
from tablero.workbook_templates.reports.content.okrs import KeyResultRow, OkrRow
from tablero.workbook_templates.reports.paper import drawings
from tablero.workbook_templates.reports.paper.blocks import (
    Block,
    Cell,
    Column,
    Heading,
    Paragraph,
    Row,
    Section,
    Table,
)
from tablero.workbook_templates.reports.paper.told import Told
from tablero.workbook_templates.reports.report import MISSING

_MOST_BARS = 26
"""Objectives and key results that a chart of a page's height can show."""


def sections(told: Told) -> Iterator[Section]:
    """OKRs where there are any, and the register of actions."""
    if told.okrs.rows:
        yield Section(told.say("paper.okrs"), list(_okrs(told)))
    yield Section(told.say("sheet.actions"), list(_actions(told)))


def owing(told: Told, rows: Sequence[OwingRow]) -> Table:
    """KPIs that owe an action, with the plan that their band asks for."""
    heads = told.actions.owing_columns
    columns = (
        Column(heads["name"], 5),
        Column(heads["owner"], 2.5),
        Column(heads["achievement"], None, "right"),
        Column(told.say("scorecard.assessment")),
        Column(heads["plan"], 4.5),
    )
    return Table(columns, [Row(list(_owing(told, one))) for one in rows])


def _owing(told: Told, one: OwingRow) -> Iterator[Cell]:
    yield Cell(one.name)
    yield Cell(one.owner or told.say("report.nobody"), is_muted=not one.owner)
    yield Cell(one.achieved)
    yield Cell("", one.mark)
    yield Cell(" · ".join(filter(None, (one.asks, one.months))))


def register(told: Told, rows: Sequence[ActionRow]) -> Table:
    """Actions as they stand."""
    heads = told.actions.columns
    columns = (
        Column(heads["what"], 5),
        Column(heads["kpi"], 3),
        Column(heads["owner"], 2.2),
        Column(heads["status"], 1.6),
        Column(heads["due"], 2.4),
        Column(heads["remark"]),
    )
    return Table(columns, [Row(list(_action(one))) for one in rows])


def _action(one: ActionRow) -> Iterator[Cell]:
    notes = " · ".join(filter(None, (one.cause, one.note)))
    yield Cell(one.what, note=notes)
    yield Cell(one.kpi, note=one.plan)
    yield Cell(one.owner)
    yield Cell(one.status)
    yield Cell(one.due)
    yield Cell("", one.remark)


def _actions(told: Told) -> Iterator[Block]:
    found = told.actions
    yield Paragraph(found.register_sentence)
    if found.rows:
        yield register(told, found.rows)
    yield Heading(told.say("paper.actions_owed"))
    yield Paragraph(found.sentence)
    if found.owing:
        yield owing(told, found.owing)
    yield Heading(told.say("paper.figures_owed"))
    yield Paragraph(told.owed.sentence)
    if told.owed.rows:
        yield _owed(told)


def _owed(told: Told) -> Table:
    heads = told.owed.columns
    columns = (Column(heads["owner"], 2), Column(heads["input"], 3), Column(heads["months"], 4))
    rows = [Row((Cell(one.owner), Cell(one.input), Cell(one.months))) for one in told.owed.rows]
    return Table(columns, rows)


def _okrs(told: Told) -> Iterator[Block]:
    yield Paragraph(told.okrs.sentence)
    chart = charts.okr_progress(told.report, drawings.whole(told.report))
    if chart and len(chart.rows) <= _MOST_BARS:
        yield drawings.drawn(chart)
    yield _okr_table(told)


def _okr_table(told: Told) -> Table:
    heads = told.okrs.columns
    figures = ("start", "target", "current", "progress", "expected")
    columns = (
        Column(heads["name"], 5),
        Column(heads["unit"], 1.2),
        *(Column(heads[name], None, "right") for name in figures),
        Column(heads["confidence"], None, "right"),
        Column(heads["status"]),
    )
    rows: list[Row] = []
    for okr in told.okrs.rows:
        rows.append(Row(list(_okr(okr)), "group"))
        rows.extend(Row(list(_key_result(told, one)), level=1) for one in okr.key_results)
    return Table(columns, rows, is_small=True)


def _okr(okr: OkrRow) -> Iterator[Cell]:
    serves = " · ".join(filter(None, (okr.period, okr.serves, okr.owner, okr.commitment)))
    yield Cell(okr.name, note=serves)
    yield from (Cell(""),) * 4
    yield Cell(okr.progress)
    yield Cell(okr.expected)
    yield Cell(_there(okr.confidence))
    yield Cell("", okr.mark)


def _key_result(told: Told, one: KeyResultRow) -> Iterator[Cell]:
    due = told.okrs.due if one.is_due else ""
    yield Cell(one.name, note=" · ".join(filter(None, (one.owner, one.checked, due, one.note))))
    yield Cell(one.unit, is_muted=True)
    for text in (one.start, one.target, one.current, one.progress, one.expected):
        yield Cell(text)
    yield Cell(_there(one.confidence))
    yield Cell("", one.mark)


def _there(text: str) -> str:
    return "" if text == MISSING else text
