"""Macro workbooks as other programs, other versions and other people leave them."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from tablero.addin.excel.package import (
    CONTENT_TYPES,
    PROJECT,
    RELATIONSHIPS,
    MacroPackage,
    rewrite,
)
from tablero.addin.excel.vba_project import Module, vba_project
from tablero.addin.excel.vba_reading import modules
from tablero.workbook_templates.editing.elements import elements, spliced
from tablero.workbook_templates.editing.package import Package

MACRO_TYPE = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
PLAIN_TYPE = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


def parts(path: Path) -> dict[str, bytes]:
    """The content of every part."""
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def with_modules(path: Path, change: Callable[[Module], Module | None], *more: Module) -> None:
    """Change, leave out or add modules of a workbook's macros."""
    found = (change(module) for module in modules(parts(path)[PROJECT]))
    kept = [module for module in found if module]
    rewrite(path, path, {PROJECT: vba_project([*kept, *more])})


def with_source(path: Path, name: str, old: str, new: str) -> None:
    """Change the source of a module."""

    def changed(module: Module) -> Module:
        if module.name != name:
            return module
        assert old in module.source
        return Module(module.name, module.kind, module.source.replace(old, new))

    with_modules(path, changed)


def without_macros(path: Path) -> None:
    """As a program leaves a workbook that knows nothing of macros."""
    left = parts(path)
    del left[PROJECT]
    left[RELATIONSHIPS] = re.sub(rb"<[^>]+vbaProject[^>]+>", b"", left[RELATIONSHIPS])
    types = re.sub(rb"<[^>]+vbaProject[^>]+>", b"", left[CONTENT_TYPES])
    left[CONTENT_TYPES] = types.replace(MACRO_TYPE, PLAIN_TYPE)
    for name, part in left.items():
        if name.startswith("xl/w"):
            left[name] = re.sub(rb' codeName="(?:ThisWorkbook|Sheet\d+)"', b"", part)
    _write(path, left)


def with_setting(path: Path, name: str, value: str) -> None:
    """Type into a cell of the settings, which are found by their name."""
    package = MacroPackage(Package.read(path))
    (part,) = (one.part for one in package.sheets() if one.title == "xlwings.conf")
    xml = package.parts[part]
    texts = elements(package.parts["xl/sharedStrings.xml"], ["si", "t"])
    (place,) = (str(at) for at, one in enumerate(texts) if one.children[0].text == name)
    found = {one.attributes["r"]: one for one in elements(xml, ["c", "v"])}
    (row,) = (
        key[1:] for key, one in found.items() if one.children and one.children[0].text == place
    )
    cell = found[f"B{row}"]
    typed = f'<c r="B{row}" t="inlineStr"><is><t>{value}</t></is></c>'.encode()
    rewrite(path, path, {part: spliced(xml, [(cell.start, cell.end, typed)])})


def _write(path: Path, left: Mapping[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in left.items():
            package.writestr(name, part)
