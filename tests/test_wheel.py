"""What is shipped: all of the three rooms, and nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.test_layers import MAY_IMPORT, ROOT, tracked_files


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """The project's wheel, built from this folder."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (built,) = folder.glob("tablero-*.whl")
    return zipfile.ZipFile(built)


def test_the_wheel_holds_every_file_of_the_rooms(wheel: zipfile.ZipFile) -> None:
    """Texts, definitions and type marks are shipped beside the modules."""
    shipped = set(wheel.namelist())
    wanted = {
        file.relative_to(ROOT / room).as_posix()
        for room in MAY_IMPORT
        for file in tracked_files(f"{room}/tablero")
    }
    assert {f"tablero/{room}/py.typed" for room in MAY_IMPORT} <= wanted
    assert wanted <= shipped


def test_the_wheel_holds_nothing_else(wheel: zipfile.ZipFile) -> None:
    """No tests, and no file that would end the namespace."""
    tops = {Path(name).parts[:2] for name in wheel.namelist() if ".dist-info/" not in name}
    assert tops == {("tablero", room) for room in MAY_IMPORT}


def test_the_unpacked_wheel_works_outside_the_project(
    wheel: zipfile.ZipFile, tmp_path: Path
) -> None:
    """The packages find their own data when they are installed elsewhere."""
    wheel.extractall(tmp_path / "site")
    program = (
        "import tablero.addin, tablero.udfs\n"
        "from tablero.workbook_templates import texts\n"
        "print(texts.__file__, texts.text('term.strategy', 'es'))"
    )
    shown = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "site")},
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    assert shown.stdout.startswith(str(tmp_path))
    assert shown.stdout.endswith("Estrategia\n")
