"""Workbooks that the tests of filling in share."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tablero.addin.excel.macro_workbook import new_macro_workbook
from tablero.addin.lite import new_lite_workbook
from tablero.workbook_templates.library import load_template
from tablero.workbook_templates.read import Reading, read_workbook
from tablero.workbook_templates.workbook import new_workbook
from tests.addin.commands import tablero

CANO = load_template("cano")
MAKERS: dict[str, Callable[[Path], None]] = {
    "portable.xlsx": lambda path: new_workbook(CANO, path, dialect="portable"),
    "plain.xlsx": lambda path: new_workbook(CANO, path, dialect="plain"),
    "xlwings.xlsm": lambda path: new_macro_workbook(CANO, path, language="en"),
    "lite.xlsx": lambda path: new_lite_workbook(CANO, path, language="en"),
}


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The paper's company with its figures of 2016; not to be changed."""
    path = tmp_path_factory.mktemp("made") / "cano.xlsx"
    new_workbook(CANO, path)
    return path


@pytest.fixture
def cano(made: Path, tmp_path: Path) -> Path:
    """A copy of the paper's company to work on."""
    return Path(shutil.copy(made, tmp_path / "cano.xlsx"))


@pytest.fixture(scope="session")
def reading(made: Path) -> Reading:
    """What the paper's company's workbook says."""
    return read_workbook(made)


@pytest.fixture(scope="session")
def made_empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small company without figures in 2026; not to be changed."""
    folder = tmp_path_factory.mktemp("empty")
    options = ("--company", "Acme", "--year", "2026", "--lang", "en", "-o", "acme.xlsx")
    assert tablero("new", "blank-sme", *options, cwd=folder).returncode == 0
    return folder / "acme.xlsx"


@pytest.fixture
def acme(made_empty: Path, tmp_path: Path) -> Path:
    """A copy of the small company to work on."""
    return Path(shutil.copy(made_empty, tmp_path / "acme.xlsx"))


@pytest.fixture(params=MAKERS)
def any_dialect(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The paper's company, in each dialect."""
    path = tmp_path / str(request.param)
    MAKERS[path.name](path)
    return path
