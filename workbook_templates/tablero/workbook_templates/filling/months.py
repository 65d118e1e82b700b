"""Months as people write them: ``2026-03``, ``03/2026``, ``mar 2026``, ``março``, a date."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from difflib import get_close_matches
from functools import cache

from tablero.workbook_templates.filling.tables import Content
from tablero.workbook_templates.filling.words import bare
from tablero.workbook_templates.periods import MONTHS_A_YEAR, Calendar, Month

_YEAR_FIRST = re.compile(r"(\d{4})[-/. m]{1,2}(\d{1,2})(?:[-/. ]\d{1,2})?(?:[t ][\d:.z+-]*)?")
_YEAR_LAST = re.compile(r"(\d{1,2})[-/. ](\d{4})")
_DATE = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?:[t ][\d:.]*)?")
_PACKED = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})?")
_WORDS = re.compile(r"(?:(\d{1,2})o? )?(?:de )?([a-z]+)(?: (?:de |del )?(\d{4}|\d{2}))?")
_YEAR_THEN_WORD = re.compile(r"(\d{4}) ([a-z]+)")
_NAMES = (
    "jan january ene enero janeiro",
    "feb february febrero fev fevereiro",
    "mar march marzo marco",
    "apr april abr abril",
    "may mayo mai maio",
    "jun june junio junho",
    "jul july julio julho",
    "aug august ago agosto",
    "sep sept september set septiembre setiembre setembro",
    "oct october octubre out outubro",
    "nov november noviembre novembro",
    "dec december dic diciembre dez dezembro",
)
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - the day before a spreadsheet's first
_FIRST_DAY, _LAST_DAY = 32_874, 73_415
"""Spreadsheets' numbers of the days from 1990 to 2100."""
_LONGEST = 40
_CENTURY = 2000
_MOST_DAYS = 31
_SHORT = 4
_LIKENESS = 0.75


@dataclass(frozen=True)
class MonthReader:
    """Reads months for a workbook, which knows the year of a month without one."""

    calendar: Calendar
    day_first: bool | None = None
    """Whether ``03/04/2026`` is in April; None where nobody knows."""

    def read(self, content: Content) -> Month | None:
        """The month that a cell names; None where it names none.

        >>> reader = MonthReader(Calendar(2026))
        >>> [reader.read(text).code for text in ("2026-03-31", "03/2026", "Marzo", "mar-26")]
        ['2026-03', '2026-03', '2026-03', '2026-03']
        """
        match content:
            case datetime() | date():
                return Month(content.year, content.month)
            case float():
                return self._number(content)
            case str() if len(content) <= _LONGEST:
                return self._text(content.strip().casefold())
            case _:
                return None

    def numbered(self, content: Content) -> Month | None:
        """As :meth:`read`, where a bare ``3`` is a month, too: in a column of months."""
        text = f"{content:g}" if isinstance(content, float) else str(content or "").strip()
        if re.fullmatch(r"0?[1-9]|1[0-2]", text):
            return self._of_year(int(text))
        return self.read(content)

    def is_held(self, month: Month) -> bool:
        """Whether a workbook has a column for a month: of its year, and of the year before."""
        return 1 - MONTHS_A_YEAR <= self.calendar.number(month) <= MONTHS_A_YEAR

    def _number(self, number: float) -> Month | None:
        if number != int(number):
            return None
        if _FIRST_DAY <= number <= _LAST_DAY:
            day = _EPOCH + timedelta(days=number)
            return Month(day.year, day.month)
        return self._packed(f"{number:.0f}")

    def _packed(self, text: str) -> Month | None:
        found = _PACKED.fullmatch(text)
        return _month(int(found[1]), int(found[2])) if found else None

    def _text(self, text: str) -> Month | None:
        if found := _YEAR_FIRST.fullmatch(text):
            return _month(int(found[1]), int(found[2]))
        if found := _YEAR_LAST.fullmatch(text):
            return _month(int(found[2]), int(found[1]))
        if found := _DATE.fullmatch(text):
            return self._date(int(found[1]), int(found[2]), _year(found[3]))
        return self._packed(text) or self._words(bare(text))

    def _date(self, first: int, second: int, year: int) -> Month | None:
        day_first = self.day_first
        if first == second or first > MONTHS_A_YEAR:
            day_first = True
        elif second > MONTHS_A_YEAR:
            day_first = False
        if day_first is None:
            return None
        day, month = (first, second) if day_first else (second, first)
        return _month(year, month) if day <= _MOST_DAYS else None

    def _words(self, words: str) -> Month | None:
        if found := _YEAR_THEN_WORD.fullmatch(words):
            number, year = names().get(found[2]), found[1]
        elif found := _WORDS.fullmatch(words):
            number, year = names().get(found[2]), found[3]
        else:
            return None
        if number is None:
            return None
        return _month(_year(year), number) if year else self._of_year(number)

    def _of_year(self, month: int) -> Month:
        """A month without a year is the one of the workbook's fiscal year."""
        months = [self.calendar.month(number) for number in range(1, MONTHS_A_YEAR + 1)]
        return next(one for one in months if one.month == month)


@cache
def names() -> Mapping[str, int]:
    """The months by their names and short names in English, Spanish and Portuguese."""
    return {name: number for number, line in enumerate(_NAMES, 1) for name in line.split()}


def is_close(content: Content) -> bool:
    """Whether a text comes close to the name of a month without being one: ``Ferbuary``."""
    word = bare(content[:_LONGEST]).partition(" ")[0] if isinstance(content, str) else ""
    return len(word) > _SHORT and bool(get_close_matches(word, names(), 1, _LIKENESS))


def day_first(contents: Iterable[Content]) -> bool | None:
    """Whether the dates of a column begin with the day, as one of them shows.

    >>> day_first(["01/02/2026", "31/03/2026"]), day_first(["01/02/2026"])
    (True, None)
    """
    texts = (content.strip() for content in contents if isinstance(content, str))
    dates = [found for text in texts if (found := _DATE.fullmatch(text))]
    days = [any(int(found[place]) > MONTHS_A_YEAR for found in dates) for place in (1, 2)]
    return days[0] if any(days) and not all(days) else None


def usual_order(language: str) -> bool | None:
    """Whether dates begin with the day where a language is spoken; English is, here and there.

    >>> usual_order("pt"), usual_order("en")
    (True, None)
    """
    return None if language == "en" else True


def is_ambiguous(content: Content) -> bool:
    """Whether a cell holds a date that may begin with its day or its month."""
    found = _DATE.fullmatch(content.strip()) if isinstance(content, str) else None
    if not found or found[1] == found[2]:
        return False
    return max(int(found[1]), int(found[2])) <= MONTHS_A_YEAR


def _month(year: int, month: int) -> Month | None:
    return Month(year, month) if 1 <= month <= MONTHS_A_YEAR else None


def _year(text: str) -> int:
    return int(text) if len(text) > 2 else _CENTURY + int(text)  # noqa: PLR2004 - 26 is 2026
