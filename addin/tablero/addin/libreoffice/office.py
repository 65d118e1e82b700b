"""The LibreOffice of this machine: where its programs are, and how old it is."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tablero.addin.libreoffice.parts import OLDEST_VERSION
from tablero.workbook_templates.problems import Problem, ProblemsError

_USUAL_FOLDERS = (
    Path("/usr/lib/libreoffice/program"),
    Path("/usr/lib64/libreoffice/program"),
    Path("/Applications/LibreOffice.app/Contents/MacOS"),
    Path(os.environ.get("PROGRAMFILES", "C:/Program Files"), "LibreOffice", "program"),
)
# The programs of Windows that write to a terminal end in .com.
_ENDINGS = (".com", "", ".exe")
_VERSION = re.compile(r"LibreOffice\D* (\d+)\.(\d+)[\d.]*")
_SECONDS = 120


@dataclass(frozen=True)
class Office:
    """A LibreOffice: the folder of its programs, and what they are told whenever they are run."""

    folder: Path
    options: tuple[str, ...] = ()

    def run(self, program: str, arguments: Sequence[str]) -> subprocess.CompletedProcess[str]:
        """Run one of its programs to its end."""
        command = [str(_program(self.folder, program)), *arguments, *self.options]
        return subprocess.run(  # noqa: S603 - LibreOffice's own programs, without a shell
            command,
            capture_output=True,
            check=False,
            encoding="utf-8",
            errors="replace",
            stdin=subprocess.DEVNULL,
            timeout=_SECONDS,
        )

    def version(self) -> str:
        """Its version as "25.2", or "" if it does not say.

        Raises
        ------
        ProblemsError
            It does not run.
        """
        try:
            found = _VERSION.search(self.run("soffice", ["--version"]).stdout)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise ProblemsError(
                [Problem("libreoffice_refused", values={"reason": error})]
            ) from None
        return f"{found[1]}.{found[2]}" if found else ""


def find_office(folders: Sequence[Path] | None = None) -> Office:
    """The LibreOffice on the search path, else in one of the usual folders.

    Parameters
    ----------
    folders : sequence of Path, optional
        Where to look; by default where it usually is.

    Raises
    ------
    ProblemsError
        It is in none of them, or it is too old to know our functions in workbooks of Excel.
    """
    for folder in _places() if folders is None else folders:
        if _program(folder, "soffice").is_file() and _program(folder, "unopkg").is_file():
            return _young_enough(Office(folder))
    raise ProblemsError([Problem("libreoffice_missing", values={"oldest": OLDEST_VERSION})])


def _places() -> Iterator[Path]:
    found = shutil.which("soffice")
    if found:
        yield Path(found).resolve().parent
    yield from _USUAL_FOLDERS


def _program(folder: Path, name: str) -> Path:
    files = [folder / f"{name}{ending}" for ending in _ENDINGS]
    return next((file for file in files if file.is_file()), folder / name)


def _young_enough(office: Office) -> Office:
    version = office.version()
    if _numbers(version) < _numbers(OLDEST_VERSION):
        values = {"version": version or "?", "oldest": OLDEST_VERSION}
        raise ProblemsError([Problem("libreoffice_too_old", values=values)])
    return office


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split("."))) if version else ()
