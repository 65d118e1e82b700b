"""The first page: what the report is, and what a reader of one page must know."""

from __future__ import annotations

from collections.abc import Iterator

from tablero.workbook_templates.reports.paper import figures
from tablero.workbook_templates.reports.paper.blocks import (
    Block,
    Cell,
    Column,
    Heading,
    Headline,
    Row,
    Section,
    Table,
    Warnings,
)
from tablero.workbook_templates.reports.report import Report

_MOST_PROBLEMS = 6


def title(report: Report) -> str:
    """What kind of report it is: a month's, a quarter's, a year's."""
    return report.say(f"paper.title.{report.period.kind}")


def line(report: Report) -> str:
    """The grey line below the title."""
    company = report.definition.company.name
    coverage = report.say("home.coverage")
    covered = report.standing(report.nodes[0]).covered
    return f"{company} · {report.label} · {coverage} {covered} · {report.money}"


def keywords(report: Report) -> tuple[str, ...]:
    """By which somebody finds the file again."""
    names = (report.word(one.name) for one in report.definition.perspectives)
    return (report.definition.company.name, report.label, *names)


def summary(report: Report) -> Section:
    """The page that stands for the whole report."""
    return Section(report.say("paper.summary"), tuple(_blocks(report)))


def _blocks(report: Report) -> Iterator[Block]:
    yield _headline(report)
    yield from _problems(report)
    yield Heading(report.say("home.perspectives"))
    yield _perspectives(report)


def _headline(report: Report) -> Headline:
    strategy = report.nodes[0]
    standing = report.standing(strategy)
    return Headline(
        figure=standing.achieved,
        label=report.say("home.strategy"),
        tone=figures.tone_of(report, strategy),
        verdict=figures.verdict_of(report, strategy),
        sentences=(),
    )


def _problems(report: Report) -> Iterator[Block]:
    lines = [problem.sentence(report.language) for problem in report.problems]
    if lines:
        yield Warnings(report.say("paper.problems", count=len(lines)), lines[:_MOST_PROBLEMS])


def _perspectives(report: Report) -> Table:
    columns = (
        Column(report.say("home.perspectives"), 5),
        Column(report.say("home.weight"), None, "right"),
        Column(report.say("home.coverage"), None, "right"),
        Column(report.say("home.achievement"), None, "right"),
        Column(report.say("scorecard.bar"), 4),
        Column(report.say("home.assessment")),
    )
    return Table(columns, tuple(_perspective_rows(report)))


def _perspective_rows(report: Report) -> Iterator[Row]:
    for node in report.members(report.nodes[0]):
        yield Row(
            (
                Cell(report.word(node.name)),
                figures.weight(report, node),
                figures.covered(report, node),
                figures.achieved(report, node),
                figures.bar(report, node),
                figures.assessment(report, node),
            )
        )
