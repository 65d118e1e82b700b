"""The parts of a macro workbook's package: what they are for, and how some are replaced.

Source: ECMA-376 part 2 (packages, relationships, content types) and part 1, sections 18.2 (the
workbook) and 18.3 (sheets).  Only a few tags are looked at, each by its text, so that every other
byte of a part stays what it was.
"""

from __future__ import annotations

import posixpath
import re
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from pathlib import Path
from typing import IO
from xml.sax.saxutils import quoteattr

from tablero.addin.excel.vba_project import Document

WORKBOOK = "xl/workbook.xml"
RELATIONSHIPS = "xl/_rels/workbook.xml.rels"
CONTENT_TYPES = "[Content_Types].xml"
PROJECT = "xl/vbaProject.bin"

_PROJECT_LINK = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
_PROJECT_TYPE = "application/vnd.ms-office.vbaProject"
_PLAIN_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_MACRO_WORKBOOK = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_ATTRIBUTE = re.compile(r"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
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

    def text(self, name: str) -> str:
        """A part that is a text."""
        return self.parts[name].decode("utf-8-sig")

    @cached_property
    def _links(self) -> Mapping[str, tuple[str, str]]:
        """Last word of the type, and the part, of each thing that the workbook refers to."""
        found = (tag for _, tag in tags(self.text(RELATIONSHIPS), "Relationship"))
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
        for _, one in tags(self.text(WORKBOOK), "sheet"):
            kind, part = self._links.get(one.get("r:id", ""), ("", ""))
            if kind in _SHEETS and part in self.parts:
                yield SheetPart(one.get("name", ""), part, _SHEETS[kind])

    def name_module(self, part: str, tag: str, name: str) -> str:
        """The name of the module that belongs to a part; it is written down where it was not."""
        xml = self.text(part)
        for found, attributes in tags(xml, tag):
            if "codeName" in attributes:
                return attributes["codeName"]
            end = found.end("name")
            named = f"{xml[:end]} codeName={quoteattr(name)}{xml[end:]}"
            self.parts[part] = named.encode()
            return name
        self.parts[part] = _with_first(xml, f"<{tag} codeName={quoteattr(name)}/>").encode()
        return name

    def put_project(self, content: bytes) -> None:
        """Put a VBA project in place of the former one, or where none was."""
        if self.project is None:
            self._announce_project()
        self.parts[self.project_part] = content

    def _announce_project(self) -> None:
        link = f'<Relationship Id="tablero_vba" Type="{_PROJECT_LINK}" Target="/{PROJECT}"/>'
        kind = f'<Override PartName="/{PROJECT}" ContentType="{_PROJECT_TYPE}"/>'
        types = self.text(CONTENT_TYPES).replace(_PLAIN_WORKBOOK, _MACRO_WORKBOOK)
        if f'"/{PROJECT}"' not in types:
            types = types.replace("</Types>", f"{kind}</Types>")
        self.parts[CONTENT_TYPES] = types.encode()
        if self.project_part not in {part for _, part in self._links.values()}:
            links = self.text(RELATIONSHIPS)
            ended = links.replace("</Relationships>", f"{link}</Relationships>")
            self.parts[RELATIONSHIPS] = ended.encode()


def tags(xml: str, name: str) -> Iterator[tuple[re.Match[str], dict[str, str]]]:
    """Each tag of a name, where it stands and what its attributes say.

    >>> [found for _, found in tags('<a><sheet name="R&amp;D"/></a>', "sheet")]
    [{'name': 'R&D'}]
    """
    for found in re.finditer(rf"<(?P<name>{name})(?=[\s/>])[^>]*>", xml):
        pairs = _ATTRIBUTE.findall(found[0])
        yield found, {key: unescape(double or single) for key, double, single in pairs}


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


def _with_first(xml: str, tag: str) -> str:
    """A tag as the first inside the root."""
    root = re.search(r"<[A-Za-z][^>]*>", xml)
    end = root.end() if root else 0
    return f"{xml[:end]}{tag}{xml[end:]}"
