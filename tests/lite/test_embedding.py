"""Workbooks that carry the code for xlwings Lite hold it where the add-in looks for it."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tablero.addin.lite import embed, lite_code, new_lite_workbook
from tablero.addin.lite.parts import CONTENT_TYPES, RELATIONSHIP
from tablero.udfs.registry import BY_NAME
from tablero.workbook_templates.dialects import DialectName
from tablero.workbook_templates.library import load_template
from tablero.workbook_templates.problems import ProblemsError
from tablero.workbook_templates.texts import LANGUAGES
from tablero.workbook_templates.workbook import new_workbook
from tests.engines.openxml import Validator

WE = "{http://schemas.microsoft.com/office/webextensions/webextension/2010/11}"
RELATIONSHIP_TAG = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
SERVED = [f"_xldudf_{name}" for name in BY_NAME]


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    """A language of workbooks."""
    return str(request.param)


@pytest.fixture(scope="module")
def workbook(language: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The paper's company for xlwings Lite."""
    path = tmp_path_factory.mktemp("lite") / "cano.xlsx"
    new_lite_workbook(load_template("cano"), path, language=language)
    return path


def parts(path: Path) -> dict[str, bytes]:
    """The parts of a package."""
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def properties(path: Path) -> dict[str, object]:
    """The add-in's settings, read back as Office hands them to it."""
    root = ET.fromstring(parts(path)["xl/webextensions/webextension1.xml"])
    return {
        element.attrib["name"]: json.loads(element.attrib["value"])
        for element in root.iter(f"{WE}property")
    }


def targets(path: Path, part: str, kind: str) -> list[str]:
    """Where the relationships of a kind lead."""
    return [
        relation.attrib["Target"]
        for relation in ET.fromstring(parts(path)[part]).iter(RELATIONSHIP_TAG)
        if relation.attrib["Type"].endswith(f"/{kind}")
    ]


def plain_workbook(folder: Path, dialect: DialectName) -> Path:
    """A workbook without any code."""
    path = folder / f"{dialect}.xlsx"
    new_workbook(load_template("blank-sme"), path, dialect=dialect)
    return path


def test_the_workbook_is_sound(workbook: Path, validator: Validator) -> None:
    """Nothing in it would make Excel offer a repair."""
    assert validator(workbook, served=SERVED) == []


def test_the_code_is_read_back_as_it_was_written(workbook: Path, language: str) -> None:
    """Line breaks, quotes and accents included."""
    settings = properties(workbook)
    assert settings["main.py"] == lite_code(language).main_py
    assert settings["requirements.txt"] == lite_code(language).requirements_txt
    assert settings["xlwingsSettingsWorkbook"] == {"startupBehavior": "taskpane"}


def test_its_settings_are_those_that_the_add_in_saves(workbook: Path) -> None:
    """The six of a workbook that its version 1.0.0.0-35 saved, in its spelling of JSON."""
    assert properties(workbook).keys() == {
        "main.py",
        "requirements.txt",
        "pyodideVersion",
        "addinVersion",
        "xlwingsWorkbookId",
        "xlwingsSettingsWorkbook",
    }
    extension = parts(workbook)["xl/webextensions/webextension1.xml"].decode()
    startup = "{&quot;startupBehavior&quot;:&quot;taskpane&quot;}"
    assert f'name="xlwingsSettingsWorkbook" value="{startup}"' in extension
    assert 'name="pyodideVersion" value="&quot;0.27.5&quot;"' in extension


def test_each_workbook_has_an_identity_of_its_own(tmp_path: Path) -> None:
    """The add-in keeps a workbook's settings apart by it."""
    identities = set()
    for name in ("one", "other"):
        path = plain_workbook(tmp_path, "lite").rename(tmp_path / f"{name}.xlsx")
        embed(path)
        identities.add(properties(path)["xlwingsWorkbookId"])
    assert len(identities) == 2


