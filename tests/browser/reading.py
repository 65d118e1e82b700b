"""What a page shows, read as a person would: by its words and by the names of its parts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from playwright.sync_api import Locator, Page

from tablero.workbook_templates.reports.report import Report
from tablero.workbook_templates.scored_model import Node

_ROWS = """rows => rows.map(row => [
    row.querySelector("th").textContent,
    ...["value", "goal", "achieved"].map(
        name => row.querySelector(`[data-say=${name}]`).textContent),
    row.querySelector(".badge .word").textContent,
])"""

Row = Sequence[str]


def squeezed(text: str | None) -> str:
    """A text with its blanks as a browser shows them."""
    return " ".join((text or "").split())


def table(page: Page) -> list[Row]:
    """The scorecard: name, value, goal, achievement and band of each row."""
    rows: list[Row] = page.locator("#scores tbody tr").evaluate_all(_ROWS)
    return [[squeezed(cell) for cell in row] for row in rows]


def expected_table(report: Report) -> list[Row]:
    """What the scorecard of the period shown must say."""
    return [
        [
            squeezed(text)
            for text in (report.word(node.name), *_figures(report, node), *_said(report, node))
        ]
        for node in report.nodes
    ]


def _said(report: Report, node: Node) -> tuple[str, str]:
    standing = report.standing(node)
    return standing.achieved, band(report, node)


def _figures(report: Report, node: Node) -> tuple[str, str]:
    if node.level != "kpi":
        return "", ""
    kpi, scores = report.kpis[node.id], report.scores
    value, goal = (every[node.row, report.column] for every in (scores.values, scores.goals))
    return report.amount(kpi, float(value)), report.amount(kpi, float(goal))


def band(report: Report, node: Node) -> str:
    """The word of a node's band, or that there are no figures."""
    position = report.standing(node).position
    return report.verdicts[position].name if position >= 0 else report.say("map.no_figures")


def headline(page: Page) -> Locator:
    """The part of the page that tells where the node stands that is looked at."""
    return page.locator("#at")


def tiles(page: Page) -> dict[str, str]:
    """The achievement that each tile shows, by the name of its node."""
    found = page.locator("#members .tile").evaluate_all(
        """tiles => tiles.map(tile =>
            [".name", ".figure"].map(one => tile.querySelector(one).textContent))"""
    )
    return {squeezed(name): figure for name, figure in found}


def path(page: Page, report: Report) -> list[str]:
    """The way from the strategy to the node that is looked at."""
    steps = page.get_by_role("navigation", name=report.say("page.path")).get_by_role("link")
    return [squeezed(step) for step in steps.all_text_contents()]


def picker(page: Page, report: Report) -> Locator:
    """The list of periods."""
    return page.get_by_role("combobox", name=report.say("home.period"))


def exactly(text: str) -> re.Pattern[str]:
    """The whole of a text, whatever its blanks."""
    return re.compile(r"\s*" + r"\s+".join(map(re.escape, text.split())) + r"\s*\Z")


def drawn(page: Page) -> dict[str, str]:
    """The charts that are shown, as they are drawn, by the names of their places."""
    charts: dict[str, str] = page.locator("figure.chart:not([hidden])").evaluate_all(
        """charts => Object.fromEntries(charts.map(
            chart => [chart.id, chart.querySelector("svg")?.outerHTML ?? ""]))"""
    )
    return charts


def boxes(page: Page) -> dict[str, str]:
    """What the boxes of the strategy map say, by where each leads."""
    found: dict[str, str] = page.locator("#map svg a").evaluate_all(
        "links => Object.fromEntries(links.map(one => [one.getAttribute('href'), one.textContent]))"
    )
    return found
