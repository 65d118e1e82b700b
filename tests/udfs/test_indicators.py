"""Change against an earlier figure."""

from __future__ import annotations

import pytest

from tablero.udfs import growth_rate, improvement_rate
from tablero.udfs.errors import CellValueError


@pytest.mark.parametrize(
    ("current", "previous", "rate"),
    [(110, 100, 0.1), (90, 100, -0.1), (-1971, -3160, 0.37627), (-5, 10, -1.5), (0, -4, 1)],
)
def test_growth_is_positive_when_the_figure_rose(
    current: float, previous: float, rate: float
) -> None:
    """Also from a negative base: a loss that shrinks is growth."""
    assert growth_rate(current, previous) == pytest.approx(rate, abs=1e-5)


@pytest.mark.parametrize(
    ("before", "after", "rate"), [(48, 36, 0.25), (36, 48, -1 / 3), (10, 0, 1), (-4, -5, 0.25)]
)
def test_improvement_is_positive_when_the_figure_fell(
    before: float, after: float, rate: float
) -> None:
    """The mirror of growth, for times, errors and complaints."""
    assert improvement_rate(before, after) == pytest.approx(rate)
    assert growth_rate(after, before) == pytest.approx(-rate)


def test_a_base_of_zero_gives_no_rate() -> None:
    """There is nothing to measure the change by."""
    assert growth_rate(5, 0) == ""
    assert improvement_rate(0, 5) == ""


@pytest.mark.parametrize("missing", [None, "", float("nan")])
def test_a_missing_figure_gives_no_rate(missing: object) -> None:
    """On either side."""
    assert growth_rate(missing, 5) == growth_rate(5, missing) == ""
    assert improvement_rate(missing, 5) == improvement_rate(5, missing) == ""


@pytest.mark.parametrize("wrong", ["text", "5", False])
def test_text_is_refused_even_where_the_base_is_zero(wrong: object) -> None:
    """Wrong input is never passed over."""
    for function, arguments in [
        (growth_rate, (wrong, 0)),
        (growth_rate, (5, wrong)),
        (improvement_rate, (0, wrong)),
        (improvement_rate, (wrong, 5)),
    ]:
        with pytest.raises(CellValueError, match="must be a number"):
            function(*arguments)
