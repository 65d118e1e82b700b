"""Running the commands: mostly in this process, in one of their own where that matters."""

from __future__ import annotations

import os
import subprocess
import sys
import warnings
from contextlib import chdir
from pathlib import Path
from typing import NamedTuple

import openpyxl
from typer.testing import CliRunner

from tablero.addin.cli import app

PROGRAM = (sys.executable, "-m", "tablero.addin.cli")

# What would change what is shown or how.
_DROPPED = (
    "COLUMNS", "FORCE_COLOR", "LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "NO_COLOR",
    "PYTHONIOENCODING", "PYTHONUTF8", "TABLERO_DEBUG", "TTY_COMPATIBLE",
)  # fmt: skip


class Ended(NamedTuple):
    """How a command ended."""

    returncode: int
    stdout: str
    stderr: str

    def complaint(self, code: int) -> str:
        """The one line in which a command that ended with ``code`` said why."""
        assert self.returncode == code, self.stderr
        (line,) = self.stderr.splitlines()
        assert "Traceback" not in line
        return line


def tablero(*arguments: str | Path, cwd: Path, **variables: str) -> Ended:
    """Run ``tablero`` with arguments in a folder, inside this process."""
    dropped: dict[str, str | None] = dict.fromkeys(_DROPPED)
    with chdir(cwd):
        result = CliRunner().invoke(
            app, [*map(str, arguments)], env={**dropped, **variables}, prog_name="tablero"
        )
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Ended(result.exit_code, result.stdout, result.stderr)


def environment(**variables: str) -> dict[str, str]:
    """This process's environment without what would change what is shown, and with more."""
    kept = {name: value for name, value in os.environ.items() if name not in _DROPPED}
    return {**kept, "LANG": "C.UTF-8", **variables}


def process(*arguments: str | Path, cwd: Path, **variables: str) -> Ended:
    """Run ``tablero`` as people do, in a process of its own."""
    ended = subprocess.run(
        [*PROGRAM, *map(str, arguments)],
        cwd=cwd,
        env=environment(**variables),
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    return Ended(ended.returncode, ended.stdout, ended.stderr)


def opened(path: Path) -> openpyxl.Workbook:
    """A workbook as openpyxl reads it, which warns of what it would lose on saving."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(path)
