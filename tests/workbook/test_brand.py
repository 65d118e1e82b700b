"""The company's colour: any colour reads, and nothing of Tablero's blue is left in the workbook."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tablero.workbook_templates import styles
from tablero.workbook_templates.brand import branded, contrast, readable, tint

COLOURS = st.integers(0, 0xFFFFFF).map("#{:06X}".format)


@given(COLOURS)
def test_white_letters_read_on_any_colour(colour: str) -> None:
    """And the colour reads on its own tint, both at 4.5 : 1."""
    made = readable(colour)
    assert contrast(made, styles.WHITE) >= 4.5
    assert contrast(made, tint(made)) >= 4.5
    assert readable(made) == made


def test_a_colour_that_reads_stays_as_it_is() -> None:
    """Whoever chose it well sees exactly it."""
    assert readable("#7a1f3d") == "#7A1F3D"


def test_only_tableros_blue_is_replaced() -> None:
    """Other colours and other properties stay, as does all where a company has no colour."""
    plain = {"bg_color": styles.ACCENT_SOFT, "font_color": styles.INPUT_INK, "bold": True}
    assert branded(plain, None) == plain
    assert branded(plain, "#7A1F3D") == {**plain, "bg_color": tint("#7A1F3D")}
