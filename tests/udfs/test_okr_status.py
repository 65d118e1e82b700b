"""The status of key results and objectives in the course of a quarter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tablero.udfs import okr_status
from tablero.udfs.errors import CellNumberError, CellValueError

ORDER = ["Off track", "At risk", "On track"]
SPANISH = [
    [0, 0, 0, "Fuera de curso", "Fuera de curso"],
    [0.4, 0.7, 0.2, "En riesgo", "En riesgo"],
    [0.7, 1, 0.5, "En curso", "Desactualizado"],
]
shares = st.integers(0, 20).map(lambda twentieths: twentieths / 20)


@pytest.mark.parametrize(
    ("progress", "aspirational", "committed"),
    [
        (1.2, "On track", "On track"),
        (1, "On track", "On track"),
        (0.99, "On track", "At risk"),
        (0.7, "On track", "At risk"),
        (0.69, "At risk", "Off track"),
        (0.4, "At risk", "Off track"),
        (0.39, "Off track", "Off track"),
        (-1, "Off track", "Off track"),
    ],
)
def test_at_the_end_a_grade_is_what_was_made(
    progress: float, aspirational: str, committed: str
) -> None:
    """Seven tenths of an aspiration are a success, of a commitment only all of it is."""
    assert okr_status(progress, 1) == aspirational
    assert okr_status(progress, 1, "Committed") == committed


@pytest.mark.parametrize("expected", [0.1, 0.25, 0.5, 0.9])
def test_during_the_quarter_a_grade_is_that_of_the_pace(expected: float) -> None:
    """What would come of it at the end if it went on like this."""
    for pace in (0.3, 0.4, 0.6, 0.7, 0.9, 1, 1.1):
        for commitment in ("Committed", "Aspirational"):
            now = okr_status(pace * expected, expected, commitment)
            assert now == okr_status(pace, 1, commitment)


def test_on_the_first_day_nothing_is_expected() -> None:
    """Whatever is not below its start is on track."""
    assert okr_status(0, 0) == okr_status(0, 0, "Committed") == "On track"
    assert okr_status(-0.01, 0) == "Off track"


def test_the_rounding_error_of_sums_costs_no_grade() -> None:
    """One that lacks a billionth of its bound has reached it."""
    assert okr_status(0.7 - 5e-10, 1) == "On track"
    assert okr_status(0.7 - 5e-9, 1) == "At risk"
    assert okr_status(0.1 + 0.2 + 0.1 - 5e-17, 0.4, "Committed") == "On track"


@pytest.mark.parametrize(
    ("confidence", "status"),
    [(None, "On track"), (0.5, "On track"), (0.49, "At risk"), (0.2, "At risk"), (0, "Off track")],
)
def test_low_confidence_takes_a_good_grade_away(confidence: float | None, status: str) -> None:
    """Below even odds, and further below two of ten; no confidence is not asked for."""
    assert okr_status(0.5, 0.5, "Committed", confidence) == status
    assert okr_status(0.5, 0, "Committed", confidence) == status


@pytest.mark.parametrize(
    ("days", "status"), [(None, "On track"), (0, "On track"), (7, "On track"), (8, "Outdated")]
)
def test_an_old_check_in_takes_green_away(days: float | None, status: str) -> None:
    """Bad news stays what it is, however old."""
    assert okr_status(0.5, 0.5, days=days) == status
    assert okr_status(0.3, 0.5, days=days) == "At risk"
    assert okr_status(0.1, 0.5, days=days) == "Off track"


@pytest.mark.parametrize(
    ("limit", "status"), [(14, "On track"), (8, "Outdated"), (None, "Outdated"), ("", "Outdated")]
)
def test_check_ins_are_due_each_week_unless_it_is_said(
    limit: float | str | None, status: str
) -> None:
    """A key result of the year may do with one a fortnight."""
    assert okr_status(0.5, 0.5, days=9, limit=limit) == status


@pytest.mark.parametrize("missing", [None, "", float("nan")])
def test_without_progress_or_expected_progress_there_is_no_status(
    missing: float | str | None,
) -> None:
    """And no error either, whatever the rest holds."""
    assert okr_status(missing, 0.5, "Promised", "text") == ""
    assert okr_status(0.5, missing, "Promised", "text", "text", "text") == ""


def test_words_and_bounds_come_from_the_settings() -> None:
    """In the workbook's language; empty rows and further columns do not matter."""
    settings = [[*row, "more"] for row in SPANISH] + [[None] * 6]
    assert okr_status([0.1, 0.3, 0.5], 0.5, grades=settings) == [
        "Fuera de curso",
        "En riesgo",
        "En curso",
    ]
    assert okr_status(0.5, 0.5, days=9, grades=settings) == "Desactualizado"
    assert okr_status(0.01, 0.5, grades=[0.1, 0.1, 0.5, "Any", None]) == "Any"
    assert okr_status(0.01, 0.5, days=9, grades=[0.1, 0.1, 0.5, "Any", None]) == ""
    assert okr_status(0.5, 0.5, grades=[[None, ""], ["", None]]) == "On track"


