"""A workbook file as the package of parts that it is: read whole, written with the same parts."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import IO, NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from tablero.workbook_templates.editing.elements import Element, elements
from tablero.workbook_templates.editing.sheet import SheetPart, meant
from tablero.workbook_templates.unpacking import unpacked

WORKBOOK = "xl/workbook.xml"
_STRINGS = "xl/sharedStrings.xml"


class Link(NamedTuple):
    """What a part refers to: by which word, as what, and where that stands."""

    id: str
    kind: str
    part: str


@dataclass(frozen=True)
class Package:
    """The parts of a workbook in their order, each with its entry in the archive."""

    entries: tuple[ZipInfo, ...]
    parts: Mapping[str, bytes]

    @classmethod
    def read(cls, source: Path | bytes) -> Package:
        """Read a file; what it is has been looked at before (see :mod:`..opening`)."""
        found = unpacked(source if isinstance(source, bytes) else source.read_bytes())
        return cls(found.entries, found.parts)

    def with_parts(self, changed: Mapping[str, bytes]) -> Package:
        """The same package with other bytes in some of its parts, and new ones at its end."""
        added = tuple(_new(name) for name in changed if name not in self.parts)
        parts = MappingProxyType({**self.parts, **changed})
        return replace(self, entries=(*self.entries, *added), parts=parts)

    def write(self, file: Path | IO[bytes], *, compression: int | None = None) -> None:
        """Write every part where it was, with its name, date and way of compressing.

        With another ``compression`` it is for now only, and not for anybody's eyes.
        """
        with ZipFile(file, "w") as archive:
            for entry in self.entries:
                archive.writestr(_fresh(entry), self.parts[entry.filename], compression)

    def to_bytes(self) -> bytes:
        """The file's content."""
        buffer = BytesIO()
        self.write(buffer)
        return buffer.getvalue()

    def sheet(self, title: str) -> SheetPart:
        """The worksheet of a title."""
        return SheetPart(self.parts[self.sheets[title]], self.strings)

    @cached_property
    def strings(self) -> Sequence[str]:
        """The texts that cells of all sheets share, by number."""
        found = elements(self.parts.get(_STRINGS, b"<none/>"), ["si", "t", "rPh"])
        return [
            meant("".join(text.text for text in string.children if text.name == "t"))
            for string in found
        ]

    def links(self, part: str) -> Iterator[Link]:
        """What a part refers to inside the package, whether it is there or not."""
        folder, name = posixpath.split(part)
        content = self.parts.get(f"{folder}/_rels/{name}.rels", b"<none/>")
        for one in elements(content, ["Relationship"]):
            kind = posixpath.basename(one.attributes.get("Type", ""))
            target = _resolved(one.attributes.get("Target", ""), folder)
            yield Link(one.attributes.get("Id", ""), kind, target)

    @cached_property
    def sheets(self) -> Mapping[str, str]:
        """The part of each worksheet by the sheet's title."""
        targets = {link.id: link.part for link in self.links(WORKBOOK)}
        found = elements(self.parts[WORKBOOK], ["sheet"])
        parts = {_title(one): targets.get(one.attributes.get("id", ""), "") for one in found}
        return {title: part for title, part in parts.items() if part in self.parts}


def linked(package: Package, part: str, kind: str) -> list[str]:
    """The parts of a kind, such as ``comments``, that a part refers to."""
    links = (one for one in package.links(part) if one.kind == kind)
    return [one.part for one in links if one.part in package.parts]


def _title(sheet: Element) -> str:
    return sheet.attributes.get("name", "")


def _resolved(target: str, folder: str) -> str:
    """A relationship's target as the name of a part; one that leads outside names none."""
    path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
    return posixpath.normpath(path)


def _new(name: str) -> ZipInfo:
    """The entry of a part that was not there, without a date, as the project writes files."""
    entry = ZipInfo(name)
    entry.compress_type = ZIP_DEFLATED
    return entry


def _fresh(entry: ZipInfo) -> ZipInfo:
    """An entry without the sizes and places of the old file."""
    fresh = ZipInfo(entry.filename, entry.date_time)
    fresh.compress_type = ZIP_STORED if entry.compress_type == ZIP_STORED else ZIP_DEFLATED
    fresh.external_attr, fresh.create_system = entry.external_attr, entry.create_system
    return fresh
