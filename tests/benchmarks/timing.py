"""Medians of two programs that take turns, so that a busy machine slows both."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from functools import partial
from itertools import cycle
from statistics import median
from time import perf_counter
from typing import NamedTuple, TypeVar

Work = Callable[[], object]
T = TypeVar("T")
_SOME = 50


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


def in_turns(ours: Callable[[T], object], peer: Callable[[T], object], items: Sequence[T]) -> Pair:
    """Time both for all items, each of which they do once, some at a time."""
    taken = [0.0, 0.0]
    for begin in range(0, len(items), _SOME):
        some = items[begin : begin + _SOME]
        for place, work in enumerate((ours, peer)):
            taken[place] += seconds(partial(_each, work, some))
    return Pair(*taken)


def _each(work: Callable[[T], object], items: Sequence[T]) -> None:
    for item in items:
        work(item)


def seconds(work: Work) -> float:
    """How long one run takes, without paying for the garbage of others, nor for looking for it."""
    gc.collect()
    gc.freeze()
    start = perf_counter()
    work()
    taken = perf_counter() - start
    gc.unfreeze()
    return taken
