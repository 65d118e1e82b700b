"""The definition of a company's scorecard: what is measured, to what goal, with what weight."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from pydantic import Field

from tablero.workbook_templates.brand import PATTERN as COLOUR
from tablero.workbook_templates.fields import (
    Figure,
    InputId,
    Label,
    Line,
    LocalText,
    Name,
    NodeId,
    Part,
    Told,
    Weight,
)
from tablero.workbook_templates.filling.accounts import Accounts, ChartId, Measure, Side
from tablero.workbook_templates.okrs.parts import DatedCheckIn, KeyResult, Okr, OkrPolicies
from tablero.workbook_templates.texts import Language

__all__ = [
    "DEFAULT_BANDS", "SCHEMA_VERSION", "Aggregation", "Band", "Company", "DatedCheckIn",
    "Definition", "Desired", "Figure", "Frequency", "Input", "InputFigures", "InputId",
    "KeyResult", "Kpi", "Label", "Line", "Link", "LocalText", "Name", "NodeId", "Objective",
    "Okr", "Part", "Perspective", "Policies", "Scale", "Timing", "Weight",
]  # fmt: skip

SCHEMA_VERSION = 1

Aggregation = Literal["T", "A", "L"]
Desired = Literal["High", "Low", "Target"]
Frequency = Literal["monthly", "quarterly", "yearly"]
Timing = Literal["leading", "lagging"]
Scale = Literal["units", "thousands", "millions"]


class Company(Part):
    """Whose scorecard it is, and in which year, money and language."""

    name: Line = Field(min_length=1)
    currency: str = Field("USD", pattern=r"^[A-Z]{3}$")
    scale: Scale = "units"
    year: int = Field(ge=1990, le=2100)
    fiscal_start_month: int = Field(1, ge=1, le=12)
    language: Language = "en"
    sector: Name = LocalText()
    logo: Line | None = None
    colour: str | None = Field(None, pattern=COLOUR)
    """Its colour, such as ``#1F4E79``, in the place of Tablero's."""
    chart: ChartId = ""
    """The chart of accounts of its ledger, such as ``puc`` or ``pcge``."""


class Input(Part):
    """A figure that somebody types each month (a row of the paper's table 4)."""

    id: InputId
    name: Label
    perspective: NodeId
    unit: Name = LocalText()
    aggregation: Aggregation
    negative: bool = False
    owner: Name = LocalText()
    accounts: Accounts = Accounts()
    natural: Side | None = None
    """The side of the ledger on which the figure is positive; without it that of its class."""
    takes: Measure | None = None
    """What of the accounts; without it totals take the month's flow, others the balance."""


class Kpi(Part):
    """A key performance indicator (a row of the paper's table 1) with its goal and weight."""

    id: InputId
    name: Label
    formula: str = Field(min_length=1, max_length=1000)
    unit: Name = LocalText()
    desired: Desired = "High"
    goal: Figure | None = None
    monthly_goals: tuple[Figure | None, ...] | None = Field(None, min_length=12, max_length=12)
    weight: Weight
    owner: Name = LocalText()
    frequency: Frequency = "monthly"
    timing: Timing = "lagging"
    description: LocalText = LocalText()
    goal_hint: LocalText = LocalText()
    """Where a company finds a goal for itself: its own past, a benchmark, a norm."""
    source: LocalText = LocalText()
    """Where the definition comes from: a book, a norm, an association's practice."""


class Objective(Part):
    """A strategic objective, measured by its KPIs."""

    id: NodeId
    name: Label
    weight: Weight
    kpis: tuple[Kpi, ...] = Field(min_length=1)


class Perspective(Part):
    """A perspective of the scorecard, made of objectives."""

    id: NodeId
    name: Label
    weight: Weight
    objectives: tuple[Objective, ...] = Field(min_length=1)


class Link(Part):
    """A cause-effect link of the strategy map: reaching ``cause`` helps to reach ``effect``."""

    cause: NodeId
    effect: NodeId


