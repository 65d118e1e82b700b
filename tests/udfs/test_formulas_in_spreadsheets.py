"""The LAMBDA and the plain formula of every function answer as its Python body does."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

from tablero.udfs.registry import FUNCTIONS, lambda_text
from tests.engines.ironcalc_engine import Workbook
from tests.engines.libreoffice import Calc
from tests.udfs.calls import cell_calls, logical_calls, range_calls
from tests.udfs.sheets import ANSWERS, Asked, differences, write_plain, write_portable


def differences_in_ironcalc(path: Path, asked: Sequence[Asked]) -> list[str]:
    workbook = Workbook.load(path)
    return differences(asked, {area: workbook.values(ANSWERS, area) for _, area in asked})


def differences_in_libreoffice(calc: Calc, path: Path, asked: Sequence[Asked]) -> list[str]:
    with calc.open(path, recalculate=True) as workbook:
        answers = workbook.read([(ANSWERS, area) for _, area in asked])
    return differences(asked, {area: rows for (_, area), rows in zip(asked, answers, strict=True)})


def test_every_function_is_called_in_the_table_of_cases() -> None:
    """No function escapes the comparison of hosts."""
    for calls in (cell_calls(), logical_calls()):
        assert {call.function for call in calls} == {function.name for function in FUNCTIONS}


def test_lambdas_answer_cells_as_the_bodies_do(tmp_path: Path) -> None:
    """A call of a LAMBDA name on cells gives the body's answer, errors included."""
    path = tmp_path / "portable.xlsx"
    asked = write_portable(path, cell_calls() + logical_calls())
    assert differences_in_ironcalc(path, asked) == []


def test_lambdas_answer_ranges_element_by_element(tmp_path: Path) -> None:
    """A call on a whole column fills a column, a wrong cell in it spoiling only its own answer."""
    path = tmp_path / "ranges.xlsx"
    asked = write_portable(path, range_calls())
    assert differences_in_ironcalc(path, asked) == []


def test_plain_formulas_answer_in_ironcalc_as_the_bodies_do(tmp_path: Path) -> None:
    """A call written out as its formula gives the body's answer, errors included."""
    path = tmp_path / "plain.xlsx"
    asked = write_plain(path, cell_calls() + logical_calls())
    assert differences_in_ironcalc(path, asked) == []


def test_plain_formulas_answer_in_libreoffice_as_the_bodies_do(tmp_path: Path, calc: Calc) -> None:
    """The same formulas in a real spreadsheet."""
    path = tmp_path / "plain.xlsx"
    asked = write_plain(path, cell_calls())
    assert differences_in_libreoffice(calc, path, asked) == []


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
    }


def _example_answer(folder: Path, example: str) -> object:
    path = folder / "example.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        for function in FUNCTIONS:
            workbook.define_name(function.name, f"={lambda_text(function)}")
        workbook.add_worksheet(ANSWERS).write_dynamic_array_formula("A1", f"={example}")
    answer = Workbook.load(path).value(ANSWERS, "A1")
    return round(answer, 6) if isinstance(answer, float) else answer
