"""Choosing another period on Home recalculates every sheet to what Python scores."""

from __future__ import annotations

from pathlib import Path

import pytest

from tablero.workbook_templates.definition import Definition
from tablero.workbook_templates.periods import Calendar, Period
from tablero.workbook_templates.scoring import score
from tests.engines.ironcalc_engine import Workbook
from tests.engines.spreadsheet import Place, Spreadsheet, Value
from tests.workbook.companies import cano, every_kind, random_figures
from tests.workbook.comparing import differences, scorecard_cells, shown
from tests.workbook.making import NAMES_OF_VARIANTS, VARIANTS, Variant, choice, named_cell, results


def all_differences(
    engine: Spreadsheet, definition: Definition, variant: Variant, period: Period
) -> list[str]:
    """What differs after a period is chosen: from the sheets' results and from the scored model."""
    board = variant.board(definition, period)
    engine.set_many(choice(board, period))
    engine.calculate()
    found = shown(engine)
    card = score(definition).at(period)
    return [*differences(found, results(board)), *differences(found, scorecard_cells(board, card))]


@pytest.mark.parametrize("variant", VARIANTS, ids=NAMES_OF_VARIANTS)
def test_every_period_of_the_papers_company(variant: Variant, tmp_path: Path) -> None:
    """Twelve months, four quarters, twelve years to date and the year; some in each language."""
    company = cano()
    engine = Workbook.load(variant.write(company, tmp_path / "cano.xlsx"))
    every = Calendar(2016).periods()
    for period in every if variant.language == "en" else every[::4]:
        assert all_differences(engine, company, variant, period) == [], period


@pytest.mark.parametrize("variant", VARIANTS, ids=NAMES_OF_VARIANTS)
def test_rolling_months_of_a_year_from_july(variant: Variant, tmp_path: Path) -> None:
    """Last year's months are known here and there; the fiscal year begins in July."""
    figures = random_figures(5, holes=0.1, last_months=True)
    company = every_kind(company={"fiscal_start_month": 7}, figures=figures)
    engine = Workbook.load(variant.write(company, tmp_path / "july.xlsx"))
    calendar = Calendar(2026, 7)
    some = [calendar.period("rolling", month) for month in (1, 6, 11, 12)]
    some += [calendar.period("month", 7), calendar.period("quarter", 9), calendar.period("ytd", 8)]
    for period in some:
        assert all_differences(engine, company, variant, period) == [], period


@pytest.mark.parametrize("month", [4, 5, 6])
def test_any_month_of_a_quarter_shows_the_quarter(month: int, tmp_path: Path) -> None:
    """Somebody in May who picks “Quarter” sees April to June, whichever month is chosen."""
    variant, period = VARIANTS[0], Calendar(2016).period("quarter", 6)
    company = cano()
    engine = Workbook.load(variant.write(company, tmp_path / "cano.xlsx"))
    board = variant.board(company, period)
    chosen = choice(board, Calendar(2016).period("month", month))
    home: dict[Place, Value] = {**chosen, named_cell(board, "home_kind"): "Quarter"}
    engine.set_many(home)
    engine.calculate()
    expected = results(board)
    expected[named_cell(board, "period_month")] = month
    assert differences(shown(engine), expected) == []


def test_a_choice_that_is_not_in_the_list_is_told_on_checks(tmp_path: Path) -> None:
    """An unknown kind of period gives errors, not figures of another period, and no go."""
    variant, company = VARIANTS[2], cano()
    engine = Workbook.load(variant.write(company, tmp_path / "cano.xlsx"))
    board = variant.board(company)
    engine.set(*named_cell(board, "home_kind"), "Decade")
    engine.calculate()
    checks, scorecard = board.layout.checks, board.layout.scorecard
    assert engine.value(checks.title, checks.cell("period", "result")) == 1
    assert str(engine.value(scorecard.title, scorecard.cell("strategy", "achievement"))) in (
        "#N/A",
        "#VALUE!",
    )
