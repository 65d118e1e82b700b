"""Who owes which figure."""

from __future__ import annotations

from tablero.workbook_templates.definition import Definition
from tablero.workbook_templates.owing import input_owners
from tablero.workbook_templates.periods import Kind
from tests.scoring.companies import Month, a_company, a_kpi, an_input, months, scorecard

INPUTS = [an_input("sales", owner="Ana"), an_input("costs"), an_input("staff"), an_input("spare")]
KPIS = [
    a_kpi("margin", "sales - costs", owner="Luis"),
    a_kpi("output", "sales / staff", owner="Eva"),
    a_kpi("cost_share", "costs / staff", owner="Rosa"),
]


def company(**figures: tuple[Month, ...]) -> Definition:
    return a_company(INPUTS, KPIS, {name: {"months": given} for name, given in figures.items()})


def owed(definition: Definition, kind: Kind, month: int) -> dict[str, tuple[str, tuple[int, ...]]]:
    """Owner and months by input."""
    card = scorecard(definition, kind, month)
    return {one.input.id: (one.owner.in_language("en"), one.months) for one in card.owed}


def test_an_input_is_owed_by_its_owner_else_by_that_of_its_first_kpi() -> None:
    """Costs are Luis's, because the first KPI that needs them is his."""
    owners = {name: one.in_language("en") for name, one in input_owners(company()).items()}
    assert owners == {"sales": "Ana", "costs": "Luis", "staff": "Eva", "spare": ""}


def test_gaps_up_to_the_latest_month_with_figures_are_owed() -> None:
    """March is the latest month anybody filled; nothing is owed for April to December."""
    given = company(
        sales=months(1, 2, 3), costs=months(1, None, 3), staff=months(1), spare=months(1, 1, 1)
    )
    assert owed(given, "year", 12) == {"costs": ("Luis", (2,)), "staff": ("Eva", (2, 3))}


def test_only_months_of_the_period_are_owed() -> None:
    """In the first quarter's last month alone."""
    given = company(
        sales=months(1, 2, 3), costs=months(1, None, 3), staff=months(1), spare=months(1, 1, 1)
    )
    assert owed(given, "month", 3) == {"staff": ("Eva", (3,))}
    assert owed(given, "quarter", 6) == {}


def test_a_month_asked_for_by_itself_is_owed_even_when_nobody_has_begun_it() -> None:
    """Whoever looks at April wants April's figures."""
    given = company(sales=months(1, 2, 3))
    assert set(owed(given, "month", 4)) == {"sales", "costs", "staff", "spare"}
    assert owed(given, "month", 4)["sales"] == ("Ana", (4,))


def test_nothing_is_owed_where_nobody_has_begun() -> None:
    """An empty year is a start, not a debt."""
    assert owed(company(), "year", 12) == {}


def test_months_of_last_year_are_never_owed() -> None:
    """Twelve rolling months reach into last year, whose months may stay empty."""
    given = a_company(
        INPUTS[:1],
        [a_kpi("k", "sales")],
        {"sales": {"months": months(1, 2), "last_year_months": months(1)}},
    )
    assert owed(given, "rolling", 2) == {}
