"""Installing the add-in for a user: into the folder whose files Excel opens when it starts."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tablero.addin.excel.addin_file import FILE_NAME, build_addin
from tablero.addin.excel.host_check import WINDOWS
from tablero.workbook_templates.problems import Problem, ProblemsError
from tablero.workbook_templates.saving import make_folder, told

_STORE_PACKAGE = "Microsoft.Office.Desktop*"
_PROGRAMS = ("ProgramFiles", "ProgramW6432", "ProgramFiles(x86)")
_USUAL = ("Office*/EXCEL.EXE", "root/Office*/EXCEL.EXE")


@dataclass(frozen=True)
class Place:
    """Where the add-in stands or would stand, whether it does, and whose Excel that is."""

    path: Path
    is_installed: bool
    is_store: bool = False
    """Whether this Excel is the Microsoft Store's, which starts no server of Python's."""


def place(platform: str = sys.platform, environment: Mapping[str, str] = os.environ) -> Place:
    """Find Excel's start-up folder of this user.

    Raises
    ------
    ProblemsError
        This is no Windows, or Excel has never been started by this user.

    Notes
    -----
    The Store's edition has its files in a folder of packages, and no program where installers of
    Office put it (xlwings' issue 1166 tells that it cannot call Python).
    """
    if platform != WINDOWS:
        raise ProblemsError([Problem("excel_needs_windows")])
    excel = Path(environment.get("APPDATA", "")) / "Microsoft" / "Excel"
    is_store = _is_store_edition(environment)
    if not environment.get("APPDATA") or not (is_store or excel.is_dir()):
        raise ProblemsError([Problem("excel_missing", values={"folder": str(excel)})])
    path = excel / "XLSTART" / FILE_NAME
    return Place(path, path.is_file(), is_store=is_store)


def require_able(where: Place) -> None:
    """Refuse an Excel that cannot call Python, whatever is installed.

    Raises
    ------
    ProblemsError
        It is the Microsoft Store's.
    """
    if where.is_store:
        raise ProblemsError([Problem("excel_store")])


def install(where: Place, language: str = "en") -> Place:
    """Write the add-in where Excel finds it at its next start; an older one is replaced.

    Raises
    ------
    ProblemsError
        The folder cannot be written in, Excel holds the add-in open, or it is the Store's Excel.
    """
    require_able(where)
    make_folder(where.path.parent)
    with _told(where.path):
        build_addin(where.path, language)
    return Place(where.path, is_installed=True)


def uninstall(where: Place) -> Place:
    """Remove the add-in, if it is there.

    Raises
    ------
    ProblemsError
        The folder cannot be written in, or Excel holds the add-in open.
    """
    with _told(where.path):
        where.path.unlink(missing_ok=True)
    return Place(where.path, is_installed=False, is_store=where.is_store)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """What the system refuses, as a problem: an add-in that is there is held open by Excel."""
    try:
        with told(path):
            yield
    except ProblemsError as refused:
        if any(problem.code == "target_protected" for problem in refused.problems):
            raise ProblemsError([Problem("excel_holds_addin", file=path.name)]) from refused
        raise


def _is_store_edition(environment: Mapping[str, str]) -> bool:
    packages = Path(environment.get("LOCALAPPDATA") or os.devnull) / "Packages"
    homes = [Path(environment[name]) for name in _PROGRAMS if environment.get(name)]
    programs = (home.glob(f"Microsoft Office/{one}") for home in homes for one in _USUAL)
    return any(packages.glob(_STORE_PACKAGE)) and not any(any(found) for found in programs)
