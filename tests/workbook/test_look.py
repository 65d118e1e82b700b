"""The look: every text can be read, every band is told by word, sign and colour, heads fit."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from functools import cache

import pytest

from tablero.workbook_templates import styles
from tablero.workbook_templates.board import Board
from tablero.workbook_templates.library import load_template
from tablero.workbook_templates.sheets.page import Bar, Cell, Choice, Formula, Numbers, Page, Tint
from tablero.workbook_templates.texts import LANGUAGES
from tablero.workbook_templates.workbook import make_board, make_pages
from tests.workbook.companies import every_kind

ENOUGH = 4.5
# Width of a bold letter of 10 points against that of a digit of 11 points, by which columns are
# measured; and the height of a line.
LETTER = 1.0
LINE = 13.0
NARROWEST = 1.5


@cache
def board(language: str) -> Board:
    return make_board(load_template("cano"), language=language)


@cache
def pages(language: str) -> list[Page]:
    return [page for page in make_pages(board(language)) if page.visible]


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [int(colour.lstrip("#")[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(ink: str, paper: str) -> float:
    """Contrast ratio as WCAG 2 defines it."""
    light, dark = sorted((luminance(ink), luminance(paper)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_black_on_white_is_the_greatest_contrast() -> None:
    """The measure itself is right at its ends."""
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#777777") == pytest.approx(1)


@pytest.mark.parametrize("bands", [2, 3, 4, 5, 7])
def test_every_band_can_be_read_and_told_apart_without_colour(bands: int) -> None:
    """Ink on paper at 4.5 to 1 or better; up to four bands have a sign of their own."""
    tones = [styles.band_tone(position, bands) for position in range(bands)]
    assert all(contrast(tone.ink, tone.paper) >= ENOUGH for tone in tones)
    assert tones[0].symbol == "▼"
    assert tones[-1].symbol == "▲"
    if bands <= 4:
        assert len({tone.symbol for tone in tones}) == bands


@pytest.mark.parametrize("tone", range(4))
def test_a_band_can_be_read_on_any_row_of_the_scorecard(tone: int) -> None:
    """The ink of a band stands on its own paper, never on the row's."""
    properties = styles.properties(f"strategy tone{tone}of4")
    assert contrast(properties["font_color"], properties["bg_color"]) >= ENOUGH


def test_every_cell_can_be_read() -> None:
    """Each style that any cell has: its ink on its own paper, or on white."""
    used = {cell.style for page in pages("en") for cell in page.cells if cell.content is not None}
    assert len(used) > 30
    for style in used:
        properties = styles.properties(style)
        paper = properties.get("bg_color", styles.WHITE)
        assert contrast(properties["font_color"], paper) >= ENOUGH, style


@pytest.mark.parametrize("role", ["alarm", "warning", "well"])
def test_alarms_can_be_read(role: str) -> None:
    """What conditional formats change can be read as well."""
    look = styles.role(role)
    assert contrast(look["font_color"], look.get("bg_color", styles.WHITE)) >= ENOUGH


def test_bands_are_told_by_word_and_sign_wherever_they_are_coloured() -> None:
    """Each coloured area holds the assessment in words, or shows the sign before the number."""
    for page in pages("en"):
        for rule in page.rules:
            if isinstance(rule, Tint):
                columns = rule.area.last_column - rule.area.first_column
                assert rule.signed or columns >= 1, page.key


def test_bars_never_replace_the_number() -> None:
    """A column of bars stands beside the column that has the achievement in figures."""
    for page in pages("en"):
        for rule in page.rules:
            if isinstance(rule, Bar):
                kept = [
                    cell
                    for cell in page.cells
                    if cell.row == rule.area.first_row and cell.column < rule.area.first_column
                ]
                assert any("percent" in cell.style for cell in kept), page.key


@pytest.mark.parametrize("language", LANGUAGES)
def test_heads_fit_their_columns(language: str) -> None:
    """No word is broken, and all lines of a head are as high as its row, in both languages."""
    for page in pages(language):
        for cell in heads(page):
            width = column_width(page, cell.column)
            lines = wrapped(str(cell.content), width)
            place = (page.key, cell.row, cell.content, width)
            assert max(map(len, lines), default=0) * LETTER <= width + NARROWEST, place
            assert len(lines) * LINE <= page.heights.get(cell.row, 17) + 8, place


def heads(page: Page) -> Iterator[Cell]:
    for cell in page.cells:
        if "header" in cell.style.split() and isinstance(cell.content, str):
            yield cell


def wrapped(text: str, width: float) -> list[str]:
    return textwrap.wrap(text, max(int(width), 1), break_long_words=False, break_on_hyphens=False)


def column_width(page: Page, column: int) -> float:
    """The width of a column in characters; columns that none is set for have eight and a half."""
    for width in page.widths:
        if width.first <= column <= width.last:
            return width.characters
    return 8.43


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_fit_their_columns(language: str) -> None:
    """Names of inputs, KPIs, perspectives and units of the shipped companies show whole."""
    for name in ("cano", "blank-sme"):
        for page in make_pages(make_board(load_template(name), language=language)):
            for cell in page.cells:
                if page.visible and cell.column == 0 and "kpi" in cell.style.split():
                    text = str(
                        cell.content.result if isinstance(cell.content, Formula) else cell.content
                    )
                    room = column_width(page, 0) - (3 if "indent" in cell.style else 0)
                    longest = max(map(len, text.splitlines()), default=0)
                    assert longest * 0.95 <= room + NARROWEST, (name, page.key, text, room)


@pytest.mark.parametrize("language", LANGUAGES)
def test_messages_of_validations_fit_into_their_windows(language: str) -> None:
    """Titles of 32 and messages of 255 characters are all that Excel shows."""
    for page in pages(language):
        for rule in page.rules:
            if isinstance(rule, Numbers | Choice):
                assert len(rule.title) <= 32
                assert max(len(rule.prompt), len(rule.error)) <= 255


def test_typed_figures_of_seven_digits_show_whole() -> None:
    """9,999,999 fits into a month; a column too narrow for its number shows ######## instead."""
    page = next(page for page in make_pages(make_board(every_kind())) if page.key == "inputs")
    typed = [cell for cell in page.cells if "input" in cell.style.split()]
    digits, commas = 7, 2 * 0.5
    assert min(column_width(page, cell.column) for cell in typed) >= digits + commas
