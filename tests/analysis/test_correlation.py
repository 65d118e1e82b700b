"""Lagged correlation: as pandas has it, with n, and silent where n is small."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tablero.workbook_templates.analysis.correlation import (
    LAGS,
    LEAST_MONTHS,
    achieved_by_month,
    lagged,
    pairs,
)
from tablero.workbook_templates.definition import Link
from tablero.workbook_templates.figures import Figures
from tests.workbook.companies import cano, every_kind, random_figures


@pytest.mark.parametrize("seed", range(8))
def test_it_is_what_pandas_finds(seed: int) -> None:
    """Series with holes, shifted by each lag."""
    chance = np.random.default_rng(seed)
    cause, effect = chance.normal(size=(2, 24))
    cause[chance.random(24) < seed / 20] = np.nan
    effect[chance.random(24) < seed / 20] = np.nan
    for one in lagged(cause, effect):
        first, second = pd.Series(cause), pd.Series(effect).shift(-one.lag)
        assert one.n == int((first.notna() & second.notna()).sum())
        expected = first.corr(second, min_periods=LEAST_MONTHS)
        assert one.r == (None if np.isnan(expected) else pytest.approx(expected))


def test_few_months_say_nothing() -> None:
    """Five pairs rise together, which is no evidence; the sixth lets it be told."""
    rising = np.arange(12.0)
    rising[5:] = np.nan
    assert [(one.n, one.r) for one in lagged(rising, rising, (0,))] == [(5, None)]
    rising[5] = 5
    assert lagged(rising, rising, (0,))[0].r == pytest.approx(1)


def test_what_never_changes_correlates_with_nothing() -> None:
    """No division by zero, and no r out of rounding."""
    flat, rising = np.full(12, 0.1), np.arange(12.0)
    assert {one.r for one in (*lagged(flat, rising), *lagged(rising, flat))} == {None}


def test_pairs_follow_the_links_and_come_once() -> None:
    """Every KPI of a cause with every one of its effect; circles and repetitions do no harm."""
    links = (Link(cause="1.1", effect="2.1"), Link(cause="2.1", effect="1.1"))
    company = cano().model_copy(update={"links": (*links, *links)})
    found = [(one.cause.id, one.effect.id) for one in pairs(company)]
    assert len(found) == len(set(found)) == 2 * 2 * 2
    assert found[0] == ("roa", "customers_growth")
    assert list(pairs(company.model_copy(update={"links": ()}))) == []


def test_last_years_months_count_where_they_are_known() -> None:
    """Except for growth, whose base would be the year before last."""
    company = every_kind(figures=random_figures(2, last_months=True))
    found = achieved_by_month(company, Figures.of(company))
    rows = {kpi.id: found[row] for row, kpi in enumerate(company.kpis())}
    assert not np.isnan(rows["return_on_assets"]).any()
    assert np.isnan(rows["growing"][:12]).all()
    assert not np.isnan(rows["growing"][12:]).any()
    assert len(LAGS) == 4
