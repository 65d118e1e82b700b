"""Progress of key results of every kind, and the score of their objective."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tablero.udfs import CellError, okr_progress, okr_score
from tablero.udfs.errors import CellNumberError, CellValueError

figures = st.integers(-1000, 1000).map(lambda thousandths: thousandths / 8)


@pytest.mark.parametrize(
    ("start", "current", "target", "progress"),
    [
        (200, 230, 260, 0.5),
        (40, 34, 10, 0.2),
        (-10, -5, 0, 0.5),
        (200, 200, 260, 0),
        (200, 260, 260, 1),
        (200, 290, 260, 1.5),
        (200, 170, 260, -0.5),
        (40, 55, 10, -0.5),
    ],
)
def test_a_change_counts_the_share_of_the_way(
    start: float, current: float, target: float, progress: float
) -> None:
    """Up or down, and beyond either end."""
    assert okr_progress(start, current, target) == pytest.approx(progress)


@pytest.mark.parametrize("kind", ["Change", "CHANGE", "", None])
def test_a_key_result_is_a_change_unless_it_is_said(kind: str | None) -> None:
    """Capitals do not matter, and what a change does not need is not looked at."""
    assert okr_progress(0, 5, 10, kind, "text") == 0.5


def test_a_target_that_equals_the_start_is_an_error() -> None:
    """There is no way of which a share could be made."""
    with pytest.raises(CellNumberError, match="the target 5 equals the start"):
        okr_progress(5, 5, 5)


@pytest.mark.parametrize(
    ("start", "current", "progress"),
    [
        (90, 45, 1),
        (90, 30, 1),
        (90, 37, 1),
        (90, 90, 0),
        (90, 54, 0.8),
        (90, 21, 0.8),
        (90, 135, -1),
        (20, 25, 0.5),
        (40, 37, 1),
        (40, 46, 0),
        (None, 37, 1),
        ("", 29, 0),
    ],
)
def test_keeping_between_bounds_falls_with_the_distance(
    start: float | str | None, current: float, progress: float
) -> None:
    """1 inside; 0 as far away as at the start, or wherever nothing is to measure by."""
    assert okr_progress(start, current, 30, "Between", 45) == pytest.approx(progress)


def test_bounds_that_are_the_wrong_way_round_are_an_error() -> None:
    """Equal ones ask for one value exactly, short of the rounding error of sums."""
    with pytest.raises(CellNumberError, match="the lower bound 45 lies above the upper bound 30"):
        okr_progress(90, 40, 45, "Between", 30)
    assert okr_progress(None, 0.1 + 0.2, 0.3, "Between", 0.3) == 1


@pytest.mark.parametrize(
    ("current", "target", "progress"),
    [(0, 1, 0), (1, 1, 1), (2, 1, 1), (0.99, 1, 0), (0.8, 0.8, 1)],
)
def test_a_milestone_is_reached_or_not(current: float, target: float, progress: float) -> None:
    """Whatever its start; half of it is nothing."""
    assert okr_progress("text", current, target, "milestone") == progress


@pytest.mark.parametrize("kind", ["Change", "Between", "Milestone", "Best"])
@pytest.mark.parametrize("missing", [None, "", float("nan")])
def test_without_current_value_or_target_there_is_no_progress(
    kind: str, missing: float | str | None
) -> None:
    """And no error either, whatever the rest holds."""
    assert okr_progress("text", missing, 1, kind, "text") == ""
    assert okr_progress("text", 1, missing, kind, "text") == ""


def test_what_a_kind_needs_more_is_missing_too() -> None:
    """The start of a change, the upper bound of a range."""
    assert okr_progress(None, 5, 10) == ""
    assert okr_progress(0, 5, 10, "Between") == ""


@pytest.mark.parametrize(
    "call",
    [
        ("text", 5, 10),
        (0, "5", 10),
        (0, 5, True),
        (0, 5, 10, "Best"),
        ("text", 5, 10, "Between", 20),
        (0, "text", 10, "Between", 20),
        (0, 5, "text", "Between", 20),
        (0, 5, 10, "Between", "text"),
        (0, "yes", 1, "Milestone"),
        (0, 1, "yes", "Milestone"),
    ],
)
def test_texts_for_numbers_and_unknown_kinds_are_errors(call: tuple[object, ...]) -> None:
    """A milestone, too, is typed as a number: no word for yes goes with every language."""
    with pytest.raises(CellValueError):
        okr_progress(*call)


def test_a_column_of_key_results_of_every_kind_is_one_call() -> None:
    """Errors stand in their own cells."""
    made, kept, wrong, missing = okr_progress(
        [200, 90, 3, 0],
        [230, 54, 3, None],
        [260, 30, 3, 5],
        ["", "Between", "", ""],
        ["", 45, "", ""],
    )
    assert (made, kept, missing) == (0.5, pytest.approx(0.8), "")
    assert isinstance(wrong, CellNumberError)


@given(figures, figures, figures, figures.filter(bool), figures)
def test_the_unit_of_a_key_result_does_not_matter(
    start: float, current: float, target: float, factor: float, shift: float
) -> None:
    """Degrees of either scale give the same progress, also when more becomes less."""
    try:
        plain = okr_progress(start, current, target)
    except CellError:
        return
    turned = [one * factor + shift for one in (start, current, target)]
    assert okr_progress(*turned) == pytest.approx(plain, abs=1e-9)


def test_a_score_is_the_weighted_mean_from_0_to_1() -> None:
    """What goes beyond a target makes up for nothing, and what got worse costs no more."""
    assert okr_score([0.5, 1.4, -0.2], [0.5, 0.25, 0.25]) == pytest.approx(0.5)
    assert okr_score([9, 9], [0.5, 0.5]) == 1
    assert okr_score([-9, -9], [0.5, 0.5]) == 0


def test_a_key_result_without_progress_leaves_its_weight_to_the_others() -> None:
    """It never counts as 0; without any there is no score."""
    assert okr_score([0.8, "", 0.4], [0.25, 0.5, 0.25]) == pytest.approx(0.6)
    assert okr_score([None, ""], [0.5, 0.5]) == ""
    assert okr_score([None, 0.7], [1, None]) == ""


@pytest.mark.parametrize(
    ("progress", "weights", "error"),
    [
        ([0.5, 0.5], [0.5, 0.4], CellNumberError),
        ([0.5, 0.5], [-0.5, 1.5], CellNumberError),
        ([0.5, "text"], [0.5, 0.5], CellValueError),
        ([0.5, 0.5], [0.5, "text"], CellValueError),
        ([0.5], [0.5, 0.5], CellValueError),
    ],
)
def test_scores_refuse_what_weighted_means_refuse(
    progress: list[object], weights: list[object], error: type[CellError]
) -> None:
    """Weights that do not sum to 1, texts, shapes that differ."""
    with pytest.raises(error):
        okr_score(progress, weights)


def test_a_text_is_told_as_a_progress() -> None:
    """The sentence speaks of key results, not of KPIs."""
    with pytest.raises(CellValueError, match="a progress must be a number, not 'text'"):
        okr_score(["text"], [1])
