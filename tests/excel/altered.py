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
    Package,
    rewrite,
    tags,
)
from tablero.addin.excel.vba_project import Module, vba_project
from tablero.addin.excel.vba_reading import modules

MACRO_TYPE = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
PLAIN_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


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
    links = left[RELATIONSHIPS].decode()
    (link,) = (found[0] for found, one in tags(links, "Relationship") if "vba" in one["Target"])
    types = left[CONTENT_TYPES].decode()
    (kind,) = (found[0] for found, one in tags(types, "Default") if one["Extension"] == "bin")
    left[RELATIONSHIPS] = links.replace(link, "").encode()
    left[CONTENT_TYPES] = types.replace(kind, "").replace(MACRO_TYPE, PLAIN_TYPE).encode()
    for name, part in left.items():
        if name.startswith("xl/w"):
            left[name] = re.sub(rb' codeName="(?:ThisWorkbook|Sheet\d+)"', b"", part)
    _write(path, left)


def with_setting(path: Path, name: str, value: str) -> None:
    """Type into a cell of the settings, which are found by their name."""
    package = Package.read(path)
    (part,) = (one.part for one in package.sheets() if one.title == "xlwings.conf")
    strings = package.text("xl/sharedStrings.xml")
    assert strings.count(f"<t>{name}</t>") == 1
    place = strings.split("<si>").index(f"<t>{name}</t></si>") - 1
    xml = package.text(part)
    cells = {one["r"]: found for found, one in tags(xml, "c")}
    row = next(
        key[1:]
        for key, found in cells.items()
        if key[0] == "A" and xml[found.end() :].startswith(f"<v>{place}</v>")
    )
    start = cells[f"B{row}"]
    end = xml.index("</c>", start.end()) + len("</c>")
    typed = f'<c r="B{row}" t="inlineStr"><is><t>{value}</t></is></c>'
    rewrite(path, path, {part: f"{xml[: start.start()]}{typed}{xml[end:]}".encode()})


def _write(path: Path, left: Mapping[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in left.items():
            package.writestr(name, part)
