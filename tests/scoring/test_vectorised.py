"""The arithmetic on whole arrays against the cell functions, element by element."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from tablero.udfs import CellError, coverage, kpi_achievement, weighted_agg
from tablero.udfs.bands import action_band
from tablero.workbook_templates import vectorised
from tablero.workbook_templates.definition import DEFAULT_BANDS
from tablero.workbook_templates.vectorised import Floats

SOME = st.floats(-1e9, 1e9, allow_subnormal=False)
MAYBE = st.one_of(SOME, st.just(0.0), st.just(math.nan), st.integers(-5, 5).map(float))
LIMIT = st.one_of(st.none(), st.floats(-3, 3))
WORDS = st.sampled_from(["High", "Low", "Target"])


def cell(number: float) -> Any:
    """A number as a cell function takes it: missing is an empty text."""
    return "" if math.isnan(number) else float(number)


def assert_alike(found: float, expected: object) -> None:
    """A number of an array against the answer of a cell function."""
    if expected == "":
        assert math.isnan(found)
    else:
        assert found == pytest.approx(expected, rel=1e-9, abs=1e-12)


def test_the_tolerances_are_those_of_the_cell_functions() -> None:
    """Half a millionth off is accepted, two millionths are not; the same in both."""
    for slip, broken in ((0.5e-6, False), (2e-6, True)):
        weights = [0.4, 0.6 + slip]
        assert (abs(sum(weights) - 1) > vectorised.WEIGHT_TOLERANCE) is broken
        if broken:
            with pytest.raises(CellError):
                weighted_agg([1, 1], weights)
        else:
            weighted_agg([1, 1], weights)


@given(
    arrays.arrays(float, (4, 3), elements=MAYBE),
    arrays.arrays(float, (4, 3), elements=MAYBE),
    st.lists(WORDS, min_size=4, max_size=4),
    LIMIT,
    LIMIT,
)
def test_achievements_equal_those_of_the_cells(
    reached: Floats, goals: Floats, desired: list[str], floor: float | None, cap: float | None
) -> None:
    """Equations (1) and (2) with missing, zero and negative values and goals, floor and cap."""
    if floor is not None and cap is not None and floor > cap:
        floor, cap = cap, floor
    found = vectorised.achievements(reached.copy(), goals.copy(), desired, floor, cap)
    for (row, column), one in np.ndenumerate(found):
        expected = kpi_achievement(
            cell(float(reached[row, column])),
            cell(float(goals[row, column])),
            desired[row],
            floor,
            cap,
        )
        assert_alike(one, expected)


def test_achievements_leave_their_arguments_alone() -> None:
    """Scoring twice gives the same: nothing is computed in place of a figure."""
    reached, goals = np.array([[1.0, 2.0]]), np.array([[2.0, 0.0]])
    before = reached.copy(), goals.copy()
    vectorised.achievements(reached, goals, ["Low"])
    np.testing.assert_array_equal(reached, before[0])
    np.testing.assert_array_equal(goals, before[1])


def test_an_infinite_gap_is_cut_by_the_cap_alone() -> None:
    """Without a cap a huge value stays huge; nothing cuts it silently."""
    found = vectorised.achievements(np.array([[1e300]]), np.array([[1e-5]]), ["High"])
    assert found[0, 0] > 1e300


@st.composite
def groups(draw: st.DrawFn) -> tuple[Floats, Floats, list[int]]:
    """Children with weights in consecutive groups, each of which adds up to one."""
    sizes = draw(st.lists(st.integers(1, 4), min_size=1, max_size=4))
    children = draw(arrays.arrays(float, (sum(sizes), 2), elements=MAYBE))
    weights: list[float] = []
    for size in sizes:
        raw = draw(st.lists(st.floats(0.01, 1), min_size=size, max_size=size))
        weights += [one / sum(raw) for one in raw]
    return children, np.array(weights), sizes


def parts(sizes: Sequence[int]) -> list[slice]:
    ends = np.cumsum(sizes)
    return [slice(int(end - size), int(end)) for size, end in zip(sizes, ends, strict=True)]


@given(groups())
def test_roll_up_and_coverage_equal_those_of_the_cells(
    drawn: tuple[Floats, Floats, list[int]],
) -> None:
    """Equations (3) to (5), renormalised over what is present, group by group."""
    children, weights, sizes = drawn
    starts = np.array([part.start for part in parts(sizes)])
    rolled = vectorised.weighted(children, weights, starts)
    present = vectorised.present_weight(children, weights, starts)
    for group, part in enumerate(parts(sizes)):
        for column in range(children.shape[1]):
            below = [cell(one) for one in map(float, children[part, column])]
            shares = list(map(float, weights[part]))
            assert_alike(rolled[group, column], weighted_agg(below, shares))
            assert_alike(present[group, column], coverage(below, shares))


@given(st.one_of(MAYBE, st.floats(-0.5, 2), st.sampled_from([0.6, 0.8, 1.0, 1 - 5e-10])))
def test_bands_equal_those_of_the_cells(achieved: float) -> None:
    """Half-open from below, with the same slack for rounding; missing has no band."""
    bounds = np.array([band.from_ for band in DEFAULT_BANDS])
    position = int(vectorised.band_positions(np.array([achieved]), bounds)[0])
    word = DEFAULT_BANDS[position].name["en"] if position >= 0 else ""
    assert word == action_band(cell(achieved))
