"""Numbers that arrived as text: what a person meant, in whichever style it was written."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tablero.workbook_templates.numerals import meant_number

CENTS = st.integers(-(10**13), 10**13)


def english(number: float, places: int) -> str:
    """1,234,567.89"""
    return f"{number:,.{places}f}"


def spanish(number: float, places: int) -> str:
    """1.234.567,89"""
    return english(number, places).translate(str.maketrans(",.", ".,"))


@given(st.text(max_size=40))
def test_any_text_is_a_number_or_none(text: str) -> None:
    """It never fails, and what it answers can be written into a cell."""
    found = meant_number(text)
    assert found is None or math.isfinite(found)


@given(st.text(alphabet="0123456789.,' -+()%$€S/ \u00a0\u202f\u2212", max_size=20))
def test_any_mixture_of_digits_and_marks_is_a_number_or_none(text: str) -> None:
    """Marks in any order are no reason to fail."""
    found = meant_number(text)
    assert found is None or math.isfinite(found)


@given(CENTS, st.sampled_from([english, spanish]))
def test_formatted_amounts_come_back(cents: int, style: object) -> None:
    """Thousands separated, two decimals, in English and in Spanish style."""
    assert callable(style)
    written = style(cents / 100, 2)
    assert meant_number(written) == pytest.approx(cents / 100, rel=1e-12)


@given(st.integers(-(10**12), 10**12), st.sampled_from([english, spanish]))
def test_formatted_whole_numbers_come_back(number: int, style: object) -> None:
    """Repeated separators group thousands; a single one could be a decimal mark: no guess."""
    assert callable(style)
    expected = None if 10**3 <= abs(number) < 10**6 else number
    assert meant_number(style(number, 0)) == expected


@given(st.integers(-(10**6), 10**6))
def test_percentages_come_back_as_fractions(tenths: int) -> None:
    """12.5 % is 0.125, with a comma, a point, and with or without a blank."""
    written = f"{tenths / 10:.1f}"
    for text in (f"{written}%", f"{written} %", f"{written.replace('.', ',')}%"):
        assert meant_number(text) == pytest.approx(tenths / 1000)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1.234,56", 1234.56),
        ("1,234.56", 1234.56),
        ("1 234,56", 1234.56),
        ("1\u202f234,5", 1234.5),
        ("1'234.50", 1234.5),
        ("1’234.50", 1234.5),
        ("12,5", 12.5),
        ("0,125", 0.125),
        ("0.125", 0.125),
        ("12345.678", 12345.678),
        (",5", 0.5),
        (".5", 0.5),
        ("-5", -5),
        ("\u22125", -5),
        ("(5)", -5),
        ("(1.234,5)", -1234.5),
        ("+5", 5),
        ("12%", 0.12),
        ("-3,5 %", -0.035),
        ("$ 1,200.00", 1200),
        ("S/ 1.200,50", 1200.5),
        ("1200 PEN", 1200),
        ("€1.200,00", 1200),
        ("  7  ", 7),
    ],
)
def test_what_people_write(text: str, number: float) -> None:
    """Decimal comma and point, grouping, signs, brackets, currencies, percentages."""
    assert meant_number(text) == pytest.approx(number)


@pytest.mark.parametrize(
    "text",
    ["", " ", "abc", "about 5", "5 apples", "1.2.3", "1,2,3", "1.23.456", "12.34.567,8,9",
     "--5", "5-", "%", ".", ",", "1e5", "=1+1", "n/a", "9" * 400],
)  # fmt: skip
def test_what_is_no_number(text: str) -> None:
    """A guess is made only where there is one meaning."""
    assert meant_number(text) is None
