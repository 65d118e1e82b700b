"""Amounts are read as they are written anywhere; a mark that may be either is settled or asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from tablero.workbook_templates.filling.amounts import decimal_mark, taken_apart
from tablero.workbook_templates.filling.recognition import Wish
from tablero.workbook_templates.read import Reading
from tests.filling.delivering import codes, figures, of_sheet


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("5", 5), ("-5", -5), ("+5", 5), ("−5", -5), ("5-", -5), ("(5)", -5), ("$(5)", -5),
        ("1234.5", 1234.5), ("1234,5", 1234.5), ("1,234.5", 1234.5), ("1.234,5", 1234.5),
        ("1.234.567", 1234567), ("1,234,567.89", 1234567.89), ("1 234 567,8", 1234567.8),
        ("1\N{NARROW NO-BREAK SPACE}234,5", 1234.5), ("1'234.5", 1234.5), ("1’234.5", 1234.5),
        ("S/ 1,234.50", 1234.5), ("$1,234.50", 1234.5), ("US$ 1,234.50", 1234.5),
        ("USD 12.5", 12.5), ("12,5 €", 12.5), ("COP 1.234.567,00", 1234567), ("R$ 5,50", 5.5),
        ("12%", 0.12), ("12.5 %", 0.125), ("-3,5%", -0.035), ("1.5E+03", 1500), ("2e-2", 0.02),
        (".5", 0.5), (",5", 0.5), ("0.123", 0.123), ("0,123", 0.123), ("1234.567", 1234.567),
        ("\N{FULLWIDTH DIGIT FIVE}", 5), ("- 5", -5), ("( 1,234.50 )", -1234.5),
    ],
)  # fmt: skip
def test_an_amount_that_can_be_read_in_one_way_is(text: str, number: float) -> None:
    """Decimal comma or point, thousands, signs of currencies, negatives in brackets."""
    parts = taken_apart(text)
    assert parts is not None
    assert parts.value(None) == pytest.approx(number, rel=1e-15)


@pytest.mark.parametrize(
    "text",
    [
        "=1+2", "@5", "5+5", "--5", "-(5)", "(5", "5)", "1.2.3.4", "1,23,4.5", "1..5", "5 5",
        "five", "1e999", "0x10", "5 %%", "∞", "nan", "inf", "1_000", "5;6", "9" * 400, "",
        "12.34,56.7", "cmd|' /C calc'!A0", "+cmd", "-2+3+cmd", "²", "1/2",
    ],
)  # fmt: skip
def test_what_is_no_amount_is_none(text: str) -> None:
    """Formulas least of all."""
    parts = taken_apart(text)
    assert parts is None or parts.value(None) is None


@pytest.mark.parametrize(
    ("others", "number"),
    [(["1,5"], 1234), (["1.5"], 1.234), (["2.345,6"], 1234), (["2,345.6"], 1.234)],
)
def test_a_mark_that_may_be_either_is_settled_by_the_other_figures(
    others: list[str], number: float, reading: Reading, tmp_path: Path
) -> None:
    """Of the whole source, in whichever line they stand."""
    rows = [["input", "Jan", "Feb"], ["net_sales", "1.234", ""], ["net_income", *others]]
    found = of_sheet(rows, reading, tmp_path)
    assert figures(found)["net_sales", "2016-01"] == number
    assert found.problems == ()


@pytest.mark.parametrize("others", [["5"], ["2.345"], ["1,5", "1.5"]])
def test_where_nothing_settles_it_it_is_asked(
    others: list[str], reading: Reading, tmp_path: Path
) -> None:
    """The cells are named, and the option that says it."""
    rows = [["input", "Jan", "Feb"], ["net_sales", "1.234", ""], ["net_income", *others]]
    found = of_sheet(rows, reading, tmp_path)
    assert "source_decimal B2" in codes(found)
    assert "--decimal" in found.problems[0].remedy()
    comma = of_sheet(rows, reading, tmp_path, Wish(decimal=","))
    assert figures(comma)["net_sales", "2016-01"] == 1234
    point = of_sheet(rows, reading, tmp_path, Wish(decimal="."))
    assert figures(point)["net_sales", "2016-01"] == 1.234


def test_what_is_said_of_the_mark_holds_for_every_figure(reading: Reading, tmp_path: Path) -> None:
    """A figure that cannot be read so is a problem, not another guess."""
    found = of_sheet([["input", "Jan"], ["net_sales", "1.5"]], reading, tmp_path, Wish(decimal=","))
    assert (figures(found), codes(found)) == ({}, ["source_marks B2"])


def test_marks_that_contradict_each_other_settle_nothing() -> None:
    """Both may be right where they stand."""
    parts = [taken_apart("1,5"), taken_apart("1.5")]
    assert decimal_mark(filter(None, parts)) is None
