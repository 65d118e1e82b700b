"""Reads the streams of a compound file (MS-CFB) that anybody may have made.

Source: Microsoft, "[MS-CFB]: Compound File Binary File Format", sections 2.2 to 2.6.  Chains that
run in circles, lead out of the file or hold more than the file does are refused.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

_SIGNATURE = bytes.fromhex("D0CF11E0A1B11AE1")
_LARGEST_FILE = 16 * 2**20
_MOST_ENTRIES = 10_000
_HEADER = 512
_SHIFTS = (9, 12)
_MINI_SHIFT = 6
_SMALLEST_IN_SECTORS = 4096
_ENTRY = 128
_LAST_SECTOR = 0xFFFFFFFA
_STORAGE, _STREAM, _ROOT = 1, 2, 5


class UnreadableError(ValueError):
    """What should be a VBA project is damaged, or made to do harm."""


def streams(content: bytes) -> Mapping[str, bytes]:
    """Every stream of a compound file by its path, such as ``VBA/dir``.

    Raises
    ------
    UnreadableError
        The file is none, is damaged, or is larger than any VBA project of ours.

    Examples
    --------
    >>> from tablero.addin.excel.compound_file import compound_file
    >>> streams(compound_file({"PROJECT": b"Name", "VBA": {"dir": b"x"}}))
    {'PROJECT': b'Name', 'VBA/dir': b'x'}
    """
    if len(content) > _LARGEST_FILE or not content.startswith(_SIGNATURE):
        raise UnreadableError("no compound file, or one of an absurd size")
    try:
        return dict(sorted(_File(content).streams()))
    except (struct.error, IndexError, UnicodeDecodeError) as defect:
        raise UnreadableError(str(defect)) from defect


@dataclass(frozen=True)
class _Entry:
    """A line of the directory."""

    name: str
    kind: int
    left: int
    right: int
    child: int
    start: int
    size: int


class _File:
    """A compound file whose tables are at hand."""

    def __init__(self, content: bytes) -> None:
        (shift,) = struct.unpack_from("<H", content, 0x1E)
        if shift not in _SHIFTS:
            raise UnreadableError("sectors of an unknown size")
        self._content = content
        self._size = 1 << shift
        self._count = (len(content) - 1) // self._size
        fat_count, directory = struct.unpack_from("<II", content, 0x2C)
        mini, _, more = struct.unpack_from("<III", content, 0x3C)
        self._fat = self._table(self._fat_sectors(fat_count, more))
        self._entries = [*self._directory(directory)]
        self._mini_fat = self._table(self._chain(mini, self._fat))
        root = self._entries[0]
        if root.kind != _ROOT:
            raise UnreadableError("no root")
        self._mini = self._joined(self._chain(root.start, self._fat))
        declared = sum(one.size for one in self._entries if one.kind == _STREAM)
        if declared > len(content):  # several streams in the same sectors
            raise UnreadableError("more content than the file holds")

    def streams(self) -> Iterator[tuple[str, bytes]]:
        """Path and content of each stream, along the trees of names."""
        waiting, seen = [(self._entries[0].child, "")], set[int]()
        while waiting:
            place, above = waiting.pop()
            if place > _LAST_SECTOR:
                continue
            if place in seen:
                raise UnreadableError("names that run in circles")
            seen.add(place)
            entry = self._entries[place]
            waiting += [(entry.left, above), (entry.right, above)]
            if entry.kind == _STORAGE:
                waiting.append((entry.child, f"{above}{entry.name}/"))
            elif entry.kind == _STREAM:
                yield f"{above}{entry.name}", self._stream(entry)

    def _stream(self, entry: _Entry) -> bytes:
        if entry.size >= _SMALLEST_IN_SECTORS:
            content = self._joined(self._chain(entry.start, self._fat, entry.size))
        elif entry.size:
            content = self._small(self._chain(entry.start, self._mini_fat, entry.size))
        else:
            content = b""
        if len(content) < entry.size:
            raise UnreadableError("a stream that ends too early")
        return content[: entry.size]

    def _small(self, sectors: Sequence[int]) -> bytes:
        starts = (place << _MINI_SHIFT for place in sectors)
        return b"".join(self._mini[start : start + (1 << _MINI_SHIFT)] for start in starts)

    def _fat_sectors(self, count: int, more: int) -> list[int]:
        """The sectors of the table: the first in the header, others in a chain of their own."""
        if count > self._count:
            raise UnreadableError("more table than file")
        found = list(struct.unpack_from("<109I", self._content, 0x4C))
        links = self._size // 4 - 1
        for _ in range(self._count):
            if more >= _LAST_SECTOR or len(found) >= count:
                break
            *sectors, more = struct.unpack(f"<{links + 1}I", self._sector(more))
            found += sectors
        return found[:count]

    def _table(self, sectors: Sequence[int]) -> Sequence[int]:
        content = self._joined(sectors)
        return struct.unpack(f"<{len(content) // 4}I", content)

    def _directory(self, start: int) -> Iterator[_Entry]:
        content = self._joined(self._chain(start, self._fat))
        if len(content) // _ENTRY > _MOST_ENTRIES:
            raise UnreadableError("more names than any project has")
        for place in range(0, len(content), _ENTRY):
            yield _entry(content[place : place + _ENTRY])

    def _chain(self, start: int, table: Sequence[int], size: int | None = None) -> list[int]:
        """The sectors from one on, to the end or until they can hold a size."""
        sector = self._size if table is self._fat else 1 << _MINI_SHIFT
        most = len(table) if size is None else -(-size // sector)
        chain: list[int] = []
        while start < _LAST_SECTOR and (size is None or len(chain) < most):
            chain.append(start)
            if len(chain) > most:
                raise UnreadableError("a chain that runs in circles")
            start = table[start]
        return chain

    def _joined(self, sectors: Sequence[int]) -> bytes:
        return b"".join(map(self._sector, sectors))

    def _sector(self, place: int) -> bytes:
        """A sector; the last one of a file may have been cut short by who wrote it."""
        if place >= self._count:
            raise UnreadableError("a chain that leads out of the file")
        start = (place + 1) * self._size
        return self._content[start : start + self._size].ljust(self._size, b"\0")


def _entry(line: bytes) -> _Entry:
    length, kind = struct.unpack_from("<HB", line, 64)
    left, right, child = struct.unpack_from("<III", line, 68)
    start, size = struct.unpack_from("<II", line, 116)
    name = line[: max(min(length, 64) - 2, 0)].decode("utf-16le")
    return _Entry(name, kind, left, right, child, start, size)
