"""Writes the shapes of a sheet that XlsxWriter has no way to write: boxes and glued connectors.

A page puts a :class:`~tablero.workbook_templates.sheets.shapes.Drawing` into ``page.drawing``:
boxes, transparent over cells or with a text of their own, and connectors between sites of theirs or
between free spots. Positions are in rows and columns, so that shapes stay with the cells.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from xlsxwriter.drawing import Drawing as XlsxDrawing
from xlsxwriter.worksheet import Worksheet

from tablero.workbook_templates import styles
from tablero.workbook_templates.sheets.shapes import Box, Connector, Drawing, Glue, Spot

_EMUS_A_PIXEL = 9525
_EMUS_A_POINT = 12700
_DECORATION = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext>'
    "</a:extLst>"
)
_RIM = "<a:lnTo><a:pt {}/></a:lnTo>"
_RECTANGLE = (
    '<a:rect l="l" t="t" r="r" b="b"/><a:pathLst><a:path w="1" h="1"><a:moveTo><a:pt x="0" y="0"/>'
    "</a:moveTo>"
    + "".join(_RIM.format(corner) for corner in ('x="1" y="0"', 'x="1" y="1"', 'x="0" y="1"'))
    + "<a:close/></a:path></a:pathLst>"
)
_FINE = 100_000
"""Shares are written as so many parts of one."""

Colour = Callable[[str], str]
"""The company's colour in the place of Tablero's."""


class DrawnDrawing(XlsxDrawing):  # type: ignore[misc]  # XlsxWriter has no types
    """The drawing part of a sheet, with shapes after those that XlsxWriter knows."""

    anchors: tuple[str, ...] = ()

    def _assemble_xml_file(self) -> None:
        self._xml_declaration()
        self._write_drawing_workspace()
        for index, known in enumerate(self.drawings, start=1):
            self._write_two_cell_anchor(index, known)
        for anchor in self.anchors:
            self.fh.write(anchor)
        self._xml_end_tag("xdr:wsDr")
        self._xml_close()


class DrawingSheet(Worksheet):  # type: ignore[misc]  # XlsxWriter has no types
    """A sheet over whose cells a drawing can be laid."""

    drawing: Any

    def draw(self, drawing: Drawing, colour: Colour) -> None:
        """Lay a drawing over the cells; once a sheet, widths and heights set before or after."""
        self.shapes.append((drawing, colour))

    def _prepare_shape(self, index: int, drawing_id: int) -> None:
        if not isinstance(self.shapes[index], tuple):  # a text box of XlsxWriter's own
            super()._prepare_shape(index, drawing_id)
            return
        drawing, colour = self.shapes[index]
        part = DrawnDrawing()
        part.embedded = 1
        if self.drawing:
            part.drawings = self.drawing.drawings
        else:
            place = f"../drawings/drawing{drawing_id}.xml"
            self.external_drawing_links.append(["/drawing", place, None])
        self.drawing = part
        part.anchors = tuple(_Shapes(self, drawing, colour, len(part.drawings) + 2).written())


class _Place(NamedTuple):
    """A rectangle in EMUs from the corner of the sheet, and its corners as anchors hold them."""

    left: int
    top: int
    width: int
    height: int
    first: str
    last: str

    def anchored(self, shape: str) -> str:
        return (
            f"<xdr:twoCellAnchor><xdr:from>{self.first}</xdr:from><xdr:to>{self.last}</xdr:to>"
            f"{shape}<xdr:clientData/></xdr:twoCellAnchor>"
        )

    def frame(self, flips: str = "") -> str:
        return (
            f'<a:xfrm{flips}><a:off x="{self.left}" y="{self.top}"/>'
            f'<a:ext cx="{self.width}" cy="{self.height}"/></a:xfrm>'
        )


@dataclass(frozen=True)
class _Shapes:
    """The shapes of one drawing, numbered from ``first``."""

    sheet: Worksheet
    drawing: Drawing
    colour: Colour
    first: int

    def written(self) -> Iterator[str]:
        numbers = {box.key: number for number, box in enumerate(self.drawing.boxes, self.first)}
        edges = self._edges()
        for box in self.drawing.boxes:
            place = edges.place(box.start, box.end)
            shares = [edges.shares(box.site(site), place) for site in range(len(box.sites))]
            yield place.anchored(self._box(box, numbers[box.key], place, shares))
        number = self.first + len(numbers)
        for connector in self.drawing.connectors:
            for stretch in self._stretches(connector, edges, numbers, number):
                yield stretch
                number += 1

    def _edges(self) -> _Edges:
        spots = [spot for box in self.drawing.boxes for spot in (box.start, box.end)]
        spots += [spot for one in self.drawing.connectors for spot in self.drawing.way(one)]
        rows = max((int(spot.row) for spot in spots), default=0) + 1
        columns = max((int(spot.column) for spot in spots), default=0) + 1
        return _Edges(
            [self.sheet._size_row(row) for row in range(rows)],  # noqa: SLF001 - sizes have no other door
            [self.sheet._size_col(column) for column in range(columns)],  # noqa: SLF001
        )

    def _box(
        self, box: Box, number: int, place: _Place, shares: Sequence[tuple[float, float]]
    ) -> str:
        guides = "".join(
            f'<a:gd name="{axis}{site}" fmla="*/ {side} {round(share * _FINE)} {_FINE}"/>'
            for site, shared in enumerate(shares)
            for axis, side, share in zip("xy", "wh", shared, strict=True)
        )
        sites = "".join(
            f'<a:cxn ang="0"><a:pos x="x{site}" y="y{site}"/></a:cxn>'
            for site in range(len(shares))
        )
        return (
            f'<xdr:sp macro="" textlink=""><xdr:nvSpPr>{_named(number, box.key, box.alt)}'
            f"<xdr:cNvSpPr/></xdr:nvSpPr><xdr:spPr>{place.frame()}<a:custGeom><a:avLst/>"
            f"<a:gdLst>{guides}</a:gdLst><a:ahLst/><a:cxnLst>{sites}</a:cxnLst>{_RECTANGLE}"
            f"</a:custGeom>{self._fill(box.fill)}<a:ln>{self._fill(box.line)}</a:ln></xdr:spPr>"
            f"{self._text(box)}</xdr:sp>"
        )

    def _fill(self, colour: str | None) -> str:
        if colour is None:
            return "<a:noFill/>"
        shown = self.colour(colour).removeprefix("#")
        return f'<a:solidFill><a:srgbClr val="{shown}"/></a:solidFill>'

    def _text(self, box: Box) -> str:
        if not box.text:
            return ""
        look = (
            f'sz="{round(box.size * 100)}" b="{int(box.bold)}"',
            f'{self._fill(box.ink)}<a:latin typeface="{styles.FONT}"/>',
        )
        lines = "".join(
            f'<a:p><a:pPr algn="{box.align}"/><a:r><a:rPr {look[0]}>{look[1]}</a:rPr>'
            f"<a:t>{escape(line)}</a:t></a:r></a:p>"
            for line in box.text.split("\n")
        )
        return (
            '<xdr:txBody><a:bodyPr wrap="square" lIns="36000" tIns="18000" rIns="36000" '
            f'bIns="18000" anchor="ctr"><a:normAutofit/></a:bodyPr><a:lstStyle/>{lines}'
            "</xdr:txBody>"
        )

    def _stretches(
        self, connector: Connector, edges: _Edges, numbers: Mapping[str, int], number: int
    ) -> Iterator[str]:
        way = self.drawing.way(connector)
        last = len(way) - 2
        for position, (start, end) in enumerate(pairwise(way)):
            glued = _glued("st", connector.start, numbers) if position == 0 else ""
            glued += _glued("end", connector.end, numbers) if position == last else ""
            # What it means is said once, by the stretch with the arrow's head.
            alt = connector.alt if position == last else ""
            name = _named(number + position, f"Connector {number + position}", alt)
            place = edges.place(start, end)
            yield place.anchored(
                f'<xdr:cxnSp macro=""><xdr:nvCxnSpPr>{name}<xdr:cNvCxnSpPr>{glued}'
                f"</xdr:cNvCxnSpPr></xdr:nvCxnSpPr><xdr:spPr>{place.frame(_flips(start, end))}"
                '<a:prstGeom prst="straightConnector1"><a:avLst/></a:prstGeom>'
                f"{self._stroke(connector, has_head=connector.arrow and position == last)}"
                "</xdr:spPr></xdr:cxnSp>"
            )

    def _stroke(self, connector: Connector, *, has_head: bool) -> str:
        dash = '<a:prstDash val="sysDash"/>' if connector.dashed else ""
        head = '<a:tailEnd type="triangle" w="med" len="med"/>' if has_head else ""
        width = round(connector.width * _EMUS_A_POINT)
        colour = self._fill(connector.colour)
        return f'<a:ln w="{width}" cap="rnd">{colour}{dash}<a:round/>{head}</a:ln>'


class _Edges:
    """Where rows and columns begin, from their sizes in pixels."""

    def __init__(self, rows: list[int], columns: list[int]) -> None:
        self._rows, self._columns = rows, columns

    def place(self, one: Spot, other: Spot) -> _Place:
        """The rectangle between two spots, in whichever order."""
        rows = sorted((one.row, other.row))
        columns = sorted((one.column, other.column))
        (left, right) = (_measure(self._columns, at) for at in columns)
        (top, bottom) = (_measure(self._rows, at) for at in rows)
        corners = (
            f"<xdr:col>{column}</xdr:col><xdr:colOff>{x}</xdr:colOff>"
            f"<xdr:row>{row}</xdr:row><xdr:rowOff>{y}</xdr:rowOff>"
            for (_, column, x), (_, row, y) in ((left, top), (right, bottom))
        )
        return _Place(left[0], top[0], right[0] - left[0], bottom[0] - top[0], *corners)

    def shares(self, spot: Spot, place: _Place) -> tuple[float, float]:
        """Where a spot is across and down a rectangle."""
        x, y = _measure(self._columns, spot.column)[0], _measure(self._rows, spot.row)[0]
        return (x - place.left) / max(place.width, 1), (y - place.top) / max(place.height, 1)


def _measure(sizes: list[int], at: float) -> tuple[int, int, int]:
    """EMUs from the corner of the sheet; the row or column, and EMUs from its beginning."""
    whole = int(at)
    offset = round((at - whole) * sizes[whole] * _EMUS_A_PIXEL)
    return sum(sizes[:whole]) * _EMUS_A_PIXEL + offset, whole, offset


def _named(number: int, name: str, alt: str) -> str:
    told = f" descr={quoteattr(alt)}" if alt else ""
    inside = "" if alt else _DECORATION
    return f'<xdr:cNvPr id="{number}" name={quoteattr(name)}{told}>{inside}</xdr:cNvPr>'


def _glued(end: str, to: Glue | Spot, numbers: Mapping[str, int]) -> str:
    return f'<a:{end}Cxn id="{numbers[to.box]}" idx="{to.site}"/>' if isinstance(to, Glue) else ""


def _flips(start: Spot, end: Spot) -> str:
    across = ' flipH="1"' if end.column < start.column else ""
    return across + (' flipV="1"' if end.row < start.row else "")
