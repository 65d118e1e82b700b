"""What on this machine, or in a macro workbook itself, keeps Excel from calling Python."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PureWindowsPath

from tablero.addin.excel.compound_reading import UnreadableError
from tablero.addin.excel.configuration import INTERPRETER, SHEET, UDF_MODULES
from tablero.addin.excel.package import MacroPackage
from tablero.addin.excel.standalone import XLWINGS_MODULES, xlwings_version
from tablero.addin.excel.vba_project import Module
from tablero.addin.excel.vba_reading import modules
from tablero.addin.excel.wrappers import MODULE_NAME, PYTHON_MODULE, mark_of, wrapper_module
from tablero.workbook_templates.editing.package import Package
from tablero.workbook_templates.grid import Book, Cell
from tablero.workbook_templates.opening import opened_workbook
from tablero.workbook_templates.problems import Problem

WINDOWS = "win32"

_MOST_SETTINGS = 100
_VERSION = re.compile(r'XLWINGS_VERSION As String = "([\w.+-]{1,30})"')
_VARIABLE = re.compile(r"%([^%]+)%")
_PYTHON = re.compile(r"python[w\d.]*(?:\.exe)?", re.IGNORECASE)
_STORE = "windowsapps"
_MARK_LENGTH = 2000
_FOREIGN_ZONE = re.compile(r"^ZoneId=[34]\s*$", re.MULTILINE)


@dataclass(frozen=True)
class Machine:
    """What the check needs to know of this machine."""

    platform: str = sys.platform
    environment: Mapping[str, str] = field(default_factory=lambda: os.environ)
    interpreter: str = sys.executable

    @property
    def is_windows(self) -> bool:
        """Whether it can have the Excel that calls Python."""
        return self.platform == WINDOWS


def host_problems(path: Path, language: str, machine: Machine | None = None) -> tuple[Problem, ...]:
    """What keeps a macro workbook from being calculated, as warnings with a way out.

    Files are only looked for, on this machine's own disks; nothing is run.  Elsewhere than on
    Windows nothing is said of Windows' paths.

    Parameters
    ----------
    path : Path
        A workbook of the dialect "xlwings".
    language : {"en", "es", "pt"}
        Of the workbook.
    machine : Machine, optional
        By default this one.

    Raises
    ------
    ProblemsError
        The file is no workbook, or is damaged.
    """
    machine = machine or Machine()
    with opened_workbook(path) as book:
        settings = settings_of(book)
        project = MacroPackage(Package.read(path)).project
    found = [
        *_of_project(project, language, settings),
        *_of_settings(settings, machine),
        *_of_origin(path, machine),
    ]
    return tuple(_told(problem, path.name) for problem in found)


def settings_of(book: Book) -> Mapping[str, Cell]:
    """The cell with each setting by its name in capitals, as xlwings reads them: to a blank."""
    found: dict[str, Cell] = {}
    sheet = next((one for title, one in book.sheets.items() if title.lower() == SHEET), None)
    for row in range(1, _MOST_SETTINGS if sheet else 1):
        name = sheet.cell(row, 1).value if sheet else None
        if sheet is None or name is None:
            break
        found.setdefault(str(name).upper(), sheet.cell(row, 2))
    return found


def internet_mark(path: Path, machine: Machine) -> str:
    """What Windows notes beside a file about where it came from; empty if nothing."""
    try:
        with Path(f"{path}:Zone.Identifier").open(encoding="utf-8", errors="replace") as stream:
            return stream.read(_MARK_LENGTH) if machine.is_windows else ""
    except OSError:
        return ""


def _told(problem: Problem, name: str) -> Problem:
    values = {"name": name, **problem.values}
    return Problem(problem.code, "warning", values, name, problem.sheet, problem.cell)


def _of_project(
    project: bytes | None, language: str, settings: Mapping[str, Cell]
) -> Iterator[Problem]:
    if project is None:
        yield Problem("host_project_missing")
        return
    try:
        found = {module.name: module for module in modules(project)}
    except UnreadableError:
        yield Problem("host_project_unreadable")
        return
    missing = [name for name in (MODULE_NAME, *XLWINGS_MODULES) if name not in found]
    if missing:
        yield Problem("host_modules_missing", values={"modules": ", ".join(missing)})
        return
    yield from _of_wrappers(found[MODULE_NAME], language)
    yield from _of_version(found["xlwings"], settings)


def _of_wrappers(module: Module, language: str) -> Iterator[Problem]:
    if mark_of(module.source) != mark_of(wrapper_module(language)):
        yield Problem("host_functions_other")


def _of_version(module: Module, settings: Mapping[str, Cell]) -> Iterator[Problem]:
    found = _VERSION.search(module.source)
    version = found[1] if found else "?"
    if version != xlwings_version():
        values = {"version": version, "installed": xlwings_version()}
        cell = settings.get(INTERPRETER.upper())
        yield Problem("host_xlwings_other", values=values).at(**_place(cell))


def _of_settings(settings: Mapping[str, Cell], machine: Machine) -> Iterator[Problem]:
    if not settings:
        yield Problem("host_settings_missing", values={"sheet": SHEET})
        return
    named = settings.get(UDF_MODULES.upper())
    if PYTHON_MODULE not in _written(named).split(";"):
        values = {"module": _written(named), "ours": PYTHON_MODULE}
        yield Problem("host_module_other", values=values).at(**_place(named))
    cell = settings.get(INTERPRETER.upper())
    code = _interpreter_problem(_written(cell), machine)
    if code:
        yield Problem(code, values={"python": _written(cell)}).at(**_place(cell))


def _interpreter_problem(written: str, machine: Machine) -> str | None:
    """What is wrong with the Python of the settings; looked at on Windows only.

    A path on the network is never looked at: asking a stranger's server tells it who asks.
    """
    if not machine.is_windows:
        return None
    path = PureWindowsPath(_expanded(written, machine.environment))
    if not written or str(path).lower() in {"python", "pythonw"}:
        return None
    if not _PYTHON.fullmatch(path.name):
        return "host_interpreter_no_python"
    if _STORE in map(str.lower, path.parts):
        return "host_interpreter_store"
    is_own = path == PureWindowsPath(machine.interpreter)
    is_far = path.drive.startswith("\\")
    return None if is_own or is_far or _is_file(path) else "host_interpreter_missing"


def _is_file(path: PureWindowsPath) -> bool:
    try:
        return os.path.isfile(str(path))  # noqa: PTH113 - the path is one of Windows'
    except ValueError:
        return False


def _expanded(written: str, environment: Mapping[str, str]) -> str:
    """Variables as Excel fills them in; capitals do not matter in their names."""
    known = {name.upper(): value for name, value in environment.items()}
    return _VARIABLE.sub(lambda found: known.get(found[1].upper(), found[0]), written.strip())


def _of_origin(path: Path, machine: Machine) -> Iterator[Problem]:
    if _FOREIGN_ZONE.search(internet_mark(path, machine)):
        yield Problem("host_blocked")


def _written(cell: Cell | None) -> str:
    return "" if cell is None or cell.value is None else str(cell.value)


def _place(cell: Cell | None) -> dict[str, str]:
    return {"sheet": cell.sheet, "cell": cell.coordinate} if cell else {"sheet": SHEET}
