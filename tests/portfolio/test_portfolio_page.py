"""The page of a portfolio: what it tells, and that it is one file that asks for nothing."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

import pytest

from tablero.workbook_templates.portfolio import page_data
from tablero.workbook_templates.portfolio.page import page
from tablero.workbook_templates.texts import LANGUAGES, text
from tests.portfolio.datasets import broken, many, write_dataset


class _Parts(NamedTuple):
    tags: list[str]
    addresses: list[str]
    words: list[str]


class _Reader(HTMLParser):
    """The elements of a page, where they lead, and its words."""

    def __init__(self) -> None:
        super().__init__()
        self.parts = _Parts([], [], [])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.parts.tags.append(tag)
        leading = ("src", "href", "action")
        self.parts.addresses.extend(value or "" for name, value in attrs if name in leading)

    def handle_data(self, data: str) -> None:
        self.parts.words.append(data)


def parts(source: str) -> _Parts:
    """What a page is made of."""
    reader = _Reader()
    reader.feed(source)
    return reader.parts


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data set of 150 companies."""
    folder = tmp_path_factory.mktemp("portfolio")
    return write_dataset(folder, many(150), [broken("/x.xlsx", "It is no workbook.")])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_tells_in_the_language_of_its_reader(small: Path, language: str) -> None:
    """Every part has its title, and the first hundred of the ranking are there."""
    source = page(small, language)
    assert f'<html lang="{language}">' in source
    for part in ("ranking", "kpis", "benchmarks", "owed", "problems", "method"):
        assert f'id="{part}-head">{text(f"summary.sheet.{part}", language)}<' in source
    ranking = source.partition('id="ranking-table"')[2].partition("</table>")[0]
    assert ranking.count("<tr>") == 1 + 100


def test_the_page_asks_nobody_for_anything(small: Path) -> None:
    """It leads to places of its own only, and its policy allows nothing else."""
    source = page(small, "en")
    assert all(one.startswith(("#", "data:")) for one in parts(source).addresses)
    assert re.search(r"default-src 'none'", source.replace("&#39;", "'"))


def test_an_empty_portfolio_has_a_page(tmp_path: Path) -> None:
    """Parts of which nothing is known are left out."""
    source = page(tmp_path, "pt")
    assert 'id="ranking"' not in source
    assert 'id="method"' in source


def test_the_same_data_set_makes_the_same_page(small: Path) -> None:
    """To the last sign."""
    assert page(small, "es") == page(small, "es")


def test_where_the_search_covers_fewer_than_all_the_page_says_so(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others stand in the summary workbook."""
    searched = text("portfolio.page.searched", "en", searched="120")
    assert searched not in page(small, "en")
    monkeypatch.setattr(page_data, "MOST_COMPANIES", 120)
    source = page(small, "en")
    assert searched in source
    told = source.partition('id="data">')[2].partition("</script>")[0]
    assert len(json.loads(told)["companies"]["rows"]) == 120


def test_ten_thousand_companies_stay_below_three_megabytes(tmp_path: Path) -> None:
    """All of them can be looked for."""
    source = page(write_dataset(tmp_path, many(10_000)), "en")
    assert len(source.encode()) < 3_000_000
    assert "Firm 9999" in source
