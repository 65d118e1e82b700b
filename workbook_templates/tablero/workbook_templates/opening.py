"""Opening a workbook from anywhere: what is not one is refused in a sentence."""

from __future__ import annotations

import warnings
import zipfile
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook

from tablero.workbook_templates.problems import Problem, ProblemsError

_ZIP = b"PK"
_COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ENDINGS = (".xlsx", ".xlsm")

# A scorecard unpacks to a few megabytes; a hundred times that is no scorecard but an attack.
_UNPACKED_LIMIT = 200 * 2**20
_RATIO_LIMIT = 200
_HEAD = 4096


class Opened(NamedTuple):
    """A workbook as openpyxl reads it, formulas kept, with what is worth knowing about the file."""

    workbook: Workbook
    problems: tuple[Problem, ...]


def open_workbook(path: Path, *, results: bool = False) -> Opened:
    """Open ``path`` for reading; ``results`` reads what formulas came to instead of their text.

    Raises
    ------
    ProblemsError
        The file is missing, a folder, unreadable, encrypted, damaged or no workbook at all.
    """
    _refuse_unreadable(path)
    try:
        _refuse_bomb(path)
        with warnings.catch_warnings():
            # openpyxl warns of what it would lose on saving; we never save.
            warnings.simplefilter("ignore")
            return Opened(openpyxl.load_workbook(path, data_only=results), _notes(path))
    except _DAMAGE as defect:
        raise _refusal("file_damaged", path) from defect


# What zipfile, the XML parser and openpyxl raise on damaged content; none of it tells a user more.
_DAMAGE = (
    AssertionError, AttributeError, EOFError, IndexError, InvalidFileException, KeyError,
    NotImplementedError, OSError, ParseError, RecursionError, TypeError, ValueError,
    zipfile.BadZipFile, zipfile.LargeZipFile,
)  # fmt: skip


def _refuse_unreadable(path: Path) -> None:
    if path.is_dir():
        raise _refusal("file_is_folder", path)
    try:
        head = path.open("rb").read(_HEAD)
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


def _refuse_bomb(path: Path) -> None:
    with zipfile.ZipFile(path) as package:
        parts = package.infolist()
        unpacked = sum(part.file_size for part in parts)
        packed = sum(part.compress_size for part in parts) or 1
        if unpacked > _UNPACKED_LIMIT or (
            unpacked > _UNPACKED_LIMIT // 10 and unpacked / packed > _RATIO_LIMIT
        ):
            raise _refusal("file_too_large", path, size=unpacked // 2**20)
        if "xl/workbook.xml" not in package.namelist():
            raise _refusal("file_no_workbook", path)


def _notes(path: Path) -> tuple[Problem, ...]:
    if lock_file(path).exists():
        return (Problem("file_open_elsewhere", "warning", file=path.name),)
    return ()


def lock_file(path: Path) -> Path:
    """The file that Excel lays beside a workbook while somebody has it open."""
    return path.with_name(f"~${path.name}")


def _refusal(code: str, path: Path, **values: object) -> ProblemsError:
    return ProblemsError([Problem(code, values={"name": path.name, **values}, file=path.name)])
