"""What a year's objectives come to when the year is rolled on, and which go on in the next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tablero.workbook_templates.okrs.carrying import (
    carried,
    graded,
    grades,
    is_closed,
    is_open,
    renamed,
)
from tablero.workbook_templates.okrs.parts import Okr
from tablero.workbook_templates.okrs.scoring import OkrScore
from tablero.workbook_templates.problems import Problem
from tablero.workbook_templates.read import Reading
from tablero.workbook_templates.records import Change
from tablero.workbook_templates.replacing import Version

_QUARTERS = (1, 2, 3)
"""Those that are followed by another one of the year."""


@dataclass(frozen=True)
class YearEnd:
    """The objectives of a year at its end."""

    graded: tuple[OkrScore, ...]
    """Those of the last quarter and of the whole year, on the year's last day."""
    carried: tuple[Okr, ...]
    """Those that go on in the first quarter of the next year."""
    rows: Mapping[str, str]
    """By the key of a row of theirs, the one that it has then."""
    left: tuple[Problem, ...]
    """What stays in the year's own workbook."""

    @classmethod
    def of(cls, reading: Reading) -> YearEnd:
        """Grade the objectives of a workbook, and carry those of the last quarter.

        Objectives of the whole year end with it. Those of former quarters go on by closing these.
        """
        year = reading.definition.company.year
        last, following = graded(reading, f"{year}-Q4"), f"{year + 1}-Q1"
        going = carried(last, following, reading.definition)
        ended = (*last, *graded(reading, str(year)))
        return cls(ended, going, renamed(last, going), tuple(_left(reading)))

    def changes(self, version: Version, language: str) -> Iterator[Change]:
        """The grades for the log of a workbook in which nothing has their ids: by name."""
        return grades(version, self.graded, lambda one: one.name.in_language(language))


def _left(reading: Reading) -> Iterator[Problem]:
    """Objectives and check-ins stay with their year, and so do quarters nobody closed."""
    year, okrs = reading.definition.company.year, reading.definition.okrs
    if okrs:
        told = {
            "count": len(okrs),
            "year": year,
            "check_ins": len(reading.records.check_ins),
            "following": f"{year + 1}-Q1",
        }
        yield Problem("left_okrs", "note", told)
    for code in (f"{year}-Q{number}" for number in _QUARTERS):
        open_ones = [one for score in graded(reading, code) for one in score.key_results
                     if is_open(one)]  # fmt: skip
        if open_ones and not is_closed(reading, code):
            told = {"quarter": code, "count": len(open_ones), "year": year}
            yield Problem("left_quarter", "warning", told)
