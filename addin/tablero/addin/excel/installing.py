"""Installing the add-in for a user: into the folder whose files Excel opens when it starts."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tablero.addin.excel.addin_file import FILE_NAME, build_addin
from tablero.workbook_templates.problems import Problem, ProblemsError
from tablero.workbook_templates.saving import make_folder, told


@dataclass(frozen=True)
class Place:
    """Where the add-in stands or would stand, and whether it does."""

    path: Path
    is_installed: bool


def place(platform: str = sys.platform, environment: Mapping[str, str] = os.environ) -> Place:
    """Find Excel's start-up folder of this user.

    Raises
    ------
    ProblemsError
        This is no Windows, or Excel has never been started by this user.
    """
    if platform != "win32":
        raise ProblemsError([Problem("excel_needs_windows")])
    excel = Path(environment.get("APPDATA", "")) / "Microsoft" / "Excel"
    if not environment.get("APPDATA") or not excel.is_dir():
        raise ProblemsError([Problem("excel_missing", values={"folder": str(excel)})])
    path = excel / "XLSTART" / FILE_NAME
    return Place(path, path.is_file())


def install(where: Place, language: str = "en") -> Place:
    """Write the add-in where Excel finds it at its next start; an older one is replaced.

    Raises
    ------
    ProblemsError
        The folder cannot be written in, or Excel holds the add-in open.
    """
    make_folder(where.path.parent)
    with told(where.path):
        build_addin(where.path, language)
    return Place(where.path, is_installed=True)


def uninstall(where: Place) -> Place:
    """Remove the add-in, if it is there.

    Raises
    ------
    ProblemsError
        The folder cannot be written in, or Excel holds the add-in open.
    """
    with told(where.path):
        where.path.unlink(missing_ok=True)
    return Place(where.path, is_installed=False)
