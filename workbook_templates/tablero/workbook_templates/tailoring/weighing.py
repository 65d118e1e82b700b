"""Weights as people give them: 100 points to share, or comparisons, of one group at a time."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from tablero.workbook_templates.definition import (
    Definition,
    Kpi,
    LocalText,
    Objective,
    Perspective,
)
from tablero.workbook_templates.problems import Problem, ProblemsError
from tablero.workbook_templates.tailoring.pairwise import (
    Comparison,
    Judgement,
    compare,
    spelt,
    unknown,
)
from tablero.workbook_templates.tailoring.shares import rounded

WHOLE = 100.0
_SLACK = 1e-6

Level = Literal["perspectives", "objectives", "kpis"]
Weighed = Perspective | Objective | Kpi

_NAME = r"[A-Za-z0-9_][A-Za-z0-9_.-]*"
_GROUP = re.compile(rf"\s*({_NAME})\s*:\s*(?={_NAME}\s*[<>=])")
_POINTS = re.compile(rf"({_NAME})\s*=\s*(\d+(?:\.\d+)?)")
_JUDGEMENT = re.compile(rf"({_NAME})\s*([<>=])\s*({_NAME})(?:\s*:\s*(\d+(?:\.\d+)?))?")


@dataclass(frozen=True)
class Group:
    """Parts of a scorecard that weigh one whole: perspectives, objectives of one, KPIs of one."""

    level: Level
    id: str
    """The perspective or objective whose parts these are; empty for the perspectives."""
    name: LocalText
    members: tuple[Weighed, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the members."""
        return tuple(one.id for one in self.members)

    @property
    def spelt(self) -> str:
        """What stands before the weights of the group where they are typed."""
        return f"{self.id}: " if self.id else ""


def groups(definition: Definition) -> Iterator[Group]:
    """Every group, from the perspectives down."""
    yield Group("perspectives", "", LocalText(), definition.perspectives)
    for one in definition.perspectives:
        yield Group("objectives", one.id, one.name, one.objectives)
    for objective in definition.objectives():
        yield Group("kpis", objective.id, objective.name, objective.kpis)


def pointed(group: Group, points: Mapping[str, float]) -> tuple[float, ...]:
    """The weights of a group of which each member has points out of 100.

    Raises
    ------
    ProblemsError
        A name is unknown, members have no points, or the points do not sum to 100; then the
        remedy gives the points in the same proportion that do.
    """
    problems = [unknown("weighing_unknown", name, group.ids) for name in points
                if name not in group.ids]  # fmt: skip
    missing = [name for name in group.ids if name not in points]
    if missing:
        example = ",".join(f"{name}=0" for name in missing)
        told = {"names": ", ".join(missing), "example": example}
        problems.append(Problem("points_missing", values=told))
    if problems:
        raise ProblemsError(problems)
    given = [points[name] for name in group.ids]
    total = math.fsum(given)
    if abs(total - WHOLE) > _SLACK:
        raise ProblemsError([_wrong_sum(group, given, total)])
    return rounded([one / total for one in given])


def in_proportion(points: Sequence[float]) -> tuple[float, ...]:
    """Points that sum to 100 in the proportion of points that do not, in tenths.

    >>> in_proportion([30, 30, 30])
    (33.4, 33.3, 33.3)
    """
    total = math.fsum(points)
    return tuple(round(WHOLE * one, 1) for one in rounded([one / total for one in points]))


def _wrong_sum(group: Group, given: Sequence[float], total: float) -> Problem:
    if not total:
        return Problem("points_none")
    scaled = zip(group.ids, in_proportion(given), strict=True)
    example = ",".join(f"{name}={points:g}" for name, points in scaled)
    return Problem("points_sum", values={"sum": round(total, 6), "example": example})


