"""The summary of a period: what it says of good, bad, half-filled and empty scorecards."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tablero.workbook_templates.definition import Definition
from tablero.workbook_templates.library import load_template
from tablero.workbook_templates.reports.content.headline import headline
from tablero.workbook_templates.reports.content.owed import owed
from tablero.workbook_templates.reports.content.perspectives import perspectives
from tablero.workbook_templates.reports.content.plurals import form, listed
from tests.reports.contents import report
from tests.scoring.companies import (
    Month,
    a_company,
    a_kpi,
    a_perspective,
    an_input,
    an_objective,
    months,
)
from tests.workbook.companies import every_kind, random_figures


def one_kpi(*figures: Month, goal: float | None = 120.0, owner: str = "Ana") -> Definition:
    """A company of one KPI, which is to come to a total of its goal in a year."""
    return a_company(
        [an_input("x", owner=owner)],
        [a_kpi("k", "x", goal=goal)],
        figures={"x": {"months": months(*figures)}},
    )


def two_kpis(first: float | None, second: float | None) -> Definition:
    """A company of two KPIs in an objective each, with one month of figures."""
    inputs = [an_input("x", perspective="all"), an_input("y", perspective="all")]
    objectives = [
        an_objective(name, 0.5, a_kpi(name, key, goal=120.0))
        for name, key in (("one", "x"), ("two", "y"))
    ]
    figures = {"x": {"months": months(first)}, "y": {"months": months(second)}}
    return a_company(inputs, figures=figures, perspectives=[a_perspective("all", 1, *objectives)])


def test_a_month_is_set_beside_the_month_before() -> None:
    """In points, with what it was then."""
    company = one_kpi(10, 12, 8)
    assert headline(report(company, "2026-01")).change == ""
    assert headline(report(company, "2026-02")).change == (
        "That is 20.0 points more than Jan 2026 (100.0%)."
    )
    assert headline(report(company, "2026-03", "pt")).change == (
        "Está 40,0 pontos abaixo de Fev 2026 (120,0%)."
    )
    same = headline(report(one_kpi(10, 10), "2026-02", "es"))
    assert same.change == "Está igual que en Ene 2026 (100.0%)."


@pytest.mark.parametrize(
    ("period", "before"),
    [
        ("2026-Q2", "Q1 2026"),
        ("2026-Q1", ""),
        ("ytd-2026-03", "Jan–Feb 2026"),
        ("ytd-2026-01", ""),
        ("2026", ""),
        ("2026-06", "May 2026"),
    ],
)
def test_the_period_before_is_of_the_same_kind(period: str, before: str) -> None:
    """A quarter follows a quarter; the year and the first of a kind follow nothing."""
    found = perspectives(report(one_kpi(10, 12, 8, 10, 10, 10), period))
    assert found.before == before
    assert found.strategy.change.label == before


def test_changes_are_told_in_words() -> None:
    """Better, worse, unchanged, new, gone; a node without any score says nothing."""
    company = one_kpi(10, 12, 8, 8, None, 9)
    codes = [
        perspectives(report(company, f"2026-{month:02d}")).strategy.change.code
        for month in range(1, 9)
    ]
    assert codes == ["", "better", "worse", "same", "gone", "new", "gone", ""]
    change = perspectives(report(company, "2026-03", "es")).strategy.change
    assert (change.symbol, change.word, change.points, change.before) == (
        "↘", "peor", "−40.0", "120.0%",
    )  # fmt: skip


def test_last_year_is_told_where_it_is_known() -> None:
    """By this year's goals, over the KPIs known in both years."""
    company = every_kind(figures=random_figures(2, last_months=True, until=6))
    said = headline(report(company, "2026-Q2")).last_year
    assert said.startswith("Beside last year it ")
    assert said.endswith("of 16).")
    assert headline(report(one_kpi(10), "2026-01")).last_year == ""


def test_the_kpis_that_help_and_cost_most_are_named() -> None:
    """With their achievement and their points; in a company of one objective no others."""
    said = headline(report(two_kpis(12, 5), "2026-01"))
    assert said.best == "“one” helps most: with 120.0% of its goal it adds 10.0 points."
    assert said.worst == "“two” costs most: with 50.0% of its goal it takes away 25.0 points."
    assert said.objectives == (
        "Of the objectives, “one” stands highest (120.0%) and “two” lowest (50.0%)."
    )
    alike = headline(report(two_kpis(10, 10), "2026-01"))
    assert alike.best == "No KPI is above its goal."
    assert alike.worst == "No KPI is below its goal."
    assert alike.objectives == "All objectives stand at 100.0%."
    assert headline(report(one_kpi(10), "2026-01")).objectives == ""


@pytest.mark.parametrize(
    ("language", "one", "several"),
    [
        (
            "en",
            ("One KPI: Good.", "One figure is owed: Ana (1)."),
            ("2 KPIs: 1 Excellent and 1 Not acceptable.", "2 figures are owed: Ana (2)."),
        ),
        (
            "es",
            ("Un indicador: Bueno.", "Se debe una cifra: Ana (1)."),
            ("2 indicadores: 1 en Excelente y 1 en Inaceptable.", "Se deben 2 cifras: Ana (2)."),
        ),
        (
            "pt",
            ("Um indicador: Bom.", "Um valor está pendente: Ana (1)."),
            (
                "2 indicadores: 1 em Excelente e 1 em Inaceitável.",
                "2 valores estão pendentes: Ana (2).",
            ),
        ),
    ],
)
def test_one_and_several_are_told_apart(
    language: str, one: tuple[str, str], several: tuple[str, str]
) -> None:
    """Plural forms of each language."""
    single = headline(report(one_kpi(10, None, 6), "2026-Q1", language))
    assert (single.bands, single.owed) == one
    many = headline(report(two_kpis(12, 5), "2026-01", language))
    gaps = headline(report(one_kpi(10, None, None, 6), "ytd-2026-04", language))
    assert (many.bands, gaps.owed) == several


