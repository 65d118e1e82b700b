"""Sources that are broken, hostile, far too large, or of another time: read rightly or refused."""

from __future__ import annotations

import csv
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tablero.workbook_templates.filling.recognition import delivered
from tablero.workbook_templates.filling.sources import read_source
from tablero.workbook_templates.problems import ProblemsError
from tablero.workbook_templates.read import Reading
from tests.addin.commands import tablero
from tests.filling.delivering import codes, figures, of_sheet, of_text, workbook

SPANISH = "dato;mes;valor\nTiempo de producción por lote;marzo;5\nGasto en capacitación;marzo;1,5\n"
BOTH = {("production_time_per_batch", "2016-03"): 5, ("training_spend", "2016-03"): 1.5}


@pytest.mark.parametrize(
    "encoding",
    [
        "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "latin-1",
        "mac_roman", "cp850",
    ],
)  # fmt: skip
def test_every_usual_encoding_is_read(encoding: str, reading: Reading, tmp_path: Path) -> None:
    """With its mark or without: of today, of Windows, of the Mac of old, of DOS."""
    assert figures(of_text(SPANISH, reading, tmp_path, encoding=encoding)) == BOTH


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_end_of_line_is_read(end: str, reading: Reading, tmp_path: Path) -> None:
    """Of Unix, of Windows, of the Mac of old."""
    assert figures(of_text(SPANISH.replace("\n", end), reading, tmp_path)) == BOTH


FORMULAS = ["=cmd|' /C calc'!A0", "@SUM(1)", "+cmd|x", "-cmd|x", '=HYPERLINK("x")', "\t=1", "=1+2"]


def test_a_text_that_begins_like_a_formula_is_never_one(cano: Path) -> None:
    """Neither as an amount nor as a name; nothing of it reaches the workbook."""
    before = cano.read_bytes()
    with (cano.parent / "evil.csv").open("w", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(["input", "period", "value"])
        lines.writerows(["net_sales", "2016-03", text] for text in FORMULAS)
        lines.writerows([text, "2016-03", 5] for text in FORMULAS)
    ended = tablero("fill", "cano.xlsx", "--from", "evil.csv", "--yes", cwd=cano.parent)
    assert ended.returncode == 1
    assert all(f"evil.csv › C{row}: " in ended.stderr for row in range(2, 2 + len(FORMULAS)))
    assert cano.read_bytes() == before


def test_formulas_and_errors_of_a_workbook_count_with_their_results(
    reading: Reading, tmp_path: Path
) -> None:
    """One that was never calculated is told; a text that looks like one is a text."""
    found = of_sheet([["input", "Mar"], ["net_sales", "=1+2"]], reading, tmp_path)
    assert codes(found) == ["source_uncalculated B2"]
    error = of_sheet([["input", "Mar"], ["net_sales", "#DIV/0!"]], reading, tmp_path)
    assert codes(error) == ["source_error B2"]


def test_signs_that_steer_a_terminal_are_shown_as_what_they_are(cano: Path) -> None:
    """Control characters and turned directions do no harm in a message."""
    rows = "input,period,value\n\x1b[31mnet salse\u202e,2016-03,5\nnet_sales,2016-03,\x1b]0;x\x07\n"
    (cano.parent / "evil.csv").write_text(rows, "utf-8")
    ended = tablero("fill", "cano.xlsx", "--from", "evil.csv", "--yes", cwd=cano.parent)
    assert ended.returncode == 1
    assert not {"\x1b", "\x07", "\u202e"} & set(ended.stderr)


def test_a_long_cell_does_not_flood_a_message(reading: Reading, tmp_path: Path) -> None:
    """It is cut."""
    rows = [["input", "period", "value"], ["net_sales", "Mar", "x" * 32_767]]
    found = of_sheet(
        [*rows, ["y" * 32_767, "Mar", 5], ["net_sales", "9" * 500, 5]], reading, tmp_path
    )
    assert len(found.problems) == 3
    assert all(len(problem.sentence()) < 300 for problem in found.problems)


BROKEN: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "source_empty"),
    "blanks": (b"  \n\n ", "source_empty"),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 4, "source_no_text"),
    "NULs in a text": (b"input,period,value\0\nnet_sales,Mar,5\n", "source_no_text"),
    "a broken UTF-16": ("input".encode("utf-16") + b"x", "source_no_text"),
    "a quote without end": (b'input,period,value\n"net_sales,Mar,5\n', "source_quotes"),
    "another quote": (b'input,period,value\n"net"sales,Mar,5\n', "source_quotes"),
    "a huge cell": (b"input,period,value\n" + b"x" * 150_000 + b",Mar,5\n", "source_quotes"),
    "a huge line": (b"input" + b"," * 250_000 + b"\n", "source_too_large"),
    "many columns": (b"input," + b"Mar," * 300 + b"\n", "source_too_large"),
    "an empty archive": (b"PK\x05\x06" + b"\0" * 18, "source_no_text"),
    "half an archive": (b"PK\x03\x04" + b"\0" * 400, "source_damaged"),
    "an old workbook": (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "file_old_format"),
    "no heads": (b"net_sales,5\ntotal_assets,6\n", "source_no_form"),
    "a page": (b"<html><body>Not found</body></html>", "source_no_form"),
}  # fmt: skip


