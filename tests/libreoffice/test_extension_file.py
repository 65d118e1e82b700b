"""The extension's file: the same bytes every time, and our own package inside."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tablero.addin.libreoffice import build
from tablero.addin.libreoffice.parts import HELP, TYPES
from tablero.udfs.registry import FUNCTIONS
from tablero.workbook_templates.problems import ProblemsError
from tests.test_layers import ROOT

NAME = "{http://openoffice.org/2001/registry}name"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
LOCALES = {"en": "en-US", "es": "es", "pt": "pt"}


def parts(extension: Path) -> dict[str, bytes]:
    """The files inside."""
    with zipfile.ZipFile(extension) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_it_is_built_alike_every_time(extension: Path, tmp_path: Path) -> None:
    """Two builds have the same bytes, wherever they go."""
    assert build(tmp_path / "other.oxt").read_bytes() == extension.read_bytes()


def test_it_holds_exactly_our_functions(extension: Path) -> None:
    """Each module of the functions is there as it is in the source, and no other."""
    shipped = {
        name.removeprefix("pythonpath/"): content
        for name, content in parts(extension).items()
        if name.startswith("pythonpath/tablero/udfs/")
    }
    source = ROOT / "udfs"
    modules = source.joinpath("tablero/udfs").rglob("*.py")
    assert shipped == {
        module.relative_to(source).as_posix(): module.read_bytes() for module in modules
    }


def test_every_part_for_libreoffice_is_sound(extension: Path) -> None:
    """The XML parses, and what the manifest names is there."""
    inside = parts(extension)
    for name, content in inside.items():
        if name.endswith((".xml", ".xcu", ".components")):
            ET.fromstring(content)
    manifest = ET.fromstring(inside["META-INF/manifest.xml"])
    path = "{http://openoffice.org/2001/manifest}full-path"
    assert {entry.attrib[path] for entry in manifest} <= set(inside)
    types = inside[TYPES].decode()
    assert types.count("com::sun::star::beans::XPropertySet") == len(FUNCTIONS)


def test_names_and_help_are_those_of_the_registry(extension: Path) -> None:
    """Display name, compatibility name, function and argument help in each language."""
    root = ET.fromstring(parts(extension)[HELP])
    functions = root.find(f".//node[@{NAME}='AddInFunctions']")
    assert functions is not None
    assert [told(node) for node in functions] == [
        {
            "DisplayName": everywhere(function.name),
            "Description": by_locale(function.help),
            "CompatibilityName": everywhere(function.name),
            "Category": {None: "Add-In"},
            "arguments": [
                (everywhere(argument.name), by_locale(argument.help))
                for argument in function.arguments
            ],
        }
        for function in FUNCTIONS
    ]


def by_locale(texts: Mapping[str, str]) -> dict[str, str]:
    """Texts by language as LibreOffice names it."""
    return {LOCALES[language]: text for language, text in texts.items()}


def everywhere(name: str) -> dict[str, str]:
    """A name that is the same in every language."""
    return dict.fromkeys(LOCALES.values(), name)


def told(node: ET.Element) -> dict[str, object]:
    """What the function wizard is told of a function."""
    arguments = [properties(one) for one in node.findall("node/node")]
    pairs = [(one["DisplayName"], one["Description"]) for one in arguments]
    return {**properties(node), "arguments": pairs}


def properties(node: ET.Element) -> dict[str, dict[str | None, str | None]]:
    """The texts of a node by their languages."""
    return {
        one.attrib[NAME]: {value.get(LANGUAGE): value.text for value in one}
        for one in node.findall("prop")
    }


def test_a_place_that_cannot_be_written_is_refused_in_a_sentence(tmp_path: Path) -> None:
    """The problem names the file and the reason, and has a remedy in both languages."""
    with pytest.raises(ProblemsError) as refused:
        build(tmp_path / "missing" / "tablero.oxt")
    (problem,) = refused.value.problems
    assert problem.file.endswith("tablero.oxt")
    assert problem.message("es") != problem.message("en")
    assert problem.remedy("es") != problem.remedy("en")
