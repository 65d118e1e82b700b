"""Numbers, shares and dates as the readers of a language write them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from types import MappingProxyType

from babel import Locale
from babel.dates import format_date
from babel.numbers import (
    format_decimal,
    get_decimal_symbol,
    get_group_symbol,
    get_minus_sign_symbol,
)

# Spanish as Latin America writes it, Portuguese as Brazil does.
LOCALES: Mapping[str, str] = MappingProxyType({"en": "en_US", "es": "es_419", "pt": "pt_BR"})

# Beyond it no spreadsheet shows every digit either.
_LARGEST = 1e15
_EVERY_DIGIT = "#,##0.############"


def half_up(number: float, digits: int = 0) -> Decimal:
    """A number rounded to so many decimals, halves away from zero, as spreadsheets do.

    >>> half_up(9.25, 1), half_up(-0.5)
    (Decimal('9.3'), Decimal('-1'))
    >>> half_up(-0.04, 1)
    Decimal('0.0')
    """
    return Decimal(repr(float(number))).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP) + 0


def number_text(number: float, language: str) -> str:
    """A number with all of its digits that count.

    >>> number_text(1234567.25, "en"), number_text(1234567.25, "pt"), number_text(0.3, "en")
    ('1,234,567.25', '1.234.567,25', '0.3')
    """
    if not _is_shown_whole(number):
        return f"{number:g}"
    digits = Decimal(f"{number:.12g}")
    return format_decimal(digits, _EVERY_DIGIT, LOCALES[language], decimal_quantization=False)


def decimal_text(number: float, language: str, digits: int = 1) -> str:
    """A number with so many decimals.

    >>> decimal_text(1234.25, "en"), decimal_text(1234.25, "pt"), decimal_text(1e20, "en")
    ('1,234.3', '1.234,3', '1e+20')
    """
    if not _is_shown_whole(number):
        return f"{number:g}"
    return _written(half_up(number, digits), language)


def percent_text(fraction: float, language: str, digits: int = 1) -> str:
    """A fraction as a percentage with so many decimals.

    >>> percent_text(0.3125, "en"), percent_text(0.805, "pt"), percent_text(0.5, "es", 0)
    ('31.3%', '80,5%', '50%')
    """
    if not _is_shown_whole(fraction):
        return f"{fraction * 100:g}%"
    return f"{_written(half_up(fraction, digits + 2).scaleb(2), language)}%"


def date_text(day: date, language: str) -> str:
    """A day, its month in letters so that nobody takes it for the day.

    >>> date_text(date(2026, 3, 2), "en"), date_text(date(2026, 3, 2), "es")
    ('Mar 2, 2026', '2 mar 2026')
    """
    return format_date(day, "medium", LOCALES[language])


def language_name(one: str, language: str) -> str:
    """The name of a language in a language.

    >>> language_name("pt", "es")
    'portugués'
    """
    return Locale.parse(one).get_language_name(LOCALES[language]) or one


@dataclass(frozen=True)
class Money:
    """An amount of the ledger: to the cent, where it has cents."""

    amount: float

    def in_language(self, language: str) -> str:
        """The amount as it is written there.

        >>> Money(1234567.0).in_language("en"), Money(-0.5).in_language("pt")
        ('1,234,567', '-0,50')
        """
        is_whole = abs(self.amount - round(self.amount)) < 0.005  # noqa: PLR2004 - half a cent
        return decimal_text(self.amount, language, 0 if is_whole else 2)


def _written(digits: Decimal, language: str) -> str:
    """All digits of a number, its thousands grouped: ten times as fast as by a pattern."""
    return format(digits, ",f").translate(_marks(language))


@cache
def _marks(language: str) -> Mapping[int, str]:
    """How a language writes the marks that Python puts into numbers."""
    locale = Locale.parse(LOCALES[language])
    marks = {",": get_group_symbol(locale), ".": get_decimal_symbol(locale)}
    return str.maketrans({**marks, "-": get_minus_sign_symbol(locale)})


def _is_shown_whole(number: float) -> bool:
    return math.isfinite(number) and abs(number) < _LARGEST