class Band(Part):
    """A row of the paper's table 2: from this achievement on, this word, plan and term."""

    from_: Figure = Field(alias="from")
    id: InputId
    name: Label
    plan: Label
    term: Label
    months: tuple[int, int] | None = None


def _said(en: str, es: str, pt: str) -> LocalText:
    return LocalText(en=en, es=es, pt=pt)


_CORRECTIVE = _said("Corrective", "Correctivo", "Corretivo")
_IMPROVEMENT = _said("Improvement", "Mejora", "Melhoria")
_PREVENTIVE = _said("Preventive", "Preventivo", "Preventivo")
_SHORT = _said("Short", "Corto", "Curto")
_MEDIUM = _said("Medium", "Medio", "Médio")
_LONG = _said("Long", "Largo", "Longo")


# Table 2 of Cano et al. 2017; each band reaches from its bound up to the next one.
DEFAULT_BANDS: tuple[Band, ...] = (
    Band(
        from_=0.0,
        id="not_acceptable",
        name=_said("Not acceptable", "Inaceptable", "Inaceitável"),
        plan=_CORRECTIVE,
        term=_SHORT,
        months=(3, 6),
    ),
    Band(
        from_=0.6,
        id="poor",
        name=_said("Poor", "Deficiente", "Insuficiente"),
        plan=_IMPROVEMENT,
        term=_SHORT,
        months=(3, 6),
    ),
    Band(
        from_=0.8,
        id="good",
        name=_said("Good", "Bueno", "Bom"),
        plan=_IMPROVEMENT,
        term=_MEDIUM,
        months=(6, 12),
    ),
    Band(
        from_=1.0,
        id="excellent",
        name=_said("Excellent", "Excelente", "Excelente"),
        plan=_PREVENTIVE,
        term=_LONG,
        months=(12, 18),
    ),
)


class Policies(Part):
    """How edges are handled: floor and cap of an achievement, annualisation, status of OKRs."""

    floor: Figure | None = 0.0
    cap: Figure | None = None
    annualise: bool = True
    okr_status: OkrPolicies = OkrPolicies()


class InputFigures(Part):
    """The figures of one input: last year's value, last year's months, this year's months."""

    last_year: Figure | None = None
    last_year_months: tuple[Figure | None, ...] | None = Field(None, min_length=12, max_length=12)
    months: tuple[Figure | None, ...] | None = Field(None, min_length=12, max_length=12)


class Remark(Part):
    """What was found in the source of a definition, such as a misprint, and what was done."""

    topic: Label
    place: Name = LocalText()
    """Where in the source it stands: a table, a section."""
    found: Told
    done: Told


class Definition(Part):
    """A company's whole scorecard, with or without figures."""

    schema_version: int = Field(SCHEMA_VERSION, alias="schema", ge=1)
    title: Name = LocalText()
    description: LocalText = LocalText()
    company: Company
    inputs: tuple[Input, ...] = Field(min_length=1, max_length=2000)
    perspectives: tuple[Perspective, ...] = Field(min_length=1)
    links: tuple[Link, ...] = Field((), max_length=2000)
    bands: tuple[Band, ...] = Field(DEFAULT_BANDS, min_length=2, max_length=20)
    policies: Policies = Policies()
    okrs: tuple[Okr, ...] = Field((), max_length=200)
    check_ins: tuple[DatedCheckIn, ...] = Field((), max_length=2000)
    notes: tuple[Remark, ...] = Field((), max_length=200)
    figures: Mapping[str, InputFigures] = {}

    def objectives(self) -> Iterator[Objective]:
        """Every objective, in the order of the scorecard."""
        for perspective in self.perspectives:
            yield from perspective.objectives

    def kpis(self) -> Iterator[Kpi]:
        """Every KPI, in the order of the scorecard."""
        for objective in self.objectives():
            yield from objective.kpis

    def key_results(self) -> Iterator[KeyResult]:
        """Every key result, in the order of the objectives."""
        for okr in self.okrs:
            yield from okr.key_results
