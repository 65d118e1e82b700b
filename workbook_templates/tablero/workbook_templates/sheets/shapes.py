"""What can be drawn over the cells of a sheet: boxes, and connectors between them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tablero.workbook_templates import styles

MIDDLES = ((0.5, 0.0), (0.0, 0.5), (0.5, 1.0), (1.0, 0.5))
"""Sites in the middle of the top, the left, the bottom and the right of a box."""
TOP, LEFT, BOTTOM, RIGHT = range(4)


class Spot(NamedTuple):
    """A point of a sheet, in rows and columns from its upper left corner.

    ``Spot(4.5, 2.0)`` is on the left edge of column C, half-way down row 5.
    """

    row: float
    column: float


class Box(NamedTuple):
    """A rectangle from its upper left to its lower right, to which connectors can be glued.

    Without colours it is transparent: what stands in the cells under it is seen. Its ``sites`` are
    shares of its columns and rows, ``(0.25, 0)`` a quarter along its top. ``alt`` says what it is
    to those who do not see it; without it the box is marked as decoration.
    """

    key: str
    start: Spot
    end: Spot
    alt: str = ""
    text: str = ""
    sites: tuple[tuple[float, float], ...] = MIDDLES
    line: str | None = None
    fill: str | None = None
    ink: str = styles.TEXT
    size: float = 10
    bold: bool = False
    align: str = "ctr"
    """Where its text stands: ``l``, ``ctr`` or ``r``."""

    def site(self, number: int) -> Spot:
        """Where a connector glued to a site begins or ends.

        >>> Box("a", Spot(0, 0), Spot(2, 4)).site(BOTTOM)
        Spot(row=2.0, column=2.0)
        """
        across, down = self.sites[number]
        (top, left), (bottom, right) = self.start, self.end
        return Spot(top + down * (bottom - top), left + across * (right - left))


class Glue(NamedTuple):
    """An end of a connector that stays with a box."""

    box: str
    site: int


class Connector(NamedTuple):
    """A line from a box, or from a spot, to another one, bent where it goes ``via`` other spots.

    It is drawn as straight connectors, one a stretch, glued where it begins and ends: bent ones are
    drawn by LibreOffice along a way of its own, through whatever stands there.
    """

    start: Glue | Spot
    end: Glue | Spot
    via: tuple[Spot, ...] = ()
    arrow: bool = True
    colour: str = styles.MUTED
    width: float = 1.0
    """In points."""
    dashed: bool = False
    alt: str = ""
    """What it means; without it the line is marked as decoration."""


class Drawing(NamedTuple):
    """Everything drawn over the cells of one sheet."""

    boxes: tuple[Box, ...] = ()
    connectors: tuple[Connector, ...] = ()

    def way(self, connector: Connector) -> tuple[Spot, ...]:
        """The corners of a connector, its ends included."""
        return tuple(self._corners(connector))

    def _corners(self, connector: Connector) -> Iterator[Spot]:
        boxes = {box.key: box for box in self.boxes}
        for one in (connector.start, *connector.via, connector.end):
            yield boxes[one.box].site(one.site) if isinstance(one, Glue) else one
