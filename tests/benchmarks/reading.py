"""Reading and scoring a workbook against openpyxl's load alone and against a warm LibreOffice."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path

import openpyxl

from tablero.workbook_templates.read import read_workbook
from tablero.workbook_templates.scorecard import Scorecard
from tablero.workbook_templates.scoring import score
from tablero.workbook_templates.workbook import new_workbook
from tests.benchmarks.companies import paper
from tests.benchmarks.rows import NotMeasured, Ratio, Row, Speedup
from tests.benchmarks.timing import compare
from tests.engines.libreoffice import Calc, CalcError

AT_MOST = 1.2
AT_LEAST = 20
WHAT = "reading and scoring one workbook"


def rows(folder: Path) -> Iterator[Row]:
    yield _against_openpyxl(folder / "portable.xlsx")
    try:
        yield from _against_libreoffice(folder / "plain.xlsx")
    except CalcError as missing:
        yield NotMeasured(WHAT, str(missing))


def _scored(path: Path) -> Scorecard:
    reading = read_workbook(path)
    return score(reading.definition, reading.figures).at(reading.period)


def _against_openpyxl(path: Path) -> Ratio:
    new_workbook(paper(), path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl tells what it does not keep
        pair = compare(lambda: _scored(path), lambda: openpyxl.load_workbook(path), runs=41)
    return Ratio(WHAT, "openpyxl's load alone", pair, AT_MOST)


def _against_libreoffice(path: Path) -> Iterator[Speedup]:
    """LibreOffice runs already, and it is asked for the plain dialect, all of which it knows."""
    new_workbook(paper(), path, dialect="plain")
    definition = paper()
    scores = score(definition)
    period = scores.calendar.period("year", 12)
    with Calc() as office:

        def recalculated() -> None:
            office.open(path, recalculate=True).close()

        pair = compare(lambda: _scored(path), recalculated, runs=21)
        yield Speedup(WHAT, "LibreOffice, warm: load and recalculate", pair, AT_LEAST)
        with office.open(path) as document:
            pair = compare(lambda: score(definition).at(period), document.calculate, runs=21)
        yield Speedup("scoring alone, all periods", "LibreOffice's recalculation alone", pair)
