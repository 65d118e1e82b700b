"""Yearly rates and monthly goals: how a month's figure meets the goal of a year."""

from __future__ import annotations

from typing import Any

import pytest

from tablero.workbook_templates.definition import Definition
from tablero.workbook_templates.periods import Kind
from tests.scoring.companies import Month, a_company, a_kpi, an_input, kpi, months, scorecard, value

FLOW = {"months": months(*(10.0,) * 12)}
LEVEL = {"months": months(*(100.0,) * 12)}


def of_formula(formula: str, *, annualise: bool = True, **figures: Any) -> Definition:
    """A company whose only KPI has this formula over a flow, two flows' ratio and a level."""
    known = {"flow": FLOW, "other": FLOW, "level": LEVEL, **figures}
    inputs = [an_input("flow"), an_input("other"), an_input("level", "A")]
    return a_company(inputs, [a_kpi("k", formula)], known, policies={"annualise": annualise})


@pytest.mark.parametrize(
    ("formula", "month", "quarter", "year"),
    [
        ("flow", 120, 120, 120),
        ("flow / level", 1.2, 1.2, 1.2),
        ("level / flow", 100 / 120, 100 / 120, 100 / 120),
        ("flow * flow", 120**2, 120**2, 120**2),
        ("flow / other", 1, 1, 1),
        ("level", 100, 100, 100),
        ("flow * level / other", 100, 100, 100),
        ("growth(flow)", None, None, None),
    ],
)
def test_a_flow_over_a_level_is_brought_to_a_yearly_rate(
    formula: str, month: float | None, quarter: float | None, year: float | None
) -> None:
    """The time dimension decides: a rate of flows to flows stays, a flow over a level is scaled."""
    company = of_formula(formula)
    found = (value(company, "month", 3), value(company, "quarter", 6), value(company))
    assert found == pytest.approx((month, quarter, year))


def test_without_annualisation_a_total_stays_as_it_is() -> None:
    """The policy is one switch for all KPIs."""
    company = of_formula("flow / level", annualise=False)
    assert value(company, "month", 3) == pytest.approx(0.1)
    assert value(company) == pytest.approx(1.2)


def test_the_factor_counts_filled_months_not_months_of_the_period() -> None:
    """Five filled months of twelve are brought to a year by 12/5."""
    company = of_formula("flow", flow={"months": months(*(10.0,) * 5)})
    assert value(company) == pytest.approx(120)
    assert kpi(scorecard(company), "k").months == 5


def test_each_input_has_a_factor_of_its_own() -> None:
    """An input filled for five months meets one filled for twelve at the same yearly rate."""
    company = of_formula("flow * flow / other", flow={"months": months(*(10.0,) * 5)})
    assert value(company) == pytest.approx(120)


def test_last_years_value_is_scaled_by_the_months_of_this_year() -> None:
    """previous(flow) over a level: last year's share of five months, brought to a year."""
    flow = {"months": months(*(10.0,) * 5), "last_year": 60}
    company = of_formula("previous(flow) / level", flow=flow)
    assert value(company) == pytest.approx(60 / 100)


def goals(
    formula: str, given: tuple[Month, ...], *, annualise: bool = True, goal: float | None = 7
) -> Definition:
    """A company whose only KPI has goals by month."""
    wanted = a_kpi("k", formula, goal, monthly_goals=given)
    inputs = [an_input("flow"), an_input("level", "A")]
    figures = {"flow": FLOW, "level": LEVEL}
    return a_company(inputs, [wanted], figures, policies={"annualise": annualise})


def goal_in(company: Definition, kind: Kind, month: int) -> float | None:
    return kpi(scorecard(company, kind, month), "k").goal


def test_monthly_goals_of_a_level_are_averaged_over_the_period() -> None:
    """A quarter's goal of a level is the mean of its months' goals."""
    company = goals("level", months(80, 90, 130))
    assert goal_in(company, "month", 2) == 90
    assert goal_in(company, "quarter", 3) == pytest.approx(100)


def test_the_years_goal_counts_where_no_month_has_one() -> None:
    """From April on nothing is given, so the goal of the year stands."""
    company = goals("level", months(80, 90, 130))
    assert goal_in(company, "quarter", 6) == 7
    assert goal_in(company, "ytd", 6) == pytest.approx(100)
    assert goal_in(goals("level", months(80), goal=None), "month", 6) is None


def test_monthly_goals_of_a_total_are_brought_to_a_year() -> None:
    """Amounts a month meet a value at a yearly rate."""
    company = goals("flow", months(8, 10, 12))
    assert goal_in(company, "month", 1) == pytest.approx(96)
    assert goal_in(company, "quarter", 3) == pytest.approx(120)
    assert kpi(scorecard(company, "quarter", 3), "k").score.achievement == pytest.approx(1)


def test_monthly_goals_of_a_total_add_up_without_annualisation() -> None:
    """Then the value is the sum of the months, and so is the goal."""
    company = goals("flow", months(8, 10, 12), annualise=False)
    assert goal_in(company, "quarter", 3) == pytest.approx(30)
    assert goal_in(company, "month", 3) == pytest.approx(12)


def test_a_kpi_without_a_goal_has_a_value_but_no_achievement() -> None:
    """It counts as not covered."""
    company = a_company([an_input("flow")], [a_kpi("k", "flow", None)], {"flow": FLOW})
    found = kpi(scorecard(company), "k")
    assert found.value == 120
    assert found.score.achievement is None
    assert found.score.band is None
    assert found.score.coverage == 0
