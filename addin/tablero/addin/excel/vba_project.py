"""The VBA project of a workbook, written from its modules' sources as a ``vbaProject.bin``.

Only sources are written, without what Excel compiles of them: ``_VBA_PROJECT`` says so by its
version, and Excel compiles on opening.  Source: Microsoft, "[MS-OVBA]: Office VBA File Format
Structure", sections 2.2 (storages and streams), 2.3.1 (PROJECT), 2.3.2 (PROJECTwm), 2.3.4 (VBA
storage) and 2.4.3 (encryption of the PROJECT stream's three properties).
"""

from __future__ import annotations

import re
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from tablero.addin.excel.compound_file import compound_file
from tablero.addin.excel.vba_compression import compressed

CODE_PAGE = "cp1252"

Document = Literal["workbook", "sheet", "chart"]
Kind = Literal["standard", "class", "workbook", "sheet", "chart"]

DOCUMENT_CLASSES: Mapping[Document, str] = MappingProxyType(
    {
        "workbook": "00020819-0000-0000-C000-000000000046",
        "sheet": "00020820-0000-0000-C000-000000000046",
        "chart": "00020821-0000-0000-C000-000000000046",
    }
)
"""What Excel calls the classes of the modules that belong to a workbook's own parts."""
_CLASS = "FCFB3D2A-A0FA-1068-A738-08002B3371B5"
_LIBRARIES = {
    "stdole": (
        r"*\G{00020430-0000-0000-C000-000000000046}#2.0#0"
        r"#C:\Windows\System32\stdole2.tlb#OLE Automation"
    ),
    "Office": (
        r"*\G{2DF8D04C-5BFA-101B-BDE5-00AA0044DE52}#2.0#0"
        r"#C:\Program Files\Common Files\Microsoft Shared\OFFICE16\MSO.DLL"
        r"#Microsoft Office 16.0 Object Library"
    ),
}
_PROJECT_ID = "{6C1B5B5E-3A0E-4D0B-9E57-7AB1E2C0D0A1}"
_SOURCES_ONLY = bytes.fromhex("CC61FFFF000000")
_WINDOWS_64 = 3
_US_ENGLISH = 0x409
_WINDOWS_LATIN = 1252


@dataclass(frozen=True)
class Module:
    """A VBA module: its name, its kind, and its source with ``Attribute`` lines."""

    name: str
    kind: Kind
    source: str

    @property
    def text(self) -> bytes:
        """The source as VBA stores it: one code page, lines that end as on Windows."""
        return re.sub(r"\r\n|\r|\n", "\r\n", self.source).encode(CODE_PAGE)


def document_module(name: str, kind: Document, code: str = "") -> Module:
    """The module that belongs to the workbook itself or to one of its sheets.

    Examples
    --------
    >>> document_module("Sheet1", "sheet").source.splitlines()[0]
    'Attribute VB_Name = "Sheet1"'
    """
    attributes = (
        ("VB_Name", f'"{name}"'),
        ("VB_Base", f'"0{{{DOCUMENT_CLASSES[kind]}}}"'),
        ("VB_GlobalNameSpace", "False"),
        ("VB_Creatable", "False"),
        ("VB_PredeclaredId", "True"),
        ("VB_Exposed", "True"),
        ("VB_TemplateDerived", "False"),
        ("VB_Customizable", "True"),
    )
    head = "".join(f"Attribute {key} = {setting}\n" for key, setting in attributes)
    return Module(name, kind, head + code)


def class_module(name: str, exported: str) -> Module:
    """A class from its exported file, with the attributes that files leave out and projects have.

    Examples
    --------
    >>> lines = ("VERSION 1.0 CLASS", 'Attribute VB_Name = "Words"', "Attribute VB_Exposed = True")
    >>> made = class_module("Words", "".join(f"{line}{chr(10)}" for line in lines))
    >>> made.source.splitlines()[:2]
    ['Attribute VB_Name = "Words"', 'Attribute VB_Base = "0{FCFB3D2A-A0FA-1068-A738-08002B3371B5}"']
    """
    source = exported[exported.index("Attribute VB_Name") :]
    base = f'Attribute VB_Base = "0{{{_CLASS}}}"\n'
    source = re.sub(r"(Attribute VB_Name = .*\n)", rf"\1{base}", source, count=1)
    rest = "Attribute VB_TemplateDerived = False\nAttribute VB_Customizable = False\n"
    return Module(name, "class", re.sub(r"(Attribute VB_Exposed = .*\n)", rf"\1{rest}", source))


