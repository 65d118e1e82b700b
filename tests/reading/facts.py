"""What a reading says, in a form that can be compared."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np

from tablero.workbook_templates.board import Board
from tablero.workbook_templates.definition import Definition
from tablero.workbook_templates.figures import Figures
from tablero.workbook_templates.library import load_template
from tablero.workbook_templates.periods import Period
from tablero.workbook_templates.problems import Problem
from tablero.workbook_templates.read import Reading
from tablero.workbook_templates.workbook import make_board
from tests.engines.spreadsheet import Place

# Later than any month of the companies in these tests.
LATER = date(2040, 1, 1)
CANO = load_template("cano")


def board(language: str = "en", definition: Definition = CANO) -> Board:
    """Where everything stands in a workbook that nobody has changed."""
    return make_board(definition, language=language)


def month_cell(name: str, month: int, language: str = "en") -> Place:
    """The cell of an input's month on the Inputs sheet."""
    table = board(language).layout.inputs
    return table.title, table.cell(name, f"m{month}")


def matrix_cell(key: str, column: str) -> Place:
    """A cell of the Matrix sheet."""
    table = board().layout.matrix
    return table.title, table.cell(key, column)


def codes(reading: Reading) -> list[str]:
    """The codes of all problems, in order."""
    return [problem.code for problem in reading.problems]


def places(problem: Problem) -> tuple[str, str, str]:
    """Code, sheet and cell of a problem."""
    return problem.code, problem.sheet, problem.cell


def without_figures(definition: Definition) -> Definition:
    """What a workbook remembers of a definition: all but the figures, which are typed cells."""
    return definition.model_copy(update={"figures": {}})


def assert_same_figures(found: Figures, expected: Figures) -> None:
    """The same figures for the same inputs, and the same gaps."""
    assert found.ids == expected.ids
    np.testing.assert_allclose(found.months, expected.months, rtol=1e-15)
    np.testing.assert_allclose(found.last_year, expected.last_year, rtol=1e-15)


def rounded(part: Any) -> Any:
    """A definition's data with numbers of fifteen digits, which is what spreadsheets keep."""
    if isinstance(part, float):
        return float(f"{part:.15g}")
    if isinstance(part, dict):
        return {key: rounded(value) for key, value in part.items()}
    return [rounded(one) for one in part] if isinstance(part, list) else part


def facts(definition: Definition) -> Any:
    """A definition's data, all but the figures."""
    return rounded(without_figures(definition).model_dump(mode="json"))


def assert_unchanged(reading: Reading, definition: Definition, period: Period) -> None:
    """The definition, the figures and the period of a workbook that nobody has changed."""
    assert facts(reading.definition) == facts(definition)
    assert_same_figures(reading.figures, Figures.of(definition))
    assert reading.period == period
