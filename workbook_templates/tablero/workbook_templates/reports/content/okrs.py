"""Objectives and key results on the as-of date, as the sheet OKR says them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tablero.workbook_templates.formats import date_text, decimal_text, number_text
from tablero.workbook_templates.okrs import words
from tablero.workbook_templates.okrs.check_ins import CheckIn
from tablero.workbook_templates.okrs.parts import KeyResult
from tablero.workbook_templates.okrs.scoring import KeyResultScore, OkrScore, Status
from tablero.workbook_templates.reports.content.marks import PLAIN, Mark, role_mark
from tablero.workbook_templates.reports.content.plurals import counted, listed
from tablero.workbook_templates.reports.report import MISSING, Report
from tablero.workbook_templates.styles import unit_role

COLUMNS = (
    "name", "source", "unit", "weight", "start", "target", "current", "progress", "expected",
    "status", "confidence", "owner", "checked",
)  # fmt: skip
_GRADES: tuple[Status, ...] = ("on_track", "at_risk", "off_track", "outdated")


@dataclass(frozen=True)
class KeyResultRow:
    """A key result on the as-of date; what nobody filled in is empty, what is missing a dash."""

    id: str
    name: str
    source: str
    """What its value follows."""
    unit: str
    weight: str
    start: str
    target: str
    """Where two bounds are to be kept, both of them."""
    current: str
    progress: str
    progress_share: float | None
    expected: str
    expected_share: float
    mark: Mark
    is_due: bool
    """Whether a check-in is due."""
    confidence: str
    owner: str
    checked: str
    """The day of the newest check-in; empty without any."""
    note: str
    """What the newest check-in with a note says."""


@dataclass(frozen=True)
class OkrRow:
    """An objective on the as-of date."""

    id: str
    name: str
    period: str
    serves: str
    """The perspective, and the objective of it, that it serves."""
    perspective: str
    """The id of the perspective."""
    commitment: str
    owner: str
    progress: str
    progress_share: float | None
    expected: str
    expected_share: float | None
    mark: Mark
    is_due: bool
    confidence: str
    key_results: tuple[KeyResultRow, ...]


@dataclass(frozen=True)
class Okrs:
    """All objectives, in the order of the definition."""

    sentence: str
    """How many stand how on which day; empty where the workbook has none."""
    columns: Mapping[str, str]
    due: str
    """What is said of a key result whose check-in is due."""
    rows: tuple[OkrRow, ...]


def okrs(report: Report) -> Okrs:
    """The objectives and key results; without rows where the workbook has none."""
    if not report.definition.okrs:
        return Okrs("", {}, "", ())
    found = report.okrs.okrs
    return Okrs(
        _sentence(report, found),
        {column: report.say(f"okr.column.{column}") for column in COLUMNS},
        report.say("okr.column.outdated"),
        tuple(_okr(report, one) for one in found),
    )


def _sentence(report: Report, found: tuple[OkrScore, ...]) -> str:
    count = {grade: sum(one.status == grade for one in found) for grade in _GRADES}
    parts = [
        report.say("report.in_status", count=count[grade], status=words.word(report, grade))
        for grade in _GRADES
        if count[grade]
    ]
    day = date_text(report.okrs.as_of, report.language)
    if not parts:
        return report.say("report.okrs.unknown", day=day)
    unknown = len(found) - sum(count.values())
    parts += [counted(report, "unknown", unknown)] if unknown else []
    return counted(report, "okrs", len(found), day=day, list=listed(report, parts))


def _mark(report: Report, status: Status) -> Mark:
    if not status:
        return Mark("", PLAIN.symbol, report.say("report.no_figures"), PLAIN)
    word = words.word(report, status)
    return role_mark(status, words.symbol(status), word, words.TONES[status])


def _okr(report: Report, score: OkrScore) -> OkrRow:
    okr = score.okr
    period = report.calendar.parse(okr.period)
    return OkrRow(
        okr.id,
        report.word(okr.name),
        report.calendar.period_label(period, report.language),
        words.aligned(report, okr),
        okr.perspective,
        report.say(f"commitment.{okr.commitment}"),
        report.word(okr.owner),
        _share(report, score.score, 1),
        score.score,
        _share(report, score.expected),
        score.expected,
        _mark(report, score.status),
        score.is_outdated,
        _share(report, score.confidence),
        tuple(_key_result(report, one) for one in score.key_results),
    )


def _key_result(report: Report, score: KeyResultScore) -> KeyResultRow:
    one = score.key_result
    start, target, upper = (_number(report, one, number) for number in one.numbers)
    bounds = report.say("report.between", first=target, last=upper)
    return KeyResultRow(
        id=one.id,
        name=report.word(one.name),
        source=words.source(report, one),
        unit=report.unit(words.followed_unit(report, one)),
        weight=report.share(one.weight, 0),
        start=start,
        target=bounds if one.kind == "between" else target,
        current=_number(report, one, score.current),
        progress=_share(report, score.progress, 1),
        progress_share=score.progress,
        expected=report.share(score.expected, 0),
        expected_share=score.expected,
        mark=_mark(report, score.status),
        is_due=score.is_outdated,
        confidence=_share(report, score.confidence),
        owner=report.word(one.owner),
        checked=date_text(score.checked, report.language) if score.checked else "",
        note=_note(report, one),
    )


def _share(report: Report, share: float | None, digits: int = 0) -> str:
    return MISSING if share is None else report.share(share, digits)


def _number(report: Report, one: KeyResult, number: float | None) -> str:
    """A value of a key result in its unit, as the sheet shows it."""
    if number is None:
        return MISSING
    role = unit_role(report.word(words.followed_unit(report, one)))
    if role == "percent":
        return report.share(number)
    if role == "whole":
        return decimal_text(number, report.language, 0)
    return number_text(round(number, 6), report.language)


def _note(report: Report, one: KeyResult) -> str:
    """The note of the newest check-in that has one, until the as-of date."""
    said: list[CheckIn] = [
        line
        for line in report.records.check_ins
        if line.key_result == one.id and line.day <= report.okrs.as_of and line.note
    ]
    return max(reversed(said), key=lambda line: line.day).note if said else ""
