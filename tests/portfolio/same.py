"""The values of a workbook, read at once and as a single workbook is read, side by side."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tablero.workbook_templates.portfolio.values import read_values
from tablero.workbook_templates.problems import Problem, ProblemsError
from tablero.workbook_templates.read import Reading, ValueReading, read_workbook
from tests.reading.facts import LATER

UNSEEN = {"formula_overwritten", "name_lost"}
"""What only the reading of a single workbook looks for: formulas, and names that lead to them."""


def assert_same(path: Path) -> ValueReading | tuple[Problem, ...]:
    """Both read the same, or refuse the file with the same words; what was read, or these."""
    try:
        expected = read_workbook(path, today=LATER)
    except ProblemsError as refused:
        problems = refused.problems
    else:
        found = read_values(path.read_bytes(), path.name, today=LATER)
        assert_same_values(found, expected)
        return found
    with pytest.raises(ProblemsError) as raised:
        read_values(path.read_bytes(), path.name, today=LATER)
    assert raised.value.problems == problems
    return problems


def assert_same_values(found: ValueReading, expected: Reading) -> None:
    """The same definition, figures, period and problems."""
    assert found.definition == expected.definition
    assert found.definition.model_dump() == expected.definition.model_dump()
    assert found.figures.ids == expected.figures.ids
    np.testing.assert_array_equal(found.figures.months, expected.figures.months)
    np.testing.assert_array_equal(found.figures.last_year, expected.figures.last_year)
    for field in ("period", "language", "dialect", "schema"):
        assert getattr(found, field) == getattr(expected, field)
    assert _seen(found.problems) == _seen(expected.problems)


def _seen(problems: tuple[Problem, ...]) -> list[Problem]:
    return [problem for problem in problems if problem.code not in UNSEEN]
