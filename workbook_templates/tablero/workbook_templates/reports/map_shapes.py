"""The shapes of the strategy map's picture: rectangles, arrows, signs and words in SVG."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from xml.etree import ElementTree as ET

from tablero.workbook_templates.reports.map_places import Place, Point

_BEND = 5
SIGNS: Mapping[str, str] = {
    "▼": "M-5,-4h10l-5,9z",
    "◆": "M0,-6l6,6l-6,6l-6,-6z",
    "●": "M-5,0a5,5 0 1,0 10,0a5,5 0 1,0 -10,0z",
    "▲": "M-5,5h10l-5,-9z",
    "○": "M-4,0a4,4 0 1,0 8,0a4,4 0 1,0 -8,0zM-2.5,0a2.5,2.5 0 1,1 5,0a2.5,2.5 0 1,1 -5,0z",
}
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """A text without characters that no XML may hold."""
    return _FORBIDDEN.sub(" ", text)


def titled(element: ET.Element, words: str) -> None:
    """Say what an element is to those who do not see it."""
    ET.SubElement(element, "title").text = clean(words)


def named(element: ET.Element, name: str) -> None:
    """A name by which a page finds an element whose text it changes."""
    element.set("class", f"{name} {element.get('class', '')}".strip())


def rectangle(group: ET.Element, place: Place, look: Mapping[str, str]) -> None:
    """Put a rectangle into a group."""
    sides = zip(("x", "y", "width", "height"), map(number, place), strict=True)
    ET.SubElement(group, "rect", {**dict(sides), **look})


def shelf(place: Place, radius: float) -> str:
    """A rectangle with round corners at its foot."""
    x, y, width, height = place
    straight, arc = number(height - radius), f"a{radius},{radius} 0 0,1 -{radius}"
    return (
        f"M{number(x)},{number(y)}h{number(width)}v{straight}{arc},{radius}"
        f"h{number(2 * radius - width)}a{radius},{radius} 0 0,1 -{radius},-{radius}z"
    )


def number(size: float) -> str:
    """A size as attributes have it."""
    return f"{size:g}"


def bent(way: Sequence[Point]) -> str:
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


def head(way: Sequence[Point]) -> str:
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
    return f"{number(round(point.x, 1))},{number(round(point.y, 1))}"
