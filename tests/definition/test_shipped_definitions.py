"""The definitions that are shipped, and the paper's figures in the first of them."""

from __future__ import annotations

import numpy as np
import pytest

from tablero.workbook_templates.definition import Definition, Input, LocalText
from tablero.workbook_templates.expressions import FloatArray, degree, evaluate, parse
from tablero.workbook_templates.library import available, load_template
from tablero.workbook_templates.problems import ProblemsError
from tablero.workbook_templates.validation import check_definition

TEMPLATES = [template.id for template in available()]
ONE_OF_THESE = f"Use one of these: {', '.join(TEMPLATES)}."

# Values of the year from the months of table 4, and the goals and weights of table 5.
PAPER = {
    "roa": (0.463448, 0.35, 0.55),
    "roe": (1.747724, 0.70, 0.45),
    "net_profit_margin": (0.043597, 0.09, 0.55),
    "sales_growth": (0.031727, 0.05, 0.45),
    "customers_growth": (0.015625, 0.05, 0.55),
    "customers_churn": (0.210256, 0.12, 0.45),
    "complaints_claims": (0.134078, 0.10, 0.50),
    "returned_orders": (0.086592, 0.10, 0.50),
    "purchasing_cycle": (38.333333, 36, 0.30),
    "production_cycle": (24.833333, 24, 0.30),
    "delivery_cycle": (9.250000, 8, 0.40),
    "defective_products": (0.135833, 0.10, 1.00),
    "investment_in_training": (0.094176, 0.17, 0.60),
    "training_effectiveness": (0.443750, 1.00, 0.40),
    "satisfied_staff": (0.794444, 0.70, 1.00),
}


def of_the_year(item: Input, definition: Definition) -> FloatArray:
    """An input's total or average over the twelve months."""
    months = np.array(definition.figures[item.id].months, dtype=float)
    return np.asarray(months.sum() if item.aggregation == "T" else months.mean())


def test_the_year_of_the_papers_company_gives_the_papers_values() -> None:
    """Fifteen KPIs over totals and averages of table 4, in the order of table 5."""
    cano = load_template("cano")
    now = {item.id: of_the_year(item, cano) for item in cano.inputs}
    before = {name: np.asarray(given.last_year) for name, given in cano.figures.items()}
    values = {
        kpi.id: float(evaluate(parse(kpi.formula), now.__getitem__, before.__getitem__))
        for kpi in cano.kpis()
    }
    assert list(values) == list(PAPER)
    assert values == pytest.approx({name: row[0] for name, row in PAPER.items()}, abs=5e-7)


def test_goals_and_weights_are_those_of_the_paper() -> None:
    """Table 5, down to each KPI."""
    cano = load_template("cano")
    assert {kpi.id: (kpi.goal, kpi.weight) for kpi in cano.kpis()} == {
        name: row[1:] for name, row in PAPER.items()
    }
    assert [one.weight for one in cano.perspectives] == [0.25, 0.24, 0.27, 0.24]
    objectives = {objective.id: objective.weight for objective in cano.objectives()}
    assert objectives == {
        "1.1": 0.55, "1.2": 0.45, "2.1": 0.7, "2.2": 0.3,
        "3.1": 0.5, "3.2": 0.5, "4.1": 0.7, "4.2": 0.3,
    }  # fmt: skip


def test_low_values_are_wanted_where_the_paper_wants_them() -> None:
    """Churn, complaints, returns, cycle times and defects; everything else is better high."""
    low = {kpi.id for kpi in load_template("cano").kpis() if kpi.desired == "Low"}
    assert low == {
        "customers_churn", "complaints_claims", "returned_orders", "purchasing_cycle",
        "production_cycle", "delivery_cycle", "defective_products",
    }  # fmt: skip


