"""Cells of a workbook open in Excel are written all, and as they are meant, or none is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tablero.addin.excel.live import read_book
from tablero.addin.excel.macro_workbook import new_macro_workbook
from tablero.addin.excel.writing import CellEdit, Content, write_cells
from tablero.workbook_templates.library import load_template
from tablero.workbook_templates.problems import ProblemsError
from tests.excel.held import Grid, Held
from tests.excel.open_workbook import OpenWorkbook, opened
from tests.reading.facts import LATER, board, codes, month_cell

TITLE = "Sheet"


def blank() -> OpenWorkbook:
    """An open workbook with an empty sheet that is not protected."""
    return OpenWorkbook("blank.xlsx", [Grid(TITLE, {}, is_protected=False)], {})


@pytest.fixture(scope="module")
def scorecard(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A company without figures, its sheets protected."""
    path = tmp_path_factory.mktemp("writing") / "acme.xlsm"
    new_macro_workbook(load_template("blank-sme"), path, language="en")
    return path


def figures_of_a_year() -> list[CellEdit]:
    """A figure for every input and month, as a ledger would bring them."""
    definition = load_template("blank-sme")
    table = board(definition=definition).layout.inputs
    return [
        CellEdit(table.title, table.cell(one.id, f"m{month}"), 100.0 * number + month)
        for number, one in enumerate(definition.inputs)
        for month in range(1, 13)
    ]


def told(workbook: OpenWorkbook, *edits: CellEdit) -> list[str]:
    """Codes of what is said against some edits; nothing may have been written then."""
    with pytest.raises(ProblemsError) as refused:
        write_cells(workbook.book, edits)
    assert workbook.writes == []
    problems = refused.value.problems
    assert {problem.file for problem in problems} == {workbook.name}
    for problem, edit in zip(problems, edits, strict=True):
        assert (problem.sheet, problem.cell) == (edit.sheet, edit.cell)
        assert len({problem.sentence(language) for language in ("en", "es")}) == 2
    return [problem.code for problem in problems]


def test_figures_that_were_written_are_read_again(scorecard: Path) -> None:
    """A whole year into a protected sheet, whose input cells are not locked."""
    workbook, edits = opened(scorecard), figures_of_a_year()
    write_cells(workbook.book, edits)
    reading = read_book(workbook.book, today=LATER)
    found = reading.figures.months[:, 12:].flatten().tolist()
    assert found == [edit.value for edit in edits]
    assert codes(reading) == []


def test_a_block_of_figures_costs_one_call(scorecard: Path) -> None:
    """However many they are; what stands apart costs one more."""
    workbook, edits = opened(scorecard), figures_of_a_year()
    write_cells(workbook.book, edits)
    rows = {edit.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") for edit in edits}
    assert len(rows) > 10
    assert len(workbook.writes) < 6
    apart = blank()
    cells = ("B2", "C2", "B3", "C3", "B5", "C5", "E2")
    write_cells(apart.book, [CellEdit(TITLE, cell, 1.0) for cell in cells])
    assert apart.writes == [
        (TITLE, (2, 2), (3, 3)),
        (TITLE, (5, 2), (5, 3)),
        (TITLE, (2, 5), (2, 5)),
    ]


def test_each_cell_gets_what_is_its_own() -> None:
    """Whatever the order in which the edits come; the last one for a cell counts."""
    workbook = blank()
    values = {"C3": 4.0, "B2": 1.0, "C2": None, "B3": "three", "$E$9": 5.0, "b2": 9.0}
    write_cells(workbook.book, [CellEdit(TITLE, cell, value) for cell, value in values.items()])
    held = {place: held.value for place, held in workbook.grid(TITLE).cells.items()}
    assert held == {(2, 2): 9.0, (2, 3): None, (3, 2): "three", (3, 3): 4.0, (9, 5): 5.0}


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-5", "@SUM(A1)", "#N/A", "70%", "2026", "'quoted", "TRUE", "a\nb"]
)
def test_a_text_stays_a_text(text: str) -> None:
    """Also one in which Excel would see a formula, a number, or a sign of its own."""
    workbook = blank()
    write_cells(workbook.book, [CellEdit(TITLE, "A1", text)])
    held = workbook.grid(TITLE).cells[1, 1]
    assert (held.value, held.formula) == (text, "")


