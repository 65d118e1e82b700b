"""The single list of the cell functions, from which every host's form of them is made."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from tablero.udfs.formulas import lambda_text, substituted
from tablero.udfs.registered.achievement import KPI_ACHIEVEMENT
from tablero.udfs.registered.aggregation import COVERAGE, WEIGHTED_AGG
from tablero.udfs.registered.bands import ACTION_BAND, ACTION_PLAN, ACTION_TERM
from tablero.udfs.registered.indicators import GROWTH_RATE, IMPROVEMENT_RATE
from tablero.udfs.registered.okr import OKR_PROGRESS, OKR_SCORE
from tablero.udfs.registered.okr_status import OKR_STATUS
from tablero.udfs.registered.periods import PERIOD_VALUE, PREVIOUS_VALUE
from tablero.udfs.registration import Argument, CellFunction, Step

__all__ = ["BY_NAME", "FUNCTIONS", "Argument", "CellFunction", "Step", "lambda_text", "substituted"]

FUNCTIONS: tuple[CellFunction, ...] = (
    KPI_ACHIEVEMENT,
    WEIGHTED_AGG,
    COVERAGE,
    ACTION_BAND,
    ACTION_PLAN,
    ACTION_TERM,
    PERIOD_VALUE,
    PREVIOUS_VALUE,
    GROWTH_RATE,
    IMPROVEMENT_RATE,
    OKR_PROGRESS,
    OKR_SCORE,
    OKR_STATUS,
)

BY_NAME: Mapping[str, CellFunction] = MappingProxyType(
    {function.name: function for function in FUNCTIONS}
)
