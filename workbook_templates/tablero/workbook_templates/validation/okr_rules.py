"""What must hold for objectives and key results: known places, whole weights, ways to go."""

from __future__ import annotations

import math
from collections.abc import Iterator

from tablero.workbook_templates.definition import Definition, KeyResult
from tablero.workbook_templates.periods import Calendar
from tablero.workbook_templates.problems import Problem, ProblemsError
from tablero.workbook_templates.validation.places import Location, found
from tablero.workbook_templates.validation.rules import repeated, unknown
from tablero.workbook_templates.vectorised import WEIGHT_TOLERANCE


def ids(definition: Definition) -> Iterator[Problem]:
    """Objectives have ids of their own, and key results too, through all objectives."""
    okrs = [(("okrs", number), okr.id) for number, okr in enumerate(definition.okrs)]
    yield from repeated(definition, okrs)
    yield from repeated(definition, [(place, one.id) for place, one in _located(definition)])


def alignment(definition: Definition) -> Iterator[Problem]:
    """An objective serves a perspective, and where it names one an objective of that."""
    objectives = {
        perspective.id: [one.id for one in perspective.objectives]
        for perspective in definition.perspectives
    }
    for number, okr in enumerate(definition.okrs):
        place: Location = ("okrs", number)
        if okr.perspective not in objectives:
            where = (*place, "perspective")
            known = objectives.keys()
            yield unknown(definition, "okr_perspective_unknown", where, okr.perspective, known)
        elif okr.objective is not None and okr.objective not in objectives[okr.perspective]:
            where = (*place, "objective")
            siblings = objectives[okr.perspective]
            yield unknown(definition, "okr_objective_unknown", where, okr.objective, siblings)


def periods(definition: Definition) -> Iterator[Problem]:
    """A quarter, or the year, of the workbook."""
    calendar = Calendar(definition.company.year, definition.company.fiscal_start_month)
    for number, okr in enumerate(definition.okrs):
        try:
            calendar.parse(okr.period)
        except ProblemsError:
            told = {"period": okr.period, "year": calendar.year}
            yield found(
                definition, "okr_period_outside", ("okrs", number, "period"), "error", **told
            )


def weights(definition: Definition) -> Iterator[Problem]:
    """The weights of an objective's key results sum to one."""
    for number, okr in enumerate(definition.okrs):
        total = math.fsum(one.weight for one in okr.key_results)
        if abs(total - 1) > WEIGHT_TOLERANCE:
            place = ("okrs", number, "key_results")
            told = {"group": okr.id, "sum": f"{100 * total:.6g}"}
            yield found(definition, "weights_of_key_results", place, "error", **told)


def sources(definition: Definition) -> Iterator[Problem]:
    """A key result follows one KPI or one input that there is, or none."""
    kpis = {kpi.id for kpi in definition.kpis()}
    inputs = {one.id for one in definition.inputs}
    for place, one in _located(definition):
        if one.kpi is not None and one.input is not None:
            told = {"id": one.id, "kpi": one.kpi, "input": one.input}
            yield found(definition, "okr_two_sources", place, "error", **told)
        if one.kpi is not None and one.kpi not in kpis:
            yield unknown(definition, "okr_kpi_unknown", (*place, "kpi"), one.kpi, kpis)
        if one.input is not None and one.input not in inputs:
            yield unknown(definition, "okr_input_unknown", (*place, "input"), one.input, inputs)


def numbers(definition: Definition) -> Iterator[Problem]:
    """A key result says from where to where, or within what."""
    for place, one in _located(definition):
        if one.kind == "between":
            yield from _between(definition, place, one)
        else:
            yield from _way(definition, place, one)


def bounds(definition: Definition) -> Iterator[Problem]:
    """The bounds of the statuses ascend, from above nothing."""
    policies = definition.policies.okr_status
    for name in ("aspirational", "committed"):
        lower, upper = (getattr(one, name) for one in (policies.at_risk, policies.on_track))
        if not 0 < lower < upper:
            told = {"at_risk": f"{100 * lower:g}", "on_track": f"{100 * upper:g}"}
            place = ("policies", "okr_status", "on_track", name)
            yield found(definition, "okr_bounds_order", place, "error", **told)


def check_ins(definition: Definition) -> Iterator[Problem]:
    """A check-in is of a key result that there is."""
    known = {one.id for one in definition.key_results()}
    for number, line in enumerate(definition.check_ins):
        if line.key_result not in known:
            place = ("check_ins", number, "key_result")
            yield unknown(definition, "check_in_key_result", place, line.key_result, known)


def _way(definition: Definition, place: Location, one: KeyResult) -> Iterator[Problem]:
    start, target, _ = one.numbers
    missing = [name for name, given in (("start", start), ("target", target)) if given is None]
    for name in missing:
        yield _missing(definition, place, one, name)
    if start is not None and start == target:
        told = {"id": one.id, "number": f"{start:g}"}
        yield found(definition, "okr_target_is_start", (*place, "target"), "error", **told)
    if one.upper is not None:
        yield found(definition, "okr_upper_unused", (*place, "upper"), "warning", id=one.id)


def _between(definition: Definition, place: Location, one: KeyResult) -> Iterator[Problem]:
    for name, given in (("target", one.target), ("upper", one.upper)):
        if given is None:
            yield _missing(definition, place, one, name)
    if one.target is not None and one.upper is not None and one.upper <= one.target:
        told = {"id": one.id, "target": f"{one.target:g}", "upper": f"{one.upper:g}"}
        yield found(definition, "okr_upper_below_target", (*place, "upper"), "error", **told)


def _missing(definition: Definition, place: Location, one: KeyResult, name: str) -> Problem:
    """A key result may stay without a number, as a KPI without a goal; it has no progress then."""
    told = {"id": one.id, "field": name}
    return found(definition, "okr_number_missing", place, "warning", **told)


def _located(definition: Definition) -> Iterator[tuple[Location, KeyResult]]:
    """Every key result with its place."""
    for number, okr in enumerate(definition.okrs):
        for position, one in enumerate(okr.key_results):
            yield ("okrs", number, "key_results", position), one
