"""Charts as pictures: SVG that any reader of XML reads, in which names are nothing but text."""

from __future__ import annotations

from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from tablero.workbook_templates.reports import charts, pictures
from tablero.workbook_templates.reports.charts import Chart, Look
from tests.reports.companies import half_year, hostile, report_of
from tests.reports.test_charts import every

SVG = "{http://www.w3.org/2000/svg}"


def texts(svg: str) -> list[str]:
    """What is written in a picture."""
    return ["".join(one.itertext()) for one in ET.fromstring(svg).iter(f"{SVG}text")]


def test_every_chart_is_drawn_with_its_words() -> None:
    """Each is an SVG document of the width asked for."""
    for name, chart in every(half_year(), Look.of(half_year(), width=500)):
        root = ET.fromstring(pictures.svg(chart))
        assert abs(float(root.get("width", "0")) - 500) <= 25, name
        written = texts(pictures.svg(chart))
        said = {str(value) for row in chart.rows for value in row.values() if value}
        assert len(said.intersection(written)) >= 3, name


def test_names_are_text_in_the_picture() -> None:
    """Neither elements nor attributes come of what somebody typed."""
    chart = charts.contribution(hostile())
    svg = pictures.svg(chart)
    root = ET.fromstring(svg)
    tags = {one.tag.removeprefix(SVG) for one in root.iter()}
    assert tags <= {"svg", "g", "path", "rect", "line", "text", "tspan", "title", "defs"}
    assert not any(
        name.startswith(("on", "href", "{")) for one in root.iter() for name in one.attrib
    )
    written = " ".join(texts(svg))
    assert "datum['x']" in written
    assert "<script>" in written


def test_no_chart_asks_a_network_for_anything() -> None:
    """Data at an address are refused."""
    chart = charts.distribution(half_year())
    elsewhere = {**chart.spec, "data": {"url": "http://127.0.0.1:9/rows.json"}}
    with pytest.raises(ValueError, match=r"(?i)allow|external|denied|permi"):
        pictures.svg(elsewhere)


def test_letters_are_those_of_the_look() -> None:
    """Texts stay texts, so that paper and page set them in their own fonts."""
    svg = pictures.svg(charts.by_perspective(report_of("cano")))
    families = {one.get("font-family") for one in ET.fromstring(svg).iter(f"{SVG}text")}
    assert families == {"Calibri, Carlito, sans-serif"}


def ink(chart: Chart) -> int:
    """How many dots of a picture are not bare."""
    picture = Image.open(BytesIO(pictures.png(pictures.svg(chart), 1.0)))
    return sum(picture.getchannel("A").histogram()[1:])


def test_more_achieved_is_more_ink() -> None:
    """The picture follows the rows."""
    report = report_of("cano")
    chart = charts.by_perspective(report)
    rows = tuple({**row, "drawn": float(str(row["drawn"])) / 2} for row in chart.rows)
    half = Chart(chart.title, chart.description, chart.spec, rows, chart.columns)
    assert ink(chart) > 1.1 * ink(half)
