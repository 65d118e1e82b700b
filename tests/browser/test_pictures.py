"""Page, paper and charts look as they were accepted; a change that is meant is accepted anew."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.pictures.accepting import ACCEPTED, complaint
from tests.pictures.drawings import DRAWINGS, Studio, page_drawing

MOST_BYTES = 1_500_000
CHANGES = {
    "a chart is gone": "document.querySelector('figure.chart svg').remove()",
    "the badges have another colour": """document.querySelectorAll('.badge[data-tone]').forEach(
        badge => { badge.dataset.tone = '0' })""",
    "the accent is another one": """document.documentElement.style.setProperty(
        '--accent', '#0B5D4B')""",
}


@pytest.fixture(scope="module")
def place(browser: Browser, shared: Path) -> Studio:
    """Where the pictures are drawn."""
    return Studio(browser, shared)


@pytest.mark.parametrize("name", DRAWINGS)
def test_it_looks_as_it_was_accepted(place: Studio, name: str) -> None:
    """Where it does not, the message says where the two stand side by side."""
    assert complaint(name, DRAWINGS[name](place)) == ""


@pytest.mark.parametrize("script", CHANGES.values(), ids=CHANGES)
def test_what_goes_wrong_in_a_page_is_seen(place: Studio, script: str, tmp_path: Path) -> None:
    """A chart that is gone, or colours that are others, are not taken for another machine's."""
    drawn = page_drawing("cano", script=script)(place)
    assert "differs" in complaint("page-light", drawn, differing=tmp_path)


def test_the_accepted_pictures_are_those_that_are_drawn() -> None:
    """None is left over, and together they weigh little."""
    files = list(ACCEPTED.glob("*.png"))
    assert {file.stem for file in files} == set(DRAWINGS)
    assert sum(file.stat().st_size for file in files) < MOST_BYTES
