"""The portable workbook: LAMBDA names that it holds itself, calculated by IronCalc."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tests.conformance.cases import Answer, Case
from tests.conformance.formula_sheets import ANSWERS, write_portable
from tests.conformance.notation import as_answer
from tests.engines.ironcalc_engine import Workbook


def answers(cases: Sequence[Case], folder: Path) -> list[Answer]:
    """What the names answer in dynamic-array cells of one workbook."""
    path = folder / "portable.xlsx"
    areas = write_portable(path, cases)
    workbook = Workbook.load(path)
    return [as_answer(workbook.values(ANSWERS, area)) for area in areas]
