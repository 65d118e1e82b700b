"""The sheet ``xlwings.conf``, which tells Excel's side where Python is, and people what to do."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import PureWindowsPath

from tablero.addin.excel.standalone import xlwings_version
from tablero.addin.excel.wrappers import PYTHON_MODULE
from tablero.workbook_templates.sheets.page import Area, Page, Width
from tablero.workbook_templates.texts import text

SHEET = "xlwings.conf"
"""The name by which xlwings' VBA finds its settings."""

INTERPRETER = "Interpreter_Win"
UDF_MODULES = "UDF Modules"

WHATEVER_WINDOWS_FINDS = "pythonw"
NOTES = ("enable", "blocked", "python", "version", "elsewhere")

# What xlwings calls its settings, by the key of our explanation.
_NAMES = {
    "interpreter": INTERPRETER,
    "pythonpath": "PYTHONPATH",
    "udf_modules": UDF_MODULES,
    "add_workbook_to_pythonpath": "Add_Workbook_To_PythonPath",
    "show_console": "Show Console",
}

# Paths below these folders are written so that they hold for every user of the computer.
_USERS_FOLDERS = ("LOCALAPPDATA", "APPDATA", "USERPROFILE")
_WIDTHS = (32, 52, 110)


def settings(interpreter: str | None = None) -> Mapping[str, str]:
    """The settings in the order of their rows, which xlwings reads from A1 to the first blank.

    Examples
    --------
    >>> settings("python.exe")["UDF Modules"]
    'tablero.addin.excel.functions'
    """
    return {
        _NAMES["interpreter"]: interpreter or this_interpreter(),
        _NAMES["pythonpath"]: "",
        _NAMES["udf_modules"]: PYTHON_MODULE,
        _NAMES["add_workbook_to_pythonpath"]: "False",
        _NAMES["show_console"]: "False",
    }


def this_interpreter(
    program: str = sys.executable,
    platform: str = sys.platform,
    environment: Mapping[str, str] = os.environ,
) -> str:
    r"""The running Python as a workbook should name it: on other systems than Windows, none.

    Examples
    --------
    >>> users = {"LOCALAPPDATA": r"C:\Users\ana\AppData\Local"}
    >>> print(this_interpreter(r"C:\Users\ana\AppData\Local\py\python.exe", "win32", users))
    %LOCALAPPDATA%\py\python.exe
    >>> this_interpreter("/usr/bin/python3", "linux", {})
    'pythonw'
    """
    if platform != "win32":
        return WHATEVER_WINDOWS_FINDS
    path = PureWindowsPath(program)
    for name in _USERS_FOLDERS:
        folder = environment.get(name)
        if folder and path.is_relative_to(folder):
            return str(PureWindowsPath(f"%{name}%") / path.relative_to(folder))
    return str(path)


def build(language: str, interpreter: str | None = None) -> Page:
    """The sheet: settings with what each means, then what to do when nothing is calculated."""
    page = Page("configuration", SHEET, "")
    rows = settings(interpreter)
    for row, (key, name) in enumerate(_NAMES.items()):
        page.put(row, 0, name, "bold")
        page.put(row, 1, rows[name], "input left string")
        page.put(row, 2, text(f"excel.setting.{key}", language), "muted gutter")
    _notes(page, language, len(rows) + 1)
    page.widths += [Width(column, column, width) for column, width in enumerate(_WIDTHS)]
    page.select = (0, 1)
    return page


def _notes(page: Page, language: str, top: int) -> None:
    page.put(top, 0, text("excel.title", language), "section")
    page.put_row(top, 1, [None, None], "section")
    page.put(top + 1, 0, text("excel.subtitle", language), "muted")
    for row, note in enumerate(NOTES, start=top + 2):
        page.put(row, 0, text(f"excel.note.{note}", language, version=xlwings_version()), "text")
    page.print_area = Area(0, 0, top + 1 + len(NOTES), len(_WIDTHS) - 1)
