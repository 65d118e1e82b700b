"""The Python code that xlwings Lite runs is the project's own, and needs nothing of ours."""

from __future__ import annotations

import ast
import importlib.util
import inspect
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

import tablero.udfs
from tablero.addin.lite import lite_code, write_main
from tablero.addin.lite.flattening import NameClashError, flattened
from tablero.udfs.registry import BY_NAME, FUNCTIONS
from tablero.workbook_templates.texts import LANGUAGES
from tests.conformance import xlwings_stand_in

NOT_OF_THE_BODIES = {"registry", "registration", "registered", "formulas"}
in_each_language = pytest.mark.parametrize("language", LANGUAGES)


def definitions(text: str) -> dict[str, str]:
    """The functions and classes of a text, each as the tree that Python runs."""
    kinds = ast.FunctionDef | ast.ClassDef
    return {node.name: ast.dump(node) for node in ast.parse(text).body if isinstance(node, kinds)}


def own_modules() -> Iterator[ModuleType]:
    """The modules that the bodies are made of."""
    for name, module in sorted(sys.modules.items()):
        is_body = name.startswith("tablero.udfs.") and name.count(".") == 2
        if is_body and not name.endswith(
            (".registry", ".registration", ".formulas", ".registered")
        ):
            yield module


@pytest.fixture(params=LANGUAGES)
def loaded(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> ModuleType:
    """``main.py`` in a language, loaded as xlwings Lite loads it."""
    monkeypatch.setitem(sys.modules, "xlwings", xlwings_stand_in)
    main_py, _ = write_main(tmp_path, request.param)
    spec = importlib.util.spec_from_file_location("lite_main", main_py)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.__dict__["language"] = request.param
    return module


def test_every_definition_is_the_projects_own() -> None:
    """Not a single statement of a function differs from the package's."""
    embedded = definitions(lite_code().main_py)
    modules = list(own_modules())
    assert len(modules) >= 7
    for module in modules:
        for name, tree in definitions(inspect.getsource(module)).items():
            assert embedded[name] == tree, name


@in_each_language
def test_nothing_but_the_standard_library_and_xlwings_is_imported(language: str) -> None:
    """No package of ours has to be installed inside Excel."""
    tree = ast.parse(lite_code(language).main_py)
    imported = {
        name.partition(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else [alias.name for alias in node.names]
        )
    }
    assert imported - sys.stdlib_module_names == {"xlwings"}


def test_every_registered_function_is_served_under_its_name(loaded: ModuleType) -> None:
    """No more and no fewer, and Excel's wizard shows the registry's help."""
    assert sorted(xlwings_stand_in.served_names(loaded)) == sorted(BY_NAME)
    for function in FUNCTIONS:
        served = getattr(loaded, function.name)
        assert served.__doc__ == function.help[loaded.language]
        options = served.__lite__["options"]
        assert {name: option["doc"] for name, option in options.items()} == {
            argument.name: argument.help[loaded.language] for argument in function.arguments
        }


def test_served_functions_have_the_arguments_of_the_bodies(loaded: ModuleType) -> None:
    """Same names, order and defaults; no annotation, which xlwings would read as a converter."""
    for function in FUNCTIONS:
        served = inspect.signature(getattr(loaded, function.name)).parameters.values()
        body = inspect.signature(function.body).parameters.values()
        assert [(one.name, one.default) for one in served] == [
            (one.name, one.default) for one in body
        ]
        assert all(one.annotation is one.empty for one in served)


def test_a_column_stays_a_column_and_one_cell_goes_with_all_of_it(loaded: ModuleType) -> None:
    """The answer has the shape of the range; a wrong cell shows its own error."""
    answer = xlwings_stand_in.call(loaded.KPI_ACHIEVEMENT, [[[5], ["text"], [None]], [[10]]])
    assert answer == [[0.5], [{"type": "Error", "basicValue": "#VALUE!"}], [""]]


def test_the_name_of_a_python_function_is_not_hidden_by_that_of_a_cell() -> None:
    """Names in capitals beside those of the bodies: a body that calls another gets the body."""
    exported = {name for name in tablero.udfs.__all__ if name != "CellError"}
    assert not (exported - {"DEFAULT_BANDS"}) & set(BY_NAME)


def test_modules_that_share_a_name_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In one text the later definition would hide the earlier one."""
    package = tmp_path / "clashing"
    package.mkdir()
    for name in ("__init__", "one", "other"):
        (package / f"{name}.py").write_text(f'"""Module {name}."""\n\nSAME: int = 1\n', "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(NameClashError, match="SAME"):
        flattened(["clashing.one", "clashing.other"])


@in_each_language
def test_the_code_is_written_for_pasting(language: str, tmp_path: Path) -> None:
    """Two files, the same text at every making."""
    paths = write_main(tmp_path, language)
    assert [path.name for path in paths] == ["main.py", "requirements.txt"]
    assert [path.read_text("utf-8") for path in paths] == list(lite_code(language))


def test_xlwings_is_among_the_requirements_and_tablero_is_not() -> None:
    """The add-in brings what it needs; ours is in the code."""
    requirements = lite_code().requirements_txt
    assert requirements.startswith("xlwings==")
    assert "tablero" not in requirements
