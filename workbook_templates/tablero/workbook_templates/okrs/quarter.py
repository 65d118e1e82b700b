"""Closing a quarter: its objectives are graded and stay, what goes on begins anew in the next."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from tablero.workbook_templates.change_log import entries
from tablero.workbook_templates.editing.edits import Edit
from tablero.workbook_templates.edition import Edition, present
from tablero.workbook_templates.okrs.carrying import carried, graded, grades, is_closed
from tablero.workbook_templates.okrs.parts import Okr
from tablero.workbook_templates.okrs.scoring import OkrScore
from tablero.workbook_templates.problems import Problem, ProblemsError, has_errors
from tablero.workbook_templates.read import Reading
from tablero.workbook_templates.records import Change
from tablero.workbook_templates.replacing import Version

_CODE = re.compile(r"(?:(\d{4})-)?[qt]([1-4])", re.IGNORECASE)
_LAST = 4


@dataclass(frozen=True)
class QuarterEnd:
    """A quarter that is closed."""

    code: str
    following: str
    graded: tuple[OkrScore, ...]
    """The objectives on the quarter's last day."""
    carried: tuple[Okr, ...]
    """Those that go on in the next quarter."""
    changes: tuple[Change, ...]
    """The grades, as the change log is to hold them."""

    @property
    def ends_year(self) -> bool:
        """Whether what goes on belongs into next year's workbook."""
        return self.code[:4] != self.following[:4]


def closed(version: Version, reading: Reading, text: str) -> QuarterEnd:
    """What a quarter comes to when it is closed.

    Objectives and key results of the quarter stay where they are, with their check-ins; their
    grades on its last day go to the change log. A key result that is not reached goes on, as
    `carried` says: in the next quarter, after the last one in next year's workbook.

    Parameters
    ----------
    version
        The file as it was before it was read.
    reading
        What was read from it.
    text
        The quarter: ``Q2`` or ``2026-Q2``.

    Raises
    ------
    ProblemsError
        It is no quarter of the workbook's year, has no objectives, is closed already, or so is
        the next; or there are errors in the workbook.
    """
    code, following = _codes(reading, text)
    if has_errors(reading.problems):
        raise ProblemsError(reading.problems)
    definition = reading.definition
    scores = graded(reading, code)
    taken = {okr.id for okr in definition.okrs} | {one.id for one in definition.key_results()}
    going = carried(scores, following, definition, taken)
    return QuarterEnd(
        code, following, scores, going, tuple(grades(version, scores, lambda one: one.id))
    )


def edition_of(version: Version, reading: Reading, end: QuarterEnd) -> Edition:
    """What the workbook is written from, with the next quarter's objectives in it."""
    edition = present(version, reading)
    okrs = (*edition.definition.okrs, *end.carried)
    changes = (*edition.records.changes, *end.changes)
    return replace(
        edition,
        definition=edition.definition.model_copy(update={"okrs": okrs}),
        records=replace(edition.records, changes=changes),
    )


def edits_of(reading: Reading, end: QuarterEnd) -> list[Edit]:
    """The cells that log the grades of a year's last quarter, after which nothing else changes.

    Raises
    ------
    ProblemsError
        The workbook has no log.
    """
    return entries(reading, end.changes)


def _codes(reading: Reading, text: str) -> tuple[str, str]:
    """The quarter's code and that of the next."""
    year = reading.definition.company.year
    found = _CODE.fullmatch(text.strip())
    if found is None or int(found[1] or year) != year:
        raise ProblemsError([Problem("quarter_unknown", values={"text": text, "year": year})])
    number = int(found[2])
    code = f"{year}-Q{number}"
    if all(okr.period != code for okr in reading.definition.okrs):
        raise ProblemsError([Problem("quarter_empty", values={"quarter": code})])
    if is_closed(reading, code):
        raise ProblemsError([Problem("quarter_closed", values={"quarter": code})])
    if number == _LAST:
        return code, f"{year + 1}-Q1"
    following = f"{year}-Q{number + 1}"
    # What goes on from the last quarter is looked at when the year is rolled, closed or not.
    if number + 1 < _LAST and is_closed(reading, following):
        told = {"quarter": code, "following": following}
        raise ProblemsError([Problem("quarter_passed", values=told)])
    return code, following
