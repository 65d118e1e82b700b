"""Thousands of spoiled workbooks: refused in a sentence or read, never a crash, never a change."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.safety.fuzzing import LONG
from tests.safety.seeds import MAKERS

CASES, WHOLE = 500, 10
ROOT = Path(__file__).parents[2]


def outcomes(what: str, name: str, first: int, count: int) -> dict[str, int]:
    """What came of spoiled copies of a workbook; a case that fails or hangs is told by number."""
    command = [sys.executable, "-m", "tests.safety.fuzzing", what, name, str(first), str(count)]
    told = subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=ROOT, timeout=20 * LONG
    )
    assert told.returncode == 0, told.stderr
    found: dict[str, int] = json.loads(told.stdout)
    return found


@pytest.mark.parametrize("name", list(MAKERS))
def test_a_spoiled_workbook_is_refused_or_edited(name: str) -> None:
    """Read, and a figure changed in it where it can be read; the file itself stays as it is."""
    found = outcomes("read", name, 0, CASES)
    assert sum(found.values()) == CASES
    assert min(found["edited"], found["file_damaged"]) > CASES // 20


@pytest.mark.parametrize("name", list(MAKERS))
def test_a_spoiled_workbook_is_refused_or_saved(name: str) -> None:
    """Calculated and saved, too: what stood there is in the backup, to the byte."""
    found = outcomes("save", name, 10_000, WHOLE)
    assert sum(found.values()) == WHOLE
