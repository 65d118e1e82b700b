"""Light and dark, phone, paper, and browsers without scripts: the same report for everybody."""

from __future__ import annotations

import re
import unicodedata
from io import BytesIO

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.conftest import Open, Reports
from tests.browser.reading import expected_table, squeezed, table

LUMINANCE = """selector => {
    const colour = getComputedStyle(document.querySelector(selector)).backgroundColor;
    const canvas = document.createElement("canvas").getContext("2d");
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return canvas.getImageData(0, 0, 1, 1).data.slice(0, 3).reduce((sum, one) => sum + one) / 765;
}"""
SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
# What reaches over the edge of the page without being in a part that scrolls by itself.
OVER = """() => [...document.querySelectorAll("body *")].filter(one => {
    const box = one.getBoundingClientRect();
    if (!box.width || !box.height || one.closest(".unseen, .skip, svg")) return false;
    for (let at = one; at; at = at.parentElement)
        if (getComputedStyle(at).overflowX !== "visible") return false;
    return box.right > document.documentElement.clientWidth + 1 || box.left < -1;
}).map(one => one.outerHTML.slice(0, 120))"""
WIDTHS = (320, 360, 768, 1280, 1920)
COMPANIES = ("cano", "half way", "segelec", "120 kpis", "without figures", "hostile", "logo")


def is_dark(page: Page) -> bool:
    """Whether the page is dark, as it is seen."""
    light: float = page.evaluate(LUMINANCE, "body")
    return light < 0.3


def letters(text: str) -> str:
    """Its letters and figures alone: a PDF joins some, and parts words at ends of lines."""
    return re.sub(r"\W", "", unicodedata.normalize("NFKC", text))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_follows_the_system_and_the_button(open_page: Open, scheme: str) -> None:
    """It opens as the system is; the button turns it over, and it stays so in this window."""
    page = open_page("cano", color_scheme=scheme)
    begins_dark = scheme == "dark"
    assert is_dark(page) == begins_dark
    page.get_by_role("button", name="Dark").click()
    assert is_dark(page) != begins_dark
    page.reload()
    assert is_dark(page) != begins_dark
    page.get_by_role("button", name="Dark").click()
    assert is_dark(page) == begins_dark


@pytest.mark.parametrize("name", COMPANIES)
def test_nothing_reaches_over_the_edge(open_page: Open, name: str) -> None:
    """From a small phone to a wall screen nobody scrolls sideways, whatever the names."""
    page = open_page(name)
    found = {}
    for fragment in ("", page.locator("tr.kpi a").last.evaluate("link => link.hash")):
        page.evaluate("fragment => { location.hash = fragment }", fragment)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            if page.evaluate(SIDEWAYS) > 0:
                found[width, fragment] = page.evaluate(OVER)
    assert found == {}


def test_fingers_find_what_they_press(open_page: Open) -> None:
    """On a phone everything that is pressed is at least 24 by 24 pixels (WCAG 2.5.8)."""
    page = open_page("cano", viewport={"width": 360, "height": 740}, is_mobile=True, has_touch=True)
    for part in page.locator("button:visible, select:visible, .tile, summary:visible").all():
        box = part.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 24, part.text_content()
    page.locator(".tile").first.tap()
    expect(page.locator("#at-name")).to_have_text("Financial")


def test_print_shows_the_report_without_its_controls(open_page: Open, reports: Reports) -> None:
    """On paper there is every figure in dark on white, and nothing to press."""
    page, report = open_page("cano", color_scheme="dark"), reports("cano", "en")
    page.emulate_media(media="print", color_scheme="dark")
    assert not is_dark(page)
    assert page.locator("button:visible, select:visible, input:visible").count() == 0
    assert all(one.is_visible() for one in page.locator("#scores tbody tr").all())
    assert all(one.evaluate("one => one.open") for one in page.locator("details").all())
    said = letters(" ".join(one.extract_text() for one in PdfReader(BytesIO(page.pdf())).pages))
    for row in expected_table(report):
        for text in row:
            assert letters(text) in said


def test_a_button_prints(open_page: Open) -> None:
    """It opens the browser's own dialog."""
    page = open_page("cano")
    page.evaluate("window.print = () => { window.printed = true }")
    page.get_by_role("button", name="Print").click()
    assert page.evaluate("window.printed") is True


@pytest.mark.parametrize("name", ["cano", "half way"])
def test_without_scripts_the_workbooks_period_is_there(
    open_page: Open, reports: Reports, name: str
) -> None:
    """Headline and tables stand in the file itself; controls that could do nothing do not show."""
    page, report = open_page(name, java_script_enabled=False), reports(name, "en")
    assert table(page) == expected_table(report)
    said = report.standing(report.nodes[0]).achieved
    assert squeezed(page.locator("#at [data-say=achieved]").text_content()) == said
    assert page.locator("button:visible, select:visible, input:visible").count() == 0
    expect(page.locator(".notice")).to_contain_text(report.label)


def test_the_logo_stands_at_the_head(open_page: Open) -> None:
    """The company's picture, with its name for those who cannot see it."""
    page = open_page("logo")
    picture = page.get_by_role("img", name="Ferretería Los Andes")
    assert picture.evaluate("picture => [picture.naturalWidth, picture.naturalHeight]") == [240, 80]
