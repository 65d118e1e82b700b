"""The list of cell functions is complete, and says the same as the Python bodies."""

from __future__ import annotations

import ast
import inspect
import re

import pytest

import tablero.udfs
from tablero.udfs.bands import DEFAULT_BANDS
from tablero.udfs.okr_status import DEFAULT_GRADES
from tablero.udfs.registration import CellFunction
from tablero.udfs.registry import BY_NAME, FUNCTIONS

every_function = pytest.mark.parametrize(
    "function", FUNCTIONS, ids=[function.name for function in FUNCTIONS]
)
LANGUAGES = {"en", "es", "pt"}
TABLES = {"bands": DEFAULT_BANDS, "grades": DEFAULT_GRADES}
SECTIONS = ("Parameters", "Returns", "Raises", "Notes", "Examples")


def test_every_exported_function_is_registered_once() -> None:
    """The package's functions and the list are the same set, under the same names."""
    exported = {
        name.upper(): body
        for name in tablero.udfs.__all__
        if inspect.isfunction(body := getattr(tablero.udfs, name))
    }
    assert {function.name: function.body for function in FUNCTIONS} == exported
    assert len(FUNCTIONS) == len(exported)
    assert list(BY_NAME.values()) == list(FUNCTIONS)


@every_function
def test_arguments_are_those_of_the_body(function: CellFunction) -> None:
    """Same names, same order, and optional exactly where the body has a default."""
    signature = inspect.signature(function.body).parameters.values()
    assert [(argument.name, argument.optional) for argument in function.arguments] == [
        (parameter.name, parameter.default is not parameter.empty) for parameter in signature
    ]


@every_function
def test_defaults_are_those_of_the_body(function: CellFunction) -> None:
    """A formula's constant says what the body's default means."""
    parameters = inspect.signature(function.body).parameters
    for argument in function.arguments:
        default = parameters[argument.name].default
        if argument.name in TABLES:
            rows = argument.default.strip("{}").split(";")
            assert [ast.literal_eval(f"({row})") for row in rows] == list(TABLES[argument.name])
        elif argument.optional:
            assert ast.literal_eval(argument.default) == ("" if default is None else default)
        else:
            assert argument.default == ""


@every_function
def test_help_is_there_in_every_language(function: CellFunction) -> None:
    """For the function and each argument: one sentence or two, short enough for a wizard."""
    texts = [function.help, *(argument.help for argument in function.arguments)]
    for text in texts:
        assert set(text) == LANGUAGES
        assert all(20 <= len(sentence) <= 255 for sentence in text.values())
        assert all(sentence.endswith(".") for sentence in text.values())
        assert len(set(text.values())) == len(LANGUAGES)


@every_function
def test_docstrings_have_every_section(function: CellFunction) -> None:
    """Meaning, shapes and units, errors, formula with its source, worked example."""
    documentation = inspect.getdoc(function.body) or ""
    places = [documentation.find(f"\n{name}\n{'-' * len(name)}\n") for name in SECTIONS]
    assert -1 not in places
    assert places == sorted(places)
    parameters = documentation[places[0] : places[1]]
    assert re.findall(r"^(\w+) : ", parameters, re.MULTILINE) == [
        argument.name for argument in function.arguments
    ]
    assert ">>> " in documentation[places[4] :]


@every_function
def test_examples_call_the_function(function: CellFunction) -> None:
    """Each example is one call that can be typed behind an equals sign."""
    assert function.example.startswith(f"{function.name}(")
    assert function.example.endswith(")")


@every_function
def test_categories_are_the_projects(function: CellFunction) -> None:
    """All functions stand together in the function wizard."""
    assert function.category == "Tablero"


def test_registered_values_cannot_be_changed() -> None:
    """What all hosts are made from stays as it was declared."""
    with pytest.raises(TypeError):
        FUNCTIONS[0].help["en"] = "changed"  # type: ignore[index]
    with pytest.raises(AttributeError):
        FUNCTIONS[0].name = "CHANGED"  # type: ignore[misc]
