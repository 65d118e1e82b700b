"""A file gives way to its next version whatever happens: whole, alone, and with a way back."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tablero.workbook_templates.occupied import alone, holder
from tablero.workbook_templates.problems import Problem, ProblemsError
from tablero.workbook_templates.replacing import BACKUPS_KEPT, Version, replace
from tablero.workbook_templates.saving import Saved
from tablero.workbook_templates.texts import LANGUAGES
from tests.saving.places import little_room, ordinary_user, shared_folder

NOON = datetime(2026, 1, 31, 12, 0, 0, tzinfo=UTC)
NOBODY = 65534
ROOT = Path(__file__).parents[2]
EXCEL = b"\x09Ana Rojas" + b" " * 45 + b"\x09\x00" + "Ana Rojas".encode("utf-16-le") + bytes(90)
LIBREOFFICE = b"Ana Rojas,ana,office-pc,21.11.2026 20:57,file:///c:/ana/.config;"


def acme(folder: Path) -> Path:
    """A file that is there."""
    path = folder / "acme.xlsx"
    path.write_bytes(b"old")
    return path


def refused(action: Callable[[], object]) -> Problem:
    """The one problem that an action is refused with, told well in both languages."""
    with pytest.raises(ProblemsError) as refusal:
        action()
    (problem,) = refusal.value.problems
    assert problem.severity == "error"
    for language in LANGUAGES:
        assert "{" not in problem.sentence(language)
    assert problem.message("en") != problem.message("es")
    return problem


def to_new(path: Path) -> Saved:
    """The file with another content."""
    return replace(Version.of(path), b"new", now=NOON)


def names(folder: Path) -> list[str]:
    """What is in a folder."""
    return sorted(path.name for path in folder.iterdir())


def tried(what: str, folder: Path, count: int) -> dict[str, int]:
    """What the program of kills found; it ends badly if anything but whole files was left."""
    command = [sys.executable, "-m", "tests.safety.killing", what, str(folder), str(count)]
    told = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert told.returncode == 0, told.stderr
    found: dict[str, int] = json.loads(told.stdout)
    return found


def test_a_killed_process_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    """Killed at steps from the first to the last, and at any time; backups are whole, too."""
    found = tried("replacing", tmp_path, 200)
    assert found["killed"] > 150
    assert found["old"]
    assert found["new"]


def test_a_killed_revision_leaves_a_whole_workbook(tmp_path: Path) -> None:
    """The same for a figure that is filled into a real workbook, calculated and saved."""
    found = tried("revising", tmp_path, 16)
    assert found["killed"] > 10
    assert found["old"] + found.get("new", 0) == 16


def test_processes_at_the_same_file_lose_nothing(tmp_path: Path) -> None:
    """Four of them add lines to one file; who comes too late begins anew, and no line is lost."""
    assert tried("racing", tmp_path, 200) == {"lines": 200}


def test_nothing_is_left_beside_but_the_backup(tmp_path: Path) -> None:
    """Neither a lock nor a file of ours."""
    path = acme(tmp_path)
    to_new(path)
    assert path.read_bytes() == b"new"
    assert names(tmp_path) == ["acme.backup-20260131-120000.xlsx", "acme.xlsx"]


def test_what_killed_processes_left_is_cleared_away(tmp_path: Path) -> None:
    """Their lock is nobody's; what they had begun, and an empty backup, goes; nothing else does."""
    path = acme(tmp_path)
    ours = [".acme.xlsx.lock", ".acme.tablero-x1y2z3.xlsx", "acme.backup-20260101-000000.xlsx"]
    others = [".other.tablero-x1y2z3.xlsx", ".acme.xlsx", "acme.backup-of-ana.xlsx", "acme.tmp"]
    for name in (*ours, *others):
        (tmp_path / name).touch()
    to_new(path)
    assert names(tmp_path) == sorted([*others, "acme.backup-20260131-120000.xlsx", "acme.xlsx"])


def test_the_last_backups_are_kept(tmp_path: Path) -> None:
    """Those of one second, too, in the order in which they were made."""
    path = acme(tmp_path)
    for number in range(12):
        replace(Version.of(path), str(number).encode(), now=NOON)
    kept = [one.read_bytes() for one in tmp_path.glob("acme.backup-*")]
    assert sorted(kept) == sorted(str(number).encode() for number in range(6, 11))
    assert len(kept) == BACKUPS_KEPT


def test_another_process_at_work_is_told(tmp_path: Path) -> None:
    """Whoever waits too long is told to try again; links lead to the same file."""
    path, link = acme(tmp_path), tmp_path / "link.xlsx"
    link.symlink_to(path)

    def enter() -> None:
        with alone(link, patience=0):
            pytest.fail("two at once")

    with alone(path):
        assert refused(enter).code == "file_in_work"
    assert names(tmp_path) == ["acme.xlsx", "link.xlsx"]


