"""What is told of every node in one period, in ready words, as rows of the page."""

from __future__ import annotations

from dataclasses import dataclass

from tablero.workbook_templates.reports.content.changes import Change
from tablero.workbook_templates.reports.content.perspectives import Perspectives
from tablero.workbook_templates.reports.content.perspectives import Row as Scored
from tablero.workbook_templates.row_keys import STRATEGY

FIELDS = (
    "achieved", "band", "covered", "bar", "value", "goal", "months", "part", "points", "change",
)  # fmt: skip
NUMBERS = frozenset({"band", "bar"})
_FULL = 2.0
"""The achievement at which a bar is full."""


@dataclass(frozen=True)
class Told:
    """A node in a period; ``band`` is -1 and words are dashes where nothing is known."""

    achieved: str
    band: int
    covered: str
    bar: int
    """Length of its bar, of 200 where it has reached twice its goal or more."""
    value: str = ""
    goal: str = ""
    months: str = ""
    part: str = ""
    points: str = ""
    change: str = ""


NOTHING = Told("", -1, "", 0)
"""In the patterns that the script fills."""


def told(scorecard: Perspectives) -> tuple[Told, ...]:
    """One row a node, in the order of the scorecard."""
    return tuple(map(_told, scorecard.strategy.walk()))


def _told(row: Scored) -> Told:
    measured = row.measured
    return Told(
        achieved=row.achieved,
        band=row.mark.position,
        covered=row.covered,
        bar=round(100 * min(max(row.achievement or 0.0, 0.0), _FULL)),
        value=measured.value if measured else "",
        goal=measured.goal if measured else "",
        months=measured.months if measured else "",
        part=row.part if row.level != STRATEGY else "",
        points=row.points,
        change=_change(row.change),
    )


def _change(change: Change) -> str:
    """``↗ +2.3 (Feb 2016: 80.1%)``; empty where there is no period before."""
    if not change.code:
        return ""
    said = change.points or change.word
    return f"{change.symbol} {said} ({change.label}: {change.before})".strip()
