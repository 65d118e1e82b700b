"""Opening a workbook from anywhere: what is not one is refused in a sentence."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from zipfile import BadZipFile, ZipFile

from tablero.workbook_templates.grid import Book
from tablero.workbook_templates.problems import Problem, ProblemsError
from tablero.workbook_templates.stored import DamagedError, StoredCells

_ZIP = b"PK"
_COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

# A scorecard unpacks to a few megabytes; a hundred times that is no scorecard but an attack.
_UNPACKED_LIMIT = 200 * 2**20
_RATIO_LIMIT = 200
_HEAD = 4096
_WORKBOOK = "xl/workbook.xml"
_DAMAGED_ARCHIVE = (BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError, zlib.error)


@contextmanager
def opened_workbook(path: Path) -> Iterator[Book]:
    """Hold ``path`` open for reading; what turns out to be damaged on the way is told, too.

    Raises
    ------
    ProblemsError
        The file is missing, a folder, unreadable, encrypted, damaged or no workbook at all.
    """
    with opened_file(path) as file:
        yield Book(StoredCells(file))


@contextmanager
def opened_file(path: Path) -> Iterator[IO[bytes]]:
    """Hold the file of any workbook open, refused and told as in :func:`opened_workbook`."""
    _refuse_unreadable(path)
    try:
        with path.open("rb") as file:
            _refuse_foreign(file, path)
            yield file
    except (DamagedError, *_DAMAGED_ARCHIVE) as defect:
        raise _refusal("file_damaged", path) from defect


def _refuse_unreadable(path: Path) -> None:
    try:
        if path.is_dir():
            raise _refusal("file_is_folder", path)
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except FileNotFoundError:
        raise _refusal("file_missing", path) from None
    except OSError as defect:
        raise _refusal("file_unreadable", path, reason=defect.strerror or str(defect)) from None
    if not head:
        raise _refusal("file_empty", path)
    if head.startswith(_COMPOUND):
        raise _refusal("file_encrypted" if _is_encrypted(path) else "file_old_format", path)
    if not head.startswith(_ZIP):
        raise _refusal("file_no_workbook", path)


def _is_encrypted(path: Path) -> bool:
    return _ENCRYPTED in path.read_bytes()


def _refuse_foreign(file: IO[bytes], path: Path) -> None:
    """Refuse what is no workbook, and what would unpack to more than any scorecard is."""
    with ZipFile(file) as archive:
        parts = archive.infolist()
        unpacked = sum(one.file_size for one in parts)
        is_dense = unpacked > _UNPACKED_LIMIT // 10 and unpacked > _RATIO_LIMIT * sum(
            one.compress_size for one in parts
        )
        if unpacked > _UNPACKED_LIMIT or is_dense:
            raise _refusal("file_too_large", path, size=unpacked // 2**20)
        if _WORKBOOK not in archive.namelist():
            raise _refusal("file_no_workbook", path)
        # Damage to any part casts doubt on the others.
        if archive.testzip() is not None:
            raise _refusal("file_damaged", path)


def notes(path: Path) -> tuple[Problem, ...]:
    """What is worth knowing about a file that can be read."""
    if lock_file(path).exists():
        return (Problem("file_open_elsewhere", "warning", file=path.name),)
    return ()


def lock_file(path: Path) -> Path:
    """The file that Excel lays beside a workbook while somebody has it open."""
    return path.with_name(f"~${path.name}")


def _refusal(code: str, path: Path, **values: object) -> ProblemsError:
    return ProblemsError([Problem(code, values={"name": path.name, **values}, file=path.name)])
