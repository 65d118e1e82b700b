"""The Excel add-in ``tablero.xlam``: a hidden workbook with the ribbon tab and its macros."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import xlsxwriter

from tablero.addin.excel.configuration import settings
from tablero.addin.excel.package import rewrite
from tablero.addin.excel.ribbon import MODULE_NAME, ribbon_module, ribbon_xml
from tablero.addin.excel.standalone import addin_modules
from tablero.addin.excel.vba_project import Module, document_module, vba_project
from tablero.workbook_templates.editing.package import Package

FILE_NAME = "tablero.xlam"
PROJECT = "tablero"

_WORKBOOK_TYPE = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_ADDIN_TYPE = "application/vnd.ms-excel.addin.macroEnabled.main+xml"
_RIBBON_PART = "customUI/customUI14.xml"
_RIBBON_LINK = (
    '<Relationship Id="tablero_ribbon"'
    ' Type="http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"'
    f' Target="{_RIBBON_PART}"/></Relationships>'
)


def build_addin(path: Path, language: str = "en", interpreter: str | None = None) -> None:
    """Write the add-in, its labels in a language, filled in for this computer.

    Parameters
    ----------
    path : Path
        Where it goes; whatever stands there is replaced.
    language : {"en", "es", "pt"}
        Of the ribbon and of the messages.
    interpreter : str, optional
        The Python that runs the macros; by default as in a macro workbook.
    """
    workbook = _workbook(language, interpreter)
    parts = Package.read(workbook).parts
    changed = {name: _changed(name, part) for name, part in parts.items()}
    rewrite(workbook, path, {**changed, _RIBBON_PART: ribbon_xml(language).encode()})


def _workbook(language: str, interpreter: str | None) -> bytes:
    """A workbook with macros of one sheet: the settings, where xlwings' module looks for them."""
    content = BytesIO()
    workbook = xlsxwriter.Workbook(content, {"in_memory": True})
    workbook.set_properties({"title": "Tablero", "author": "Tablero"})
    workbook.add_vba_project(BytesIO(_macros(language)), is_stream=True)
    sheet = workbook.add_worksheet(f"{PROJECT}.conf")
    for row, (name, setting) in enumerate(settings(interpreter).items()):
        sheet.write_row(row, 0, [name, setting])
    workbook.close()
    return content.getvalue()


def _macros(language: str) -> bytes:
    modules = [
        document_module("ThisWorkbook", "workbook"),
        document_module("Sheet1", "sheet"),
        *addin_modules(PROJECT),
        Module(MODULE_NAME, "standard", ribbon_module(language)),
    ]
    return vba_project(modules, "TableroAddin")


def _changed(name: str, content: bytes) -> bytes:
    """A part of the workbook as an add-in has it."""
    if name == "[Content_Types].xml":
        return content.replace(_WORKBOOK_TYPE.encode(), _ADDIN_TYPE.encode())
    if name == "_rels/.rels":
        return content.replace(b"</Relationships>", _RIBBON_LINK.encode())
    return content
