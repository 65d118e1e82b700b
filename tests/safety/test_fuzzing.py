"""Thousands of spoiled workbooks: refused in a sentence or read, never a crash, never a change."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.safety.fuzzing import LONG
from tests.safety.seeds import MAKERS

CASES, WHOLE = 500, 8
ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", list(MAKERS))
def test_a_spoiled_workbook_is_refused_or_edited(name: str) -> None:
    """Where it can be read, a figure is changed in it; saving keeps what stood there, to the byte.

    A case that fails, or hangs, is told by its number.
    """
    numbers = [str(number) for number in (0, CASES, WHOLE)]
    command = [sys.executable, "-m", "tests.safety.fuzzing", name, *numbers]
    told = subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=ROOT, timeout=20 * LONG
    )
    assert told.returncode == 0, told.stderr
    found: dict[str, int] = json.loads(told.stdout)
    assert sum(found.values()) == CASES
    assert min(found["edited"], found["file_damaged"]) > CASES // 20
    assert found["saved"]
