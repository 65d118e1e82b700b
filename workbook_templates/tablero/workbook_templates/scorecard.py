"""The scored model: what a company reached in one period, from the strategy down to each KPI."""

from __future__ import annotations

from dataclasses import dataclass

from tablero.workbook_templates.definition import (
    Band,
    Definition,
    Input,
    Kpi,
    LocalText,
    Objective,
    Perspective,
)
from tablero.workbook_templates.periods import Calendar, Period


@dataclass(frozen=True)
class Score:
    """An achievement (1.0 = 100 %) with its coverage and band; None where nothing is known."""

    achievement: float | None
    coverage: float
    band: Band | None


@dataclass(frozen=True)
class KpiScore:
    """A KPI's value against its goal, and in how many of the period's months it has figures."""

    kpi: Kpi
    value: float | None
    goal: float | None
    score: Score
    months: int


@dataclass(frozen=True)
class ObjectiveScore:
    """An objective and the scores of its KPIs."""

    objective: Objective
    score: Score
    kpis: tuple[KpiScore, ...]


@dataclass(frozen=True)
class PerspectiveScore:
    """A perspective and the scores of its objectives."""

    perspective: Perspective
    score: Score
    objectives: tuple[ObjectiveScore, ...]


@dataclass(frozen=True)
class Owed:
    """Months of one input that somebody still has to fill in."""

    owner: LocalText
    input: Input
    months: tuple[int, ...]


@dataclass(frozen=True)
class Scorecard:
    """A company's score in one period."""

    definition: Definition
    calendar: Calendar
    period: Period
    months: int
    strategy: Score
    perspectives: tuple[PerspectiveScore, ...]
    owed: tuple[Owed, ...]
