"""Filling in a figure and recalculating without a screen, against LibreOffice and ``formulas``."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tablero.workbook_templates.editing.edits import Edit
from tablero.workbook_templates.editing.revision import revise
from tablero.workbook_templates.replacing import Version
from tablero.workbook_templates.workbook import make_board, new_workbook
from tests.benchmarks.companies import paper
from tests.benchmarks.rows import Fact, NotMeasured, Row, Speedup
from tests.benchmarks.timing import Pair, compare, seconds
from tests.engines.libreoffice import Calc, CalcError

WHAT = "filling in a figure, recalculating, saving"
PATIENCE = 90
_BY_FORMULAS = """
import sys
import formulas
formulas.ExcelModel().loads(sys.argv[1]).finish().calculate()
"""


def rows(folder: Path) -> Iterator[Row]:
    path = folder / "plain.xlsx"
    new_workbook(paper(), path, dialect="plain")
    try:
        yield from _against_libreoffice(path)
    except CalcError as missing:
        yield NotMeasured(WHAT, str(missing))
    yield _against_formulas(path)


def _edit() -> Edit:
    table = make_board(paper(), dialect="plain").layout.inputs
    row, column = table.at(paper().inputs[0].id, "m3")
    return Edit(table.title, (row + 1, column + 1), 123.0)


def _ours(path: Path) -> None:
    revise(Version.of(path), [_EDIT]).content  # noqa: B018 - made, not written


_EDIT = _edit()


def _against_libreoffice(path: Path) -> Iterator[Speedup]:
    with Calc() as office:
        office.open(path).close()

        def warm() -> None:
            with office.open(path, recalculate=True) as document:
                document.save(path.with_name("office.xlsx"))

        pair = compare(lambda: _ours(path), warm, runs=7)
    yield Speedup(WHAT, "LibreOffice, warm: open, calculate, save", pair)
    profile = f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"
    command = (
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "ods",
        "--outdir",
        path.parent,
        path,
    )
    pair = compare(
        lambda: _ours(path),
        lambda: subprocess.run(command, capture_output=True, check=True),
        runs=3,
    )
    yield Speedup(WHAT, "LibreOffice, cold: start, open, save", pair)


def _against_formulas(path: Path) -> Row:
    """The peer only loads and calculates; it neither edits nor saves."""
    command = (sys.executable, "-W", "ignore", "-c", _BY_FORMULAS, path)
    try:
        peer = seconds(
            lambda: subprocess.run(command, capture_output=True, check=True, timeout=PATIENCE)
        )
    except subprocess.CalledProcessError as failed:
        reason = failed.stderr.decode().strip().splitlines()[-1:]
        return NotMeasured(WHAT, f"formulas: {''.join(reason)[:120]}")
    except subprocess.TimeoutExpired:
        least = PATIENCE / seconds(lambda: _ours(path))
        against = f"formulas: load and calculate, not done after {PATIENCE} s"
        return Fact(WHAT, against, f"> {least:,.0f} × faster")
    return Speedup(WHAT, "formulas: load and calculate", Pair(seconds(lambda: _ours(path)), peer))
