"""Points, last year and the month before, as the dashboard tells them."""

from __future__ import annotations

import numpy as np
import pytest

from tablero.workbook_templates.dashboard.layout import picks_of
from tablero.workbook_templates.dashboard.standing import Standing
from tablero.workbook_templates.definition import Definition
from tablero.workbook_templates.periods import Calendar
from tests.workbook.companies import cano, every_kind, large, random_figures, with_figures
from tests.workbook.making import PLAIN


def standing(company: Definition, kind: str = "year", month: int = 12) -> Standing:
    """How a company stands in a period."""
    one = company.company
    period = Calendar(one.year, one.fiscal_start_month).period(kind, month)  # type: ignore[arg-type]
    return Standing(PLAIN.board(company, period))


HOLES = every_kind(figures=random_figures(3, holes=0.3))


@pytest.mark.parametrize("company", [cano(), HOLES], ids=["cano", "holes"])
@pytest.mark.parametrize("month", [1, 5, 12])
def test_points_add_up_to_what_is_achieved(company: Definition, month: int) -> None:
    """Those of the perspectives to the strategy's, those of the KPIs to their perspective's."""
    found = standing(company, "month", month)
    total = np.nansum(found.perspective_points)
    assert total == pytest.approx((found.strategy - 1) * 100)
    first = 0
    for perspective, achieved in zip(company.perspectives, found.perspectives, strict=True):
        last = first + sum(len(one.kpis) for one in perspective.objectives)
        assert np.nansum(found.kpi_points[first:last]) == pytest.approx((achieved - 1) * 100)
        first = last


def test_the_papers_company_ends_its_year_below_the_month_before() -> None:
    """In the year, the newest month is December, against November."""
    found = standing(cano())
    assert found.month == 12
    assert found.strategy_in(12) == pytest.approx(0.9652, abs=1e-4)
    assert found.strategy_in(11) == pytest.approx(1.039, abs=1e-3)


def test_a_year_half_way_ends_at_its_newest_month() -> None:
    """Months without any figure are not the newest one, whatever the period spans."""
    found = standing(every_kind(figures=random_figures(2, until=5)))
    assert found.month == 5


def test_no_month_comes_before_the_first_one() -> None:
    """Nothing is known of the year before, not even its December."""
    found = standing(cano(), "month", 1)
    assert found.month == 1
    assert np.isnan(found.strategy_in(0))


def test_the_same_figures_as_last_year_change_nothing() -> None:
    """Over the KPIs that are known in both years; growth needs the year before last."""
    company = cano()
    same = {
        name: {"months": one.months, "last_year_months": one.months, "last_year": 1.0}
        for name, one in company.figures.items()
    }
    found = standing(with_figures(company, same), "ytd", 6)
    assert found.compared.sum() == 13
    assert found.matched(found.achieved) == pytest.approx(found.matched(found.last_achieved))
    known = ~np.isnan(found.last_perspectives)
    assert 0 < known.sum() < 4
    assert found.last_perspectives[known] == pytest.approx(found.perspectives[known])


def test_without_last_years_figures_nothing_is_compared() -> None:
    """No change, rather than a change of nothing."""
    found = standing(cano())
    assert np.isnan(found.matched(found.achieved))
    assert np.isnan(found.last_months).all()


def test_many_kpis_are_picked_part_by_part() -> None:
    """No more than twelve at once, and every KPI in one entry of the list."""
    picks = picks_of(large())
    assert all(pick.count <= 12 for pick in picks)
    drawn = [number for pick in picks for number in range(pick.first, pick.first + pick.count)]
    assert drawn == list(range(1, 121))
    assert [pick.part for pick in picks[:2]] == [(1, 12), (13, 20)]
    assert all(pick.part is None for pick in picks_of(cano()))
