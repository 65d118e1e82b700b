"""On which track of a channel each level stretch runs, so that few cross and none hides another.

A channel is the space between two rows of boxes. Stretches come into it from below or from above
and run level in it, each on a track, as in the routing of channels on circuit boards (Hashimoto and
Stevens, "Wire routing by optimizing channel assignment", 1971).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

_HIDDEN = 100
"""What it costs that a stretch hides part of another one, in crossings."""
_ROUNDS = 4
_NEAR = 0.02
"""Ways nearer than this share of a column look like one."""


class Stretch(NamedTuple):
    """A level stretch: where its ends come in from below and where from above, as columns."""

    below: tuple[float, ...]
    above: tuple[float, ...]

    @property
    def left(self) -> float:
        """Its leftmost column."""
        return min(*self.below, *self.above)

    @property
    def right(self) -> float:
        """Its rightmost column."""
        return max(*self.below, *self.above)

    @property
    def is_upright(self) -> bool:
        """Whether it passes straight through, without a track."""
        return self.right - self.left < _NEAR


def tracks(stretches: Mapping[int, Stretch]) -> dict[int, int]:
    """The track of each stretch that needs one, counted from below.

    >>> tracks({1: Stretch((0.0,), (2.0,)), 2: Stretch((1.0,), (3.0,)), 3: Stretch((5.0,), (4.0,))})
    {3: 0, 2: 0, 1: 1}
    """
    order: list[int] = []
    level = {key: one for key, one in stretches.items() if not one.is_upright}
    for key in level:
        order = min(
            ([*order[:place], key, *order[place:]] for place in range(len(order) + 1)),
            key=lambda tried: _cost([level[one] for one in tried]),
        )
    order = _improved(order, level)
    return _packed(order, level)


def _improved(order: list[int], level: Mapping[int, Stretch]) -> list[int]:
    """Exchange neighbours as long as that lets fewer stretches cross."""
    for _ in range(_ROUNDS):
        is_better = False
        for place in range(len(order) - 1):
            lower, upper = level[order[place]], level[order[place + 1]]
            if _pair(upper, lower) < _pair(lower, upper):
                order[place], order[place + 1] = order[place + 1], order[place]
                is_better = True
        if not is_better:
            break
    return order


def _cost(order: Sequence[Stretch]) -> int:
    return sum(_pair(lower, upper) for lower, upper in combinations(order, 2))


def _pair(lower: Stretch, upper: Stretch) -> int:
    """How often two stretches cross, one on a track below the other's, and what they hide."""
    up = sum(upper.left < x < upper.right for x in lower.above)
    down = sum(lower.left < x < lower.right for x in upper.below)
    hidden = sum(abs(x - other) < _NEAR for x in lower.above for other in upper.below)
    return up + down + _HIDDEN * hidden


def _packed(order: Sequence[int], level: Mapping[int, Stretch]) -> dict[int, int]:
    """As few tracks as the order allows: stretches side by side share one."""
    taken: dict[int, int] = {}
    for key in order:
        one = level[key]
        under = (
            track
            for other, track in taken.items()
            if level[other].left <= one.right + _NEAR and one.left <= level[other].right + _NEAR
        )
        taken[key] = max(under, default=-1) + 1
    return taken
