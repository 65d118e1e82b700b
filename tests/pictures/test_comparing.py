"""The comparison overlooks how another machine draws letters, and nothing that people would see."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from tests.pictures.accepting import accept, complaint, forget
from tests.pictures.comparing import difference, small

TEMPLATE = """
<style>
  * {{ box-sizing: border-box; {letters} }}
  body {{ margin: 16px; font: 13px Carlito, sans-serif; color: #1f2933; background: {paper} }}
  .tiles {{ display: flex; gap: 8px }}
  .tile {{ flex: 1; padding: 6px; border: 1px solid #d9dfe5 }}
  .tile b {{ background: {tint}; color: {ink}; padding: 1px 6px }}
</style>
<h1>Ferretería Los Andes</h1>
<div class=tiles>
  <div class=tile>Financial<br><b>● 84.2% Good</b></div>
  <div class=tile>Customers<br><b style="background:#fbe9c6;color:#7a4b00">◆ 71.0% Poor</b></div>
  <div class=tile>Processes<br><b style="background:#d5efe6;color:#0b5d4b">▲ 103.9%</b></div>
</div>
<p>Achievement by month, % of goal, Jan–Jun 2026. The goal is the thin line; coverage 100%.</p>
<svg width=600 height=160>{chart}<path d="M0 20H600" stroke="#1f2933"/></svg>
<table><tr><td>Net margin<td>9.6 %<td>10 %</tr><tr><td>Cash cover<td>61 days<td>60</tr></table>
"""
BARS = "".join(
    f'<rect x="{40 * n}" y="{160 - 9 * n}" width="24" height="{9 * n}" fill="{{bar}}"/>'
    for n in range(1, 13)
)
USUAL = {
    "letters": "", "paper": "#fff", "tint": "#dce8f6", "ink": "#1a4f8b",
    "chart": BARS.format(bar="#1f4e79"),
}  # fmt: skip
OTHER_MACHINES = {
    "a fraction of a pixel aside": "transform-origin: 0 0; translate: .06px .06px;",
    "other spacing of letters": "text-rendering: geometricPrecision;",
    "lighter letters": "-webkit-text-stroke: 0.15px rgb(255 255 255 / 40%);",
    "bolder letters": "-webkit-text-stroke: 0.15px currentcolor;",
}
CHANGES = {
    "the chart is gone": {"chart": ""},
    "the bars have another colour": {"chart": BARS.format(bar="#616e7c")},
    "a bar is missing": {"chart": BARS.format(bar="#1f4e79").rpartition("<rect")[0]},
    "a tile has another band's tint": {"tint": "#fbe9c6", "ink": "#7a4b00"},
    "the page is dark": {"paper": "#12181f"},
}

Draw = Callable[..., Image.Image]


@pytest.fixture(scope="module")
def draw(browser: Browser) -> Iterator[Draw]:
    """Draws the example with some of its parts otherwise."""
    page = browser.new_page(viewport={"width": 640, "height": 420})
    yield lambda **parts: _drawn(page, **parts)
    page.close()


def _drawn(page: Page, **parts: str) -> Image.Image:
    page.set_content(TEMPLATE.format(**{**USUAL, **parts}))
    return Image.open(BytesIO(page.screenshot())).convert("RGB")


@pytest.mark.parametrize("letters", OTHER_MACHINES.values(), ids=OTHER_MACHINES)
def test_letters_drawn_a_little_otherwise_make_no_difference(draw: Draw, letters: str) -> None:
    """Fonts are drawn otherwise on other machines, by less than people see."""
    found = difference(small(draw()), draw(letters=letters))
    assert not found.counts, f"{found.share:.2%}"


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_people_would_see_is_a_difference(draw: Draw, change: dict[str, str]) -> None:
    """A chart that vanished, a bar, or the colour of one tile is told."""
    assert difference(small(draw()), draw(**change)).counts


def test_another_size_is_a_difference(draw: Draw) -> None:
    """A picture that is longer is another one, however alike its beginning is."""
    picture = draw()
    longer = Image.new("RGB", (picture.width, picture.height + 40), "white")
    longer.paste(picture)
    assert difference(picture, longer).share == 1


def test_fewer_colours_make_a_small_file_that_looks_the_same(draw: Draw) -> None:
    """What is stored has a palette, and no pixel that the comparison would see."""
    picture = draw()
    stored = small(picture)
    assert stored.mode == "P"
    assert difference(picture, stored).share == 0


def test_a_picture_of_too_many_colours_is_kept_as_it_is() -> None:
    """A photograph would lose by a palette."""
    ramp = Image.merge("RGB", [Image.linear_gradient("L").rotate(90 * n) for n in (0, 1, 2)])
    assert small(ramp).mode == "RGB"


def test_a_difference_is_shown_beside_what_was_accepted(draw: Draw, tmp_path: Path) -> None:
    """The message says where to look, and there are both pictures with the differences in red."""
    accepted, differing = tmp_path / "accepted", tmp_path / "differing"
    assert accept("example", draw(), accepted)
    assert complaint("example", draw(), accepted, differing) == ""
    words = complaint("example", draw(chart=""), accepted, differing)
    place = differing / "example.png"
    assert str(place) in words
    assert "python -m tests.pictures accept" in words
    with Image.open(place) as sheet:
        assert sheet.width > 3 * 640
        assert (214, 0, 0) in {colour for _, colour in sheet.getcolors(1 << 20) or ()}
    assert complaint("example", draw(), accepted, differing) == ""
    assert not place.exists()


def test_a_picture_that_was_never_accepted_is_told(draw: Draw, tmp_path: Path) -> None:
    """It is left where it can be looked at."""
    words = complaint("example", draw(), tmp_path / "accepted", tmp_path / "differing")
    assert words.startswith("No picture “example” was accepted.")
    assert (tmp_path / "differing" / "example.png").exists()


def test_only_pictures_that_changed_are_written_anew(draw: Draw, tmp_path: Path) -> None:
    """Accepting what is as it was leaves the file alone; pictures no longer drawn go."""
    assert accept("example", draw(), tmp_path)
    before = (tmp_path / "example.png").read_bytes()
    assert not accept("example", draw(letters=OTHER_MACHINES["bolder letters"]), tmp_path)
    assert (tmp_path / "example.png").read_bytes() == before
    assert accept("example", draw(chart=""), tmp_path)
    assert forget(["other"], tmp_path) == ["example"]
    assert not list(tmp_path.iterdir())
