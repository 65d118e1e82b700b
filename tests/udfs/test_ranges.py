"""Calls on whole ranges."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tablero.udfs import CellError, action_band, growth_rate, kpi_achievement
from tablero.udfs.errors import CellNumberError, CellValueError


def test_a_range_is_answered_in_its_own_shape() -> None:
    """Flat stays flat, rows stay rows, and an empty range stays empty."""
    assert growth_rate([2, 3], [1, 1]) == [1, 2]
    assert growth_rate([[2, 3], [4, ""]], [[1, 1], [1, 1]]) == [[1, 2], [3, ""]]
    assert growth_rate([[2], [3]], [[1], [1]]) == [[1], [2]]
    assert growth_rate([], []) == []
    assert growth_rate([[], []], [[], []]) == [[], []]


def test_a_single_cell_goes_with_every_cell_of_a_range() -> None:
    """One goal for a column of values, or one value against several goals."""
    assert kpi_achievement([5, 20], 10) == [0.5, 2]
    assert kpi_achievement(10, [[5, 20]], [["High", "Low"]]) == [[2, 1.5]]


def test_arrays_and_series_are_ranges() -> None:
    """Whatever can be iterated, short of text."""
    assert kpi_achievement(np.array([5.0, np.nan]), (10, 10)) == [0.5, ""]
    assert kpi_achievement(np.array([[5, 10]]), 10) == [[0.5, 1]]
    assert kpi_achievement(pd.Series([5, 10]), 10) == [0.5, 1]


@pytest.mark.parametrize(
    ("values", "goals"),
    [([1, 2], [1, 2, 3]), ([1, 2], [[1, 2]]), ([[1, 2]], [[1], [2]]), ([[1, 2]], [[1, 2], [3, 4]])],
)
def test_ranges_of_different_shape_are_refused(values: object, goals: object) -> None:
    """The whole call is an error of value: no cell of it could be trusted."""
    with pytest.raises(CellValueError, match="differ in shape"):
        kpi_achievement(values, goals)


@pytest.mark.parametrize("ragged", [[[1, 2], [3]], [[1, 2], 3], [1, [2, 3]], [[[1]]]])
def test_ragged_ranges_are_refused(ragged: object) -> None:
    """A range is one row of cells, or rows of equal length."""
    with pytest.raises(CellValueError, match="rows of equal length"):
        kpi_achievement(ragged, 10)


def test_a_wrong_cell_holds_its_error_and_spoils_no_other() -> None:
    """As in a spreadsheet, where each cell of a column shows its own error."""
    half, text, infinite, whole = kpi_achievement([5, "text", float("inf"), 10], 10)
    assert (half, whole) == (0.5, 1)
    assert isinstance(text, CellValueError)
    assert isinstance(infinite, CellNumberError)
    assert str(text) == "the value must be a number, not 'text'"


def test_limits_may_be_ranges_and_count_only_where_there_is_an_achievement() -> None:
    """A floor above its cap is an error in its own cell, and none where the value is missing."""
    floors, caps = [0, 0.8, 3, 3], [1, "", 2, 2]
    capped, floored, wrong, missing = kpi_achievement([20, 5, 10, ""], 10, "High", floors, caps)
    assert (capped, floored, missing) == (1, 0.8, "")
    assert isinstance(wrong, CellNumberError)
    assert kpi_achievement(["", None], 10, "High", 3, 2) == ["", ""]


def test_an_error_that_concerns_the_whole_call_is_raised() -> None:
    """A table of bands is wrong for all achievements."""
    with pytest.raises(CellError):
        action_band([0.1, 0.2], [(1, "High", "", ""), (0, "Low", "", "")])
