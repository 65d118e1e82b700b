"""The code for xlwings Lite in Pyodide, the Python that runs inside Excel's browser part.

Pyodide is real; ``xlwings`` is a stand-in there (see :mod:`tests.conformance.xlwings_stand_in`).
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tablero.addin.lite import write_main
from tests.conformance.cases import Answer, Case
from tests.conformance.notation import ErrorCell, as_answer, as_rows

HERE = Path(__file__).parent
PYODIDE = HERE.parents[1] / ".ci" / "node_modules" / "pyodide" / "pyodide.mjs"
SECONDS = 120


class PyodideError(Exception):
    """Pyodide itself could not run."""


def answers(cases: Sequence[Case], folder: Path) -> list[Answer]:
    """What ``main.py`` answers, all cases in one process."""
    main_py, _ = write_main(folder)
    return answers_of(main_py, [(case.function, case.arguments) for case in cases])


def answers_of(main_py: Path, calls: Sequence[tuple[str, Sequence[Any]]]) -> list[Answer]:
    """What some ``main.py`` answers to calls, each a function's name and its cells."""
    if not PYODIDE.exists():
        raise PyodideError("Pyodide is missing; .ci/setup --test installs it.")
    folder = main_py.parent
    shutil.copy(HERE / "xlwings_stand_in.py", folder / "xlwings.py")
    shutil.copy(HERE / "pyodide_calls.py", folder)
    asked = [(name, [_as_excel_hands_over(one) for one in cells]) for name, cells in calls]
    (folder / "calls.json").write_text(json.dumps(asked), "utf-8")
    _run(folder)
    found = json.loads((folder / "answers.json").read_text("utf-8"))
    return [as_answer([[_sign(cell) for cell in row] for row in rows]) for rows in found]


def _run(folder: Path) -> None:
    done = subprocess.run(
        ["node", HERE / "pyodide_worker.mjs", PYODIDE, folder],  # noqa: S607 - from the path
        capture_output=True,
        check=False,
        timeout=SECONDS,
        encoding="utf-8",
    )
    if done.returncode:
        raise PyodideError(f"Pyodide could not run: {done.stderr.strip()}")


def _as_excel_hands_over(argument: Any) -> list[list[Any]]:
    return [[_cell(cell) for cell in row] for row in as_rows(argument)]


def _cell(cell: Any) -> Any:
    return {"type": "Error", "basicValue": cell.token} if isinstance(cell, ErrorCell) else cell


def _sign(cell: Any) -> Any:
    return cell["basicValue"] if isinstance(cell, dict) else cell