def test_excel_finds_the_task_pane_and_the_pane_its_add_in(workbook: Path) -> None:
    """From the package's relationships to the store's number of xlwings Lite."""
    (panes,) = targets(workbook, "_rels/.rels", "webextensiontaskpanes")
    assert panes == "xl/webextensions/taskpanes.xml"
    (extension,) = targets(workbook, "xl/webextensions/_rels/taskpanes.xml.rels", "webextension")
    assert extension == "webextension1.xml"
    root = ET.fromstring(parts(workbook)["xl/webextensions/webextension1.xml"])
    reference = root.find(f"{WE}reference")
    assert reference is not None
    assert reference.attrib["id"] == "wa200008175"
    assert reference.attrib["storeType"] == "OMEX"


def test_excel_is_told_which_functions_the_add_in_serves(workbook: Path) -> None:
    """All of the registry, under the names that the cells store."""
    root = ET.fromstring(parts(workbook)["xl/webextensions/webextension1.xml"])
    assert [element.text for element in root.iter(f"{WE}customFunctionIds")] == SERVED


def test_cells_call_what_is_served_and_hold_their_figures(workbook: Path) -> None:
    """Every call has the add-in's prefix, and none waits for a calculation to show its result."""
    sheets = b"".join(part for name, part in parts(workbook).items() if "/worksheets/" in name)
    names = "|".join(BY_NAME)
    called = re.findall(rf"(\w*?)({names})\(".encode(), sheets)
    assert called
    assert {prefix for prefix, _ in called} == {b"_xldudf_"}
    assert b"#NAME?" not in sheets


def test_no_lambda_shares_a_name_with_a_python_function(workbook: Path) -> None:
    """Excel would take the name of the workbook and never ask Python."""
    book = parts(workbook)["xl/workbook.xml"].decode()
    assert "LAMBDA" not in book
    names = set(re.findall(r'<definedName name="([^"]+)"', book))
    assert names
    assert not names & (set(BY_NAME) | set(SERVED))


def test_all_other_parts_stay_byte_for_byte(tmp_path: Path) -> None:
    """Only the two lists of the package tell of the new parts."""
    path = plain_workbook(tmp_path, "lite")
    before = parts(path)
    embed(path)
    after = parts(path)
    assert {name for name in before if before[name] != after[name]} == {
        "[Content_Types].xml",
        "_rels/.rels",
    }
    for name, addition in [("[Content_Types].xml", CONTENT_TYPES), ("_rels/.rels", RELATIONSHIP)]:
        assert after[name].replace(addition.encode(), b"") == before[name]
    assert all(name.startswith("xl/webextensions/") for name in after.keys() - before.keys())
    assert list(tmp_path.iterdir()) == [path]


def refused(path: Path) -> str:
    """Why no code can be put into a file, which stays as it is."""
    before = path.read_bytes() if path.exists() else None
    with pytest.raises(ProblemsError) as told:
        embed(path)
    assert (path.read_bytes() if path.exists() else None) == before
    (problem,) = told.value.problems
    assert problem.sentence("es") != problem.sentence("en")
    return problem.code


def test_a_workbook_that_serves_itself_is_refused(tmp_path: Path) -> None:
    """Its LAMBDA names would answer in Python's place."""
    assert refused(plain_workbook(tmp_path, "portable")) == "lite_names_taken"


def test_code_is_not_put_beside_that_of_another_add_in(tmp_path: Path) -> None:
    """Nor twice into the same workbook."""
    path = plain_workbook(tmp_path, "lite")
    embed(path)
    assert refused(path) == "lite_already_there"


def test_a_file_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    """Neither text nor any other package is one."""
    text, package = tmp_path / "text.xlsx", tmp_path / "package.xlsx"
    text.write_text("no workbook", "utf-8")
    with zipfile.ZipFile(package, "w") as empty:
        empty.writestr("note.txt", "no workbook")
    assert refused(text) == refused(package) == "lite_no_workbook"


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    """As a problem with a sentence."""
    assert refused(tmp_path / "missing.xlsx") == "target_unwritable"
