"""Cells of a workbook open in Excel are written all, and as they are meant, or none is."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl.utils.cell import coordinate_to_tuple

from tablero.addin.excel.live import read_book
from tablero.addin.excel.macro_workbook import new_macro_workbook
from tablero.addin.excel.writing import write_edits
from tablero.workbook_templates.editing.edits import Edit
from tablero.workbook_templates.editing.sheet import ErrorValue, Kept, Result, cell_name
from tablero.workbook_templates.library import load_template
from tablero.workbook_templates.problems import ProblemsError
from tablero.workbook_templates.texts import LANGUAGES
from tests.excel.held import Grid, Held
from tests.excel.open_workbook import OpenWorkbook, opened
from tests.reading.facts import LATER, board, codes, month_cell

TITLE = "Sheet"


def put(sheet: str, cell: str, value: Result | Kept, style_of: str = "") -> Edit:
    """An edit of a cell by its address; ``style_of`` is one of the same sheet."""
    like = (sheet, coordinate_to_tuple(style_of)) if style_of else None
    return Edit(sheet, coordinate_to_tuple(cell), value, like)


def blank() -> OpenWorkbook:
    """An open workbook with an empty sheet that is not protected."""
    return OpenWorkbook("blank.xlsx", [Grid(TITLE, {}, is_protected=False)], {})


@pytest.fixture(scope="module")
def scorecard(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A company without figures, its sheets protected."""
    path = tmp_path_factory.mktemp("writing") / "acme.xlsm"
    new_macro_workbook(load_template("blank-sme"), path, language="en")
    return path


def figures_of_a_year() -> list[Edit]:
    """A figure for every input and month, as a ledger would bring them."""
    definition = load_template("blank-sme")
    table = board(definition=definition).layout.inputs
    return [
        put(table.title, table.cell(one.id, f"m{month}"), 100.0 * number + month)
        for number, one in enumerate(definition.inputs)
        for month in range(1, 13)
    ]


def told(workbook: OpenWorkbook, *edits: Edit) -> list[str]:
    """Codes of what is said against some edits; nothing may have been written then."""
    with pytest.raises(ProblemsError) as refused:
        write_edits(workbook.book, edits)
    assert workbook.writes == []
    problems = refused.value.problems
    assert {problem.file for problem in problems} == {workbook.name}
    for problem, edit in zip(problems, edits, strict=True):
        assert problem.sheet == edit.sheet
        assert problem.cell == ("" if 0 in edit.place else cell_name(edit.place))
        assert len({problem.sentence(language) for language in LANGUAGES}) == len(LANGUAGES)
    return [problem.code for problem in problems]


def test_figures_that_were_written_are_read_again(scorecard: Path) -> None:
    """A whole year into a protected sheet, whose input cells are not locked."""
    workbook, edits = opened(scorecard), figures_of_a_year()
    write_edits(workbook.book, edits)
    reading = read_book(workbook.book, today=LATER)
    found = reading.figures.months[:, 12:].flatten().tolist()
    assert found == [edit.value for edit in edits]
    assert codes(reading) == []


def test_a_block_of_figures_costs_one_call(scorecard: Path) -> None:
    """However many they are; what stands apart costs one more."""
    workbook, edits = opened(scorecard), figures_of_a_year()
    write_edits(workbook.book, edits)
    rows = {edit.place[0] for edit in edits}
    assert len(rows) > 10
    assert len(workbook.writes) < 6
    apart = blank()
    cells = ("B2", "C2", "B3", "C3", "B5", "C5", "E2")
    write_edits(apart.book, [put(TITLE, cell, 1.0) for cell in cells])
    assert apart.writes == [
        (TITLE, (2, 2), (3, 3)),
        (TITLE, (5, 2), (5, 3)),
        (TITLE, (2, 5), (2, 5)),
    ]


def test_each_cell_gets_what_is_its_own() -> None:
    """Whatever the order in which the edits come; the last one for a cell counts."""
    workbook = blank()
    values = {"C3": 4.0, "B2": 1.0, "C2": None, "B3": "three", "E9": 5.0}
    edits = [put(TITLE, cell, value) for cell, value in values.items()]
    write_edits(workbook.book, [*edits, put(TITLE, "B2", 9.0)])
    held = {place: held.value for place, held in workbook.grid(TITLE).cells.items()}
    assert held == {(2, 2): 9.0, (2, 3): None, (3, 2): "three", (3, 3): 4.0, (9, 5): 5.0}


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-5", "@SUM(A1)", "#N/A", "70%", "2026", "'quoted", "TRUE", "a\nb"]
)
def test_a_text_stays_a_text(text: str) -> None:
    """Also one in which Excel would see a formula, a number, or a sign of its own."""
    workbook = blank()
    write_edits(workbook.book, [put(TITLE, "A1", text)])
    held = workbook.grid(TITLE).cells[1, 1]
    assert (held.value, held.formula) == (text, "")


@pytest.mark.parametrize("nothing", [None, ""])
def test_a_cell_can_be_emptied(nothing: Result) -> None:
    """Nothing is left in it."""
    workbook = blank()
    workbook.hold(TITLE, "A1", value=5.0)
    write_edits(workbook.book, [put(TITLE, "A1", nothing)])
    assert workbook.grid(TITLE).cells[1, 1] == Held(None)


def test_a_formula_is_not_written_over(scorecard: Path) -> None:
    """It is told, whether the sheet is protected or not."""
    title, cell = month_cell("net_sales", 3)
    workbook = opened(scorecard)
    workbook.hold(title, cell, formula="=7+9", value=16.0)
    assert told(workbook, put(title, cell, 5.0)) == ["edit_formula"]
    workbook.grid(title).is_protected = False
    assert told(workbook, put(title, cell, 5.0)) == ["edit_formula"]


