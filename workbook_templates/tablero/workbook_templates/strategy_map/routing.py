"""Which way each arrow takes: out of its box, along channels and gutters, into the other box.

Rows of boxes have a channel above them, columns of boxes a gutter on each side. An arrow to the
next row runs in the channel between the two; one over several rows climbs in a gutter, or through
empty slots, so that no arrow ever crosses a box.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from tablero.workbook_templates.sheets.shapes import BOTTOM, LEFT, RIGHT, TOP
from tablero.workbook_templates.strategy_map.bands import Arrow
from tablero.workbook_templates.strategy_map.placing import Slot, between
from tablero.workbook_templates.strategy_map.tracks import Stretch, tracks

_PITCH = {TOP: 0.14, BOTTOM: 0.11, LEFT: 0.2, RIGHT: 0.2}
"""Between neighbouring sites of a box where there is room, as a share of its side."""
_SHIFT = {TOP: 0.025, BOTTOM: -0.025}
"""Sites of boxes one above the other stand apart, so that no arrow runs over another's end."""
_WIDEST = 0.42
"""How far from the middle of a side a site may be."""
_CROWDED = 0.25
"""What it costs to climb where another arrow climbs already, in columns."""
_MIDDLE = 0.5


class Port(NamedTuple):
    """Where an arrow meets its box: the side, and how far along it, as a share."""

    objective: str
    side: int
    share: float


class Level(NamedTuple):
    """A level stretch of a way: the channel above a row, and the track in it."""

    channel: int
    track: int


class Way(NamedTuple):
    """The way of an arrow: level stretches, between them a climb in column ``climb``."""

    start: Port
    end: Port
    levels: tuple[Level, ...] = ()
    climb: float | None = None


class _End(NamedTuple):
    """One end of an arrow, and the column towards which it leads."""

    towards: float
    number: int
    end: int


class Lane(NamedTuple):
    """A gutter, left of the column of that number, or the empty slots of a column."""

    column: int
    is_gutter: bool

    def at(self, share: float) -> float:
        """A way in it as a column of the map, in which gutters and boxes alternate."""
        return 2 * self.column + share + (0 if self.is_gutter else 1)


