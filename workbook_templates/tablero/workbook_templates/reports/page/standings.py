"""Where every node stands in every period, in ready words, as the page shows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from tablero.workbook_templates.analysis.contribution import Contributions, contributions
from tablero.workbook_templates.reports.report import MISSING, Report
from tablero.workbook_templates.scored_model import Node
from tablero.workbook_templates.vectorised import Floats

FIELDS = ("achieved", "band", "covered", "bar", "value", "goal", "part", "brings", "points")
_FULL = 2.0
"""The achievement at which a bar is full."""


@dataclass(frozen=True)
class Row:
    """A node in a period; ``band`` is -1 and words are dashes where nothing is known."""

    achieved: str
    band: int
    covered: str
    bar: int
    """Length of its bar, of 200 where it has reached twice its goal or more."""
    value: str = ""
    goal: str = ""
    part: str = MISSING
    brings: str = ""
    points: str = ""


@dataclass(frozen=True)
class Standings:
    """The rows of one period.

    Parameters
    ----------
    report
        Of which workbook.
    column
        The place of the period among the scored ones.
    """

    report: Report
    column: int

    def rows(self) -> Iterator[Row]:
        """One for each node, in the order of the scorecard."""
        return map(self.row, self.report.nodes)

    def row(self, node: Node) -> Row:
        """Where a node stands."""
        report = self.report
        standing = report.standing(node, self.column)
        told = self._told_of_kpi(node) if node.level == "kpi" else {}
        reached = 0.0 if np.isnan(standing.achievement) else standing.achievement
        return Row(
            achieved=standing.achieved,
            band=standing.position,
            covered=standing.covered,
            bar=round(100 * min(max(reached, 0.0), _FULL)),
            part=report.share(self._parts(node)),
            **told,
        )

    def _told_of_kpi(self, node: Node) -> Mapping[str, str]:
        report, scores = self.report, self.report.scores
        kpi = report.kpis[node.id]
        return {
            "value": report.amount(kpi, float(scores.values[node.row, self.column])),
            "goal": report.amount(kpi, float(scores.goals[node.row, self.column])),
            "brings": report.share(float(self._brought.contribution[node.row])),
            "points": signed(report, float(self._brought.points[node.row])),
        }

    @cached_property
    def _brought(self) -> Contributions:
        return contributions(self.report.scores, self.column)

    def _parts(self, node: Node) -> float:
        parts: Mapping[str, Floats] = {
            "perspective": self._brought.perspectives,
            "objective": self._brought.objectives,
            "kpi": self._brought.kpis,
        }
        return float(parts[node.level][node.row]) if node.level in parts else 1.0


def signed(report: Report, fraction: float) -> str:
    """Points against 100 % with their sign."""
    said = report.share(fraction)
    return f"+{said}" if fraction > 0 else said.replace("-", "−")
