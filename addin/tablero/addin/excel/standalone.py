"""The VBA modules that xlwings ships, taken from the version installed here.

They name the DLL of their version, hence a workbook is made with those of the user's own.
"""

from __future__ import annotations

from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from tablero.addin.excel.vba_project import Module, class_module

XLWINGS_MODULES = ("xlwings", "Dictionary")
"""What the modules of xlwings are called in a project."""


def xlwings_version() -> str:
    """The version of xlwings that is installed, whose DLL the modules call."""
    return version("xlwings")


def workbook_modules() -> tuple[Module, Module]:
    """What a workbook needs to call Python by itself: xlwings' module and its Dictionary class."""
    return Module("xlwings", "standard", _shipped("xlwings.bas")), _dictionary()


def addin_modules(project: str) -> tuple[Module, Module]:
    """The same for an add-in, which works on the workbook in use.

    Its own settings stand in its sheet ``{project}.conf``.
    """
    source = _shipped("xlwings_custom_addin.bas")
    named = source.replace(
        'PROJECT_NAME As String = "myaddin"', f'PROJECT_NAME As String = "{project}"'
    )
    return Module("xlwings", "standard", named), _dictionary()


def _dictionary() -> Module:
    return class_module("Dictionary", _shipped("addin/Dictionary.cls"))


def _shipped(name: str) -> str:
    """A source from xlwings' folder, which is found without importing xlwings (a second's work)."""
    return (_folder() / name).read_text("utf-8")


def _folder() -> Path:
    found = find_spec("xlwings")
    places = found.submodule_search_locations if found else None
    if not places:
        raise ModuleNotFoundError("xlwings is not installed", name="xlwings")
    return Path(places[0])
