"""Figures of a period of months, this year and last."""

from __future__ import annotations

import pytest

from tablero.udfs import period_value, previous_value
from tablero.udfs.errors import CellValueError

MONTHS = [16, 7, "", 3, None, 12]
FIRST_FOUR = [1, 1, 1, 1, 0, 0]


@pytest.mark.parametrize(
    ("method", "figure"), [("T", 26), ("A", 26 / 3), ("L", 3), ("t", 26), ("a", 26 / 3), ("l", 3)]
)
def test_only_filled_months_of_the_period_count(method: str, figure: float) -> None:
    """A month without a figure is missing, not zero, in the average too."""
    assert period_value(MONTHS, FIRST_FOUR, method) == pytest.approx(figure)


def test_a_month_of_zero_is_filled() -> None:
    """It lowers the average and can be the last."""
    assert period_value([4, 0], [1, 1], "A") == 2
    assert period_value([4, 0], [1, 1], "L") == 0


@pytest.mark.parametrize("method", ["T", "A", "L"])
def test_a_period_without_a_filled_month_has_no_figure(method: str) -> None:
    """Whether its months are empty or it has none."""
    assert period_value(["", None, 5], [1, 1, 0], method) == ""
    assert period_value([1, 2, 3], [0, None, ""], method) == ""


@pytest.mark.parametrize(
    "shape", [lambda row: row, lambda row: [row], lambda row: [[c] for c in row]]
)
def test_months_may_stand_in_a_row_or_in_a_column(shape: object) -> None:
    """Flat, as one row, or as rows of one cell."""
    assert callable(shape)
    assert period_value(shape([1, 2, 4]), shape([0, 1, 1]), "T") == 6


def test_text_counts_only_inside_the_period() -> None:
    """What stands in other months does not matter."""
    assert period_value([1, "pending"], [1, 0], "T") == 1
    with pytest.raises(CellValueError, match="a month must be a number"):
        period_value([1, "pending"], [1, 1], "T")


@pytest.mark.parametrize("flag", [2, 0.5, -1, "x", "1", True])
def test_flags_are_zero_or_one(flag: object) -> None:
    """Anything else is a mistake that would drop a month in silence."""
    with pytest.raises(CellValueError, match="in_period"):
        period_value([1, 2], [1, flag], "T")


@pytest.mark.parametrize("method", ["X", "", None, "Total", 1])
def test_an_unknown_method_is_refused(method: object) -> None:
    """Also when the period has no figure."""
    with pytest.raises(CellValueError, match="method must be T, A or L"):
        period_value(["", ""], [1, 1], method)


def test_flags_must_have_the_shape_of_the_months() -> None:
    """A flag that slipped by a month must not choose another."""
    with pytest.raises(CellValueError, match="same shape"):
        period_value([1, 2, 3], [1, 1], "T")


NOW = [30, 40, None, 9]
FLAGS = [1, 1, 1, 0]


@pytest.mark.parametrize(("method", "figure"), [("T", 60), ("A", 30), ("L", 35)])
def test_the_same_months_of_last_year_are_compared(method: str, figure: float) -> None:
    """March is in the period but not filled this year, so it is left out of last year too."""
    assert previous_value(NOW, FLAGS, [25, 35, 45, 1], 420, method) == figure


@pytest.mark.parametrize(("method", "figure"), [("T", 70), ("A", 420), ("L", 420)])
@pytest.mark.parametrize(
    "last_months", [None, "", [None] * 4, [25, None, 45, 1], [25, "", None, None]]
)
def test_last_years_figure_stands_in_for_months_not_known(
    last_months: object, method: str, figure: float
) -> None:
    """A total for its share of the year, two months of twelve; an average or last as it is."""
    assert previous_value(NOW, FLAGS, last_months, 420, method) == figure


@pytest.mark.parametrize("method", ["T", "A", "L"])
def test_without_any_figure_of_last_year_there_is_none(method: str) -> None:
    """Nothing is made up."""
    assert previous_value(NOW, FLAGS, None, None, method) == ""
    assert previous_value(NOW, FLAGS, [25, None, 45, 1], "", method) == ""


def test_without_a_filled_month_this_year_there_is_nothing_to_compare() -> None:
    """Even if last year is fully known."""
    assert previous_value([None, ""], [1, 1], [5, 6], 66, "T") == ""


@pytest.mark.parametrize(
    "arguments",
    [
        (NOW, FLAGS, [25, "text", 45, 1], 420, "T"),
        (NOW, FLAGS, None, "text", "T"),
        ([30, "text"], [1, 1], None, 420, "T"),
        (NOW, FLAGS, [25, 35], 420, "T"),
        (NOW, FLAGS, None, 420, "X"),
        (NOW, [1, 1, 3, 0], None, 420, "T"),
    ],
)
def test_wrong_figures_of_last_year_are_refused(arguments: tuple[object, ...]) -> None:
    """Text, other shapes, unknown methods and flags are errors of value."""
    with pytest.raises(CellValueError):
        previous_value(*arguments)


def test_text_in_last_years_months_that_are_not_used_does_not_matter() -> None:
    """As for this year's months outside the period."""
    assert previous_value(NOW, FLAGS, [25, 35, "closed", "closed"], None, "T") == 60
