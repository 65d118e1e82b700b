"""Putting the extension into the LibreOffice of this machine, taking it out, and looking."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tablero.addin.libreoffice.building import build
from tablero.addin.libreoffice.naming import IDENTIFIER
from tablero.addin.libreoffice.office import Office, find_office
from tablero.workbook_templates.problems import Problem, ProblemsError

_VERSION = re.compile(rf"Identifier: {re.escape(IDENTIFIER)}\s+Version: (\S+)")
_REASON = re.compile(r"ERROR: (?:Exception occurred: )?(.+)")
_EVERYONE = "--shared"


@dataclass(frozen=True)
class Status:
    """What LibreOffice has of us.

    ``version`` is that of the extension, None where it is not installed; ``office`` is that of
    LibreOffice.
    """

    version: str | None
    office: str

    @property
    def is_installed(self) -> bool:
        """Whether the functions are there."""
        return self.version is not None


def install(*, for_everyone: bool = False, office: Office | None = None) -> Status:
    """Install the extension, in place of an older one if there is one.

    Parameters
    ----------
    for_everyone : bool, default False
        For all users of this machine, which its administrator alone can do.
    office : Office, optional
        Which LibreOffice; by default the one of this machine.

    Returns
    -------
    Status
        What LibreOffice has then. It knows the functions from its next start on.

    Raises
    ------
    ProblemsError
        There is no LibreOffice, it is too old, an administrator installs for himself alone (which
        LibreOffice forbids), or LibreOffice refuses.
    """
    office = office or find_office()
    _require_user(for_everyone=for_everyone)
    with tempfile.TemporaryDirectory(prefix="tablero-") as folder:
        extension = build(Path(folder))
        options = ["--force", "--suppress-license", *_whose(for_everyone), str(extension)]
        _require_success(_run(office, ["add", *options]))
    return status(for_everyone=for_everyone, office=office)


def uninstall(*, for_everyone: bool = False, office: Office | None = None) -> Status:
    """Take the extension out.

    Parameters
    ----------
    for_everyone, office
        As in `install`.

    Raises
    ------
    ProblemsError
        As in `install`, or the extension is not there.
    """
    office = office or find_office()
    _require_user(for_everyone=for_everyone)
    if not status(for_everyone=for_everyone, office=office).is_installed:
        raise ProblemsError([Problem("libreoffice_not_installed")])
    _require_success(_run(office, ["remove", *_whose(for_everyone), IDENTIFIER]))
    return status(for_everyone=for_everyone, office=office)


def status(*, for_everyone: bool = False, office: Office | None = None) -> Status:
    """What LibreOffice has of us.

    Parameters
    ----------
    for_everyone, office
        As in `install`.

    Raises
    ------
    ProblemsError
        As in `install`.
    """
    office = office or find_office()
    _require_user(for_everyone=for_everyone)
    listed = _run(office, ["list", *_whose(for_everyone)])
    _require_success(listed)
    found = _VERSION.search(listed.stdout)
    return Status(found[1] if found else None, office.version())


def _whose(for_everyone: bool) -> list[str]:  # noqa: FBT001 - named where it matters
    return [_EVERYONE] if for_everyone else []


def _require_user(*, for_everyone: bool) -> None:
    """LibreOffice lets an administrator of Unix install for everyone only."""
    if not for_everyone and getattr(os, "geteuid", lambda: 1)() == 0:
        raise ProblemsError([Problem("libreoffice_as_root")])


def _run(office: Office, arguments: Sequence[str]) -> subprocess.CompletedProcess[str]:
    try:
        return office.run("unopkg", arguments)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise _refused(str(error)) from None


def _require_success(done: subprocess.CompletedProcess[str]) -> None:
    if done.returncode:
        found = _REASON.search(done.stderr) or _REASON.search(done.stdout)
        raise _refused(found[1].strip() if found else f"code {done.returncode}")


def _refused(reason: str) -> ProblemsError:
    return ProblemsError([Problem("libreoffice_refused", values={"reason": reason})])
