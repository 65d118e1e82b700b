"""The calendar of a fiscal year: its months, last year's months and the periods one can look at."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, NamedTuple

from tablero.workbook_templates.problems import Problem, ProblemsError
from tablero.workbook_templates.texts import text

Kind = Literal["month", "quarter", "ytd", "year", "rolling"]
KINDS: tuple[Kind, ...] = ("month", "quarter", "ytd", "year", "rolling")

MONTHS_A_YEAR = 12
MONTHS_A_QUARTER = 3
_MONTH_CODE = re.compile(r"(\d{4})-(0?[1-9]|1[0-2])")
_CODE = re.compile(
    r"(?:(?P<kind>ytd|r12)-)?(?P<year>\d{4})(?:-(?:(?P<month>\d{1,2})|[qt](?P<quarter>[1-4])))?"
)


class Month(NamedTuple):
    """A calendar month."""

    year: int
    month: int

    @classmethod
    def parse(cls, code: str) -> Month:
        """The month that ISO 8601 writes as ``code``.

        >>> Month.parse("2016-03")
        Month(year=2016, month=3)
        """
        found = _MONTH_CODE.fullmatch(code.strip())
        if found is None:
            raise ProblemsError([Problem("month_unknown", values={"text": code})])
        return cls(int(found[1]), int(found[2]))

    @property
    def code(self) -> str:
        """The month as ISO 8601 writes it: ``2016-03``."""
        return f"{self.year}-{self.month:02d}"


@dataclass(frozen=True)
class Period:
    """A span of months inside last year and this year.

    ``first`` and ``last`` count fiscal months: 1 is the year's first month, 0 the month before
    it, which belongs to last year; both ends are part of the period.
    """

    kind: Kind
    first: int
    last: int

    @property
    def length(self) -> int:
        """How many months it spans."""
        return self.last - self.first + 1

    @property
    def quarter(self) -> int:
        """The fiscal quarter in which it ends."""
        return (self.last - 1) // MONTHS_A_QUARTER + 1


@dataclass(frozen=True)
class Calendar:
    """A fiscal year, named by the calendar year in which it starts."""

    year: int
    start_month: int = 1

    def month(self, number: int) -> Month:
        """The calendar month of fiscal month ``number`` (0 = the month before the year).

        >>> Calendar(2026, start_month=7).month(12).code
        '2027-06'
        """
        years, month = divmod(self.start_month - 1 + number - 1, MONTHS_A_YEAR)
        return Month(self.year + years, month + 1)

    def number(self, month: Month) -> int:
        """The fiscal month's number of a calendar month; the inverse of :meth:`month`."""
        months = (month.year - self.year) * MONTHS_A_YEAR + month.month
        return months - self.start_month + 1

    @property
    def label(self) -> str:
        """The year's name: ``2026``, or ``2026/27`` where it spans two calendar years."""
        return (
            str(self.year) if self.start_month == 1 else f"{self.year}/{(self.year + 1) % 100:02d}"
        )

    def period(self, kind: Kind, month: int) -> Period:
        """The period of ``kind`` that holds or ends with fiscal month ``month`` (1 to 12)."""
        quarter_end = -(-month // MONTHS_A_QUARTER) * MONTHS_A_QUARTER
        spans = {
            "month": (month, month),
            "quarter": (quarter_end - MONTHS_A_QUARTER + 1, quarter_end),
            "ytd": (1, month),
            "year": (1, MONTHS_A_YEAR),
            "rolling": (month - MONTHS_A_YEAR + 1, month),
        }
        return Period(kind, *spans[kind])

    def periods(self, *, rolling: bool = False) -> tuple[Period, ...]:
        """Every period of the year: months, quarters, years to date, the year, rolling twelves."""
        months = range(1, MONTHS_A_YEAR + 1)
        quarters = range(MONTHS_A_QUARTER, MONTHS_A_YEAR + 1, MONTHS_A_QUARTER)
        return (
            *(self.period("month", month) for month in months),
            *(self.period("quarter", month) for month in quarters),
            *(self.period("ytd", month) for month in months),
            self.period("year", MONTHS_A_YEAR),
            *(self.period("rolling", month) for month in months if rolling),
        )

    def code(self, period: Period) -> str:
        """How the period is written on the command line; the inverse of :meth:`parse`."""
        last = self.month(period.last).code
        codes = {
            "month": last,
            "quarter": f"{self.year}-Q{period.quarter}",
            "ytd": f"ytd-{last}",
            "year": str(self.year),
            "rolling": f"r12-{last}",
        }
        return codes[period.kind]

    def parse(self, code: str) -> Period:
        """The period that ``code`` names.

        >>> Calendar(2016).parse("2016-Q2")
        Period(kind='quarter', first=4, last=6)

        ``2016-T2`` is the same: trimestre.
        """
        found = _CODE.fullmatch(code.strip().lower())
        period = self._matched(found) if found else None
        if period is None:
            example = {"month": self.month(3).code, "quarter": f"{self.year}-Q1"}
            raise ProblemsError(
                [Problem("period_unknown", values={"text": code, "year": self.year, **example})]
            )
        return period

    def _matched(self, found: re.Match[str]) -> Period | None:
        year, month, quarter = int(found["year"]), found["month"], found["quarter"]
        if quarter and not found["kind"] and year == self.year:
            return self.period("quarter", int(quarter) * MONTHS_A_QUARTER)
        if month:
            number = self.number(Month(year, int(month)))
            kind: Kind = {"ytd": "ytd", "r12": "rolling"}.get(found["kind"] or "", "month")  # type: ignore[assignment]
            inside = 1 <= int(month) <= MONTHS_A_YEAR and 1 <= number <= MONTHS_A_YEAR
            return self.period(kind, number) if inside else None
        whole_year = not quarter and not found["kind"] and year == self.year
        return self.period("year", MONTHS_A_YEAR) if whole_year else None

    def period_label(self, period: Period, language: str) -> str:
        """The period as a heading says it: ``2016``, ``Q1 2016``, ``Jan–Jun 2016``."""
        first, last = self.month(period.first), self.month(period.last)
        year = self.label if period.kind in ("year", "quarter") else str(last.year)
        return text(
            f"period.label.{period.kind}",
            language,
            first=text(f"month.{first.month}", language),
            last=text(f"month.{last.month}", language),
            number=period.quarter,
            year=year,
        )
