"""The pictures that are accepted, by name: how each is drawn."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser

from tablero.workbook_templates.reports import charts
from tablero.workbook_templates.reports.map_drawing import strategy_map
from tablero.workbook_templates.reports.paper import paper
from tablero.workbook_templates.reports.pictures import png, svg
from tablero.workbook_templates.reports.report import Report
from tests.browser.chromium import chromium
from tests.browser.opening import opened
from tests.browser.reporting import page_of, report_of

DESK, PHONE = {"width": 1280, "height": 1600}, {"width": 360, "height": 1800}
PAPER_RESOLUTION = 55
"""Dots an inch at which a page of the PDF can be told from another, though hardly read."""
MADE_ON = date(2027, 2, 1)
CHARTS_ARE_DRAWN = """() => [...document.querySelectorAll("figure.chart:not([hidden])")].every(
    one => one.querySelector("svg"))"""


@dataclass(frozen=True)
class Studio:
    """Where pictures are drawn: a browser, and a folder for workbooks and pages."""

    browser: Browser
    folder: Path
    _reports: dict[tuple[str, str], Report] = field(default_factory=dict)

    def report(self, name: str, language: str = "en") -> Report:
        """The report of a case in a language."""
        if (name, language) not in self._reports:
            self._reports[name, language] = report_of(name, language, self.folder)
        return self._reports[name, language]


Draw = Callable[[Studio], Image.Image]


@contextmanager
def studio() -> Iterator[Studio]:
    """A place to draw in."""
    with chromium() as browser, tempfile.TemporaryDirectory() as folder:
        yield Studio(browser, Path(folder))


def page_drawing(
    name: str, language: str = "en", fragment: str = "", script: str = "", **options: Any
) -> Draw:
    """The upper part of a page as it is first seen, at half its size.

    ``script`` is run before, for what is not as it should be.
    """

    def draw(place: Studio) -> Image.Image:
        path = page_of(place.report(name, language), name, place.folder)
        whole = {"viewport": DESK, "reduced_motion": "reduce", **options}
        with opened(place.browser, path, fragment, **whole) as shown:
            shown.wait_for_function(CHARTS_ARE_DRAWN)
            shown.evaluate(script)
            picture = Image.open(BytesIO(shown.screenshot()))
        return picture if whole["viewport"] == PHONE else picture.convert("RGB").reduce(2)

    return draw


def _paper(name: str, language: str, number: int) -> Draw:
    """A page of the PDF, by its number."""

    def draw(place: Studio) -> Image.Image:
        path = place.folder / f"{name} {language}.pdf"
        if not path.exists():
            path.write_bytes(paper(place.report(name, language), MADE_ON))
        pages = ["-f", str(number), "-l", str(number)]
        command = [
            "pdftoppm",
            "-r",
            str(PAPER_RESOLUTION),
            *pages,
            "-singlefile",
            "-png",
            str(path),
        ]
        told = subprocess.run(command, check=True, capture_output=True)
        return Image.open(BytesIO(told.stdout))

    return draw


def _chart(make: Callable[[Report], charts.Chart | None], name: str = "cano") -> Draw:
    """A chart as it stands on paper."""

    def draw(place: Studio) -> Image.Image:
        chart = make(place.report(name))
        assert chart
        return _on_white(png(svg(chart), 1.0))

    return draw


def _map(place: Studio) -> Image.Image:
    return _on_white(png(strategy_map(place.report("cano")).svg, 0.6))


def _on_white(picture: bytes) -> Image.Image:
    drawn = Image.open(BytesIO(picture)).convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", drawn.size, "white"), drawn).convert("RGB")


DRAWINGS: Mapping[str, Draw] = {
    "page-light": page_drawing("cano"),
    "page-dark": page_drawing("cano", color_scheme="dark"),
    "page-phone": page_drawing("half way", "es", viewport=PHONE),
    "page-kpi": page_drawing("half way", "pt", "#at=kpi:receivable_days"),
    "page-120-kpis": page_drawing("120 kpis"),
    "page-okrs": page_drawing("segelec"),
    "page-without-figures": page_drawing("without figures", "es"),
    "page-logo": page_drawing("logo", "es"),
    **{f"paper-cano-{number}": _paper("cano", "en", number) for number in (1, 2, 3)},
    "paper-half-way-1": _paper("half way", "es", 1),
    "chart-trend": _chart(lambda report: charts.trend(report, report.nodes[0])),
    "chart-contribution": _chart(charts.contribution),
    "chart-objectives": _chart(charts.by_objective),
    "chart-year-end": _chart(charts.year_end, "half way"),
    "chart-okrs": _chart(charts.okr_progress, "segelec"),
    "map": _map,
}
