"""Numbers and places as a part's XML writes them; what is none tells that the part is damaged."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.utils.cell import column_index_from_string, range_boundaries

from tablero.workbook_templates.editing.elements import MarkupError

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_MOST_STRINGS = 10_000_000
_SHOWN = 40

Area = tuple[int, int, int, int]
"""Left, top, right and bottom edge."""


def column_of(reference: str) -> int:
    """The column of a cell, from its coordinate."""
    letters = reference.rstrip("0123456789")
    try:
        # Without a row the text is no cell, and nor is the row without a column.
        return column_index_from_string(letters if letters != reference else "")
    except ValueError:
        raise MarkupError(f"no cell: {reference[:_SHOWN]}") from None


def area_of(reference: str) -> Area:
    """The edges of an area of cells: left, top, right, bottom."""
    try:
        left, top, right, bottom = range_boundaries(reference)
    except (TypeError, ValueError):
        raise MarkupError(f"no area: {reference[:_SHOWN]}") from None
    return left or 1, top or 1, right or LAST_COLUMN, bottom or LAST_ROW


def whole_number(text: str, most: int) -> int:
    """A whole number up to ``most``."""
    if not text.isascii() or not text.isdigit() or len(text) > len(str(most)) or int(text) > most:
        raise MarkupError(f"no number: {text[:_SHOWN]}")
    return int(text)


def nth_text(strings: Sequence[str], text: str) -> str:
    """The text of a number among others."""
    number = whole_number(text, _MOST_STRINGS)
    if number >= len(strings):
        raise MarkupError(f"no text {number}")
    return strings[number]
