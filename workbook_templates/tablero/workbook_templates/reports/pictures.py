"""Draws charts as SVG, without a browser and without a network."""

from __future__ import annotations

from typing import Any

from tablero.workbook_templates.reports.charts.chart import Chart


def svg(chart: Chart | dict[str, Any]) -> str:
    """A chart, or a specification with its rows in it, as an SVG document.

    Texts stay texts, in the fonts of the look: whoever shows the picture brings the fonts.
    """
    import vl_convert  # noqa: PLC0415 - starts an engine, which only a picture needs

    whole = chart.whole if isinstance(chart, Chart) else chart
    drawn: str = vl_convert.vegalite_to_svg(whole, allowed_base_urls=[])
    return drawn


def png(drawing: str, scale: float = 2.0) -> bytes:
    """An SVG document as a picture of dots, for those who cannot show SVG."""
    import vl_convert  # noqa: PLC0415 - as above

    dots: bytes = vl_convert.svg_to_png(drawing, scale=scale)
    return dots


def warm() -> None:
    """Start the engine, which takes half a second, beside other work.

    >>> import threading
    >>> threading.Thread(target=warm).start()
    """
    svg({"data": {"values": [{}]}, "mark": "point"})
