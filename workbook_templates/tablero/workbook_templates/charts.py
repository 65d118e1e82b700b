"""Writes native charts with XlsxWriter, in one look: no grid, no frame, colours of the company."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.chart import Chart as XlsxChart

from tablero.workbook_templates import styles
from tablero.workbook_templates.sheets.page import Chart

Look = Mapping[str, Any]
Branding = Callable[[Look], dict[str, Any]]
"""Puts a company's colour in the place of Tablero's, in the options of XlsxWriter."""

_FONT = {"name": styles.FONT, "size": 9, "color": styles.MUTED}
_TITLE = {"name": styles.FONT, "size": 11, "bold": True, "color": styles.ACCENT}
_NO_LINE = {"none": True}
_AXIS: Look = {
    "num_font": _FONT,
    "name_font": _FONT,
    "line": {"color": styles.LINE},
    "major_gridlines": {"visible": False},
    "major_tick_mark": "none",
    "minor_tick_mark": "none",
}
_AXES = ("x_axis", "y_axis", "x2_axis", "y2_axis")
_DEFAULTS: Mapping[str, Look] = {
    "legend": {"none": True},
    "chartarea": {"border": _NO_LINE, "fill": _NO_LINE},
    "plotarea": {"border": _NO_LINE, "fill": _NO_LINE},
    "x_axis": _AXIS,
    "y_axis": _AXIS,
}


def made(workbook: Workbook, chart: Chart, branded: Branding) -> XlsxChart:
    """A chart of a page as one of the workbook."""
    drawn = _drawn(workbook, chart, branded)
    drawn.set_title(_title(chart.title, branded))
    drawn.set_size({"width": chart.width, "height": chart.height})
    if chart.over is not None:
        drawn.combine(_drawn(workbook, chart.over, branded))
    return drawn


def placement(chart: Chart) -> dict[str, Any]:
    """How it lies on its sheet: with its cells, and told to those who do not see it."""
    return {"object_position": 2, "description": chart.alt}


def _title(title: str, branded: Branding) -> dict[str, Any]:
    """Of the chart itself, unless a cell above it says what it shows."""
    if not title:
        return {"none": True}
    return {"name": title, "name_font": branded(_TITLE), "overlay": False}


def _drawn(workbook: Workbook, chart: Chart, branded: Branding) -> XlsxChart:
    drawn = workbook.add_chart(dict(chart.kind))
    for one in chart.series:
        references = {"name": one.name, "categories": one.labels, "values": one.values}
        drawn.add_series({**references, **_branded(one.look, branded)})
    for part in (*_DEFAULTS, *(name for name in chart.parts if name not in _DEFAULTS)):
        options = {
            **_DEFAULTS.get(part, _AXIS if part in _AXES else {}),
            **chart.parts.get(part, {}),
        }
        getattr(drawn, f"set_{part}")(_branded(options, branded))
    return drawn


def _branded(options: Look, branded: Branding) -> dict[str, Any]:
    """Options of any depth in the company's colour."""
    return branded({name: _inside(option, branded) for name, option in options.items()})


def _inside(option: Any, branded: Branding) -> Any:
    match option:
        case Mapping():
            return _branded(option, branded)
        case list() | tuple():
            return [_inside(one, branded) for one in option]
    return option
