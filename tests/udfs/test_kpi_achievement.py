"""Achievement of a goal, in every case that the published practice disagrees about."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest

from tablero.udfs import CellError, kpi_achievement
from tablero.udfs.errors import CellNumberError, CellValueError


@pytest.mark.parametrize(
    ("value", "goal", "desired", "achievement"),
    [
        (35, 70, "High", 0.5),
        (70, 70, "High", 1),
        (105, 70, "High", 1.5),
        (0, 10, "High", 0),
        (-8, -10, "High", 1.2),
        (-12, -10, "High", 0.8),
        (3, -2, "High", 3.5),
        (6, 12, "Low", 1.5),
        (12, 12, "Low", 1),
        (18, 12, "Low", 0.5),
        (0, 10, "Low", 2),
        (-2, 10, "Low", 2.2),
        (-12, -10, "Low", 1.2),
        (-8, -10, "Low", 0.8),
        (18, 20, "Target", 0.9),
        (22, 20, "Target", 0.9),
        (20, 20, "Target", 1),
        (-22, -20, "Target", 0.9),
    ],
)
def test_one_formula_serves_goals_of_either_sign(
    value: float, goal: float, desired: str, achievement: float
) -> None:
    """Better than the goal is above one and worse is below, also when the goal is negative."""
    assert kpi_achievement(value, goal, desired) == pytest.approx(achievement)


@pytest.mark.parametrize(("value", "goal"), [(7, 4), (3, 4), (0.2, 0.9), (11, 11)])
def test_positive_goals_give_the_forms_of_the_paper(value: float, goal: float) -> None:
    """With a positive goal, High is v/g and Low is 2 - v/g: what reproduces table 5."""
    assert kpi_achievement(value, goal, "High") == pytest.approx(value / goal)
    assert kpi_achievement(value, goal, "Low") == pytest.approx(2 - value / goal)


@pytest.mark.parametrize(
    ("value", "desired", "achievement"),
    [
        (0, "High", 1),
        (2, "High", 1),
        (-1, "High", 0),
        (0, "Low", 1),
        (-2, "Low", 1),
        (3, "Low", 0),
        (0, "Target", 1),
        (0.1, "Target", 0),
        (-0.1, "Target", 0),
    ],
)
def test_a_goal_of_zero_is_met_or_not(value: float, desired: str, achievement: float) -> None:
    """A goal of zero that is met scores one, one that is missed scores zero."""
    assert kpi_achievement(value, 0, desired) == achievement


def test_a_goal_of_zero_obeys_floor_and_cap_too() -> None:
    """The limits hold for every achievement."""
    assert kpi_achievement(-1, 0, "High", 0.2) == 0.2
    assert kpi_achievement(1, 0, "High", 0, 0.9) == 0.9


@pytest.mark.parametrize(("value", "goal", "desired"), [(-5, 10, "High"), (25, 10, "Low")])
def test_the_floor_is_zero_unless_told_otherwise(value: float, goal: float, desired: str) -> None:
    """A negative achievement counts as nothing; an empty floor shows it as it is."""
    assert kpi_achievement(value, goal, desired) == 0
    assert kpi_achievement(value, goal, desired, floor=-0.2) == -0.2
    assert kpi_achievement(value, goal, desired, floor=None) == -0.5
    assert kpi_achievement(value, goal, desired, floor="") == -0.5


def test_there_is_no_cap_unless_one_is_given() -> None:
    """An achievement far above the goal stays as it is: a cap would change results in silence."""
    assert kpi_achievement(250, 100) == 2.5
    assert kpi_achievement(250, 100, "High", 0, 1.2) == 1.2
    assert kpi_achievement(250, 100, "High", 0, "") == 2.5


def test_a_floor_above_the_cap_is_refused() -> None:
    """Contradicting limits are an error of number, equal ones are not."""
    with pytest.raises(CellNumberError, match="above the cap"):
        kpi_achievement(5, 10, "High", 2, 1)
    assert kpi_achievement(5, 10, "High", 1, 1) == 1


@pytest.mark.parametrize("missing", [None, "", float("nan"), np.nan, Decimal("nan")])
def test_a_missing_value_or_goal_answers_nothing(missing: object) -> None:
    """Missing is never zero, nor an error, whatever the other arguments hold."""
    assert kpi_achievement(missing, 10) == ""
    assert kpi_achievement(10, missing) == ""
    assert kpi_achievement(missing, 0, "Nonsense", 2, 1) == ""


@pytest.mark.parametrize("word", ["LOW", "low", "Low"])
def test_capitals_of_the_desired_direction_do_not_matter(word: str) -> None:
    """Spreadsheets compare texts that way."""
    assert kpi_achievement(6, 12, word) == 1.5


@pytest.mark.parametrize("missing", [None, "", float("nan")])
def test_a_missing_direction_means_high(missing: object) -> None:
    """An empty cell beside the goal is read as the usual direction."""
    assert kpi_achievement(6, 12, missing) == 0.5


@pytest.mark.parametrize("word", ["Higher", " High", 1, True])
def test_an_unknown_direction_is_refused(word: object) -> None:
    """The sentence names the three words that are known."""
    with pytest.raises(CellValueError, match="High, Low or Target"):
        kpi_achievement(6, 12, word)


@pytest.mark.parametrize("wrong", ["text", "12", " ", True, np.True_, object(), 1j])
def test_what_is_not_a_number_is_refused(wrong: object) -> None:
    """Text, also of digits, and truth values are errors of value in each numeric argument."""
    for arguments in [(wrong, 10), (10, wrong), (5, 10, "High", wrong), (5, 10, "High", 0, wrong)]:
        with pytest.raises(CellError, match="must be a number") as caught:
            kpi_achievement(*arguments)
        assert caught.value.token == "#VALUE!"


@pytest.mark.parametrize("wrong", [float("inf"), float("-inf"), 10**400])
def test_infinite_numbers_are_refused(wrong: object) -> None:
    """No cell can hold them."""
    with pytest.raises(CellError) as caught:
        kpi_achievement(wrong, 10)
    assert caught.value.token == "#NUM!"


def test_an_answer_too_large_for_a_cell_is_refused() -> None:
    """A tiny goal can lift an achievement beyond every number."""
    with pytest.raises(CellNumberError, match="the answer is infinite"):
        kpi_achievement(1e300, 1e-300)


def test_numbers_of_other_libraries_are_numbers() -> None:
    """Numpy scalars and decimals need no conversion by the caller."""
    assert kpi_achievement(np.int64(5), np.float32(10)) == 0.5
    assert kpi_achievement(Decimal("7.5"), Decimal(15)) == 0.5
