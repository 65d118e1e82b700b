"""The shape of the project: what may import what, and what no file may hold."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Callable, Collection, Iterator
from functools import partial
from pathlib import Path

ROOT = Path(__file__).parents[1]
MAY_IMPORT = {
    "udfs": {"udfs"},
    "workbook_templates": {"udfs", "workbook_templates"},
    "addin": {"udfs", "workbook_templates", "addin"},
}
LONGEST_MODULE = 400
CLOSED_PARTS = ("xlwings.pro", "xlwings.server")
REGISTRY = re.compile(
    r"pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)|yarnpkg\.com|anaconda\.org"
    r"|(?:deb|security|archive|ports)\.(?:debian|ubuntu)\.(?:org|com)"
)
# Modules can also be imported, or their data read, by a text with their name.
MODULE_NAME = re.compile(r"(?:tablero|xlwings)(?:\.\w+)+")
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:work|root|farm|home|Users)/")


def modules(room: str) -> list[Path]:
    """The modules of a room."""
    return sorted((ROOT / room / "tablero").rglob("*.py"))


def tracked_files(*patterns: str) -> list[Path]:
    """The files under version control."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--", *patterns],  # noqa: S607 - git stands on the path
        cwd=ROOT,
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    files = (ROOT / name for name in listed.stdout.split("\0") if name)
    return [file for file in files if file.is_file()]


def parsed(module: Path) -> ast.Module:
    """A module's syntax tree."""
    return ast.parse(module.read_text("utf-8"), str(module))


def imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every import, also inside functions, with its line: ``from a import b`` is ``a.b``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Constant) and MODULE_NAME.fullmatch(str(node.value)):
            yield node.lineno, str(node.value)


def offences(room: str, is_wrong: Callable[[str], bool]) -> list[str]:
    """The imports of a room's modules that are wrong."""
    return [
        f"{module.relative_to(ROOT)}:{line} imports {name}"
        for module in modules(room)
        for line, name in imports(parsed(module))
        if is_wrong(name)
    ]


def test_each_room_has_modules_to_look_at() -> None:
    """The rules below speak of something."""
    assert all(modules(room) for room in MAY_IMPORT)


def test_imports_never_point_upward() -> None:
    """Functions know nothing of scorecards, and scorecards nothing of hosts."""
    for room, allowed in MAY_IMPORT.items():
        upper = {f"tablero.{other}" for other in MAY_IMPORT.keys() - allowed}
        assert not offences(room, partial(_lies_in, upper))


def _lies_in(packages: Collection[str], name: str) -> bool:
    return any(name == package or name.startswith(package + ".") for package in packages)


def test_an_upward_import_would_be_noticed() -> None:
    """The reading of imports sees every form of them."""
    forms = "from tablero import addin\ndef f():\n import tablero.addin.cli\n g('tablero.addin')"
    found = [name for _, name in imports(ast.parse(forms))]
    assert sorted(found) == ["tablero.addin", "tablero.addin", "tablero.addin.cli"]
    assert all(_lies_in({"tablero.addin"}, name) for name in found)


def test_functions_use_the_standard_library_only() -> None:
    """What a cell computes can run wherever there is a Python."""

    def is_foreign(name: str) -> bool:
        top = name.partition(".")[0]
        return top not in sys.stdlib_module_names and not _lies_in({"tablero.udfs"}, name)

    assert not offences("udfs", is_foreign)


def test_the_closed_parts_of_xlwings_are_never_imported() -> None:
    """Only the freely licensed part of xlwings is used."""
    for room in MAY_IMPORT:
        assert not offences(room, partial(_lies_in, CLOSED_PARTS))


def test_no_text_is_ever_run_as_code() -> None:
    """There is no call of eval or exec, whoever's method it may be."""
    found = [
        f"{module.relative_to(ROOT)}:{node.lineno}"
        for module in tracked_files("*.py")
        for node in ast.walk(parsed(module))
        if isinstance(node, ast.Call) and _called_name(node) in ("eval", "exec")
    ]
    assert not found


def _called_name(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


def test_every_module_opens_with_a_sentence() -> None:
    """The first line of a module says what it owns."""
    silent = [
        str(module.relative_to(ROOT))
        for room in MAY_IMPORT
        for module in modules(room)
        if not re.match(r"\S.*[.:]$", (ast.get_docstring(parsed(module)) or "").partition("\n")[0])
    ]
    assert not silent


def test_no_module_is_too_long_to_own_one_thing() -> None:
    """A module over 400 lines is to be split."""
    long = {
        str(module.relative_to(ROOT)): lines
        for room in MAY_IMPORT
        for module in modules(room)
        if (lines := len(module.read_text("utf-8").splitlines())) > LONGEST_MODULE
    }
    assert not long


def test_no_file_names_a_registry_or_a_place_of_one_machine() -> None:
    """The project can be built anywhere, from any mirror."""
    found = [
        f"{file.relative_to(ROOT)}: {match[0]}"
        for file in tracked_files()
        for pattern in (REGISTRY, MACHINE_PATH)
        if (match := pattern.search(_text(file)))
    ]
    assert not found


def _text(file: Path) -> str:
    """A file's text; pictures and the like have none."""
    try:
        return file.read_text("utf-8")
    except UnicodeDecodeError:
        return ""