def test_plurals_are_those_of_the_language() -> None:
    """Portuguese says one point and a half like one, Spanish like several."""
    assert [form(Decimal("1.5"), one) for one in ("en", "es", "pt")] == ["other", "other", "one"]
    assert [form(1_000_000, one) for one in ("es", "pt")] == ["other", "other"]
    assert [form(number, "en") for number in (0, 1, 2)] == ["other", "one", "other"]


def test_lists_are_joined_as_people_do() -> None:
    """What is too much is counted; a single one beyond is named."""
    shown = report(one_kpi(1))
    assert listed(shown, []) == ""
    assert listed(shown, ["a"]) == "a"
    assert listed(shown, ["a", "b", "c"], 2) == "a, b and c"
    assert listed(shown, ["a", "b", "c", "d"], 2) == "a, b and 2 more"


@pytest.mark.parametrize("language", ["en", "es", "pt"])
@pytest.mark.parametrize("period", ["2026", "2026-07", "2026-Q3"])
def test_no_figures_at_all_are_told_in_a_sentence(language: str, period: str) -> None:
    """Nothing is scored, nothing is compared, nobody is blamed for what cannot be known."""
    said = headline(report(load_template("blank-sme"), period, language))
    assert said.standing
    assert (said.achieved, said.achievement, said.mark.position) == ("–", None, -1)
    assert said.coverage
    assert said.mark.word
    nothing = (said.change, said.last_year, said.best, said.worst, said.objectives, said.bands)
    assert set(nothing) == {""}
    assert said.sentences == (said.standing, said.owed)


@pytest.mark.parametrize(
    ("company", "period", "said"),
    [
        (one_kpi(), "2026-07", "Nothing is scored yet: there are no figures of 2026."),
        (
            one_kpi(10, 12),
            "2026-07",
            "Nothing is scored in Jul 2026 yet: the newest figures are of Feb 2026.",
        ),
        (
            one_kpi(10, None, 12),
            "2026-02",
            "Nothing is scored in Feb 2026: none of its months has figures.",
        ),
        (
            one_kpi(10, goal=None),
            "2026-01",
            "The strategy has no score in Jan 2026: no KPI has both a value and a goal.",
        ),
    ],
)
def test_why_there_is_no_score_is_said(company: Definition, period: str, said: str) -> None:
    """A period ahead, a gap, no goals."""
    found = headline(report(company, period))
    assert found.standing == said
    assert found.coverage == "The coverage is 0%: no KPI can be scored."
    assert found.mark.word == "not scored"


def test_weights_that_do_not_add_up_are_the_reason() -> None:
    """Then the strategy has no score, whatever its figures."""
    wrong = a_company(
        [an_input("x")],
        [a_kpi("k", "x", weight=0.4), a_kpi("m", "x", weight=0.4)],
        figures={"x": {"months": months(1.0)}},
    )
    found = headline(report(wrong, "2026-01"))
    assert found.standing.startswith("The strategy has no score, because weights")


def test_a_kpi_says_whether_its_figure_or_its_goal_is_missing() -> None:
    """Both leave it without a band."""
    (without_goal,) = perspectives(report(one_kpi(10, goal=None), "2026-01")).kpis
    (without_figure,) = perspectives(report(one_kpi(10), "2026-02")).kpis
    assert without_goal.mark.word == "no goal"
    assert without_figure.mark.word == "no figure"


def test_coverage_below_all_never_reads_as_all() -> None:
    """What is almost complete is told with decimals."""
    inputs = [an_input("x", perspective="all"), an_input("y", perspective="all")]
    objective = an_objective(
        "1", 1, a_kpi("a", "x", 12.0, weight=0.997), a_kpi("b", "y", weight=0.003)
    )
    company = a_company(
        inputs,
        figures={"x": {"months": months(1.0)}},
        perspectives=[a_perspective("all", 1, objective)],
    )
    said = headline(report(company, "2026-01")).coverage
    assert said.startswith("The figures cover 99.70% of the weights")


def test_a_score_on_part_of_the_figures_says_so_at_once() -> None:
    """The coverage follows the score; where it is complete, it can wait."""
    part, whole = (headline(report(two_kpis(12, one), "2026-01")) for one in (None, 12))
    assert part.sentences[:2] == (part.standing, part.coverage)
    assert whole.sentences[-2:] == (whole.coverage, whole.owed)


def test_owed_figures_name_owners_and_months() -> None:
    """Months that follow each other together; figures without an owner come last."""
    inputs = [an_input("x"), an_input("y", owner="Zoe"), an_input("z", owner="Ana")]
    company = a_company(
        inputs,
        [a_kpi("k", "x + y + z", 100.0)],
        figures={
            "x": {"months": months(1, None, None, None, 1, None, 1)},
            "y": {"months": months(*[1] * 6)},
            "z": {"months": months(*[1] * 6)},
        },
    )
    found = owed(report(company, "ytd-2026-07"))
    assert [(row.owner, row.months, row.count) for row in found.rows] == [
        ("Ana", "Jul 2026", 1),
        ("Zoe", "Jul 2026", 1),
        ("nobody named", "Feb–Apr 2026 and Jun 2026", 4),
    ]
    assert found.sentence == "6 figures are owed: nobody named (4), Ana (1) and Zoe (1)."
    assert owed(report(company, "2026-01")).sentence != ""
