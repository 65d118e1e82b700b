"""The macro workbook: its macros, its settings, and its figures where macros are blocked."""

from __future__ import annotations

import re
import zipfile
from itertools import takewhile
from pathlib import Path

import pytest
import xlwings

from tablero.addin.excel import configuration, standalone
from tablero.addin.excel.configuration import SHEET, settings, this_interpreter
from tablero.addin.excel.macro_workbook import new_macro_workbook
from tablero.addin.excel.wrappers import PYTHON_MODULE, wrapper_module
from tablero.udfs.registry import FUNCTIONS
from tablero.workbook_templates.library import load_template
from tablero.workbook_templates.read import read_workbook
from tablero.workbook_templates.texts import LANGUAGES, text
from tests.engines.libreoffice import Calc
from tests.engines.openxml import Validator
from tests.excel.reading import opened, project, rows, same_ends, sources

SERVED = [function.name for function in FUNCTIONS]
SHIPPED = "quickstart_standalone.xlsm"
MACRO_WORKBOOK = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    """Each language of a workbook."""
    return str(request.param)


@pytest.fixture(scope="module")
def workbook(language: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The paper's company as a macro workbook."""
    path = tmp_path_factory.mktemp("macros") / "acme.xlsm"
    new_macro_workbook(load_template("cano"), path, language=language)
    return path


def test_the_workbook_is_sound(workbook: Path, validator: Validator) -> None:
    """By the Open XML SDK and by our own rules; its functions come from outside."""
    assert validator(workbook, served=SERVED) == []


def test_the_package_says_that_it_has_macros(workbook: Path) -> None:
    """Else Excel refuses the file for its ending."""
    with zipfile.ZipFile(workbook) as package:
        assert MACRO_WORKBOOK in package.read("[Content_Types].xml").decode()


def test_the_macros_are_read_back_as_they_were_written(workbook: Path, language: str) -> None:
    """Ours and xlwings' own, the latter as installed."""
    found = sources(workbook)
    shipped = {module.name: module.source for module in standalone.workbook_modules()}
    assert found["tablero_functions"] == same_ends(wrapper_module(language))
    assert {name: found[name] for name in shipped} == {
        name: same_ends(source) for name, source in shipped.items()
    }
    assert "DescribeFunctions" in found["ThisWorkbook"]


def test_the_modules_are_those_of_a_workbook_that_excel_saved(workbook: Path) -> None:
    """The one that xlwings ships, apart from capitals, which Excel's editor sets as it likes."""
    found, saved = sources(workbook), sources(Path(xlwings.__file__).parent / SHIPPED)
    for name in ("xlwings", "Dictionary", "Sheet1"):
        assert found[name].lower() == saved[name].lower()
    assert found["ThisWorkbook"].startswith(saved["ThisWorkbook"])


def test_every_sheet_has_its_module(workbook: Path) -> None:
    """The names in the sheets are those of modules in the project, or Excel repairs the file."""
    with zipfile.ZipFile(workbook) as package:
        sheets = [name for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
        parts = [package.read(name).decode() for name in [*sheets, "xl/workbook.xml"]]
    names = {name for part in parts for name in re.findall(r'codeName="(\w+)"', part)}
    documents = {
        name
        for name, source in sources(workbook).items()
        if "Attribute VB_Base" in source and name != "Dictionary"
    }
    assert names == documents
    assert len(names) == len(sheets) + 1


def test_the_project_has_no_defect(workbook: Path) -> None:
    """As a compound file."""
    with opened(project(workbook)) as found:
        assert not found.parsing_issues


def test_the_settings_stand_where_xlwings_reads_them(workbook: Path) -> None:
    """From A1 down to the first blank, each name once, with its explanation beside it."""
    found = list(takewhile(lambda row: row[0], rows(workbook, SHEET)))
    assert {name: setting or "" for name, setting, _ in found} == settings()
    assert len(found) == len({name.upper() for name, _, _ in found})
    assert all(explanation for _, _, explanation in found)
    assert settings()["UDF Modules"] == PYTHON_MODULE


def test_the_settings_explain_every_way_in_which_it_may_fail(workbook: Path, language: str) -> None:
    """Blocked macros, no Python, another version of xlwings, an Excel that cannot."""
    shown = {row[0] for row in rows(workbook, SHEET)}
    version = standalone.xlwings_version()
    for note in configuration.NOTES:
        assert text(f"excel.note.{note}", language, version=version) in shown
    assert any(version in str(cell) for cell in shown)


def test_home_says_how_to_get_the_figures_live(workbook: Path, language: str) -> None:
    """On the first page that anybody sees."""
    home = rows(workbook, text("sheet.home", language))
    shown = {cell for row in home for cell in row}
    assert text("home.live_xlwings", language) in shown


def test_excel_keeps_the_figures_on_opening(workbook: Path) -> None:
    """A blocked macro must not turn them into #NAME?."""
    with zipfile.ZipFile(workbook) as package:
        book = package.read("xl/workbook.xml").decode()
    (calculation,) = re.findall(r"<calcPr[^>]*>", book)
    assert "fullCalcOnLoad" not in calculation
    assert int(re.findall(r'calcId="(\d+)"', calculation)[0]) >= 191029


def test_without_macros_the_figures_of_the_last_calculation_are_shown(
    workbook: Path, language: str, calc: Calc
) -> None:
    """LibreOffice, which has no xlwings, opens the file with its macros and shows the paper's."""
    with calc.open(workbook) as shown:
        (home,) = shown.read([(text("sheet.home", language), "A1:G30")])
    cells = [cell for row in home for cell in row]
    assert any(isinstance(cell, float) and abs(cell - 0.8054) < 0.0001 for cell in cells)
    assert not [cell for cell in cells if str(cell).startswith("#")]


def test_tablero_reads_the_workbook_back(workbook: Path) -> None:
    """The page of settings is none of the scorecard's."""
    assert not read_workbook(workbook).problems


def test_another_ending_is_refused(tmp_path: Path) -> None:
    """Excel opens no workbook with macros that is called otherwise."""
    with pytest.raises(ValueError, match=r"\.xlsm"):
        new_macro_workbook(load_template("cano"), tmp_path / "acme.xlsx")
    assert not list(tmp_path.iterdir())


def test_the_interpreter_is_named_for_every_user_of_the_computer() -> None:
    """Folders of a user by their variable, which Excel fills in; others as they are."""
    users = {"LOCALAPPDATA": r"C:\Users\ana\AppData\Local", "USERPROFILE": r"C:\Users\ana"}
    for program, named in (
        (r"C:\Users\ana\AppData\Local\py\python.exe", r"%LOCALAPPDATA%\py\python.exe"),
        (r"c:\users\ANA\venv\Scripts\python.exe", r"%USERPROFILE%\venv\Scripts\python.exe"),
        (r"D:\Python\python.exe", r"D:\Python\python.exe"),
    ):
        assert this_interpreter(program, "win32", users) == named


def test_a_given_interpreter_is_written(tmp_path: Path) -> None:
    """For whoever makes a workbook for another computer."""
    path = tmp_path / "acme.xlsm"
    new_macro_workbook(load_template("cano"), path, interpreter=r"D:\Python\python.exe")
    assert rows(path, SHEET)[0][1] == r"D:\Python\python.exe"
