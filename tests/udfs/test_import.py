"""The functions load fast, because a spreadsheet waits for them, and need nothing but Python."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import tablero.udfs

LISTED = "import sys; before = set(sys.modules); import {}; print(*(set(sys.modules) - before))"
SLOW = {"typing", "dataclasses", "inspect", "re", "enum", "functools"}


def loaded_by(module: str) -> set[str]:
    """The modules that a fresh interpreter loads for an import."""
    run = subprocess.run(
        [
            sys.executable,
            "-I",
            "-S",
            "-c",
            f"import sys; sys.path[:0] = {roots()}; {LISTED.format(module)}",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(run.stdout.split())


def roots() -> list[str]:
    """The folder that holds the package, for an interpreter without site packages."""
    return [str(Path(tablero.udfs.__file__).parents[2])]


def test_the_functions_need_only_the_standard_library() -> None:
    """Also with their registry, for every host of the functions."""
    modules = {name.partition(".")[0] for name in loaded_by("tablero.udfs.registry")}
    assert modules - sys.stdlib_module_names <= {"tablero"}


def test_the_functions_load_nothing_slow() -> None:
    """Not even the parts of the standard library that take longer than all of them."""
    assert not SLOW & loaded_by("tablero.udfs")
