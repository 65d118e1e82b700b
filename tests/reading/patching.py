"""Workbook files changed cell by cell in their XML, as Excel would have stored what was typed."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape

from tests.engines.package import read_package
from tests.engines.spreadsheet import Place

Content = tuple[str, str]
"""What a cell holds: its kind (the attribute t) and the XML inside."""

EMPTY: Content = ("", "")


def number(value: object) -> Content:
    return "", f"<v>{value}</v>"


def text(words: str) -> Content:
    return "inlineStr", f'<is><t xml:space="preserve">{escape(words)}</t></is>'


def logical(*, true: bool) -> Content:
    return "b", f"<v>{true:d}</v>"


def error(sign: str) -> Content:
    return "e", f"<v>{sign}</v>"


def formula(body: str, result: Content | None = None) -> Content:
    """A formula with its saved result, or without any."""
    kind, value = result or ("", "")
    return kind, f"<f>{escape(body)}</f>{value}"


def patched(source: Path, target: Path, cells: Mapping[Place, Content]) -> Path:
    """A copy of a workbook in which some cells hold something else; all else is as it was."""
    parts = {sheet.name: sheet.part for sheet in read_package(source).sheets}
    with zipfile.ZipFile(source) as before, zipfile.ZipFile(target, "w") as after:
        for part in before.namelist():
            data = before.read(part).decode("utf-8", "surrogateescape")
            for (sheet, cell), content in cells.items():
                if parts[sheet] == part:
                    data = _with_cell(data, cell, content)
            after.writestr(part, data.encode("utf-8", "surrogateescape"), zipfile.ZIP_DEFLATED)
    return target


def _with_cell(sheet: str, cell: str, content: Content) -> str:
    """The cell keeps its style, so that a number in a cell of dates is a date."""
    kind, inside = content
    found = re.search(rf'<c r="{cell}"(?P<style> s="\d+")?[^>]*?(?:/>|>.*?</c>)', sheet)
    assert found, cell
    attributes = f' r="{cell}"{found["style"] or ""}' + (f' t="{kind}"' if kind else "")
    return sheet[: found.start()] + f"<c{attributes}>{inside}</c>" + sheet[found.end() :]


def with_style_of(source: Path, target: Path, place: Place, model: Place) -> Path:
    """A copy of a workbook in which a cell looks like another one of its sheet."""
    package = read_package(source)
    (part,) = [sheet.part for sheet in package.sheets if sheet.name == place[0]]
    sheet = package.parts[part].decode("utf-8")
    style = re.search(rf'<c r="{model[1]}" (s="\d+")', sheet)
    assert style
    restyled = re.sub(rf'(<c r="{place[1]}") s="\d+"', rf"\1 {style[1]}", sheet)
    return with_parts(source, target, {part: restyled.encode("utf-8")})


def with_parts(source: Path, target: Path, changes: Mapping[str, bytes | None]) -> Path:
    """A copy of a workbook with other parts; None leaves a part out."""
    with zipfile.ZipFile(source) as before, zipfile.ZipFile(target, "w") as after:
        for part in before.namelist():
            data = changes.get(part, before.read(part))
            if data is not None:
                after.writestr(part, data, zipfile.ZIP_DEFLATED)
        for part in changes.keys() - set(before.namelist()):
            after.writestr(part, changes[part] or b"", zipfile.ZIP_DEFLATED)
    return target
