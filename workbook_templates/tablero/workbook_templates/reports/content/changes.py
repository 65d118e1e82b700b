"""How a node stands against the period before of the same kind."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from tablero.workbook_templates.dashboard.standing import HUNDRED
from tablero.workbook_templates.formats import half_up
from tablero.workbook_templates.periods import MONTHS_A_YEAR, Period
from tablero.workbook_templates.reports.report import Report
from tablero.workbook_templates.scored_model import Node

SYMBOLS = {"better": "↗", "worse": "↘", "same": "→", "new": "", "gone": "", "": ""}


@dataclass(frozen=True)
class Change:
    """How an achievement differs from that of the period before.

    ``code`` is ``better``, ``worse`` or ``same``; ``new`` where nothing was scored before,
    ``gone`` where nothing is scored now; empty where there is no period before, or no score in
    either.
    """

    code: str
    symbol: str
    word: str
    points: str
    """With their sign: ``+2.3``; empty where there are none."""
    difference: float | None
    """The same as a fraction."""
    before: str
    """The former achievement as people read it; empty where there is no period before."""
    label: str
    """The period before; empty where there is none."""


def period_before(report: Report) -> Period | None:
    """The period of the same kind that ends before the shown one; None where none is scored."""
    shown = report.period
    if shown.kind == "year":
        return None
    step = shown.length if shown.kind == "quarter" else 1
    first = 1 if shown.kind == "ytd" else shown.first - step
    before = replace(shown, first=first, last=shown.last - step)
    is_known = 1 <= before.last <= MONTHS_A_YEAR and before in report.scores.periods
    return before if is_known else None


def column_before(report: Report) -> int | None:
    """The column of scores of the period before; None where there is none."""
    before = period_before(report)
    return None if before is None else report.scores.periods.index(before)


def label_before(report: Report) -> str:
    """The period before, as a heading says it; empty where there is none."""
    before = period_before(report)
    return "" if before is None else report.calendar.period_label(before, report.language)


def change(report: Report, node: Node, column: int | None, label: str) -> Change:
    """How a node's achievement differs from that in the column of the period before."""
    if column is None:
        return Change("", "", "", "", None, "", "")
    achieved = report.achievements(node)
    now, former = float(achieved[report.column]), float(achieved[column])
    difference = now - former
    code = _code(now, former)
    word = report.say(f"report.trend.{code}") if code else ""
    is_known = not np.isnan(difference)
    points = report.points(difference) if is_known else ""
    known = difference if is_known else None
    return Change(code, SYMBOLS[code], word, points, known, report.share(former), label)


def _code(now: float, former: float) -> str:
    if np.isnan(now) or np.isnan(former):
        return "" if np.isnan(now) and np.isnan(former) else "gone" if np.isnan(now) else "new"
    points = half_up((now - former) * HUNDRED, 1)
    return "same" if points == 0 else "better" if points > 0 else "worse"
