"""Small companies for tests, made of just what a test is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tablero.workbook_templates.definition import Definition
from tablero.workbook_templates.figures import Figures
from tablero.workbook_templates.periods import Kind
from tablero.workbook_templates.scorecard import KpiScore, Scorecard
from tablero.workbook_templates.scoring import score

Month = float | None
Parts = Mapping[str, Any]


def an_input(name: str, aggregation: str = "T", **more: Any) -> dict[str, Any]:
    """An input of the only perspective."""
    return {"id": name, "name": name, "perspective": "all", "aggregation": aggregation, **more}


def a_kpi(name: str, formula: str, goal: float | None = 1.0, **more: Any) -> dict[str, Any]:
    """A KPI that weighs as much as its neighbours unless it says otherwise."""
    return {"id": name, "name": name, "formula": formula, "goal": goal, **more}


def an_objective(name: str, weight: float, *kpis: dict[str, Any]) -> dict[str, Any]:
    """An objective whose KPIs share its weight equally where they have none of their own."""
    shared = [{"weight": 1 / len(kpis), **kpi} for kpi in kpis]
    return {"id": name, "name": name, "weight": weight, "kpis": shared}


def a_perspective(name: str, weight: float, *objectives: dict[str, Any]) -> dict[str, Any]:
    """A perspective of some objectives."""
    return {"id": name, "name": name, "weight": weight, "objectives": list(objectives)}


def a_company(
    inputs: Sequence[Parts],
    kpis: Sequence[dict[str, Any]] = (),
    figures: Mapping[str, Parts] | None = None,
    *,
    perspectives: Sequence[Parts] | None = None,
    **more: Any,
) -> Definition:
    """A company with one perspective of one objective, unless ``perspectives`` are given."""
    whole = [a_perspective("all", 1, an_objective("1", 1, *kpis))]
    company = {"name": "Acme", "year": 2026, **more.pop("company", {})}
    return Definition.model_validate(
        {
            "company": company,
            "inputs": inputs,
            "perspectives": whole if perspectives is None else perspectives,
            "figures": figures or {},
            **more,
        }
    )


def months(*given: Month) -> tuple[Month, ...]:
    """Twelve months, of which the first are given and the others empty."""
    return (*given, *(None,) * (12 - len(given)))


def scorecard(
    definition: Definition, kind: Kind = "year", month: int = 12, figures: Figures | None = None
) -> Scorecard:
    """The scorecard of the period of ``kind`` that holds or ends with a month."""
    scores = score(definition, figures)
    return scores.at(scores.calendar.period(kind, month))


def kpi(card: Scorecard, name: str) -> KpiScore:
    """A KPI of a scorecard by its id."""
    for perspective in card.perspectives:
        for objective in perspective.objectives:
            for one in objective.kpis:
                if one.kpi.id == name:
                    return one
    raise KeyError(name)


def value(definition: Definition, kind: Kind = "year", month: int = 12) -> float | None:
    """What the only KPI comes to in a period."""
    (only,) = scorecard(definition, kind, month).perspectives[0].objectives[0].kpis
    return only.value
