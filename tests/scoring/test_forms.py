"""Formulas of one form are computed at once, to the same values as one by one."""

import numpy as np
import pytest

from tablero.workbook_templates import expressions
from tablero.workbook_templates.library import load_template
from tablero.workbook_templates.scoring import score

INPUTS = (("sales", 1), ("costs", 1), ("staff", 0))
FORMULAS = (
    "sales / staff",
    "costs / staff",
    "growth(sales) - 0.1",
    "growth(costs) - 0.1",
    "growth(costs) - 0.2",
    "(sales - costs) / sales",
    "mean(sales, previous(sales))",
    "sales / sales",
    "-staff",
)


def test_every_formula_has_one_form() -> None:
    """Numbers and repeated inputs make another form, other inputs do not."""
    found = expressions.forms(FORMULAS, INPUTS)
    assert [one.formulas.tolist() for one in found] == [[0, 1], [2, 3], [4], [5], [6], [7], [8]]


def test_the_same_values() -> None:
    """Whatever the form, and with figures that are missing or zero."""
    chance = np.random.default_rng(3)
    now, before = (chance.integers(0, 4, (len(INPUTS), 50)).astype(float) for _ in range(2))
    now[chance.random(now.shape) < 0.2] = np.nan
    row_of = {name: row for row, (name, _) in enumerate(INPUTS)}
    for form in expressions.forms(FORMULAS, INPUTS):
        values = expressions.evaluate(
            form.expression,
            lambda name, form=form: now[form.inputs[int(name)]],  # type: ignore[misc]
            lambda name, form=form: before[form.inputs[int(name)]],  # type: ignore[misc]
        )
        for row, value in zip(form.formulas.tolist(), values, strict=True):
            alone = expressions.evaluate(
                expressions.parse(FORMULAS[row]),
                lambda name: now[row_of[name]],
                lambda name: before[row_of[name]],
            )
            np.testing.assert_array_equal(value, alone)


def test_degrees_are_told_apart() -> None:
    """Formulas that grow with time are of another form than those that do not."""
    found = expressions.forms(("sales", "staff"), INPUTS)
    assert [one.degree for one in found] == [1, 0]


@pytest.mark.parametrize("template", ["cano", "segelec"])
def test_months_of_kpis(template: str) -> None:
    """A month counts for a KPI where all inputs of its formula are filled."""
    scores = score(load_template(template))
    ids = [one.id for one in scores.definition.inputs]
    january = scores.periods[0]
    filled = scores.figures.filled[:, january.first + 11]
    for row, kpi in enumerate(scores.definition.kpis()):
        names = expressions.inputs_in(kpi.formula)
        expected = all(filled[ids.index(name)] for name in names)
        assert bool(scores.kpi_months[row, 0]) == expected
