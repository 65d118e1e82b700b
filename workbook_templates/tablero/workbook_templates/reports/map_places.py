"""Where the bands, boxes and arrows of the strategy map stand in its picture, in pixels."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from tablero.workbook_templates.reports.report import Report
from tablero.workbook_templates.scored_model import Node
from tablero.workbook_templates.sheets.shapes import Drawing as Laid
from tablero.workbook_templates.sheets.shapes import Spot
from tablero.workbook_templates.strategy_map.bands import Arrow
from tablero.workbook_templates.strategy_map.plan import (
    FIRST_GUTTER,
    FIRST_ROW,
    LABEL,
    ROOF,
    MapPlan,
)

LINE = 16
"""Pixels from one line of a name to the next."""
PADDING = 12
JUDGED = 46
"""The height of achievement and assessment."""
_LABEL_WIDTH = 156
_BOX_WIDTHS = (300, 260, 220, 190, 166, 148)
"""By how many boxes stand side by side."""
_GUTTER, _SIDE_WAY, _LANE = 22, 34, 10
"""A gutter, one with arrows from box to box, each arrow that climbs in it."""
_CHANNEL, _TRACK, _FOOT = 20, 9, 12
_HEIGHTS = {"achievement": 26, "assessment": JUDGED - 26, "okrs": 22}
_ROOF_ROW = 26
_LETTER = 6.9
"""A letter of a bold name, a little wider than the mean one."""
_MOST_LINES = 4


class Point(NamedTuple):
    """Pixels from the left and from the top."""

    x: float
    y: float


class Place(NamedTuple):
    """A rectangle of the picture."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class MapPlaces:
    """The plan of the sheet's map in a picture: the same slots and ways, in other sizes."""

    report: Report

    @cached_property
    def plan(self) -> MapPlan:
        """Which rows and columns everything stands in."""
        title = {"map": self.report.say("sheet.map")}
        return MapPlan.of(self.report.definition, title, self.report.records)

    @cached_property
    def nodes(self) -> Mapping[str, Node]:
        """The perspectives and objectives by key."""
        return {node.key: node for node in self.report.nodes}

    @property
    def width(self) -> float:
        """Of the picture."""
        return self._columns[-1]

    @property
    def height(self) -> float:
        """Of the picture."""
        return self._rows[-1]

    @property
    def roof(self) -> Place:
        """What tells of the strategy, over all bands."""
        top, below = ROOF.values()
        return self._place(Spot(top, 0), Spot(below + 1, self.plan.last_column + 1))

    def bands(self) -> Iterator[tuple[Node, Place]]:
        """Each perspective, and the band over the rows of its boxes."""
        plan = self.plan
        starts = [number for number, row in enumerate(plan.rows) if row.is_first]
        ends = [*starts[1:], len(plan.rows)]
        for start, end in zip(starts, ends, strict=True):
            top, below = plan.row(start, "channel"), plan.row(end - 1, "foot") + 1
            node = self.nodes[f"perspective:{plan.rows[start].perspective}"]
            yield node, self._place(Spot(top, 0), Spot(below, plan.last_column + 1))

    @property
    def label_width(self) -> float:
        """Of the names at the left of the bands."""
        return self._columns[LABEL + 1]

    def first_box(self, band: Place) -> float:
        """Where the highest boxes of a band begin."""
        return min(one.y for one in self.boxes.values() if one.y >= band.y)

    @cached_property
    def boxes(self) -> Mapping[str, Place]:
        """The box of each objective, by its key."""
        return {
            box.key.replace(" ", ":", 1): self._place(box.start, box.end)
            for box in self.plan.boxes()
        }

    def name_height(self, key: str) -> float:
        """How much of a box its name takes, from the top."""
        slot = self.plan.routing.slots[self.nodes[key].id]
        return self._name_heights[slot.row]

    def ways(self) -> Iterator[tuple[Arrow, tuple[Point, ...]]]:
        """Each arrow with its corners, the head last."""
        laid = Laid(tuple(self.plan.boxes()))
        for arrow, connector in self.plan.connectors():
            yield arrow, tuple(map(self._point, laid.way(connector)))

    def lines(self, node: Node) -> Sequence[str]:
        """A name in the lines that its box has room for."""
        width = self.label_width if node.level == "perspective" else self._box_width
        letters = int((width - 2 * PADDING) / _LETTER)
        name = " ".join(self.report.word(node.name).split())
        return textwrap.wrap(name, letters, max_lines=_MOST_LINES, placeholder="…")

    @property
    def _box_width(self) -> float:
        return _BOX_WIDTHS[self.plan.across - 1]

    @cached_property
    def _name_heights(self) -> Sequence[float]:
        """By row of boxes, room for the longest name, and in the first for the band's."""
        return [
            PADDING
            + LINE
            * max(
                len(self.lines(self.nodes[key]))
                for key in (
                    *(f"objective:{one}" for one in row.objectives),
                    *([f"perspective:{row.perspective}"] if row.is_first else []),
                )
            )
            for row in self.plan.rows
        ]

    @cached_property
    def _rows(self) -> Sequence[float]:
        """Where rows begin, and where the last one ends."""
        sizes = [0.0] * FIRST_ROW
        for row in ROOF.values():
            sizes[row] = _ROOF_ROW
        for number in range(len(self.plan.rows)):
            sizes += [self._row_height(number, part) for part in self.plan.parts]
        return list(accumulate(sizes, initial=0.0))

    def _row_height(self, number: int, part: str) -> float:
        if part == "channel":
            return _CHANNEL + _TRACK * self.plan.routing.tracks.get(number, 0)
        if part == "name":
            return self._name_heights[number]
        if part == "okrs":
            return _HEIGHTS[part] if self._has_okrs(number) else 0
        return _HEIGHTS.get(part, _FOOT)

    def _has_okrs(self, number: int) -> bool:
        row = self.plan.rows[number]
        keys = {f"objective:{one}" for one in row.objectives}
        keys |= {f"perspective:{row.perspective}"} if row.is_first else set()
        return not keys.isdisjoint(self.plan.aligned)

    @cached_property
    def _columns(self) -> Sequence[float]:
        """Where columns begin, and where the last one ends."""
        sizes = [float(_LABEL_WIDTH), *[0.0] * (self.plan.last_column - LABEL)]
        for number in range(self.plan.across + 1):
            sizes[FIRST_GUTTER + 2 * number] = self._gutter(number)
            if number < self.plan.across:
                sizes[FIRST_GUTTER + 2 * number + 1] = self._box_width
        return list(accumulate(sizes, initial=0.0))

    def _gutter(self, number: int) -> float:
        routing = self.plan.routing
        least = _SIDE_WAY if routing.has_side_ways else _GUTTER
        return least + _LANE * routing.crowd.get(number, 0)

    def _point(self, spot: Spot) -> Point:
        return Point(_measured(self._columns, spot.column), _measured(self._rows, spot.row))

    def _place(self, start: Spot, end: Spot) -> Place:
        (left, top), (right, bottom) = self._point(start), self._point(end)
        return Place(left, top, right - left, bottom - top)


def _measured(edges: Sequence[float], at: float) -> float:
    whole = int(at)
    after = edges[min(whole + 1, len(edges) - 1)]
    return round(edges[whole] + (at - whole) * (after - edges[whole]), 1)
