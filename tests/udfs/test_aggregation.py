"""Rolling achievements up, and how much of the weight stands behind the result."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tablero.udfs import coverage, weighted_agg
from tablero.udfs.errors import CellNumberError, CellValueError

both = pytest.mark.parametrize("function", [weighted_agg, coverage])


def test_achievements_count_by_their_weights() -> None:
    """The weighted mean of what is there."""
    assert weighted_agg([1.2, 0.6], [0.75, 0.25]) == pytest.approx(1.05)
    assert coverage([1.2, 0.6], [0.75, 0.25]) == 1


@pytest.mark.parametrize("missing", [None, "", float("nan")])
def test_a_missing_child_is_left_out_and_the_others_share_its_weight(missing: object) -> None:
    """It never counts as zero, and the coverage says what is missing."""
    assert weighted_agg([1.2, missing, 0.6], [0.3, 0.4, 0.3]) == pytest.approx(0.9)
    assert coverage([1.2, missing, 0.6], [0.3, 0.4, 0.3]) == pytest.approx(0.6)


def test_an_achievement_of_zero_is_not_missing() -> None:
    """Nothing achieved is a figure."""
    assert weighted_agg([0, 0], [0.5, 0.5]) == 0
    assert coverage([0, 0], [0.5, 0.5]) == 1


def test_when_all_children_are_missing_the_answer_is_missing() -> None:
    """Nothing is known, and the coverage is zero."""
    assert weighted_agg([None, ""], [0.5, 0.5]) == ""
    assert coverage([None, ""], [0.5, 0.5]) == 0


def test_when_only_unweighted_children_are_known_the_answer_is_missing() -> None:
    """A child of weight zero says nothing about its parent."""
    assert weighted_agg([0.7, ""], [0, 1]) == ""
    assert coverage([0.7, ""], [0, 1]) == 0


def test_one_range_may_hold_several_levels() -> None:
    """Rows of another level have an empty weight, which counts as zero."""
    achievements = [0.9, 1.2, 0.6, 0.5, "", None]
    weights = [None, 0.5, 0.5, "", "", ""]
    assert weighted_agg(achievements, weights) == pytest.approx(0.9)
    assert coverage(achievements, weights) == 1


def test_ranges_of_any_equal_shape_give_one_number() -> None:
    """Rows of rows are read like a flat range, and a single cell like a range of one."""
    assert weighted_agg([[1, 2], [3, 4]], [[0.25, 0.25], [0.25, 0.25]]) == 2.5
    assert weighted_agg(((1,), (3,)), ((0.5,), (0.5,))) == 2
    assert weighted_agg(0.8, 1) == 0.8


@both
@pytest.mark.parametrize("weights", [[0.5, 0.4], [0.5, 0.50001], [0, 0], [None, ""]])
def test_weights_must_sum_to_one(function: Callable[..., object], weights: list[object]) -> None:
    """The paper's conditions (6) to (8) are enforced, not assumed."""
    with pytest.raises(CellNumberError, match="sum to"):
        function([1, 1], weights)


@both
def test_rounding_of_weights_is_forgiven(function: Callable[..., object]) -> None:
    """Thirds written with seven digits are weights that sum to one."""
    assert function([1, 1, 1], [0.3333333, 0.3333333, 0.3333333]) == pytest.approx(1)


@both
def test_negative_weights_are_refused(function: Callable[..., object]) -> None:
    """A child cannot count against its parent."""
    with pytest.raises(CellNumberError, match="negative"):
        function([1, 1], [1.5, -0.5])


@both
@pytest.mark.parametrize(
    ("achievements", "weights"),
    [(["text", 1], [0.5, 0.5]), ([1, True], [0.5, 0.5]), ([1, 1], ["text", 1]), (["1", 1], [0, 1])],
)
def test_text_among_numbers_is_refused(
    function: Callable[..., object], achievements: list[object], weights: list[object]
) -> None:
    """Also where the weight is zero: a figure that cannot be read is never passed over."""
    with pytest.raises(CellValueError, match="must be a number"):
        function(achievements, weights)


@both
@pytest.mark.parametrize(
    ("achievements", "weights"),
    [([1, 1, 1], [0.5, 0.5]), ([[1, 1]], [[0.5], [0.5]]), ([1, 1], [[0.5, 0.5]])],
)
def test_ranges_of_different_shape_are_refused(
    function: Callable[..., object], achievements: list[object], weights: list[object]
) -> None:
    """A weight that slipped by a row must not find another child."""
    with pytest.raises(CellValueError, match="same shape"):
        function(achievements, weights)