@pytest.mark.parametrize("commitment", ["committed", "COMMITTED"])
def test_capitals_of_a_commitment_do_not_matter(commitment: str) -> None:
    """And one that is missing counts as an aspiration."""
    assert okr_status(0.8, 1, commitment) == "At risk"
    assert okr_status(0.8, 1, None) == okr_status(0.8, 1, "ASPIRATIONAL") == "On track"


@pytest.mark.parametrize(
    "call",
    [
        ("text", 0.5),
        (0.5, "text"),
        (0.5, True),
        (0.5, 0.5, "Promised"),
        (0.5, 0.5, None, "high"),
        (0.5, 0.5, None, None, "today"),
        (0.5, 0.5, None, None, 9, "week"),
        (0.5, 0.5, None, None, None, None, [[0, 0, 0, "Any"]]),
        (0.5, 0.5, None, None, None, None, [[0, "x", 0, "Any", "Any"]]),
    ],
)
def test_texts_for_numbers_and_unknown_words_are_errors(call: tuple[object, ...]) -> None:
    """Also in the settings."""
    with pytest.raises(CellValueError):
        okr_status(*call)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        ((0.5, 50), "the expected progress must lie from 0 to 1, not at 50"),
        ((0.5, -0.1), "the expected progress must lie from 0 to 1"),
        ((0.5, 0.5, None, 7), "the confidence must lie from 0 to 1, not at 7"),
        ((0.5, 0.5, None, None, -2), "the newest check-in lies 2 days after the as-of date"),
        ((0.5, 0.5, None, None, None, None, []), "the table of grades has no rows"),
        ((0.5, 0.5, None, None, None, None, SPANISH[::-1]), "the grades' lower bounds must ascend"),
    ],
)
def test_impossible_figures_are_errors(call: tuple[object, ...], sentence: str) -> None:
    """Per cent for a fraction, seven of ten for 0.7, a check-in of the future."""
    with pytest.raises(CellNumberError, match=sentence):
        okr_status(*call)


def test_a_column_is_one_call() -> None:
    """Errors stand in their own cells."""
    good, poor, wrong, missing = okr_status([0.5, 0.5, 0.5, None], 0.5, "", [0.5, 0.3, 5, 5])
    assert (good, poor, missing) == ("On track", "At risk", "")
    assert isinstance(wrong, CellNumberError)


@given(shares, shares, shares, shares, shares, st.sampled_from(["Committed", "Aspirational"]))
def test_more_progress_and_more_confidence_never_cost_a_grade(
    made: float, more: float, sure: float, surer: float, expected: float, commitment: str
) -> None:
    """And a commitment is never graded better than an aspiration."""
    now = ORDER.index(okr_status(made, expected, commitment, sure))
    better = okr_status(made + more, expected, commitment, min(1, sure + surer))
    assert now <= ORDER.index(better)
    assert now <= ORDER.index(okr_status(made, expected, "Aspirational", sure))
