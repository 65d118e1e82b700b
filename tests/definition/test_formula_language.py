"""What the KPI formula language accepts, refuses and means."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tablero.workbook_templates.expressions import (
    Expression,
    FormulaError,
    degree,
    divides_by_zero,
    inputs_of,
    parse,
    previous_inputs_of,
    to_text,
)
from tests.definition.formulas import EXTREME_NUMBERS, expressions

DEGREES = {"sales": 1, "costs": 1, "staff": 0, "assets": 0}


@pytest.mark.parametrize(
    ("text", "code", "position"),
    [
        ("", "formula_empty", 0),
        ("   ", "formula_empty", 0),
        ("a" * 1001, "formula_too_long", 0),
        ("(" * 31 + "a" + ")" * 31, "formula_too_deep", 32),
        ("-" * 31 + "a", "formula_too_deep", 31),
        ("+".join("a" * 101), "formula_terms", 201),
        ("a # b", "formula_character", 3),
        ("a ** b", "formula_unexpected", 4),
        ("a ^ b", "formula_character", 3),
        ("12% * a", "formula_percent_sign", 3),
        ("=a/b", "formula_equals_sign", 1),
        ("a * 12,5", "formula_comma", 7),
        ("mean(a; b)", "formula_comma", 7),
        ("growth(a, b)", "formula_comma", 9),
        (", a", "formula_comma", 1),
        ("Sales / staff", "formula_name", 1),
        ("_sales", "formula_name", 1),
        ("año", "formula_name", 1),
        ("a / 1234567890123456", "formula_digits", 5),
        ("a b", "formula_unexpected", 3),
        ("2 a", "formula_unexpected", 3),
        ("+a", "formula_unexpected", 1),
        ("mean()", "formula_unexpected", 6),
        ("a +", "formula_unfinished", 4),
        ("(a + b", "formula_bracket_open", 1),
        ("a + b)", "formula_bracket_closed", 6),
        ("sum(a)", "formula_unknown_function", 1),
        ("__import__('os')", "formula_name", 1),
        ("growth(previous(a))", "formula_previous_twice", 8),
        ("previous(a + mean(growth(b), 1))", "formula_previous_twice", 19),
    ],
)
def test_what_is_no_formula_is_refused_at_its_place(text: str, code: str, position: int) -> None:
    """Each fault has its own code and names the character where it was seen."""
    with pytest.raises(FormulaError) as refusal:
        parse(text)
    assert (refusal.value.code, refusal.value.position) == (code, position)


@given(st.one_of(st.text(), st.text(alphabet="ab1.,()+-*/ growth(mean)previous×÷−=%;\n")))
def test_arbitrary_text_is_parsed_or_refused_with_a_formula_error(text: str) -> None:
    """Whatever is typed, nothing but a FormulaError ever comes out."""
    with suppress(FormulaError):
        expression = parse(text)
        assert parse(to_text(expression)) == expression


@given(expressions(EXTREME_NUMBERS))
def test_the_text_of_a_formula_parses_to_the_same_formula(expression: Expression) -> None:
    """Writing and reading are inverse, whatever the nesting and the signs."""
    written = to_text(expression)
    assert parse(written) == expression
    assert to_text(parse(written)) == written


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a×b÷c−d", "a * b / c - d"),
        ("((a))", "a"),
        ("a-(b-c)", "a - (b - c)"),
        ("(a-b)-c", "a - b - c"),
        ("a/(b/c)", "a / (b / c)"),
        ("(a+b)*c", "(a + b) * c"),
        ("-(a+b)", "-(a + b)"),
        ("a--b", "a - (-b)"),
        ("-a*b", "-a * b"),
        ("007.50 * a", "7.5 * a"),
        ("mean( a,b ,-c)", "mean(a, b, -c)"),
        ("growth(\n a + b )", "growth(a + b)"),
    ],
)
def test_a_formula_has_one_canonical_text(text: str, written: str) -> None:
    """Typographic signs become plain ones, needless brackets go, needed ones stay."""
    assert to_text(parse(text)) == written


def test_multiplication_binds_tighter_than_addition() -> None:
    """The usual precedence holds, and equal operators group from the left."""
    assert parse("a + b * c") == parse("a + (b * c)")
    assert parse("a / b / c") == parse("(a / b) / c")
    assert parse("a / b / c") != parse("a / (b / c)")


def test_inputs_are_listed_once_in_order_of_appearance() -> None:
    """A formula names the figures it needs, and which of them from the previous period."""
    expression = parse("(b - a) / b + growth(c) + previous(a)")
    assert inputs_of(expression) == ("b", "a", "c")
    assert previous_inputs_of(expression) == frozenset({"a", "c"})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sales", 1),
        ("12", 0),
        ("-sales", 1),
        ("sales / assets", 1),
        ("sales / costs", 0),
        ("sales * costs", 2),
        ("assets / sales", -1),
        ("assets / sales * 365", -1),
        ("sales - costs", 1),
        ("1 - costs / sales", 0),
        ("growth(sales)", 0),
        ("improvement(sales / assets)", 0),
        ("previous(sales)", 1),
        ("mean(sales, costs)", 1),
        ("mean(staff, assets, 3)", 0),
    ],
)
def test_the_time_dimension_follows_the_arithmetic(text: str, expected: int) -> None:
    """Totals have degree one; products add degrees and quotients subtract them."""
    assert degree(parse(text), DEGREES) == expected


@pytest.mark.parametrize(
    ("text", "code", "longer", "shorter"),
    [
        ("sales + assets", "formula_total_and_average", "sales", "assets"),
        ("assets - sales", "formula_total_and_average", "sales", "assets"),
        ("mean(staff, costs)", "formula_total_and_average", "costs", "staff"),
        ("sales - 1", "formula_total_and_average", "sales", "1"),
        ("sales * costs + sales", "formula_degrees", "sales * costs", "sales"),
        ("growth(sales + assets)", "formula_total_and_average", "sales", "assets"),
    ],
)
def test_a_total_is_never_added_to_an_average(
    text: str, code: str, longer: str, shorter: str
) -> None:
    """Terms that grow differently with the period cannot be added, subtracted or averaged."""
    with pytest.raises(FormulaError) as refusal:
        degree(parse(text), DEGREES)
    assert refusal.value.code == code
    assert refusal.value.values["longer"] == longer
    assert refusal.value.values["shorter"] == shorter


@pytest.mark.parametrize("text", ["a / 0", "a / (3 - 3)", "growth(a / -0)", "a / previous(0)"])
def test_a_division_by_a_constant_zero_is_seen_without_figures(text: str) -> None:
    """What is zero whatever the figures are can be refused before there are any."""
    assert divides_by_zero(parse(text))


@pytest.mark.parametrize("text", ["a / (b - b)", "a / 2", "a * 0"])
def test_a_denominator_that_depends_on_figures_is_accepted(text: str) -> None:
    """It becomes a missing value in the periods in which it is zero."""
    assert not divides_by_zero(parse(text))
