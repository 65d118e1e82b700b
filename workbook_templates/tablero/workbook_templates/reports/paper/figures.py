"""Cells that say how a node stands: achievement, bar, assessment and weight."""

from __future__ import annotations

import math

from tablero.workbook_templates.reports.paper.blocks import Bar, Cell
from tablero.workbook_templates.reports.report import MISSING, Report
from tablero.workbook_templates.scored_model import Node
from tablero.workbook_templates.styles import Tone

_WHOLE_BAR = 2.0
"""The achievement that fills a bar, as on the workbook's scorecard."""


def tone_of(report: Report, node: Node) -> Tone | None:
    """The looks of the band in which a node stands."""
    position = report.standing(node).position
    return report.verdicts[position].tone if position >= 0 else None


def verdict_of(report: Report, node: Node) -> str:
    """The word of the band in which a node stands."""
    position = report.standing(node).position
    return report.verdicts[position].name if position >= 0 else report.say("paper.no_figures")


def assessment(report: Report, node: Node) -> Cell:
    """The band's word, sign and colours."""
    tone = tone_of(report, node)
    return Cell(verdict_of(report, node), tone, is_muted=tone is None)


def achieved(report: Report, node: Node) -> Cell:
    """The achievement."""
    return Cell(report.standing(node).achieved)


def bar(report: Report, node: Node) -> Cell:
    """The achievement as a bar from 0 to 200 %, with a mark where the goal is."""
    achievement = report.standing(node).achievement
    if math.isnan(achievement):
        return Cell("")
    return Cell("", bar=Bar(min(max(achievement / _WHOLE_BAR, 0), 1), 1 / _WHOLE_BAR))


def months(report: Report, node: Node) -> Cell:
    """The achievement of each month up to the end of the period, in a line."""
    until = min(report.period.last, len(report.month_columns))
    found = report.achievements(node)[list(report.month_columns[:until])]
    line = [None if math.isnan(one) else round(float(one), 4) for one in found]
    return Cell("", spark=line) if any(one is not None for one in line) else Cell("")


def weight(report: Report, node: Node) -> Cell:
    """The weight among the node's siblings."""
    return Cell(report.share(node.weight, 0))


def covered(report: Report, node: Node) -> Cell:
    """The share of the weights below that has figures."""
    return Cell(report.standing(node).covered or MISSING)
