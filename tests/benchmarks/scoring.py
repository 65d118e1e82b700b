"""Scoring KPI values in memory against the bare numpy expression and pandas row by row."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np
import pandas as pd

from tablero.workbook_templates.vectorised import Floats, achievements
from tests.benchmarks.rows import Ratio, Row, Speedup
from tests.benchmarks.timing import Pair, compare, seconds

AT_MOST = {1_000_000: 3, 10_000_000: 2}
"""By the number of values: below some millions the caches hold what the peer reads once."""
KPIS = 1000
DIRECTIONS = ("High", "Low", "High", "Target")
SAMPLE = 100_000
"""Values that pandas takes one by one; its time is scaled to all."""


def rows() -> Iterator[Row]:
    yield _against_numpy(1000, runs=41)
    yield _against_numpy(10_000, runs=9)
    yield _against_pandas()


def _values(periods: int) -> tuple[Floats, Floats]:
    generator = np.random.default_rng(2016)
    values = generator.normal(100, 40, (KPIS, periods))
    goals = generator.normal(100, 20, (KPIS, periods))
    values[generator.random(values.shape) < 0.05] = np.nan
    return values, goals


def _desired() -> list[str]:
    return [DIRECTIONS[row % len(DIRECTIONS)] for row in range(KPIS)]


def _against_numpy(periods: int, runs: int) -> Ratio:
    values, goals = _values(periods)
    pair = compare(
        partial(achievements, values, goals, _desired()),
        lambda: 1 + (values - goals) / np.abs(goals),
        runs,
    )
    what = f"scoring {KPIS * periods:,} KPI values"
    return Ratio(what, "1 + (v − g) / |g| in numpy", pair, AT_MOST[values.size])


def _against_pandas() -> Speedup:
    values, goals = _values(SAMPLE // KPIS)
    ways = np.repeat(_desired(), SAMPLE // KPIS)
    table = pd.DataFrame({"value": values.ravel(), "goal": goals.ravel(), "desired": ways})
    many, aims = _values(10_000)
    ours = min(seconds(partial(achievements, many, aims, _desired())) for _ in range(5))
    peer = seconds(lambda: table.apply(_achievement, axis=1)) * many.size / SAMPLE
    what = f"scoring {many.size:,} KPI values"
    return Speedup(what, f"pandas' apply, row by row (from {SAMPLE:,})", Pair(ours, peer))


def _achievement(row: pd.Series[float]) -> float:
    ratio = (row["value"] - row["goal"]) / abs(row["goal"])
    signed = {"High": ratio, "Low": -ratio, "Target": -abs(ratio)}[str(row["desired"])]
    return float(max(0.0, 1 + signed))
