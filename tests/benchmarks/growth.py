"""How time grows with the number of KPIs: ``python -m tests.benchmarks.growth``."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.table import Table

from tablero.workbook_templates.read import read_workbook
from tablero.workbook_templates.scoring import score
from tablero.workbook_templates.workbook import new_workbook
from tests.benchmarks.companies import company
from tests.benchmarks.timing import Work, seconds

SIZES = (15, 150, 1500)
RUNS = 3


def main() -> None:
    """What grows in step with the company keeps its time for one KPI."""
    table = Table(title="Microseconds for one KPI of a company")
    for heading in ("KPIs", "build", "read", "score"):
        table.add_column(heading, justify="right")
    with tempfile.TemporaryDirectory(prefix="tablero-benchmark-") as folder:
        for kpis in SIZES:
            times = _times(kpis, Path(folder, f"{kpis}.xlsx"))
            table.add_row(str(kpis), *(f"{time / kpis * 1e6:,.0f}" for time in times))
    Console().print(table)


def _times(kpis: int, path: Path) -> Iterator[float]:
    definition = company(kpis)
    scores = score(definition)
    period = scores.calendar.period("year", 12)
    yield _median(lambda: new_workbook(definition, path))
    yield _median(lambda: read_workbook(path))
    yield _median(lambda: score(definition).at(period))


def _median(work: Work) -> float:
    work()
    return median(seconds(work) for _ in range(RUNS))


if __name__ == "__main__":
    main()
