"""The PDF: what its pages say, and that any reader, eye or machine can read them."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from tablero.workbook_templates.library import load_template
from tablero.workbook_templates.reports.paper import paper
from tablero.workbook_templates.reports.report import Report
from tablero.workbook_templates.scoring import score

DAY = date(2017, 1, 9)


def report_of(template: str, language: str = "en", code: str = "2016") -> Report:
    """The report of a shipped company."""
    scores = score(load_template(template))
    return Report(scores, language, scores.calendar.parse(code))


@pytest.fixture(scope="module")
def cano() -> bytes:
    """The report of the paper's company."""
    return paper(report_of("cano"), DAY)


def test_the_first_page_says_how_the_strategy_stands(cano: bytes) -> None:
    """The first page names report, company and period, and the strategy's achievement."""
    first = PdfReader(BytesIO(cano)).pages[0].extract_text()
    assert "Yearly performance report, 2016" in first
    assert "80.5%" in first
    assert "Stone aggregates transport" in first


def test_the_same_report_is_the_same_file(cano: bytes) -> None:
    """Nothing of the clock or of chance gets into the file."""
    assert paper(report_of("cano"), DAY) == cano
