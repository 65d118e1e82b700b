"""People who see little, hear the page, or have no mouse can do all that others can."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open, Reports

AXE = Path(__file__).parents[2] / ".ci/node_modules/axe-core/axe.min.js"
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
PHONE = {"viewport": {"width": 360, "height": 740}}
DARK = {"color_scheme": "dark"}
KPI = "#at=kpi:delivery_cycle"
VIEWS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "light": ("cano", "", {}),
    "dark": ("cano", "", DARK),
    "phone": ("cano", "", PHONE),
    "a KPI": ("cano", KPI, {}),
    "a KPI in the dark": ("cano", KPI, DARK),
    "OKRs": ("segelec", "", {}),
    "without figures": ("without figures", "", {}),
    "in the company's colour": ("logo", "", DARK),
    "hostile": ("hostile", "", PHONE),
}
MARKED = """element => {
    const style = getComputedStyle(element), box = element.getBoundingClientRect();
    const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    return outlined && box.width > 0 && box.right > 0 && box.bottom > 0;
}"""
FOCUSED = """() => {
    const at = document.activeElement;
    return [at.id || at.className || at.tagName, at.tagName];
}"""


def violations(page: Page) -> list[str]:
    """What axe finds wrong, each with the first element of which it says so."""
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate(
        "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", list(RULES)
    )
    return [
        f"{one['id']}: {one['help']}: {one['nodes'][0]['html'][:200]}"
        f" ({len(one['nodes'])}) {one['nodes'][0]['failureSummary'][:200]}"
        for one in found["violations"]
    ]


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS)
def test_axe_finds_nothing(open_page: Open, view: tuple[str, str, dict[str, Any]]) -> None:
    """No rule of WCAG 2.2 at level AA is broken, nor a good practice."""
    name, fragment, options = view
    page = open_page(name, "en", fragment, reduced_motion="reduce", **options)
    assert violations(page) == []


def test_axe_would_find_what_is_wrong(open_page: Open) -> None:
    """A button without a name and a text too pale are told."""
    page = open_page("cano")
    page.evaluate("document.getElementById('print').textContent = ''")
    page.evaluate("document.querySelector('.muted').style.color = '#ccc'")
    assert {found.partition(":")[0] for found in violations(page)} == {
        "button-name",
        "color-contrast",
    }


def test_everything_is_reached_by_tab_in_order(open_page: Open) -> None:
    """The way to the content first, then the controls from left to right, then what follows."""
    page = open_page("cano")
    order: list[str] = []
    while order.count("tile") < 4:  # the perspectives
        page.keyboard.press("Tab")
        name, _tag = page.evaluate(FOCUSED)
        assert page.locator(":focus").evaluate(MARKED), f"nobody sees that {name} has the focus"
        order.append(name)
        assert len(order) < 60
    controls = ["earlier", "period", "theme", "print"]  # there is no period after the year
    assert order[0] == "skip"
    assert [name for name in order if name in {*controls, "later"}] == controls


def test_the_skip_link_leads_past_the_controls(open_page: Open) -> None:
    """It shows when it has the focus; after it, Tab goes on within the content."""
    page = open_page("cano")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip", exact=False)).to_be_in_viewport()
    page.keyboard.press("Enter")
    # The browser follows a link in its own time, also within a page: Tab has to wait for it.
    expect(page.get_by_role("main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("main :focus")).to_have_count(1)


def test_headings_and_landmarks_tell_the_page(open_page: Open, reports: Reports) -> None:
    """One main part, one heading of level 1, every section named by its heading."""
    page, report = open_page("cano"), reports("cano", "en")
    assert page.get_by_role("main").count() == 1
    expect(page.get_by_role("heading", level=1)).to_have_text(report.definition.company.name)
    for section in page.locator("main > section").all():
        heading = section.get_by_role("heading", level=2)
        assert section.get_attribute("aria-labelledby") == heading.first.get_attribute("id")


def test_bands_are_told_by_words_and_signs_too(open_page: Open) -> None:
    """Nobody has to tell colours apart."""
    page = open_page("cano", viewport={"width": 320, "height": 700})
    badges = page.locator("#scores .badge")
    for text in badges.all_inner_texts():
        assert text.strip()
    row = page.get_by_role("row").filter(has_text="Delivery cycle")
    expect(row.get_by_role("cell").last).to_contain_text("Good")


def test_each_row_of_a_table_is_named(open_page: Open) -> None:
    """A screen reader tells of each figure its KPI and its column."""
    page = open_page("cano")
    for table in page.locator("table:visible").all():
        assert table.get_by_role("columnheader").count() > 1
        assert table.locator("caption").count() or table.get_attribute("aria-labelledby")
        bare = table.locator("tbody tr > td:first-child").all_text_contents()
        assert not any(bare), "only what has no name may stand without one"


def test_nothing_moves_for_those_who_do_not_want_it(open_page: Open) -> None:
    """With reduced motion nothing is animated and nothing scrolls smoothly."""
    page = open_page("cano", reduced_motion="reduce")
    page.locator("#members").get_by_role("link").first.click()
    assert page.evaluate("document.getAnimations().length") == 0
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    slow = """() => [...document.querySelectorAll("*")].filter(one => {
        const style = getComputedStyle(one);
        return parseFloat(style.transitionDuration) || parseFloat(style.animationDuration);
    }).length"""
    assert page.evaluate(slow) == 0
