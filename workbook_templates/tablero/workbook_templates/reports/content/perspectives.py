"""The scorecard as a tree of rows: the strategy, its perspectives, their objectives, the KPIs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from tablero.workbook_templates.reports.content.changes import (
    Change,
    change,
    column_before,
    label_before,
)
from tablero.workbook_templates.reports.content.marks import BandMark, band_mark, kpi_mark
from tablero.workbook_templates.reports.content.plurals import counted
from tablero.workbook_templates.reports.report import Report
from tablero.workbook_templates.scored_model import Node
from tablero.workbook_templates.vectorised import Floats

COLUMNS = (
    "name", "value", "unit", "goal", "desired", "achievement", "assessment", "plan", "term",
    "coverage",
)  # fmt: skip


@dataclass(frozen=True)
class Measured:
    """What is measured by a KPI, and what it came to."""

    value: str
    value_number: float | None
    goal: str
    goal_number: float | None
    unit: str
    desired: str
    """The code of the direction: ``High``, ``Low`` or ``Target``."""
    direction: str
    owner: str
    """Empty where nobody is named."""
    months: str
    """In how many of the period's months it has its figures."""
    formula: str
    description: str


@dataclass(frozen=True)
class Row:
    """A row of the scorecard; numbers are fractions, None where they are missing."""

    key: str
    id: str
    level: str
    name: str
    weight: str
    weight_share: float
    achieved: str
    achievement: float | None
    covered: str
    coverage: float
    mark: BandMark
    part: str
    """Its weight in the strategy as the roll-up takes it, over what has figures."""
    part_share: float | None
    points: str
    """What it costs the strategy or adds to it against 100 %, with its sign."""
    points_share: float | None
    change: Change
    measured: Measured | None
    """Of a KPI alone."""
    rows: tuple[Row, ...]
    """What it is made of."""

    def walk(self) -> Iterator[Row]:
        """The row and all below it, in the order of the scorecard."""
        yield self
        for row in self.rows:
            yield from row.walk()


@dataclass(frozen=True)
class Perspectives:
    """The scorecard of a period."""

    columns: Mapping[str, str]
    """The heads of its columns."""
    strategy: Row
    before: str
    """The period before, against which changes are told; empty where there is none."""

    @property
    def rows(self) -> tuple[Row, ...]:
        """The perspectives."""
        return self.strategy.rows

    @property
    def kpis(self) -> tuple[Row, ...]:
        """Every KPI, in the order of the scorecard."""
        return tuple(row for row in self.strategy.walk() if row.measured)


def perspectives(report: Report) -> Perspectives:
    """The scorecard of the period shown.

    Examples
    --------
    >>> from tablero.workbook_templates.library import load_template
    >>> from tablero.workbook_templates.scoring import score
    >>> scores = score(load_template("cano"))
    >>> found = perspectives(Report(scores, "es", scores.calendar.parse("2016")))
    >>> roa = found.kpis[0]
    >>> roa.measured.value, roa.measured.goal, roa.achieved, roa.mark.word
    ('46.3%', '35.0%', '132.4%', 'Excelente')
    """
    return Perspectives(
        {column: report.say(f"scorecard.{column}") for column in COLUMNS},
        _Rows(report).row(report.nodes[0]),
        label_before(report),
    )


@dataclass(frozen=True)
class _Rows:
    """Makes the rows of one period."""

    report: Report

    @cached_property
    def _before(self) -> tuple[int | None, str]:
        return column_before(self.report), label_before(self.report)

    @cached_property
    def _parts(self) -> Mapping[str, Floats]:
        found = self.report.contributions
        return {
            "perspective": found.perspectives,
            "objective": found.objectives,
            "kpi": found.kpis,
        }

    def row(self, node: Node) -> Row:
        """A row with those below it."""
        report = self.report
        standing = report.standing(node)
        part = self._part(node)
        points = part * (standing.achievement - 1)
        is_kpi = node.level == "kpi"
        return Row(
            key=node.key,
            id=node.id,
            level=node.level,
            name=report.word(node.name),
            weight=report.share(node.weight, 0),
            weight_share=node.weight,
            achieved=standing.achieved,
            achievement=known(standing.achievement),
            covered=standing.covered,
            coverage=standing.coverage,
            mark=self._mark(node, standing.achievement),
            part=report.share(part),
            part_share=known(part),
            points=report.points(points),
            points_share=known(points),
            change=change(report, node, *self._before),
            measured=self._measured(node) if is_kpi else None,
            rows=() if is_kpi else tuple(map(self.row, report.members(node))),
        )

    def _mark(self, node: Node, achievement: float) -> BandMark:
        if node.level != "kpi":
            return band_mark(self.report, achievement)
        value = self.report.scores.values[node.row, self.report.column]
        return kpi_mark(self.report, achievement, is_known=not np.isnan(value))

    def _part(self, node: Node) -> float:
        if node.level in self._parts:
            return float(self._parts[node.level][node.row])
        return float("nan") if np.isnan(self.report.achievements(node)[self.report.column]) else 1.0

    def _measured(self, node: Node) -> Measured:
        report, scores = self.report, self.report.scores
        kpi, column = report.kpis[node.id], self.report.column
        value, goal = float(scores.values[node.row, column]), float(scores.goals[node.row, column])
        months = int(scores.kpi_months[node.row, column])
        return Measured(
            value=report.amount(kpi, value),
            value_number=known(value),
            goal=report.amount(kpi, goal),
            goal_number=known(goal),
            unit=report.unit(kpi.unit),
            desired=kpi.desired,
            direction=report.say(f"desired.{kpi.desired}"),
            owner=report.word(kpi.owner),
            months=counted(report, "months", report.period.length, filled=months),
            formula=report.formulas[kpi.id],
            description=report.described(kpi),
        )


def known(number: float) -> float | None:
    """A number, None where it is missing."""
    return None if np.isnan(number) else float(number)
