"""How far a KPI has reached its goal: the paper's equations (1) and (2) for goals of any sign."""

from __future__ import annotations

from tablero.udfs.errors import CellNumberError, CellValueError
from tablero.udfs.shapes import (
    MISSING,
    Answer,
    Cell,
    Cells,
    Rule,
    elementwise,
    is_missing,
    number,
    settled,
)


def kpi_achievement(
    value: Cells, goal: Cells, desired: Cells = "High", floor: Cell = 0, cap: Cell = None
) -> Answer:
    """Achievement of a goal: 1 when it is met exactly, more when it is surpassed.

    Parameters
    ----------
    value : number or range
        What the KPI came to, in the KPI's own unit.
    goal : number or range
        What it should come to, in the same unit.
    desired : {"High", "Low", "Target"} or range, default "High"
        Which values are good: high ones, low ones, or those nearest to the goal.  Capitals do not
        matter; a missing word means High.
    floor : number, default 0
        The least achievement to answer; missing for none.
    cap : number, optional
        The greatest achievement to answer; missing (the default) for none.

    Returns
    -------
    number, "" or range
        The achievement as a fraction (1.0 is 100 %); "" where value or goal is missing.

    Raises
    ------
    CellValueError
        A text where a number belongs, an unknown word in `desired`, or ranges that differ in shape.
    CellNumberError
        A floor above the cap.

    Notes
    -----
    With the gap ``v - g`` for High, ``g - v`` for Low and ``-|v - g|`` for Target the achievement
    is ``1 + gap / |g|``.  For positive goals these are ``v / g`` and ``2 - v / g``, equations (1)
    and (2) of Cano, Vergara and Puerta (2017); dividing by ``|g|`` keeps the direction right for
    negative goals.  A goal of zero is met (1) or not (0), for no ratio to it exists.  The floor of
    0 is our reading of equation (1)'s branch for negative values.

    Missing is looked at first: a missing value or goal answers "" whatever the rest may hold.

    Examples
    --------
    Return on assets of 46 % against a goal of 35 %, and a churn of 21 % against 12 %:

    >>> round(kpi_achievement(0.463448, 0.35), 4)
    1.3241
    >>> round(kpi_achievement(0.210256, 0.12, "Low"), 4)
    0.2479

    A whole column at once; the last KPI has no figure yet:

    >>> kpi_achievement([50, 120, None], [100, 100, 100], ["High", "Low", "High"])
    [0.5, 0.8, '']
    """
    return elementwise(_achievement, value, goal, desired, settled(_limiter, floor, cap))


def _achievement(value: Cell, goal: Cell, desired: Cell, limited: Rule) -> float | str:
    if is_missing(value) or is_missing(goal):
        return MISSING
    reached, aim = number(value, "the value"), number(goal, "the goal")
    gap = _gap(reached, aim, desired)
    return limited(float(gap >= 0) if aim == 0 else 1 + gap / abs(aim))


def _limiter(floor: Cell, cap: Cell) -> Rule:
    """Choose how achievements are kept between floor and cap."""
    lowest = float("-inf") if is_missing(floor) else number(floor, "the floor")
    highest = float("inf") if is_missing(cap) else number(cap, "the cap")
    if lowest > highest:
        raise CellNumberError(f"the floor {lowest:g} lies above the cap {highest:g}")

    def limited(achieved: float) -> float:
        if achieved < lowest:
            return lowest
        if achieved > highest:
            return highest
        return achieved

    return limited


def _gap(value: float, goal: float, desired: Cell) -> float:
    word = str(desired).lower()
    if word == "low":
        return goal - value
    if word == "target":
        return -abs(value - goal)
    if word == "high" or is_missing(desired):
        return value - goal
    raise CellValueError(f"desired must be High, Low or Target, not {desired!r}")
