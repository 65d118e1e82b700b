"""How achievements roll up one level of the scorecard: the paper's equations (3) to (8)."""

from __future__ import annotations

from math import fsum

from tablero.udfs.errors import CellNumberError
from tablero.udfs.shapes import (
    MISSING,
    Cells,
    flattened,
    number_or_none,
    require_same_shape,
)

WEIGHT_TOLERANCE = 1e-6
"""How far from 1 the sum of the weights may lie."""


def weighted_agg(achievements: Cells, weights: Cells) -> float | str:
    """Weighted mean of the achievements that are there, from KPIs up to the strategy.

    Parameters
    ----------
    achievements : number or range
        The children's achievements as fractions; missing ones are left out, never counted as 0.
    weights : number or range of the same shape
        Their weights as fractions.  A missing weight counts as 0, so that one range may hold
        several levels of a scorecard of which only one is weighted.

    Returns
    -------
    number or ""
        One number, whatever the ranges' shape: a roll-up has one answer, so there is no form for
        a column of roll-ups.  "" when no weighted child has an achievement.

    Raises
    ------
    CellValueError
        A text where a number belongs, or ranges that differ in shape.
    CellNumberError
        A negative weight, or weights that do not sum to 1 (within 1e-6).

    Notes
    -----
    ``sum(w * a) / sum(w)`` over the children that have an achievement: equations (3) for
    objectives, (4) for perspectives and (5) for the strategy in Cano, Vergara and Puerta (2017);
    their conditions (6)-(8), weights that sum to 1, are enforced.

    Examples
    --------
    The four perspectives of the paper's company:

    >>> round(weighted_agg([1.2635, 0.4858, 0.7745, 0.6974], [0.25, 0.24, 0.27, 0.24]), 4)
    0.809

    The second child has no figure, so the others share its weight:

    >>> weighted_agg([1.0, "", 0.5], [0.25, 0.5, 0.25])
    0.75
    """
    children = weighted_children(achievements, weights)
    known = [(achieved, weight) for achieved, weight in children if achieved is not None]
    present = fsum(weight for _, weight in known)
    return fsum(achieved * weight for achieved, weight in known) / present if present else MISSING


def coverage(achievements: Cells, weights: Cells) -> float:
    """Share of the weight that has a figure; stands beside every weighted mean.

    Parameters
    ----------
    achievements : number or range
        The children's achievements as fractions, some perhaps missing.
    weights : number or range of the same shape
        Their weights as fractions; a missing weight counts as 0.

    Returns
    -------
    number
        A fraction from 0 (nothing is known) to 1 (everything is); one number, as the roll-up.

    Raises
    ------
    CellValueError
        A text where a number belongs, or ranges that differ in shape.
    CellNumberError
        A negative weight, or weights that do not sum to 1 (within 1e-6).

    Notes
    -----
    ``sum(w of the children with an achievement) / sum(w)``.  The paper assumes that every figure
    is there; a mean over part of the weight needs to say over how much.

    Examples
    --------
    >>> coverage([1.0, "", 0.5], [0.25, 0.5, 0.25])
    0.5
    """
    children = weighted_children(achievements, weights)
    present = fsum(weight for achieved, weight in children if achieved is not None)
    return present / fsum(weight for _, weight in children)


def weighted_children(
    figures: Cells,
    weights: Cells,
    noun: str = "an achievement",
    nouns: str = "achievements and weights",
) -> list[tuple[float | None, float]]:
    """Pair each child's figure with its weight, once both ranges are found to be right."""
    known = [number_or_none(cell, noun) for cell in flattened(figures)]
    shares = [number_or_none(cell, "a weight") or 0.0 for cell in flattened(weights)]
    _require_weights(shares)
    require_same_shape(figures, weights, nouns)
    return list(zip(known, shares, strict=True))


def _require_weights(weights: list[float]) -> None:
    if any(weight < 0 for weight in weights):
        raise CellNumberError(f"a weight is negative: {min(weights):g}")
    if abs(fsum(weights) - 1) > WEIGHT_TOLERANCE:
        raise CellNumberError(f"the weights sum to {fsum(weights):g}, not to 1")
