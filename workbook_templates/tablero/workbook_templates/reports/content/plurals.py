"""Counts of things in words, in the number that the language asks for."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Any

from babel import Locale

from tablero.workbook_templates.dashboard.standing import HUNDRED
from tablero.workbook_templates.formats import LOCALES, decimal_text, half_up
from tablero.workbook_templates.reports.report import Report

_FORMS = ("one", "other")


def form(number: float | Decimal, language: str) -> str:
    """Whether a language says a number of things like one of them or like several.

    >>> form(1, "en"), form(0, "en"), form(Decimal("1.5"), "pt"), form(Decimal("1.5"), "es")
    ('one', 'other', 'one', 'other')
    """
    found = _locale(language).plural_form(number)
    return found if found in _FORMS else _FORMS[-1]


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(LOCALES[language])


def counted(report: Report, what: str, number: int, **values: Any) -> str:
    """So many of something: ``3 KPIs owe an action``."""
    said = f"report.count.{what}.{form(number, report.language)}"
    return report.say(said, count=number, **values)


def counted_points(report: Report, fraction: float) -> str:
    """Percentage points without their sign: ``2.3 points``."""
    number = half_up(abs(fraction) * HUNDRED, 1)
    said = decimal_text(float(number), report.language)
    return report.say(f"report.points.{form(number, report.language)}", points=said)


def listed(report: Report, parts: list[str], most: int | None = None) -> str:
    """Parts joined as the language joins them, those beyond the most only counted."""
    shown = parts if most is None or len(parts) <= most + 1 else parts[:most]
    rest = len(parts) - len(shown)
    if rest:
        return f"{', '.join(shown)} {counted(report, 'more', rest)}"
    if len(shown) < 2:  # noqa: PLR2004 - one has nothing to be joined with
        return "".join(shown)
    return report.say("report.and", first=", ".join(shown[:-1]), last=shown[-1])
