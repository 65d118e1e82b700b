"""Assessment, plan and term of an achievement."""

from __future__ import annotations

from functools import reduce
from operator import add

import pytest

from tablero.udfs import DEFAULT_BANDS, action_band, action_plan, action_term
from tablero.udfs.errors import CellNumberError, CellValueError


@pytest.mark.parametrize(
    ("achievement", "words"),
    [
        (-0.4, ("Not acceptable", "Corrective", "Short")),
        (0, ("Not acceptable", "Corrective", "Short")),
        (0.5999, ("Not acceptable", "Corrective", "Short")),
        (0.6, ("Poor", "Improvement", "Short")),
        (0.7999, ("Poor", "Improvement", "Short")),
        (0.8, ("Good", "Improvement", "Medium")),
        (0.996, ("Good", "Improvement", "Medium")),
        (1, ("Excellent", "Preventive", "Long")),
        (17, ("Excellent", "Preventive", "Long")),
    ],
)
def test_bands_hold_their_lower_bound(achievement: float, words: tuple[str, str, str]) -> None:
    """Half-open from below: exactly 100 % is excellent, and below all bounds is the lowest band."""
    found = (action_band(achievement), action_plan(achievement), action_term(achievement))
    assert found == words


def test_the_error_of_binary_sums_does_not_cost_a_band() -> None:
    """0.1 added up ten times is a little less than 1, and excellent all the same."""
    tenths = reduce(add, [0.1] * 10)  # unlike sum, which newer Pythons round better
    assert tenths < 1
    assert action_band(tenths) == "Excellent"
    assert action_band(1 - 2e-9) == "Good"


def test_the_unrounded_achievement_is_assessed() -> None:
    """79.6 % prints as 80 % and is poor."""
    assert action_band(0.796) == "Poor"


@pytest.mark.parametrize("missing", [None, "", float("nan")])
def test_a_missing_achievement_calls_for_nothing(missing: object) -> None:
    """Each of the three words is empty."""
    assert (action_band(missing), action_plan(missing), action_term(missing)) == ("", "", "")


def test_own_bands_may_be_any_number_with_any_words() -> None:
    """Spare rows at the end, further columns and empty words do no harm."""
    bands = [[0.5, "Red", "", None, "note"], [0.9, "Green", "Keep", "Later", "note"], [None] * 5]
    assert action_band([0.1, 0.9], bands) == ["Red", "Green"]
    assert action_plan([0.1, 0.9], bands) == ["", "Keep"]
    assert action_term([0.1, 0.9], bands) == ["", "Later"]


def test_a_table_of_one_band_may_come_as_a_flat_row() -> None:
    """Hosts hand over a range of one row without its outer list."""
    assert action_band([0.1, 5], [0, "Any", "", ""]) == ["Any", "Any"]


@pytest.mark.parametrize("bands", [None, "", [[None, ""], ["", None]]])
def test_no_table_means_the_bands_of_the_paper(bands: object) -> None:
    """So does a table in which nothing is written."""
    assert action_band(0.7, bands) == action_band(0.7, DEFAULT_BANDS) == "Poor"


@pytest.mark.parametrize("bounds", [(0, 0.6, 0.6), (0.6, 0), (1, 0.8, 0.6)])
def test_bounds_must_ascend(bounds: tuple[float, ...]) -> None:
    """Else no one could say which band an achievement is in."""
    with pytest.raises(CellNumberError, match="ascend"):
        action_band(0.7, [(bound, "Word", "", "") for bound in bounds])


def test_a_table_needs_a_row() -> None:
    """An empty list is a mistake of the caller, not a wish for the default."""
    with pytest.raises(CellNumberError, match="no rows"):
        action_band(0.7, [])


@pytest.mark.parametrize("bound", ["text", "0.6", None, True])
def test_a_bound_must_be_a_number(bound: object) -> None:
    """A word without a bound belongs nowhere."""
    with pytest.raises(CellValueError, match="lower bound"):
        action_band(0.7, [(0, "Red", "", ""), (bound, "Green", "", "")])


def test_a_table_without_the_column_of_the_word_is_refused() -> None:
    """Names alone suffice for the assessment, not for the plan."""
    names = [(0, "Red"), (0.5, "Green")]
    assert action_band(0.7, names) == "Green"
    with pytest.raises(CellValueError, match="columns"):
        action_plan(0.7, names)


@pytest.mark.parametrize("wrong", ["text", "0.7", True])
def test_an_achievement_must_be_a_number(wrong: object) -> None:
    """Text is an error of value."""
    with pytest.raises(CellValueError, match="the achievement must be a number"):
        action_term(wrong)
