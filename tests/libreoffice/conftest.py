"""A LibreOffice that has the extension, built anew from this tree."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tablero.addin.libreoffice import build
from tests.engines.libreoffice import Calc


@pytest.fixture(scope="session")
def extension(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The extension's file."""
    return build(tmp_path_factory.mktemp("extension"))


@pytest.fixture(scope="session")
def extended(extension: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Calc]:
    """LibreOffice, started with a new profile, that finds the extension beside its own."""
    folder = tmp_path_factory.mktemp("bundled")
    with zipfile.ZipFile(extension) as archive:
        archive.extractall(folder / extension.name)
    with Calc(extensions=folder) as running:
        yield running
