"""The parts of a macro workbook's package: what they are for, and how some are replaced.

Source: ECMA-376 part 2 (packages, relationships, content types) and part 1, sections 18.2 (the
workbook) and 18.3 (sheets).  Of a part that changes, every other byte stays what it was.
"""

from __future__ import annotations

import posixpath
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import IO
from xml.sax.saxutils import quoteattr

from tablero.addin.excel.vba_project import Document
from tablero.workbook_templates.editing.elements import elements, spliced

WORKBOOK = "xl/workbook.xml"
RELATIONSHIPS = "xl/_rels/workbook.xml.rels"
CONTENT_TYPES = "[Content_Types].xml"
PROJECT = "xl/vbaProject.bin"

_LINK = (
    'Relationship Id="tablero_vba" Target="vbaProject.bin"'
    ' Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject"'
)
_KIND = f'Override PartName="/{PROJECT}" ContentType="application/vnd.ms-office.vbaProject"'
_PLAIN_WORKBOOK = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_MACRO_WORKBOOK = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_ROOTS = ("workbook", "worksheet", "chartsheet")
_BEFORE_PROPERTIES = ("fileVersion", "fileSharing")
_SHEETS: Mapping[str, Document] = {"worksheet": "sheet", "chartsheet": "chart"}


@dataclass(frozen=True)
class SheetPart:
    """A sheet: its title, its part, and what its module in VBA is."""

    title: str
    part: str
    kind: Document


class Package:
    """The parts of a workbook by name."""

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        self.parts = dict(parts)

    @classmethod
    def read(cls, path: Path) -> Package:
        """All parts of a file that `opened_workbook` has found sound."""
        with zipfile.ZipFile(path) as package:
            return cls({name: package.read(name) for name in package.namelist()})

    @cached_property
    def _links(self) -> Mapping[str, tuple[str, str]]:
        """Last word of the type, and the part, of each thing that the workbook refers to."""
        found = (one.attributes for one in elements(self.parts[RELATIONSHIPS], ["Relationship"]))
        return {
            one.get("Id", ""): (
                posixpath.basename(one.get("Type", "")),
                posixpath.normpath(posixpath.join("/xl", one.get("Target", ""))).lstrip("/"),
            )
            for one in found
        }

    @property
    def project(self) -> bytes | None:
        """The VBA project, if there is one."""
        return self.parts.get(self.project_part)

    @cached_property
    def project_part(self) -> str:
        """Where the VBA project stands, or would stand."""
        parts = (part for kind, part in self._links.values() if kind == "vbaProject")
        return next(parts, PROJECT)

    def sheets(self) -> Iterator[SheetPart]:
        """Every sheet with a module, in the order of their tabs."""
        for one in elements(self.parts[WORKBOOK], ["sheet"]):
            kind, part = self._links.get(one.attributes.get("id", ""), ("", ""))
            if kind in _SHEETS and part in self.parts:
                yield SheetPart(one.attributes.get("name", ""), part, _SHEETS[kind])

    def name_module(self, part: str, tag: str, name: str) -> str:
        """The name of the module that belongs to a part; it is written down where it was not."""
        xml = self.parts[part]
        named = f" codeName={quoteattr(name)}"
        for found in elements(xml, [tag]):
            if "codeName" in found.attributes:
                return found.attributes["codeName"]
            place = found.start + len(f"<{found.tag(xml)}")
            self.parts[part] = spliced(xml, [(place, place, named.encode())])
            return name
        (root,) = elements(xml, [*_ROOTS, *_BEFORE_PROPERTIES])
        prefix = root.tag(xml).removesuffix(root.name)
        place = max((one.end for one in root.children), default=root.inner)
        self.parts[part] = spliced(xml, [(place, place, f"<{prefix}{tag}{named}/>".encode())])
        return name

    def put_project(self, content: bytes) -> None:
        """Put a VBA project in place of the former one, or where none was."""
        if self.project is None:
            self._announce_project()
        self.parts[self.project_part] = content

    def _announce_project(self) -> None:
        """Say in the package that it has macros."""
        types = self.parts[CONTENT_TYPES].replace(_PLAIN_WORKBOOK, _MACRO_WORKBOOK)
        known = {one.attributes.get("PartName") for one in elements(types, ["Override"])}
        is_known = f"/{self.project_part}" in known
        self.parts[CONTENT_TYPES] = types if is_known else _with_last(types, "Types", _KIND)
        if self.project_part not in {part for _, part in self._links.values()}:
            links = self.parts[RELATIONSHIPS]
            self.parts[RELATIONSHIPS] = _with_last(links, "Relationships", _LINK)


def rewrite(source: Path | IO[bytes], path: Path, parts: Mapping[str, bytes]) -> None:
    """Write a package anew at a path: some parts changed or added, the others as they were.

    The new file is written beside the old one and takes its place when it is complete.
    """
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.stem}-") as folder:
        beside = Path(folder) / path.name
        with zipfile.ZipFile(source) as package, zipfile.ZipFile(beside, "w") as made:
            entries = {entry.filename: entry for entry in package.infolist()}
            for name, entry in entries.items():
                made.writestr(entry, parts.get(name, package.read(entry)))
            for name in parts.keys() - entries.keys():
                made.writestr(name, parts[name], zipfile.ZIP_DEFLATED)
        beside.replace(path)


def _with_last(xml: bytes, root: str, content: str) -> bytes:
    """An element as the last inside the root, in the root's namespace."""
    (found,) = elements(xml, [root])
    prefix = found.tag(xml).removesuffix(root)
    place = found.inner_end
    return spliced(xml, [(place, place, f"<{prefix}{content}/>".encode())])
