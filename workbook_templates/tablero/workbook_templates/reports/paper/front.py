"""The first page: what the report is, and what a reader of one page must know."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tablero.workbook_templates.reports import charts
from tablero.workbook_templates.reports.content.perspectives import Row as Standing
from tablero.workbook_templates.reports.paper import drawings, registers, standings
from tablero.workbook_templates.reports.paper.blocks import (
    Beside,
    Block,
    Cell,
    Column,
    Heading,
    Headline,
    Paragraph,
    Row,
    Section,
    Table,
    Warned,
    Warnings,
)
from tablero.workbook_templates.reports.paper.told import Told
from tablero.workbook_templates.reports.report import Report

_MOST_BARS = 14
"""Perspectives and objectives that a chart on the first page can show."""
_CHART = 0.95
_MOST_PROBLEMS = 5
_MOST_KPIS = {True: 3, False: 6}
"""That cost or add most: beside the chart, and where there is none."""
_MOST_OWING = {True: 4, False: 8}


def title(report: Report) -> str:
    """What kind of report it is: a month's, a quarter's, a year's."""
    return report.say(f"paper.title.{report.period.kind}")


def line(report: Report) -> str:
    """The grey line below the title: how much is known, and in which money."""
    covered = report.standing(report.nodes[0]).covered
    return f"{report.say('home.coverage')} {covered} · {report.money}"


def keywords(report: Report) -> tuple[str, ...]:
    """By which somebody finds the file again."""
    names = (report.word(one.name) for one in report.definition.perspectives)
    return (report.definition.company.name, report.label, *names)


def has_chart(told: Told) -> bool:
    """Whether the chart of the objectives stands on the first page."""
    rows = told.scorecard.strategy.walk()
    shown = sum(row.level in ("perspective", "objective") for row in rows)
    return shown <= _MOST_BARS and told.headline.achievement is not None


def summary(told: Told) -> Section:
    """The page that stands for the whole report."""
    return Section(told.say("paper.summary"), tuple(_blocks(told)))


def _blocks(told: Told) -> Iterator[Block]:
    yield _headline(told)
    yield from _problems(told)
    yield standings.perspectives(told)
    if has_chart(told):
        chart = charts.by_objective(told.report, drawings.whole(told.report))
        yield drawings.drawn(chart, _CHART)
    yield from _points(told)
    yield from _owing(told)


def _headline(told: Told) -> Headline:
    found = told.headline
    said = (found.standing, found.change, found.last_year, found.bands, found.coverage, found.owed)
    return Headline(found.achieved, found.mark, tuple(filter(None, said)))


def _problems(told: Told) -> Iterator[Block]:
    found = told.problems
    lines = [Warned(row.place, row.message, row.remedy) for row in found.rows]
    more = len(lines) - _MOST_PROBLEMS
    rest = told.say("paper.more_problems", count=more) if more > 0 else ""
    if lines:
        yield Warnings(found.sentence, lines[:_MOST_PROBLEMS], rest, found.has_errors)


def _points(told: Told) -> Iterator[Block]:
    """The KPIs that cost and that add most."""
    scored = [row for row in told.scorecard.kpis if row.points_share is not None]
    ranked = sorted(scored, key=lambda row: row.points_share or 0.0)
    most = _MOST_KPIS[has_chart(told)]
    costs = [row for row in ranked if (row.points_share or 0.0) < 0][:most]
    gains = [row for row in reversed(ranked) if (row.points_share or 0.0) > 0][:most]
    sides = [
        [_kpi_points(told, told.say(f"paper.{name}"), rows)]
        for name, rows in (("costs", costs), ("gains", gains))
        if rows
    ]
    if sides:
        yield Beside(sides if len(sides) > 1 else [*sides, []])


def _kpi_points(told: Told, title: str, rows: Sequence[Standing]) -> Table:
    columns = (
        Column(title, 1),
        Column(told.say("home.achievement"), None, "right"),
        Column(told.say("paper.points"), None, "right"),
    )
    lines = [Row((Cell(row.name), Cell(row.achieved), Cell(row.points))) for row in rows]
    return Table(columns, lines)


def _owing(told: Told) -> Iterator[Block]:
    """What is owed, and by whom."""
    yield Heading(told.say("paper.actions_owed"))
    yield Paragraph(told.headline.actions or told.actions.sentence)
    rows, most = told.actions.owing, _MOST_OWING[has_chart(told)]
    if rows:
        yield registers.owing(told, rows[:most])
    if len(rows) > most:
        rest = told.say("paper.more_owing", count=len(rows) - most)
        yield Paragraph(rest, is_muted=True)
