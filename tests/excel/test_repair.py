"""``tablero addin repair``: macros and settings anew, and nothing else."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tablero.addin.excel.configuration import SHEET
from tablero.addin.excel.host_check import Machine, host_problems
from tablero.addin.excel.macro_workbook import new_macro_workbook
from tablero.addin.excel.package import PROJECT, rewrite
from tablero.addin.excel.repair import repair
from tablero.addin.excel.standalone import xlwings_version
from tablero.addin.excel.vba_project import Module
from tablero.addin.excel.vba_reading import modules
from tablero.udfs.registry import FUNCTIONS
from tablero.workbook_templates.layout import SHEETS
from tablero.workbook_templates.library import load_template
from tablero.workbook_templates.problems import Problem, ProblemsError
from tablero.workbook_templates.texts import LANGUAGES
from tests.addin.commands import tablero
from tests.engines.openxml import Validator
from tests.excel.altered import parts, with_modules, with_setting, with_source, without_macros
from tests.excel.reading import project, rows

WINDOWS = Machine("win32", {}, r"D:\Python\python.exe")
ELSEWHERE = Machine("linux", {}, "/usr/bin/python3")
SETTINGS = f"xl/worksheets/sheet{len(SHEETS) + 1}.xml"
OWN = Module("Mine", "standard", 'Attribute VB_Name = "Mine"\nSub Mine()\nEnd Sub\n')


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A macro workbook as it is made, in Spanish; not to be changed."""
    path = tmp_path_factory.mktemp("made") / "acme.xlsm"
    new_macro_workbook(load_template("cano"), path, language="es")
    return path


@pytest.fixture
def acme(made: Path, tmp_path: Path) -> Path:
    """A copy to alter, alone in its folder."""
    return Path(shutil.copy(made, tmp_path / "acme.xlsm"))


def refusal(path: Path) -> Problem:
    """Why a workbook is not repaired; it is left as it was, and nothing beside it."""
    before = path.read_bytes()
    with pytest.raises(ProblemsError) as refused:
        repair(path)
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]
    (problem,) = refused.value.problems
    assert all(problem.sentence(language) for language in LANGUAGES)
    return problem


def macros(path: Path) -> tuple[Module, ...]:
    """The modules of a workbook."""
    return modules(project(path))


def test_an_older_workbook_is_made_fit_again(acme: Path) -> None:
    """Other xlwings, other functions, other Python: all anew, and every other byte as it was."""
    with_source(acme, "xlwings", f'"{xlwings_version()}"', '"0.30.1"')
    with_source(acme, "tablero_functions", "' Version: ", "' Version: 0")
    with_setting(acme, "UDF Modules", "acme")
    assert len(host_problems(acme, "es", ELSEWHERE)) == 3
    before, content = parts(acme), acme.read_bytes()
    saved = repair(acme)
    assert saved.backup is not None
    assert saved.backup.read_bytes() == content
    after = parts(acme)
    assert list(after) == list(before)
    assert {name for name in after if after[name] != before[name]} == {PROJECT, SETTINGS}
    assert host_problems(acme, "es", ELSEWHERE) == ()


def test_a_repaired_workbook_has_the_macros_of_a_new_one(made: Path, acme: Path) -> None:
    """In the workbook's own language."""
    with_source(acme, "tablero_functions", "' Version: ", "' Version: 0")
    repair(acme)
    assert macros(acme) == macros(made)
    assert rows(acme, SHEET) == rows(made, SHEET)


def test_macros_that_a_program_took_away_are_put_back(
    made: Path, acme: Path, validator: Validator
) -> None:
    """With what the package says of them, and the sheets' names for their modules."""
    without_macros(acme)
    assert not any(b'codeName="Sheet2"' in part for part in parts(acme).values())
    repair(acme)
    assert macros(acme) == macros(made)
    assert host_problems(acme, "es", ELSEWHERE) == ()
    assert validator(acme, served=[function.name for function in FUNCTIONS]) == []


def test_a_workbook_without_properties_gets_them_in_their_place(acme: Path) -> None:
    """After what must stand before them, and in the spelling of the file."""
    without_macros(acme)
    workbook = parts(acme)["xl/workbook.xml"]
    rewrite(acme, acme, {"xl/workbook.xml": re.sub(rb"<workbookPr[^>]*>", b"", workbook)})
    repair(acme)
    assert re.search(
        rb'<fileVersion[^>]*/><workbookPr codeName="ThisWorkbook"/>', parts(acme)["xl/workbook.xml"]
    )


