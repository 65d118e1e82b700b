"""The parts of a workbook file, unpacked within bounds however the file was built.

What a zip archive says of itself can be a lie: sizes, names, where its entries begin. Every part
is unpacked here to the size that the archive promises and not a byte more, and looked at for what
no workbook holds, before any parser of spreadsheets sees it.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO
from types import MappingProxyType
from typing import NamedTuple
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

# A scorecard unpacks to a few megabytes; a hundred times that is no scorecard but an attack.
LARGEST = 200 * 2**20
_RATIO_LIMIT = 200
_MOST_ENTRIES = 10_000
_MOST_TAGS = {"worksheet": 4_000_000}
_MOST_OTHER_TAGS = 1_000_000
_QUOTES_A_TAG, _QUOTES_IN_TEXTS = 20, 400_000
"""More of them are attributes by the hundred thousand, with which parsers struggle."""

_ENTRY_SIGN, _ENTRY_SIZE = b"PK\x01\x02", 46
_LOCAL = struct.Struct("<26xHH")
_LOCAL_SIGN = b"PK\x03\x04"
_IS_ENCRYPTED = 0x1
_ELSEWHERE = re.compile(r"(?:^|[/\\])\.\.(?:[/\\]|$)|^[/\\]|\\|^[A-Za-z]:")
_ELSEWHERE_SIGNS = re.compile(r"\.\.|\\|:|^/", re.MULTILINE)
"""What stands in any name that leads elsewhere, looked for in all of them at once."""
_HEAD = 4096
_USUAL = re.compile(
    rb'<\?xml version="1\.0" encoding="(?i:utf-8)"(?: standalone="yes")?\?>\s*<([a-zA-Z]+)[\s>]'
)
"""How nearly all parts begin: with no document type, and a name without a prefix."""


class DamagedArchiveError(ValueError):
    """An archive that is not whole, or contradicts itself."""


class SuspiciousError(ValueError):
    """A file built as an attack is, and as no program builds workbooks."""


class TooLargeError(ValueError):
    """An archive that holds more than any scorecard does; ``size`` is what it says, in bytes."""

    def __init__(self, size: int) -> None:
        self.size = size
        super().__init__(f"{size} bytes")


class CrowdedPartError(ValueError):
    """XML with more elements, or attributes, than any part of a scorecard has."""


@dataclass(frozen=True)
class Unpacked:
    """The entries of an archive in their order, and what each of them holds."""

    entries: tuple[ZipInfo, ...]
    parts: Mapping[str, bytes]


def unpacked(content: bytes) -> Unpacked:
    """Unpack an archive.

    Raises
    ------
    DamagedArchiveError, SuspiciousError, TooLargeError, CrowdedPartError
        It cannot be unpacked, must not be, or would be larger than any scorecard.

    Examples
    --------
    >>> file = BytesIO()
    >>> with ZipFile(file, "w") as archive:
    ...     archive.writestr("xl/workbook.xml", "<workbook/>")
    >>> unpacked(file.getvalue()).parts["xl/workbook.xml"]
    b'<workbook/>'
    """
    entries = entries_of(content)
    parts = {entry.filename: part_of(content, entry) for entry in entries}
    return Unpacked(entries, MappingProxyType(parts))


def entries_of(content: bytes) -> tuple[ZipInfo, ...]:
    """The entries of an archive in their order, none of them unpacked.

    Raises
    ------
    DamagedArchiveError, SuspiciousError, TooLargeError
        The archive cannot be unpacked, must not be, or would be larger than any scorecard.
    """
    if len(content) > LARGEST:
        raise TooLargeError(len(content))
    has_room = len(content) > _MOST_ENTRIES * _ENTRY_SIZE
    if has_room and content.count(_ENTRY_SIGN) > _MOST_ENTRIES:
        raise SuspiciousError("too many entries")
    try:
        with ZipFile(BytesIO(content)) as archive:
            entries = tuple(archive.infolist())
    # A directory can be damaged in more ways than zipfile names.
    except (BadZipFile, EOFError, NotImplementedError, OSError, struct.error, ValueError) as defect:
        raise DamagedArchiveError(str(defect)) from defect
    _refuse_names(entries)
    _refuse_sizes(entries)
    _refuse_overlaps(content, entries)
    return entries


def part_of(content: bytes, entry: ZipInfo) -> bytes:
    """One part of an archive, unpacked to the size that was promised.

    Raises
    ------
    DamagedArchiveError, SuspiciousError, CrowdedPartError
        It cannot be unpacked, or holds what no workbook holds.
    """
    return packed_part(content, entry).unpacked()


class Packed(NamedTuple):
    """A part as it stands in the archive, and what the directory says of it."""

    content: bytes
    name: str
    size: int
    crc: int
    kind: int
    flags: int

    def unpacked(self) -> bytes:
        """What the part holds, as of :func:`part_of`."""
        part = _part(self)
        _refuse_markup(part)
        return part


def packed_part(content: bytes, entry: ZipInfo) -> Packed:
    """A part of an archive, not yet unpacked.

    Raises
    ------
    DamagedArchiveError
        It is not where the directory says.
    """
    start = _start(content, entry)
    packed = content[start : start + entry.compress_size]
    if len(packed) < entry.compress_size:
        raise DamagedArchiveError(entry.filename)
    told = (entry.filename, entry.file_size, entry.CRC, entry.compress_type, entry.flag_bits)
    return Packed(packed, *told)


def _refuse_names(entries: Iterable[ZipInfo]) -> None:
    """Refuse what would lead outside of a folder, and two parts of one name."""
    names = [entry.filename for entry in entries]
    if _ELSEWHERE_SIGNS.search("\n".join(names)) and any(map(_ELSEWHERE.search, names)):
        raise SuspiciousError("a part that leads elsewhere")
    if len({name.lower() for name in names}) < len(names):
        raise SuspiciousError("two parts of one name")


def _refuse_sizes(entries: Iterable[ZipInfo]) -> None:
    entries = list(entries)
    size = sum(one.file_size for one in entries)
    packed = sum(one.compress_size for one in entries)
    if size > LARGEST or (size > LARGEST // 10 and size > _RATIO_LIMIT * packed):
        raise TooLargeError(size)


def _refuse_overlaps(content: bytes, entries: Iterable[ZipInfo]) -> None:
    """Refuse entries that share a byte of the archive."""
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end:
            raise SuspiciousError("entries that overlap")
        end = _start(content, entry) + entry.compress_size


def _start(content: bytes, entry: ZipInfo) -> int:
    """Where the packed bytes of an entry begin: after its local header."""
    at = entry.header_offset
    if not 0 <= at <= len(content) - _LOCAL.size or not content.startswith(_LOCAL_SIGN, at):
        raise DamagedArchiveError(f"no entry at {at}")
    name, extra = _LOCAL.unpack_from(content, at)
    return int(at + _LOCAL.size + name + extra)


def _part(packed: Packed) -> bytes:
    if packed.flags & _IS_ENCRYPTED:
        raise DamagedArchiveError(packed.name)
    match packed.kind:
        case kind if kind == ZIP_STORED:
            part = packed.content
        case kind if kind == ZIP_DEFLATED:
            part = _inflated(packed)
        case _:
            raise DamagedArchiveError(f"compressed in another way: {packed.name}")
    if len(part) != packed.size or zlib.crc32(part) != packed.crc:
        raise DamagedArchiveError(packed.name)
    return part


def _inflated(packed: Packed) -> bytes:
    """Unpack to the size that was promised; one byte more tells of a lie, or of damage."""
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        part = unpacker.decompress(packed.content, packed.size + 1)
    except zlib.error as defect:
        raise DamagedArchiveError(packed.name) from defect
    return part


def _refuse_markup(part: bytes) -> None:
    """Refuse XML with a document type, or with more elements than a workbook has."""
    if not part[:_HEAD].lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").startswith(b"<"):
        return
    usual = _USUAL.match(part)
    root = usual[1].decode() if usual else _Prolog(part).root
    if len(part) <= _QUOTES_IN_TEXTS:
        return  # too short to be crowded
    tags, quotes = part.count(b"<"), part.count(b'"') + part.count(b"'")
    is_crowded = quotes > _QUOTES_A_TAG * tags + _QUOTES_IN_TEXTS
    if is_crowded or tags > _MOST_TAGS.get(root, _MOST_OTHER_TAGS):
        raise CrowdedPartError("too many elements")


class _RootFound(Exception):  # noqa: N818 - it ends the parsing where enough is known
    """The first element begins here."""


class _Prolog:
    """What stands before the first element of an XML part, in whatever encoding."""

    def __init__(self, part: bytes) -> None:
        self.root = ""
        parser = expat.ParserCreate(None, " ")
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = self._element
        try:
            parser.Parse(part[:_HEAD], False)  # noqa: FBT003 - more may follow
            parser.Parse(part[_HEAD:], True)  # noqa: FBT003 - all of it
        except SuspiciousError:
            raise
        except _RootFound:
            pass
        except (expat.ExpatError, ValueError, LookupError):
            pass  # Damage is told by whoever needs the part.

    def _doctype(self, *_: object) -> None:
        raise SuspiciousError("a document type")

    def _element(self, name: str, _: object) -> None:
        self.root = name.rpartition(" ")[2]
        raise _RootFound
