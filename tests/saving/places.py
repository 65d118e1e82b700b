"""Places where nothing can be saved, made real: no rights, no room."""

from __future__ import annotations

import os
import resource
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_NOBODY = 65534


@contextmanager
def ordinary_user() -> Iterator[None]:
    """For a while no longer the administrator, whom no right stops."""
    administrator = os.geteuid() == 0
    if administrator:
        os.seteuid(_NOBODY)
    try:
        yield
    finally:
        if administrator:
            os.seteuid(0)


@contextmanager
def shared_folder() -> Iterator[Path]:
    """A folder that every user of the machine reaches and may write in."""
    folder = Path(tempfile.mkdtemp())
    try:
        folder.chmod(0o777)
        yield folder
    finally:
        folder.chmod(0o777)
        shutil.rmtree(folder)


@contextmanager
def little_room(size: int) -> Iterator[None]:
    """For a while no file can grow beyond ``size`` bytes, as on a disk that is full."""
    before, limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limit))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (before, limit))