def test_a_sheet_in_another_spelling_is_kept_in_it(acme: Path) -> None:
    """As the Open XML SDK writes them, with a prefix before each name."""
    xml = parts(acme)[SETTINGS].replace(b"xmlns=", b"xmlns:x=")
    spelled = re.sub(rb"<(/?)(?=[a-z])", rb"<\1x:", xml)
    rewrite(acme, acme, {SETTINGS: spelled})
    repair(acme)
    assert rows(acme, SHEET)[2][1] == "tablero.addin.excel.functions"
    assert not re.search(rb"</?(?!x:)[a-z]", parts(acme)[SETTINGS])


def test_the_python_of_this_machine_is_written_where_excel_can_be(acme: Path) -> None:
    """On Windows; another system keeps what stands there."""
    with_setting(acme, "Interpreter_Win", r"D:\old\python.exe")
    repair(acme, ELSEWHERE)
    assert rows(acme, SHEET)[0][1] == r"D:\old\python.exe"
    repair(acme, WINDOWS)
    assert rows(acme, SHEET)[0][1] == r"D:\Python\python.exe"


def test_the_mark_of_the_internet_stays(acme: Path) -> None:
    """Whether to trust a file is for people to say."""
    mark = acme.with_name("acme.xlsm:Zone.Identifier")
    mark.write_text("[ZoneTransfer]\nZoneId=3\n")
    repair(acme, WINDOWS)
    assert mark.read_text() == "[ZoneTransfer]\nZoneId=3\n"
    assert [one.code for one in host_problems(acme, "es", WINDOWS)][-1] == "host_blocked"


@pytest.mark.parametrize(
    ("alter", "named"),
    [
        (lambda path: with_modules(path, lambda one: one, OWN), "Mine"),
        (
            lambda path: with_source(path, "Sheet2", "Customizable = True\n", "T = 1\nSub A()\n"),
            "Sheet2",
        ),
        (
            lambda path: with_source(path, "ThisWorkbook", "    Tell", "    MsgBox 1\n    Tell"),
            "ThisWorkbook",
        ),
    ],
)
def test_macros_of_the_users_own_are_never_lost(
    alter: Callable[[Path], None], named: str, acme: Path
) -> None:
    """A module, code behind a sheet, or another line on opening: refused, with the way out."""
    alter(acme)
    problem = refusal(acme)
    assert problem.code == "repair_own_macros"
    assert problem.values["modules"] == named
    assert "Alt+F11" in problem.remedy("es")


def test_what_is_not_to_be_repaired_is_refused(acme: Path) -> None:
    """Macros that cannot be read, and settings that are gone."""
    rewrite(acme, acme, {PROJECT: b"none"})
    assert refusal(acme).code == "repair_unreadable"
    without_macros(acme)
    renamed = parts(acme)["xl/workbook.xml"].replace(b'name="xlwings.conf"', b'name="other"')
    rewrite(acme, acme, {"xl/workbook.xml": renamed})
    assert refusal(acme).code == "repair_no_settings"


def test_an_empty_sheet_of_the_name_is_filled(acme: Path, made: Path) -> None:
    """The way out where the settings were deleted."""
    xml = parts(acme)[SETTINGS].decode()
    start, end = xml.index("<sheetData>"), xml.index("</sheetData>") + len("</sheetData>")
    rewrite(acme, acme, {SETTINGS: f"{xml[:start]}<sheetData/>{xml[end:]}".encode()})
    repair(acme)
    assert rows(acme, SHEET) == rows(made, SHEET)


@pytest.mark.parametrize("name", ["Ωmega", "xlwings", "Sheet1"])
def test_names_of_modules_that_cannot_be_kept_are_told(name: str, acme: Path) -> None:
    """Letters that VBA's code page has not, our own modules' names, and one name twice."""
    sheet = "xl/worksheets/sheet2.xml"
    changed = parts(acme)[sheet].decode().replace('codeName="Sheet2"', f'codeName="{name}"')
    rewrite(acme, acme, {sheet: changed.encode()})
    assert refusal(acme).code == "repair_module_names"


def test_repair_on_the_command_line(acme: Path) -> None:
    """It says where the backup is; a workbook of another kind is refused with a sentence."""
    ended = tablero("addin", "repair", acme.name, "--lang", "es", cwd=acme.parent)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "acme.backup-" in ended.stdout
    assert f"xlwings {xlwings_version()}" in ended.stdout
    tablero("new", "cano", "-o", "plain.xlsx", cwd=acme.parent)
    (acme.parent / "plain.xlsx").rename(acme.parent / "plain.xlsm")
    plain = tablero("addin", "repair", "plain.xlsm", cwd=acme.parent)
    assert "there is nothing to repair" in plain.complaint(2)
    (acme.parent / "other.xlsm").write_text("no workbook")
    other = tablero("addin", "repair", "other.xlsm", cwd=acme.parent)
    assert other.complaint(2).startswith("error: other.xlsm: ")
    missing = tablero("addin", "repair", "missing.xlsm", cwd=acme.parent)
    assert missing.complaint(2).startswith("error: missing.xlsm: ")
