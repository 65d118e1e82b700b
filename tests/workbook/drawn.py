"""Reads boxes and connectors back from a written workbook, in EMUs from the corner of the sheet."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

_XDR = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_EMUS_A_PIXEL = 9525


class Point(NamedTuple):
    """EMUs from the left and from the top."""

    x: int
    y: int


class Shape(NamedTuple):
    """A box as it was written: its corners, its connection sites, what it says of itself."""

    name: str
    start: Point
    end: Point
    sites: tuple[Point, ...]
    alt: str

    def holds(self, one: Point, other: Point, slack: int = 2 * _EMUS_A_PIXEL) -> bool:
        """Whether an upright or level line passes through the inside."""
        left, right = sorted((one.x, other.x))
        top, bottom = sorted((one.y, other.y))
        return (
            left < self.end.x - slack
            and right > self.start.x + slack
            and top < self.end.y - slack
            and bottom > self.start.y + slack
        )


class Stretch(NamedTuple):
    """A straight connector as it was written: its ends, and the box and site each is glued to."""

    start: Point
    end: Point
    glued: tuple[int, int] | None
    glued_at_end: tuple[int, int] | None
    has_head: bool
    alt: str


@dataclass(frozen=True)
class Read:
    """The shapes of one sheet by number, and its connectors in the order of the file."""

    boxes: dict[int, Shape]
    stretches: list[Stretch]

    def links(self) -> Iterator[list[Stretch]]:
        """The stretches of each connector, the one with the arrow's head last."""
        chain: list[Stretch] = []
        for stretch in self.stretches:
            chain.append(stretch)
            if stretch.has_head:
                yield chain
                chain = []


def read_drawing(path: Path, title: str) -> Read:
    """The drawing of the sheet with a title."""
    with zipfile.ZipFile(path) as package:
        number = _sheet_number(package, title)
        sheet = ET.fromstring(package.read(f"xl/worksheets/sheet{number}.xml"))
        relations = package.read(f"xl/worksheets/_rels/sheet{number}.xml.rels").decode()
        found = re.search(r"drawings/(drawing\d+\.xml)", relations)
        assert found
        drawing = ET.fromstring(package.read(f"xl/drawings/{found[1]}"))
    sizes = _rows(sheet), _columns(sheet)
    boxes, stretches = {}, []
    for anchor in drawing:
        corners = [_corner(anchor, end, *sizes) for end in ("from", "to")]
        if (box := anchor.find(f"{_XDR}sp")) is not None:
            boxes[_number(box)] = _shape(box, *corners)
        if (line := anchor.find(f"{_XDR}cxnSp")) is not None:
            stretches.append(_stretch(line, *corners))
    return Read(boxes, stretches)


def _sheet_number(package: zipfile.ZipFile, title: str) -> int:
    names = ET.fromstring(package.read("xl/workbook.xml")).iter(f"{_MAIN}sheet")
    return [one.get("name") for one in names].index(title) + 1


def _columns(sheet: ET.Element) -> Sequence[int]:
    """Where columns begin, as Excel counts pixels of Calibri 11."""
    widths = [64] * 200
    for one in sheet.iter(f"{_MAIN}col"):
        for column in range(int(one.get("min", 1)), min(int(one.get("max", 1)), 200) + 1):
            hidden = one.get("hidden") == "1"
            widths[column - 1] = 0 if hidden else int(float(one.get("width", 0)) * 7 + 0.5)
    return list(accumulate(widths, initial=0))


def _rows(sheet: ET.Element) -> Sequence[int]:
    shape = sheet.find(f"{_MAIN}sheetFormatPr")
    assert shape is not None
    heights = [round(float(shape.get("defaultRowHeight", 15)) * 4 / 3)] * 400
    for one in sheet.iter(f"{_MAIN}row"):
        if "ht" in one.keys() and int(one.get("r", 0)) <= len(heights):  # noqa: SIM118 - an element
            heights[int(one.get("r", 0)) - 1] = int(float(one.get("ht", 0)) * 4 / 3)
    return list(accumulate(heights, initial=0))


def _corner(anchor: ET.Element, end: str, rows: Sequence[int], columns: Sequence[int]) -> Point:
    place = anchor.find(f"{_XDR}{end}")
    assert place is not None
    column, x, row, y = (
        int(place.findtext(f"{_XDR}{name}", "")) for name in ("col", "colOff", "row", "rowOff")
    )
    return Point(columns[column] * _EMUS_A_PIXEL + x, rows[row] * _EMUS_A_PIXEL + y)


def _number(shape: ET.Element) -> int:
    return int(_properties(shape).get("id", 0))


def _properties(shape: ET.Element) -> ET.Element:
    found = next(shape.iter(f"{_XDR}cNvPr"), None)
    assert found is not None
    return found


def _shape(box: ET.Element, start: Point, end: Point) -> Shape:
    guides = {one.get("name"): one.get("fmla", "").split() for one in box.iter(f"{_A}gd")}

    def along(name: str | None, first: int, last: int) -> int:
        _, _, part, whole = guides[name]
        return first + round((last - first) * int(part) / int(whole))

    sites = tuple(
        Point(along(one.get("x"), start.x, end.x), along(one.get("y"), start.y, end.y))
        for one in box.iter(f"{_A}pos")
    )
    said = _properties(box)
    return Shape(said.get("name", ""), start, end, sites, said.get("descr", ""))


def _stretch(line: ET.Element, start: Point, end: Point) -> Stretch:
    frame = next(line.iter(f"{_A}xfrm"))
    x = (end.x, start.x) if frame.get("flipH") else (start.x, end.x)
    y = (end.y, start.y) if frame.get("flipV") else (start.y, end.y)
    glued = [line.find(f".//{_A}{name}Cxn") for name in ("st", "end")]
    ends = [
        None if one is None else (int(one.get("id", 0)), int(one.get("idx", 0))) for one in glued
    ]
    head = line.find(f".//{_A}tailEnd") is not None
    said = _properties(line).get("descr", "")
    return Stretch(Point(x[0], y[0]), Point(x[1], y[1]), ends[0], ends[1], head, said)
