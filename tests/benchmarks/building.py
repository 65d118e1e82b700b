"""Building a workbook against the bare XlsxWriter script that writes the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tablero.workbook_templates.definition import Definition
from tablero.workbook_templates.workbook import new_workbook
from tests.benchmarks.bare_script import load_bare_script
from tests.benchmarks.companies import company, paper
from tests.benchmarks.rows import Ratio
from tests.benchmarks.timing import compare

AT_MOST = 1.3
LARGE = 120


def rows(folder: Path) -> Iterator[Ratio]:
    yield _row("building the paper's workbook, 15 KPIs", paper(), folder, runs=25)
    yield _row(f"building a workbook of {LARGE} KPIs", company(LARGE), folder, runs=5)


def _row(what: str, definition: Definition, folder: Path, runs: int) -> Ratio:
    write = load_bare_script(definition, folder)
    pair = compare(
        lambda: new_workbook(definition, folder / "ours.xlsx"),
        lambda: write(folder / "peer.xlsx"),
        runs,
    )
    return Ratio(what, "bare XlsxWriter script", pair, AT_MOST)
