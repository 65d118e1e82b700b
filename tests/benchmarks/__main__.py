"""Measures everything and prints one table: ``python -m tests.benchmarks [PARTS]``.

Parts are ``building reading scoring starting reporting recalculation growth portfolio``; without
any it is all of them. ``--files 1000 10000 50000`` says how many workbooks a portfolio has,
``--population FOLDER`` keeps the made-up companies for the next run, and ``--keep`` lets the
README's table show what came out (then run ``docs/generate.py``).
"""

from __future__ import annotations

import tempfile
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from rich.console import Console

from tests.benchmarks import (
    building,
    growth,
    keeping,
    portfolio,
    reading,
    recalculation,
    reporting,
    scoring,
    starting,
)
from tests.benchmarks.rows import Row, table_of

_WIDE = 200
"""Letters of a line where nobody looks on, so that no word of the table is broken."""

Part = Callable[[Path, Namespace], Iterator[Row]]
PARTS: Mapping[str, Part] = {
    "building": lambda folder, _: building.rows(folder),
    "reading": lambda folder, _: reading.rows(folder),
    "scoring": lambda _folder, _: scoring.rows(),
    "starting": lambda _folder, _: starting.rows(),
    "reporting": lambda folder, _: reporting.rows(folder),
    "recalculation": lambda folder, _: recalculation.rows(folder),
    "growth": lambda folder, asked: growth.rows(folder, plot=asked.keep),
    "portfolio": lambda folder, asked: portfolio.rows(
        asked.population or folder / "population", folder, asked.files, asked.distinct
    ),
}


def main() -> None:
    asked = _asked()
    console = Console()
    if not console.is_terminal:
        console.width = _WIDE
    for name in asked.parts or PARTS:
        with tempfile.TemporaryDirectory(prefix="tablero-benchmark-") as folder:
            with console.status(f"Measuring {name}."):
                rows = list(PARTS[name](Path(folder), asked))
            console.print(table_of(rows))
            if asked.keep:
                keeping.keep(name, rows)
    console.print(keeping.machine())


def _asked() -> Namespace:
    parser = ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[[], *PARTS], metavar="PART")
    parser.add_argument("--files", nargs="+", type=int, default=[1000])
    parser.add_argument("--distinct", type=int, default=10_000, help="companies of a portfolio")
    parser.add_argument("--population", type=Path, help="a folder in which they stay")
    parser.add_argument("--keep", action="store_true", help="show it in the README")
    return parser.parse_args()


if __name__ == "__main__":
    main()
