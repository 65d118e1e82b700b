"""The file of files in which VBA projects stand: a compound file of MS-CFB, version 3.

Source: Microsoft, "[MS-CFB]: Compound File Binary File Format", sections 2.2 (header), 2.3 (FAT),
2.4 (mini FAT) and 2.6 (directory).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

Tree: TypeAlias = Mapping[str, "bytes | Tree"]
"""Streams (bytes) and storages (trees in turn) by name."""

_SECTOR = 512
_MINI_SECTOR = 64
_SMALLEST_IN_SECTORS = 4096
_IN_A_FAT_SECTOR = _SECTOR // 4
_FAT_IN_HEADER = 109

_FREE, _END, _FAT_SECTOR, _NOBODY = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
_UNUSED, _STORAGE, _STREAM, _ROOT = 0, 1, 2, 5
_RED, _BLACK = 0, 1
_SIGNATURE = bytes.fromhex("D0CF11E0A1B11AE1")


@dataclass(frozen=True)
class _Entry:
    """A line of the directory: a stream or storage and its neighbours in the tree of names."""

    name: str
    kind: int
    content: bytes = b""
    left: int = _NOBODY
    right: int = _NOBODY
    child: int = _NOBODY
    colour: int = _BLACK
    start: int = 0
    size: int = 0

    def packed(self) -> bytes:
        """The 128 bytes of a directory entry (2.6.1), without dates and class."""
        name = self.name.encode("utf-16le") + b"\0\0" if self.kind != _UNUSED else b""
        return (
            name.ljust(64, b"\0")
            + struct.pack("<HBB", len(name), self.kind, self.colour)
            + struct.pack("<III", self.left, self.right, self.child)
            + bytes(16 + 4 + 8 + 8)
            + struct.pack("<IQ", self.start, self.size)
        )


@dataclass
class _Sectors:
    """Sectors one after another, and for each the next one of its chain."""

    size: int
    content: bytearray = field(default_factory=bytearray)
    chains: list[int] = field(default_factory=list)

    def add(self, content: bytes) -> int:
        """Append a stream; answers where it starts."""
        start = len(self.chains)
        count = -(-len(content) // self.size)
        if not count:
            return _END
        self.chains += [*range(start + 1, start + count), _END]
        self.content += content.ljust(count * self.size, b"\0")
        return start


def compound_file(tree: Tree) -> bytes:
    """Write streams and storages as one compound file.

    Parameters
    ----------
    tree : mapping
        Name to bytes (a stream) or to a mapping in turn (a storage).

    Returns
    -------
    bytes
        The file; up to some 6.8 MB, which needs no sectors for the table of the table.

    Examples
    --------
    >>> compound_file({"PROJECT": b"Name", "VBA": {"dir": b""}})[:8].hex()
    'd0cf11e0a1b11ae1'
    """
    sectors, small = _Sectors(_SECTOR), _Sectors(_MINI_SECTOR)
    entries = [_placed(entry, sectors, small) for entry in _directory(tree)]
    small_start = sectors.add(bytes(small.content))
    entries[0] = replace(entries[0], start=small_start, size=len(small.content))
    table = _padded(small.chains)
    table_start = sectors.add(_numbers(table))
    directory_start = sectors.add(b"".join(entry.packed() for entry in _filled(entries)))
    fat = _fat(sectors.chains)
    header = _header(
        fat_start=len(sectors.chains),
        fat_sectors=len(fat) // _IN_A_FAT_SECTOR,
        directory=directory_start,
        mini=(table_start, len(table) // _IN_A_FAT_SECTOR),
    )
    return header + bytes(sectors.content) + _numbers(fat)


def _directory(tree: Tree) -> list[_Entry]:
    """Every entry, the root first; an entry knows its neighbours by their place in this list."""
    entries = [_Entry("Root Entry", _ROOT)]
    entries[0] = replace(entries[0], child=_add(tree, entries))
    return entries


def _add(tree: Tree, entries: list[_Entry]) -> int:
    """Append a storage's members; answers which of them is the root of their tree."""
    places = []
    for name in sorted(tree, key=_rank):
        content, place = tree[name], len(entries)
        places.append(place)
        if isinstance(content, bytes):
            entries.append(_Entry(name, _STREAM, content))
        else:
            entries.append(_Entry(name, _STORAGE))
            entries[place] = replace(entries[place], child=_add(content, entries))
    lowest = len(places).bit_length() - 1
    return _linked(places, entries, level=0, lowest=lowest)


def _rank(name: str) -> tuple[int, str]:
    """The order of names (2.6.4): shorter ones first, then by capitals."""
    return len(name), name.upper()


def _linked(places: Sequence[int], entries: list[_Entry], *, level: int, lowest: int) -> int:
    """Make a balanced tree of sorted entries: black, but for a lowest level that is not full."""
    if not places:
        return _NOBODY
    middle = len(places) // 2
    place = places[middle]
    entries[place] = replace(
        entries[place],
        left=_linked(places[:middle], entries, level=level + 1, lowest=lowest),
        right=_linked(places[middle + 1 :], entries, level=level + 1, lowest=lowest),
        colour=_RED if level == lowest and level > 0 else _BLACK,
    )
    return place


def _placed(entry: _Entry, sectors: _Sectors, small: _Sectors) -> _Entry:
    """The entry with its stream put away: in sectors, or in small ones if it is short."""
    if entry.kind != _STREAM:
        return entry
    home = sectors if len(entry.content) >= _SMALLEST_IN_SECTORS else small
    return replace(entry, start=home.add(entry.content), size=len(entry.content))


def _filled(entries: Sequence[_Entry]) -> Iterator[_Entry]:
    """Entries up to a whole sector, four in each."""
    yield from entries
    yield from [_Entry("", _UNUSED, colour=_RED)] * (-len(entries) % 4)


def _fat(chains: Sequence[int]) -> list[int]:
    """The chains of all sectors, the table's own among them."""
    own = 1
    while len(chains) + own > own * _IN_A_FAT_SECTOR:
        own += 1
    if own > _FAT_IN_HEADER:
        raise ValueError("a VBA project of this size needs a larger kind of compound file")
    return _padded([*chains, *[_FAT_SECTOR] * own])


def _padded(numbers: Sequence[int]) -> list[int]:
    return [*numbers, *[_FREE] * (-len(numbers) % _IN_A_FAT_SECTOR)]


def _numbers(numbers: Sequence[int]) -> bytes:
    return struct.pack(f"<{len(numbers)}I", *numbers)


def _header(*, fat_start: int, fat_sectors: int, directory: int, mini: tuple[int, int]) -> bytes:
    """The first 512 bytes (2.2): version 3.62, little-endian, sectors of 2^9 and 2^6 bytes."""
    fat = [fat_start + sector for sector in range(fat_sectors)]
    fat += [_FREE] * (_FAT_IN_HEADER - fat_sectors)
    return (
        _SIGNATURE
        + bytes(16)
        + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
        + bytes(6)
        + struct.pack("<IIIII", 0, fat_sectors, directory, 0, _SMALLEST_IN_SECTORS)
        + struct.pack("<IIII", *mini, _END, 0)
        + _numbers(fat)
    )
