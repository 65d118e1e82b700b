"""The definition of a company's scorecard: what is measured, against what goal, with what weight."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

SCHEMA_VERSION = 1

Aggregation = Literal["T", "A", "L"]
Desired = Literal["High", "Low", "Target"]
Frequency = Literal["monthly", "quarterly", "yearly"]
Timing = Literal["leading", "lagging"]
Scale = Literal["units", "thousands", "millions"]


class LocalText(dict[str, str]):
    """A text in one or more languages; a plain string stands for all of them."""

    def in_language(self, language: str) -> str:
        """The text in ``language``, else in any language it has.

        >>> LocalText({"en": "Sales", "es": "Ventas"}).in_language("es")
        'Ventas'
        """
        return self.get(language) or self.get("") or next(iter(self.values()), "")


def _local_text(raw: object) -> object:
    if isinstance(raw, str):
        return LocalText({"": raw})
    return LocalText(raw) if isinstance(raw, Mapping) else raw


Name = Annotated[LocalText, BeforeValidator(_local_text)]
Weight = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Figure = Annotated[float, Field(allow_inf_nan=False)]
InputId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
NodeId = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$", max_length=60)]


class Part(BaseModel):
    """Base of all parts of a definition: frozen, and strict about unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class Company(Part):
    """Whose scorecard it is, and in which year, money and language."""

    name: str = Field(min_length=1, max_length=120)
    currency: str = Field("USD", pattern=r"^[A-Z]{3}$")
    scale: Scale = "units"
    year: int = Field(ge=1990, le=2100)
    fiscal_start_month: int = Field(1, ge=1, le=12)
    language: Literal["en", "es"] = "en"
    sector: Name = LocalText()
    logo: str | None = None


class Input(Part):
    """A figure that somebody types each month (a row of the paper's table 4)."""

    id: InputId
    name: Name
    perspective: NodeId
    unit: Name = LocalText()
    aggregation: Aggregation
    negative: bool = False
    owner: str = ""
    accounts: tuple[str, ...] = ()


class Kpi(Part):
    """A key performance indicator (a row of the paper's table 1) with its goal and weight."""

    id: InputId
    name: Name
    formula: str = Field(min_length=1, max_length=1000)
    unit: Name = LocalText()
    desired: Desired = "High"
    goal: Figure | None = None
    monthly_goals: tuple[Figure | None, ...] | None = Field(None, min_length=12, max_length=12)
    weight: Weight
    owner: str = ""
    frequency: Frequency = "monthly"
    timing: Timing = "lagging"
    description: Name = LocalText()


class Objective(Part):
    """A strategic objective, measured by its KPIs."""

    id: NodeId
    name: Name
    weight: Weight
    kpis: tuple[Kpi, ...] = Field(min_length=1)


class Perspective(Part):
    """A perspective of the scorecard, made of objectives."""

    id: NodeId
    name: Name
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
    name: Name
    plan: Name
    term: Name
    months: tuple[int, int] | None = None


class Policies(Part):
    """How edges are handled: floor and cap of an achievement, annualisation of totals."""

    floor: Figure | None = 0.0
    cap: Figure | None = None
    annualise: bool = True


class InputFigures(Part):
    """The figures of one input: last year's value, last year's months, this year's months."""

    last_year: Figure | None = None
    last_year_months: tuple[Figure | None, ...] | None = Field(None, min_length=12, max_length=12)
    months: tuple[Figure | None, ...] | None = Field(None, min_length=12, max_length=12)


class Definition(Part):
    """A company's whole scorecard, with or without figures."""

    schema_version: int = Field(SCHEMA_VERSION, alias="schema")
    title: Name = LocalText()
    description: Name = LocalText()
    company: Company
    inputs: tuple[Input, ...] = Field(min_length=1)
    perspectives: tuple[Perspective, ...] = Field(min_length=1)
    links: tuple[Link, ...] = ()
    bands: tuple[Band, ...] = Field(min_length=2)
    policies: Policies = Policies()
    figures: Mapping[str, InputFigures] = {}

    def objectives(self) -> Iterator[Objective]:
        """Every objective, in the order of the scorecard."""
        for perspective in self.perspectives:
            yield from perspective.objectives

    def kpis(self) -> Iterator[Kpi]:
        """Every KPI, in the order of the scorecard."""
        for objective in self.objectives():
            yield from objective.kpis
