"""In which cells the bands and boxes of the map stand, and which spots its arrows run through."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from xlsxwriter.utility import xl_rowcol_to_cell

from tablero.workbook_templates.definition import Definition
from tablero.workbook_templates.okrs.layout import GRADES
from tablero.workbook_templates.records import Records
from tablero.workbook_templates.sheets.page import Area
from tablero.workbook_templates.sheets.shapes import (
    LEFT,
    MIDDLES,
    RIGHT,
    TOP,
    Box,
    Connector,
    Glue,
    Spot,
)
from tablero.workbook_templates.strategy_map.bands import Arrow, Row, arrows_of, rows_of
from tablero.workbook_templates.strategy_map.placing import placed
from tablero.workbook_templates.strategy_map.routing import Port, Routing, Way
from tablero.workbook_templates.tables import Table, keyed

ROOF = {"achievement": 2, "assessment": 3}
"""The rows that tell of the strategy, under the title."""
FIRST_ROW = 4
LABEL, FIRST_GUTTER = 0, 1
_BEFORE, _AFTER = ("channel",), ("foot",)
BOX = ("name", "achievement", "assessment")


@dataclass(frozen=True)
class MapPlan:
    """Where everything on the map stands."""

    title: str
    rows: Sequence[Row]
    routing: Routing
    aligned: Mapping[str, Sequence[str]]
    """By row of the scorecard, the objectives of OKR that serve this objective or perspective."""

    @classmethod
    def of(
        cls,
        definition: Definition,
        titles: Mapping[str, str],
        records: Records,  # noqa: ARG003 - every planner is asked alike
    ) -> MapPlan:
        """The plan of a definition's map."""
        rows, arrows = rows_of(definition), arrows_of(definition)
        aligned: dict[str, list[str]] = {}
        for okr in definition.okrs:
            level = "objective" if okr.objective is not None else "perspective"
            served = f"{level}:{okr.objective or okr.perspective}"
            aligned.setdefault(served, []).append(okr.id)
        return cls(titles["map"], rows, Routing(placed(rows, arrows), arrows), aligned)

    def names(self) -> Iterator[tuple[str, str]]:
        """No name of its own: nothing reads from the map."""
        yield from ()

    @property
    def box(self) -> tuple[str, ...]:
        """The rows of a box, from its top."""
        return (*BOX, "okrs") if self.aligned else BOX

    @property
    def parts(self) -> tuple[str, ...]:
        """The rows that a row of boxes takes, from the channel above it to what is under it."""
        return (*_BEFORE, *self.box, *_AFTER)

    @property
    def across(self) -> int:
        """How many boxes there is room for side by side."""
        return max(len(row.objectives) for row in self.rows)

    @property
    def last_column(self) -> int:
        """The gutter at the right of all boxes."""
        return FIRST_GUTTER + 2 * self.across

    @property
    def last_row(self) -> int:
        """The row under the last boxes."""
        return self.row(len(self.rows) - 1, "foot")

    @property
    def area(self) -> Area:
        """All bands."""
        return Area(FIRST_ROW, LABEL, self.last_row, self.last_column)

    def row(self, number: int, part: str) -> int:
        """The sheet's row of a part of a row of boxes."""
        return FIRST_ROW + number * len(self.parts) + self.parts.index(part)

    def at(self, objective: str, part: str) -> tuple[int, int]:
        """Row and column of a cell of a box."""
        slot = self.routing.slots[objective]
        return self.row(slot.row, part), self.column(slot.column)

    def column(self, number: int) -> int:
        """The sheet's column of a column of boxes."""
        return FIRST_GUTTER + 2 * number + 1

    @cached_property
    def counts(self) -> Table:
        """How many objectives of OKR that serve a row stand how; right of what is printed."""
        columns = keyed(("id", *GRADES), self.last_column + 2)
        return Table("map", self.title, keyed(self.aligned, FIRST_ROW), columns)

    def reference(self, row: int, column: int) -> str:
        """A cell of the sheet as a rule over the columns beside it names it: ``C$7``."""
        return str(xl_rowcol_to_cell(row, column, row_abs=True))

    def boxes(self) -> Iterator[Box]:
        """A transparent box over the cells of each objective, with a site for each arrow."""
        sites = self._sites
        for objective in self.routing.slots:
            top, column = self.at(objective, "name")
            end = self.at(objective, self.box[-1])[0] + 1
            ports = tuple(map(_site, sites.get(objective, ())))
            start, last = Spot(top, column), Spot(end, column + 1)
            yield Box(f"objective {objective}", start, last, sites=ports or MIDDLES)

    def connectors(self) -> Iterator[tuple[Arrow, Connector]]:
        """The arrows."""
        for arrow, way in self.routing.ways.items():
            start, end = map(self._glue, (way.start, way.end))
            yield arrow, Connector(start, end, tuple(self._corners(way)))

    @cached_property
    def _sites(self) -> Mapping[str, list[Port]]:
        found: dict[str, list[Port]] = {}
        for way in self.routing.ways.values():
            for port in (way.start, way.end):
                found.setdefault(port.objective, []).append(port)
        return found

    def _glue(self, port: Port) -> Glue:
        return Glue(f"objective {port.objective}", self._sites[port.objective].index(port))

    def _corners(self, way: Way) -> Iterator[Spot]:
        """Up to a level stretch, along it, up the climb, along the last one."""
        start, end = (self._column_of(port) for port in (way.start, way.end))
        stops = [start, end] if way.climb is None else [start, FIRST_GUTTER + way.climb, end]
        channels = {level.channel: level.track for level in way.levels}
        for left, right, channel in zip(stops, stops[1:], self._channels(way), strict=False):
            if channel in channels:
                row = self._track(channel, channels[channel])
                yield from (Spot(row, left), Spot(row, right))

    def _channels(self, way: Way) -> Sequence[int]:
        return self.routing.channels(Arrow(way.start.objective, way.end.objective))

    def _column_of(self, port: Port) -> float:
        return self.column(self.routing.slots[port.objective].column) + port.share

    def _track(self, channel: int, track: int) -> float:
        """The level of a track, counted from below, as a row of the sheet."""
        return self.row(channel, "channel") + 1 - (track + 1) / (self.routing.tracks[channel] + 1)


def _site(port: Port) -> tuple[float, float]:
    if port.side in (LEFT, RIGHT):
        return float(port.side == RIGHT), port.share
    return port.share, float(port.side != TOP)
