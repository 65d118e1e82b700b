"""Scoring a million KPI values against the bare numpy expression."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from tablero.workbook_templates.vectorised import achievements
from tests.benchmarks.rows import Ratio
from tests.benchmarks.timing import compare

AT_MOST = 3
KPIS, PERIODS = 1000, 1000
DIRECTIONS = ("High", "Low", "High", "Target")


def rows() -> Iterator[Ratio]:
    generator = np.random.default_rng(2016)
    values = generator.normal(100, 40, (KPIS, PERIODS))
    goals = generator.normal(100, 20, (KPIS, PERIODS))
    values[generator.random(values.shape) < 0.05] = np.nan
    desired = [DIRECTIONS[row % len(DIRECTIONS)] for row in range(KPIS)]
    pair = compare(
        lambda: achievements(values, goals, desired),
        lambda: 1 + (values - goals) / np.abs(goals),
        runs=41,
    )
    yield Ratio("scoring 1,000,000 KPI values", "1 + (v − g) / |g| in numpy", pair, AT_MOST)
