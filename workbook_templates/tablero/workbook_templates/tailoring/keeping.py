"""A definition with only some of its KPIs: what loses its ground goes, the rest is whole again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from tablero.workbook_templates.definition import (
    Definition,
    Input,
    Kpi,
    LocalText,
    Objective,
    Okr,
    Perspective,
)
from tablero.workbook_templates.expressions import inputs_of, parse
from tablero.workbook_templates.problems import Problem, ProblemsError
from tablero.workbook_templates.tailoring.pairwise import unknown
from tablero.workbook_templates.tailoring.shares import rescaled
from tablero.workbook_templates.texts import LANGUAGES

P = TypeVar("P")


def keep(definition: Definition, ids: Collection[str]) -> tuple[Definition, tuple[Problem, ...]]:
    """The definition with the named KPIs only, and notes on what else went with the others.

    Objectives and perspectives without a KPI go, with their links and OKRs; so do key results
    that follow a KPI left out, OKRs without a key result, and inputs that nothing needs any
    more. Where something went, the weights of the rest are rescaled in proportion, in tenths of
    a percent that sum to one; all other weights stay as they are.

    Raises
    ------
    ProblemsError
        There is no KPI of an id, or none would be left.

    Examples
    --------
    >>> from tablero.workbook_templates.library import load_template
    >>> made, notes = keep(load_template("cano"), {"roa", "roe"})
    >>> [(one.id, one.weight) for one in made.perspectives]
    [('financial', 1.0)]
    >>> len(made.inputs), notes[0].code
    (3, 'left_out_perspectives')
    """
    refuse_unknown(definition, ids)
    if not ids:
        raise ProblemsError([Problem("kept_none")])
    if all(kpi.id in ids for kpi in definition.kpis()):
        return definition, ()
    made = _without_ground(definition, ids)
    return made, tuple(_notes(definition, made))


def refuse_unknown(definition: Definition, ids: Iterable[str]) -> None:
    """Refuse ids that no KPI has."""
    known = [kpi.id for kpi in definition.kpis()]
    wrong = [unknown("kpi_unknown", name, known) for name in ids if name not in known]
    if wrong:
        raise ProblemsError(wrong)


def _without_ground(definition: Definition, ids: Collection[str]) -> Definition:
    perspectives = _thinned(definition.perspectives, lambda one: _perspective(one, ids))
    there = {one.id: {inner.id for inner in one.objectives} for one in perspectives}
    objectives = {name for inner in there.values() for name in inner}
    okrs = [_okr(okr, there[okr.perspective], ids)
            for okr in definition.okrs if okr.perspective in there]  # fmt: skip
    links = (link for link in definition.links if {link.cause, link.effect} <= objectives)
    made = definition.model_copy(
        update={
            "perspectives": perspectives,
            "links": tuple(links),
            "okrs": tuple(okr for okr in okrs if okr.key_results),
        }
    )
    return _without_check_ins(_without_inputs(definition, made))


def _thinned(parts: Sequence[P], change: Callable[[P], P | None]) -> tuple[P, ...]:
    """The parts that are left, with weights that make a whole where any went."""
    left = [one for one in map(change, parts) if one is not None]
    return tuple(left) if len(left) == len(parts) else _whole(left)


def _whole(parts: Sequence[Any]) -> tuple[Any, ...]:
    if not parts:
        return ()
    weights = rescaled([one.weight for one in parts])
    return tuple(
        one.model_copy(update={"weight": weight})
        for one, weight in zip(parts, weights, strict=True)
    )


def _perspective(one: Perspective, ids: Collection[str]) -> Perspective | None:
    objectives = _thinned(one.objectives, lambda inner: _objective(inner, ids))
    return one.model_copy(update={"objectives": objectives}) if objectives else None


def _objective(one: Objective, ids: Collection[str]) -> Objective | None:
    def kept(kpi: Kpi) -> Kpi | None:
        return kpi if kpi.id in ids else None

    kpis = _thinned(one.kpis, kept)
    return one.model_copy(update={"kpis": kpis}) if kpis else None


def _okr(okr: Okr, objectives: Collection[str], ids: Collection[str]) -> Okr:
    """An OKR with the key results that have something to follow; maybe none."""
    key_results = _thinned(
        okr.key_results, lambda one: one if one.kpi is None or one.kpi in ids else None
    )
    objective = okr.objective if okr.objective in objectives else None
    return okr.model_copy(update={"key_results": key_results, "objective": objective})


def _without_inputs(former: Definition, made: Definition) -> Definition:
    """Only inputs that are used, or were not used before; each in a perspective that is there."""
    unused = {one.id for one in former.inputs} - _users(former).keys()
    users = _users(made)
    there = {one.id for one in made.perspectives}

    def placed(one: Input) -> Input | None:
        home = one.perspective if one.perspective in there else users.get(one.id)
        if home is None or (one.id not in users and one.id not in unused):
            return None
        return one.model_copy(update={"perspective": home})

    inputs = tuple(one for one in map(placed, former.inputs) if one is not None)
    kept = {one.id for one in inputs}
    figures = {name: given for name, given in made.figures.items() if name in kept}
    return made.model_copy(update={"inputs": inputs, "figures": figures})


def _users(definition: Definition) -> dict[str, str]:
    """Every input that is used, with the perspective of its first use."""
    used: dict[str, str] = {}
    for perspective in definition.perspectives:
        for objective in perspective.objectives:
            for kpi in objective.kpis:
                for name in inputs_of(parse(kpi.formula)):
                    used.setdefault(name, perspective.id)
    for okr in definition.okrs:
        for one in okr.key_results:
            if one.input is not None:
                used.setdefault(one.input, okr.perspective)
    return used


def _without_check_ins(made: Definition) -> Definition:
    known = {one.id for one in made.key_results()}
    lines = (line for line in made.check_ins if line.key_result in known)
    return made.model_copy(update={"check_ins": tuple(lines)})


def _notes(former: Definition, made: Definition) -> Iterator[Problem]:
    """What went beside the KPIs, by kind."""
    kinds: dict[str, Callable[[Definition], Iterable[Any]]] = {
        "left_out_perspectives": lambda one: one.perspectives,
        "left_out_objectives": lambda one: one.objectives(),
        "left_out_okrs": lambda one: one.okrs,
        "left_out_key_results": lambda one: one.key_results(),
        "left_out_inputs": lambda one: one.inputs,
    }
    for code, parts in kinds.items():
        left = {part.id for part in parts(made)}
        gone = [part.name for part in parts(former) if part.id not in left]
        if gone:
            yield Problem(code, "note", {"names": _listed(gone), "count": len(gone)})
    links = len(former.links) - len(made.links)
    if links:
        yield Problem("left_out_links", "note", {"count": links})


def _listed(names: Sequence[LocalText]) -> LocalText:
    """Names after one another, in every language."""
    return LocalText(
        {language: ", ".join(one.in_language(language) for one in names) for language in LANGUAGES}
    )
