"""Numbers and shares in reports: written as each language writes them."""

from __future__ import annotations

import pytest
from babel.numbers import format_decimal, format_percent
from hypothesis import example, given
from hypothesis import strategies as st

from tablero.workbook_templates.formats import LOCALES, decimal_text, half_up, percent_text

PATTERNS = ("#,##0", "#,##0.0", "#,##0.00")
NUMBERS = st.floats(-1e14, 1e14, allow_nan=False) | st.floats(-3, 3)


@pytest.mark.parametrize("language", LOCALES)
@given(number=NUMBERS, digits=st.sampled_from(range(len(PATTERNS))))
@example(-0.04, 1)
@example(1234567.25, 1)
def test_numbers_are_written_as_the_unicode_locales_say(
    language: str, number: float, digits: int
) -> None:
    """The quick way of writing them is that of the patterns."""
    rounded, locale = half_up(number, digits), LOCALES[language]
    assert decimal_text(number, language, digits) == format_decimal(
        rounded, PATTERNS[digits], locale
    )
    rounded = half_up(number, digits + 2)
    assert percent_text(number, language, digits) == format_percent(
        rounded, f"{PATTERNS[digits]}%", locale
    )
