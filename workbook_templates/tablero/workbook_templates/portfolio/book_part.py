"""What the part of a workbook tells that lists its sheets and names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from html import unescape
from types import MappingProxyType
from typing import NamedTuple

from tablero.workbook_templates.portfolio.cutting import Cut, cuts, is_needed

LARGEST_KEPT = 2**18
"""Bytes of a part that may be kept because other workbooks may have the same one."""
_NAMES = (b"<definedNames>", b"</definedNames>")
# Most programs write the name first.
_NAME = re.compile(r'<definedName (?:name="([^"]*)")?([^>]*)>([^<]*)</definedName>')
_SHEET, _LINK = re.compile(r"<sheet ([^>]*)>"), re.compile(r"<Relationship ([^>]*)>")
_IS_NAME, _IS_LINK = re.compile(r'\bname="([^"]*)"'), re.compile(r'\br:id="([^"]*)"')
_IS_ID, _IS_TARGET = re.compile(r'\bId="([^"]*)"'), re.compile(r'\bTarget="([^"]*)"')
_STEADY = ("tablero_", "home_", "okrs_")
"""How the names begin that lead to sheets into which people seldom type."""


class UnusualError(Exception):
    """A file that is written as no spreadsheet program writes it: it needs a closer look."""


class BookPart(NamedTuple):
    """What a workbook's part tells."""

    part: bytes
    """Itself, without the names."""
    names: Mapping[str, str]
    """What the defined names, here in lower case, stand for."""
    sheets: Mapping[str, str]
    """The part of each sheet with values, by title."""
    steady: frozenset[str]
    """Those of them into which people seldom type."""
    cuts: Mapping[str, Cut]
    """What is read of each sheet that stands as it was built, by title."""


@lru_cache(maxsize=32)
def _kept(book: bytes, links: bytes) -> BookPart:
    part, told = _apart(book)
    names, cut = (_kept_names if len(told) <= LARGEST_KEPT else _read_names)(told)
    sheets = _sheets(part, links, names)
    titles = {_title(area) for name, area in names.items() if name.startswith(_STEADY)}
    steady = frozenset(path for title, path in sheets.items() if title in titles)
    return BookPart(part, names, sheets, steady, cut)


def book_part(book: bytes, links: bytes) -> BookPart:
    """What a workbook's part tells, with the part that says where the sheets are.

    Raises
    ------
    UnusualError
        They are written as no spreadsheet program writes them.
    """
    is_small = len(book) + len(links) <= LARGEST_KEPT
    return (_kept if is_small else _kept.__wrapped__)(book, links)


def _read_names(told: bytes) -> tuple[Mapping[str, str], Mapping[str, Cut]]:
    """The names, and what is read of the sheets to which they lead."""
    names = _names(told)
    return names, cuts(names)


# A program that saves a workbook anew tells the same names in another part.
_kept_names = lru_cache(maxsize=32)(_read_names)


def _names(told: bytes) -> Mapping[str, str]:
    """The defined names that a part of the workbook tells."""
    text = told.decode()
    found = _NAME.findall(text)
    if len(found) != text.count("<definedName "):
        raise UnusualError("names")
    return MappingProxyType(
        {
            _meant(begun or _said(_IS_NAME, about)).lower(): _meant(area)
            for begun, about, area in found
            if "localSheetId=" not in about
        }
    )


def _meant(said: str) -> str:
    """What XML says, without the signs with which it writes some letters."""
    return unescape(said) if "&" in said else said


def _said(what: re.Pattern[str], about: str) -> str:
    """What an attribute says."""
    found = what.search(about)
    if found is None:
        raise UnusualError(what.pattern)
    return _meant(found[1])


def _sheets(book: bytes, links: bytes, names: Mapping[str, str]) -> Mapping[str, str]:
    """By title, the parts of the sheets to which the names lead."""
    areas = {area for name, area in names.items() if is_needed(name)}
    titles = set(map(_title, areas))
    wanted = {
        _said(_IS_LINK, about): title
        for about in _SHEET.findall(book.decode())
        if (title := _said(_IS_NAME, about)) in titles
    }
    return {
        wanted[link]: _path(_said(_IS_TARGET, about))
        for about in _LINK.findall(links.decode())
        if (link := _said(_IS_ID, about)) in wanted
    }


def _title(area: str) -> str:
    return area.rpartition("!")[0].strip("'").replace("''", "'")


def _path(target: str) -> str:
    return target[1:] if target.startswith("/") else f"xl/{target}"


def _apart(book: bytes) -> tuple[bytes, bytes]:
    """The workbook's part without the names, and the names."""
    head, begin, rest = book.partition(_NAMES[0])
    names, end, tail = rest.partition(_NAMES[1])
    return (head + tail, names) if begin and end else (book, book)
