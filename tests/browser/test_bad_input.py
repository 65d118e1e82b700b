"""Workbooks that are empty, faulty, large or hostile give a page that works."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.companies import PAYLOADS
from tests.browser.conftest import Open, Pages, Reports
from tests.browser.reading import picker, squeezed

LARGEST = 3_000_000
ELEMENTS_OF_NAMES = "script, img, svg[onload], iframe, object, embed, base, [href^=javascript]"


def everywhere(page: Page) -> None:
    """Go through some periods and through every KPI."""
    page.get_by_role("combobox").first.select_option(index=0)
    for link in page.locator("#scores tbody a").evaluate_all("links => links.map(one => one.hash)"):
        page.evaluate("hash => { location.hash = hash }", link)
        expect(page.locator("#at-name")).not_to_be_empty()


def test_names_are_never_markup_nor_script(open_page: Open, reports: Reports) -> None:
    """Whatever companies, KPIs, actions and owners are called, it is shown as it was typed."""
    page, report = open_page("hostile"), reports("hostile", "en")
    own = page.locator(ELEMENTS_OF_NAMES).count()
    everywhere(page)
    assert page.locator(ELEMENTS_OF_NAMES).count() == own
    shown = squeezed(page.locator("body").inner_text())
    for name in PAYLOADS.values():
        assert squeezed(name) in shown
    assert page.title().startswith(report.definition.company.name)
    assert page.evaluate("({}).hacked") is None


def test_a_name_is_shown_as_text_in_the_headline(open_page: Open) -> None:
    """A KPI that is called like an element opens like any other."""
    page = open_page("hostile")
    page.locator("#scores").get_by_role("link", name=PAYLOADS["script"], exact=True).last.click()
    expect(page.locator("#at-name")).to_have_text(PAYLOADS["script"])
    expect(page.locator("#at-name > *")).to_have_count(0)


def test_what_is_typed_into_the_search_is_text(open_page: Open) -> None:
    """Signs that mean something elsewhere mean themselves here."""
    page = open_page("hostile")
    search = page.get_by_role("searchbox")
    search.fill("[.*+?^${}()|\\")
    expect(page.locator("tr.kpi:visible")).to_have_count(0)
    search.fill("window.hacked")
    assert page.locator("tr.kpi:visible").count() > 3
    search.fill("")
    expect(page.locator("tr.kpi:visible")).to_have_count(len(PAYLOADS))


def test_the_search_finds_kpis_without_their_accents(open_page: Open) -> None:
    """Typing “credito” finds “crédito”; what is above a KPI stays with it."""
    page = open_page("half way", "es")
    page.get_by_role("searchbox").fill("rotacion")
    shown = page.locator("#scores tbody tr:visible")
    assert [squeezed(one) for one in shown.locator("th").all_text_contents()][
        -1
    ] == "Rotación de personal"
    assert shown.count() == 4


def test_120_kpis_are_all_there_and_found(open_page: Open, pages: Pages, reports: Reports) -> None:
    """The page of a group of companies opens, is searched and drilled into as any other."""
    page, report = open_page("120 kpis"), reports("120 kpis", "en")
    assert pages("120 kpis", "en").stat().st_size < LARGEST
    expect(page.locator("tr.kpi")).to_have_count(120)
    page.get_by_role("searchbox").fill("line 117")
    expect(page.locator("tr.kpi:visible")).to_have_count(1)
    page.locator("tr.kpi:visible a").click()
    expect(page.locator("#at-name")).to_contain_text("line 117")
    january = report.at(report.calendar.parse("2026-01"))
    picker(page, report).select_option(value=str(january.column))
    (node,) = (one for one in january.nodes if one.id == "kpi117")
    expect(page.locator("#at [data-say=achieved]")).to_have_text(january.standing(node).achieved)


def test_a_workbook_without_figures_says_so(open_page: Open) -> None:
    """Dashes where nothing is known; every period can be picked, every KPI opened."""
    page = open_page("without figures")
    expect(page.locator("#at [data-say=achieved]")).to_have_text("–")
    everywhere(page)
    assert page.locator(".badge[data-band]").count() == 0


@pytest.mark.parametrize("language", ["en", "es", "pt"])
def test_problems_of_the_workbook_come_first(
    open_page: Open, reports: Reports, language: str
) -> None:
    """A reader sees them before any figure, with where they are and what to do."""
    page, report = open_page("cano", language), reports("cano", language)
    first = page.locator("main > section").first
    assert report.problems
    for problem in report.problems:
        expect(first).to_contain_text(problem.message(language))
        expect(first).to_contain_text(f"{problem.sheet} › {problem.cell}")


@pytest.mark.parametrize("name", ["cano", "half way", "segelec", "hostile", "logo"])
def test_a_page_is_small_enough_to_be_mailed(pages: Pages, name: str) -> None:
    """Below 3 MB with everything in it."""
    assert pages(name, "en").stat().st_size < LARGEST
