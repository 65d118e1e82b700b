"""The calendar: fiscal years that start in any month, and the periods one can look at."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tablero.workbook_templates.periods import KINDS, Calendar, Kind, Month, Period
from tablero.workbook_templates.problems import ProblemsError

CALENDARS = st.builds(Calendar, st.integers(1990, 2100), st.integers(1, 12))
JULY = Calendar(2026, 7)


@given(CALENDARS, st.integers(-30, 30))
def test_a_months_number_and_the_month_belong_together(calendar: Calendar, number: int) -> None:
    """Numbering a month and finding the month of a number are each other's inverse."""
    assert calendar.number(calendar.month(number)) == number


@given(CALENDARS, st.sampled_from(KINDS), st.integers(1, 12))
def test_the_code_of_a_period_names_that_period(calendar: Calendar, kind: Kind, month: int) -> None:
    """Whatever can be shown can be asked for on the command line."""
    period = calendar.period(kind, month)
    assert calendar.parse(calendar.code(period)) == period


@given(CALENDARS, st.text(max_size=12))
def test_any_other_text_is_refused_with_examples(calendar: Calendar, code: str) -> None:
    """A code either names a period or is a problem that shows how to write one."""
    try:
        assert calendar.parse(code) in calendar.periods(rolling=True)
    except ProblemsError as refused:
        (problem,) = refused.problems
        assert problem.code == "period_unknown"
        assert str(calendar.year) in problem.remedy("es")


@pytest.mark.parametrize(
    "code",
    ["2025", "2026-13", "2026-06", "2027-07", "ytd-2026", "ytd-2026-q1", "2027-Q1", "", "Q1"],
)
def test_a_period_outside_the_year_is_refused(code: str) -> None:
    """The year from July 2026 has neither June 2026 nor July 2027."""
    with pytest.raises(ProblemsError):
        JULY.parse(code)


def test_a_year_from_july_ends_in_june() -> None:
    """Its first quarter is July to September, its label names both calendar years."""
    assert JULY.label == "2026/27"
    assert JULY.month(1) == Month(2026, 7)
    assert JULY.month(12) == Month(2027, 6)
    assert JULY.month(0) == Month(2026, 6)
    assert JULY.parse("2026-Q2") == Period("quarter", 4, 6)
    assert JULY.parse("2027-01") == Period("month", 7, 7)


@pytest.mark.parametrize(
    ("kind", "month", "first", "last"),
    [
        ("month", 5, 5, 5),
        ("quarter", 4, 4, 6),
        ("quarter", 6, 4, 6),
        ("ytd", 5, 1, 5),
        ("year", 5, 1, 12),
        ("rolling", 5, -6, 5),
        ("rolling", 12, 1, 12),
    ],
)
def test_the_months_of_a_period(kind: Kind, month: int, first: int, last: int) -> None:
    """Each kind of period spans the months its name says."""
    period = JULY.period(kind, month)
    assert (period.first, period.last) == (first, last)
    assert period.length == last - first + 1


@pytest.mark.parametrize(
    ("kind", "english", "spanish"),
    [
        ("month", "Feb 2027", "feb 2027"),
        ("quarter", "Q3 2026/27", "T3 2026/27"),
        ("ytd", "Jul–Feb 2027", "jul–feb 2027"),
        ("year", "2026/27", "2026/27"),
        ("rolling", "12 months to Feb 2027", "12 meses a feb 2027"),
    ],
)
def test_the_label_of_a_period(kind: Kind, english: str, spanish: str) -> None:
    """A heading says the period in the reader's language."""
    period = JULY.period(kind, 8)
    assert JULY.period_label(period, "en") == english
    assert JULY.period_label(period, "es").lower() == spanish.lower()


def test_twelve_rolling_months_are_offered_where_last_year_is_known() -> None:
    """29 periods, or 41 with the rolling ones."""
    assert len(JULY.periods()) == 12 + 4 + 12 + 1
    assert len(JULY.periods(rolling=True)) == 12 + 4 + 12 + 1 + 12
    assert len(set(JULY.periods(rolling=True))) == 41