def points_of(text: str, definition: Definition) -> tuple[Group, tuple[float, ...]]:
    """A group and its weights from points as they are typed.

    >>> from tablero.workbook_templates.library import load_template
    >>> group, weights = points_of("financial: 1.1=60, 1.2=40", load_template("cano"))
    >>> group.ids, weights
    (('1.1', '1.2'), (0.6, 0.4))

    Raises
    ------
    ProblemsError
        The text cannot be read, or the points are wrong.
    """
    owner, parts = _parts(text)
    matches = [(part, _POINTS.fullmatch(part)) for part in parts]
    _refuse(Problem("points_form", values={"text": part}) for part, found in matches if not found)
    pairs = [(found[1], float(found[2])) for _, found in matches if found]
    points = dict(pairs)
    if len(points) < len(pairs):
        raise ProblemsError([Problem("points_twice", values={"text": text})])
    group = _group(definition, owner, tuple(points))
    return group, pointed(group, points)


def comparison_of(text: str, definition: Definition) -> tuple[Group, Comparison]:
    """A group and the comparison of its members from judgements as they are typed.

    Raises
    ------
    ProblemsError
        The text cannot be read, or the judgements are wrong.
    """
    owner, parts = _parts(text)
    read = [_judgement(part) for part in parts]
    _refuse(one for one in read if isinstance(one, Problem))
    judgements = [one for one in read if isinstance(one, Judgement)]
    names = tuple(name for one in judgements for name in (one.first, one.second))
    group = _group(definition, owner, names)
    return group, compare(group.ids, judgements)


def contradiction(comparison: Comparison) -> Problem:
    """What is told of judgements that contradict each other too much."""
    worst = comparison.most_contradicting
    told = {
        "ratio": round(comparison.ratio, 2),
        "worst": spelt(worst),
        "agreeing": spelt(comparison.agreeing(worst)),
    }
    return Problem("pairwise_inconsistent", values=told)


def weighed(definition: Definition, group: Group, weights: Sequence[float]) -> Definition:
    """The definition with the weights of one group."""
    by_id = dict(zip(group.ids, weights, strict=True))

    def members(parts: Sequence[Weighed]) -> tuple[Weighed, ...]:
        return tuple(one.model_copy(update={"weight": by_id[one.id]}) for one in parts)

    def objective(one: Objective) -> Objective:
        if group.level == "kpis" and one.id == group.id:
            return one.model_copy(update={"kpis": members(one.kpis)})
        return one

    def perspective(one: Perspective) -> Perspective:
        inner = tuple(map(objective, one.objectives))
        if group.level == "objectives" and one.id == group.id:
            return one.model_copy(update={"objectives": members(inner)})
        return one.model_copy(update={"objectives": inner})

    perspectives: Sequence[Weighed] = tuple(map(perspective, definition.perspectives))
    if group.level == "perspectives":
        perspectives = members(perspectives)
    return definition.model_copy(update={"perspectives": tuple(perspectives)})


def _parts(text: str) -> tuple[str, list[str]]:
    """The group that is named, and what is said of its members."""
    named = _GROUP.match(text)
    rest = text[named.end() :] if named else text
    return (named[1] if named else ""), [part.strip() for part in rest.split(",") if part.strip()]


def _judgement(text: str) -> Judgement | Problem:
    found = _JUDGEMENT.fullmatch(text)
    if not found or (found[4] is None) != (found[2] == "="):
        return Problem("pairwise_form", values={"text": text})
    value = float(found[4] or 1)
    if not 1 <= value <= 9:  # noqa: PLR2004 - Saaty's scale
        return Problem("pairwise_value", values={"pair": text, "value": f"{value:g}"})
    first, second = (found[3], found[1]) if found[2] == "<" else (found[1], found[3])
    return Judgement(first, second, value)


def _refuse(problems: Iterator[Problem]) -> None:
    found = tuple(problems)
    if found:
        raise ProblemsError(found)


def _group(definition: Definition, owner: str, names: Sequence[str]) -> Group:
    """The group that is meant: a perspective and an objective may share an id."""
    called = [one for one in groups(definition) if one.id == owner]
    if not called:
        known = [one.id for one in groups(definition) if one.id]
        raise ProblemsError([unknown("weighing_group", owner, known)])
    group = next((one for one in called if set(names) & set(one.ids)), called[0])
    if len(group.members) < 2:  # noqa: PLR2004 - one alone
        raise ProblemsError([Problem("pairwise_alone", values={"items": ", ".join(group.ids)})])
    return group
