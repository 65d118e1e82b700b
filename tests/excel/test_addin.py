"""The add-in for Excel: its ribbon, its macros in VBA, and how it is installed."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tablero.addin.excel import macros
from tablero.addin.excel.addin_file import build_addin
from tablero.addin.excel.configuration import settings
from tablero.addin.excel.installing import Place, install, place, require_able, uninstall
from tablero.addin.excel.ribbon import BUTTONS, ribbon_module
from tablero.addin.excel.standalone import addin_modules
from tablero.addin.excel.wrappers import quoted
from tablero.workbook_templates.problems import ProblemsError
from tablero.workbook_templates.texts import LANGUAGES, text
from tests.engines.openxml import Validator
from tests.excel.reading import same_ends, sources
from tests.saving.places import ordinary_user, shared_folder

SHEET = "xl/worksheets/sheet1.xml"
CUSTOM_UI = "{http://schemas.microsoft.com/office/2009/07/customui}"


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    """Each language of the ribbon."""
    return str(request.param)


@pytest.fixture(scope="module")
def addin(language: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The add-in, built."""
    path = tmp_path_factory.mktemp("addin") / "tablero.xlam"
    build_addin(path, language)
    return path


def test_the_package_is_an_add_in_without_findings(addin: Path, validator: Validator) -> None:
    """By the Open XML SDK and by our own rules."""
    with zipfile.ZipFile(addin) as package:
        types = package.read("[Content_Types].xml").decode()
    assert "application/vnd.ms-excel.addin.macroEnabled.main+xml" in types
    assert validator(addin) == []


def test_every_button_of_the_ribbon_has_its_macro(addin: Path) -> None:
    """From the button's label to the procedure in VBA to the function in Python."""
    with zipfile.ZipFile(addin) as package:
        ribbon = ET.fromstring(package.read("customUI/customUI14.xml"))
        assert "customUI/customUI14.xml" in package.read("_rels/.rels").decode()
    module = sources(addin)["tablero_ribbon"]
    buttons = ribbon.findall(f".//{CUSTOM_UI}button")
    assert [one.get("id") for one in buttons] == [button.callback for button in BUTTONS]
    for one, button in zip(buttons, BUTTONS, strict=True):
        assert one.get("onAction") == f"tablero_ribbon.{button.callback}"
        assert f"Sub {button.callback}(control As IRibbonControl)" in module
        assert all(one.get(key) for key in ("label", "supertip", "imageMso"))
    assert re.findall(r'RunMacro "(\w+)"', module) == list(macros.MACROS)


def test_the_macros_are_read_back_as_they_were_written(addin: Path, language: str) -> None:
    """Ours, and xlwings' own for add-ins, under our name."""
    found = sources(addin)
    wanted = {module.name: module.source for module in addin_modules("tablero")}
    wanted["tablero_ribbon"] = ribbon_module(language)
    assert {name: found[name] for name in wanted} == {
        name: same_ends(source) for name, source in wanted.items()
    }
    assert 'PROJECT_NAME As String = "tablero"' in found["xlwings"]


def test_the_add_in_has_settings_of_its_own(addin: Path) -> None:
    """In the sheet in which xlwings' module looks for those of this name."""
    with zipfile.ZipFile(addin) as package:
        assert 'sheet name="tablero.conf"' in package.read("xl/workbook.xml").decode()
        texts = re.findall("<t>(.*?)</t>", package.read("xl/sharedStrings.xml").decode())
        places = re.findall(r'r="([AB]\d)" t="s"><v>(\d+)', package.read(SHEET).decode())
    cells = {place: texts[int(number)] for place, number in places}
    found = {cells[f"A{row}"]: cells.get(f"B{row}", "") for row in range(1, len(settings()) + 1)}
    assert found == settings()


def test_the_add_in_is_installed_once_and_removed(tmp_path: Path, language: str) -> None:
    """Into the folder that Excel opens at its start, which may not be there yet."""
    (tmp_path / "Microsoft" / "Excel").mkdir(parents=True)
    environment = {"APPDATA": str(tmp_path)}
    assert not place("win32", environment).is_installed
    for _ in range(2):
        assert install(place("win32", environment), language).is_installed
        found = place("win32", environment)
        assert found.is_installed
        assert [file.name for file in found.path.parent.iterdir()] == ["tablero.xlam"]
    uninstall(found)
    assert not uninstall(found).is_installed
    assert not place("win32", environment).is_installed


