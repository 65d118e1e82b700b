"""Saving a workbook: whole, with a backup of the old one, or refused in a sentence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tablero.workbook_templates.library import load_template
from tablero.workbook_templates.occupied import holder
from tablero.workbook_templates.problems import ProblemsError
from tablero.workbook_templates.saving import check_target, make_folder, save
from tablero.workbook_templates.texts import LANGUAGES
from tablero.workbook_templates.workbook import new_workbook
from tests.saving.places import little_room, ordinary_user, shared_folder

NOON = datetime(2026, 1, 31, 12, 0, 0, tzinfo=UTC)


def write(path: Path) -> None:
    """The paper's company as a workbook."""
    new_workbook(load_template("cano"), path)


def text(content: str) -> Callable[[Path], None]:
    """Writes a small file in place of a workbook."""

    def write(path: Path) -> None:
        path.write_text(content)

    return write


def refused(action: Callable[[], object]) -> str:
    """The code of the one problem that an action is refused with, told well in both languages."""
    with pytest.raises(ProblemsError) as refusal:
        action()
    (problem,) = refusal.value.problems
    assert problem.severity == "error"
    for language in LANGUAGES:
        assert "{" not in problem.sentence(language)
    return problem.code


def names(folder: Path) -> list[str]:
    """What is in a folder."""
    return sorted(path.name for path in folder.iterdir())


def test_a_new_file_has_no_backup(tmp_path: Path) -> None:
    """There was nothing to keep."""
    path = tmp_path / "a.xlsx"
    saved = save(path, write)
    assert (saved.path, saved.backup) == (path, None)
    assert names(tmp_path) == ["a.xlsx"]


def test_a_file_that_is_there_is_left_alone(tmp_path: Path) -> None:
    """Unless replacing it is asked for."""
    path = tmp_path / "a.xlsx"
    path.write_text("old")
    assert refused(lambda: save(path, text("new"))) == "target_exists"
    assert path.read_text() == "old"


def test_the_backup_is_named_by_the_moment(tmp_path: Path) -> None:
    """Beside the file, with its ending, so that it opens like the file."""
    path = tmp_path / "a.b.XLSX"
    path.write_text("old")
    saved = save(path, text("new"), force=True, now=NOON)
    assert saved.backup == tmp_path / "a.b.backup-20260131-120000.XLSX"
    assert (path.read_text(), saved.backup.read_text()) == ("new", "old")


def test_no_backup_replaces_another(tmp_path: Path) -> None:
    """Those of the same second are numbered."""
    path = tmp_path / "a.xlsx"
    for content in ("1", "2", "3", "4"):
        save(path, text(content), force=True, now=NOON)
    kept = {name: (tmp_path / name).read_text() for name in names(tmp_path)}
    assert kept == {
        "a.backup-20260131-120000.xlsx": "1",
        "a.backup-20260131-120000-2.xlsx": "2",
        "a.backup-20260131-120000-3.xlsx": "3",
        "a.xlsx": "4",
    }


def test_rights_of_the_old_file_are_kept(tmp_path: Path) -> None:
    """What nobody else could read stays so."""
    path = tmp_path / "a.xlsx"
    path.write_text("old")
    path.chmod(0o600)
    saved = save(path, write, force=True)
    assert saved.backup
    assert {file.stat().st_mode & 0o777 for file in (path, saved.backup)} == {0o600}


def test_a_link_is_followed(tmp_path: Path) -> None:
    """The file it points to is replaced and kept; the link stays."""
    real, link = tmp_path / "real.xlsx", tmp_path / "link.xlsx"
    real.write_text("old")
    link.symlink_to(real)
    saved = save(link, write, force=True, now=NOON)
    assert link.is_symlink()
    assert saved.backup == tmp_path / "real.backup-20260131-120000.xlsx"


@pytest.mark.parametrize("defect", [KeyboardInterrupt, ValueError])
def test_an_interrupted_writer_changes_nothing(defect: type[BaseException], tmp_path: Path) -> None:
    """The old file stands, and no needless backup beside it."""
    path = tmp_path / "a.xlsx"
    path.write_text("old")

    def break_off(_: Path) -> None:
        raise defect

    with pytest.raises(defect):
        save(path, break_off, force=True)
    assert names(tmp_path) == ["a.xlsx"]
    assert path.read_text() == "old"


def test_the_backup_stays_once_the_file_is_replaced(tmp_path: Path) -> None:
    """Even if something goes wrong right after."""
    path = tmp_path / "a.xlsx"
    path.write_text("old")

    def break_off(target: Path) -> None:
        target.write_text("half")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        save(path, break_off, force=True, now=NOON)
    assert (tmp_path / "a.backup-20260131-120000.xlsx").read_text() == "old"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("a.xlsm", "target_ending"),
        ("a.xls", "target_ending"),
        ("a", "target_ending"),
        (".xlsx", "target_ending"),
        ("a:b.xlsx", "target_character"),
        ("a[1].xlsx", "target_character"),
        ("a\nb.xlsx", "target_character"),
        ("a\0b.xlsx", "target_character"),
        ("COM1.xlsx", "target_name"),
        ("nul.tar.xlsx", "target_name"),
        (" a.xlsx", "target_name"),
        ("á" * 100 + ".xlsx", "target_too_long"),
    ],
)
def test_a_name_that_no_workbook_can_have_is_refused(name: str, code: str, tmp_path: Path) -> None:
    """On every system, since workbooks travel."""
    assert refused(lambda: save(tmp_path / name, write)) == code
    assert names(tmp_path) == []


