"""The plain workbook in LibreOffice, which needs no extension for it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tests.conformance.cases import Answer, Case
from tests.conformance.formula_sheets import ANSWERS, write_plain
from tests.conformance.notation import as_answer
from tests.engines.libreoffice import Calc


def answers(cases: Sequence[Case], folder: Path, calc: Calc) -> list[Answer]:
    """What the formulas answer, cell by cell in one workbook."""
    path = folder / "plain.xlsx"
    areas = write_plain(path, cases)
    with calc.open(path, recalculate=True) as workbook:
        found = workbook.read([(ANSWERS, area) for area in areas])
    return [as_answer(rows) for rows in found]