@pytest.mark.parametrize("nothing", [None, ""])
def test_a_cell_can_be_emptied(nothing: Content) -> None:
    """Nothing is left in it."""
    workbook = blank()
    workbook.hold(TITLE, "A1", value=5.0)
    write_cells(workbook.book, [CellEdit(TITLE, "A1", nothing)])
    assert workbook.grid(TITLE).cells[1, 1] == Held(None)


def test_a_formula_is_not_written_over(scorecard: Path) -> None:
    """It is told, whether the sheet is protected or not."""
    title, cell = month_cell("net_sales", 3)
    workbook = opened(scorecard)
    workbook.hold(title, cell, formula="=7+9", value=16.0)
    assert told(workbook, CellEdit(title, cell, 5.0)) == ["live_formula"]
    workbook.grid(title).is_protected = False
    assert told(workbook, CellEdit(title, cell, 5.0)) == ["live_formula"]


def test_locked_cells_are_told_one_by_one(scorecard: Path) -> None:
    """Beside cells that are not locked, of which none is written then."""
    (title, cell), (_, other) = month_cell("net_sales", 3), month_cell("net_sales", 4)
    workbook = opened(scorecard)
    workbook.hold(title, cell, locked=True)
    with pytest.raises(ProblemsError) as refused:
        write_cells(workbook.book, [CellEdit(title, other, 1.0), CellEdit(title, cell, 1.0)])
    assert [(one.code, one.cell) for one in refused.value.problems] == [("live_locked", cell)]
    assert workbook.writes == []
    workbook.grid(title).is_protected = False
    write_cells(workbook.book, [CellEdit(title, cell, 1.0)])


@pytest.mark.parametrize("cell", ["", "A", "7", "A0", "A1:B2", "XFE1", "A1048577", "A 1", "R1C1"])
def test_what_is_no_cell_is_told(cell: str) -> None:
    """Ranges and places beyond the sheet among them."""
    assert told(blank(), CellEdit(TITLE, cell, 1.0)) == ["live_no_cell"]


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "x" * 32_768, "😀" * 16_384])
def test_what_excel_cannot_hold_is_told(value: Content) -> None:
    """A figure that is none would silently empty the cell."""
    assert told(blank(), CellEdit(TITLE, "A1", value)) == ["live_no_content"]


def test_everything_that_is_wrong_is_told_at_once() -> None:
    """With the sheet that is not there."""
    edits = (CellEdit("Sheet9", "A1", 1.0), CellEdit(TITLE, "A0", 1.0))
    assert told(blank(), *edits) == ["live_sheet_missing", "live_no_cell"]


def test_excel_draws_its_window_again_afterwards() -> None:
    """Also when Excel refuses in the middle, and only if it did before."""
    workbook = blank()
    write_cells(workbook.book, [CellEdit(TITLE, "A1", 1.0)])
    assert workbook.drawn == [False, True]
    broken = blank()
    broken.refusing = True
    with pytest.raises(OSError, match="Excel refuses"):
        write_cells(broken.book, [CellEdit(TITLE, "A1", 1.0)])
    assert broken.drawn == [False, True]
    dark = blank()
    dark.is_drawn = False
    write_cells(dark.book, [CellEdit(TITLE, "A1", 1.0)])
    assert not dark.is_drawn


def test_nothing_to_write_touches_nothing() -> None:
    """No call of Excel that changes anything."""
    workbook = blank()
    write_cells(workbook.book, [])
    assert (workbook.writes, workbook.drawn) == ([], [])
