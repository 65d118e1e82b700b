"""The widths of a worksheet's columns, given to those that have none of their own yet."""

from __future__ import annotations

from collections.abc import Mapping

from tablero.workbook_templates.editing.coordinates import LAST_COLUMN, whole_number
from tablero.workbook_templates.editing.elements import Element, MarkupError, elements, spliced


def with_widths(data: bytes, widths: Mapping[int, float]) -> bytes:
    """A worksheet part with these widths, in characters, by the number of the column.

    Columns that somebody gave a width keep it, and every other byte stays.

    Examples
    --------
    >>> with_widths(b"<s><cols><col min='1' max='2'/></cols><sheetData/></s>", {2: 5}).decode()
    "<s><cols><col min='1' max='2'/></cols><sheetData/></s>"
    >>> with_widths(b"<s><sheetData/></s>", {4: 7}).decode()
    '<s><cols><col min="4" max="4" width="7" customWidth="1"/></cols><sheetData/></s>'
    """
    found = {one.name: one for one in elements(data, ["cols", "col", "sheetData"])}
    body, room = found.get("sheetData"), found.get("cols")
    if body is None:
        raise MarkupError("a worksheet without cells")
    present = [(_bounds(one), one.start) for one in room.children] if room else []
    prefix = body.tag(data).removesuffix("sheetData")
    made = {
        number: f'<{prefix}col min="{number}" max="{number}" width="{width:g}" customWidth="1"/>'
        for number, width in sorted(widths.items())
        if not any(first <= number <= last for (first, last), _ in present)
    }
    if made and not present:
        return _with_all(data, room, body, f"<{prefix}cols>{''.join(made.values())}</{prefix}cols>")
    changes = []
    for number, column in made.items():
        later = (start for (first, _), start in present if first > number)
        at = min(later, default=room.inner_end if room else 0)
        changes.append((at, at, column.encode()))
    return spliced(data, changes)


def _with_all(data: bytes, room: Element | None, body: Element, columns: str) -> bytes:
    """The part with its first columns; they stand right before the cells."""
    start, end = (room.start, room.end) if room else (body.start, body.start)
    return spliced(data, [(start, end, columns.encode())])


def _bounds(column: Element) -> tuple[int, int]:
    first, last = (column.attributes.get(one, "1") for one in ("min", "max"))
    return whole_number(first, LAST_COLUMN), whole_number(last, LAST_COLUMN)
