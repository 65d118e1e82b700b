"""Weights as they are typed: points and comparisons of every level, and what is wrong with them."""

from __future__ import annotations

import pytest

from tablero.workbook_templates.library import load_template
from tablero.workbook_templates.problems import ProblemsError, has_errors
from tablero.workbook_templates.tailoring import Tailoring, tailor
from tablero.workbook_templates.validation import check_definition

EQUAL = "financial=customers,financial=processes,financial=learning,customers=processes"
CIRCLE = "financial>customers:9,customers>processes:9,processes>financial:9"


def weights(*, level: str = "", **typed: tuple[str, ...]) -> list[float]:
    """The weights of the perspectives of the paper's company, or of the parts of one."""
    made = tailor(load_template("cano"), Tailoring(**typed)).definition  # type: ignore[arg-type]
    assert not has_errors(check_definition(made))
    if level:
        return [one.weight for one in made.perspectives[0].objectives]
    return [one.weight for one in made.perspectives]


def refusal(definition: str = "cano", **typed: object) -> str:
    """Why a tailoring is refused, in one sentence."""
    with pytest.raises(ProblemsError) as refused:
        tailor(load_template(definition), Tailoring(**typed))  # type: ignore[arg-type]
    (problem,) = refused.value.problems
    for language in ("es", "pt"):
        assert problem.sentence(language) != problem.sentence("en")
    return problem.sentence("en")


def test_points_become_weights() -> None:
    """Of the perspectives, and of the parts of one that is named."""
    shared = "financial=40,customers=30,processes=20,learning=10"
    assert weights(points=(shared,)) == [0.4, 0.3, 0.2, 0.1]
    assert weights(points=("financial: 1.1=62.5, 1.2=37.5",), level="1") == [0.625, 0.375]


def test_comparisons_become_weights_in_tenths_of_a_percent() -> None:
    """What is more important may stand on either side."""
    said = f"{EQUAL},learning<customers:3,learning<processes:3".replace(
        "financial=learning", "financial>learning:3"
    )
    assert weights(comparisons=(said,)) == [0.3, 0.3, 0.3, 0.1]


def test_comparisons_of_parts_name_whose_they_are() -> None:
    """The same for the objectives of a perspective."""
    assert weights(comparisons=("financial: 1.2>1.1:3",), level="1") == [0.25, 0.75]


@pytest.mark.parametrize(
    ("points", "said"),
    [
        ("financial=40,customers=30,processes=20", "learning=0"),
        ("financial=40,customers=30,processes=20,learning=20",
         "sum to 110, not to 100. In the same proportion they are financial=36.3,"),
        ("financial=0,customers=0,processes=0,learning=0", "Nothing has points"),
        ("financial=40,customer=30,processes=20,learning=10,customers=0", "“customers”"),
        ("financial=40,financial=60", "twice"),
        ("financial:40", "“financial:40” is not an id"),
        ("financial=-1", "is not an id with its points"),
        ("finance: 1.1=50,1.2=50", "Did you mean “financial”"),
        ("4.2: satisfied_staff=100", "alone and weighs 100 %"),
        ("", "These have no points"),
    ],
)  # fmt: skip
def test_points_that_are_wrong_are_told(points: str, said: str) -> None:
    """By their option, with what to write instead."""
    told = refusal(points=(points,))
    assert told.startswith("--points: ")
    assert said in told


@pytest.mark.parametrize(
    ("comparison", "said"),
    [
        (EQUAL, "customers - learning"),
        ("financial>customers", "is not a comparison"),
        ("financial>customers:x", "is not a comparison"),
        ("financial=customers:3", "is not a comparison"),
        ("financial>customers:10", "outside the scale"),
        ("financial>customers:0", "outside the scale"),
        (f"financial<customers:2,{EQUAL},customers=learning,processes=learning", "contradict"),
        ("4.2: satisfied_staff=satisfied_staff", "alone"),
    ],
)
def test_comparisons_that_are_wrong_are_told(comparison: str, said: str) -> None:
    """By their option, with what to write instead."""
    told = refusal(comparisons=(comparison,))
    assert told.startswith("--compare: ")
    assert said in told


def test_judgements_that_contradict_each_other_are_told_with_the_one_that_would_agree() -> None:
    """Or accepted on request."""
    said = f"{CIRCLE},learning=financial,learning=customers,learning=processes"
    told = refusal(comparisons=(said,))
    assert "the consistency ratio is" in told
    assert "--accept-inconsistent" in told
    assert sum(weights(comparisons=(said,), accepts_inconsistent=True)) == pytest.approx(1)  # type: ignore[arg-type]


def test_one_group_is_weighed_once() -> None:
    """Points and comparisons of the same cannot both hold."""
    told = refusal(points=("financial: 1.1=50,1.2=50",), comparisons=("financial: 1.1=1.2",))
    assert "are given twice" in told


def test_kpis_are_kept_or_dropped_not_both() -> None:
    """And what was dropped cannot be weighed."""
    assert "cannot both be named" in refusal(keep=("roa",), drop=("roe",))
    told = refusal(drop=("satisfied_staff",), points=("learning: 4.1=50,4.2=50",))
    assert "alone" in told
