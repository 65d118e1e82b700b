"""How time grows with the number of KPIs and of periods: linear growth has the exponent 1."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from statistics import median

import numpy as np
import pandas as pd

from tablero.workbook_templates.read import read_workbook
from tablero.workbook_templates.scoring import score
from tablero.workbook_templates.workbook import new_workbook
from tests.benchmarks.companies import company
from tests.benchmarks.rows import Fact
from tests.benchmarks.timing import Work, seconds

SIZES = (15, 60, 240, 1020, 3000)
PERIODS = (12, 120, 1200, 12_000)
RUNS = {15: 5, 60: 5, 240: 3}
"""How often each size is measured; the larger ones once."""
LINEAR = 1.1
PLOT = Path(__file__).parents[2] / "docs" / "growth.svg"

Times = dict[str, dict[int, float]]


def rows(folder: Path, *, plot: bool = False) -> Iterator[Fact]:
    """What grows in step with the company takes a time for one KPI that does not grow."""
    times = {"build": {}, "read": {}, "score": {}, **_of_periods()}
    for kpis in SIZES:
        for name, time in _of_kpis(kpis, folder / f"{kpis}.xlsx"):
            times[name][kpis] = time
    for name, measured in times.items():
        yield _fact(name, measured)
    if plot:
        _draw(times)


def _of_kpis(kpis: int, path: Path) -> Iterator[tuple[str, float]]:
    definition = company(kpis)
    runs = RUNS.get(kpis, 1)
    yield "build", _median(lambda: new_workbook(definition, path), runs)
    yield "read", _median(lambda: read_workbook(path), runs)
    yield "score", _median(lambda: score(definition), max(runs, 3))


def _of_periods() -> Times:
    """All periods of a company, again and again."""
    definition = company(60)
    each = score(definition).periods
    found = {}
    for periods in PERIODS:
        spans = [each[number % len(each)] for number in range(periods)]
        found[periods] = _median(lambda spans=spans: score(definition, periods=spans), 3)  # type: ignore[misc]
    return {"periods": found}


def _fact(name: str, measured: dict[int, float]) -> Fact:
    least, most = min(measured), max(measured)
    of = "periods" if name == "periods" else "KPIs"
    done = "score" if name == "periods" else name
    slope = exponent(measured)
    what = f"{done}: time from {least:,} to {most:,} {of}"
    times = f"{measured[least] * 1000:,.0f} ms to {measured[most] * 1000:,.0f} ms"
    return Fact(what, times, f"grows as n^{slope:.2f}", f"≤ n^{LINEAR}", slope <= LINEAR)


def exponent(measured: dict[int, float]) -> float:
    """The power of the size with which the time grows, where it is largest."""
    sizes = sorted(measured)[-3:]
    slope, _ = np.polyfit(np.log(sizes), np.log([measured[size] for size in sizes]), 1)
    return float(slope)


def _median(work: Work, runs: int) -> float:
    work()
    return median(seconds(work) for _ in range(runs))


def _draw(times: Times) -> None:
    """Milliseconds for one KPI: a level line is linear growth."""
    import altair as alt  # noqa: PLC0415 - only the kept run draws

    lines = [
        {"size": size, "ms": time / size * 1000, "work": name}
        for name, measured in times.items()
        if name != "periods"
        for size, time in measured.items()
    ]
    base = alt.Chart(pd.DataFrame(lines)).encode(
        alt.X("size:Q", scale=alt.Scale(type="log"), title="KPIs of a company"),
        alt.Y("ms:Q", scale=alt.Scale(type="log"), title="milliseconds for one KPI"),
        alt.Color("work:N", title=None, scale=alt.Scale(range=["#1F4E79", "#B45309", "#4B5563"])),
    )
    chart = (base.mark_line(strokeWidth=2) + base.mark_point(size=40, filled=True)).properties(
        width=520, height=240, title="Time for one KPI, by the size of the company"
    )
    chart.save(PLOT)
