"""The notes that people pinned to cells of a workbook, read from its package."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from openpyxl.utils.cell import coordinate_to_tuple

from tablero.workbook_templates.editing.elements import elements
from tablero.workbook_templates.editing.package import Package, linked
from tablero.workbook_templates.editing.sheet import meant
from tablero.workbook_templates.grid import Place

_THREADED = "[Threaded comment]"
_ITS_TEXT = "Comment:"


class Pinned(NamedTuple):
    """A note as it stands in a file."""

    sheet: str
    place: Place
    text: str
    author: str


def pinned(package: Package) -> Iterator[Pinned]:
    """Every note of a workbook, sheet by sheet."""
    for title, part in package.sheets.items():
        for target in linked(package, part, "comments"):
            yield from _notes(title, package.parts[target])


def _notes(title: str, part: bytes) -> Iterator[Pinned]:
    found = elements(part, ["author", "comment", "t"])
    authors = [one.text for one in found if one.name == "author"]
    for comment in found:
        if comment.name != "comment":
            continue
        text = meant("".join(one.text for one in comment.children))
        number = int(comment.attributes.get("authorId", "0"))
        author = authors[number] if number < len(authors) else ""
        place = coordinate_to_tuple(comment.attributes.get("ref", "A1"))
        yield Pinned(title, place, _spoken(text), author)


def _spoken(text: str) -> str:
    """What was said: Excel wraps newer comments into advice for readers of older versions."""
    if not text.startswith(_THREADED) or _ITS_TEXT not in text:
        return text.strip()
    return text.partition(_ITS_TEXT)[2].strip()