def test_a_cell_under_another_is_not_written(scorecard: Path) -> None:
    """What would stand there nobody could see; the first of the merged cells takes it."""
    title, cell = month_cell("net_sales", 3)
    place = coordinate_to_tuple(cell)
    workbook = opened(scorecard)
    workbook.grid(title).merged = [((place[0] - 1, place[1]), place)]
    assert told(workbook, put(title, cell, 5.0)) == ["edit_merged"]
    workbook.grid(title).merged = [(place, (place[0], place[1] + 1))]
    write_edits(workbook.book, [put(title, cell, 5.0)])
    assert workbook.grid(title).cells[place].value == 5.0


def test_protection_without_a_password_is_lifted_and_put_back(scorecard: Path) -> None:
    """As it was, with all that it allows; where nothing is locked it stays."""
    (title, cell), (_, other) = month_cell("net_sales", 3), month_cell("net_sales", 4)
    workbook = opened(scorecard)
    grid = workbook.grid(title)
    allowed = dict(grid.allowed)
    assert allowed["AllowFormattingCells"]
    assert not allowed["AllowSorting"]
    workbook.hold(title, cell, locked=True)
    write_edits(workbook.book, [put(title, cell, 1.0), put(title, other, 2.0)])
    held = [grid.cells[coordinate_to_tuple(one)] for one in (cell, other)]
    assert [(one.value, one.locked) for one in held] == [(1.0, True), (2.0, False)]
    assert (grid.is_protected, grid.allowed) == (True, allowed)


def test_locked_cells_behind_a_password_are_told_one_by_one(scorecard: Path) -> None:
    """Beside cells that are not locked, of which none is written then."""
    (title, cell), (_, other) = month_cell("net_sales", 3), month_cell("net_sales", 4)
    workbook = opened(scorecard)
    workbook.grid(title).password = "secret"
    workbook.hold(title, cell, locked=True)
    with pytest.raises(ProblemsError) as refused:
        write_edits(workbook.book, [put(title, other, 1.0), put(title, cell, 1.0)])
    (problem,) = refused.value.problems
    assert (problem.code, problem.cell) == ("live_locked", cell)
    assert problem.sentence("en") != problem.sentence("es")
    assert workbook.writes == []
    write_edits(workbook.book, [put(title, other, 1.0)])


def test_a_sheet_is_protected_again_when_excel_refuses(scorecard: Path) -> None:
    """Nobody is left with a sheet that anybody can destroy."""
    title, cell = month_cell("net_sales", 3)
    workbook = opened(scorecard)
    workbook.hold(title, cell, locked=True)
    workbook.refusing = True
    with pytest.raises(OSError, match="Excel refuses"):
        write_edits(workbook.book, [put(title, cell, 1.0)])
    assert workbook.grid(title).is_protected


def test_a_cell_takes_the_look_of_another_and_keeps_what_it_holds(scorecard: Path) -> None:
    """Format and lock; a block in one go, its inner lines too."""
    title, cell = month_cell("net_sales", 3)
    workbook = opened(scorecard)
    cells = workbook.grid(title).cells
    workbook.type(title, cell, 7.0)
    before = cells[coordinate_to_tuple(cell)]
    write_edits(workbook.book, [put(title, cell, Kept.VALUE, style_of="A1")])
    after = cells[coordinate_to_tuple(cell)]
    assert (before.locked, after.locked, after.value) == (False, True, 7.0)
    for part in ("NumberFormat", "Interior.Pattern", "Font.Size", "Font.Color", "9.LineStyle"):
        assert after.look[part] == cells[1, 1].look[part]
    assert before.look["Interior.Pattern"] != after.look["Interior.Pattern"]


@pytest.mark.parametrize("place", [(0, 1), (1, 0)])
def test_what_is_no_cell_is_told(place: tuple[int, int]) -> None:
    """Rows and columns are counted from 1."""
    assert told(blank(), Edit(TITLE, place, 1.0)) == ["edit_unfit"]


@pytest.mark.parametrize(
    "value", [float("nan"), float("inf"), "x" * 32_768, "😀" * 16_384, ErrorValue("#N/A")]
)
def test_what_excel_cannot_hold_is_told(value: Result) -> None:
    """A figure that is none would silently empty the cell."""
    assert told(blank(), put(TITLE, "A1", value)) == ["edit_unfit"]


def test_everything_that_is_wrong_is_told_at_once() -> None:
    """With the sheet that is not there."""
    edits = (put("Sheet9", "A1", 1.0), Edit(TITLE, (0, 1), 1.0))
    assert told(blank(), *edits) == ["edit_no_sheet", "edit_unfit"]


def test_excel_draws_its_window_again_afterwards() -> None:
    """Also when Excel refuses in the middle, and only if it did before."""
    workbook = blank()
    write_edits(workbook.book, [put(TITLE, "A1", 1.0)])
    assert workbook.drawn == [False, True]
    broken = blank()
    broken.refusing = True
    with pytest.raises(OSError, match="Excel refuses"):
        write_edits(broken.book, [put(TITLE, "A1", 1.0)])
    assert broken.drawn == [False, True]
    dark = blank()
    dark.is_drawn = False
    write_edits(dark.book, [put(TITLE, "A1", 1.0)])
    assert not dark.is_drawn


def test_nothing_to_write_touches_nothing() -> None:
    """No call of Excel that changes anything."""
    workbook = blank()
    write_edits(workbook.book, [])
    assert (workbook.writes, workbook.drawn) == ([], [])
