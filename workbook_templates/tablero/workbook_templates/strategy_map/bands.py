"""Which objectives stand in which row of the map: a row or more for each perspective."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from tablero.workbook_templates.definition import Definition

MOST_ACROSS = 6
"""Boxes side by side that can still be read on one landscape page."""


class Row(NamedTuple):
    """A row of boxes; only the first one of a perspective ``is_first``."""

    perspective: str
    objectives: tuple[str, ...]
    is_first: bool


class Arrow(NamedTuple):
    """A cause-effect link between objectives that the map has."""

    cause: str
    effect: str


def rows_of(definition: Definition) -> tuple[Row, ...]:
    """The rows from top to bottom: the first perspective, which the others lead to, on top."""
    return tuple(_rows(definition))


def _rows(definition: Definition) -> Iterator[Row]:
    for perspective in definition.perspectives:
        ids = [objective.id for objective in perspective.objectives]
        rows = -(-len(ids) // MOST_ACROSS)
        bounds = [len(ids) * row // rows for row in range(rows + 1)]
        for start, end in pairwise(bounds):
            yield Row(perspective.id, tuple(ids[start:end]), is_first=start == 0)


def arrows_of(definition: Definition) -> tuple[Arrow, ...]:
    """The links to draw: each once, none that leads from an objective to itself or to nowhere."""
    known = {objective.id for objective in definition.objectives()}
    found = {
        Arrow(link.cause, link.effect): None
        for link in definition.links
        if link.cause != link.effect and {link.cause, link.effect} <= known
    }
    return tuple(found)
