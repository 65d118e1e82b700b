"""What differs between two definitions: parts that moved, were added, went, or are redefined."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from tablero.workbook_templates.definition import Definition, LocalText
from tablero.workbook_templates.texts import LANGUAGES, text

Kind = Literal["perspective", "objective", "kpi", "input", "okr", "key_result"]
Way = Literal["moved", "added", "gone", "redefined"]
WAYS: tuple[Way, ...] = ("moved", "added", "gone", "redefined")


@dataclass(frozen=True)
class Shift:
    """What became of one part: for a move its places, for another measure both measures."""

    way: Way
    kind: Kind
    id: str
    name: LocalText
    before: LocalText = field(default_factory=LocalText)
    after: LocalText = field(default_factory=LocalText)


@dataclass(frozen=True)
class _Part:
    kind: Kind
    id: str
    name: LocalText
    place: str = ""
    """The id of the part to which it belongs."""
    place_name: LocalText = field(default_factory=LocalText)
    measure: LocalText = field(default_factory=LocalText)


def shifts(former: Definition, new: Definition) -> tuple[Shift, ...]:
    """What became of each part, by its kind and id, in the order of the definitions.

    Examples
    --------
    >>> from tablero.workbook_templates.library import load_template
    >>> cano = load_template("cano")
    >>> first, *others = cano.perspectives
    >>> fewer = cano.model_copy(update={"perspectives": tuple(others)})
    >>> [(one.way, one.id) for one in shifts(cano, fewer) if one.kind == "perspective"]
    [('gone', 'financial')]
    """
    before, after = _by_key(former), _by_key(new)
    return (
        *(one for key in before if key in after for one in _changes(before[key], after[key])),
        *(_whole("added", part) for key, part in after.items() if key not in before),
        *(_whole("gone", part) for key, part in before.items() if key not in after),
    )


def _changes(former: _Part, new: _Part) -> Iterator[Shift]:
    if former.place != new.place:
        yield Shift("moved", new.kind, new.id, new.name, former.place_name, new.place_name)
    if former.measure != new.measure:
        yield Shift("redefined", new.kind, new.id, new.name, former.measure, new.measure)


def _whole(way: Way, part: _Part) -> Shift:
    return Shift(way, part.kind, part.id, part.name)


def _by_key(definition: Definition) -> Mapping[tuple[Kind, str], _Part]:
    return {(part.kind, part.id): part for part in _parts(definition)}


def _parts(definition: Definition) -> Iterator[_Part]:
    names = {one.id: one.name for one in definition.perspectives}
    for perspective in definition.perspectives:
        yield _Part("perspective", perspective.id, perspective.name)
        for objective in perspective.objectives:
            place = perspective.id, perspective.name
            yield _Part("objective", objective.id, objective.name, *place)
            for kpi in objective.kpis:
                words = _words({"desired": kpi.desired}, kpi.formula, kpi.unit)
                yield _Part("kpi", kpi.id, kpi.name, objective.id, objective.name, words)
    for one in definition.inputs:
        words = _words({"aggregation": one.aggregation}, one.unit)
        place = one.perspective, names.get(one.perspective, LocalText())
        yield _Part("input", one.id, one.name, *place, words)
    yield from _okrs(definition, names)


def _okrs(definition: Definition, names: Mapping[str, LocalText]) -> Iterator[_Part]:
    for okr in definition.okrs:
        place = okr.perspective, names.get(okr.perspective, LocalText())
        yield _Part("okr", okr.id, okr.name, *place, LocalText({"": okr.period}))
        for one in okr.key_results:
            yield _Part("key_result", one.id, one.name, okr.id, okr.name, _words({}, one.unit))


def _words(codes: Mapping[str, str], *others: str | LocalText) -> LocalText:
    """A measure in every language: codes by the section of their words, and other words."""

    def said(language: str) -> Iterator[str]:
        for one in others:
            yield one if isinstance(one, str) else one.in_language(language)
        for section, code in codes.items():
            yield text(f"{section}.{code}", language)

    return LocalText({language: ", ".join(filter(None, said(language))) for language in LANGUAGES})
