"""Processes that replace a file and are killed, or that want the same file at once.

``python -m tests.safety.killing replacing|revising|racing FOLDER COUNT`` is a program of its own,
with one thread, so that it can fork a process for each kill. It prints, as JSON, how many were
killed and what the file was then.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from hashlib import sha256
from pathlib import Path
from types import FrameType

from tablero.workbook_templates.editing.edits import Edit
from tablero.workbook_templates.editing.revision import Revision, revise
from tablero.workbook_templates.grid import Cell
from tablero.workbook_templates.library import load_template
from tablero.workbook_templates.problems import ProblemsError
from tablero.workbook_templates.read import read_workbook
from tablero.workbook_templates.replacing import BACKUPS_KEPT, Version, replace
from tablero.workbook_templates.workbook import new_workbook

SIZE = 200_000
RUNNERS = 4
_SIGN = sha256().digest_size


def version(number: int) -> bytes:
    """A content that tells by itself whether it is whole."""
    body = random.Random(number).randbytes(SIZE)  # noqa: S311 - any bytes
    return sha256(body).digest() + body


def is_whole(content: bytes) -> bool:
    """Whether a file holds one of the versions, all of it and nothing else."""
    return sha256(content[_SIGN:]).digest() == content[:_SIGN]


@contextmanager
def killed_at(step: int) -> Iterator[None]:
    """The process kills itself at a step: before or after a call of a function, Python's or C's."""
    left = step

    def count(*_: object) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(count)
    try:
        yield
    finally:
        sys.setprofile(None)


def steps_of(work: Callable[[], object]) -> int:
    """How many steps a piece of work takes."""
    steps = 0

    def count(_: FrameType, __: str, ___: object) -> None:
        nonlocal steps
        steps += 1

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return steps


def in_child(work: Callable[[], object], seconds: float | None = None) -> bool:
    """Do something in a process of its own, killed after some seconds; whether it was killed."""
    child = os.fork()
    if child == 0:
        try:
            work()
            os._exit(0)
        finally:
            os._exit(1)
    if seconds is not None:
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    assert status in {0, signal.SIGKILL}, status
    return status == signal.SIGKILL


class Kills:
    """Kills, one after the other, over one file; everything that is left is looked at each time."""

    def __init__(self, path: Path, check: Callable[[bytes], bool]) -> None:
        self.path = path
        self.found: Counter[str] = Counter()
        self._check = check

    def kill(
        self, old: bytes, new: bytes, work: Callable[[], object], seconds: float | None = None
    ) -> None:
        """Kill work that replaces ``old`` by ``new``."""
        if in_child(work, seconds):
            self.found["killed"] += 1
        content = self.path.read_bytes()
        self.found["new" if content == new else "old" if content == old else "another"] += 1
        assert self._check(content), "a broken file"
        for beside in self.path.parent.iterdir():
            self._look_at(beside)

    def _look_at(self, beside: Path) -> None:
        name = beside.name
        if name.startswith(".acme.tablero-"):
            self.found["unfinished"] += 1
        elif name.startswith("acme.backup-"):
            assert self._check(beside.read_bytes()), "a broken backup"
        else:
            assert name in {"acme.xlsx", ".acme.xlsx.lock"}, name

    def look_at_the_end(self) -> None:
        """What is left once a run has come to its end: the file and its last backups."""
        names = {one.name for one in self.path.parent.iterdir()} - {"acme.xlsx"}
        assert all(name.startswith("acme.backup-") for name in names), names
        assert len(names) <= BACKUPS_KEPT, names


def kill_replacing(path: Path, count: int) -> Counter[str]:
    """Kill half of the processes at steps all over a replacement, the others at any time."""
    kills = Kills(path, is_whole)
    chance = random.Random(count)  # noqa: S311 - any moments
    path.write_bytes(version(0))
    steps = steps_of(lambda: replace(Version.of(path), version(1)))
    for number in range(2, count + 2):
        present, new = path.read_bytes(), version(number)
        if number % 2:
            step = number * steps // (count + 2)
            kills.kill(
                present, new, partial(_killed, partial(replace, Version.of(path), new), step)
            )
        else:
            kills.kill(present, new, partial(_for_ever, path, number), chance.uniform(0, 0.02))
        if number % 10 == 0:
            replace(Version.of(path), version(-number))
            kills.look_at_the_end()
    kills.found["steps"] = steps
    return kills.found


def _killed(work: Callable[[], object], step: int) -> None:
    with killed_at(step):
        work()


def _for_ever(path: Path, number: int) -> None:
    while True:
        number += 1000
        replace(Version.of(path), version(number))


def kill_revising(path: Path, count: int) -> Counter[str]:
    """Kill processes that fill in a figure of a real workbook, at any time or while they save."""
    new_workbook(load_template("blank-sme"), path)
    cells = read_workbook(path).places.months
    place = next(iter(cells.values()))
    one, other = _two_versions(path, place)
    kills = Kills(path, lambda content: content in {one, other})
    begin = time.monotonic()
    steps = steps_of(_revision(path, place, one, other).save)
    duration = 1.2 * (time.monotonic() - begin)
    for number in range(count):
        present = Version.of(path)
        new = other if present.content == one else one
        if number % 4:
            save = Revision(present, new, 1, ()).save
            kills.kill(present.content, new, partial(_killed, save, number * steps // count))
        else:
            work = partial(_revised, path, place, one, other)
            kills.kill(present.content, new, work, duration * number / count)
    _revision(path, place, one, other).save()
    kills.look_at_the_end()
    return kills.found


def _two_versions(path: Path, place: Cell) -> tuple[bytes, bytes]:
    """The workbook with two figures, both as an edit of the other one leaves it."""
    contents = []
    for value in (1, 2, 1):
        edit = Edit(place.sheet, (place.row, place.column), value)
        revision = revise(Version.of(path), [edit])
        revision.save()
        contents.append(revision.content)
    assert contents[0] == contents[2]
    for backup in path.parent.glob("*.backup-*"):
        backup.unlink()
    return contents[0], contents[1]


def _revision(path: Path, place: Cell, one: bytes, other: bytes) -> Revision:
    before = Version.of(path)
    assert before.content in {one, other}
    value = 2 if before.content == one else 1
    return revise(before, [Edit(place.sheet, (place.row, place.column), value)])


def _revised(path: Path, place: Cell, one: bytes, other: bytes) -> None:
    _revision(path, place, one, other).save()


def race(path: Path, count: int) -> Counter[str]:
    """Let processes write a line each into the same file, time and again; no line is lost."""
    path.write_text("")
    children = []
    for runner in range(RUNNERS):
        child = os.fork()
        if child == 0:
            try:
                _run(path, runner, count // RUNNERS)
                os._exit(0)
            finally:
                os._exit(1)
        children.append(child)
    assert [os.waitpid(child, 0)[1] for child in children] == [0] * RUNNERS
    lines = path.read_text().splitlines()
    expected = {
        f"{runner} {number}" for runner in range(RUNNERS) for number in range(count // RUNNERS)
    }
    assert sorted(lines) == sorted(expected), "a line was lost or written twice"
    Kills(path, lambda _: True).look_at_the_end()
    return Counter(lines=len(lines))


def _run(path: Path, runner: int, count: int) -> None:
    for number in range(count):
        while True:
            before = Version.of(path)
            try:
                replace(before, before.content + f"{runner} {number}\n".encode())
                break
            except ProblemsError as refused:
                if refused.problems[0].code != "file_changed_meanwhile":
                    raise


def main() -> None:
    """Do one of these, and tell."""
    what, folder, count = sys.argv[1:]
    ways = {"replacing": kill_replacing, "revising": kill_revising, "racing": race}
    sys.stdout.write(json.dumps(ways[what](Path(folder) / "acme.xlsx", int(count))))


if __name__ == "__main__":
    main()
