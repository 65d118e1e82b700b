"""The cell functions' arithmetic on whole arrays, so that a million KPIs cost one pass.

``tablero.udfs`` is what a cell computes, one value at a time and without a library; this is the
same arithmetic over numpy arrays, with NaN for missing. Tests hold the two equal.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from tablero.udfs.aggregation import WEIGHT_TOLERANCE
from tablero.udfs.bands import BAND_SLACK

__all__ = [
    "WEIGHT_TOLERANCE",
    "Flags",
    "Floats",
    "Integers",
    "achievements",
    "band_positions",
    "present_weight",
    "weighted",
]

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]


def achievements(
    values: Floats,
    goals: Floats,
    desired: Sequence[str],
    floor: float | None = 0.0,
    cap: float | None = None,
) -> Floats:
    """Achievement of each KPI (rows) in each period (columns): equations (1) and (2).

    ``values`` and ``goals`` have shape (KPIs, periods), ``desired`` one word a KPI. The gap is
    what the value is better than its goal; the achievement is 1 + gap / |goal|.
    """
    gap = values - goals
    for word, better in (("Low", np.negative), ("Target", _nearness)):
        rows = np.flatnonzero(np.asarray(desired) == word)
        if rows.size:
            gap[rows] = better(gap[rows])
    size = np.abs(goals)
    met = gap >= 0
    with np.errstate(divide="ignore", invalid="ignore"):
        result: Floats = np.divide(gap, size, out=gap)
    result += 1
    zero = size == 0
    if zero.any():
        result[zero] = np.where(np.isnan(values[zero]), np.nan, met[zero])
    return _within(result, floor, cap)


def _nearness(gap: Floats) -> Floats:
    return -np.abs(gap)


def _within(result: Floats, floor: float | None, cap: float | None) -> Floats:
    if floor is not None:
        np.maximum(result, floor, out=result)
    if cap is not None:
        np.minimum(result, cap, out=result)
    return result


def weighted(children: Floats, weights: Floats, starts: Integers) -> Floats:
    """Roll-up of consecutive groups: equations (3) to (5), renormalised over what is present.

    ``children`` has shape (children, periods); group g begins at row ``starts[g]``.
    """
    present = present_weight(children, weights, starts)
    total = np.add.reduceat(np.nan_to_num(children) * weights[:, None], starts, axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(present > 0, total / present, np.nan)


def present_weight(children: Floats, weights: Floats, starts: Integers) -> Floats:
    """The weight, in each group and period, of the children that have a figure."""
    return np.add.reduceat(~np.isnan(children) * weights[:, None], starts, axis=0)


def band_positions(achieved: Floats, bounds: Floats) -> Integers:
    """Position of each achievement's band (0 = lowest); -1 where the achievement is missing."""
    position = np.searchsorted(bounds, achieved + BAND_SLACK, side="right") - 1
    return np.where(np.isnan(achieved), -1, np.maximum(position, 0))
