"""Reads the modules of a VBA project that anybody may have made; nothing in them is ever run.

Source: Microsoft, "[MS-OVBA]: Office VBA File Format Structure", sections 2.3.4.2 (dir stream)
and 2.4.1 (compression).
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tablero.addin.excel.compound_reading import UnreadableError, streams
from tablero.addin.excel.vba_compression import offset_bits
from tablero.addin.excel.vba_project import DOCUMENT_CLASSES, Kind, Module

_LARGEST = 2**23
"""More than all sources of a project come to; each of ours is below 100 kB."""
_CHUNK = 4096
_TOKENS_IN_A_GROUP = 8
_IS_COMPRESSED = 0x8000
_LENGTH = 0x0FFF
_ATTRIBUTE = re.compile(r"Attribute .*\n?")
_FALLBACK = "cp1252"

# Kinds of records in the dir stream.
_CODE_PAGE, _VERSION = 0x03, 0x09
_NAME, _STREAM, _WIDE_STREAM, _OFFSET, _STANDARD, _END = 0x19, 0x1A, 0x32, 0x31, 0x21, 0x2B


def modules(project: bytes) -> tuple[Module, ...]:
    r"""The modules of a ``vbaProject.bin``, lines ended by ``\n``.

    Raises
    ------
    UnreadableError
        The project is damaged, or made to do harm.

    Examples
    --------
    >>> from tablero.addin.excel.vba_project import vba_project
    >>> written = Module("Sums", "standard", 'Attribute VB_Name = "Sums"\n')
    >>> modules(vba_project([written])) == (written,)
    True
    """
    found = {name.upper(): content for name, content in streams(project).items()}
    try:
        return tuple(_modules(found))
    except (struct.error, IndexError, KeyError, UnicodeDecodeError) as defect:
        raise UnreadableError(str(defect)) from defect


def code(module: Module) -> str:
    """What a module does: its source without attributes, which an editor never shows."""
    return _ATTRIBUTE.sub("", module.source).strip()


def unpacked(content: bytes, limit: int = _LARGEST) -> bytes:
    """Unpack what VBA packed (2.4.1.3.1), if it is no longer than the limit.

    Examples
    --------
    >>> from tablero.addin.excel.vba_compression import compressed
    >>> unpacked(compressed(b"aaaaaaaaaaaab"))
    b'aaaaaaaaaaaab'
    """
    if content[:1] != b"\x01":
        raise UnreadableError("not packed as VBA does")
    made, place = bytearray(), 1
    while place < len(content):
        (header,) = struct.unpack_from("<H", content, place)
        end = place + (header & _LENGTH) + 3
        chunk = content[place + 2 : end]
        made += _unpacked_chunk(chunk) if header & _IS_COMPRESSED else chunk
        if len(made) > limit:
            raise UnreadableError("larger than any source")
        place = end
    return bytes(made)


@dataclass
class _Described:
    """What the dir stream says of a module."""

    name: str = ""
    stream: str = ""
    offset: int = 0
    is_standard: bool = False


def _modules(found: Mapping[str, bytes]) -> Iterator[Module]:
    directory = unpacked(found["VBA/DIR"])
    code_page = _code_page(directory)
    left = _LARGEST
    for one in _described(directory, code_page):
        packed = found[f"VBA/{one.stream}".upper()]
        content = unpacked(packed[one.offset :], left)
        left -= len(content)
        source = re.sub(r"\r\n|\r", "\n", content.decode(code_page, "replace"))
        yield Module(one.name, _kind(source, is_standard=one.is_standard), source)


def _kind(source: str, *, is_standard: bool) -> Kind:
    if is_standard:
        return "standard"
    base = re.search(r'^Attribute VB_Base = "0\{([-0-9A-F]+)\}', source, re.MULTILINE)
    kinds = {identifier: kind for kind, identifier in DOCUMENT_CLASSES.items()}
    return kinds.get(base[1], "class") if base else "class"


def _described(directory: bytes, code_page: str) -> Iterator[_Described]:
    one = _Described()
    for kind, content in _records(directory):
        if kind == _NAME:
            one = _Described(content.decode(code_page))
        elif kind == _STREAM:
            one.stream = content.decode(code_page)
        elif kind == _WIDE_STREAM:
            one.stream = content.decode("utf-16le")
        elif kind == _OFFSET:
            (one.offset,) = struct.unpack("<I", content)
        elif kind == _STANDARD:
            one.is_standard = True
        elif kind == _END:
            yield one


def _records(directory: bytes) -> Iterator[tuple[int, bytes]]:
    """Each record's kind and content; that of the version alone is longer than it says."""
    place = 0
    while place + 6 <= len(directory):
        kind, size = struct.unpack_from("<HI", directory, place)
        size += 2 if kind == _VERSION else 0
        yield kind, directory[place + 6 : place + 6 + size]
        place += 6 + size


def _code_page(directory: bytes) -> str:
    for kind, content in _records(directory):
        if kind == _CODE_PAGE:
            name = f"cp{struct.unpack('<H', content)[0]}"
            return name if _is_known(name) else _FALLBACK
    return _FALLBACK


def _is_known(code_page: str) -> bool:
    try:
        "".encode(code_page)
    except LookupError:
        return False
    return True


def _unpacked_chunk(chunk: bytes) -> bytes:
    made, place = bytearray(), 0
    while place < len(chunk):
        flags, place = chunk[place], place + 1
        for token in range(_TOKENS_IN_A_GROUP):
            if place >= len(chunk):
                break
            if flags >> token & 1:
                (copy,) = struct.unpack_from("<H", chunk, place)
                _copy(made, copy)
                place += 2
            else:
                made.append(chunk[place])
                place += 1
    return bytes(made)


def _copy(made: bytearray, copy: int) -> None:
    """Repeat what stands further up in the chunk; the copy may reach into itself."""
    shift = 16 - offset_bits(len(made))
    offset, length = (copy >> shift) + 1, (copy & (1 << shift) - 1) + 3
    if offset > len(made) or len(made) + length > _CHUNK:
        raise UnreadableError("a copy of what is not there")
    for _ in range(length):
        made.append(made[-offset])