@pytest.mark.parametrize(
    ("lock", "content", "program", "user"),
    [
        ("~$acme.xlsx", EXCEL, "Excel", "Ana Rojas"),
        ("~$acme.xlsx", EXCEL[:20], "Excel", "Ana Rojas"),
        ("~$acme.xlsx", b"\x04A\x1b\x00\n", "Excel", "A"),
        ("~$acme.xlsx", b"", "Excel", ""),
        (".~lock.acme.xlsx#", LIBREOFFICE, "LibreOffice", "Ana Rojas, office-pc"),
        (".~lock.acme.xlsx#", b",ana,pc,;", "LibreOffice", "ana, pc"),
        (".~lock.acme.xlsx#", b"Rojas\\, Ana,ana,,;", "LibreOffice", "Rojas, Ana"),
        (".~lock.acme.xlsx#", b"\xff\xfe", "LibreOffice", ""),
    ],
)
def test_a_file_that_somebody_has_open_is_not_touched(
    lock: str, content: bytes, program: str, user: str, tmp_path: Path
) -> None:
    """It is said where and by whom, and how to go on if the lock is only left over."""
    path = acme(tmp_path)
    (tmp_path / lock).write_bytes(content)
    found = holder(path)
    assert found
    assert (found.program, found.user) == (program, user)
    problem = refused(lambda: to_new(path))
    assert (
        problem.message() == f"This file is open in {program}{f': {user} has it' if user else ''}."
    )
    assert lock in problem.remedy()
    assert (path.read_bytes(), names(tmp_path)) == (b"old", sorted(["acme.xlsx", lock]))
    (tmp_path / lock).unlink()
    to_new(path)
    assert path.read_bytes() == b"new"


def test_a_file_that_was_saved_meanwhile_is_left_as_it_was_saved(tmp_path: Path) -> None:
    """Also if it is of the same size; and one that was moved away is not made anew."""
    path = acme(tmp_path)
    before = Version.of(path)
    path.write_bytes(b"odd")
    assert refused(lambda: replace(before, b"new")).code == "file_changed_meanwhile"
    assert (path.read_bytes(), names(tmp_path)) == (b"odd", ["acme.xlsx"])
    path.unlink()
    assert refused(lambda: replace(before, b"new")).code == "file_gone_meanwhile"
    assert names(tmp_path) == []


@pytest.mark.parametrize("size", [100_000, 2_000_000])
def test_a_full_disk_leaves_the_old_file(size: int, tmp_path: Path) -> None:
    """Be it too full for the backup or for the new file; nothing half written stays."""
    path = acme(tmp_path)
    path.write_bytes(bytes(size))
    with little_room(1_000_000):
        code = refused(lambda: replace(Version.of(path), bytes(2_000_000))).code
    assert code == "disk_full"
    assert (path.stat().st_size, names(tmp_path)) == (size, ["acme.xlsx"])


@pytest.mark.parametrize(
    ("folder_mode", "file_mode", "code"),
    [(0o555, 0o666, "folder_protected"), (0o777, 0o444, "target_protected")],
)
def test_what_must_not_be_written_is_not(folder_mode: int, file_mode: int, code: str) -> None:
    """A folder of somebody else's, a read-only share, a write-protected file."""
    with shared_folder() as folder:
        path = acme(folder)
        path.chmod(file_mode)
        folder.chmod(folder_mode)
        with ordinary_user():
            problem = refused(lambda: to_new(path))
        assert (path.read_bytes(), names(folder)) == (b"old", ["acme.xlsx"])
    assert problem.code in {code, "target_protected"}


def test_a_file_that_the_system_does_not_let_go_stays() -> None:
    """As Windows does with one that is open: the last step is refused, and all is as before."""
    with shared_folder() as folder:
        path = acme(folder)
        path.chmod(0o666)
        folder.chmod(0o1777)  # whose files only their owner may rename
        with ordinary_user():
            other = os.geteuid() != path.stat().st_uid
            code = refused(lambda: to_new(path)).code if other else "target_protected"
        assert code == "target_protected"
        assert names(folder) == ["acme.xlsx"] or not other


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    """The file to which it leads is the one that is replaced, with the backup beside that one."""
    real, link = tmp_path / "real", tmp_path / "link"
    real.mkdir()
    link.mkdir()
    acme(real)
    (link / "a.xlsx").symlink_to(real / "acme.xlsx")
    to_new(link / "a.xlsx")
    assert (link / "a.xlsx").is_symlink()
    assert (real / "acme.xlsx").read_bytes() == b"new"
    assert (names(link), len(names(real))) == (["a.xlsx"], 2)


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664])
def test_rights_and_owner_stay(mode: int, tmp_path: Path) -> None:
    """Whoever could read the file can, and nobody else; an administrator does not take it over."""
    path = acme(tmp_path)
    if os.geteuid() == 0:
        os.chown(path, NOBODY, NOBODY)
    path.chmod(mode)
    before = path.stat()
    saved = to_new(path)
    assert saved.backup
    for after in (path.stat(), saved.backup.stat()):
        assert stat.S_IMODE(after.st_mode) == mode
        assert (after.st_uid, after.st_gid) == (before.st_uid, before.st_gid)
    assert saved.backup.stat().st_mtime_ns == before.st_mtime_ns