@pytest.mark.parametrize(
    ("platform", "environment", "code"),
    [
        ("linux", {}, "excel_needs_windows"),
        ("darwin", {"APPDATA": "."}, "excel_needs_windows"),
        ("win32", {}, "excel_missing"),
        ("win32", {"APPDATA": "nowhere"}, "excel_missing"),
    ],
)
def test_where_excel_cannot_be_it_is_said(
    platform: str, environment: dict[str, str], code: str
) -> None:
    """With a way out."""
    with pytest.raises(ProblemsError) as refused:
        place(platform, environment)
    assert [problem.code for problem in refused.value.problems] == [code]


def test_where_an_add_in_stands_already_it_is_replaced(tmp_path: Path) -> None:
    """One of an older version, or one that was damaged."""
    where = excel_of(tmp_path)
    where.path.parent.mkdir()
    where.path.write_bytes(b"an older one")
    assert place("win32", {"APPDATA": str(tmp_path)}).is_installed
    install(where)
    assert "tablero_ribbon" in sources(where.path)


def excel_of(folder: Path) -> Place:
    """A user's Excel that was started once."""
    (folder / "Microsoft" / "Excel").mkdir(parents=True)
    return place("win32", {"APPDATA": str(folder)})


def test_a_start_up_folder_that_cannot_be_written_in_is_told() -> None:
    """As companies lock it; nothing is left behind."""
    with shared_folder() as folder:
        where = excel_of(folder)
        where.path.parent.mkdir()
        with ordinary_user():
            assert code_of(install, where) == "folder_protected"
        assert not list(where.path.parent.iterdir())


def test_an_add_in_that_excel_holds_open_is_told() -> None:
    """The way out is to close Excel, not another name."""
    with shared_folder() as folder:
        where = excel_of(folder)
        where.path.parent.mkdir()
        where.path.write_bytes(b"held")
        with ordinary_user():
            assert code_of(install, where) == "excel_holds_addin"
            assert code_of(uninstall, where) == "excel_holds_addin"


def test_the_stores_excel_is_told_and_gets_nothing(tmp_path: Path) -> None:
    """Known by its package, unless Office stands where its own installer puts it."""
    local, programs = tmp_path / "Local", tmp_path / "Programs"
    (local / "Packages" / "Microsoft.Office.Desktop_8wekyb3d8bbwe").mkdir(parents=True)
    users = {
        "APPDATA": str(tmp_path / "Roaming"),
        "LOCALAPPDATA": str(local),
        "ProgramFiles": str(programs),
    }
    store = place("win32", users)
    assert store.is_store
    assert code_of(install, store) == code_of(require_able, store) == "excel_store"
    assert not uninstall(store).is_installed
    assert not (tmp_path / "Roaming").exists()
    office = programs / "Microsoft Office" / "root" / "Office16"
    office.mkdir(parents=True)
    (office / "EXCEL.EXE").touch()
    (tmp_path / "Roaming" / "Microsoft" / "Excel").mkdir(parents=True)
    assert not place("win32", users).is_store


def code_of(do: Callable[[Place], object], where: Place) -> str:
    """As what something is refused, in a sentence of every language."""
    with pytest.raises(ProblemsError) as refused:
        do(where)
    (problem,) = refused.value.problems
    assert all(problem.sentence(language) for language in LANGUAGES)
    return problem.code


def test_a_button_says_which_python_is_gone(language: str) -> None:
    """Before xlwings would, in words of its own; the path stands below the sentence."""
    module = ribbon_module(language)
    assert 'interpreter = GetConfig("INTERPRETER_WIN", "")' in module
    assert "Not FileExists(interpreter) Then" in module
    assert f"MsgBox {quoted(text('excel.macro.not_run', language))}" in module
    xlwings = addin_modules("tablero")[0].source
    assert re.search(r"^Function FileExists\(", xlwings, re.MULTILINE)
    assert re.search(r"^Function GetConfig\(", xlwings, re.MULTILINE)


def test_a_start_up_folder_that_cannot_be_is_told(tmp_path: Path) -> None:
    """A file stands where the folder should."""
    (tmp_path / "XLSTART").write_text("a file")
    with pytest.raises(ProblemsError):
        install(Place(tmp_path / "XLSTART" / "tablero.xlam", is_installed=False))
