"""Hostile workbooks, read and edited: ``python -m tests.safety.attacking SEED FOLDER``.

A program of its own that forks a process for each of them, so that memory can be bounded and
measured. It prints, as JSON, what came of each file, the seconds that it took a processor, and
the megabytes that it filled.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from collections.abc import Callable
from pathlib import Path

from tablero.workbook_templates.problems import ProblemsError
from tablero.workbook_templates.read import read_workbook
from tests.safety.attacks import ATTACKS
from tests.safety.fuzzing import edited
from tests.safety.mutating import unzipped

MEMORY = 3 * 2**30
"""Bytes; a process that wants more is refused them."""


def apart(work: Callable[[], object]) -> resource.struct_rusage:
    """Do something in a process of its own; what it took."""
    child = os.fork()
    if child == 0:
        try:
            work()
            os._exit(0)
        finally:
            os._exit(1)
    _, status, used = os.wait4(child, 0)
    if status:
        raise RuntimeError(status)
    return used


def _read(path: Path, answer: Path) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    before = path.read_bytes()
    try:
        outcome = edited(path, read_workbook(path))
    except ProblemsError as refused:
        refused.problems[0].sentence("es")
        outcome = refused.problems[0].code
    if path.read_bytes() != before:
        outcome = "changed"
    answer.write_text(outcome)


def main() -> None:
    """Make each file, read and edit it, and tell."""
    parts = unzipped(Path(sys.argv[1]).read_bytes())
    path, answer = (Path(sys.argv[2]) / name for name in ("acme.xlsx", "answer"))
    found = {}
    for name, make in ATTACKS.items():
        apart(lambda: path.write_bytes(make(parts)))  # noqa: B023 - it is done at once
        used = apart(lambda: _read(path, answer))
        seconds, megabytes = used.ru_utime + used.ru_stime, used.ru_maxrss // 1024
        found[name] = answer.read_text(), round(seconds, 2), megabytes, path.stat().st_size
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
