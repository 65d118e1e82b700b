"""The parts of a macro workbook: its VBA project, and the module that belongs to each sheet.

Source: ECMA-376 part 2 (packages, relationships, content types) and part 1, sections 18.2 (the
workbook) and 18.3 (sheets).  Of a part that changes, every other byte stays what it was.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import quoteattr

from tablero.addin.excel.vba_project import Document
from tablero.workbook_templates.editing.elements import elements, spliced
from tablero.workbook_templates.editing.package import WORKBOOK, Package

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
class ModuleSheet:
    """A sheet: its title, its part, and what its module in VBA is."""

    title: str
    part: str
    kind: Document


class MacroPackage:
    """A package whose parts, as far as macros need it, are replaced one after the other."""

    def __init__(self, package: Package) -> None:
        self.package = package

    @property
    def parts(self) -> Mapping[str, bytes]:
        """What the parts hold now."""
        return self.package.parts

    def put(self, part: str, content: bytes) -> None:
        """Put other bytes into a part, or add it."""
        self.package = self.package.with_parts({part: content})

    @property
    def project(self) -> bytes | None:
        """The VBA project, if there is one."""
        return self.parts.get(self.project_part)

    @property
    def project_part(self) -> str:
        """Where the VBA project stands, or would stand."""
        links = self.package.links(WORKBOOK)
        return next((link.part for link in links if link.kind == "vbaProject"), PROJECT)

    def sheets(self) -> Iterator[ModuleSheet]:
        """Every sheet with a module, in the order of their tabs."""
        kinds = {link.part: link.kind for link in self.package.links(WORKBOOK)}
        for title, part in self.package.sheets.items():
            if kinds[part] in _SHEETS:
                yield ModuleSheet(title, part, _SHEETS[kinds[part]])

    def name_module(self, part: str, tag: str, name: str) -> str:
        """The name of the module that belongs to a part; it is written down where it was not."""
        xml = self.parts[part]
        named = f" codeName={quoteattr(name)}"
        for found in elements(xml, [tag]):
            if "codeName" in found.attributes:
                return found.attributes["codeName"]
            place = found.start + len(f"<{found.tag(xml)}")
            self.put(part, spliced(xml, [(place, place, named.encode())]))
            return name
        (root,) = elements(xml, [*_ROOTS, *_BEFORE_PROPERTIES])
        prefix = root.tag(xml).removesuffix(root.name)
        place = max((one.end for one in root.children), default=root.inner)
        self.put(part, spliced(xml, [(place, place, f"<{prefix}{tag}{named}/>".encode())]))
        return name

    def put_project(self, content: bytes) -> None:
        """Put a VBA project in place of the former one, or where none was."""
        if self.project is None:
            self._announce_project()
        self.put(self.project_part, content)

    def _announce_project(self) -> None:
        """Say in the package that it has macros."""
        types = self.parts[CONTENT_TYPES].replace(_PLAIN_WORKBOOK, _MACRO_WORKBOOK)
        known = {one.attributes.get("PartName") for one in elements(types, ["Override"])}
        is_known = f"/{self.project_part}" in known
        self.put(CONTENT_TYPES, types if is_known else _with_last(types, "Types", _KIND))
        if all(link.part != self.project_part for link in self.package.links(WORKBOOK)):
            links = self.parts[RELATIONSHIPS]
            self.put(RELATIONSHIPS, _with_last(links, "Relationships", _LINK))


def rewrite(source: Path | bytes, path: Path, parts: Mapping[str, bytes]) -> None:
    """Write a package anew at a path: some parts changed or added, the others as they were.

    The new file is written beside the old one and takes its place when it is complete.
    """
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.stem}-") as folder:
        beside = Path(folder) / path.name
        Package.read(source).with_parts(parts).write(beside)
        beside.replace(path)


def _with_last(xml: bytes, root: str, content: str) -> bytes:
    """An element as the last inside the root, in the root's namespace."""
    (found,) = elements(xml, [root])
    prefix = found.tag(xml).removesuffix(root)
    place = found.inner_end
    return spliced(xml, [(place, place, f"<{prefix}{content}/>".encode())])
