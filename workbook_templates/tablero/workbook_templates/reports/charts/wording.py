"""Names and figures of charts as people read them."""

from __future__ import annotations

import textwrap

import numpy as np

from tablero.workbook_templates.reports.report import Report
from tablero.workbook_templates.scored_model import Node

_LETTERS, _LINES = 36, 2
FURTHEST = 2.0
"""Bars end at 200 % so that one figure does not flatten all others; their labels say the figure."""
_MORE = " ›"


def wrapped(name: str) -> str:
    r"""A name in two lines at most, cut between words where it must be.

    >>> wrapped("Acme")
    'Acme'
    >>> wrapped("Return on the capital that the owners employ and on what they lend to us")
    'Return on the capital that the\nowners employ and on what they lend…'
    """
    lines = textwrap.wrap(" ".join(name.split()), _LETTERS, max_lines=_LINES, placeholder="…")
    return "\n".join(lines)


def known(number: float) -> float | None:
    """A number as a mark takes it; None where it is missing."""
    return None if np.isnan(number) else float(number)


def drawn(number: float) -> float | None:
    """How far the bar of an achievement goes."""
    return known(max(min(number, FURTHEST), -FURTHEST) if not np.isnan(number) else number)


def shown(report: Report, number: float, digits: int = 1) -> str:
    """An achievement beside its bar, with a sign where the bar is cut."""
    is_cut = not np.isnan(number) and abs(number) > FURTHEST
    return report.share(number, digits) + _MORE * is_cut


def label_at(report: Report, column: int | None) -> str:
    """The period of a column as a heading says it."""
    if column is None:
        return report.label
    return report.calendar.period_label(report.scores.periods[column], report.language)


def assessed(report: Report, position: int) -> str:
    """The word of a band, or that there are no figures."""
    return report.verdicts[position].name if position >= 0 else report.say("map.no_figures")


def standing_words(report: Report, node: Node, column: int | None) -> str:
    """``Sales: 80.5%, Good``."""
    found = report.standing(node, column)
    word = assessed(report, found.position)
    return f"{report.word(node.name)}: {found.achieved}, {word}"