@dataclass(frozen=True)
class Routing:
    """The ways of all arrows between boxes in slots."""

    slots: Mapping[str, Slot]
    arrows: Sequence[Arrow]

    @cached_property
    def ways(self) -> Mapping[Arrow, Way]:
        """The way of each arrow."""
        return {arrow: self._way(number, arrow) for number, arrow in enumerate(self.arrows)}

    @cached_property
    def tracks(self) -> Mapping[int, int]:
        """How many tracks each channel has, by the row under it."""
        return {channel: 1 + max(taken.values()) for channel, taken in self._taken.items() if taken}

    @cached_property
    def crowd(self) -> Mapping[int, int]:
        """How many arrows climb in each gutter, by the column right of it."""
        counts: dict[int, int] = defaultdict(int)
        for lane in self._lanes.values():
            counts[lane.column] += lane.is_gutter
        return counts

    @cached_property
    def has_side_ways(self) -> bool:
        """Whether an arrow runs level from one box to its neighbour."""
        return any(map(self._is_beside, self.arrows))

    def _way(self, number: int, arrow: Arrow) -> Way:
        start, end = self._ports[number]
        levels = tuple(
            Level(channel, self._taken[channel][number])
            for channel in self.channels(arrow)
            if number in self._taken[channel]
        )
        return Way(start, end, levels, self._climbs.get(number))

    def _ends(self, arrow: Arrow) -> tuple[Slot, Slot]:
        return self.slots[arrow.cause], self.slots[arrow.effect]

    def _is_beside(self, arrow: Arrow) -> bool:
        start, end = self._ends(arrow)
        return start.row == end.row and not any(between(self.slots, start, end))

    def _sides(self, arrow: Arrow) -> tuple[int, int]:
        """The sides on which an arrow leaves its cause and reaches its effect."""
        start, end = self._ends(arrow)
        if self._is_beside(arrow):
            return (RIGHT, LEFT) if start.column < end.column else (LEFT, RIGHT)
        if start.row == end.row:
            return TOP, TOP
        return (TOP, BOTTOM) if start.row > end.row else (BOTTOM, TOP)

    def channels(self, arrow: Arrow) -> tuple[int, ...]:
        """The channels in which an arrow runs level, from its cause on."""
        start, end = self._ends(arrow)
        if self._is_beside(arrow):
            return ()
        if start.row == end.row:
            return (start.row,)
        first, last = (start.row, end.row + 1) if start.row > end.row else (start.row + 1, end.row)
        return (first,) if first == last else (first, last)

    @cached_property
    def _lanes(self) -> Mapping[int, Lane]:
        """Where each arrow over several rows climbs."""
        lanes: dict[int, Lane] = {}
        for number, arrow in enumerate(self.arrows):
            if len(self.channels(arrow)) > 1:
                taken = list(lanes.values())
                lanes[number] = min(
                    self._open(arrow), key=lambda lane: self._detour(arrow, lane, taken)
                )
        return lanes

    def _open(self, arrow: Arrow) -> Iterator[Lane]:
        """The gutters, and the columns without a box in the rows between."""
        first, last = sorted(slot.row for slot in self._ends(arrow))
        across = 1 + max(slot.column for slot in self.slots.values())
        full = {slot.column for slot in self.slots.values() if first < slot.row < last}
        yield from (Lane(column, is_gutter=False) for column in range(across) if column not in full)
        yield from (Lane(column, is_gutter=True) for column in range(across + 1))

    def _detour(self, arrow: Arrow, lane: Lane, taken: Sequence[Lane]) -> float:
        at = lane.at(_MIDDLE)
        way = sum(abs(at - _column(slot)) / 2 for slot in self._ends(arrow))
        return way + _CROWDED * taken.count(lane)

    @cached_property
    def _climbs(self) -> Mapping[int, float]:
        """The column in which each arrow climbs: side by side where they share a gutter."""
        together: dict[Lane, list[int]] = defaultdict(list)
        for number, lane in self._lanes.items():
            together[lane].append(number)
        climbs = {}
        for lane, numbers in together.items():
            numbers.sort(
                key=lambda one: sum(_column(slot) for slot in self._ends(self.arrows[one]))
            )
            for place, number in enumerate(numbers, start=1):
                climbs[number] = lane.at(place / (len(numbers) + 1))
        return climbs

    @cached_property
    def _ports(self) -> Mapping[int, tuple[Port, Port]]:
        """Where each arrow leaves and arrives: sites side by side, in the order of their ways."""
        sides: dict[tuple[str, int], list[_End]] = defaultdict(list)
        for number, arrow in enumerate(self.arrows):
            for end, (objective, side) in enumerate(zip(arrow, self._sides(arrow), strict=True)):
                other = _column(self.slots[arrow[1 - end]])
                towards = self._climbs.get(number, other)
                sides[objective, side].append(_End(towards, number, end))
        found: dict[int, dict[int, Port]] = defaultdict(dict)
        for (objective, side), ends in sides.items():
            ends.sort()
            for one, share in zip(ends, self._shares(objective, side, ends), strict=True):
                found[one.number][one.end] = Port(objective, side, share)
        return {number: (ends[0], ends[1]) for number, ends in found.items()}

    def _shares(self, objective: str, side: int, ends: Sequence[_End]) -> Iterator[float]:
        """Sites around the middle, where an arrow stands that can run straight."""
        straight = _column(self.slots[objective])
        upright = side in (TOP, BOTTOM)
        places = [place for place, one in enumerate(ends) if upright and one.towards == straight]
        middle = places[0] if places else (len(ends) - 1) / 2
        shift = 0 if places else _SHIFT.get(side, 0)
        widest = max(middle, len(ends) - 1 - middle, 1)
        pitch = min(_PITCH[side], _WIDEST / widest)
        if len(places) > 1:  # there and back: side by side on both boxes
            pitch = min(*_PITCH.values(), pitch)
        yield from (_MIDDLE + shift + (place - middle) * pitch for place in range(len(ends)))

    @cached_property
    def _taken(self) -> Mapping[int, Mapping[int, int]]:
        """By channel, the track of each arrow that runs level in it."""
        channels: dict[int, dict[int, Stretch]] = defaultdict(dict)
        for number, arrow in enumerate(self.arrows):
            for channel in self.channels(arrow):
                channels[channel][number] = self._stretch(number, arrow, channel)
        return {channel: tracks(stretches) for channel, stretches in channels.items()}

    def _stretch(self, number: int, arrow: Arrow, channel: int) -> Stretch:
        """Where an arrow comes into a channel from below, and where from above."""
        ends = [(self.slots[port.objective].row, self._at(port)) for port in self._ports[number]]
        below = [at for row, at in ends if row >= channel]
        above = [at for row, at in ends if row < channel]
        climb = self._climbs.get(number)
        if climb is not None:
            is_lower = channel == max(self.channels(arrow))
            below, above = (below, [climb]) if is_lower else ([climb], above)
        return Stretch(tuple(below), tuple(above))

    def _at(self, port: Port) -> float:
        return Lane(self.slots[port.objective].column, is_gutter=False).at(port.share)


def _column(slot: Slot) -> float:
    """The middle of a box as a column of the map."""
    return Lane(slot.column, is_gutter=False).at(_MIDDLE)
