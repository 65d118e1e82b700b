"""Files that cannot be read are refused in one sentence with a remedy, in both languages."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from tablero.workbook_templates.problems import Problem, ProblemsError
from tablero.workbook_templates.read import read_workbook
from tablero.workbook_templates.store import WORKBOOK_SCHEMA
from tablero.workbook_templates.texts import LANGUAGES
from tests.catalogues import problems_told
from tests.engines.package import read_package
from tests.reading.facts import CANO, LATER, codes
from tests.reading.patching import Content, patched, text, with_parts
from tests.saving.places import ordinary_user, shared_folder
from tests.workbook.making import PORTABLE

COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)
STORE = "_tablero"


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The paper's company, as it was made."""
    return PORTABLE.write(CANO, tmp_path_factory.mktemp("refused") / "cano.xlsx")


def refusal(path: Path) -> Problem:
    """The one problem with which a file is refused."""
    with pytest.raises(ProblemsError) as refused:
        read_workbook(path, today=LATER)
    (problem,) = refused.value.problems
    assert problem.file == path.name
    for language in LANGUAGES:
        assert path.name in problem.sentence(language)
        assert "\n" not in problem.sentence(language)
    assert problem.message("en") != problem.message("es")
    return problem


def written(content: bytes) -> Callable[[Path, Path], object]:
    return lambda _, target: target.write_bytes(content)


def cut(share: float) -> Callable[[Path, Path], object]:
    """A download that broke off."""

    def write(source: Path, target: Path) -> None:
        data = source.read_bytes()
        target.write_bytes(data[: int(len(data) * share)])

    return write


def flipped(source: Path, target: Path) -> None:
    """A disk that went wrong inside the largest part."""
    data = bytearray(source.read_bytes())
    with zipfile.ZipFile(source) as package:
        part = max(package.infolist(), key=lambda one: one.compress_size)
    middle = part.header_offset + part.compress_size // 2
    for place in range(middle, middle + 40):
        data[place] ^= 0x5A
    target.write_bytes(bytes(data))


def of_parts(**parts: bytes | None) -> Callable[[Path, Path], object]:
    names = {
        "book": "xl/workbook.xml",
        "rels": "xl/_rels/workbook.xml.rels",
    }
    return lambda source, target: with_parts(
        source, target, {names[key]: data for key, data in parts.items()}
    )


def bomb(source: Path, target: Path) -> None:
    """A part that unpacks to 300 MB of nothing."""
    with_parts(source, target, {"xl/media/image1.png": bytes(300 * 2**20)})


def other_workbook(_: Path, target: Path) -> None:
    with xlsxwriter.Workbook(str(target)) as book:
        book.add_worksheet().write("A1", "Sales")


def document(_: Path, target: Path) -> None:
    with zipfile.ZipFile(target, "w") as package:
        package.writestr("word/document.xml", "<w/>")


FILES: dict[str, tuple[Callable[[Path, Path], object], str, str]] = {
    "nothing": (lambda *_: None, "file_missing", "There is no file"),
    "a folder": (lambda _, target: target.mkdir(), "file_is_folder", "is a folder"),
    "an empty file": (written(b""), "file_empty", "is empty"),
    "a text": (written(b"month;sales\n1;200\n"), "file_no_workbook", "is not an Excel workbook"),
    "an old workbook": (written(COMPOUND + b"Workbook"), "file_old_format", "Excel 97"),
    "an encrypted one": (
        written(COMPOUND + "EncryptedPackage".encode("utf-16-le")),
        "file_encrypted",
        "protected with a password",
    ),
    "a document": (document, "file_no_workbook", "is not an Excel workbook"),
    "half a download": (cut(0.5), "file_damaged", "is damaged"),
    "a tenth of one": (cut(0.1), "file_damaged", "is damaged"),
    "a broken part": (flipped, "file_damaged", "is damaged"),
    "a part that is no XML": (of_parts(book=b"<workbook"), "file_damaged", "is damaged"),
    "no relations": (of_parts(rels=None), "file_damaged", "is damaged"),
    "a bomb": (bomb, "file_too_large", "301 MB"),
    "a workbook of another kind": (other_workbook, "not_a_scorecard", "was not made by Tablero"),
}


@pytest.mark.parametrize("name", list(FILES))
def test_a_file_that_is_no_scorecard(name: str, workbook: Path, tmp_path: Path) -> None:
    """The sentence says what it is instead; nothing of the program's inside is shown."""
    make, code, english = FILES[name]
    path = tmp_path / "acme.xlsx"
    make(workbook, path)
    problem = refusal(path)
    assert (problem.code, problem.severity) == (code, "error")
    assert english in problem.message("en")


@pytest.mark.parametrize("locked", ["file", "folder"])
def test_a_file_that_must_not_be_read(locked: str) -> None:
    """The system's reason is part of the sentence, be it the file's right or its folder's."""
    with shared_folder() as folder, ordinary_user():
        inside = folder / "inside"
        inside.mkdir()
        path = inside / "acme.xlsx"
        path.write_bytes(b"PK")
        (path if locked == "file" else inside).chmod(0)
        try:
            problem = refusal(path)
        finally:
            inside.chmod(0o700)
    assert problem.code == "file_unreadable"
    assert "Permission denied" in problem.message("en")


def test_a_file_that_is_open_in_excel(workbook: Path, tmp_path: Path) -> None:
    """It is read as it was saved last, with a warning; Excel's lock lies beside it."""
    path = tmp_path / "acme.xlsx"
    path.write_bytes(workbook.read_bytes())
    (tmp_path / "~$acme.xlsx").write_bytes(b"\x05Ana")
    (problem,) = read_workbook(path, today=LATER).problems
    assert (problem.code, problem.severity, problem.file) == (
        "file_open_elsewhere",
        "warning",
        "acme.xlsx",
    )
    assert problem.message("es") == "El archivo está abierto en Excel."


