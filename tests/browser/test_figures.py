"""The page shows the report's figures and words, in every period and language."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tablero.workbook_templates.texts import LANGUAGES
from tests.browser.conftest import Open, Reports
from tests.browser.reading import band, expected_table, headline, picker, squeezed, table, tiles

PERIODS = ("2016", "2016-03", "2016-Q2", "ytd-2016-08")
COMPANIES = ("half way", "segelec", "120 kpis", "without figures", "hostile", "logo")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_is_the_reports(open_page: Open, reports: Reports, language: str) -> None:
    """Headline, tiles and table say what the report says of the period that is picked."""
    page, report = open_page("cano", language), reports("cano", language)
    assert page.locator("html").get_attribute("lang") == language
    for code in PERIODS:
        told = report.at(report.calendar.parse(code))
        picker(page, report).select_option(value=str(told.column))
        strategy, *others = told.nodes
        expect(page.locator("#at [data-say=achieved]")).to_have_text(
            told.standing(strategy).achieved
        )
        expect(headline(page).locator(".badge .word")).to_have_text(band(told, strategy))
        assert table(page) == expected_table(told)
        assert tiles(page) == {
            told.word(node.name): told.standing(node).achieved
            for node in others
            if node.level == "perspective"
        }


@pytest.mark.parametrize("name", COMPANIES)
def test_the_first_look_is_at_the_workbooks_period(
    open_page: Open, reports: Reports, name: str
) -> None:
    """A page opens with the period that the workbook shows, whatever its figures and names."""
    page, report = open_page(name), reports(name, "en")
    assert table(page) == expected_table(report)
    assert picker(page, report).input_value() == str(report.column)
    assert squeezed(page.locator("h1").text_content()) == squeezed(report.definition.company.name)
