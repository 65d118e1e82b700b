"""The plain workbook: every call written out as its formula, calculated by IronCalc."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tests.conformance.cases import Answer, Case
from tests.conformance.formula_sheets import ANSWERS, write_plain
from tests.conformance.notation import as_answer
from tests.engines.ironcalc_engine import Workbook


def answers(cases: Sequence[Case], folder: Path) -> list[Answer]:
    """What the formulas answer, cell by cell in one workbook."""
    path = folder / "plain.xlsx"
    areas = write_plain(path, cases)
    workbook = Workbook.load(path)
    return [as_answer(workbook.values(ANSWERS, area)) for area in areas]
