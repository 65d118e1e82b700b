"""The parts of a workbook file in which values stand, unpacked within bounds and packed anew.

What a file says of itself can be a lie, and calamine believes it: it makes room for every cell up
to the last one, and unpacks for as long as there is anything. So it is given an archive of the few
parts that are needed, which were unpacked here, and no sheet that names a cell far away.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from html import unescape
from types import MappingProxyType
from typing import NamedTuple
from zipfile import ZipInfo

import numpy as np

from tablero.workbook_templates.portfolio.cutting import (
    DATA,
    Cut,
    cut_sheet,
    cut_styles,
    cuts,
    hides,
    is_needed,
)
from tablero.workbook_templates.unpacking import Packed, entries_of, packed_part, part_of

BOOK = "xl/workbook.xml"
_ROOT = "_rels/.rels"
_OFFICE = b"http://schemas.openxmlformats.org"
_TO_BOOK = (
    b'<Relationships xmlns="%b/package/2006/relationships"><Relationship Id="rId1" '
    b'Type="%b/officeDocument/2006/relationships/officeDocument" Target="%b"/></Relationships>'
) % (_OFFICE, _OFFICE, BOOK.encode())
_LINKS = "xl/_rels/workbook.xml.rels"
_STYLES = "xl/styles.xml"
_SHARED = (BOOK, _LINKS, "xl/sharedStrings.xml", _STYLES)
_NAMES = (b"<definedNames>", b"</definedNames>")
# Most programs write the name first.
_NAME = re.compile(r'<definedName (?:name="([^"]*)")?([^>]*)>([^<]*)</definedName>')
_SHEET, _LINK = re.compile(r"<sheet ([^>]*)>"), re.compile(r"<Relationship ([^>]*)>")
_IS_NAME, _IS_LINK = re.compile(r'\bname="([^"]*)"'), re.compile(r'\br:id="([^"]*)"')
_IS_ID, _IS_TARGET = re.compile(r'\bId="([^"]*)"'), re.compile(r'\bTarget="([^"]*)"')
_ERROR = re.compile(r'<c r="([A-Z]+[0-9]+)"([^>]*)>(?:<f[^>]*>(?:[^<]*</f>)?)?<v>(#[^<]*)</v>')
_LARGEST_KEPT = 2**18
"""Bytes of a part that may be kept because other workbooks may have the same one."""

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_VERSION = 20

_WORD = 8
_CELL_SIGNS = b'<c r="'
_CELL = np.uint64(int.from_bytes(_CELL_SIGNS, "little"))
_CELL_MASK = np.uint64(2 ** (8 * len(_CELL_SIGNS)) - 1)
_LONGEST = 6
_WIDTH = len(_CELL_SIGNS) + 2 * _WORD
_MOST_CELLS = 100_000


class UnusualError(Exception):
    """A file that is written as no spreadsheet program writes it: it needs a closer look."""


@dataclass(frozen=True)
class ValueParts:
    """What a file holds that values are read from."""

    parts: Mapping[str, bytes]
    names: Mapping[str, str]
    """What the defined names, here in lower case, stand for."""
    sheets: Mapping[str, str]
    """The part of each sheet with values, by title."""
    cuts: Mapping[str, Cut]
    """What is read of each sheet that stands as it was built, by title."""

    @classmethod
    def of(cls, content: bytes) -> ValueParts:
        """Unpack what is needed.

        Raises
        ------
        ValueError
            As of `tablero.workbook_templates.unpacking.unpacked`; only parts that are needed
            are looked into.
        UnusualError
            The file may be a good one, but calamine cannot be trusted with it.
        """
        entries = {entry.filename: entry for entry in entries_of(content)}
        if BOOK not in entries:
            raise UnusualError("no workbook")
        shared = {one: _shared_part(content, entries[one]) for one in _SHARED if one in entries}
        book = _book(shared.pop(BOOK), shared.get(_LINKS, b""))
        parts = {_ROOT: _TO_BOOK, **shared, BOOK: book.part}
        for path in book.sheets.values():
            if path not in entries:
                raise UnusualError(path)
            parts[path] = part_of(content, entries[path])
        return cls(parts, book.names, book.sheets, book.cuts)

    def cut(self) -> ValueParts:
        """The same without most of what is not read where sheets stand as they were built."""
        sheets = {
            path: cut_sheet(self.parts[path], self.cuts[title])
            for title, path in self.sheets.items()
            if title in self.cuts
        }
        return replace(self, parts={**self.parts, **sheets})

    @cached_property
    def archive(self) -> bytes:
        """An archive of these parts, not compressed.

        Raises
        ------
        UnusualError
            Calamine cannot be trusted with a sheet.
        """
        for path in self.sheets.values():
            _refuse_unusual(self.parts[path])
        return _packed(self.parts)

    def errors(self, title: str) -> Iterator[tuple[str, str]]:
        """The address of every error of a sheet, and what it says; calamine leaves them out."""
        part = self.parts[self.sheets[title]]
        if b"#" in part:  # which is rare, so that the rest is seldom asked
            for address, about, said in _ERROR.findall(part.decode()):
                if 't="e"' in about:
                    yield address, said


def _shared_part(content: bytes, entry: ZipInfo) -> bytes:
    packed = packed_part(content, entry)
    is_small = max(len(packed.content), packed.size) <= _LARGEST_KEPT
    return _kept_part(packed) if is_small else packed.unpacked()


# Workbooks of one make have the same styles, names and links, and mostly the same texts.
@lru_cache(maxsize=256)
def _kept_part(packed: Packed) -> bytes:
    part = packed.unpacked()
    return cut_styles(part) if packed.name == _STYLES else part


class _Book(NamedTuple):
    """What a workbook's part tells."""

    part: bytes
    """Itself, without the names."""
    names: Mapping[str, str]
    sheets: Mapping[str, str]
    cuts: Mapping[str, Cut]


