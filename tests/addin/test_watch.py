"""``tablero watch``: reports follow what is saved in a folder, whatever else happens there."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import IO

import pytest

from tablero.workbook_templates.workbook import new_workbook
from tests.addin.commands import PROGRAM, environment, tablero
from tests.workbook.companies import cano

Start = Callable[..., "Watching"]


class Watching:
    """A process that watches; what it says is waited for line by line."""

    def __init__(self, process: subprocess.Popen[str], said: IO[str]) -> None:
        self.process = process
        self._said = said

    def says(self, pattern: str) -> re.Match[str]:
        """The next line, which is of that form."""
        line = self._said.readline().rstrip("\n")
        found = re.fullmatch(pattern, line)
        assert found, line
        return found

    def end(self) -> int:
        """Press Ctrl-C; the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a small company's workbook."""
    (tmp_path / "board").mkdir()
    new_workbook(cano(), tmp_path / "board" / "acme.xlsx", dialect="plain")
    return tmp_path / "board"


@pytest.fixture
def start(folder: Path) -> Iterator[Start]:
    """Begins to watch the folder with options; ends at last."""
    running: list[subprocess.Popen[str]] = []

    def begin(*options: str) -> Watching:
        process = subprocess.Popen(
            [*PROGRAM, "watch", folder.name, *options],
            cwd=folder.parent,
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            # Shells let what they start in the background ignore it.
            preexec_fn=partial(  # noqa: PLW1509 - no thread holds a lock here
                signal.signal, signal.SIGINT, signal.SIG_DFL
            ),
        )
        running.append(process)
        assert process.stdout
        return Watching(process, process.stdout)

    yield begin
    for process in running:
        process.kill()
        process.wait()
        assert process.stdout
        process.stdout.close()


MADE = r"\d\d:\d\d:\d\d  acme\.xlsx → acme\.html \([\d.]+ s\)"


def saved(path: Path) -> None:
    """Save as Excel does: a new file takes the name of the old one."""
    new = path.with_name("5F3A2B10")
    shutil.copyfile(path, new)
    new.replace(path)


def test_what_people_save_is_made_anew(folder: Path, start: Start) -> None:
    """At the start, when a new file takes the name, when the same is written over; then Ctrl-C.

    Of locks, backups and unfinished files nothing is made, and nothing said.
    """
    watching = start("--html")
    watching.says(rf"Watching {re.escape(str(folder))} \(workbooks: 1\)\. Ctrl-C ends it\.")
    watching.says(MADE)
    content = (folder / "acme.xlsx").read_bytes()
    for name in (
        "~$acme.xlsx", ".~lock.acme.xlsx#", "acme.backup-20260131-180000.xlsx",
        ".acme.tablero-1a2b.xlsx", "lu1234.tmp", "acme.csv",
    ):  # fmt: skip
        (folder / name).write_bytes(content)
    saved(folder / "acme.xlsx")
    watching.says(MADE)
    (folder / "acme.xlsx").write_bytes(content)
    watching.says(MADE)
    assert watching.end() == 0
    watching.says(r"Watching has ended\.")
    assert [one.name for one in folder.glob("*.html")] == ["acme.html"]


def test_a_workbook_that_is_being_written_is_waited_for(folder: Path, start: Start) -> None:
    """Its first half is no reason to complain; what stays broken is told, and watching goes on."""
    content = (folder / "acme.xlsx").read_bytes()
    watching = start("--html")
    watching.says(r"Watching .*")
    watching.says(MADE)
    page = (folder / "acme.html").stat().st_mtime_ns
    with (folder / "acme.xlsx").open("wb") as file:
        file.write(content[:5000])
        file.flush()
        os.fsync(file.fileno())
        file.write(content[5000:])
    watching.says(MADE)
    assert (folder / "acme.html").stat().st_mtime_ns > page
    (folder / "acme.xlsx").write_bytes(content[:5000])
    watching.says(r"\d\d:\d\d:\d\d  error: acme\.xlsx: “acme\.xlsx” is damaged.*")
    (folder / "acme.xlsx").write_bytes(content)
    watching.says(MADE)


def test_a_workbook_of_others_is_told_once(folder: Path, start: Start) -> None:
    """One that comes later, too, is made; one that goes is forgotten."""
    shutil.copyfile(Path(__file__).parent / "files" / "encrypted.xlsx", folder / "secret.xlsx")
    watching = start("--html", "--lang", "es")
    watching.says(r"Se vigila .* \(libros: 2\)\. Ctrl-C lo termina\.")
    watching.says(MADE)
    watching.says(r"\d\d:\d\d:\d\d  error: secret\.xlsx: .*")
    (folder / "secret.xlsx").unlink()
    new_workbook(cano(), folder / "zeta.xlsm")
    watching.says(r".*zeta\.xlsm → zeta\.html.*")
    assert '<html lang="es' in (folder / "zeta.html").read_text("utf-8")


def test_what_is_current_is_not_made_again(folder: Path, start: Start) -> None:
    """Neither at the start nor when only the report is written."""
    (folder / "acme.html").write_text("made a while ago")
    watching = start("--html")
    watching.says(r"Watching .*")
    (folder / "acme.pdf").write_text("made by hand")
    new_workbook(cano(), folder / "beta.xlsx")
    watching.says(r".*beta\.xlsx → beta\.html .*")
    assert (folder / "acme.html").read_text() == "made a while ago"


def test_pages_for_a_wall_load_themselves_anew(folder: Path, start: Start) -> None:
    """In a folder of their own; a PDF that cannot be made there is told, and keeps nothing up."""
    wall = folder.parent / "wall"
    (wall / "acme.pdf").mkdir(parents=True)
    watching = start("-o", "wall", "--refresh", "60")
    watching.says(r"Watching .*")
    watching.says(r"\d\d:\d\d:\d\d  error: acme\.pdf: .*")
    watching.says(MADE)
    page = (wall / "acme.html").read_text("utf-8")
    assert '<meta http-equiv="refresh" content="60">' in page
    assert watching.end() == 0


def test_a_folder_that_is_away_for_a_while_is_watched_again(folder: Path, start: Start) -> None:
    """As one on a server: it is told once, and what was saved meanwhile is made."""
    watching = start("--html")
    watching.says(r"Watching .*")
    watching.says(MADE)
    away = folder.rename(folder.with_name("away"))
    watching.says(r"error: The system does not allow it \(FileNotFoundError: .*")
    saved(away / "acme.xlsx")
    away.rename(folder)
    watching.says(MADE)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere"], "There is no folder “nowhere”."),
        (["acme.xlsx"], "“acme.xlsx” is no folder."),
        ([".", "-o", "nowhere"], "There is no folder “nowhere”."),
    ],
    ids=" ".join,
)
def test_what_cannot_be_watched_is_told(arguments: list[str], said: str, folder: Path) -> None:
    """Wrong use, in a sentence."""
    assert said in tablero("watch", *arguments, cwd=folder).complaint(2)
