"""The page as a document: what stands in it, and what can never come into it."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from html.parser import HTMLParser

import pytest

from tablero.workbook_templates.definition import Definition
from tablero.workbook_templates.reports.page import page
from tablero.workbook_templates.reports.report import Report
from tablero.workbook_templates.scoring import score
from tablero.workbook_templates.texts import LANGUAGES
from tests.workbook.companies import ODD_NAMES, cano, odd

in_each_language = pytest.mark.parametrize("language", LANGUAGES)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(8)


def report_of(definition: Definition, language: str = "en", logo: bytes | None = None) -> Report:
    scores = score(definition)
    year = scores.calendar.period("year", 12)
    return Report(scores=scores, language=language, period=year, logo=logo)


@cache
def page_of_cano(language: str = "en") -> str:
    return page(report_of(cano(), language))


class Document(HTMLParser):
    """The elements of a page with their attributes, and the text of each kind."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: dict[str, list[str]] = {}
        self._open: list[str] = [""]
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - as the parser calls it
        self._open.append("")

    def handle_data(self, data: str) -> None:
        self.texts.setdefault(self._open[-1], []).append(data)

    @property
    def tags(self) -> list[str]:
        """Every element but the lines of names in the map, of which long names have more."""
        return [tag for tag, _ in self.elements if tag != "text"]

    def all(self, tag: str) -> list[dict[str, str]]:
        return [found for name, found in self.elements if name == tag]


def known(document: Document) -> dict[str, object]:
    """What the script knows."""
    kept = [text for text in document.texts["script"] if text.startswith('{"')]
    found: dict[str, object] = json.loads(kept[0])
    return found


@in_each_language
def test_the_page_says_its_language_and_whose_it_is(language: str) -> None:
    """Screen readers need the first, people the second."""
    document = Document(page_of_cano(language))
    assert document.all("html") == [{"lang": language}]
    assert "Stone aggregates" in document.texts["title"][0] or language != "en"
    assert len(document.all("h1")) == 1


def test_only_the_pages_own_scripts_and_styles_may_run() -> None:
    """The policy names each by its digest, and there are no others."""
    document = Document(page_of_cano())
    policy = next(one["content"] for one in document.all("meta") if "http-equiv" in one)
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    scripts = re.findall(r"<script>(.*?)</script>", page_of_cano(), re.DOTALL)
    styles = re.findall(r"<style>(.*?)</style>", page_of_cano(), re.DOTALL)
    for source in (*scripts, *styles):
        assert f"'sha256-{b64encode(sha256(source.encode()).digest()).decode()}'" in policy
    assert len(document.all("script")) == len(scripts) + 1


def test_nothing_is_asked_of_anybody() -> None:
    """Every address in the page is a place in the page or holds what it names."""
    document = Document(page_of_cano())
    addresses = [
        value
        for _, found in document.elements
        for name, value in found.items()
        if name in {"href", "src", "action", "srcset", "data"}
    ]
    assert addresses
    assert all(one.startswith(("#", "data:")) for one in addresses)
    assert "style" not in {name for _, found in document.elements for name in found}


@pytest.mark.parametrize("name", ODD_NAMES)
def test_no_name_becomes_markup(name: str) -> None:
    """Whatever people call things, the page has the same elements."""
    plain, strange = (Document(page(report_of(odd(one)))) for one in ("plain", name))
    assert plain.tags == strange.tags
    assert name.strip() in "".join(strange.texts["h1"])


def test_scripts_find_every_node_in_every_period() -> None:
    """So that nothing has to be computed in a browser."""
    found = known(Document(page_of_cano()))
    report = report_of(cano())
    assert len(found["nodes"]) == len(report.nodes)  # type: ignore[arg-type]
    assert {len(rows) for rows in found["rows"]} == {len(report.nodes)}  # type: ignore[attr-defined]
    assert len(found["periods"]) == len(report.scores.periods)  # type: ignore[arg-type]


def test_a_logo_stands_in_the_page_and_what_is_no_picture_does_not() -> None:
    """Browsers show PNG, JPEG and GIF."""
    with_logo = Document(page(report_of(cano(), logo=PNG))).all("img")
    assert [one["src"][:22] for one in with_logo] == ["data:image/png;base64,"]
    assert all(one["alt"] for one in with_logo)
    assert Document(page(report_of(cano(), logo=b"MZ\x90"))).all("img") == []