@lru_cache(maxsize=128)
def _kept_book(book: bytes, links: bytes) -> _Book:
    part, told = _apart(book)
    names = _names(told)
    return _Book(part, names, _sheets(part, links, names), cuts(names))


def _book(book: bytes, links: bytes) -> _Book:
    is_small = len(book) + len(links) <= _LARGEST_KEPT
    return (_kept_book if is_small else _kept_book.__wrapped__)(book, links)


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
    titles = {area.rpartition("!")[0].strip("'").replace("''", "'") for area in areas}
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


def _path(target: str) -> str:
    return target[1:] if target.startswith("/") else f"xl/{target}"


def _apart(book: bytes) -> tuple[bytes, bytes]:
    """The workbook's part without the names, and the names."""
    head, begin, rest = book.partition(_NAMES[0])
    names, end, tail = rest.partition(_NAMES[1])
    return (head + tail, names) if begin and end else (book, book)


def _refuse_unusual(sheet: bytes) -> None:
    """Refuse a sheet of which a cell does not say where it is, or is far away.

    Then calamine makes room for 9,999 rows and 702 columns at the most.
    """
    head, begin, rest = sheet.partition(DATA[0])
    cells, end, tail = rest.partition(DATA[1])
    is_whole = begin and end and b"sheetData>" not in tail
    is_usual = b"\0" not in head and b"<!" not in head  # neither in UTF-16 nor with comments
    if not (is_whole and is_usual and not hides(cells) and _are_near(cells)):
        raise UnusualError("sheet")


def _are_near(cells: bytes) -> bool:
    """Whether every cell begins with an address of up to two letters and four digits."""
    signs = np.frombuffer(cells + bytes(_WIDTH), np.uint8)
    here, is_c = signs[:-1], signs[1:] == ord("c")
    begins = np.flatnonzero((here == ord("<")) & is_c)
    is_prefixed = (here == ord(":")) & is_c
    if begins.size > _MOST_CELLS or is_prefixed.any():
        return False
    # All that stands from one sign on, as one number: eight signs are looked at in one go.
    words = np.ndarray((signs.size - _WORD,), "<u8", signs, strides=(1,))
    is_cell = words[begins] & _CELL_MASK == _CELL
    address = words[begins + len(_CELL_SIGNS)].view(np.uint8).reshape(-1, _WORD)
    is_quote = address[:, : _LONGEST + 1] == ord('"')
    length = is_quote.argmax(axis=1)
    is_short = is_quote.any(axis=1) & (length <= _LONGEST - (address[:, 1] <= ord("9")))
    return bool((is_cell & is_short & (address[:, 2] <= ord("9"))).all())


def _packed(parts: Mapping[str, bytes]) -> bytes:
    """A zip archive of parts that are only stored."""
    written, directory, at = [], [], 0
    for name, part in parts.items():
        path = name.encode()
        told = (_VERSION, 0, 0, 0, 0, zlib.crc32(part), len(part), len(part), len(path), 0)
        entry = _LOCAL.pack(b"PK\x03\x04", *told) + path + part
        directory.append(_CENTRAL.pack(b"PK\x01\x02", _VERSION, *told, 0, 0, 0, 0, at) + path)
        written.append(entry)
        at += len(entry)
    listed, count = b"".join(directory), len(parts)
    end = _END.pack(b"PK\x05\x06", 0, 0, count, count, len(listed), at, 0)
    return b"".join((*written, listed, end))
