"""The page of a portfolio in Chromium: figures, search and groups; by keyboard, phone and dark."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tablero.workbook_templates.portfolio.page import page
from tests.browser.opening import opened
from tests.browser.test_access import DARK, FOCUSED, MARKED, PHONE, violations
from tests.portfolio.datasets import HOSTILE, broken, hostile, many, write_dataset

Open = Callable[..., Page]


@pytest.fixture(scope="session")
def portfolios(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The file of a case's page, made once."""
    folder = tmp_path_factory.mktemp("portfolios")
    firms = {"many": many(150), "hostile": hostile() + many(12), "none": []}

    @cache
    def made(name: str) -> Path:
        found = write_dataset(folder / name, firms[name], [broken("/x.xlsx", "No workbook.")])
        target = folder / f"{name}.html"
        target.write_text(page(found, "en"), "utf-8")
        return target

    return made


@pytest.fixture
def open_portfolio(browser: Browser, portfolios: Callable[[str], Path]) -> Iterator[Open]:
    """Opens pages of portfolios, and fails where one has asked for anything or complained."""
    with ExitStack() as stack:
        yield lambda name="many", **more: stack.enter_context(
            opened(browser, portfolios(name), **more)
        )


@pytest.mark.parametrize(
    ("name", "options"),
    [("many", {}), ("many", DARK), ("many", PHONE), ("hostile", PHONE), ("none", {})],
)
def test_axe_finds_nothing(open_portfolio: Open, name: str, options: dict[str, Any]) -> None:
    """No rule of WCAG 2.2 at level AA is broken, nor a good practice."""
    assert violations(open_portfolio(name, reduced_motion="reduce", **options)) == []


def test_charts_are_drawn_and_told(open_portfolio: Open) -> None:
    """Each has its marks, and a table that says the same."""
    shown = open_portfolio()
    for kind in ("histogram", "in_bands", "boxes"):
        expect(shown.locator(f"#{kind} svg")).to_be_visible()
        assert shown.locator(f"#{kind} table tbody tr").count() >= 2


def test_a_company_is_found_by_a_part_of_its_name(open_portfolio: Open) -> None:
    """Also one beyond the first hundred; without regard to case."""
    shown = open_portfolio()
    shown.get_by_label("Find a company").fill("firm 12")
    rows = shown.locator("#ranking-table tbody tr")
    expect(rows).to_have_count(10)
    expect(shown.locator("#found")).to_have_text("Companies found: 10")
    names = rows.get_by_role("rowheader").all_inner_texts()
    assert all(name.startswith("Firm 12") for name in names)
    shown.get_by_label("Find a company").fill("")
    expect(rows).to_have_count(100)


def test_benchmarks_follow_the_group(open_portfolio: Open) -> None:
    """Those of the sector and size that are chosen; of groups too small it says so."""
    shown = open_portfolio()
    companies = shown.locator("#benchmarks-table tbody tr td:last-child")
    expect(companies).to_have_text(["150", "150"])
    shown.get_by_label("Sector").select_option("Construction")
    expect(companies).to_have_text(["75", "75"])
    shown.get_by_label("Size").select_option("Large")
    expect(companies).to_have_text(["25", "25"])
    shown.get_by_label("Size").select_option("Medium")
    expect(shown.locator("#groups")).to_have_text("fewer than 5 companies")
    expect(shown.locator("#benchmarks-table")).to_be_hidden()


def test_hostile_names_are_texts(open_portfolio: Open) -> None:
    """They are shown as they were typed, also those that a search brings."""
    shown = open_portfolio("hostile")
    shown.get_by_label("Find a company").fill(HOSTILE[0][:8])
    names = shown.locator("#ranking-table tbody tr").get_by_role("rowheader")
    expect(names).to_have_text([HOSTILE[0]])
    assert shown.locator("main img, main script").count() == 0


def test_everything_is_reached_by_keys(open_portfolio: Open) -> None:
    """Whatever has the focus is marked; tables that scroll are a stop."""
    shown = open_portfolio()
    order: list[str] = []
    while "sector" not in order:
        shown.keyboard.press("Tab")
        name, _tag = shown.evaluate(FOCUSED)
        assert shown.locator(":focus").evaluate(MARKED), f"nobody sees that {name} has the focus"
        order.append(name)
        assert len(order) < 60
    wanted = ["skip", "theme", "print", "find", "scroll"]
    assert [name for name in order if name in wanted][:5] == wanted


def test_nothing_is_wider_than_a_phone(open_portfolio: Open) -> None:
    """Tables scroll in themselves."""
    shown = open_portfolio(**PHONE)
    assert shown.evaluate("document.documentElement.scrollWidth") <= PHONE["viewport"]["width"]


def test_the_light_is_chosen(open_portfolio: Open) -> None:
    """The button says whether it is dark."""
    shown = open_portfolio()
    shown.get_by_role("button", name="Dark").click()
    expect(shown.locator("html")).to_have_attribute("data-theme", "dark")
    expect(shown.get_by_role("button", name="Dark")).to_have_attribute("aria-pressed", "true")
