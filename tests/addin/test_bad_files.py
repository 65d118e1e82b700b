"""Files that are no scorecard, or one that cannot be read: one sentence each, and exit code 2."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from tablero.workbook_templates.layout import SHEETS
from tablero.workbook_templates.store import WORKBOOK_SCHEMA
from tests.addin.commands import process, tablero

FILES = Path(__file__).with_name("files")
COMMANDS = ("check", "score")


def with_part(workbook: Path, part: str, change: Callable[[bytes], bytes]) -> None:
    """Change one part of a workbook, leaving all others as they are."""
    with zipfile.ZipFile(workbook) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts[part] = change(parts[part])
    with zipfile.ZipFile(workbook, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)


def missing(path: Path) -> None:
    """Nothing is there."""
    path.unlink()


def folder(path: Path) -> None:
    """A folder stands in its place."""
    path.unlink()
    path.mkdir()


def empty(path: Path) -> None:
    """A download that never began."""
    path.write_bytes(b"")


def words(path: Path) -> None:
    """A text that was given the ending of a workbook."""
    path.write_text("month;sales\n1;200\n")


def page(path: Path) -> None:
    """What a server sends instead of a file."""
    path.write_text("<html><body>Please log in</body></html>")


def archive(path: Path) -> None:
    """Another kind of file that is packed likewise."""
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("word/document.xml", "<w/>")


def cut(path: Path) -> None:
    """A copy that was broken off."""
    path.write_bytes(path.read_bytes()[:-2000])


def cut_to_the_head(path: Path) -> None:
    """A copy that had hardly begun."""
    path.write_bytes(path.read_bytes()[:100])


INPUTS = f"xl/worksheets/sheet{SHEETS.index('inputs') + 1}.xml"


def broken_sheet(path: Path) -> None:
    """A part that ends in the middle."""
    with_part(path, INPUTS, lambda xml: xml[: len(xml) // 2])


def broken_texts(path: Path) -> None:
    """A part that is no XML at all."""
    with_part(path, "xl/sharedStrings.xml", lambda _: b"\0\1\2")


def spoiled(path: Path) -> None:
    """Bits that fell over on a disk."""
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 200] = bytes(200)
    path.write_bytes(content)


def encrypted(path: Path) -> None:
    """A workbook that LibreOffice saved with a password."""
    shutil.copy(FILES / "encrypted.xlsx", path)


def old(path: Path) -> None:
    """A workbook that LibreOffice saved in the format of Excel 97."""
    shutil.copy(FILES / "old.xls", path)


def foreign(path: Path) -> None:
    """A workbook of somebody else."""
    workbook = openpyxl.Workbook()
    workbook.worksheets[0].append(["Net sales", 214, 217])
    workbook.save(path)


SCHEMA = f'"schema": {WORKBOOK_SCHEMA}'.encode()


def newer(path: Path) -> None:
    """A workbook of a Tablero that does not exist yet."""

    def change(xml: bytes) -> bytes:
        assert SCHEMA in xml
        return xml.replace(SCHEMA, b'"schema": 9', 1)

    with_part(path, "xl/sharedStrings.xml", change)


def forgetful(path: Path) -> None:
    """Its hidden sheet was written over."""
    with_part(path, "xl/sharedStrings.xml", lambda xml: xml.replace(SCHEMA, b'"sch', 1))


SAID = {
    missing: "There is no file “cano.xlsx”",
    folder: "is a folder, not a workbook",
    empty: "is empty",
    words: "is not an Excel workbook",
    page: "is not an Excel workbook",
    archive: "is not an Excel workbook",
    cut: "is damaged",
    cut_to_the_head: "is damaged",
    broken_sheet: "is damaged",
    broken_texts: "is damaged",
    spoiled: "is damaged",
    encrypted: "is protected with a password",
    old: "is in the format of Excel 97–2003",
    foreign: "was not made by Tablero",
    newer: "was made by a newer Tablero",
    forgetful: "The hidden sheet “_tablero”, which holds the definition, is damaged",
}


@pytest.mark.parametrize(("spoil", "said"), SAID.items(), ids=[spoil.__name__ for spoil in SAID])
def test_a_file_that_cannot_be_read_is_told(
    spoil: Callable[[Path], None], said: str, cano: Path
) -> None:
    """The sentence names the file and ends with what to do; nothing is shown as a result."""
    spoil(cano)
    for command in COMMANDS:
        ended = tablero(command, "cano.xlsx", cwd=cano.parent)
        line = ended.complaint(2)
        assert line.startswith("error: cano.xlsx")
        assert said in line
        assert line.endswith(".")
        assert ended.stdout == ""


def test_a_spoiled_formula_in_the_hidden_sheet_is_told(cano: Path) -> None:
    """There is nothing to score then, and every problem is told."""

    def change(xml: bytes) -> bytes:
        formula = b'"formula": "training_spend / staff_expenditure"'
        assert formula in xml
        return xml.replace(formula, b'"formula": "training_spend / staff_expenditura"')

    with_part(cano, "xl/sharedStrings.xml", change)
    scored = tablero("score", "cano.xlsx", cwd=cano.parent)
    checked = tablero("check", "cano.xlsx", cwd=cano.parent)
    assert "The formula names “staff_expenditura”" in scored.stderr
    assert "The formula names “staff_expenditura”" in checked.stdout
    assert (checked.returncode, scored.returncode, scored.stdout) == (1, 1, "")


def test_spanish_readers_are_told_in_spanish(cano: Path) -> None:
    """By the environment, and in a process of its own."""
    encrypted(cano)
    line = process("check", cano, cwd=cano.parent, LC_ALL="es_MX.UTF-8").complaint(2)
    assert line.startswith("error: cano.xlsx: «cano.xlsx» está protegido con contraseña.")


def test_a_terminal_without_unicode_is_told_all_the_same(cano: Path) -> None:
    """The sentence has only letters that it has."""
    encrypted(cano)
    ended = process("check", cano, "--lang", "es", cwd=cano.parent, PYTHONIOENCODING="ascii")
    assert "esta protegido con contrasena" in ended.complaint(2)


def test_a_workbook_open_in_excel_is_read_with_a_warning(cano: Path) -> None:
    """What is not saved there yet cannot be seen."""
    (cano.parent / "~$cano.xlsx").touch()
    checked = tablero("check", "cano.xlsx", cwd=cano.parent)
    scored = tablero("score", "cano.xlsx", cwd=cano.parent)
    assert (checked.returncode, scored.returncode) == (0, 0)
    assert "The file is open in Excel" in checked.stdout
    assert scored.stderr.startswith("warning: cano.xlsx: The file is open in Excel.")


def test_a_file_name_cannot_steer_the_terminal(tmp_path: Path) -> None:
    """Escape sequences in it are shown as unprintable."""
    name = "a\x1b[2J\nb.xlsx"
    (tmp_path / name).write_text("x")
    line = process("check", name, cwd=tmp_path).complaint(2)
    assert "\x1b" not in line
    assert "a�[2J b.xlsx" in line


@pytest.mark.parametrize("content", [b"\xff\xfe\0\0", b"", b"[1, 2]", b"a: [", b"company: {}"])
def test_a_definition_that_is_none_is_told(content: bytes, tmp_path: Path) -> None:
    """Every line says where and what to do, whether it can be read or not."""
    (tmp_path / "a.yaml").write_bytes(content)
    for arguments in (("new", "a.yaml"), ("check", "a.yaml")):
        ended = tablero(*arguments, cwd=tmp_path)
        assert ended.returncode in {1, 2}
        assert "a.yaml" in ended.stderr + ended.stdout
        assert "Traceback" not in ended.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.yaml"]
