"""Opening a workbook from anywhere: what is not one is refused in a sentence."""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path, PurePath
from typing import IO
from zipfile import BadZipFile

from tablero.workbook_templates.grid import Book, CrowdedError, DamagedError
from tablero.workbook_templates.problems import Problem, ProblemsError
from tablero.workbook_templates.unpacking import (
    LARGEST,
    CrowdedPartError,
    SuspiciousError,
    TooLargeError,
    unpacked,
)

_ZIP = b"PK"
_COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WORKBOOK = "xl/workbook.xml"
_DAMAGED = (BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError, zlib.error)


@contextmanager
def opened_workbook(path: Path) -> Iterator[Book]:
    """Hold ``path`` open for reading; what turns out to be damaged on the way is told, too.

    Raises
    ------
    ProblemsError
        The file is missing, a folder, unreadable, encrypted, damaged or no workbook at all.
    """
    # openpyxl is loaded by whoever opens workbooks: a portfolio reads nearly all without it.
    from tablero.workbook_templates.stored import StoredCells  # noqa: PLC0415

    with opened_file(path) as file:
        yield Book(StoredCells(file))


@contextmanager
def opened_file(path: Path) -> Iterator[IO[bytes]]:
    """Hold the file of any workbook open, refused and told as in :func:`opened_workbook`."""
    content = content_of(path)
    with refusals(path):
        refuse_foreign(content, path)
        yield BytesIO(content)


@contextmanager
def refusals(path: PurePath) -> Iterator[None]:
    """Tell what is wrong with a workbook file as a problem with its name and a remedy."""
    try:
        yield
    except TooLargeError as defect:
        raise _refusal("file_too_large", path, size=defect.size // 2**20) from defect
    except CrowdedPartError as defect:
        raise _refusal("file_crowded", path) from defect
    except SuspiciousError as defect:
        raise _refusal("file_suspicious", path) from defect
    except CrowdedError as defect:
        raise _refusal("sheet_too_large", path, sheet=defect.title) from defect
    except (DamagedError, *_DAMAGED) as defect:
        raise _refusal("file_damaged", path) from defect


def content_of(path: Path) -> bytes:
    """All that a file holds.

    Raises
    ------
    ProblemsError
        The file is missing, a folder, unreadable, without end, or too large.
    """
    try:
        if path.is_dir():
            raise _refusal("file_is_folder", path)
        if path.exists() and not path.is_file():  # a pipe or a device, which may have no end
            raise _refusal("file_no_workbook", path)
        # Asked for a part, a buffered file takes eight times as long as the system itself.
        with path.open("rb", buffering=0) as file:
            size = os.fstat(file.fileno()).st_size
            content = file.read(min(size, LARGEST) + 1) or b""
    except FileNotFoundError:
        raise _refusal("file_missing", path) from None
    except OSError as defect:
        raise _refusal("file_unreadable", path, reason=defect.strerror or str(defect)) from None
    if len(content) > LARGEST:
        raise _refusal("file_too_large", path, size=path.stat().st_size // 2**20)
    return content


def refuse_foreign(content: bytes, path: PurePath) -> None:
    """Refuse what is no workbook; damage to any part casts doubt on the others."""
    if not content:
        raise _refusal("file_empty", path)
    if content.startswith(_COMPOUND):
        raise _refusal("file_encrypted" if _ENCRYPTED in content else "file_old_format", path)
    if not content.startswith(_ZIP) or _WORKBOOK not in unpacked(content).parts:
        raise _refusal("file_no_workbook", path)


def notes(path: Path) -> tuple[Problem, ...]:
    """What is worth knowing about a file that can be read."""
    if lock_file(path).exists():
        return (Problem("file_open_elsewhere", "warning", file=path.name),)
    return ()


def lock_file(path: Path) -> Path:
    """The file that Excel lays beside a workbook while somebody has it open."""
    return path.with_name(f"~${path.name}")


def _refusal(code: str, path: PurePath, **values: object) -> ProblemsError:
    return ProblemsError([Problem(code, values={"name": path.name, **values}, file=path.name)])
