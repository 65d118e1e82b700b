"""The company of Cano, Vergara and Puerta (2017): tables 4 and 5 by the cell functions."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest

from tablero.udfs import (
    action_band,
    action_plan,
    action_term,
    coverage,
    growth_rate,
    kpi_achievement,
    period_value,
    weighted_agg,
)

# Table 5: printed achievement and weight of each KPI, by objective.
KPIS = {
    "1.1": [(1.32, 0.55), (2.48, 0.45)],
    "1.2": [(0.48, 0.55), (0.65, 0.45)],
    "2.1": [(0.36, 0.55), (0.25, 0.45)],
    "2.2": [(0.66, 0.50), (1.13, 0.50)],
    "3.1": [(0.94, 0.30), (0.97, 0.30), (0.84, 0.40)],
    "3.2": [(0.64, 1.00)],
    "4.1": [(0.56, 0.60), (0.44, 0.40)],
    "4.2": [(1.13, 1.00)],
}
OBJECTIVE_WEIGHTS = {
    "Financial": {"1.1": 0.55, "1.2": 0.45},
    "Customers": {"2.1": 0.70, "2.2": 0.30},
    "Internal Processes": {"3.1": 0.50, "3.2": 0.50},
    "Growth and Learning": {"4.1": 0.70, "4.2": 0.30},
}
PERSPECTIVE_WEIGHTS = {
    "Financial": 0.25,
    "Customers": 0.24,
    "Internal Processes": 0.27,
    "Growth and Learning": 0.24,
}

# Table 5: assessment, plan and term beside the printed achievements of KPIs.
ASSESSMENTS = [
    (1.32, "Excellent", "Preventive", "Long"),
    (2.48, "Excellent", "Preventive", "Long"),
    (0.48, "Not acceptable", "Corrective", "Short"),
    (0.65, "Poor", "Improvement", "Short"),
    (0.36, "Not acceptable", "Corrective", "Short"),
    (0.25, "Not acceptable", "Corrective", "Short"),
    (0.66, "Poor", "Improvement", "Short"),
    (1.13, "Excellent", "Preventive", "Long"),
    (0.94, "Good", "Improvement", "Medium"),
    (0.97, "Good", "Improvement", "Medium"),
    (0.84, "Good", "Improvement", "Medium"),
    (0.64, "Poor", "Improvement", "Short"),
    (0.56, "Not acceptable", "Corrective", "Short"),
    (0.44, "Not acceptable", "Corrective", "Short"),
    (1.13, "Excellent", "Preventive", "Long"),
]


def objectives() -> dict[str, float]:
    """The roll-up of the printed achievements to objectives, equation (3)."""
    return {name: float(weighted_agg(*zip(*kpis, strict=True))) for name, kpis in KPIS.items()}


def perspectives() -> dict[str, float]:
    """The roll-up of objectives to perspectives, equation (4)."""
    achieved = objectives()
    return {
        name: float(weighted_agg([achieved[child] for child in weights], list(weights.values())))
        for name, weights in OBJECTIVE_WEIGHTS.items()
    }


def strategy() -> float:
    """The roll-up of perspectives to the strategy, equation (5)."""
    return float(weighted_agg(list(perspectives().values()), list(PERSPECTIVE_WEIGHTS.values())))


def as_printed(achievement: float) -> int:
    """Whole percentage, rounded half up as people do."""
    exact = Decimal(repr(round(achievement * 100, 9)))
    return int(exact.quantize(Decimal(1), ROUND_HALF_UP))


def test_objectives_of_table_5() -> None:
    """Equation (3) over the printed achievements."""
    achieved = list(objectives().values())
    assert achieved == pytest.approx(
        [1.842, 0.5565, 0.3105, 0.895, 0.909, 0.64, 0.512, 1.13], abs=1e-12
    )
    assert list(map(as_printed, achieved)) == [184, 56, 31, 90, 91, 64, 51, 113]


def test_perspectives_of_table_5() -> None:
    """Equation (4), unrounded between the levels."""
    achieved = list(perspectives().values())
    assert achieved == pytest.approx([1.263525, 0.48585, 0.7745, 0.6974], abs=1e-12)
    assert list(map(as_printed, achieved)) == [126, 49, 77, 70]


def test_strategy_of_table_5() -> None:
    """Equation (5): the company as a whole is good, with every figure there."""
    assert strategy() == pytest.approx(0.80897625, abs=1e-12)
    assert as_printed(strategy()) == 81
    assert action_band(strategy()) == "Good"
    weights = list(PERSPECTIVE_WEIGHTS.values())
    assert coverage(list(perspectives().values()), weights) == pytest.approx(1)


@pytest.mark.parametrize(("achievement", "band", "plan", "term"), ASSESSMENTS)
def test_assessments_of_table_5(achievement: float, band: str, plan: str, term: str) -> None:
    """Table 2 applied to each KPI's printed achievement gives the printed words."""
    found = (action_band(achievement), action_plan(achievement), action_term(achievement))
    assert found == (band, plan, term)


NET_INCOME = [16, 7, 1, 3, 3, 12, 9, 12, 7, 12, 16, 14]
TOTAL_ASSETS = [239, 242, 252, 238, 239, 246, 244, 240, 239, 239, 239, 243]
NET_SALES = [214, 217, 218, 215, 211, 209, 204, 216, 224, 209, 215, 217]
CUSTOMERS = [15, 15, 16, 15, 16, 17, 19, 21, 17, 15, 13, 16]
LOST_CUSTOMERS = [4, 3, 2, 3, 5, 6, 4, 3, 2, 3, 2, 4]
DELIVERY_HOURS = [10, 8, 7, 9, 10, 12, 9, 7, 11, 9, 9, 10]
YEAR = [1] * 12


@pytest.mark.parametrize(
    ("months", "method", "printed"),
    [
        (NET_INCOME, "T", 112),
        (TOTAL_ASSETS, "A", 242),
        (CUSTOMERS, "A", 16),
        (LOST_CUSTOMERS, "A", 3),
        (DELIVERY_HOURS, "A", 9),
    ],
)
def test_annual_values_of_table_4(months: list[float], method: str, printed: int) -> None:
    """Totals and averages of the months round to the printed annual values."""
    assert round(float(period_value(months, YEAR, method))) == printed


def test_achievements_from_the_months_of_table_4() -> None:
    """Months to KPI value to achievement, for one KPI of each kind of formula."""
    roa = float(period_value(NET_INCOME, YEAR, "T")) / float(period_value(TOTAL_ASSETS, YEAR, "A"))
    churn = float(period_value(LOST_CUSTOMERS, YEAR, "A")) / float(
        period_value(CUSTOMERS, YEAR, "A")
    )
    sales_growth = growth_rate(period_value(NET_SALES, YEAR, "T"), 2490)
    achievements = kpi_achievement(
        [roa, churn, sales_growth, period_value(DELIVERY_HOURS, YEAR, "A")],
        [0.35, 0.12, 0.05, 8],
        ["High", "Low", "High", "Low"],
    )
    expected = [1.32414, 0.24786, 0.63454, 0.84375]
    assert achievements == pytest.approx(expected, abs=5e-6)
