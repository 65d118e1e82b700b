"""A file gives way to its next version: whole, nobody else's work lost, the last ones kept.

Whatever ends the process, and whenever, the old file or the new one stands there, never a part of
either: the new one is written beside it, to the disk, and then takes its name in one step.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from filelock import FileLock, Timeout

from tablero.workbook_templates.problems import Problem, ProblemsError
from tablero.workbook_templates.saving import Saved, back_up, check_target, told

BACKUPS_KEPT = 5
_PATIENCE = 10
"""Seconds to wait while another process of ours replaces the same file."""


@dataclass(frozen=True)
class Version:
    """A file as it was when it was read; what is made from it may only replace just this."""

    path: Path
    content: bytes

    @classmethod
    def of(cls, path: Path) -> Version:
        """The present version of a file."""
        return cls(path, path.read_bytes())

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
    >>> path = Path(tempfile.mkdtemp()) / "acme.xlsx"
    >>> _ = path.write_bytes(b"old")
    >>> saved = replace(Version.of(path), b"new")
    >>> path.read_bytes(), saved.backup.read_bytes()
    (b'new', b'old')
    """
    path = version.path
    target = path.resolve()
    check_target(path, force=True, ending=path.suffix.lower())
    with _alone(path, target), told(path):
        if target.read_bytes() != version.content:
            raise ProblemsError([Problem("file_changed_meanwhile", file=path.name)])
        backup = back_up(target, now)
        try:
            _put(target, content)
        except BaseException:
            backup.unlink(missing_ok=True)
            raise
        _forget_oldest(target)
    return Saved(path, backup)


@contextmanager
def _alone(path: Path, target: Path) -> Iterator[None]:
    """Keep other processes of ours from the same file."""
    lock = FileLock(target.with_name(f".{target.name}.lock"), timeout=_PATIENCE)
    try:
        lock.acquire()
    except Timeout:
        raise ProblemsError([Problem("file_in_work", file=path.name)]) from None
    try:
        yield
    finally:
        lock.release()


def _put(target: Path, content: bytes) -> None:
    """Write beside the target, to the disk, and take its name."""
    with tempfile.NamedTemporaryFile(
        dir=target.parent, prefix=f".{target.stem}-", suffix=target.suffix, delete=False
    ) as file:
        temporary = Path(file.name)
        try:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            shutil.copymode(target, temporary)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
    try:
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def _forget_oldest(target: Path) -> None:
    """Keep the last backups of a file; their names sort by time."""
    ours = re.compile(
        rf"{re.escape(target.stem)}\.backup-(\d{{8}}-\d{{6}})(?:-(\d+))?{re.escape(target.suffix)}"
    )
    found = [
        (match[1], int(match[2] or 1), one)
        for one in target.parent.iterdir()
        if (match := ours.fullmatch(one.name))
    ]
    for *_, backup in sorted(found)[:-BACKUPS_KEPT]:
        backup.unlink(missing_ok=True)
