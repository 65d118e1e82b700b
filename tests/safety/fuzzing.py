"""Spoiled workbooks, read and edited.

``python -m tests.safety.fuzzing NAME FIRST COUNT WHOLE`` is a program of its own, so that nothing
measures its lines while it tries thousands of files. Of COUNT files, WHOLE are calculated and
saved, too. At the end it prints, as JSON, how often what came out.
"""

from __future__ import annotations

import gc
import json
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random

from tablero.workbook_templates.editing.edits import Edit, with_edits
from tablero.workbook_templates.editing.package import Package
from tablero.workbook_templates.editing.revision import revise
from tablero.workbook_templates.opening import refusals
from tablero.workbook_templates.problems import ProblemsError
from tablero.workbook_templates.read import Reading, read_workbook
from tablero.workbook_templates.replacing import Version
from tests.safety.mutating import mutated, unzipped
from tests.safety.seeds import small_workbook

REST = 50
"""Cases after which memory is tidied; tidying as it comes takes a fifth of the time."""
LONG = 100
"""Seconds after which a case hangs: a thousand times what one takes."""


def _edit(reading: Reading) -> list[Edit]:
    """Another figure in the first cell of figures that is left."""
    cells = list(reading.places.months.values())[:1]
    return [Edit(cell.sheet, (cell.row, cell.column), 5.0) for cell in cells]


def edited(path: Path, reading: Reading) -> str:
    """Edit a workbook without calculating it."""
    with refusals(path):
        package = with_edits(Package.read(path), _edit(reading))
        package.to_bytes()
    return "edited"


def _saved(path: Path, reading: Reading) -> str:
    """Edit, calculate and save it; what stood there is in the backup."""
    before = path.read_bytes()
    saved = revise(Version.of(path), _edit(reading)).save()
    if saved is None:
        return "fresh"
    assert saved.backup
    assert saved.backup.read_bytes() == before
    saved.backup.unlink()
    return "saved"


def _case(path: Path, work: Callable[[Path, Reading], str]) -> str:
    """What becomes of one file: what was done with it, or the code of the refusal."""
    before = path.read_bytes()
    try:
        reading = read_workbook(path)
        told, outcome = reading.problems, work(path, reading)
    except ProblemsError as refused:
        told, outcome = refused.problems, refused.problems[0].code
    for problem in told:
        problem.sentence("es")
    assert outcome == "saved" or path.read_bytes() == before, "changed"
    assert [one.name for one in path.parent.iterdir()] == [path.name], "left something"
    return outcome


def main() -> None:
    """Try files, and tell; a case that fails is named by its number."""
    name, *numbers = sys.argv[1:]
    first, count, whole = map(int, numbers)
    found: Counter[str] = Counter()
    gc.disable()
    with tempfile.TemporaryDirectory() as folder:
        seed = small_workbook(name, Path(folder))
        content = seed.read_bytes()
        parts = unzipped(content)
        for number in range(first, first + count):
            if number % REST == 0:
                gc.collect()
            seed.write_bytes(mutated(content, parts, Random(f"{name} {number}")))  # noqa: S311
            signal.alarm(LONG)
            try:
                found[_case(seed, edited if number >= first + whole else _saved)] += 1
            except Exception as defect:
                raise AssertionError(f"case {number} of {name}") from defect
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
