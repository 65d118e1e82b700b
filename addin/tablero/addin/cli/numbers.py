"""Numbers as people read them: rounded half up, as spreadsheets show them."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal

# Beyond it no spreadsheet shows every digit either.
_LARGEST = 1e15


def half_up(number: float, digits: int = 0) -> Decimal:
    """A number rounded to so many decimals, halves away from zero.

    >>> half_up(9.25, 1), half_up(-0.5)
    (Decimal('9.3'), Decimal('-1'))
    """
    return Decimal(repr(float(number))).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def decimal_text(number: float) -> str:
    """A number with one decimal.

    >>> decimal_text(1234.25), decimal_text(1e20)
    ('1,234.3', '1e+20')
    """
    if not math.isfinite(number) or abs(number) >= _LARGEST:
        return f"{number:g}"
    return f"{half_up(number, 1):,}"


def percent_text(fraction: float) -> str:
    """A fraction as a percentage with one decimal.

    >>> percent_text(0.3125), percent_text(0.805)
    ('31.3%', '80.5%')
    """
    if not math.isfinite(fraction) or abs(fraction) >= _LARGEST:
        return f"{fraction * 100:g}%"
    return f"{half_up(fraction, 3) * 100:,.1f}%"
