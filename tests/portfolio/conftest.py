"""Folders of clients that tests of the engine share."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.portfolio.clients import client


@pytest.fixture(scope="session")
def made_clients(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Workbooks of six companies in two folders, and a broken one; not to be changed."""
    folder = tmp_path_factory.mktemp("clients")
    for number in range(6):
        client(folder / "ab"[number % 2] / f"client{number}.xlsx", f"Client {number}")
    (folder / "broken.xlsx").write_bytes(b"PK and then nothing")
    return folder


@pytest.fixture
def clients(made_clients: Path, tmp_path: Path) -> Path:
    """A copy of the folder of clients to work on."""
    return Path(shutil.copytree(made_clients, tmp_path / "clients"))
