"""What a cell computes: pure functions on plain values, standard library only."""

from tablero.udfs.achievement import kpi_achievement
from tablero.udfs.aggregation import coverage, weighted_agg
from tablero.udfs.bands import DEFAULT_BANDS, action_band, action_plan, action_term
from tablero.udfs.errors import CellError
from tablero.udfs.indicators import growth_rate, improvement_rate
from tablero.udfs.periods import period_value, previous_value

__all__ = [
    "DEFAULT_BANDS",
    "CellError",
    "action_band",
    "action_plan",
    "action_term",
    "coverage",
    "growth_rate",
    "improvement_rate",
    "kpi_achievement",
    "period_value",
    "previous_value",
    "weighted_agg",
]
