"""Workbooks that the tests of the commands share."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.addin.commands import tablero


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The paper's company as ``tablero new cano`` makes it; not to be changed."""
    folder = tmp_path_factory.mktemp("made")
    assert tablero("new", "cano", cwd=folder).returncode == 0
    return folder / "cano.xlsx"


@pytest.fixture
def cano(made: Path, tmp_path: Path) -> Path:
    """A copy of the paper's company to work on, alone in its folder but for what a test adds."""
    return Path(shutil.copy(made, tmp_path / "cano.xlsx"))