def vba_project(modules: Sequence[Module], name: str = "VBAProject") -> bytes:
    """Write a VBA project.

    Parameters
    ----------
    modules : sequence of Module
        One of kind "workbook", one "sheet" for each sheet of the workbook, and any others.
    name : str
        What the project is called in the VBA editor: letters and digits.

    Returns
    -------
    bytes
        The content of ``xl/vbaProject.bin``.

    Raises
    ------
    UnicodeEncodeError
        A source holds a letter that Windows' Western code page has not.

    Examples
    --------
    >>> workbook = document_module("ThisWorkbook", "workbook")
    >>> vba_project([workbook])[:8].hex()
    'd0cf11e0a1b11ae1'
    """
    streams = {module.name: compressed(module.text) for module in modules}
    directory = compressed(_directory(modules, name))
    return compound_file(
        {
            "VBA": {**streams, "dir": directory, "_VBA_PROJECT": _SOURCES_ONLY},
            "PROJECT": _project(modules, name).encode(CODE_PAGE),
            "PROJECTwm": b"".join(_both(module.name) for module in modules) + b"\0\0",
        }
    )


def _directory(modules: Sequence[Module], name: str) -> bytes:
    """The dir stream (2.3.4.2): information, references, modules."""
    count = _record(0x0F, struct.pack("<H", len(modules))) + _record(0x13, b"\xff\xff")
    members = b"".join(map(_module, modules))
    return _information(name) + _references() + count + members + _record(0x10, b"")


def _information(name: str) -> bytes:
    """PROJECTINFORMATION (2.3.4.2.1): system, languages, name; no help file, no constants."""
    return b"".join(
        (
            _record(0x01, struct.pack("<I", _WINDOWS_64)),
            _record(0x02, struct.pack("<I", _US_ENGLISH)),
            _record(0x14, struct.pack("<I", _US_ENGLISH)),
            _record(0x03, struct.pack("<H", _WINDOWS_LATIN)),
            _record(0x04, name.encode(CODE_PAGE)),
            _twice(0x05, 0x40, ""),
            _twice(0x06, 0x3D, ""),
            _record(0x07, bytes(4)),
            _record(0x08, bytes(4)),
            struct.pack("<HIIH", 0x09, 4, 1, 1),
            _twice(0x0C, 0x3C, ""),
        )
    )


def _references() -> bytes:
    """PROJECTREFERENCES (2.3.4.2.2): libraries that are registered on every Windows with Office."""
    return b"".join(
        _twice(0x16, 0x3E, name)
        + _record(0x0D, struct.pack("<I", len(library)) + library.encode(CODE_PAGE) + bytes(6))
        for name, library in _LIBRARIES.items()
    )


def _module(module: Module) -> bytes:
    """MODULE (2.3.4.2.3.2): names, source from the stream's first byte on, kind."""
    is_standard = module.kind == "standard"
    return b"".join(
        (
            _twice(0x19, 0x47, module.name),
            _twice(0x1A, 0x32, module.name),
            _twice(0x1C, 0x48, ""),
            _record(0x31, bytes(4)),
            _record(0x1E, bytes(4)),
            _record(0x2C, b"\xff\xff"),
            _record(0x21 if is_standard else 0x22, b""),
            _record(0x2B, b""),
        )
    )


def _record(identifier: int, content: bytes) -> bytes:
    return struct.pack("<HI", identifier, len(content)) + content


def _twice(identifier: int, wide_identifier: int, content: str) -> bytes:
    """A text in the code page, then in UTF-16."""
    narrow, wide = content.encode(CODE_PAGE), content.encode("utf-16le")
    return _record(identifier, narrow) + _record(wide_identifier, wide)


def _both(name: str) -> bytes:
    """NAMEMAP (2.3.2.1): a module's name in the code page and in UTF-16, each ended by zeros."""
    return name.encode(CODE_PAGE) + b"\0" + name.encode("utf-16le") + b"\0\0"


def _project(modules: Sequence[Module], name: str) -> str:
    """The PROJECT stream (2.3.1), a text like an .ini file; nothing is protected or hidden."""
    lines = [
        f'ID="{_PROJECT_ID}"',
        *map(_listed, modules),
        f'Name="{name}"',
        'HelpContextID="0"',
        'VersionCompatible32="393222000"',
        f'CMG="{_encrypted(bytes(4))}"',
        f'DPB="{_encrypted(bytes(1))}"',
        f'GC="{_encrypted(bytes([0xFF]))}"',
        "",
        "[Host Extender Info]",
        "&H00000001={3832D640-CF90-11CF-8E43-00A0C911005A};VBE;&H00000000",
        "",
        "[Workspace]",
        *(f"{module.name}=0, 0, 0, 0, C" for module in modules),
        "",
    ]
    return "\r\n".join(lines)


def _listed(module: Module) -> str:
    forms = {"standard": "Module={}", "class": "Class={}"}
    return forms.get(module.kind, "Document={}/&H00000000").format(module.name)


def _encrypted(content: bytes, seed: int = 0x20) -> str:
    """Data Encryption (2.4.3.2) with a fixed seed: what is written does not depend on chance."""
    key = sum(_PROJECT_ID.encode("ascii")) & 0xFF
    before, last, plain = seed ^ 2, seed ^ key, key
    packed = [seed, before, last]
    padding = bytes((seed & 6) // 2)
    for byte in padding + struct.pack("<I", len(content)) + content:
        made = byte ^ ((before + plain) & 0xFF)
        packed.append(made)
        before, last, plain = last, made, byte
    return "".join(f"{byte:02X}" for byte in packed)
