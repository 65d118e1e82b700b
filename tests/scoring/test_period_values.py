"""What inputs come to in a period, and the values against which growth is measured."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as searching
from hypothesis import strategies as st

from tablero.udfs import period_value, previous_value
from tablero.workbook_templates.figures import Figures
from tablero.workbook_templates.periods import Calendar, Kind, Period
from tablero.workbook_templates.scoring import score
from tablero.workbook_templates.values import input_values, months_inside
from tests.scoring.companies import Month, a_company, a_kpi, an_input, months, value

METHODS = ("T", "A", "L")
THREE = a_company([an_input(method.lower(), method) for method in METHODS], [a_kpi("k", "t")])
ALL_PERIODS = Calendar(2026).periods(rolling=True)
FIGURE = st.one_of(st.none(), st.integers(-9, 99).map(float))
YEAR = st.lists(FIGURE, min_size=12, max_size=12)


def cells(numbers: np.typing.NDArray[np.float64]) -> list[float | str]:
    """Numbers as cells hold them: missing is an empty text."""
    return ["" if np.isnan(one) else float(one) for one in numbers]


@searching(max_examples=25)
@given(
    st.lists(YEAR, min_size=3, max_size=3),
    st.lists(YEAR, min_size=3, max_size=3),
    st.lists(FIGURE, min_size=3, max_size=3),
)
def test_every_period_equals_the_cells(
    last: list[list[Month]], this: list[list[Month]], last_year: list[Month]
) -> None:
    """PERIOD_VALUE and PREVIOUS_VALUE over the same months answer what scoring answers."""
    figures = Figures(
        ("t", "a", "l"),
        np.hstack([np.array(last, dtype=float), np.array(this, dtype=float)]),
        np.array(last_year, dtype=float),
    )
    found = input_values(THREE, figures, ALL_PERIODS)
    flags = months_inside(ALL_PERIODS).astype(int).tolist()
    for row, method in enumerate(METHODS):
        every = cells(figures.months[row])
        whole_year = cells(figures.last_year)[row]
        for column, period in enumerate(ALL_PERIODS):
            current = period_value(every, flags[column], method)
            assert cells(found.current[row])[column] == pytest.approx(current)
            if period.kind != "rolling":
                previous = previous_value(
                    every[12:], flags[column][12:], every[:12], whole_year, method
                )
                assert cells(found.previous[row])[column] == pytest.approx(previous)


@pytest.mark.parametrize(
    ("method", "kind", "month", "expected"),
    [
        ("T", "quarter", 6, 4 + 6),
        ("A", "quarter", 6, 5),
        ("L", "quarter", 6, 6),
        ("T", "ytd", 4, 1 + 2 + 3 + 4),
        ("A", "year", 12, 16 / 5),
        ("L", "year", 12, 6),
        ("L", "month", 5, None),
        ("T", "month", 5, None),
    ],
)
def test_a_month_without_a_figure_is_missing_not_zero(
    method: str, kind: Kind, month: int, expected: float | None
) -> None:
    """Total, average and last look only at filled months; a period without any has no value."""
    figures = {"x": {"months": months(1, 2, 3, 4, None, 6)}}
    company = a_company([an_input("x", method)], [a_kpi("k", "x")], figures)
    annual = company.model_copy(
        update={"policies": company.policies.model_copy(update={"annualise": False})}
    )
    assert value(annual, kind, month) == expected


SALES = (10, 20, 30, 40)


def growing(method: str, **figures: object) -> float | None:
    """Growth of one input in the year to April, of which four months are filled."""
    known = {"months": months(*SALES), **figures}
    company = a_company([an_input("x", method)], [a_kpi("k", "growth(x)")], {"x": known})
    return value(company, "ytd", 4)


def test_growth_is_measured_against_the_same_months_of_last_year() -> None:
    """Where last year's months are known, the yearly figure is not looked at."""
    last = months(5, 10, 15, 20, 99, 99)
    assert growing("T", last_year_months=last, last_year=1e6) == pytest.approx(1.0)
    assert growing("A", last_year_months=last, last_year=1e6) == pytest.approx(1.0)
    assert growing("L", last_year_months=last, last_year=1e6) == pytest.approx(1.0)


def test_only_the_months_filled_this_year_are_compared() -> None:
    """An empty February leaves last February out."""
    figures = {"months": months(10, None, 30), "last_year_months": months(5, 1000, 15)}
    company = a_company([an_input("x")], [a_kpi("k", "growth(x)")], {"x": figures})
    assert value(company, "ytd", 3) == pytest.approx(1.0)


def test_a_gap_in_last_years_months_falls_back_on_its_yearly_figure() -> None:
    """Part of a total, the whole of an average or last."""
    gap = months(5, None, 15, 20)
    assert growing("T", last_year_months=gap, last_year=150) == pytest.approx(100 / 50 - 1)
    assert growing("A", last_year_months=gap, last_year=20) == pytest.approx(25 / 20 - 1)
    assert growing("L", last_year_months=gap, last_year=20) == pytest.approx(40 / 20 - 1)


def test_growth_without_last_year_is_missing() -> None:
    """Nothing to compare with is no growth, and no error."""
    assert growing("T") is None
    assert growing("T", last_year=0) is None


ROLLING = {
    "months": months(1, 1, 1, 1, 1, 1),
    "last_year_months": (2.0,) * 12,
    "last_year": 24,
}


def test_twelve_rolling_months_reach_back_into_last_year() -> None:
    """Six months of each year; growth is measured against last year's figure."""
    company = a_company([an_input("x")], [a_kpi("k", "x")], {"x": ROLLING})
    assert value(company, "rolling", 6) == 6 * 1 + 6 * 2
    growth = a_company([an_input("x")], [a_kpi("k", "growth(x)")], {"x": ROLLING})
    assert value(growth, "rolling", 6) == pytest.approx(18 / 24 - 1)


def test_rolling_months_are_offered_only_where_last_year_is_known() -> None:
    """Without any month of last year twelve rolling months mean nothing."""
    kpis = [a_kpi("k", "x")]
    known = a_company([an_input("x")], kpis, {"x": ROLLING})
    unknown = a_company([an_input("x")], kpis, {"x": {"months": months(1)}})
    assert Period("rolling", -5, 6) in score(known).periods
    assert all(period.kind != "rolling" for period in score(unknown).periods)


def test_a_fiscal_year_from_july_has_its_own_quarters() -> None:
    """The first month typed is July; the first quarter ends in September."""
    company = a_company(
        [an_input("x")],
        [a_kpi("k", "x")],
        {"x": {"months": tuple(map(float, range(1, 13)))}},
        company={"fiscal_start_month": 7},
        policies={"annualise": False},
    )
    assert value(company, "quarter", 3) == 1 + 2 + 3
    card = score(company).at(Period("month", 7, 7))
    assert card.calendar.month(card.period.last).code == "2027-01"
    assert card.perspectives[0].objectives[0].kpis[0].value == 7
