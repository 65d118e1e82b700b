"""``tablero addin`` and the workbooks whose functions come from outside."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tablero.workbook_templates.read import read_workbook
from tests.addin.commands import tablero


@pytest.mark.parametrize(
    ("host", "files"),
    [
        ("excel", {"tablero.xlam"}),
        ("libreoffice", {"tablero.oxt"}),
        ("lite", {"main.py", "requirements.txt"}),
    ],
)
def test_what_a_program_needs_is_built_into_a_folder(
    host: str, files: set[str], tmp_path: Path
) -> None:
    """Each file is named, and what to do with it is said."""
    ended = tablero("addin", "build", host, "-o", "out", cwd=tmp_path)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert {path.name for path in (tmp_path / "out").iterdir()} == files
    assert all(name in ended.stdout for name in files)


def test_what_cannot_be_installed_says_why(tmp_path: Path) -> None:
    """The store's add-in is installed by Excel alone, and Excel is not everywhere."""
    lite = tablero("addin", "install", "lite", cwd=tmp_path)
    assert lite.returncode == 2
    assert "which only Excel can install" in lite.stderr
    everyone = tablero("addin", "install", "excel", "--for-everyone", cwd=tmp_path)
    assert everyone.returncode == 2
    assert "for one user at a time" in everyone.stderr
    here = tablero("addin", "status", "excel", "--lang", "es", cwd=tmp_path)
    assert here.returncode == 2
    assert "Windows" in here.stderr


@pytest.mark.parametrize(
    ("asked", "name", "dialect"),
    [
        (("-o", "a.xlsm"), "a.xlsm", "xlwings"),
        (("--functions", "xlwings"), "blank-sme.xlsm", "xlwings"),
        (("--functions", "lite", "-o", "a.xlsx"), "a.xlsx", "lite"),
    ],
)
def test_a_workbook_served_from_outside_is_made_and_read(
    asked: tuple[str, ...], name: str, dialect: str, tmp_path: Path
) -> None:
    """The ending decides where nothing else is said; what serves the functions is inside."""
    ended = tablero("new", "blank-sme", *asked, cwd=tmp_path)
    assert (ended.returncode, ended.stderr) == (0, "")
    reading = read_workbook(tmp_path / name)
    assert (reading.dialect, reading.problems) == (dialect, ())
    with zipfile.ZipFile(tmp_path / name) as package:
        inside = {"xlwings": "xl/vbaProject.bin", "lite": "xl/webextensions/webextension1.xml"}
        assert inside[dialect] in package.namelist()


def test_macros_need_the_ending_that_excel_wants(tmp_path: Path) -> None:
    """And the other way round."""
    for functions, name, better in (("xlwings", "a.xlsx", "a.xlsm"), ("plain", "a.xlsm", "a.xlsx")):
        ended = tablero("new", "cano", "--functions", functions, "-o", name, cwd=tmp_path)
        assert ended.returncode == 2
        assert f"Write it as “{better}”" in ended.stderr