@pytest.mark.parametrize("kind", BROKEN)
def test_what_is_no_source_is_refused_in_a_sentence(
    kind: str, reading: Reading, tmp_path: Path
) -> None:
    """Whatever it is instead."""
    data, code = BROKEN[kind]
    path = tmp_path / "source"
    path.write_bytes(data)
    with pytest.raises(ProblemsError) as refused:
        delivered(read_source(path), reading)
    assert [one.code for one in refused.value.problems] == [code]
    assert all(one.sentence("en") and one.sentence("es") for one in refused.value.problems)


def test_the_command_line_refuses_it_likewise(cano: Path) -> None:
    """Without a traceback, and with nothing written."""
    before = cano.read_bytes()
    (cano.parent / "source.xlsx").write_bytes(b"PK\x03\x04" + b"\0" * 400)
    ended = tablero("fill", "cano.xlsx", "--from", "source.xlsx", "--yes", cwd=cano.parent)
    assert "“source.xlsx” is damaged" in ended.complaint(2)
    assert cano.read_bytes() == before


def million_lines(path: Path) -> None:
    path.write_text("input,period,value\n" + "net_sales,3,5\n" * 1_000_000)


def million_blank_lines(path: Path) -> None:
    path.write_text("input,period,value\n" + "\n" * 1_000_000)


def million_rows(path: Path) -> None:
    """A workbook whose sheet holds a million rows."""
    row = '<row r="{0}"><c r="A{0}"><v>1</v></c></row>'
    with_rows(path, "".join(row.format(number) for number in range(1, 1_000_001)))


def with_rows(path: Path, rows: str) -> None:
    """A workbook with these rows, written by hand since openpyxl would take too long."""
    workbook(path, {"Figures": [["input"]]})
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{rows}</sheetData></worksheet>"
    )
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/worksheets/sheet1.xml"] = sheet.encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def far_cells(path: Path) -> None:
    """A workbook with something in the last column of every row."""
    row = '<row r="{0}"><c r="XFD{0}" s="0"/></row>'
    with_rows(path, "".join(row.format(number) for number in range(1, 100_001)))


def far_cell(path: Path) -> None:
    """A workbook with a figure in its last column."""
    with_rows(path, '<row r="1"><c r="XFD1"><v>1</v></c></row>')


LARGE: dict[str, Callable[[Path], None]] = {
    "blank.csv": million_blank_lines,
    "far.xlsx": far_cell,
    "wide.xlsx": far_cells,
}
LONG: dict[str, Callable[[Path], None]] = {"lines.csv": million_lines, "rows.xlsx": million_rows}


@pytest.mark.parametrize("name", LARGE)
def test_what_is_far_larger_than_two_years_is_refused(name: str, tmp_path: Path) -> None:
    """However little stands in it."""
    path = tmp_path / name
    LARGE[name](path)
    with pytest.raises(ProblemsError) as refused:
        read_source(path)
    assert [one.code for one in refused.value.problems] == ["source_too_large"]


@pytest.mark.parametrize("name", LONG)
def test_a_million_rows_are_refused_in_little_memory(name: str, tmp_path: Path) -> None:
    """Where the figures of two years belong."""
    path = tmp_path / name
    LONG[name](path)
    tracemalloc.start()
    try:
        with pytest.raises(ProblemsError) as refused:
            read_source(path)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert [one.code for one in refused.value.problems] == ["source_too_large"]
    assert peak < 256 * 2**20


def test_the_largest_source_that_makes_sense_is_read(reading: Reading, tmp_path: Path) -> None:
    """Every input in every month of two years, line by line."""
    months = [f"{year}-{month:02d}" for year in (2015, 2016) for month in range(1, 13)]
    ids = [one.id for one in reading.definition.inputs]
    lines = "".join(f"{key},{month},1.5\n" for key in ids for month in months)
    found = of_text(f"input,period,value\n{lines}", reading, tmp_path)
    assert len(found.figures) == len(ids) * 24
    assert found.problems == ()
