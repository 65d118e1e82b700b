"""Weights by comparing in pairs: what Saaty publishes, what must hold, and what is refused."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tablero.workbook_templates.problems import ProblemsError
from tablero.workbook_templates.tailoring.pairwise import (
    Comparison,
    Judgement,
    compare,
    pairs,
    spelt,
)

# Saaty 1980, chapter 1 (and 1990, "How to make a decision"): satisfaction with schools.
SCHOOL = ("learning", "friends", "school_life", "vocational", "college", "music")
SCHOOL_MATRIX = """
1   4   3   1   3   4
1/4 1   7   3   1/5 1
1/3 1/7 1   1/5 1/5 1/6
1   1/3 5   1   1   1/3
1/3 5   5   1   1   3
1/4 1   6   3   1/3 1
"""
# Saaty 2008, table 2: what is drunk in the United States.
DRINKS = ("coffee", "wine", "tea", "beer", "sodas", "milk", "water")
DRINKS_MATRIX = """
1   9 5   2   1   1   1/2
1/9 1 1/3 1/9 1/9 1/9 1/9
1/5 3 1   1/3 1/4 1/3 1/9
1/2 9 3   1   1/2 1   1/3
1   9 4   2   1   2   1/2
1   9 3   1   1/2 1   1/3
2   9 9   3   2   3   1
"""
SCALE = [1 / value for value in range(9, 1, -1)] + [float(value) for value in range(1, 10)]


def published(items: Sequence[str], matrix: str) -> Comparison:
    """The comparison of a printed matrix, from its upper triangle."""
    rows = [[float(Fraction(cell)) for cell in line.split()] for line in matrix.split("\n") if line]
    place = {item: number for number, item in enumerate(items)}
    return compare(
        items, [Judgement(one, two, rows[place[one]][place[two]]) for one, two in pairs(items)]
    )


def judged(items: str, *texts: float) -> Comparison:
    """A comparison of items of one letter, pair after pair."""
    judgements = (Judgement(*pair, value) for pair, value in zip(pairs(items), texts, strict=True))
    return compare(items, list(judgements))


def codes(items: str, judgements: list[Judgement]) -> list[str]:
    """What is wrong with a comparison."""
    with pytest.raises(ProblemsError) as refused:
        compare(items, judgements)
    for problem in refused.value.problems:
        assert all(problem.sentence(language) for language in ("en", "es", "pt"))
    return [problem.code for problem in refused.value.problems]


def test_the_drinks_of_saaty_weigh_what_he_prints() -> None:
    """Priorities to three digits, and the consistency ratio 0.022."""
    made = published(DRINKS, DRINKS_MATRIX)
    printed = (0.177, 0.019, 0.042, 0.116, 0.190, 0.129, 0.327)
    assert tuple(round(share, 3) for share in made.priorities) == printed
    assert round(made.ratio, 3) == 0.022
    assert made.is_consistent


def test_the_schools_of_saaty_contradict_themselves() -> None:
    """His weights .32 .14 .03 .13 .24 .14, far above the limit; the doubtful judgement is named."""
    made = published(SCHOOL, SCHOOL_MATRIX)
    assert [round(share, 2) for share in made.priorities] == [0.32, 0.14, 0.03, 0.13, 0.24, 0.14]
    assert made.ratio > 0.2
    assert not made.is_consistent
    worst = made.most_contradicting
    assert spelt(worst) == "learning>school_life:3"
    assert spelt(made.agreeing(worst)) == "learning>school_life:9"


@given(st.lists(st.floats(1, 3), min_size=2, max_size=7))
def test_a_consistent_matrix_gives_its_weights_back(sizes: list[float]) -> None:
    """Judgements that are ratios of weights lead to these weights, with the ratio 0."""
    items = "abcdefg"[: len(sizes)]
    size = dict(zip(items, sizes, strict=True))
    made = compare(items, [Judgement(a, b, size[a] / size[b]) for a, b in pairs(items)])
    assert made.priorities == pytest.approx([one / sum(sizes) for one in sizes])
    assert made.ratio == pytest.approx(0, abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(SCALE), min_size=6, max_size=6))
def test_following_the_advice_makes_judgements_consistent(values: list[float]) -> None:
    """Whatever was judged, taking what the others say a few times ends the contradiction."""
    made = judged("abcd", *values)
    for _ in range(20):
        if made.is_consistent:
            break
        worst = made.most_contradicting
        others = (one for one in made.judgements if {one.first, one.second} !=
                  {worst.first, worst.second})  # fmt: skip
        made = compare("abcd", [*others, made.agreeing(worst)])
    assert made.is_consistent
    assert sum(made.priorities) == pytest.approx(1)
    assert min(made.priorities) > 0


def test_the_direction_of_a_judgement_does_not_matter() -> None:
    """Three times as important is a third as important seen from the other side."""
    turned = compare("ab", [Judgement("b", "a", 1 / 3)])
    assert turned.priorities == pytest.approx((0.75, 0.25))
    assert turned.ratio == 0


@pytest.mark.parametrize(
    ("items", "judgements", "wrong"),
    [
        ("abc", [Judgement("a", "b", 3)], ["pairwise_missing"]),
        ("ab", [Judgement("a", "b", 3), Judgement("b", "a", 3)], ["pairwise_twice"]),
        ("ab", [Judgement("a", "b", 3), Judgement("a", "b", 4)], ["pairwise_twice"]),
        ("ab", [Judgement("a", "x", 3)], ["weighing_unknown"]),
        ("ab", [Judgement("a", "b", 12)], ["pairwise_value"]),
        ("ab", [Judgement("a", "b", 0.01)], ["pairwise_value"]),
        ("ab", [Judgement("a", "a", 2)], ["pairwise_itself"]),
        ("a", [], ["pairwise_alone"]),
        ("abcdefghij", [], ["pairwise_many"]),
    ],
)
def test_what_cannot_be_compared_is_told(
    items: str, judgements: list[Judgement], wrong: list[str]
) -> None:
    """Each with a sentence in every language."""
    assert codes(items, judgements) == wrong


def test_a_pair_judged_twice_alike_is_no_contradiction() -> None:
    """The same said from both sides counts once."""
    made = compare("ab", [Judgement("a", "b", 3), Judgement("b", "a", 1 / 3)])
    assert len(made.judgements) == 1
