"""Medians of two programs that take turns, so that a busy machine slows both."""

from __future__ import annotations

import gc
from collections.abc import Callable
from itertools import cycle
from statistics import median
from time import perf_counter
from typing import NamedTuple

Work = Callable[[], object]


class Pair(NamedTuple):
    """Seconds that our program and its peer took, each the median of its runs."""

    ours: float
    peer: float


def compare(ours: Work, peer: Work, runs: int) -> Pair:
    """Time ``ours`` and ``peer`` in turns, after one run of each that does not count."""
    ours()
    peer()
    taken: dict[Work, list[float]] = {ours: [], peer: []}
    # Whoever comes second finds warmer caches, so they take turns at that as well.
    for _, order in zip(range(runs), cycle([(ours, peer), (peer, ours)]), strict=False):
        for work in order:
            taken[work].append(seconds(work))
    return Pair(median(taken[ours]), median(taken[peer]))


def seconds(work: Work) -> float:
    """How long one run takes, without paying for the garbage of others, nor for looking for it."""
    gc.collect()
    gc.freeze()
    start = perf_counter()
    work()
    taken = perf_counter() - start
    gc.unfreeze()
    return taken
