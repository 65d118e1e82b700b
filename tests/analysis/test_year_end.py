"""Where the year ends: each forecast against the year filled in month by month."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tablero.workbook_templates.analysis.forecast import forecast
from tablero.workbook_templates.analysis.required import needed
from tablero.workbook_templates.definition import Definition, Input
from tablero.workbook_templates.figures import Figures
from tablero.workbook_templates.scoring import Scores, score
from tablero.workbook_templates.vectorised import Floats
from tests.scoring.companies import a_company, a_kpi, an_input, months
from tests.workbook.companies import cano, every_kind, random_figures

SEEDS = range(6)


def some_company(seed: int) -> Definition:
    """Holes, last year's months here and there, figures until some month."""
    figures = random_figures(
        seed, holes=0.04 * seed, last_months=seed % 2 == 0, until=3 + 2 * (seed % 4)
    )
    if seed % 2 == 0:
        figures["sales"]["last_year_months"] = [100.0 + 7 * month for month in range(12)]
        figures["orders"]["last_year_months"] = [30.0 + month % 5 for month in range(12)]
        figures["stock"]["last_year_months"] = [50.0 + month for month in range(12)]
    return every_kind(figures=figures)


def filled_in(definition: Definition, until: int, *, season: bool) -> tuple[Figures, list[bool]]:
    """The year's months filled in one by one, and which inputs could be."""
    figures = Figures.of(definition)
    grid, able = figures.months.copy(), []
    for row, one in enumerate(definition.inputs):
        now = grid[row, 12:].copy()
        now[until:] = np.nan
        able.append(_fill(one, grid[row, :12], now, season=season))
        grid[row, 12:] = now
    return Figures(figures.ids, grid, figures.last_year), able


def _fill(one: Input, before: Floats, now: Floats, *, season: bool) -> bool:
    """Fill each open month; whether that is possible."""
    known = [month for month in range(12) if not np.isnan(now[month])]
    if not known or (season and (np.isnan(before).any() or min(before) < 0)):
        return False
    if one.aggregation == "L":
        size, base = now[known[-1]], before[known[-1]]
    else:
        size, base = sum(now[month] for month in known), sum(before[month] for month in known)
    if season and not base > 0:
        return False
    level = size if one.aggregation == "L" else size / len(known)
    for month in range(12):
        if month not in known and (one.aggregation != "L" or month > known[-1]):
            now[month] = before[month] * size / base if season else level
    return True


def year_of(scores: Scores) -> int:
    return scores.periods.index(scores.calendar.period("year", 12))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("method", ["run rate", "season"])
def test_a_forecast_is_the_year_with_every_open_month_filled_in(seed: int, method: str) -> None:
    """Formulas of every kind; what a forecast knows is what the scored year would be."""
    season = method == "season"
    company = some_company(seed)
    found = forecast(company, Figures.of(company), 9)
    figures, able = filled_in(company, 9, season=season)
    scores = score(company, figures)
    values = scores.values[:, year_of(scores)]
    ends = found.season if season else found.run_rate
    inputs = found.inputs.season if season else found.inputs.run_rate
    assert [not np.isnan(one) for one in inputs] == able
    compared = ~np.isnan(ends)
    assert ends[compared] == pytest.approx(values[compared])
    if not season:
        assert (compared == ~np.isnan(values)).all()
        assert found.goals == pytest.approx(scores.goals[:, year_of(scores)], nan_ok=True)


def test_a_complete_year_is_forecast_as_it_is() -> None:
    """With twelve months the run rate is the year, and nothing is open."""
    scores = score(cano())
    found = forecast(cano(), Figures.of(cano()), 12)
    assert found.run_rate == pytest.approx(scores.values[:, year_of(scores)])
    assert found.strategy.achievement[0, 0] == pytest.approx(
        scores.strategy.achievement[0, year_of(scores)]
    )
    assert not found.is_open.any()


