"""How the rows of a scorecard are called; keys of the levels never meet."""

from __future__ import annotations

from tablero.workbook_templates.definition import Kpi, Objective, Perspective

STRATEGY = "strategy"


def perspective_key(perspective: Perspective) -> str:
    """Row key of a perspective."""
    return f"perspective:{perspective.id}"


def objective_key(objective: Objective) -> str:
    """Row key of an objective."""
    return f"objective:{objective.id}"


def kpi_key(kpi: Kpi) -> str:
    """Row key of a KPI."""
    return f"kpi:{kpi.id}"
