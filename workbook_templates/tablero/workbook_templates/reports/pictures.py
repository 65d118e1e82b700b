"""Draws charts as SVG, without a browser and without a network."""

from __future__ import annotations

import re
from typing import Any

from tablero.workbook_templates.reports.charts.chart import Chart
from tablero.workbook_templates.reports.charts.look import FONTS

_MEASURED = "sans-serif"
"""The engine's own letters, a little wider than ours. With them charts are laid out alike whatever
fonts a computer has, and four times as fast, as named fonts are looked up for every text."""
_FAMILY = re.compile(rf'(<text [^>]*font-family="){_MEASURED}"')


def svg(chart: Chart | dict[str, Any]) -> str:
    """A chart, or a specification with its rows in it, as an SVG document.

    Texts stay texts, in the fonts of the look: whoever shows the picture brings the fonts.

    Raises
    ------
    ValueError
        For a specification that is wrong, or that asks a network for its data.
    """
    import vl_convert  # noqa: PLC0415 - starts an engine, which only a picture needs

    whole = _laid_out(chart.whole if isinstance(chart, Chart) else chart)
    drawn: str = vl_convert.vegalite_to_svg(whole, allowed_base_urls=[])
    return _FAMILY.sub(rf'\1{FONTS}"', drawn)


def _laid_out(spec: dict[str, Any]) -> dict[str, Any]:
    """The specification with letters that the engine need not look up."""
    config = spec.get("config", {})
    text = {**config.get("text", {}), "font": _MEASURED}
    return {**spec, "config": {**config, "font": _MEASURED, "text": text}}


def png(drawing: str, scale: float = 2.0) -> bytes:
    """An SVG document as a picture of dots, for those who cannot show SVG."""
    import vl_convert  # noqa: PLC0415 - as above

    dots: bytes = vl_convert.svg_to_png(drawing, scale=scale)
    return dots
