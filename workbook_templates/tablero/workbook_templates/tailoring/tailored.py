"""What a company wants changed in the scorecard of a definition, and the definition it makes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from tablero.workbook_templates.definition import Definition
from tablero.workbook_templates.problems import Problem, ProblemsError
from tablero.workbook_templates.tailoring.keeping import keep, refuse_unknown
from tablero.workbook_templates.tailoring.shares import rounded
from tablero.workbook_templates.tailoring.weighing import (
    Group,
    comparison_of,
    contradiction,
    points_of,
    weighed,
)


@dataclass(frozen=True)
class Tailoring:
    """Which KPIs stay or go, and the weights, as they are typed; nothing leaves all as it is."""

    keep: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    """A text a group: ``"financial=40,customers=60"``, ``"financial: 1.1=70,1.2=30"``."""
    comparisons: tuple[str, ...] = ()
    """A text a group: ``"financial>customers:3"``."""
    accepts_inconsistent: bool = False


@dataclass(frozen=True)
class Tailored:
    """A definition that fits a company, and what is to be told about it."""

    definition: Definition
    notes: tuple[Problem, ...]


def tailor(definition: Definition, tailoring: Tailoring) -> Tailored:
    """Leave KPIs out, then set weights.

    Raises
    ------
    ProblemsError
        What is asked for cannot be done, told by the option (``--keep``, ``--points`` …).

    Examples
    --------
    >>> from tablero.workbook_templates.library import load_template
    >>> wanted = Tailoring(drop=("roa",), points=("financial: 1.1=50,1.2=50",))
    >>> made = tailor(load_template("cano"), wanted).definition.perspectives[0]
    >>> [one.weight for one in made.objectives]
    [0.5, 0.5]
    """
    made, notes = _thinned(definition, tailoring)
    seen: set[tuple[str, str]] = set()
    for option, group, weights in _weights(made, tailoring):
        if (group.level, group.id) in seen:
            told = {"group": group.id or group.level}
            raise ProblemsError([Problem("weighing_twice", values=told, path=option)])
        seen.add((group.level, group.id))
        made = weighed(made, group, weights)
    return Tailored(made, notes)


def _thinned(
    definition: Definition, tailoring: Tailoring
) -> tuple[Definition, tuple[Problem, ...]]:
    if tailoring.keep and tailoring.drop:
        raise ProblemsError([Problem("keep_and_drop", path="--drop")])
    if tailoring.keep:
        with _of("--keep"):
            return keep(definition, tailoring.keep)
    if not tailoring.drop:
        return definition, ()
    with _of("--drop"):
        refuse_unknown(definition, tailoring.drop)
        return keep(definition, without(definition, tailoring.drop))


def without(definition: Definition, ids: Iterable[str]) -> tuple[str, ...]:
    """The KPIs that are left without some."""
    gone = set(ids)
    return tuple(kpi.id for kpi in definition.kpis() if kpi.id not in gone)


def _weights(
    definition: Definition, tailoring: Tailoring
) -> Iterator[tuple[str, Group, Sequence[float]]]:
    for text in tailoring.points:
        with _of("--points"):
            yield "--points", *points_of(text, definition)
    for text in tailoring.comparisons:
        with _of("--compare"):
            group, comparison = comparison_of(text, definition)
            if not (comparison.is_consistent or tailoring.accepts_inconsistent):
                raise ProblemsError([contradiction(comparison)])
        yield "--compare", group, rounded(comparison.priorities)


@contextmanager
def _of(option: str) -> Iterator[None]:
    """Problems that are found in here are told of an option."""
    try:
        yield
    except ProblemsError as refused:
        raise ProblemsError([one.at(path=option) for one in refused.problems]) from refused
