"""The strategy map as a picture: SVG whose boxes a page colours anew, or one for paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from tablero.workbook_templates.okrs.words import SYMBOLS
from tablero.workbook_templates.reports.charts.look import FONTS, Look
from tablero.workbook_templates.reports.charts.wording import assessed, standing_words
from tablero.workbook_templates.reports.map_paint import InkPaint, Paint, RolePaint
from tablero.workbook_templates.reports.map_places import (
    JUDGED,
    LINE,
    PADDING,
    MapPlaces,
    Place,
    Point,
)
from tablero.workbook_templates.reports.map_shapes import (
    SIGNS,
    bent,
    clean,
    head,
    named,
    number,
    rectangle,
    shelf,
    titled,
)
from tablero.workbook_templates.reports.report import Report
from tablero.workbook_templates.scored_model import Node
from tablero.workbook_templates.sheets import map_drawing as sheet
from tablero.workbook_templates.sheets import map_okrs

_RADIUS = 6
_AFTER_SIGN = 18
_BADGE = 30


@dataclass(frozen=True)
class Drawing:
    """A picture, its size in pixels, and what it says to those who do not see it."""

    svg: str
    width: int
    height: int
    title: str
    description: str
    remark: str
    """What is odd about the arrows; empty where nothing is."""


def strategy_map(report: Report, look: Look | None = None, *, linked: bool = False) -> Drawing:
    """The strategy map in the period shown, laid out as on its sheet.

    Parameters
    ----------
    report
        What is drawn.
    look
        The colours on paper; by default those of light ground.
    linked
        For a page: boxes lead to ``#objective-<id>``, colours come from the custom properties of
        :func:`~tablero.workbook_templates.reports.map_paint.style`, and a box is coloured anew by
        the ``data-band`` of its element. Else colours stand in the picture.
    """
    places = MapPlaces(report)
    paint = RolePaint() if linked else InkPaint(look or Look.of(report))
    return _Picture(report, places, paint, is_linked=linked).drawing()


@dataclass(frozen=True)
class _Picture:
    report: Report
    places: MapPlaces
    paint: Paint
    is_linked: bool

    def drawing(self) -> Drawing:
        title = f"{self.report.say('sheet.map')}, {self.report.label}"
        said = sheet.told(self.report, self.places.plan)
        circle = sheet.circle(self.report, self.places.plan)
        return Drawing(
            svg=ET.tostring(self._svg(title, said), encoding="unicode"),
            width=round(self.places.width),
            height=round(self.places.height),
            title=title,
            description=said,
            remark=self.report.say("map.circle", chain=circle) if circle else "",
        )

    def _svg(self, title: str, said: str) -> ET.Element:
        width, height = round(self.places.width), round(self.places.height)
        root = ET.Element(
            "svg",
            {
                "xmlns": "http://www.w3.org/2000/svg",
                "viewBox": f"0 0 {width} {height}",
                "width": str(width),
                "height": str(height),
                "role": "group" if self.is_linked else "img",
                "aria-label": clean(f"{title}. {said}"),
                "font-family": FONTS,
                "class": "map",
            },
        )
        self._bands(root)
        self._arrows(root)
        self._boxes(root)
        return root

    def _bands(self, root: ET.Element) -> None:
        roof = ET.SubElement(root, "g", self._judged(self.report.nodes[0], "roof"))
        rectangle(roof, self.places.roof, self.paint("roof"))
        titled(roof, standing_words(self.report, self.report.nodes[0], None))
        top = self.places.roof
        self._text(roof, Point(PADDING, top.y + 32), self.report.say("term.strategy"), "roof-name")
        at = Point(self.places.label_width + PADDING, top.y + 32)
        self._line(roof, self.report.nodes[0], at, "roof-figure")
        for node, band in self.places.bands():
            rectangle(root, band, self.paint("band"))
            label = band._replace(width=self.places.label_width)
            rectangle(root, label, self.paint("label"))
            ends = {"x1": "0", "x2": number(band.width)}
            across = {"y1": number(band.y), "y2": number(band.y)}
            ET.SubElement(root, "line", {**ends, **across, **self.paint("line")})
            self._label(root, node, Point(PADDING, self.places.first_box(band)))

    def _label(self, root: ET.Element, node: Node, at: Point) -> None:
        group = ET.SubElement(root, "g", self._judged(node, "label"))
        titled(group, standing_words(self.report, node, None))
        below = self._name(group, node, at._replace(y=at.y + PADDING / 2), "label-name")
        self._figures(group, node, Point(at.x, below + 6))
        self._badges(group, node, Point(at.x, below + 56))

    def _boxes(self, root: ET.Element) -> None:
        for key, place in self.places.boxes.items():
            node = self.places.nodes[key]
            within = root
            if self.is_linked:
                within = ET.SubElement(root, "a", {"href": f"#objective-{clean(node.id)}"})
            group = ET.SubElement(within, "g", self._judged(node, "box"))
            titled(group, standing_words(self.report, node, None))
            self._box(group, node, place)

    def _box(self, group: ET.Element, node: Node, place: Place) -> None:
        paint, corners = self.paint, {"rx": str(_RADIUS)}
        above = self.places.name_height(node.key)
        rectangle(group, place, {**corners, **paint("box")})
        judged = place._replace(y=place.y + above, height=JUDGED)
        is_last = judged.y + judged.height >= place.y + place.height
        filled = {"d": shelf(judged, _RADIUS if is_last else 0)}
        ET.SubElement(group, "path", {**filled, **paint("judged", self._position(node))})
        rectangle(group, place, {**corners, **paint("frame")})
        x = place.x + PADDING
        self._name(group, node, Point(x, place.y + PADDING / 2), "box-name")
        self._figures(group, node, Point(x, judged.y))
        self._badges(group, node, Point(x, judged.y + judged.height + 15))

    def _name(self, group: ET.Element, node: Node, at: Point, role: str) -> float:
        """A name in lines; where they end."""
        for place, line in enumerate(self.places.lines(node), start=1):
            self._text(group, at._replace(y=at.y + place * LINE - 4), line, role)
        return at.y + LINE * len(self.places.lines(node))

    def _figures(self, group: ET.Element, node: Node, at: Point) -> None:
        """Sign and achievement, under them the word of the band."""
        self._line(group, node, at._replace(y=at.y + 19), "figure", is_alone=True)
        position = self._position(node)
        word = self._text(group, at._replace(y=at.y + 37), self._word(node), "word", position)
        named(word, "map-word")

    def _line(
        self, group: ET.Element, node: Node, at: Point, role: str, *, is_alone: bool = False
    ) -> None:
        """The sign of a band, and the achievement after it."""
        position = self._position(node)
        tones = [one.tone for one in self.report.verdicts]
        for place, tone in enumerate(tones):
            if self.is_linked or place == position:
                shown = {} if is_alone else {"data-roof": ""}
                sign = self.paint("sign" if is_alone else "roof-sign", position)
                self._sign(group, tone.symbol, at, {**sign, **shown, "data-sign": str(place)})
        words = self.report.standing(node).achieved
        text = words if is_alone else f"{words}  {self._word(node)}"
        found = self._text(group, at._replace(x=at.x + _AFTER_SIGN), text, role, position)
        named(found, "map-figure")

    def _sign(self, group: ET.Element, symbol: str, at: Point, look: Mapping[str, str]) -> None:
        move = f"translate({number(at.x + 6)},{number(at.y - 5)})"
        ET.SubElement(group, "path", {"d": SIGNS[symbol], "transform": move, **look})

    def _badges(self, group: ET.Element, node: Node, at: Point) -> None:
        """How many objectives of OKR that serve a node stand how."""
        if node.key not in self.places.plan.aligned:
            return
        found = map_okrs.counted(self.report, self.places.plan, node.key)
        there = [(grade, found[grade]) for grade in map_okrs.SHOWN if found[grade]]
        word = self.report.say("sheet.okr")
        self._text(group, at, word if there else f"{word} –", "badge")
        x = at.x + _BADGE
        for grade, count in there:
            self._sign(group, SYMBOLS[grade], Point(x, at.y), self.paint("badge"))
            badge = self._text(group, Point(x + 15, at.y), str(count), "badge")
            titled(badge, self.report.say(f"okr_status.{grade}"))
            x += _BADGE

    def _arrows(self, root: ET.Element) -> None:
        names = {one.id: self.report.word(one.name) for one in self.report.definition.objectives()}
        for arrow, way in self.places.ways():
            group = ET.SubElement(root, "g", {"class": "map-arrow"})
            titled(group, f"{names[arrow.cause]} → {names[arrow.effect]}")
            ET.SubElement(group, "path", {"d": bent(way), **self.paint("arrow")})
            ET.SubElement(group, "path", {"d": head(way), **self.paint("head")})

    def _judged(self, node: Node, role: str) -> dict[str, str]:
        """What tells an element of a node from the others, and which band it is in."""
        kept = {"class": f"map-{role}", "data-key": clean(node.key)}
        position = self._position(node)
        if self.is_linked:
            kept["id"] = f"map-{clean(node.key).replace(':', '-', 1)}"
        return kept | ({"data-band": str(position)} if position >= 0 else {})

    def _position(self, node: Node) -> int:
        return self.report.standing(node).position

    def _word(self, node: Node) -> str:
        return assessed(self.report, self._position(node))

    def _text(
        self, group: ET.Element, at: Point, words: str, role: str, position: int = -1
    ) -> ET.Element:
        where = {"x": number(at.x), "y": number(at.y)}
        text = ET.SubElement(group, "text", {**where, **self.paint(role, position)})
        text.text = clean(words)
        return text
