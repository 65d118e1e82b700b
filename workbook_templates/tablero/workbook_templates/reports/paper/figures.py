"""Cells that say how a row of the scorecard stands."""

from __future__ import annotations

import math
from collections.abc import Iterable

from tablero.workbook_templates.reports.content.perspectives import Row
from tablero.workbook_templates.reports.paper.blocks import Bar, Cell
from tablero.workbook_templates.reports.report import Report

_SHORT, _SHARE = 12, 2.0
_WHOLE_BAR = 2.0
"""The achievement that fills a bar, as on the workbook's scorecard."""


def share_for(texts: Iterable[str]) -> float | None:
    """What a column of short texts takes of the free width; none while they are as short as that.

    >>> share_for(["%", "hours"]), share_for(["hours of training each"])
    (None, 2.0)
    """
    return _SHARE if max(map(len, texts), default=0) > _SHORT else None


def bar(row: Row) -> Cell:
    """The achievement as a bar from 0 to 200 %, with a mark where the goal is."""
    if row.achievement is None:
        return Cell("")
    fills = min(max(row.achievement / _WHOLE_BAR, 0), 1)
    return Cell("", bar=Bar(round(fills, 4), 1 / _WHOLE_BAR))


def change(row: Row) -> Cell:
    """By how many points it differs from the period before."""
    return Cell(row.change.points, is_muted=row.change.code == "same")


def months(report: Report, row: Row) -> Cell:
    """The achievement of each month up to the end of the period, in a line."""
    node = next(one for one in report.nodes if one.key == row.key)
    until = min(report.period.last, len(report.month_columns))
    found = report.achievements(node)[list(report.month_columns[:until])]
    line = [None if math.isnan(one) else round(float(one), 4) for one in found]
    return Cell("", spark=line) if any(one is not None for one in line) else Cell("")
