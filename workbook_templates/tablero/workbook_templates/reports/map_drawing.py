"""The strategy map as a picture: SVG whose boxes a page colours anew, or one for paper."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
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
from tablero.workbook_templates.reports.report import Report
from tablero.workbook_templates.scored_model import Node
from tablero.workbook_templates.sheets import map_drawing as sheet
from tablero.workbook_templates.sheets import map_okrs

_RADIUS, _BEND = 6, 5
_SIGNS: Mapping[str, str] = {
    "▼": "M-5,-4h10l-5,9z",
    "◆": "M0,-6l6,6l-6,6l-6,-6z",
    "●": "M-5,0a5,5 0 1,0 10,0a5,5 0 1,0 -10,0z",
    "▲": "M-5,5h10l-5,-9z",
    "○": "M-4,0a4,4 0 1,0 8,0a4,4 0 1,0 -8,0zM-2.5,0a2.5,2.5 0 1,1 5,0a2.5,2.5 0 1,1 -5,0z",
}
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
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
        _rectangle(roof, self.places.roof, self.paint("roof"))
        _titled(roof, standing_words(self.report, self.report.nodes[0], None))
        top = self.places.roof
        self._text(roof, Point(PADDING, top.y + 32), self.report.say("term.strategy"), "roof-name")
        at = Point(self.places.label_width + PADDING, top.y + 32)
        self._line(roof, self.report.nodes[0], at, "roof-figure")
        for node, band in self.places.bands():
            _rectangle(root, band, self.paint("band"))
            label = band._replace(width=self.places.label_width)
            _rectangle(root, label, self.paint("label"))
            ends = {"x1": "0", "x2": _number(band.width)}
            across = {"y1": _number(band.y), "y2": _number(band.y)}
            ET.SubElement(root, "line", {**ends, **across, **self.paint("line")})
            self._label(root, node, Point(PADDING, self.places.first_box(band)))

    def _label(self, root: ET.Element, node: Node, at: Point) -> None:
        group = ET.SubElement(root, "g", self._judged(node, "label"))
        _titled(group, standing_words(self.report, node, None))
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
            _titled(group, standing_words(self.report, node, None))
            self._box(group, node, place)

    def _box(self, group: ET.Element, node: Node, place: Place) -> None:
        paint, corners = self.paint, {"rx": str(_RADIUS)}
        head = self.places.name_height(node.key)
        _rectangle(group, place, {**corners, **paint("box")})
        judged = place._replace(y=place.y + head, height=JUDGED)
        is_last = judged.y + judged.height >= place.y + place.height
        filled = {"d": _shelf(judged, _RADIUS if is_last else 0)}
        ET.SubElement(group, "path", {**filled, **paint("judged", self._position(node))})
        _rectangle(group, place, {**corners, **paint("frame")})
        x = place.x + PADDING
        self._name(group, node, Point(x, place.y + PADDING / 2), "box-name")
        self._figures(group, node, Point(x, judged.y))
        self._badges(group, node, Point(x, judged.y + judged.height + 15))

    def _name(self, group: ET.Element, node: Node, at: Point, role: str) -> float:
        """A name in lines; where they end."""
        for number, line in enumerate(self.places.lines(node), start=1):
            self._text(group, at._replace(y=at.y + number * LINE - 4), line, role)
        return at.y + LINE * len(self.places.lines(node))

    def _figures(self, group: ET.Element, node: Node, at: Point) -> None:
        """Sign and achievement, under them the word of the band."""
        self._line(group, node, at._replace(y=at.y + 19), "figure", is_alone=True)
        position = self._position(node)
        word = self._text(group, at._replace(y=at.y + 37), self._word(node), "word", position)
        _named(word, "map-word")

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
        _named(found, "map-figure")

    def _sign(self, group: ET.Element, symbol: str, at: Point, look: Mapping[str, str]) -> None:
        move = f"translate({_number(at.x + 6)},{_number(at.y - 5)})"
        ET.SubElement(group, "path", {"d": _SIGNS[symbol], "transform": move, **look})

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
            _titled(badge, self.report.say(f"okr_status.{grade}"))
            x += _BADGE

    def _arrows(self, root: ET.Element) -> None:
        names = {one.id: self.report.word(one.name) for one in self.report.definition.objectives()}
        for arrow, way in self.places.ways():
            group = ET.SubElement(root, "g", {"class": "map-arrow"})
            _titled(group, f"{names[arrow.cause]} → {names[arrow.effect]}")
            ET.SubElement(group, "path", {"d": _bent(way), **self.paint("arrow")})
            ET.SubElement(group, "path", {"d": _head(way), **self.paint("head")})

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
        where = {"x": _number(at.x), "y": _number(at.y)}
        text = ET.SubElement(group, "text", {**where, **self.paint(role, position)})
        text.text = clean(words)
        return text


def clean(text: str) -> str:
    """A text without characters that no XML may hold."""
    return _FORBIDDEN.sub(" ", text)


def _titled(element: ET.Element, words: str) -> None:
    ET.SubElement(element, "title").text = clean(words)


def _named(element: ET.Element, name: str) -> None:
    """A name by which a page finds an element whose text it changes."""
    element.set("class", f"{name} {element.get('class', '')}".strip())


def _rectangle(group: ET.Element, place: Place, look: Mapping[str, str]) -> None:
    sides = zip(("x", "y", "width", "height"), map(_number, place), strict=True)
    ET.SubElement(group, "rect", {**dict(sides), **look})


def _shelf(place: Place, radius: float) -> str:
    """A rectangle with round corners at its foot."""
    x, y, width, height = place
    straight, arc = _number(height - radius), f"a{radius},{radius} 0 0,1 -{radius}"
    return (
        f"M{_number(x)},{_number(y)}h{_number(width)}v{straight}{arc},{radius}"
        f"h{_number(2 * radius - width)}a{radius},{radius} 0 0,1 -{radius},-{radius}z"
    )


def _number(size: float) -> str:
    return f"{size:g}"


def _bent(way: Sequence[Point]) -> str:
    """Straight stretches with rounded corners."""
    path = [f"M{_at(way[0])}"]
    for before, corner, after in zip(way, way[1:], way[2:], strict=False):
        path.append(f"L{_at(_near(corner, before))}Q{_at(corner)} {_at(_near(corner, after))}")
    return "".join([*path, f"L{_at(way[-1])}"])


def _near(corner: Point, other: Point) -> Point:
    """The point on the way from a corner where its bend begins."""
    length = abs(other.x - corner.x) + abs(other.y - corner.y)
    share = min(_BEND, length / 2) / length if length else 0.0
    return Point(corner.x + (other.x - corner.x) * share, corner.y + (other.y - corner.y) * share)


def _head(way: Sequence[Point]) -> str:
    """A triangle at the end of a way, in its last direction."""
    end = way[-1]
    before = next(one for one in reversed(way) if one != end)
    across, down = _sign_of(end.x - before.x), _sign_of(end.y - before.y)
    back = Point(end.x - 7 * across, end.y - 7 * down)
    left, right = (
        Point(back.x - 4 * down, back.y + 4 * across),
        Point(back.x + 4 * down, back.y - 4 * across),
    )
    return f"M{_at(end)}L{_at(left)}L{_at(right)}z"


def _sign_of(number: float) -> int:
    return (number > 0) - (number < 0)


def _at(point: Point) -> str:
    return f"{_number(round(point.x, 1))},{_number(round(point.y, 1))}"
