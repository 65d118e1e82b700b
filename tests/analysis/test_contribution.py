"""What each KPI contributes adds up to the strategy, whatever is missing."""

from __future__ import annotations

from collections.abc import Sequence
from math import isclose

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tablero.udfs import weighted_agg
from tablero.workbook_templates.analysis.contribution import Contributions, contributions
from tablero.workbook_templates.definition import Definition
from tablero.workbook_templates.scoring import score
from tests.scoring.companies import a_company, a_kpi, a_perspective, an_input, an_objective, months
from tests.workbook.companies import cano, with_figures, with_kpis

Tree = list[list[list[tuple[float, float | None]]]]
"""Perspectives of objectives of KPIs, each a share and an achievement."""

_KPI = st.tuples(
    st.sampled_from([0.0, 1.0, 2.0, 5.0]), st.one_of(st.none(), st.floats(0, 3).map(lambda x: x))
)
_TREES = st.lists(
    st.lists(st.lists(_KPI, min_size=1, max_size=4), min_size=1, max_size=3), min_size=1, max_size=4
)


def shares(raw: Sequence[float]) -> list[float]:
    """Weights that sum to 1."""
    total = sum(raw)
    return [one / total for one in raw] if total else [1.0] + [0.0] * (len(raw) - 1)


def company(tree: Tree) -> tuple[Definition, list[float | None]]:
    """A company whose KPIs come to those achievements, and the achievements in order."""
    achieved = [one for perspective in tree for objective in perspective for _, one in objective]
    names = iter([f"k{number}" for number, _ in enumerate(achieved)])
    perspectives = [
        a_perspective(
            f"p{place}",
            weight,
            *(
                an_objective(
                    f"{place}.{number}",
                    part,
                    *(
                        a_kpi(name, f"x_{name}", 1.0, weight=each)
                        for each, name in zip(
                            shares([raw for raw, _ in objective]), names, strict=False
                        )
                    ),
                )
                for number, (part, objective) in enumerate(
                    zip(shares([float(len(one)) for one in perspective]), perspective, strict=True)
                )
            ),
        )
        for place, (weight, perspective) in enumerate(
            zip(shares([place + 1.0 for place, _ in enumerate(tree)]), tree, strict=True)
        )
    ]
    inputs = [an_input(f"x_k{number}", "A", perspective="p0") for number, _ in enumerate(achieved)]
    figures = {f"x_k{row}": {"months": months(one)} for row, one in enumerate(achieved)}
    return a_company(inputs, perspectives=perspectives, figures=figures), achieved


def strategy(definition: Definition, achieved: Sequence[float | None]) -> float | str:
    """The strategy as the cells roll it up, one call of WEIGHTED_AGG for each group."""
    left = iter(achieved)
    perspectives = []
    for perspective in definition.perspectives:
        objectives = [
            weighted_agg([next(left) for _ in one.kpis], [kpi.weight for kpi in one.kpis])
            for one in perspective.objectives
        ]
        perspectives.append(
            weighted_agg(objectives, [one.weight for one in perspective.objectives])
        )
    return weighted_agg(perspectives, [one.weight for one in definition.perspectives])


def found_in(definition: Definition) -> Contributions:
    scores = score(definition)
    return contributions(scores, scores.periods.index(scores.calendar.period("year", 12)))


@settings(max_examples=60, deadline=None)
@given(_TREES)
def test_contributions_sum_to_the_strategy_whatever_is_missing(tree: Tree) -> None:
    """So do the points to its distance from 100 %, and the parts to 1; or nothing is known."""
    definition, achieved = company(tree)
    found, whole = found_in(definition), strategy(definition, achieved)
    if whole == "":
        assert np.isnan(found.kpis).all()
        return
    assert isclose(found.contribution_of_all, float(whole), abs_tol=1e-9)
    assert isclose(found.points_of_all, float(whole) - 1, abs_tol=1e-9)
    assert isclose(float(np.nansum(found.kpis)), 1, abs_tol=1e-9)


@settings(max_examples=40, deadline=None)
@given(_TREES)
def test_a_part_is_what_the_strategy_gains_when_a_kpi_gains_one(tree: Tree) -> None:
    """The roll-up itself is asked: each KPI's achievement is raised by 1 in turn."""
    definition, achieved = company(tree)
    found, before = found_in(definition), strategy(definition, achieved)
    for row, one in enumerate(achieved):
        part = float(found.kpis[row])
        if one is None or np.isnan(part):
            assert np.isnan(part)
            continue
        raised = [*achieved[:row], one + 1, *achieved[row + 1 :]]
        assert isclose(float(strategy(definition, raised)) - float(before), part, abs_tol=1e-9)


def test_with_every_figure_parts_are_products_of_the_weights() -> None:
    """0.25 × 0.55 × 0.55 for the return on assets of the paper's company."""
    products = [
        perspective.weight * objective.weight * kpi.weight
        for perspective in cano().perspectives
        for objective in perspective.objectives
        for kpi in objective.kpis
    ]
    assert found_in(cano()).kpis == pytest.approx(products)


def test_the_ranking_goes_from_what_costs_most_to_what_adds_most() -> None:
    """KPIs without figures come last."""
    found = found_in(with_figures(cano(), {"net_sales": {}}))
    points = [float(found.points[row]) for row in found.ranking]
    known = [one for one in points if not np.isnan(one)]
    assert known == sorted(known)
    assert all(np.isnan(one) for one in points[len(known) :])
    assert len(points) - len(known) == 2


def test_a_kpi_without_goal_leaves_its_weight_to_its_neighbours() -> None:
    """The return on equity takes all of the objective's part."""
    whole, found = found_in(cano()), found_in(with_kpis(cano(), roa={"goal": None}))
    assert np.isnan(found.kpis[0])
    assert found.kpis[1] == pytest.approx(whole.kpis[0] + whole.kpis[1])