def test_letters_and_signs_of_all_languages_are_fine(tmp_path: Path) -> None:
    """A name is refused only for a reason."""
    for name in ("Áridos & Cía.xlsx", "東方.xlsx", "a b (2).xlsx", "console.xlsx", "a.XLSX"):
        check_target(tmp_path / name)


def test_what_cannot_be_a_folder_is_told(tmp_path: Path) -> None:
    """A missing folder, a file in its place, and a folder in place of the file."""
    (tmp_path / "file").touch()
    (tmp_path / "folder.xlsx").mkdir()
    assert refused(lambda: save(tmp_path / "no/a.xlsx", write)) == "folder_missing"
    assert refused(lambda: save(tmp_path / "file/a.xlsx", write)) == "folder_is_file"
    assert refused(lambda: save(tmp_path / "folder.xlsx", write)) == "target_is_folder"


def test_a_way_that_is_too_long_is_told(tmp_path: Path) -> None:
    """The system itself refuses it."""
    way = tmp_path.joinpath(*["x" * 200] * 30)
    assert refused(lambda: save(way / "a.xlsx", write)) == "target_too_long"


def test_a_circle_of_links_is_told(tmp_path: Path) -> None:
    """Whatever else the system refuses is told with its reason."""
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    with pytest.raises(ProblemsError) as refusal:
        save(tmp_path / "a" / "c.xlsx", write)
    assert refusal.value.problems[0].code in {"target_unwritable", "folder_missing"}


def test_a_folder_that_cannot_be_written_in_is_told() -> None:
    """Before anything is calculated."""
    with shared_folder() as folder:
        folder.chmod(0o555)
        with ordinary_user():
            assert refused(lambda: check_target(folder / "a.xlsx")) == "folder_protected"
            assert refused(lambda: make_folder(folder / "b")) == "folder_protected"
        assert names(folder) == []


def test_a_folder_that_cannot_be_entered_is_told() -> None:
    """It is not known whether the file is there."""
    with shared_folder() as folder:
        (folder / "closed").mkdir(mode=0o000)
        with ordinary_user():
            code = refused(lambda: check_target(folder / "closed/a.xlsx"))
        (folder / "closed").chmod(0o755)  # so that it can be cleared away
        assert code == "folder_protected"


def test_a_write_protected_file_is_told() -> None:
    """Although its folder could be written in."""
    with shared_folder() as folder:
        path = folder / "a.xlsx"
        path.write_text("old")
        path.chmod(0o444)
        with ordinary_user():
            code = refused(lambda: save(path, text("new"), force=True))
        assert code == "target_protected"
        assert (path.read_text(), names(folder)) == ("old", ["a.xlsx"])


@pytest.mark.parametrize(
    ("lock", "program"), [("~$a.xlsx", "Excel"), (".~lock.a.xlsx#", "LibreOffice")]
)
def test_a_file_that_somebody_has_open_is_left_alone(
    lock: str, program: str, tmp_path: Path
) -> None:
    """Also when it is reached by a link; the sentence names the program."""
    path = tmp_path / "a.xlsx"
    path.write_text("old")
    (tmp_path / lock).touch()
    (tmp_path / "link.xlsx").symlink_to(path)
    found = holder(path)
    assert found
    assert (found.program, found.user) == (program, "")
    for way in (path, tmp_path / "link.xlsx"):
        with pytest.raises(ProblemsError, match=f"This file is open in {program}"):
            save(way, text("new"), force=True)
    assert path.read_text() == "old"


def test_a_lock_without_its_file_says_nothing(tmp_path: Path) -> None:
    """The file it belonged to is gone."""
    (tmp_path / "~$a.xlsx").touch()
    assert save(tmp_path / "a.xlsx", text("new")).backup is None


def test_a_full_disk_leaves_the_old_file(tmp_path: Path) -> None:
    """Nothing half written stays, neither workbook nor backup."""
    path = tmp_path / "a.xlsx"
    path.write_text("old")
    with little_room(5000):
        assert refused(lambda: save(path, write, force=True)) == "disk_full"
    assert (path.read_text(), names(tmp_path)) == ("old", ["a.xlsx"])


def test_a_disk_too_full_for_the_backup_leaves_the_old_file(tmp_path: Path) -> None:
    """The backup comes first, so that nothing is at risk."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(bytes(20_000))
    with little_room(10_000):
        assert refused(lambda: save(path, text("new"), force=True)) == "disk_full"
    assert (path.read_bytes(), names(tmp_path)) == (bytes(20_000), ["a.xlsx"])


def test_a_folder_is_made_with_those_above_it(tmp_path: Path) -> None:
    """Unless it is there; a file in its way is told."""
    make_folder(tmp_path / "a/b")
    make_folder(tmp_path / "a/b")
    (tmp_path / "file").touch()
    assert refused(lambda: make_folder(tmp_path / "file")) == "folder_is_file"
    assert refused(lambda: make_folder(tmp_path / "file/b")) == "target_unwritable"
    assert (tmp_path / "a/b").is_dir()
