"""What keeps a macro workbook from calling Python, told by the check with a way out."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import chdir
from pathlib import Path, PureWindowsPath

import pytest

from tablero.addin.excel.host_check import Machine, host_problems
from tablero.addin.excel.macro_workbook import new_macro_workbook
from tablero.addin.excel.package import PROJECT, rewrite
from tablero.addin.excel.standalone import xlwings_version
from tablero.workbook_templates.library import load_template
from tablero.workbook_templates.problems import Problem
from tablero.workbook_templates.texts import LANGUAGES
from tests.addin.commands import tablero
from tests.excel.altered import parts, with_modules, with_setting, with_source, without_macros

ANAS = r"C:\Users\ana\AppData\Local\py\python.exe"
WINDOWS = Machine("win32", {"LocalAppData": r"C:\Users\ana\AppData\Local"}, ANAS)
ELSEWHERE = Machine("linux", {}, "/usr/bin/python3")
INTERPRETER = "Interpreter_Win"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A macro workbook as it is made; not to be changed."""
    path = tmp_path_factory.mktemp("made") / "acme.xlsm"
    new_macro_workbook(load_template("cano"), path, language="en")
    return path


@pytest.fixture
def acme(made: Path, tmp_path: Path) -> Path:
    """A copy to alter."""
    return Path(shutil.copy(made, tmp_path / "acme.xlsm"))


def told(path: Path, machine: Machine = ELSEWHERE) -> list[str]:
    """The codes of what is wrong."""
    return [problem.code for problem in host_problems(path, "en", machine)]


def the_problem(path: Path, machine: Machine = ELSEWHERE) -> Problem:
    """The only thing that is wrong: a warning that can be told in every language."""
    (problem,) = host_problems(path, "en", machine)
    assert (problem.severity, problem.file) == ("warning", path.name)
    assert all(problem.sentence(language) for language in LANGUAGES)
    return problem


def test_a_workbook_just_made_has_nothing_wrong(made: Path) -> None:
    """On Windows and elsewhere, nor once a program has spaced and cased its macros anew."""
    assert told(made) == told(made, WINDOWS) == []


def test_another_xlwings_is_told_with_both_versions(acme: Path) -> None:
    """At the cell with the Python beside which it has to be."""
    with_source(acme, "xlwings", f'"{xlwings_version()}"', '"0.30.1"')
    problem = the_problem(acme)
    assert problem.place() == "acme.xlsm › xlwings.conf › B1"
    assert "0.30.1" in problem.message()
    assert xlwings_version() in problem.message()
    assert "tablero addin repair acme.xlsm" in problem.remedy("es")


@pytest.mark.parametrize(
    ("alter", "code"),
    [
        (without_macros, "host_project_missing"),
        (lambda path: rewrite(path, path, {PROJECT: b"none"}), "host_project_unreadable"),
        (
            lambda path: with_modules(path, lambda one: None if one.name[0] == "t" else one),
            "host_modules_missing",
        ),
        (
            lambda path: with_source(path, "tablero_functions", "' Version: ", "' Version: 0"),
            "host_functions_other",
        ),
        (lambda path: with_setting(path, "UDF Modules", "acme"), "host_module_other"),
    ],
)
def test_macros_that_are_not_ours_any_more_are_told(
    alter: Callable[[Path], None], code: str, acme: Path
) -> None:
    """Gone, damaged, without our functions, of another version, or looked for elsewhere."""
    alter(acme)
    assert the_problem(acme).code == code


def test_macros_that_excels_editor_has_spaced_anew_are_still_ours(acme: Path) -> None:
    """It sets capitals and blanks as it likes, and keeps comments."""
    with_source(acme, "tablero_functions", "    If IsStoreEdition() Then", "If isStoreEdition Then")
    assert told(acme) == []


@pytest.mark.parametrize(
    ("written", "code"),
    [
        (r"D:\gone\python.exe", "host_interpreter_missing"),
        (r"%LOCALAPPDATA%\gone\pythonw.exe", "host_interpreter_missing"),
        (r"C:\Windows\System32\calc.exe", "host_interpreter_no_python"),
        (r"%LOCALAPPDATA%\Microsoft\WindowsApps\python.exe", "host_interpreter_store"),
        (r"D:\there\python.exe", None),
        (r"%LOCALAPPDATA%\py\python.exe", None),
        (ANAS.upper(), None),
        (r"\\far\away\python.exe", None),
        ("pythonw", None),
        ("", None),
    ],
)
def test_the_python_of_the_settings_is_looked_for_on_windows(
    written: str, code: str | None, acme: Path, tmp_path: Path
) -> None:
    """Only looked for, and never on the network; elsewhere nothing is said of Windows' paths."""
    with_setting(acme, INTERPRETER, written)
    (tmp_path / r"D:\there\python.exe").touch()
    with chdir(tmp_path):
        found = [(one.code, one.cell) for one in host_problems(acme, "en", WINDOWS)]
        assert found == ([(code, "B1")] if code else [])
        assert told(acme) == []


def test_a_workbook_without_its_settings_is_told(acme: Path) -> None:
    """Somebody deleted the sheet, or renamed it."""
    workbook = parts(acme)["xl/workbook.xml"].replace(b'name="xlwings.conf"', b'name="other"')
    rewrite(acme, acme, {"xl/workbook.xml": workbook})
    assert the_problem(acme).code == "host_settings_missing"


@pytest.mark.parametrize(("zone", "codes"), [("3", ["host_blocked"]), ("1", [])])
def test_a_file_from_the_internet_is_told_how_to_be_unblocked(
    zone: str, codes: list[str], acme: Path
) -> None:
    """By Windows' note beside it; one from the own network is not blocked."""
    note = acme.with_name("acme.xlsm:Zone.Identifier")
    note.write_text(f"[ZoneTransfer]\r\nZoneId={zone}\r\nHostUrl=about:internet\r\n")
    assert told(acme, WINDOWS) == codes
    assert told(acme) == []


def test_the_check_tells_it_on_the_command_line(acme: Path) -> None:
    """As a warning, with sheet, cell and remedy, and exit code 0."""
    with_setting(acme, "UDF Modules", "acme")
    ended = tablero("check", acme.name, "--lang", "es", cwd=acme.parent)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "xlwings.conf › B3: Las funciones se buscan en “acme”" in ended.stdout
    assert "tablero addin repair acme.xlsm" in ended.stdout


def test_paths_of_windows_are_compared_as_windows_does() -> None:
    """Capitals do not matter there: what the test above relies on."""
    assert PureWindowsPath(ANAS) == PureWindowsPath(ANAS.upper())
