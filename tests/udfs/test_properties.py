"""What holds of the cell functions whatever the figures."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from tablero.udfs import (
    CellError,
    action_band,
    coverage,
    growth_rate,
    improvement_rate,
    kpi_achievement,
    period_value,
    previous_value,
    weighted_agg,
)

figures = st.floats(-1e6, 1e6).map(lambda figure: round(figure, 3))
directions = st.sampled_from(["High", "Low", "Target"])
maybe_figures = st.none() | st.just("") | figures
cells = maybe_figures | st.sampled_from(["text", "5", True, float("nan"), float("inf")])


@st.composite
def weighted_children(draw: st.DrawFn) -> tuple[list[float | str | None], list[float]]:
    """Achievements, some missing, with weights that sum to one."""
    achievements = draw(
        st.lists(st.none() | st.just("") | st.floats(-3, 3), min_size=1, max_size=8)
    )
    parts = draw(
        st.lists(st.integers(0, 20), min_size=len(achievements), max_size=len(achievements)).filter(
            any
        )
    )
    return achievements, [part / sum(parts) for part in parts]


@st.composite
def flagged_months(draw: st.DrawFn) -> tuple[list[float | str | None], list[int]]:
    """Twelve months, some missing, and which of them are in the period."""
    return (
        draw(st.lists(maybe_figures, min_size=12, max_size=12)),
        draw(st.lists(st.integers(0, 1), min_size=12, max_size=12)),
    )


@given(figures, figures, figures)
def test_a_better_value_never_achieves_less(one: float, other: float, goal: float) -> None:
    """Monotone in the value: rising for High, falling for Low."""
    low, high = sorted((one, other))
    assert kpi_achievement(low, goal) <= kpi_achievement(high, goal)
    assert kpi_achievement(low, goal, "Low") >= kpi_achievement(high, goal, "Low")


@given(figures, figures, figures)
def test_nearer_to_a_target_never_achieves_less(one: float, other: float, goal: float) -> None:
    """Monotone in the distance for Target, which one achieves at best."""
    nearer, farther = sorted((one, other), key=lambda value: abs(value - goal))
    assert kpi_achievement(nearer, goal, "Target") >= kpi_achievement(farther, goal, "Target")
    assert kpi_achievement(nearer, goal, "Target") <= 1


@given(figures, figures, directions, st.floats(1e-3, 1e3))
def test_the_unit_of_value_and_goal_does_not_matter(
    value: float, goal: float, desired: str, factor: float
) -> None:
    """Scale-free: pesos or thousands of pesos give the same achievement."""
    plain = kpi_achievement(value, goal, desired, None)
    scaled = kpi_achievement(value * factor, goal * factor, desired, None)
    assert abs(plain - scaled) <= 1e-9 * max(1, abs(plain))


@given(figures, figures, directions)
def test_a_goal_is_reached_at_one(value: float, goal: float, desired: str) -> None:
    """Meeting the goal exactly is 100 %, and only values no worse than it achieve that."""
    assert kpi_achievement(goal, goal, desired) == 1
    gap = {"High": value - goal, "Low": goal - value, "Target": -abs(value - goal)}[desired]
    assume(gap == 0 or abs(gap) > 1e-6)
    assert (kpi_achievement(value, goal, desired) >= 1) == (gap >= 0)


@given(figures, figures, directions, st.floats(-2, 0.9), st.floats(1, 3))
def test_achievements_stay_between_floor_and_cap(
    value: float, goal: float, desired: str, floor: float, cap: float
) -> None:
    """Whatever the figures."""
    assert floor <= kpi_achievement(value, goal, desired, floor, cap) <= cap


@given(weighted_children())
def test_a_roll_up_lies_between_its_smallest_and_largest_child(
    children: tuple[list[float | str | None], list[float]],
) -> None:
    """And is missing exactly when the coverage is zero."""
    achievements, weights = children
    answer, share = weighted_agg(*children), coverage(*children)
    counted = [
        a for a, w in zip(achievements, weights, strict=True) if w and isinstance(a, float | int)
    ]
    assert (answer == "") == (share == 0) == (not counted)
    if counted:
        assert min(counted) - 1e-9 <= float(answer) <= max(counted) + 1e-9
    assert 0 <= share <= 1 + 1e-9


@given(weighted_children())
def test_missing_never_counts_as_zero_in_a_roll_up(
    children: tuple[list[float | str | None], list[float]],
) -> None:
    """Leaving the missing children out and renormalising by hand changes nothing."""
    present = [(a, w) for a, w in zip(*children, strict=True) if isinstance(a, float | int)]
    total = sum(weight for _, weight in present)
    assume(total > 0)
    by_hand = weighted_agg([a for a, _ in present], [w / total for _, w in present])
    assert abs(float(weighted_agg(*children)) - float(by_hand)) <= 1e-9


@given(flagged_months(), st.sampled_from("TAL"))
def test_missing_never_counts_as_zero_in_a_period(
    months: tuple[list[float | str | None], list[int]], method: str
) -> None:
    """Taking the missing months away altogether changes nothing."""
    filled = [(m, f) for m, f in zip(*months, strict=True) if m not in (None, "")]
    kept = ([month for month, _ in filled], [flag for _, flag in filled])
    assert period_value(*months, method) == period_value(*kept, method)


@given(flagged_months(), st.sampled_from("TAL"))
def test_a_year_like_the_last_has_the_same_figures(
    months: tuple[list[float | str | None], list[int]], method: str
) -> None:
    """When last year's months equal this year's, the previous value is the period's value."""
    assert previous_value(*months, months[0], None, method) == period_value(*months, method)


@given(figures, figures.filter(bool))
def test_growth_rebuilds_the_figure(current: float, previous: float) -> None:
    """The base plus the rate of its size is the present figure; improvement is its mirror."""
    rate = growth_rate(current, previous)
    assert abs(previous + rate * abs(previous) - current) <= 1e-6 * max(1, abs(current))
    assert improvement_rate(previous, current) == -rate


@given(st.lists(st.tuples(cells, cells, directions | st.sampled_from([None, "Best"])), max_size=6))
def test_a_range_call_answers_as_the_calls_of_its_cells(
    rows: list[tuple[object, object, object]],
) -> None:
    """Element by element, errors included."""
    values, goals, words = ([row[place] for row in rows] for place in range(3))
    whole = [shown(answer) for answer in kpi_achievement(values, goals, words)]
    assert whole == [achievement_or_sign(*row) for row in rows]


@given(st.floats(-2, 3), st.floats(0, 1))
def test_a_better_achievement_never_falls_into_a_lower_band(
    achievement: float, more: float
) -> None:
    """The bands follow one another."""
    order = ["Not acceptable", "Poor", "Good", "Excellent"]
    better = order.index(action_band(achievement + more))
    assert order.index(action_band(achievement)) <= better


def shown(answer: object) -> object:
    """An answer as a cell shows it."""
    return answer.token if isinstance(answer, CellError) else answer


def achievement_or_sign(value: object, goal: object, desired: object) -> object:
    """The achievement of single cells, or the sign of its error."""
    try:
        return kpi_achievement(value, goal, desired)
    except CellError as error:
        return error.token
