"""The example that is shown for a function works in a cell as it stands."""

from __future__ import annotations

from pathlib import Path

import xlsxwriter

from tablero.udfs.registry import FUNCTIONS, lambda_text
from tests.engines.ironcalc_engine import Workbook

ANSWERS = "Answers"


def test_examples_of_the_registry_are_answered(tmp_path: Path) -> None:
    """The example that is shown for a function can be typed into a cell as it stands."""
    answers = {function.name: _example_answer(tmp_path, function.example) for function in FUNCTIONS}
    assert answers == {
        "KPI_ACHIEVEMENT": 1.314286,
        "WEIGHTED_AGG": 0.808958,
        "COVERAGE": 0.5,
        "ACTION_BAND": "Good",
        "ACTION_PLAN": "Improvement",
        "ACTION_TERM": "Medium",
        "PERIOD_VALUE": 23,
        "PREVIOUS_VALUE": 60,
        "GROWTH_RATE": 0.031727,
        "IMPROVEMENT_RATE": 0.25,
        "OKR_PROGRESS": 0.2,
        "OKR_SCORE": 0.5,
        "OKR_STATUS": "At risk",
    }


def _example_answer(folder: Path, example: str) -> object:
    path = folder / "example.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        for function in FUNCTIONS:
            workbook.define_name(function.name, f"={lambda_text(function)}")
        workbook.add_worksheet(ANSWERS).write_dynamic_array_formula("A1", f"={example}")
    answer = Workbook.load(path).value(ANSWERS, "A1")
    return round(answer, 6) if isinstance(answer, float) else answer
