"""The entry point of ``tablero``, which minds what can go wrong around a command."""

from __future__ import annotations

import sys

from tablero.addin.cli.app import app
from tablero.addin.cli.running import CUT_OFF, INTERRUPTED, WRONG_USE, confess, hang_up
from tablero.addin.cli.speaking import users_language


def main() -> None:
    """Run the command line."""
    stream = sys.stdout
    try:
        app(prog_name="tablero")
    except SystemExit as leaving:
        # The parser puts another stream in place when nobody reads its help to the end.
        sys.exit(_last_code(leaving.code if sys.stdout is stream else CUT_OFF))
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except Exception as defect:  # noqa: BLE001 - a user is never shown a traceback
        sys.exit(_failed(defect))


def _last_code(code: str | int | None) -> str | int | None:
    """The exit code, once everything that was shown has really been handed on."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        hang_up()
        return CUT_OFF
    except OSError as defect:
        return _failed(defect)
    return code


def _failed(defect: Exception) -> int:
    hang_up()
    confess(defect, users_language())
    return WRONG_USE
