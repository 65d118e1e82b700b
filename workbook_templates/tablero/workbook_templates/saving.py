"""Saving a file where people keep theirs: whole, with a backup, or refused in a sentence.

The order is what keeps everything safe: look whether the place can hold the file, copy what
stands there to a backup beside it, and only then let the new file take its place.
"""

from __future__ import annotations

import errno
import filecmp
import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from xlsxwriter.exceptions import XlsxFileError

from tablero.workbook_templates.backups import back_up, dress
from tablero.workbook_templates.occupied import alone, holder
from tablero.workbook_templates.problems import Problem, ProblemsError

ENDING = ".xlsx"
_OTHER_ENDINGS = (
    ".xlsx",
    ".xlsm",
    ".xls",
    ".xlsb",
    ".xltx",
    ".ods",
    ".csv",
    ".yaml",
    ".yml",
    ".json",
    ".pdf",
)

# Excel takes 218 characters for the whole path, and a backup's name is 23 longer.
_LONGEST_NAME = 180

# What Excel or Windows cannot have in the name of a file, wherever it was made.
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\[\]\x00-\x1f\x7f]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)


@dataclass(frozen=True)
class Saved:
    """Where a file was saved, and where the one that stood there before is kept."""

    path: Path
    backup: Path | None = None


def save(
    path: Path,
    write: Callable[[Path], None],
    *,
    force: bool = False,
    ending: str = ENDING,
    now: datetime | None = None,
) -> Saved:
    """Let ``write`` make the workbook at ``path``, keeping a backup of what stands there.

    Parameters
    ----------
    path
        Where the workbook goes; a link stays a link to the file that is replaced.
    write
        Makes the file at the path it is given, whole or not at all.
    force
        Whether a file that stands there already may be replaced.
    ending
        How the name has to end: ``.xlsm`` for a workbook with macros.
    now
        The moment in the backup's name; by default the real one.

    Raises
    ------
    ProblemsError
        The file cannot be there, or there is one already and ``force`` is not given. What stood
        there stands there still.

    Examples
    --------
    >>> folder = Path(tempfile.mkdtemp())
    >>> path = folder / "acme.xlsx"
    >>> save(path, lambda file: file.write_text("first")).backup is None
    True
    >>> saved = save(path, lambda file: file.write_text("second"), force=True)
    >>> saved.path.read_text(), saved.backup.read_text()
    ('second', 'first')
    """
    check_target(path, force=force, ending=ending)
    target = path.resolve()
    with told(path), alone(path):
        backup = back_up(target, now) if target.exists() else None
        try:
            write(target)
        except BaseException:
            if backup and filecmp.cmp(backup, target, shallow=False):  # nothing was replaced
                backup.unlink()
            raise
        if backup:
            dress(target, backup, dates=False)
    return Saved(path, backup)


def check_target(path: Path, *, force: bool = False, ending: str = ENDING) -> None:
    """Refuse a place where a workbook cannot be saved.

    Raises
    ------
    ProblemsError
        The name does not suit a workbook, its folder is missing or cannot be written in, or a file
        stands there that must not be replaced: because ``force`` is not given, because it is
        write-protected, or because somebody has it open.
    """
    _refuse_name(path, ending)
    with told(path):
        if path.is_dir():
            raise _refusal("target_is_folder", path)
        _refuse_folder(path)
        if path.exists():
            _refuse_replacing(path, force=force)


def check_place(path: Path) -> None:
    """Refuse a place where nothing of that name can be made, whatever stands there.

    Raises
    ------
    ProblemsError
        No file system of those that people have takes the name, or its folder is missing or
        cannot be written in.
    """
    _refuse_name(path, path.suffix.lower())
    with told(path):
        _refuse_folder(path)


def make_folder(path: Path) -> None:
    """Make a folder, with those above it, unless it is there."""
    with told(path / "x"):
        if path.exists() and not path.is_dir():
            raise _refusal("folder_is_file", path / "x")
        path.mkdir(parents=True, exist_ok=True)


def _refuse_name(path: Path, ending: str) -> None:
    name = path.name
    if path.suffix.lower() != ending:
        stem = path.stem if path.suffix.lower() in _OTHER_ENDINGS else name
        suggestion = f"{stem or 'scorecard'}{ending}"
        raise _refusal("target_ending", path, suggestion=suggestion, ending=ending)
    found = _FORBIDDEN.search(name)
    if found:
        raise _refusal("target_character", path, sign=found[0] if found[0].isprintable() else "")
    if _RESERVED.fullmatch(name) or name != name.strip():
        raise _refusal("target_name", path)
    if len(name.encode("utf-8", "replace")) > _LONGEST_NAME:
        raise _refusal("target_too_long", path, limit=_LONGEST_NAME)


def _refuse_folder(path: Path) -> None:
    folder = path.parent
    if not folder.exists():
        raise _refusal("folder_missing", path)
    if not folder.is_dir():
        raise _refusal("folder_is_file", path)
    # Only trying tells: rights, read-only media and shares are many.
    with tempfile.TemporaryFile(dir=folder, prefix=".tablero-"):
        pass


def _refuse_replacing(path: Path, *, force: bool) -> None:
    if not force:
        raise _refusal("target_exists", path)
    refuse_open(path)
    with path.open("r+b"):  # write protection of the file itself
        pass


def refuse_open(path: Path) -> None:
    """Refuse a file that somebody has open, also where a link leads to it."""
    found = holder(path) or holder(path.resolve())
    if found:
        code = "target_open_by" if found.user else "target_open"
        values = {"program": found.program, "user": found.user, "lock": found.lock.name}
        raise _refusal(code, path, **values)


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Tell what the system refuses, while a file is saved at ``path``, as a problem."""
    try:
        yield
    except (OSError, XlsxFileError) as defect:
        raise _problem(path, _cause(defect)) from defect


def _cause(defect: Exception) -> OSError:
    """The system's own error; XlsxWriter hands it on as the first argument of its own."""
    inner = defect.args[0] if defect.args else None
    for error in (defect, inner):
        if isinstance(error, OSError):
            return error
    return OSError(None, str(defect))


_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
_DENIED = {errno.EACCES, errno.EPERM, errno.EROFS}


def _problem(path: Path, error: OSError) -> ProblemsError:
    if error.errno in _FULL:
        return _refusal("disk_full", path)
    if error.errno == errno.ENAMETOOLONG:
        return _refusal("target_too_long", path, limit=_LONGEST_NAME)
    if error.errno in _DENIED:
        return _refusal("target_protected" if _is_there(path) else "folder_protected", path)
    return _refusal("target_unwritable", path, reason=error.strerror or str(error))


def _is_there(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False


def _refusal(code: str, path: Path, **values: object) -> ProblemsError:
    folder = str(path.parent if path.parent.name else path.parent.absolute())
    return ProblemsError(
        [Problem(code, values={"name": path.name, "folder": folder, **values}, file=path.name)]
    )
