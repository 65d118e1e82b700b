"""A period is picked by mouse or by keyboard; everything follows, and it is said aloud."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tablero.workbook_templates.reports.report import Report
from tests.browser.conftest import Open, Reports
from tests.browser.reading import boxes, drawn, expected_table, picker, table

CHARTS = "[...document.querySelectorAll('figure.chart:not([hidden])')]"
DRAWN = f"() => {CHARTS}.every(one => one.querySelector('svg'))"
ANEW = f"before => {CHARTS}.every(one => before[one.id] !== one.querySelector('svg')?.outerHTML)"
AS_BEFORE = (
    f"before => {CHARTS}.every(one => before[one.id] === one.querySelector('svg')?.outerHTML)"
)


def assert_shown(page: Page, report: Report) -> None:
    """The headline, the announcement, the address and the table are those of a period."""
    said = report.standing(report.nodes[0]).achieved
    expect(page.locator("#at [data-say=achieved]")).to_have_text(said)
    expect(page.get_by_role("status").first).to_contain_text(report.label)
    expect(page.get_by_role("status").first).to_contain_text(said)
    expect(page).to_have_url(re.compile(f"period={report.calendar.code(report.period)}"))
    assert table(page) == expected_table(report)


def of(report: Report, code: str) -> Report:
    """The report of a period by its code."""
    return report.at(report.calendar.parse(code))


def test_a_period_is_picked_from_the_list(open_page: Open, reports: Reports) -> None:
    """Choosing a month shows it everywhere; choosing the year again, the year."""
    page, report = open_page("cano"), reports("cano", "en")
    for code in ("2016-02", "2016"):
        wanted = of(report, code)
        picker(page, report).select_option(value=str(wanted.column))
        assert_shown(page, wanted)


def test_a_period_is_picked_with_the_arrow_keys(open_page: Open, reports: Reports) -> None:
    """In the list the arrows go through the periods; nobody needs a mouse."""
    page, report = open_page("cano"), reports("cano", "en")
    picker(page, report).focus()
    before = picker(page, report).input_value()
    page.keyboard.press("Home")
    expect(picker(page, report)).not_to_have_value(before)
    first = report.at(report.scores.periods[int(picker(page, report).input_value())])
    assert first.label != report.label
    assert_shown(page, first)


def test_buttons_go_to_the_period_before_and_after(open_page: Open, reports: Reports) -> None:
    """They have names, work by Enter and Space, and end at the ends."""
    page, report = open_page("cano", fragment="#period=2016-02"), reports("cano", "en")
    earlier = page.get_by_role("button", name=report.say("page.earlier"))
    later = page.get_by_role("button", name=report.say("page.later"))
    earlier.click()
    assert_shown(page, of(report, "2016-01"))
    later.focus()
    page.keyboard.press("Enter")
    assert_shown(page, of(report, "2016-02"))
    page.keyboard.press("Space")
    assert_shown(page, of(report, "2016-03"))
    picker(page, report).select_option(index=0)
    expect(earlier).to_be_disabled()


def test_charts_and_map_follow_the_period(open_page: Open, reports: Reports) -> None:
    """What is drawn belongs to the period that is picked, and returns with it."""
    page, report = open_page("cano"), reports("cano", "en")
    page.wait_for_function(DRAWN)
    of_the_year, boxes_of_the_year = drawn(page), boxes(page)
    assert len(of_the_year) == len({*of_the_year.values()}) > 2
    picker(page, report).select_option(value=str(of(report, "2016-01").column))
    page.wait_for_function(ANEW, arg=of_the_year)
    january = of(report, "2016-01")
    said = " ".join(boxes(page).values())
    for node in january.nodes:
        if node.level == "objective":
            assert january.standing(node).achieved in said
    picker(page, report).select_option(value=str(report.column))
    page.wait_for_function(AS_BEFORE, arg=of_the_year)
    assert boxes(page) == boxes_of_the_year


def test_the_map_leads_to_its_objectives(open_page: Open, reports: Reports) -> None:
    """A box opens its objective."""
    page, report = open_page("cano"), reports("cano", "en")
    box = page.locator("#map svg a").first
    name = str(box.get_attribute("href"))
    box.click()
    (node,) = (one for one in report.nodes if one.level == "objective" and one.id in name)
    expect(page.locator("#at-name")).to_have_text(report.word(node.name))
