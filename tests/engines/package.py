"""The parts of a workbook file as they stand in it, read without a spreadsheet library."""

from __future__ import annotations

import posixpath
import re
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import Element

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
OFFICE_2010_FORMULA = "{http://schemas.microsoft.com/office/excel/2006/main}f"


class Cell(NamedTuple):
    """A cell: address, kind of value, formula (with its kind), stored value, dynamic-array mark."""

    address: str
    kind: str
    formula: str | None
    formula_kind: str
    value: str | None
    metadata: int | None


class DefinedName(NamedTuple):
    """A defined name, its text, and the number of the sheet it belongs to, if to one."""

    name: str
    text: str
    sheet: int | None


class Relationship(NamedTuple):
    """A link from one part of the package to another, or to a place outside of it."""

    source: str
    target: str
    kind: str
    external: bool


class LocatedFormula(NamedTuple):
    """A formula and where it stands, for a person to find it."""

    place: str
    text: str


@dataclass(frozen=True)
class Sheet:
    """A worksheet: its name, its part in the package, its XML and its cells."""

    name: str
    part: str
    root: Element
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Package:
    """A workbook file."""

    parts: dict[str, bytes]
    sheets: tuple[Sheet, ...]
    names: tuple[DefinedName, ...]
    relationships: tuple[Relationship, ...]

    def xml(self, part: str) -> Element:
        return ET.fromstring(self.parts[part])

    def xml_parts(self, pattern: str) -> Iterator[tuple[str, Element]]:
        """The parts whose name matches, in the order of their names."""
        for part in sorted(self.parts):
            if re.fullmatch(pattern, part):
                yield part, self.xml(part)

    def related(self, source: str, kind: str) -> Iterator[str]:
        """The parts that ``source`` links to with a relationship of this kind."""
        for relationship in self.relationships:
            if relationship.source == source and relationship.kind == kind:
                yield relationship.target


def read_package(path: Path) -> Package:
    """Read a workbook file."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    relationships = tuple(_relationships(parts))
    workbook = ET.fromstring(parts["xl/workbook.xml"])
    return Package(
        parts,
        tuple(_sheets(parts, workbook)),
        tuple(_defined_names(workbook)),
        relationships,
    )


def _relationships(parts: dict[str, bytes]) -> Iterator[Relationship]:
    for part in sorted(parts):
        if part.endswith(".rels"):
            folder, name = posixpath.split(part)
            source = posixpath.join(posixpath.dirname(folder), name.removesuffix(".rels"))
            for element in ET.fromstring(parts[part]):
                yield _relationship(source, element)


def _relationship(source: str, element: Element) -> Relationship:
    target, external = element.get("Target", ""), element.get("TargetMode") == "External"
    if not external:
        folder = "/" + posixpath.dirname(source)
        target = posixpath.normpath(posixpath.join(folder, target)).lstrip("/")
    return Relationship(source, target, posixpath.basename(element.get("Type", "")), external)


def _sheets(parts: dict[str, bytes], workbook: Element) -> Iterator[Sheet]:
    places = {
        element.get("Id"): _relationship("xl/workbook.xml", element).target
        for element in ET.fromstring(parts["xl/_rels/workbook.xml.rels"])
    }
    for element in workbook.iter(f"{MAIN}sheet"):
        part = places[element.get(f"{RELATION}id")]
        root = ET.fromstring(parts[part])
        yield Sheet(element.get("name", ""), part, root, tuple(_cells(root)))


def _cells(root: Element) -> Iterator[Cell]:
    for element in root.iter(f"{MAIN}c"):
        formula, value = element.find(f"{MAIN}f"), element.find(f"{MAIN}v")
        metadata = element.get("cm")
        yield Cell(
            address=element.get("r", ""),
            kind=element.get("t", "n"),
            formula=None if formula is None else formula.text or "",
            formula_kind="" if formula is None else formula.get("t", "normal"),
            value=None if value is None else value.text or "",
            metadata=None if metadata is None else int(metadata),
        )


def _defined_names(workbook: Element) -> Iterator[DefinedName]:
    for element in workbook.iter(f"{MAIN}definedName"):
        sheet = element.get("localSheetId")
        name = element.get("name", "")
        yield DefinedName(name, element.text or "", None if sheet is None else int(sheet))


def all_formulas(package: Package) -> Iterator[LocatedFormula]:
    """Every formula of the file: of cells, names, formats, validations, tables and charts."""
    for sheet in package.sheets:
        yield from _cell_formulas(sheet)
        yield from _rule_formulas(sheet)
    for name in package.names:
        yield LocatedFormula(f"defined name {name.name}", name.text)
    for part, root in package.xml_parts(r"xl/tables/.*\.xml"):
        for element in root.iter(f"{MAIN}calculatedColumnFormula"):
            yield LocatedFormula(part, element.text or "")
    for part, root in package.xml_parts(r"xl/charts/.*\.xml"):
        for element in root.iter(f"{CHART}f"):
            yield LocatedFormula(part, element.text or "")


def _cell_formulas(sheet: Sheet) -> Iterator[LocatedFormula]:
    for cell in sheet.cells:
        # Only the first cell of a shared formula has its text.
        if cell.formula is not None and not (cell.formula_kind == "shared" and not cell.formula):
            yield LocatedFormula(f"{sheet.name}!{cell.address}", cell.formula)


def _rule_formulas(sheet: Sheet) -> Iterator[LocatedFormula]:
    kinds = {
        "conditional format": f"{MAIN}cfRule//{MAIN}formula",
        "validation": f"{MAIN}dataValidation/{MAIN}formula1",
        "validation's second value": f"{MAIN}dataValidation/{MAIN}formula2",
        "sparkline or 2010 rule": OFFICE_2010_FORMULA,
    }
    for kind, where in kinds.items():
        for element in sheet.root.iterfind(f".//{where}"):
            yield LocatedFormula(f"{sheet.name}, {kind}", element.text or "")
