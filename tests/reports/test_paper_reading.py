"""The PDF as machines read it: its tags, fonts, bookmarks and what it says of itself."""

from __future__ import annotations

from collections import Counter
from io import BytesIO
from itertools import pairwise
from typing import Any

import pikepdf
import pytest

from tablero.workbook_templates.library import load_template
from tablero.workbook_templates.reports.paper import paper
from tests.reports.printed import DAY, fonts, report_of, small, tags


@pytest.fixture(scope="module")
def book() -> pikepdf.Pdf:
    """The report of the paper's company."""
    return pikepdf.open(BytesIO(paper(report_of(load_template("cano")), DAY)))


@pytest.fixture(scope="module")
def elements(book: pikepdf.Pdf) -> list[Any]:
    """Its structure in reading order."""
    return list(tags(book.Root.StructTreeRoot.K))


def test_it_claims_to_be_accessible_and_to_last(book: pikepdf.Pdf) -> None:
    """PDF/UA-1 and PDF/A-2a: what Typst checked while it wrote the file."""
    with book.open_metadata() as said:
        assert said["pdfuaid:part"] == "1"
        assert (said["pdfaid:part"], said["pdfaid:conformance"]) == ("2", "A")


def test_its_window_bears_its_title(book: pikepdf.Pdf) -> None:
    """Title, author, keywords, language and day are there; the title stands in the window."""
    root, about = book.Root, book.docinfo
    assert root.ViewerPreferences.DisplayDocTitle
    assert (
        str(about.Title)
        == "Yearly performance report, 2016 · Stone aggregates transport, Cartagena"
    )
    assert str(about.Author) == "Stone aggregates transport, Cartagena"
    assert "Customers" in str(about.Keywords)
    assert str(about.CreationDate).startswith("D:20270109")
    assert str(root.Lang) == "en"


def test_every_font_is_inside(book: pikepdf.Pdf) -> None:
    """It looks alike on every computer; the text is in Carlito."""
    found = fonts(book)
    assert any("Carlito" in name for name in found)
    assert all(any(key.startswith("/FontFile") for key in one) for one in found.values())


def test_it_is_tagged(book: pikepdf.Pdf, elements: list[Any]) -> None:
    """Tables have heads, pictures are figures, and there is one title."""
    counts = Counter(str(one.S) for one in elements)
    assert book.Root.MarkInfo.Marked
    assert counts["/Title"] == 1
    assert counts["/THead"] == counts["/Table"] > 10
    assert counts["/TH"] > counts["/Table"]


def test_every_picture_says_what_it_shows(elements: list[Any]) -> None:
    """Charts, map and logo are told to those who do not see them."""
    figures = [one for one in elements if one.S == "/Figure"]
    assert len(figures) > 15
    assert all(len(str(one.get("/Alt", ""))) > 20 for one in figures)


def test_headings_step_down_one_level_at_a_time(elements: list[Any]) -> None:
    """A screen reader can walk from heading to heading."""
    levels = [int(str(one.S)[2:]) for one in elements if str(one.S) in ("/H1", "/H2", "/H3")]
    assert levels[0] == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))


def test_bookmarks_lead_to_every_part(book: pikepdf.Pdf) -> None:
    """Summary, map, perspectives, actions and appendix, in this order."""
    with book.open_outline() as outline:
        titles = [str(one.title) for one in outline.root]
    assert titles[:3] == ["Summary", "Strategy map", "Financial"]
    assert titles[-3:] == [
        "Appendix: what is measured", "Appendix: figures by month", "How it is calculated",
    ]  # fmt: skip


def test_nothing_in_it_runs_or_calls(book: pikepdf.Pdf) -> None:
    """No script, no form, no file inside, no address that opens."""
    said = b"".join(bytes(str(one.keys()), "utf-8") for one in book.objects if hasattr(one, "keys"))
    assert not [name for name in (b"/JS", b"/AcroForm", b"/EmbeddedFiles", b"/URI") if name in said]


def test_the_company_colours_it() -> None:
    """Titles are in the company's colour, in place of Tablero's."""
    definition = small()
    company = definition.company.model_copy(update={"colour": "#0B5D4B"})
    coloured = definition.model_copy(update={"company": company})
    plain, branded = (_drawn(one) for one in (definition, coloured))
    assert b"0.12156863 0.30588236 0.4745098" in plain
    assert b"0.12156863 0.30588236 0.4745098" not in branded


def _drawn(definition: Any) -> bytes:
    """What is painted on the first page."""
    book = pikepdf.open(BytesIO(paper(report_of(definition), DAY)))
    contents = book.pages[0].Contents
    return bytes(contents.read_bytes())
