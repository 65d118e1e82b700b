"""A file gives way to its next version: whole, nobody else's work lost, the last ones kept.

Whatever ends the process, and whenever, the old file or the new one stands there, never a part of
either: the new one is written beside it, to the disk, and then takes its name in one step.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from tablero.workbook_templates.backups import (
    back_up,
    backups_of,
    dress,
    unfinished,
    unfinished_prefix,
)
from tablero.workbook_templates.occupied import alone
from tablero.workbook_templates.opening import content_of
from tablero.workbook_templates.problems import Problem, ProblemsError
from tablero.workbook_templates.saving import Saved, check_target, refuse_open, told

BACKUPS_KEPT = 5


@dataclass(frozen=True)
class Version:
    """A file as it was when it was read; what is made from it may only replace just this."""

    path: Path
    content: bytes

    @classmethod
    def of(cls, path: Path) -> Version:
        """The present version of a file, which is refused if there is none."""
        return cls(path, content_of(path))

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of its content, in hexadecimal digits."""
        return sha256(self.content).hexdigest()


def replace(version: Version, content: bytes, *, now: datetime | None = None) -> Saved:
    """Put the next version of a file in the place of the one that it was made from.

    Raises
    ------
    ProblemsError
        Somebody has the file open or changed it meanwhile, or it cannot be written; it is then
        as it was.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "acme.xlsx"
    >>> _ = path.write_bytes(b"old")
    >>> saved = replace(Version.of(path), b"new")
    >>> path.read_bytes(), saved.backup.read_bytes()
    (b'new', b'old')
    """
    path = version.path
    check_target(path, force=True, ending=path.suffix.lower())
    target = path.resolve()
    with told(path), alone(path):
        _clear_away(target)
        _refuse_changed(version, target)
        backup = back_up(target, now)
        try:
            _put(version, target, content)
        except BaseException:
            _withdraw(backup, version, target)
            raise
        _forget_oldest(target)
    return Saved(path, backup)


def _refuse_changed(version: Version, target: Path) -> None:
    try:
        is_same = target.read_bytes() == version.content
    except FileNotFoundError:
        raise ProblemsError([Problem("file_gone_meanwhile", file=version.path.name)]) from None
    if not is_same:
        raise ProblemsError([Problem("file_changed_meanwhile", file=version.path.name)])


def _put(version: Version, target: Path, content: bytes) -> None:
    """Write beside the target, to the disk, and take its name."""
    with unfinished(target) as file:
        with file.open("wb") as writing:
            writing.write(content)
            writing.flush()
            os.fsync(writing.fileno())
        dress(file, target, dates=False)
        # Once more: whoever does not know our lock may have saved or opened it meanwhile.
        _refuse_changed(version, target)
        refuse_open(version.path)
        file.replace(target)
    _settle(target.parent)


def _settle(folder: Path) -> None:
    """Let the disk know the new name, too, where a system has a way to say so."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _withdraw(backup: Path, version: Version, target: Path) -> None:
    """Take back a backup of what still stands; if it stands no more, the backup is all there is."""
    with suppress(OSError):
        if target.read_bytes() == version.content:
            backup.unlink()


def _clear_away(target: Path) -> None:
    """Remove what processes left behind that were killed; while we are alone, none is alive."""
    begin, backup = unfinished_prefix(target), backups_of(target)
    for one in list(target.parent.iterdir()):
        is_ours = one.name.startswith(begin) and one.suffix == target.suffix
        is_empty = bool(backup.fullmatch(one.name)) and one.stat().st_size == 0
        if is_ours or is_empty:
            with suppress(OSError):
                one.unlink()


def _forget_oldest(target: Path) -> None:
    """Keep the last backups of a file; their names sort by time."""
    ours = backups_of(target)
    found = [
        (match[1], int(match[2] or 1), one)
        for one in target.parent.iterdir()
        if (match := ours.fullmatch(one.name))
    ]
    for *_, backup in sorted(found)[:-BACKUPS_KEPT]:
        with suppress(OSError):
            backup.unlink()
