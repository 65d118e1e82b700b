"""The roll-up: what is missing lowers coverage only, and broken weights give no score above."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tablero.workbook_templates.definition import Definition
from tablero.workbook_templates.scoring import score
from tests.scoring.companies import (
    a_company,
    a_kpi,
    a_perspective,
    an_input,
    an_objective,
    kpi,
    months,
    scorecard,
)

INPUTS = [an_input(name, "A") for name in ("a", "b", "c", "d")]


def two_perspectives(
    figures: dict[str, float], *, weights: tuple[float, float] = (0.5, 0.5), **more: Any
) -> Definition:
    """Perspective x: objective 1 of KPIs a and b, objective 2 of c; y: objective 3 of d."""
    x = a_perspective(
        "x",
        0.6,
        an_objective(
            "1", 0.7, a_kpi("ka", "a", weight=weights[0]), a_kpi("kb", "b", weight=weights[1])
        ),
        an_objective("2", 0.3, a_kpi("kc", "c")),
    )
    y = a_perspective("y", 0.4, an_objective("3", 1, a_kpi("kd", "d")))
    inputs = [{**one, "perspective": "x"} for one in INPUTS]
    known = {name: {"months": months(one)} for name, one in figures.items()}
    return a_company(inputs, figures=known, perspectives=[x, y], **more)


FULL = {"a": 1.0, "b": 0.5, "c": 0.2, "d": 0.9}


def test_achievements_roll_up_by_weight() -> None:
    """KPIs to objectives to perspectives to the strategy."""
    card = scorecard(two_perspectives(FULL))
    objective = 0.5 * 1 + 0.5 * 0.5
    perspective = 0.7 * objective + 0.3 * 0.2
    assert card.perspectives[0].objectives[0].score.achievement == pytest.approx(objective)
    assert card.perspectives[0].score.achievement == pytest.approx(perspective)
    assert card.strategy.achievement == pytest.approx(0.6 * perspective + 0.4 * 0.9)
    assert card.strategy.coverage == pytest.approx(1)


def test_what_is_missing_lowers_the_coverage_not_the_achievement() -> None:
    """Without KPI b its objective stands on a alone, with half of its weight covered."""
    card = scorecard(two_perspectives({"a": 1.0, "c": 0.2, "d": 0.9}))
    first = card.perspectives[0].objectives[0].score
    assert (first.achievement, first.coverage) == pytest.approx((1.0, 0.5))
    assert card.perspectives[0].score.coverage == pytest.approx(0.7 * 0.5 + 0.3)
    assert card.strategy.coverage == pytest.approx(0.6 * 0.65 + 0.4)


def test_a_perspective_without_figures_has_no_achievement_and_no_band() -> None:
    """The strategy then stands on the other perspective, and says so by its coverage."""
    card = scorecard(two_perspectives({"d": 0.9}))
    empty, full = (one.score for one in card.perspectives)
    assert (empty.achievement, empty.band, empty.coverage) == (None, None, 0)
    assert full.achievement == pytest.approx(0.9)
    assert (card.strategy.achievement, card.strategy.coverage) == pytest.approx((0.9, 0.4))


def test_a_company_without_figures_has_no_score_at_all() -> None:
    """Nothing known is nothing, not zero."""
    card = scorecard(two_perspectives({}))
    assert (card.strategy.achievement, card.strategy.coverage, card.months) == (None, 0, 0)


@pytest.mark.parametrize("weights", [(0.5, 0.4), (0.6, 0.6), (0.5, 0.500002)])
def test_broken_weights_give_no_score_there_nor_above(weights: tuple[float, float]) -> None:
    """Equations (6) to (8) are enforced; what does not stand on them keeps its score."""
    card = scorecard(two_perspectives(FULL, weights=weights))
    first, second = card.perspectives[0].objectives
    assert first.score.achievement is None
    assert second.score.achievement == pytest.approx(0.2)
    assert card.perspectives[0].score.achievement is None
    assert card.perspectives[1].score.achievement == pytest.approx(0.9)
    assert card.strategy.achievement is None
    assert kpi(card, "ka").score.achievement == 1


def test_weights_that_miss_one_by_a_rounding_are_sound() -> None:
    """Thirds typed as 0.3333333 are meant as thirds."""
    card = scorecard(two_perspectives(FULL, weights=(0.5, 0.5000001)))
    assert card.strategy.achievement is not None


def test_broken_is_told_apart_from_missing() -> None:
    """Only the broken groups and those above them are marked."""
    scores = score(two_perspectives(FULL, weights=(0.5, 0.4)))
    assert scores.objectives.broken.tolist() == [True, False, False]
    assert scores.perspectives.broken.tolist() == [True, False]
    assert scores.strategy.broken.tolist() == [True]


@pytest.mark.parametrize(
    ("policies", "expected"),
    [
        ({}, 0.0),
        ({"floor": None}, -0.5),
        ({"floor": -0.25}, -0.25),
        ({"floor": None, "cap": -1}, -1),
    ],
)
def test_floor_and_cap_are_the_definitions(policies: dict[str, float], expected: float) -> None:
    """A value of minus half its goal counts as the floor says."""
    card = scorecard(two_perspectives({**FULL, "a": -0.5}, policies=policies))
    assert kpi(card, "ka").score.achievement == expected


@pytest.mark.parametrize(
    ("desired", "goal", "reached", "expected"),
    [
        ("High", 0, 0, 1),
        ("High", 0, -1, 0),
        ("Low", 0, 0, 1),
        ("Low", 0, 1, 0),
        ("Target", 0, 0, 1),
        ("Target", 0, 0.1, 0),
        ("High", -10, -5, 1.5),
        ("High", -10, -20, 0),
        ("Low", -10, -20, 2),
        ("Target", 20, 25, 0.75),
        ("Target", 20, 15, 0.75),
        ("Low", 10, 25, 0),
    ],
)
def test_the_edges_of_equations_1_and_2(
    desired: str, goal: float, reached: float, expected: float
) -> None:
    """Zero and negative goals, stocks, and values far beyond a low goal."""
    wanted = a_kpi("k", "a", goal, desired=desired)
    company = a_company(INPUTS, [wanted], {"a": {"months": months(reached)}})
    assert kpi(scorecard(company), "k").score.achievement == pytest.approx(expected)


def test_a_division_by_zero_is_missing() -> None:
    """No customers give no churn rate, not an infinite one."""
    company = a_company(
        INPUTS, [a_kpi("k", "a / b")], {"a": {"months": months(1)}, "b": {"months": months(0)}}
    )
    assert kpi(scorecard(company), "k").value is None


@given(st.lists(st.one_of(st.none(), st.floats(-5, 5)), min_size=4, max_size=4))
def test_the_strategy_lies_between_its_kpis(given_figures: list[float | None]) -> None:
    """Whatever is missing, a weighted mean never leaves the range of what is there."""
    figures = {
        name: one for name, one in zip("abcd", given_figures, strict=True) if one is not None
    }
    scores = score(two_perspectives(figures, policies={"floor": None}))
    achieved = scores.kpis.achievement
    for column in range(len(scores.periods)):
        there = achieved[:, column][~np.isnan(achieved[:, column])]
        top = scores.strategy.achievement[0, column]
        assert np.isnan(top) == (there.size == 0)
        if there.size:
            assert there.min() - 1e-9 <= top <= there.max() + 1e-9


@pytest.mark.parametrize(
    ("achieved", "word"),
    [
        (-3, "not_acceptable"),
        (0.5999999999, "poor"),
        (0.59, "not_acceptable"),
        (0.6, "poor"),
        (0.8, "good"),
        (0.9999, "good"),
        (1, "excellent"),
        (9, "excellent"),
    ],
)
def test_bands_are_half_open_from_below(achieved: float, word: str) -> None:
    """A bound belongs to the band above it; 1e-9 below still counts as on it."""
    card = scorecard(two_perspectives({**FULL, "d": achieved}, policies={"floor": None}))
    band = card.perspectives[1].score.band
    assert band is not None
    assert band.id == word
