"""The results stored in a workbook are those that a spreadsheet comes to by itself."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from tablero.workbook_templates.definition import Definition
from tablero.workbook_templates.figures import Figures
from tablero.workbook_templates.library import load_template
from tablero.workbook_templates.periods import Calendar, Period
from tablero.workbook_templates.scoring import score
from tests.engines.ironcalc_engine import Workbook
from tests.workbook.companies import (
    ODD_NAMES,
    cano,
    every_kind,
    large,
    odd,
    random_figures,
    with_policies,
)
from tests.workbook.comparing import differences, shown, stored
from tests.workbook.making import NAMES_OF_VARIANTS, PLAIN, PORTABLE, VARIANTS, Variant, results

PERIODS = Calendar(2016).periods()
ALTERNATING = [
    pytest.param(VARIANTS[number % 4], period, id=f"{Calendar(2016).code(period)}-{number % 4}")
    for number, period in enumerate(PERIODS)
]


def assert_stored_results(
    definition: Definition, variant: Variant, folder: Path, period: Period | None = None
) -> None:
    """Every formula has a result stored, it is the one expected, and the one the engine finds."""
    path = variant.write(definition, folder / "company.xlsx", period)
    expected = results(variant.board(definition, period))
    assert stored(path).keys() == expected.keys()
    assert differences(stored(path), expected) == []
    assert differences(shown(Workbook.load(path)), expected) == []


@pytest.mark.parametrize(("variant", "period"), ALTERNATING)
def test_every_period_of_the_papers_company(
    variant: Variant, period: Period, tmp_path: Path
) -> None:
    """Generated with any period selected, in both dialects and languages by turns."""
    assert_stored_results(cano(), variant, tmp_path, period)


@pytest.mark.parametrize("variant", VARIANTS, ids=NAMES_OF_VARIANTS)
def test_the_year_of_a_company_with_everything(variant: Variant, tmp_path: Path) -> None:
    """Formulas, goals, directions and aggregations of every kind."""
    assert_stored_results(every_kind(), variant, tmp_path)


def test_twelve_months_of_which_last_years_are_not_known(tmp_path: Path) -> None:
    """A workbook that shows them can be made anew, although nothing is known of last year."""
    company = every_kind(figures=random_figures(2, until=5))
    assert not Figures.of(company).knows_last_year
    twelve = Calendar(company.company.year).period("rolling", 5)
    assert_stored_results(company, PLAIN, tmp_path, twelve)


@cache
def companies() -> dict[str, Definition]:
    """Companies that differ in what a definition fixes, not in what people type."""
    holes = random_figures(3, holes=0.3, last_months=True)
    return {
        "blank-sme": load_template("blank-sme"),
        "no figures": every_kind(figures={}),
        "half filled": every_kind(figures=random_figures(2, until=5)),
        "holes": every_kind(figures=holes),
        "from July": every_kind(company={"fiscal_start_month": 7}, figures=holes),
        "from December": every_kind(company={"fiscal_start_month": 12}),
        "two bands": every_kind(bands=bands(0.5)),
        "five bands": every_kind(bands=bands(0.4, 0.7, 0.9, 1.1)),
        "not annualised": with_policies(every_kind(), annualise=False),
        "no floor": with_policies(every_kind(), floor=None),
        "floor and cap": with_policies(every_kind(), floor=0.1, cap=1.2),
    }


def bands(*bounds: float) -> list[dict[str, object]]:
    """Bands above a lowest one."""
    return [
        {
            "from": bound,
            "id": f"b{number}",
            "name": f"Band {number}",
            "plan": "Plan",
            "term": "Soon",
        }
        for number, bound in enumerate((0, *bounds))
    ]


@pytest.mark.parametrize("name", list(companies()))
def test_other_companies(name: str, tmp_path: Path) -> None:
    """The year, a month, and twelve rolling months or the year to date, of any company."""
    company = companies()[name]
    calendar = Calendar(company.company.year, company.company.fiscal_start_month)
    rolling = calendar.period("rolling", 5)
    last = rolling if rolling in score(company).periods else calendar.period("ytd", 5)
    assert_stored_results(company, PORTABLE, tmp_path)
    assert_stored_results(company, PLAIN, tmp_path, calendar.period("month", 5))
    assert_stored_results(company, Variant("portable", "es"), tmp_path, last)


@pytest.mark.parametrize("variant", [PORTABLE, PLAIN], ids=["portable", "plain"])
def test_a_company_of_120_kpis(variant: Variant, tmp_path: Path) -> None:
    """Seven perspectives and thirty objectives are no more than a longer sheet."""
    assert_stored_results(large(), variant, tmp_path)


@pytest.mark.parametrize("number", range(len(ODD_NAMES)))
def test_odd_names_change_no_result(number: int, tmp_path: Path) -> None:
    """Quotes, signs, emoji and what looks like a formula, a number or an error are just names."""
    assert_stored_results(odd(ODD_NAMES[number]), VARIANTS[number % 4], tmp_path)
