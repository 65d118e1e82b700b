"""Charts of the report as pictures on its pages."""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files

from tablero.workbook_templates.reports import pictures
from tablero.workbook_templates.reports.charts import Chart, Look
from tablero.workbook_templates.reports.paper.blocks import Picture
from tablero.workbook_templates.reports.report import Report

_WHOLE, _HALF = 720, 400
"""Pixels across charts that take a page's width, or half of it."""


@cache
def _bring_fonts() -> None:
    """Texts of charts are measured in the fonts in which they are printed, on any machine."""
    import vl_convert  # noqa: PLC0415 - starts an engine, which only a picture needs

    with as_file(files(__package__).joinpath("fonts")) as folder:
        vl_convert.register_font_directory(str(folder))


def whole(report: Report) -> Look:
    """The look of charts that take the page's width."""
    return Look.of(report, width=_WHOLE)


def half(report: Report) -> Look:
    """The look of charts that stand two beside each other."""
    return Look.of(report, width=_HALF)


def drawn(chart: Chart, width: float = 1.0) -> Picture:
    """A chart under its title."""
    _bring_fonts()
    return Picture(pictures.svg(chart), chart.description, chart.title, width)
