"""What people say of a key result: days, values and confidences as they write them."""

from __future__ import annotations

import math
import re
from datetime import date, datetime, timedelta

from tablero.workbook_templates.definition import KeyResult
from tablero.workbook_templates.filling import amounts
from tablero.workbook_templates.filling.months import names
from tablero.workbook_templates.filling.tables import Content
from tablero.workbook_templates.filling.words import bare

_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[t ][\d:.z+-]*)?")
_DATE = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?:[t ][\d:.]*)?")
_WORDS = re.compile(r"(\d{1,2})o? (?:de )?([a-z]+) (?:de |del )?(\d{4})")
_EPOCH = date(1899, 12, 30)
_FIRST_DAY, _LAST_DAY = 32_874, 73_415
"""Spreadsheets' numbers of the days from 1990 to 2100."""
_CENTURY, _LONGEST, _MONTHS = 2000, 40, 12
_PERCENT = 100


def day_of(content: Content, *, begins_with_day: bool | None = None) -> date | None:
    """The day that a cell or an answer names; None where it names none, or may name two.

    >>> day_of("2026-03-31"), day_of("31/3/26"), day_of("31 de marzo de 2026"), day_of("3/4/2026")
    (datetime.date(2026, 3, 31), datetime.date(2026, 3, 31), datetime.date(2026, 3, 31), None)
    """
    match content:
        case datetime():
            return content.date()
        case date():
            return content
        case float() if _FIRST_DAY <= content <= _LAST_DAY:
            return _EPOCH + timedelta(days=int(content))
        case str() if len(content) <= _LONGEST:
            return _in_text(content.strip().casefold(), begins_with_day=begins_with_day)
        case _:
            return None


def _in_text(text: str, *, begins_with_day: bool | None) -> date | None:
    if found := _YEAR_FIRST.fullmatch(text):
        return _date(int(found[1]), int(found[2]), int(found[3]))
    if found := _WORDS.fullmatch(bare(text)):
        return _date(int(found[3]), names().get(found[2], 0), int(found[1]))
    if not (found := _DATE.fullmatch(text)):
        return None
    first, second, year = int(found[1]), int(found[2]), int(found[3])
    year += _CENTURY if year < _PERCENT else 0
    if first == second or first > _MONTHS:
        begins_with_day = True
    elif second > _MONTHS:
        begins_with_day = False
    if begins_with_day is None:
        return None
    return _date(year, second, first) if begins_with_day else _date(year, first, second)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def is_share(one: KeyResult) -> bool:
    """Whether a key result counts in percent, as fractions of one."""
    return "%" in one.unit.values() and not _in_hundreds(one)


def said(value: float | None, one: KeyResult) -> str:
    """A value of a key result as people say it: a fraction of one as a percentage."""
    if value is None:
        return "–"
    return f"{100 * value:,.12g} %" if is_share(one) else f"{value:,.12g}"


def value_of(text: str, one: KeyResult, mark: amounts.Mark | None) -> float | None:
    """An amount as it is meant for a key result; None where it is none, or may be two.

    ``25 %`` is 25 where the key result counts in hundreds, else a quarter.
    """
    parts = amounts.taken_apart(text)
    value = parts.value(mark) if parts else None
    if value is not None and _is_percentage(text) and _in_hundreds(one):
        return round(value * _PERCENT, 10)
    return value


def may_be_percent(content: Content, value: float, one: KeyResult) -> bool:
    """Whether nobody knows if ``25`` means 25 % or 2,500 %."""
    is_said = isinstance(content, str) and _is_percentage(content)
    return is_share(one) and abs(value) > 1 and not is_said


def _is_percentage(text: str) -> bool:
    return text.rstrip().endswith("%")


def _in_hundreds(one: KeyResult) -> bool:
    return any(abs(number) > 1 for number in one.numbers if number is not None)


def confidence_of(content: Content, mark: amounts.Mark | None = None) -> float | None:
    """A share from ``0.7``, ``70 %`` or ``70``; None where it is none.

    >>> confidence_of("70 %"), confidence_of("0,7"), confidence_of(70.0), confidence_of("700")
    (0.7, 0.7, 0.7, None)
    """
    if isinstance(content, str):
        parts = amounts.taken_apart(content)
        content = parts.value(mark) if parts else None
    if not isinstance(content, float) or not math.isfinite(content):
        return None
    if 1 < content <= _PERCENT and content == int(content):
        return content / _PERCENT
    return content if 0 <= content <= 1 else None
