"""From the strategy down to a KPI, and back: by links, by keys, by the address."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tablero.workbook_templates.reports.report import Report
from tablero.workbook_templates.scored_model import Node
from tests.browser.conftest import Open, Reports
from tests.browser.reading import headline, path, squeezed, tiles


def way_down(report: Report) -> list[Node]:
    """The strategy, its last perspective, its last objective, its last KPI."""
    way = [report.nodes[0]]
    while way[-1].level != "kpi":
        way.append(report.members(way[-1])[-1])
    return way


def assert_at(page: Page, report: Report, way: list[Node]) -> None:
    """The page tells of the last node of a way, and shows the way to it."""
    node = way[-1]
    expect(headline(page).get_by_role("heading")).to_have_text(report.word(node.name))
    expect(page.locator("#at [data-say=achieved]")).to_have_text(report.standing(node).achieved)
    steps = [squeezed(report.word(one.name)) for one in way]
    assert path(page, report) == (steps if len(steps) > 1 else [])
    members = [] if node.level == "kpi" else report.members(node)
    if members:
        expected = {report.word(one.name): report.standing(one).achieved for one in members}
        assert tiles(page) == expected


def test_tiles_lead_down_to_a_kpi_and_back_leads_up(open_page: Open, reports: Reports) -> None:
    """Each tile opens what it names; the browser's Back and Forward go the same way."""
    page, report = open_page("cano"), reports("cano", "en")
    way = way_down(report)
    for depth in range(1, len(way)):
        page.locator("#members").get_by_role("link", name=report.word(way[depth].name)).click()
        assert_at(page, report, way[: depth + 1])
    for depth in range(len(way) - 1, 0, -1):
        page.go_back()
        assert_at(page, report, way[:depth])
    page.go_forward()
    assert_at(page, report, way[:2])


def test_a_kpi_tells_its_value_goal_and_meaning(open_page: Open, reports: Reports) -> None:
    """What is computed and how, who owns it, and what it brings to the strategy."""
    page, report = open_page("cano"), reports("cano", "en")
    page.locator("#scores").get_by_role("link", name="Delivery cycle").click()
    kpi = report.kpis["delivery_cycle"]
    expect(headline(page).get_by_role("heading")).to_have_text("Delivery cycle")
    expect(page.locator("#at [data-say=value]")).to_have_text("9.3")
    expect(page.locator("#at [data-say=goal]")).to_have_text("8.0")
    expect(page.locator("#about")).to_contain_text(report.formula(kpi))


def test_keys_go_down_and_up(open_page: Open, reports: Reports) -> None:
    """Enter on a tile opens it and leads the focus there; Escape goes up one level."""
    page, report = open_page("cano"), reports("cano", "en")
    way = way_down(report)
    page.locator("#members").get_by_role("link").last.focus()
    page.keyboard.press("Enter")
    assert_at(page, report, way[:2])
    expect(headline(page).get_by_role("heading")).to_be_focused()
    page.keyboard.press("Escape")
    assert_at(page, report, way[:1])


def test_the_path_leads_to_any_level_above(open_page: Open, reports: Reports) -> None:
    """From a KPI one click leads to its perspective."""
    page, report = open_page("cano"), reports("cano", "en")
    way = way_down(report)
    page.goto(page.url.partition("#")[0] + f"#at={way[3].key}")
    assert_at(page, report, way)
    page.get_by_role("navigation", name=report.say("page.path")).get_by_role("link").nth(1).click()
    assert_at(page, report, way[:2])


def test_an_address_opens_the_same_view_again(open_page: Open, reports: Reports) -> None:
    """What somebody sends to a colleague holds the period and the KPI."""
    page, report = open_page("cano"), reports("cano", "en")
    way = way_down(report)
    march = report.at(report.calendar.parse("2016-03"))
    page.get_by_role("combobox").select_option(value=str(march.column))
    for node in way[1:]:
        page.locator("#members").get_by_role("link", name=report.word(node.name)).click()
    assert_at(page, march, way)
    fragment = "#" + page.url.partition("#")[2]
    other = open_page("cano", "es", fragment)
    spanish = reports("cano", "es").at(march.period)
    assert_at(other, spanish, way_down(spanish))


def test_an_address_of_nothing_opens_the_whole(open_page: Open, reports: Reports) -> None:
    """A link whose KPI or period is gone does no harm."""
    report = reports("cano", "en")
    for fragment in ("#period=1999-01&at=kpi:gone", "#%E0%A4%A", "#at=__proto__", "#<script>"):
        page = open_page("cano", fragment=fragment)
        assert_at(page, report, [report.nodes[0]])
