"""A definition with some of its KPIs: weights are whole again, nothing hangs in the air."""

from __future__ import annotations

import math
from collections.abc import Collection

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tablero.workbook_templates.definition import Definition
from tablero.workbook_templates.library import available, load_template
from tablero.workbook_templates.problems import ProblemsError, has_errors
from tablero.workbook_templates.tailoring.keeping import keep
from tablero.workbook_templates.tailoring.shares import rescaled, rounded
from tablero.workbook_templates.tailoring.tailored import without
from tablero.workbook_templates.tailoring.weighing import groups
from tablero.workbook_templates.validation import check_definition


def is_whole(weights: Collection[float]) -> bool:
    """Whether weights sum to one."""
    return math.isclose(math.fsum(weights), 1, abs_tol=1e-9)


def is_sound(definition: Definition) -> bool:
    """Whether nothing is wrong and every level weighs a whole."""
    problems = check_definition(definition)
    unused = [one for one in problems if one.code == "input_unused"]
    weights = ([one.weight for one in group.members] for group in groups(definition))
    return not (has_errors(problems) or unused) and all(map(is_whole, weights))


@given(st.lists(st.floats(0.001, 1), min_size=1, max_size=9))
def test_rescaled_weights_are_tenths_of_a_percent_that_make_a_whole(weights: list[float]) -> None:
    """And none is further from its proportion than one tenth."""
    made = rescaled(weights)
    assert sum(round(1000 * one) for one in made) == 1000
    assert all(round(1000 * one) / 1000 == one for one in made)
    for weight, share in zip(weights, made, strict=True):
        assert abs(share - weight / math.fsum(weights)) <= 0.001 + 1e-12


def test_shares_can_be_rounded_to_whole_percents() -> None:
    """Thirds do not lose a percent."""
    assert rounded([1 / 3] * 3, 100) == (0.34, 0.33, 0.33)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_any_choice_of_kpis_leaves_a_sound_definition(data: st.DataObject) -> None:
    """In every shipped definition."""
    template = data.draw(st.sampled_from([one.id for one in available()]))
    definition = load_template(template)
    ids = [kpi.id for kpi in definition.kpis()]
    kept = data.draw(st.lists(st.sampled_from(ids), min_size=1, unique=True))
    made, _ = keep(definition, kept)
    assert [kpi.id for kpi in made.kpis()] == [name for name in ids if name in kept]
    assert is_sound(made)


def test_weights_that_lost_nothing_stay_as_they_are() -> None:
    """Only the groups that something left are rescaled."""
    cano = load_template("cano")
    made, _ = keep(cano, without(cano, ["roa"]))
    assert made.perspectives[1:] == cano.perspectives[1:]
    assert [one.weight for one in made.perspectives] == [one.weight for one in cano.perspectives]
    assert [kpi.weight for kpi in made.perspectives[0].objectives[0].kpis] == [1.0]


def test_an_objective_without_kpis_goes_with_its_links() -> None:
    """The other objectives of its perspective weigh a whole, and the links are counted."""
    cano = load_template("cano")
    made, notes = keep(cano, without(cano, ["defective_products"]))
    assert [(one.id, one.weight) for one in made.perspectives[2].objectives] == [("3.1", 1.0)]
    assert not any("3.2" in (link.cause, link.effect) for link in made.links)
    told = {one.code: one.values["count"] for one in notes}
    assert told == {"left_out_objectives": 1, "left_out_inputs": 2, "left_out_links": 5}
    assert all(one.sentence(language) for one in notes for language in ("en", "es", "pt"))


def test_key_results_go_with_the_kpi_that_they_follow() -> None:
    """Those left weigh a whole; an OKR without any goes, too."""
    segelec = load_template("segelec")
    made, notes = keep(segelec, without(segelec, ["npm_change", "customer_satisfaction",
                                                  "sustainability_change"]))  # fmt: skip
    first, *others = made.okrs
    assert "margin" not in {one.id for one in first.key_results}
    assert is_whole([one.weight for one in first.key_results])
    assert "okr2" not in {one.id for one in others}
    assert {"left_out_okrs", "left_out_key_results"} <= {one.code for one in notes}


def test_a_perspective_without_kpis_goes_with_its_okrs() -> None:
    """Inputs that others need move to a perspective that is there; figures go with their input."""
    cano = load_template("cano")
    kept = [kpi.id for kpi in cano.perspectives[1].objectives[0].kpis]
    made, notes = keep(cano, kept)
    assert [one.id for one in made.perspectives] == ["customers"]
    assert {one.perspective for one in made.inputs} == {"customers"}
    assert set(made.figures) == {one.id for one in made.inputs} & set(cano.figures)
    assert notes[0].code == "left_out_perspectives"


def test_unknown_and_no_kpis_are_refused() -> None:
    """With the name that was probably meant."""
    with pytest.raises(ProblemsError, match="Did you mean “roa”"):
        keep(load_template("cano"), ["rooa"])
    with pytest.raises(ProblemsError, match="No KPI would be left"):
        keep(load_template("cano"), [])
