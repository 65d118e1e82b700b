"""The lines of what people follow up: actions, objectives with key results, and problems."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from tablero.workbook_templates.facts.dimensions import Line
from tablero.workbook_templates.okrs.scoring import KeyResultScore, OkrScore
from tablero.workbook_templates.problems import Problem
from tablero.workbook_templates.registers.actions import FLAGS, Judged, is_said
from tablero.workbook_templates.registers.parts import STATUSES, Entry
from tablero.workbook_templates.scored_model import ScoredModel

_LATE = FLAGS.index("late")


def fact_action(model: ScoredModel) -> Iterator[Line]:
    """The actions, in the order in which they stand."""
    for number, one in enumerate(model.actions.judged, start=1):
        if is_said(one.line):
            yield number, *_action(model, one)


def _action(model: ScoredModel, one: Judged) -> Line:
    line, definition = one.line, model.definition
    kpi = model.actions.standings[one.kpi - 1].kpi.id if one.kpi else None
    status = line.get("status")
    is_known = status in STATUSES
    return (
        kpi,
        *(_said(line.get(key)) for key in ("what", "cause", "owner")),
        status if is_known else None,
        model.choices["status"][str(status)] if is_known else None,
        _day(line.get("start")),
        _day(one.due),
        *(_number(line.get(key)) for key in ("budget", "spent")),
        _said(line.get("note")),
        definition.bands[one.plan - 1].id if one.plan else None,
        one.is_open,
        one.flags[_LATE],
        one.remark or None,
    )


def _said(entry: Entry | None) -> str | None:
    return None if entry is None or entry == "" else str(entry)


def _day(entry: Entry | None) -> date | None:
    return entry if isinstance(entry, date) else None


def _number(entry: Entry | None) -> float | None:
    return entry if isinstance(entry, float) else None


def dim_okr(model: ScoredModel) -> Iterator[Line]:
    """The objectives with key results."""
    for sort, one in enumerate(model.definition.okrs, start=1):
        yield (
            one.id,
            model.word(one.name),
            one.period,
            one.perspective,
            one.objective,
            one.commitment,
            model.word(one.owner),
            sort,
        )


def fact_okr(model: ScoredModel) -> Iterator[Line]:
    """How the objectives stand."""
    if model.definition.okrs:
        for one in model.okrs.okrs:
            yield (
                model.okrs.as_of,
                one.okr.id,
                one.score,
                one.expected,
                one.confidence,
                *_status(model, one),
            )


def dim_key_result(model: ScoredModel) -> Iterator[Line]:
    """The key results."""
    pairs = ((okr, one) for okr in model.definition.okrs for one in okr.key_results)
    for sort, (okr, one) in enumerate(pairs, start=1):
        yield (
            one.id,
            okr.id,
            model.word(one.name),
            one.kind,
            model.unit(one.unit),
            *one.numbers,
            one.weight,
            model.word(one.owner),
            one.kpi,
            one.input,
            sort,
        )


def fact_key_result(model: ScoredModel) -> Iterator[Line]:
    """How the key results stand."""
    if model.definition.okrs:
        for one in (each for okr in model.okrs.okrs for each in okr.key_results):
            yield (
                model.okrs.as_of,
                one.key_result.id,
                one.current,
                one.progress,
                one.expected,
                one.confidence,
                *_status(model, one),
                one.checked,
                one.days,
            )


def _status(model: ScoredModel, one: OkrScore | KeyResultScore) -> Line:
    status = one.status
    return status or None, model.say(f"okr_status.{status}") if status else None, one.is_outdated


def fact_check_in(model: ScoredModel) -> Iterator[Line]:
    """What was said of the key results that there are, in the order in which it stands."""
    ids = {one.id for one in model.definition.key_results()}
    for number, one in enumerate(model.records.check_ins, start=1):
        if one.key_result in ids:
            yield number, one.day, one.key_result, one.value, one.confidence, one.note or None


def fact_problem(model: ScoredModel) -> Iterator[Line]:
    """What is wrong, where the model knows it, as a report does."""
    problems: Sequence[Problem] = getattr(model, "problems", ())
    for number, one in enumerate(problems, start=1):
        yield (
            number,
            one.severity,
            one.code,
            one.sheet or None,
            one.cell or None,
            one.message(model.language),
            one.remedy(model.language),
        )
