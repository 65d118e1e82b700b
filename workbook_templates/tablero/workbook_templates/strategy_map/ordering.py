"""In which order the boxes of each row stand, so that few arrows cross.

Layers are ordered by Grandalf, after Sugiyama, Tagawa and Toda, "Methods for visual understanding
of hierarchical system structures" (1981): each layer by the mean place of its neighbours in the
next, down and up again; arrows over several rows count in each row that they pass.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from grandalf.graphs import Edge, Graph, Vertex
from grandalf.layouts import Layer, SugiyamaLayout, VertexViewer

from tablero.workbook_templates.strategy_map.bands import Arrow, Row

_SWEEPS = 4


def ordered(rows: Sequence[Row], arrows: Sequence[Arrow]) -> list[list[str]]:
    """The objectives of each row from left to right; those without arrows come last.

    >>> rows = [Row("up", ("a", "b"), True), Row("down", ("c", "d"), True)]
    >>> ordered(rows, [Arrow("c", "b"), Arrow("d", "a")])
    [['a', 'b'], ['d', 'c']]
    """
    ranks = {one: rank for rank, row in enumerate(rows) for one in row.objectives}
    places: dict[str, tuple[int, int]] = {}
    for number, part in enumerate(_parts(ranks, arrows)):
        places |= {one: (number, place) for one, place in _places(part, ranks)}
    last = (len(ranks), 0)
    return [sorted(row.objectives, key=lambda one: places.get(one, last)) for row in rows]


def _parts(ranks: Mapping[str, int], arrows: Sequence[Arrow]) -> Iterator[Any]:
    """What hangs together; an arrow within a row says nothing about the others."""
    ends = {tuple(sorted(arrow, key=ranks.__getitem__)): None for arrow in arrows}
    pairs = [(one, other) for one, other in ends if ranks[one] != ranks[other]]
    vertices = {one: Vertex(one) for one in ranks if any(one in pair for pair in pairs)}
    for vertex in vertices.values():
        vertex.view = VertexViewer()
    edges = [Edge(vertices[one], vertices[other]) for one, other in pairs]
    yield from sorted(Graph(list(vertices.values()), edges).C, key=lambda part: -len(part.sV))


def _places(part: Any, ranks: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    layout = _Ranked(part, ranks)
    layout.init_all(roots=[], inverted_edges=[])
    for _ in range(_SWEEPS):
        for _ in layout.ordering_step():
            pass
    for layer in layout.layers:
        yield from ((one.data, place) for place, one in enumerate(layer) if isinstance(one, Vertex))


class _Ranked(SugiyamaLayout):  # type: ignore[misc]  # Grandalf has no types
    """A layout whose layers are given."""

    def __init__(self, part: Any, ranks: Mapping[str, int]) -> None:
        super().__init__(part)
        self._ranks = ranks

    def rank_all(self, *_: object) -> None:
        ranks = {vertex: self._ranks[vertex.data] for vertex in self.g.V()}
        top = min(ranks.values())
        self.layers = [Layer() for _ in range(max(ranks.values()) - top + 1)]
        for vertex, rank in ranks.items():
            self.grx[vertex].rank = rank - top
            self.layers[rank - top].append(vertex)
