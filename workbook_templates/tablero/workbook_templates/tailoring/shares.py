"""Shares of a whole, rounded so that they still make the whole."""

from __future__ import annotations

import math
from collections.abc import Sequence

TENTHS = 1000
"""The parts of a whole in which weights are written: tenths of a percent."""


def rounded(shares: Sequence[float], parts: int = TENTHS) -> tuple[float, ...]:
    r"""Shares rounded to whole parts that still sum to one.

    Each share is rounded down; the parts that are left over go to those that lost most by it (the
    method of largest remainders).

    Parameters
    ----------
    shares
        Fractions that sum to one, none negative.
    parts
        How many parts the whole has: 1000 rounds to tenths of a percent, 100 to whole percents.

    Examples
    --------
    >>> rounded([1 / 3, 1 / 3, 1 / 3])
    (0.334, 0.333, 0.333)
    >>> rounded([0.455, 0.455, 0.09], 100)
    (0.46, 0.45, 0.09)
    """
    exact = [share * parts for share in shares]
    whole = [math.floor(one + 1e-9) for one in exact]
    by_loss = sorted(range(len(exact)), key=lambda place: whole[place] - exact[place])
    for place in by_loss[: parts - sum(whole)]:
        whole[place] += 1
    return tuple(one / parts for one in whole)


def rescaled(weights: Sequence[float]) -> tuple[float, ...]:
    """Weights in proportion that sum to one, in tenths of a percent; equal ones where all are 0.

    >>> rescaled([0.3, 0.3, 0.1])
    (0.429, 0.428, 0.143)
    >>> rescaled([0, 0])
    (0.5, 0.5)
    """
    total = math.fsum(weights)
    if not total:
        return rounded([1 / len(weights)] * len(weights))
    return rounded([weight / total for weight in weights])
