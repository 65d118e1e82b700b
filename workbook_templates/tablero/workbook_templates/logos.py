"""The company's logo in a workbook: where it stands, and whether a report can show it."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from pathlib import Path

from xlsxwriter.exceptions import XlsxWriterException
from xlsxwriter.image import Image

from tablero.workbook_templates.editing.package import Package, linked
from tablero.workbook_templates.finding import Names
from tablero.workbook_templates.opening import opened_workbook

LARGEST = 5_000_000
"""Bytes; a logo is a picture that people wait for on every page."""
_MOST_POINTS = 25_000_000
"""A picture of a few kilobytes may unpack to gigabytes."""

# What browsers and Typst both show begins like this.
_PNG = b"\x89PNG\r\n\x1a\n"
_KINDS = (_PNG, b"\xff\xd8\xff", b"GIF87a", b"GIF89a")
_CHUNK = struct.Struct(">I4s")
_HEADER = struct.Struct(">IIBB")
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""Of a PNG, by its kind of colour."""


def logo_of(path: Path, package: Package) -> bytes | None:
    """The first picture on the sheet Home, where the logo stands, whatever the sheet is called.

    Parameters
    ----------
    path
        The workbook.
    package
        The same workbook's parts.
    """
    part = package.sheets.get(_home(path), "")
    for drawing in linked(package, part, "drawing") if part else ():
        for picture in linked(package, drawing, "image"):
            return package.parts[picture]
    return None


def _home(path: Path) -> str:
    """What people call the sheet Home by now."""
    with opened_workbook(path) as book:
        block = Names(book).block("home_kind")
    return block.sheet.title if block else ""


def can_be_shown(picture: bytes) -> bool:
    """Whether bytes are a picture that pages and papers show: PNG, JPEG or GIF, of a sane size.

    >>> can_be_shown(b"<svg/>")
    False
    """
    if len(picture) > LARGEST or not picture.startswith(_KINDS):
        return False
    width, height = _size(picture)
    if not 0 < width * height <= _MOST_POINTS:
        return False
    return not picture.startswith(_PNG) or _is_whole(picture)


def _size(picture: bytes) -> tuple[float, float]:
    """Width and height in points; nothing where the picture does not say."""
    try:
        image = Image(BytesIO(picture))
    except (XlsxWriterException, struct.error, IndexError, ValueError):
        return 0, 0
    return image.width, image.height


def _is_whole(picture: bytes) -> bool:
    """Whether a PNG has the points that its header promises, and is not damaged."""
    packed: list[bytes] = []
    place = len(_PNG)
    while place + _CHUNK.size <= len(picture):
        length, kind = _CHUNK.unpack_from(picture, place)
        begin, end = place + _CHUNK.size, place + _CHUNK.size + length
        content, check = picture[begin:end], picture[end : end + 4]
        if check != zlib.crc32(kind + content).to_bytes(4):
            return False
        if kind == b"IDAT":
            packed.append(content)
        elif kind == b"IEND":
            return _has_points(picture, b"".join(packed))
        place = end + 4
    return False


def _has_points(picture: bytes, packed: bytes) -> bool:
    """Whether packed rows unpack to as much as the header says, interlaced or not."""
    width, height, bits, colour = _HEADER.unpack_from(picture, len(_PNG) + _CHUNK.size)
    row = (width * bits * _CHANNELS.get(colour, 4) + 7) // 8 + 1
    unpacker = zlib.decompressobj()
    try:
        points = unpacker.decompress(packed, 2 * row * height)
    except zlib.error:
        return False
    return bool(points) and unpacker.eof