def test_the_strategy_map_has_the_ten_links_of_the_paper() -> None:
    """Figure 3, as the text describes it."""
    links = {(link.cause, link.effect) for link in load_template("cano").links}
    assert links == {
        ("4.1", "1.1"), ("4.1", "2.1"), ("4.1", "3.1"), ("4.2", "3.2"), ("3.1", "3.2"),
        ("3.2", "2.2"), ("3.2", "1.1"), ("3.2", "1.2"), ("2.2", "2.1"), ("2.1", "1.2"),
    }  # fmt: skip


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_shipped_definition_is_without_any_problem(template: str) -> None:
    """Not even a note, but for goals left to the company with a hint where to find one.

    Key results may wait for a number where notes say what the source leaves open, or where
    they follow a KPI whose goal the company sets.
    """
    definition = load_template(template)
    left = [kpi.id for kpi in definition.kpis() if kpi.goal is None and kpi.goal_hint]
    follow = {one.id for one in definition.key_results() if one.kpi in left}
    found = [
        (problem.code, problem.values.get("id"))
        for problem in check_definition(definition)
        if problem.code != "okr_number_missing"
        or not (definition.notes or problem.values["id"] in follow)
    ]
    assert found == [("goal_missing", name) for name in left]


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_shipped_definition_speaks_both_languages(template: str) -> None:
    """Every name and description is there in English and in Spanish."""
    definition = load_template(template)
    kpis = list(definition.kpis())
    names = [perspective.name for perspective in definition.perspectives]
    names += [objective.name for objective in definition.objectives()]
    names += [item.name for item in definition.inputs]
    texts = [text for kpi in kpis for text in (kpi.name, kpi.description)]
    whole = [definition.title, definition.description]
    assert all(_is_bilingual(text) for text in (*names, *texts, *whole))
    units = [item.unit for item in definition.inputs] + [kpi.unit for kpi in kpis]
    assert all(_is_bilingual(unit) or unit[""] in {"%", "currency"} for unit in units)


def _is_bilingual(text: LocalText) -> bool:
    return bool(text.get("en") and text.get("es"))


def test_the_starting_point_is_of_a_useful_size_and_has_no_figures() -> None:
    """Four perspectives, eight to ten objectives, fifteen to twenty KPIs, each with an owner."""
    start = next(template for template in available() if template.id == "blank-sme")
    assert (start.perspectives, 8 <= start.objectives <= 10) == (4, True)
    assert 15 <= start.kpis <= 20
    definition = load_template("blank-sme")
    assert definition.figures == {}
    assert all(kpi.owner and kpi.goal is not None for kpi in definition.kpis())
    assert {kpi.timing for kpi in definition.kpis()} == {"leading", "lagging"}
    assert {item.aggregation for item in definition.inputs} == {"T", "A", "L"}


def test_the_starting_point_holds_every_time_dimension() -> None:
    """Ratios, flows over levels, plain totals, and days whose sales count at a yearly rate."""
    definition = load_template("blank-sme")
    degree_of = {item.id: int(item.aggregation == "T") for item in definition.inputs}
    degrees = {kpi.id: degree(parse(kpi.formula), degree_of) for kpi in definition.kpis()}
    assert set(degrees.values()) == {-1, 0, 1}
    assert degrees["return_on_assets"] == degrees["customers_won"] == 1
    assert degrees["receivable_days"] == -1


def test_templates_are_listed_with_their_size() -> None:
    """The paper's company has 4 perspectives, 8 objectives, 15 KPIs and 20 inputs."""
    cano = next(template for template in available() if template.id == "cano")
    assert (cano.perspectives, cano.objectives, cano.kpis, cano.inputs) == (4, 8, 15, 20)
    assert "2016" in cano.description.in_language("es")


@pytest.mark.parametrize(
    ("name", "code", "remedy"),
    [
        ("canno", "template_unknown_similar", "Did you mean “cano”?"),
        ("../definitions/cano", "template_unknown", ONE_OF_THESE),
        ("zzzzz", "template_unknown", ONE_OF_THESE),
    ],
)
def test_an_unknown_template_is_told_with_the_nearest_one(
    name: str, code: str, remedy: str
) -> None:
    """A mistyped name is recognised; no path leads out of the shipped ones."""
    with pytest.raises(ProblemsError) as refusal:
        load_template(name)
    assert [(one.code, one.remedy("en")) for one in refusal.value.problems] == [(code, remedy)]
