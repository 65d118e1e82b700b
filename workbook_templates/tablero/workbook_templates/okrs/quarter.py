"""Closing a quarter: its objectives are graded and stay, what goes on begins anew in the next."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from tablero.workbook_templates.change_log import now, user
from tablero.workbook_templates.edition import Edition, present
from tablero.workbook_templates.okrs.parts import KeyResult, Okr
from tablero.workbook_templates.okrs.scoring import KeyResultScore, OkrScore, OkrScores, Span
from tablero.workbook_templates.periods import Calendar
from tablero.workbook_templates.problems import Problem, ProblemsError
from tablero.workbook_templates.read import Reading
from tablero.workbook_templates.records import Change
from tablero.workbook_templates.replacing import Version

_CODE = re.compile(r"(?:(\d{4})-)?[qt]([1-4])", re.IGNORECASE)
_ENDING = re.compile(r"_q[1-4]$")
_LAST = 4
_LONGEST_ID = 60
_DIGITS = 6


@dataclass(frozen=True)
class QuarterEnd:
    """A quarter that is closed."""

    edition: Edition
    """What the workbook is written from, with the next quarter's objectives in it."""
    code: str
    following: str
    graded: tuple[OkrScore, ...]
    """The objectives on the quarter's last day."""
    carried: tuple[Okr, ...]
    """Those that go on in the next quarter."""


def closed(version: Version, reading: Reading, text: str) -> QuarterEnd:
    """A workbook whose quarter is closed and whose next quarter is open.

    Objectives and key results of the quarter stay where they are, with their check-ins; their
    grades on its last day go to the change log. A key result that is not reached goes on: it
    starts where it stands, with the same target, and the weights of those that go on are spread
    to 100 %.

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
        It is no quarter of the workbook's year, has no objectives, is closed already, or is the
        year's last; or there are errors in the workbook.
    """
    code, following = _codes(reading, text)
    edition = present(version, reading)
    graded = _graded(reading, code)
    taken = {okr.id for okr in reading.definition.okrs}
    taken |= {one.id for one in reading.definition.key_results()}
    carried = tuple(_carried(graded, following, taken))
    okrs = (*edition.definition.okrs, *carried)
    changes = (*edition.records.changes, *_changes(version, graded, code))
    return QuarterEnd(
        replace(
            edition,
            definition=edition.definition.model_copy(update={"okrs": okrs}),
            records=replace(edition.records, changes=changes),
        ),
        code,
        following,
        graded,
        carried,
    )


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
    if any(one.action == "roll" and one.month == code for one in reading.records.changes):
        raise ProblemsError([Problem("quarter_closed", values={"quarter": code})])
    if number == _LAST:
        raise ProblemsError([Problem("quarter_last", values={"quarter": code})])
    return code, f"{year}-Q{number + 1}"


def _graded(reading: Reading, code: str) -> tuple[OkrScore, ...]:
    company = reading.definition.company
    span = Span.of(Calendar(company.year, company.fiscal_start_month), code)
    scores = OkrScores(reading.definition, reading.figures, reading.records.check_ins, span.last)
    return tuple(one for one in scores.okrs if one.okr.period == code)


def _carried(graded: Sequence[OkrScore], following: str, taken: set[str]) -> Iterator[Okr]:
    """The next quarter's objectives: those with a key result that is not reached."""
    for score in graded:
        going = [one for one in score.key_results if one.progress is None or one.progress < 1]
        if not going:
            continue
        total = sum(one.key_result.weight for one in going)
        parts = []
        for one in going:
            weight = one.key_result.weight / total if total else 1 / len(going)
            parts.append(_going_on(one, _new_id(one.key_result.id, following, taken), weight))
        number = _new_id(score.okr.id, following, taken)
        told = {"id": number, "period": following, "key_results": tuple(parts)}
        yield score.okr.model_copy(update=told)


def _going_on(score: KeyResultScore, name: str, weight: float) -> KeyResult:
    """A key result that starts where it stands."""
    one, current = score.key_result, score.current
    told: dict[str, object] = {"id": name, "weight": weight, "confidence": score.confidence}
    if current is not None and one.kind != "milestone":
        told["start"] = float(f"{current:.{_DIGITS}g}")
    if told.get("start") == one.target:
        told["start"] = current
    return one.model_copy(update=told)


def _new_id(name: str, following: str, taken: set[str]) -> str:
    """An id for the next quarter that nothing has: ``visits`` becomes ``visits_q2``."""
    ending = f"_{following[-2:].lower()}"
    base = _ENDING.sub("", name)[: _LONGEST_ID - 2 * len(ending)]
    found = next(one for one in _numbered(base + ending, taken) if one not in taken)
    taken.add(found)
    return found


def _numbered(name: str, taken: Collection[str]) -> Iterator[str]:
    yield name
    for number in range(2, len(taken) + 3):
        yield f"{name}_{number}"


def _changes(version: Version, graded: Sequence[OkrScore], code: str) -> Iterator[Change]:
    """The grades, for the log: of each objective, and of each of its key results."""
    when, who = now(), user()
    for score in graded:
        lines = [(score.okr.id, score.score)]
        lines += [(one.key_result.id, one.progress) for one in score.key_results]
        for name, grade in lines:
            yield Change(
                when=when, who=who, action="roll", month=code, input=name, new=grade,
                source=version.path.name, digest=version.digest,
            )  # fmt: skip
