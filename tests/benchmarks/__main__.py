"""Measures everything and prints one table: ``python -m tests.benchmarks``."""

from __future__ import annotations

import os
import platform
import tempfile
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console

from tests.benchmarks import building, reading, reporting, scoring, starting
from tests.benchmarks.rows import Row, table_of


def main() -> None:
    console = Console()
    with tempfile.TemporaryDirectory(prefix="tablero-benchmark-") as folder:
        with console.status("Measuring; about two minutes."):
            rows = list(_rows(Path(folder)))
        console.print(table_of(rows))
    version, cores = platform.python_version(), os.cpu_count()
    console.print(f"Python {version}, {cores} cores, {platform.machine()}")


def _rows(folder: Path) -> Iterator[Row]:
    yield from building.rows(folder)
    yield from reading.rows(folder)
    yield from scoring.rows()
    yield from starting.rows()
    yield from reporting.rows(folder)


if __name__ == "__main__":
    main()