def test_one_month_is_carried_over_the_year() -> None:
    """10 in the only month are 120; a level stays, and so does an average."""
    inputs = [an_input("t", "T"), an_input("a", "A"), an_input("l", "L")]
    kpis = [a_kpi("total", "t"), a_kpi("mean_level", "a"), a_kpi("level", "l")]
    figures = {name: {"months": months(10.0)} for name in "tal"}
    company = a_company(inputs, kpis, figures)
    assert list(forecast(company, Figures.of(company), 12).value) == [120.0, 10.0, 10.0]


def test_without_figures_nothing_is_forecast() -> None:
    """No value, no achievement, and a reason instead of an amount."""
    company = every_kind(figures={})
    found = forecast(company, Figures.of(company), 12)
    assert np.isnan(found.value).all()
    assert np.isnan(found.strategy.achievement).all()
    assert {one.amount for one in needed(company, found)} == {None}


def one_kpi(formula: str, goal: float | None, figures: dict[str, Any]) -> Definition:
    inputs = [an_input("t", "T"), an_input("u", "T"), an_input("a", "A"), an_input("l", "L")]
    return a_company(inputs, [a_kpi("only", formula, goal)], figures)


SIX: dict[str, Any] = {
    "t": {"months": months(8.0, 12, 9, 11, 10, 14), "last_year": 100.0},
    "u": {"months": months(20.0, 30, 25, 28, 22, 31)},
    "a": {"months": months(5.0, 6, 7, 5, 6, 7)},
    "l": {"months": months(1.0, 2, 3, 4, 5, 6)},
}


def amount(company: Definition) -> float | None:
    (found,) = needed(company, forecast(company, Figures.of(company), 12))
    return found.amount


@pytest.mark.parametrize(
    ("formula", "goal", "moved"),
    [
        ("t", 150.0, lambda need: {"t": need}),
        ("t / u", 0.5, lambda need: {"t": need * 26, "u": 26.0}),
        ("t / a", 20.0, lambda need: {"t": need * 6, "a": 6.0}),
        ("a / t", 0.05, lambda need: {"a": need * 128, "t": 64 / 6}),
        ("a", 8.0, lambda need: {"a": need}),
        ("l", 9.0, lambda need: {"l": need}),
        ("growth(t)", 0.4, lambda need: {"t": (1 + need) * 100 / 12}),
        ("(u - t) / u", 0.7, lambda need: {"t": (1 - need) * 26, "u": 26.0}),
    ],
)
def test_months_that_bring_what_is_needed_meet_the_goal(
    formula: str, goal: float, moved: Any
) -> None:
    """The six months left get just that; what the KPI divides by goes on as it has."""
    company = one_kpi(formula, goal, SIX)
    need = amount(company)
    assert need is not None
    figures = {
        name: {**SIX[name], "months": (*SIX[name]["months"][:6], *(figure,) * 6)}
        for name, figure in moved(need).items()
    }
    scores = score(one_kpi(formula, goal, {**SIX, **figures}))
    assert scores.values[0, year_of(scores)] == pytest.approx(goal)


@pytest.mark.parametrize(
    ("formula", "goal", "figures", "reason"),
    [
        ("t * u", 1.0, SIX, "product"),
        ("a + l", 1.0, SIX, "mixed"),
        ("previous(t)", 1.0, SIX, "fixed"),
        ("t", None, SIX, "no_goal"),
        ("t", 1.0, {}, "no_figures"),
        ("t - u", 1.0, {**SIX, "u": {"months": months(1.0)}}, "uneven"),
        ("t", 1.0, {"t": {"months": (1.0,) * 12}}, "complete"),
    ],
)
def test_where_no_amount_can_be_said_the_reason_is(
    formula: str, goal: float | None, figures: dict[str, Any], reason: str
) -> None:
    """Nothing is made up where the year is no mean of its months."""
    company = one_kpi(formula, goal, figures)
    (found,) = needed(company, forecast(company, Figures.of(company), 12))
    assert (found.amount, found.reason) == (None, reason)


def test_only_months_that_the_period_shows_count() -> None:
    """Seen from March, what was typed later does not exist."""
    company = one_kpi("t", 100.0, SIX)
    assert forecast(company, Figures.of(company), 3).run_rate[0] == pytest.approx(29 * 4)
