"""Typing other figures, goals, weights or policies recalculates to what Python scores."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tablero.workbook_templates.board import Board
from tablero.workbook_templates.definition import Definition
from tablero.workbook_templates.library import load_template
from tablero.workbook_templates.periods import Calendar, Kind, Period
from tablero.workbook_templates.scoring import score
from tests.engines.ironcalc_engine import Workbook
from tests.workbook.companies import (
    cano,
    every_kind,
    random_figures,
    with_figures,
    with_holes,
    with_kpis,
    with_policies,
)
from tests.workbook.comparing import alike, differences, scorecard_cells, shown
from tests.workbook.making import PLAIN, PORTABLE, Variant, contents, results

Change = Callable[[Definition], Definition]
PERIODS: tuple[tuple[Kind, int], ...] = (("year", 12), ("month", 3), ("quarter", 6), ("ytd", 5))


def zeros(*names: str) -> dict[str, dict[str, object]]:
    return {name: {"months": (0.0,) * 12, "last_year": 0.0} for name in names}


def every_third_month(company: Definition) -> Definition:
    return with_holes(
        company,
        [(one.id, month) for one in company.inputs for month in (3, 6, 9, 12)],
    )


PAPER: dict[str, Change] = {
    "a bad year": lambda it: with_figures(
        it, {"net_income": {"last_year": 112.0, "months": [-16.0, 7, -30, *[-3] * 9]}}
    ),
    "blank months": lambda it: with_holes(
        it, [("net_income", 1), ("net_sales", 5), ("trained_employees", 12), ("rejected_orders", 3)]
    ),
    "every third month blank": every_third_month,
    "an input nobody fills": lambda it: with_figures(it, {"total_customers": {}}),
    "no figures at all": lambda it: it.model_copy(update={"figures": {}}),
    "zero denominators": lambda it: with_figures(it, zeros("net_sales", "customer_orders")),
    "zero last year": lambda it: with_figures(
        it, {"net_sales": {"last_year": 0.0, "months": [1.0] * 12}}
    ),
    "last year's months": lambda it: with_figures(
        it,
        {"net_sales": {"last_year": 1.0, "last_year_months": [9.0] * 12, "months": [10.0] * 12}},
    ),
    "a gap in last year's months": lambda it: with_figures(
        it,
        {
            "net_sales": {
                "last_year": 2490.0,
                "last_year_months": [200.0] * 4 + [None] * 8,
                "months": [210.0] * 12,
            }
        },
    ),
    "a goal of zero": lambda it: with_kpis(it, roa={"goal": 0.0}, returned_orders={"goal": 0.0}),
    "a negative goal": lambda it: with_kpis(it, roa={"goal": -0.2}, customers_churn={"goal": -1.0}),
    "no goal": lambda it: with_kpis(it, roa={"goal": None}, satisfied_staff={"goal": None}),
    "other weights": lambda it: with_kpis(it, roa={"weight": 1.0}, roe={"weight": 0.0}),
    "nearest is best": lambda it: with_kpis(
        it, purchasing_cycle={"desired": "Target"}, roa={"desired": "Low"}
    ),
    "monthly goals": lambda it: with_kpis(
        it,
        roa={"monthly_goals": (0.4, 0.3, None, 0.2, *(None,) * 8)},
        delivery_cycle={"monthly_goals": (None,) * 5 + (7.0,) * 7},
    ),
    "no floor": lambda it: with_policies(it, floor=None),
    "a higher floor": lambda it: with_policies(it, floor=0.5),
    "a cap": lambda it: with_policies(it, cap=2.0),
    "floor and cap": lambda it: with_policies(it, floor=-0.5, cap=1.0),
    "not annualised": lambda it: with_policies(it, annualise=False),
    "other bands": lambda it: it.model_copy(
        update={
            "bands": tuple(
                band.model_copy(update={"from_": bound})
                for band, bound in zip(it.bands, (0.0, 0.3, 0.79, 1.3), strict=True)
            )
        }
    ),
}


class Desk:
    """A workbook open at somebody's desk, in which one board after the other is typed."""

    def __init__(self, variant: Variant, definition: Definition, folder: Path) -> None:
        self._variant = variant
        self.engine = Workbook.load(variant.write(definition, folder / "desk.xlsx"))
        self._present = contents(variant.board(definition))

    def type(self, definition: Definition, period: Period) -> Board:
        """Type what differs between the present state and that of another board."""
        board = self._variant.board(definition, period)
        before, self._present = self._present, contents(board)
        self.engine.set_many(
            {
                place: value
                for place, value in self._present.typed.items()
                if before.typed[place] != value
            }
        )
        self.engine.calculate()
        return board

    def differences(self, definition: Definition, period: Period) -> list[str]:
        """What differs, after typing, from the sheets' results and from the scored model."""
        board = self.type(definition, period)
        found = shown(self.engine)
        return [
            *differences(found, self._present.results),
            *differences(found, scorecard_cells(board, board.scores.at(period))),
        ]