def head(**changes: object) -> str:
    made = {"mark": "tablero", "schema": WORKBOOK_SCHEMA, "language": "en", "dialect": "portable"}
    return json.dumps({**made, **changes})


MEMORIES: dict[str, tuple[dict[str, str], str]] = {
    "a newer schema": ({"A1": head(schema=99)}, "schema_newer_workbook"),
    "no schema": ({"A1": head(schema=None)}, "memory_damaged"),
    "an unknown language": ({"A1": head(language="fr")}, "memory_damaged"),
    "another mark": ({"A1": head(mark="other")}, "memory_damaged"),
    "a head that is no object": ({"A1": "[]"}, "memory_damaged"),
    "half a head": ({"A1": head()[:20]}, "memory_damaged"),
    "an empty head": ({"A1": ""}, "memory_damaged"),
    "half a definition": ({"A2": '{"company": {"name": "Acme"'}, "memory_damaged"),
    "a definition without its parts": ({"A2": '{"company": {}}'}, "memory_damaged"),
    "no definition": ({"A2": ""}, "memory_damaged"),
    "nothing instead of one": ({"A2": "null"}, "memory_damaged"),
    "a number instead of one": ({"A2": "5"}, "memory_damaged"),
    "a list instead of one": ({"A2": '["company"]'}, "memory_damaged"),
    "brackets without end": ({"A2": "[" * 30_000}, "memory_damaged"),
}


@pytest.mark.parametrize("name", list(MEMORIES))
def test_a_memory_that_cannot_be_read(name: str, workbook: Path, tmp_path: Path) -> None:
    """The hidden sheet was written by a newer Tablero, or somebody typed into it."""
    contents, code = MEMORIES[name]
    cells: dict[tuple[str, str], Content] = {
        (STORE, cell): text(words) for cell, words in contents.items()
    }
    problem = refusal(patched(workbook, tmp_path / "acme.xlsx", cells))
    assert problem.code == code
    if code == "schema_newer_workbook":
        assert f"schema 99; this one knows up to {WORKBOOK_SCHEMA}" in problem.message("en")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"aggregation": "T"', '"aggregation": "X"'),
        ('"weight": 0.25', '"weight": "much"'),
        ('"net_income / total_assets"', '"net_income /"'),
        ('"net_income / total_assets"', '"ghost / total_assets"'),
        ('"id": "net_sales"', '"id": "net_income"'),
        ('"year": 2016', '"year": 99999'),
    ],
)
def test_a_definition_that_somebody_spoiled(
    old: str, new: str, workbook: Path, tmp_path: Path
) -> None:
    """A spoiled definition is refused, or told among the problems; it never fails."""
    memory = next(sheet for sheet in read_package(workbook).sheets if sheet.name == STORE)
    strings = read_package(workbook).parts["xl/sharedStrings.xml"].decode("utf-8")
    assert memory.cells
    quoted = old.replace('"', "&quot;") if "&quot;" in strings else old
    assert quoted in strings
    replaced = strings.replace(quoted, new.replace('"', "&quot;") if "&quot;" in quoted else new, 1)
    path = with_parts(
        workbook, tmp_path / "acme.xlsx", {"xl/sharedStrings.xml": replaced.encode("utf-8")}
    )
    try:
        found = read_workbook(path, today=LATER).problems
    except ProblemsError as refused:
        found = refused.problems
    assert "error" in {problem.severity for problem in found}
    assert all(problem.sentence("es") for problem in found)


def test_a_workbook_whose_memory_was_deleted(workbook: Path, tmp_path: Path) -> None:
    """Without its hidden sheet, or the name that leads to it, it is no scorecard any more."""
    book = read_package(workbook).parts["xl/workbook.xml"].decode("utf-8")
    without = re.sub(r'<definedName name="tablero_definition">.*?</definedName>', "", book)
    broken = book.replace(f">{STORE}!$A$1", ">#REF!$A$1")
    for change in (without, broken):
        path = with_parts(
            workbook, tmp_path / "acme.xlsx", {"xl/workbook.xml": change.encode("utf-8")}
        )
        assert refusal(path).code == "not_a_scorecard"


@pytest.mark.parametrize(
    "reference", ["#REF!", "Inputs!#REF!", "SUM(Inputs!$A$1)", "Ghost!$A$1", ""]
)
def test_a_name_that_leads_nowhere(reference: str, workbook: Path, tmp_path: Path) -> None:
    """What hangs on it is missing; the rest is read."""
    book = read_package(workbook).parts["xl/workbook.xml"].decode("utf-8")
    change = re.sub(
        r'(<definedName name="matrix_owner">).*?(</definedName>)', rf"\1{reference}\2", book
    )
    path = with_parts(workbook, tmp_path / "acme.xlsx", {"xl/workbook.xml": change.encode("utf-8")})
    reading = read_workbook(path, today=LATER)
    (problem,) = reading.problems
    assert (problem.code, problem.values) == ("name_lost", {"name": "matrix_owner"})
    assert reading.figures.filled[:, 12:].all()


def test_every_problem_of_reading_is_provoked_by_a_test() -> None:
    """Each code of the catalogue stands in one of these tests, which make it on a real file."""
    folder = Path(__file__).parent
    tests = "".join(path.read_text("utf-8") for path in folder.glob("test_*.py"))
    told = problems_told("reading", "en")
    assert len(told) > 30
    assert [code for code in told if f'"{code}"' not in tests] == []


def test_reading_twice_says_the_same(workbook: Path) -> None:
    """Problems come in the same order every time."""
    first, second = (codes(read_workbook(workbook)) for _ in range(2))
    assert first == second
