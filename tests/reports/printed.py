"""Reports on paper, made for tests, and what a reader of PDF files finds in them."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from io import BytesIO
from typing import Any
from xml.etree import ElementTree as ET

import pikepdf
from pypdf import PdfReader

from tablero.workbook_templates.definition import Definition
from tablero.workbook_templates.records import NO_RECORDS, Records
from tablero.workbook_templates.reports.paper import paper
from tablero.workbook_templates.reports.report import Report
from tablero.workbook_templates.scoring import score
from tests.scoring.companies import a_company, a_kpi, an_input

DAY = date(2027, 1, 9)
_HTML = "{http://www.w3.org/1999/xhtml}"
_MARGIN, _FOOT = 50, 20
"""Points at the sides and at the foot that nothing is printed on."""


def report_of(
    definition: Definition,
    language: str = "en",
    code: str | None = None,
    records: Records = NO_RECORDS,
    **more: Any,
) -> Report:
    """The report of a company, of its whole year unless it is said otherwise."""
    scores = score(definition)
    period = scores.calendar.parse(code or str(scores.calendar.year))
    return Report(scores, language, period, records, **more)


def small(company: str = "Acme", months: int = 12, **kpi: Any) -> Definition:
    """A company of one KPI that reached half of its goal in so many months."""
    return a_company(
        [an_input("x")],
        [{**a_kpi("x", "x", 24.0), **kpi}],
        {"x": {"months": [1.0] * months + [None] * (12 - months)}},
        company={"name": company},
    )


@dataclass(frozen=True)
class Printed:
    """A report as it lies on a table."""

    file: bytes

    @cached_property
    def pages(self) -> Sequence[str]:
        """What stands on each page; where lines end and how wide blanks are does not count."""
        command = ["pdftotext", "-layout", "-", "-"]
        told = subprocess.run(command, input=self.file, check=True, capture_output=True)
        pages = told.stdout.decode().replace("\u200b", "").split("\f")
        return [" ".join(page.split()) for page in pages[:-1]]

    @property
    def said(self) -> str:
        """What stands on all of them."""
        return " ".join(self.pages)

    @property
    def outside(self) -> list[str]:
        """Words that reach into the margins of a page, or beyond it."""
        command = ["pdftotext", "-bbox", "-", "-"]
        told = subprocess.run(command, input=self.file, check=True, capture_output=True)
        root = ET.fromstring(told.stdout)
        return [
            str(word.text)
            for page in root.iter(f"{_HTML}page")
            for word in page.iter(f"{_HTML}word")
            if not float(word.attrib["xMin"]) > _MARGIN
            or not float(word.attrib["xMax"]) < float(page.attrib["width"]) - _MARGIN
            or not float(word.attrib["yMax"]) < float(page.attrib["height"]) - _FOOT
        ]

    @cached_property
    def reader(self) -> PdfReader:
        """The file as a reader of PDF files opens it."""
        return PdfReader(BytesIO(self.file))


def printed(report: Report) -> Printed:
    """A report, printed."""
    return Printed(paper(report, DAY))


def tags(element: Any) -> Iterator[Any]:
    """Every element of a tagged PDF's structure, in the order in which it is read."""
    if isinstance(element, pikepdf.Array):
        for one in element:
            yield from tags(one)
    elif isinstance(element, pikepdf.Dictionary) and "/S" in element:
        yield element
        yield from tags(element.get("/K"))


def fonts(file: pikepdf.Pdf) -> dict[str, Any]:
    """The descriptor of every font, by its name."""
    return {
        str(one.BaseFont): one.DescendantFonts[0].FontDescriptor
        for one in file.objects
        if isinstance(one, pikepdf.Dictionary) and one.get("/Subtype") == "/Type0"
    }
