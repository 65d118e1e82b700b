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
from zipfile import ZipInfo

import numpy as np

from tablero.workbook_templates.portfolio.book_part import (
    LARGEST_KEPT,
    BookPart,
    UnusualError,
    book_part,
)
from tablero.workbook_templates.portfolio.cutting import (
    DATA,
    Cut,
    cut_sheet,
    cut_styles,
    hides,
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
_STRINGS, _STYLES = "xl/sharedStrings.xml", "xl/styles.xml"
_SHARED = (BOOK, _LINKS, _STRINGS, _STYLES)
_ERROR = re.compile(r'<c r="([A-Z]+[0-9]+)"([^>]*)>(?:<f[^>]*>(?:[^<]*</f>)?)?<v>(#[^<]*)</v>')

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


@dataclass(frozen=True)
class ValueParts:
    """What a file holds that values are read from."""

    parts: Mapping[str, bytes]
    book: BookPart

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
        book = book_part(shared.pop(BOOK), shared.get(_LINKS, b""))
        parts = {_ROOT: _TO_BOOK, **shared, BOOK: book.part}
        for path in book.sheets.values():
            if path not in entries:
                raise UnusualError(path)
            unpack = _shared_part if path in book.steady else part_of
            parts[path] = unpack(content, entries[path])
        return cls(parts, book)

    @property
    def names(self) -> Mapping[str, str]:
        """What the defined names, here in lower case, stand for."""
        return self.book.names

    @property
    def sheets(self) -> Mapping[str, str]:
        """The part of each sheet with values, by title."""
        return self.book.sheets

    def cut(self) -> ValueParts:
        """The same without most of what is not read where sheets stand as they were built."""
        sheets = {
            path: self._cut(path, self.book.cuts[title])
            for title, path in self.sheets.items()
            if title in self.book.cuts
        }
        return replace(self, parts={**self.parts, **sheets})

    def _cut(self, path: str, cut: Cut) -> bytes:
        part = self.parts[path]
        return _kept_cut(part, cut) if self._is_kept(path) else cut_sheet(part, cut)

    def source(self, title: str) -> tuple[bytes, ...] | None:
        """All that a sheet's values come from, if other workbooks may have the same."""
        path = self.sheets[title]
        source = tuple(self.parts.get(one, b"") for one in (path, BOOK, _STRINGS, _STYLES))
        is_kept = path in self.book.steady and sum(map(len, source)) <= LARGEST_KEPT
        return source if is_kept else None

    @cached_property
    def archive(self) -> bytes:
        """An archive of these parts, not compressed.

        Raises
        ------
        UnusualError
            Calamine cannot be trusted with a sheet.
        """
        for path in self.sheets.values():
            part = self.parts[path]
            if not (_kept_verdict(part) if self._is_kept(path) else _is_usual(part)):
                raise UnusualError(path)
        return _packed(self.parts)

    def _is_kept(self, path: str) -> bool:
        """Whether what comes of a sheet is worth keeping for other workbooks."""
        return path in self.book.steady and len(self.parts[path]) <= LARGEST_KEPT

    def errors(self, title: str) -> Iterator[tuple[str, str]]:
        """The address of every error of a sheet, and what it says; calamine leaves them out."""
        part = self.parts[self.sheets[title]]
        if b"#" in part:  # which is rare, so that the rest is seldom asked
            for address, about, said in _ERROR.findall(part.decode()):
                if 't="e"' in about:
                    yield address, said


def _shared_part(content: bytes, entry: ZipInfo) -> bytes:
    packed = packed_part(content, entry)
    is_small = max(len(packed.content), packed.size) <= LARGEST_KEPT
    return _kept_part(packed) if is_small else packed.unpacked()


# Workbooks of one make have the same styles, names and links, and mostly the same texts.
@lru_cache(maxsize=128)
def _kept_part(packed: Packed) -> bytes:
    part = packed.unpacked()
    return cut_styles(part) if packed.name == _STYLES else part


@lru_cache(maxsize=64)
def _kept_cut(part: bytes, cut: Cut) -> bytes:
    return cut_sheet(part, cut)


@lru_cache(maxsize=64)
def _kept_verdict(part: bytes) -> bool:
    return _is_usual(part)


def _is_usual(sheet: bytes) -> bool:
    """Whether every cell of a sheet says where it is, and none is far away.

    Then calamine makes room for 9,999 rows and 702 columns at the most.
    """
    head, begin, rest = sheet.partition(DATA[0])
    cells, end, tail = rest.partition(DATA[1])
    is_whole = begin and end and b"sheetData>" not in tail
    is_plain = b"\0" not in head and b"<!" not in head  # neither in UTF-16 nor with comments
    return bool(is_whole and is_plain and not hides(cells) and _are_near(cells))


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
