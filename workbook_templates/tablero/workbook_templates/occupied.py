"""Who else is at work on a file: somebody in a spreadsheet program, or another process of ours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout, UnixFileLock

from tablero.workbook_templates.opening import lock_file
from tablero.workbook_templates.problems import Problem, ProblemsError

_PATIENCE = 10
"""Seconds to wait while another process of ours works on the same file."""
_EVERYBODYS = 0o666
_LONGEST_NAME = 60
_READ = 4096
# Excel writes the user's name twice: short for old programs, and in UTF-16 after these bytes.
_EXCEL_NAME = 55


@dataclass(frozen=True)
class Holder:
    """The program that has a file open, who sits before it if that is known, and its lock."""

    program: str
    user: str
    lock: Path


def holder(path: Path) -> Holder | None:
    """Who has a file open, told by the lock beside it; None when nobody has."""
    locks = {
        "Excel": (lock_file(path), _excel_user),
        "LibreOffice": (path.with_name(f".~lock.{path.name}#"), _libreoffice_user),
    }
    for program, (lock, user) in locks.items():
        if lock.exists():
            return Holder(program, _shown(user(_content(lock))), lock)
    return None


def _content(lock: Path) -> bytes:
    """What a lock says; nothing where it cannot be read, as Windows keeps it from others."""
    try:
        with lock.open("rb") as file:
            return file.read(_READ)
    except OSError:
        return b""


def _excel_user(content: bytes) -> str:
    r"""The name in Excel's lock.

    >>> _excel_user(b"\x03Ana" + bytes(51) + b"\x03\x00" + "Ana".encode("utf-16-le"))
    'Ana'
    """
    length = int.from_bytes(content[_EXCEL_NAME : _EXCEL_NAME + 2], "little")
    long = content[_EXCEL_NAME + 2 :][: 2 * length].decode("utf-16-le", "ignore")
    short = content[1 : 1 + content[0]].decode("cp1252", "ignore") if content else ""
    return long if 0 < length < _LONGEST_NAME else short


def _libreoffice_user(content: bytes) -> str:
    """The name in LibreOffice's lock, or the account's, and the machine.

    >>> _libreoffice_user(b"Ana Rojas,ana,office-pc,21.11.2026 20:57,file:///c:/ana;")
    'Ana Rojas, office-pc'
    """
    fields = re.split(r"(?<!\\),", content.decode("utf-8", "ignore"))
    name, account, machine = (field.replace("\\,", ",") for field in (*fields, "", "", "")[:3])
    return ", ".join(one for one in (name or account, machine) if one)


def _shown(user: str) -> str:
    """A name from a file, fit for a sentence."""
    printable = "".join(sign if sign.isprintable() else " " for sign in user)
    return " ".join(printable.split())[:_LONGEST_NAME]


@contextmanager
def alone(path: Path, patience: float = _PATIENCE) -> Iterator[None]:
    """Keep other processes of ours from a file meanwhile.

    Raises
    ------
    ProblemsError
        Another one works on it and does not come to an end.
    """
    target = path.resolve()
    name = target.with_name(f".{target.name}.lock")
    lock = FileLock(name, timeout=patience, mode=_EVERYBODYS)
    try:
        lock.acquire()
    except Timeout:
        raise ProblemsError([Problem("file_in_work", file=path.name)]) from None
    try:
        yield
    finally:
        # Removed while it is held: whoever waits for it finds that it has no name any more, and
        # makes another one. Locks of other kinds vanish by themselves.
        if isinstance(lock, UnixFileLock):
            with suppress(OSError):
                name.unlink()
        lock.release()
