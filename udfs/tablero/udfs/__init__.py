"""What a cell computes: pure functions on plain values, standard library only."""

from tablero.udfs.achievement import kpi_achievement
from tablero.udfs.aggregation import coverage, weighted_agg
from tablero.udfs.bands import DEFAULT_BANDS, action_band, action_plan, action_term
from tablero.udfs.errors import CellError
from tablero.udfs.indicators import growth_rate, improvement_rate
from tablero.udfs.okr import okr_progress, okr_score
from tablero.udfs.okr_status import DEFAULT_GRADES, okr_status
from tablero.udfs.periods import period_value, previous_value

__all__ = [
    "DEFAULT_BANDS",
    "DEFAULT_GRADES",
    "CellError",
    "action_band",
    "action_plan",
    "action_term",
    "coverage",
    "growth_rate",
    "improvement_rate",
    "kpi_achievement",
    "okr_progress",
    "okr_score",
    "okr_status",
    "period_value",
    "previous_value",
    "weighted_agg",
]
