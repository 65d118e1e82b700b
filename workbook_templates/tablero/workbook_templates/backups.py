"""The files beside a file: its backups, and what is to become one of them or its next version."""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path


def back_up(path: Path, now: datetime | None = None) -> Path:
    """Copy a file beside itself: ``acme.xlsx`` as ``acme.backup-20260131-180000.xlsx``.

    The copy takes that name when it is whole and on the disk.
    """
    stamp = f"{now or datetime.now().astimezone():%Y%m%d-%H%M%S}"
    with unfinished(path) as copy:
        with path.open("rb") as source, copy.open("wb") as file:
            shutil.copyfileobj(source, file)
            file.flush()
            os.fsync(file.fileno())
        dress(copy, path, dates=True)
        return _named(copy, path, stamp)


@contextmanager
def unfinished(path: Path) -> Iterator[Path]:
    """An empty file beside ``path``, gone at the end unless it has got a name of its own."""
    descriptor, name = tempfile.mkstemp(
        prefix=unfinished_prefix(path), suffix=path.suffix, dir=path.parent
    )
    os.close(descriptor)
    try:
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


def unfinished_prefix(path: Path) -> str:
    """How the names of files begin that are to become ``path``, or a backup of it."""
    return f".{path.stem}.tablero-"


def dress(copy: Path, model: Path, *, dates: bool) -> None:
    """Give a file the owner, as far as one may, and the rights of another one, and its dates."""
    if sys.platform != "win32":
        owner = model.stat()
        for user in (owner.st_uid, -1):
            with suppress(OSError):
                os.chown(copy, user, owner.st_gid)
                break
    shutil.copystat(model, copy)
    if not dates:
        os.utime(copy)


def _named(copy: Path, path: Path, stamp: str) -> Path:
    """Name a backup by its moment, after those that a second has seen already."""
    seen = [
        int(match[2] or 1)
        for one in path.parent.iterdir()
        if (match := backups_of(path).fullmatch(one.name)) and match[1] == stamp
    ]
    again = f"-{max(seen) + 1}" if seen else ""
    name = path.with_name(f"{path.stem}.backup-{stamp}{again}{path.suffix}")
    try:
        _name_anew(copy, name)
    except FileExistsError:
        return _named(copy, path, stamp)
    return name


def backups_of(path: Path) -> re.Pattern[str]:
    """The names of a file's backups: the moment, and a number where a second saw several."""
    return re.compile(
        rf"{re.escape(path.stem)}\.backup-(\d{{8}}-\d{{6}})(?:-(\d+))?{re.escape(path.suffix)}"
    )


def _name_anew(file: Path, name: Path) -> None:
    """Give a file a name that no other one has."""
    try:
        name.hardlink_to(file)
    except FileExistsError:
        raise
    except (OSError, NotImplementedError):  # a disk that knows no second names
        name.touch(exist_ok=False)
        file.replace(name)
