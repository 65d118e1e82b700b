"""Saving a folder of files where people keep theirs: whole, with the former one kept beside it."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from tablero.workbook_templates.backups import unfinished_prefix
from tablero.workbook_templates.occupied import alone
from tablero.workbook_templates.problems import Problem, ProblemsError
from tablero.workbook_templates.saving import Saved, check_place, told

_EVERYBODYS = 0o777
_AGAIN = ("", *(f"-{number}" for number in range(2, 1000)))


def save_folder(
    path: Path,
    write: Callable[[Path], None],
    *,
    is_ours: Callable[[Path], bool],
    force: bool = False,
    now: datetime | None = None,
) -> Saved:
    """Let ``write`` fill a folder that then takes its place at ``path``, all of it at once.

    Parameters
    ----------
    path
        Where the folder goes; an empty one may be there.
    write
        Writes the files into the folder that it is given.
    is_ours
        Whether what stands in a folder may have been written by an earlier export.
    force
        Whether a folder that stands there, with nothing in it that is not ours, gives way; it is
        kept beside the new one.
    now
        The moment in the name under which it is kept; by default the real one.

    Raises
    ------
    ProblemsError
        The folder cannot be there, or one is there already that must not give way. What stood
        there stands there still.

    Examples
    --------
    >>> path = Path(tempfile.mkdtemp()) / "acme-csv"
    >>> saved = save_folder(path, lambda folder: (folder / "a").touch(), is_ours=Path.is_file)
    >>> [one.name for one in saved.path.iterdir()]
    ['a']
    """
    check_place(path)
    target = path.resolve()
    with told(path), alone(path):
        _refuse_taken(target, is_ours, force=force)
        with _unfinished(target) as folder:
            write(folder)
            kept = _kept(target, now)
            try:
                folder.rename(target)
            except BaseException:
                if kept:
                    kept.rename(target)
                raise
    return Saved(path, kept)


def _refuse_taken(path: Path, is_ours: Callable[[Path], bool], *, force: bool) -> None:
    if path.exists() and not path.is_dir():
        raise _refusal("folder_is_file", path, folder=path.name)
    held = sorted(path.iterdir()) if path.exists() else []
    strange = [one.name for one in held if not is_ours(one)]
    if strange:
        raise _refusal("folder_of_others", path, other=strange[0])
    if held and not force:
        raise _refusal("folder_taken", path)


def _refusal(code: str, path: Path, **values: str) -> ProblemsError:
    return ProblemsError([Problem(code, values={"name": path.name, **values}, file=path.name)])


@contextmanager
def _unfinished(path: Path) -> Iterator[Path]:
    """An empty folder beside ``path``, gone at the end unless it has got a name of its own."""
    folder = Path(tempfile.mkdtemp(prefix=unfinished_prefix(path), dir=path.parent))
    give_rights(folder, _EVERYBODYS)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def give_rights(path: Path, most: int) -> None:
    """Give what was made for us alone the rights that a file or a folder of the user's gets."""
    mask = os.umask(0)
    os.umask(mask)
    path.chmod(most & ~mask)


def _kept(path: Path, now: datetime | None) -> Path | None:
    """Move a folder out of the way, under a name of its own; None where none is or nothing in it.

    A folder that is empty may be the one somebody made for this.
    """
    if not path.exists():
        return None
    if not any(path.iterdir()):
        path.rmdir()
        return None
    stamp = f"{now or datetime.now().astimezone():%Y%m%d-%H%M%S}"
    names = [path.with_name(f"{path.name}.backup-{stamp}{again}") for again in _AGAIN]
    name = next(one for one in names if not one.exists())
    path.rename(name)
    return name
