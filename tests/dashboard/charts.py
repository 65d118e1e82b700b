"""The charts of a workbook file: what each is said to show, and the cells it is drawn from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element

from tests.engines.package import CHART, Package
from tests.engines.spreadsheet import Spreadsheet, Value

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_AREA = re.compile(r"'?(?P<sheet>[^'!]+)'?!(?P<area>[$A-Z0-9:]+)")


class DrawnSeries(NamedTuple):
    """A series: references to its labels and values, and the colours of fill, outline and line."""

    name: str
    labels: str
    values: str


class DrawnChart(NamedTuple):
    """A chart of a sheet with its alternative text."""

    alt: str
    kinds: tuple[str, ...]
    series: tuple[DrawnSeries, ...]


def charts_of(package: Package, sheet: str) -> list[DrawnChart]:
    """The charts of a sheet, in the order in which they were put on it."""
    (part,) = [one.part for one in package.sheets if one.name == sheet]
    return [
        chart for drawing in package.related(part, "drawing") for chart in _on(package, drawing)
    ]


def _on(package: Package, drawing: str) -> Iterator[DrawnChart]:
    parts = list(package.related(drawing, "chart"))
    frames = list(package.xml(drawing).iter(f"{_DRAWING}graphicFrame"))
    for part, frame in zip(parts, frames, strict=True):
        properties = next(frame.iter(f"{_DRAWING}cNvPr"))
        root = package.xml(part)
        area = next(root.iter(f"{CHART}plotArea"))
        kinds = [one.tag.removeprefix(CHART) for one in area if one.tag.endswith("Chart")]
        series = tuple(_series(one) for one in root.iter(f"{CHART}ser"))
        yield DrawnChart(properties.get("descr", ""), tuple(kinds), series)


def _series(element: Element) -> DrawnSeries:
    return DrawnSeries(
        element.findtext(f"{CHART}tx//{CHART}v", ""),
        element.findtext(f"{CHART}cat//{CHART}f", ""),
        element.findtext(f"{CHART}val//{CHART}f", ""),
    )


def drawn(engine: Spreadsheet, reference: str) -> list[Value]:
    """What stands in the cells that a chart refers to."""
    found = _AREA.fullmatch(reference)
    assert found, reference
    rows = engine.values(found["sheet"], found["area"].replace("$", ""))
    return [value for row in rows for value in row]