@pytest.fixture(scope="module", params=[PORTABLE, PLAIN], ids=["portable", "plain"])
def paper(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The paper's company, in which one test after the other types its figures."""
    return Desk(request.param, cano(), tmp_path_factory.mktemp("desk"))


@pytest.mark.parametrize("name", list(PAPER))
def test_other_entries_in_the_papers_company(paper: Desk, name: str) -> None:
    """Every change gives Python's result in the year, a month, a quarter and a year to date."""
    company = PAPER[name](cano())
    for kind, month in PERIODS:
        assert paper.differences(company, Calendar(2016).period(kind, month)) == [], (kind, month)


@pytest.mark.parametrize("variant", [PORTABLE, PLAIN], ids=["portable", "plain"])
def test_random_figures_with_holes(variant: Variant, tmp_path: Path) -> None:
    """Formulas of every kind over ten draws of figures, each with other holes, in other periods."""
    at_work = Desk(variant, every_kind(), tmp_path)
    periods = Calendar(2026).periods(rolling=True)
    for seed in range(10, 20):
        figures = random_figures(seed, holes=0.06 * (seed - 10), last_months=seed % 2 == 0)
        company = with_figures(every_kind(), figures)
        scored = score(company).periods
        for period in [one for one in periods[seed::11] if one in scored]:
            assert at_work.differences(company, period) == [], (seed, period)


@pytest.mark.parametrize("variant", [PORTABLE, PLAIN], ids=["portable", "plain"])
def test_filling_a_blank_workbook_month_by_month(variant: Variant, tmp_path: Path) -> None:
    """Somebody begins with the template for small companies and types one month after the other."""
    blank = load_template("blank-sme")
    at_work = Desk(variant, blank, tmp_path)
    calendar = Calendar(blank.company.year, blank.company.fiscal_start_month)
    for month in (0, 1, 2, 7):
        figures = {
            one.id: {"months": [10.0 + place + m for m in range(month)] + [None] * (12 - month)}
            for place, one in enumerate(blank.inputs)
        }
        filled = with_figures(blank, figures)
        for kind in ("month", "ytd"):
            period = calendar.period(kind, max(month, 1))
            assert at_work.differences(filled, period) == [], (month, kind)


@pytest.mark.parametrize("variant", [PORTABLE, PLAIN], ids=["portable", "plain"])
def test_weights_that_do_not_add_up_give_an_error_there_and_above(
    variant: Variant, tmp_path: Path
) -> None:
    """The objective, its perspective and the strategy show #NUM!; the rest stays."""
    at_work = Desk(variant, cano(), tmp_path)
    broken = with_kpis(cano(), roa={"weight": 0.5})
    board = at_work.type(broken, Calendar(2016).period("year", 12))
    card = board.scores.at(board.period)
    table, found = board.layout.scorecard, shown(at_work.engine)
    expected = scorecard_cells(board, card)
    for key in ("strategy", "perspective:financial", "objective:1.1"):
        assert found[table.title, table.cell(key, "achievement")] == "#NUM!"
        for column in ("achievement", "assessment", "plan", "term", "coverage"):
            del expected[table.title, table.cell(key, column)]
    assert differences(found, expected) == []
    checks = board.layout.checks
    assert found[checks.title, checks.cell("weights:objective:1.1", "result")] == 1
    assert found[checks.title, checks.cell("total", "result")] == 1


@pytest.mark.parametrize("variant", [PORTABLE, PLAIN], ids=["portable", "plain"])
@pytest.mark.parametrize(("text", "shows"), [("abc", "#VALUE!"), ("1.234,56", "#VALUE!")])
def test_a_text_among_the_figures_is_an_error_and_is_counted(
    variant: Variant, text: str, shows: str, tmp_path: Path
) -> None:
    """A text never counts as zero: what stands on it shows an error, and Checks counts it."""
    at_work = Desk(variant, cano(), tmp_path)
    board = variant.board(cano())
    inputs = board.layout.inputs
    at_work.engine.set(inputs.title, inputs.cell("net_income", "m3"), text)
    at_work.engine.calculate()
    table, found = board.layout.scorecard, shown(at_work.engine)
    for key in ("strategy", "perspective:financial", "objective:1.1", "kpi:roa"):
        assert found[table.title, table.cell(key, "achievement")] == shows
    untouched = (table.title, table.cell("perspective:customers", "achievement"))
    assert alike(found[untouched], results(board)[untouched])
    checks = board.layout.checks
    assert found[checks.title, checks.cell("text_inputs", "result")] == 1
