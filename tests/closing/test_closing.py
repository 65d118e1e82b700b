"""Closing a month locks, marks and records it; opening it again takes all of that back."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from tablero.addin.cli import closing as command
from tablero.addin.excel.macro_workbook import new_macro_workbook
from tablero.workbook_templates import closing
from tablero.workbook_templates.editing.edits import Edit
from tablero.workbook_templates.editing.revision import revise
from tablero.workbook_templates.library import load_template
from tablero.workbook_templates.periods import Month
from tablero.workbook_templates.problems import ProblemsError
from tablero.workbook_templates.read import Reading, read_workbook
from tablero.workbook_templates.replacing import Version
from tablero.workbook_templates.workbook import new_workbook

CANO = load_template("cano")
FEBRUARY = Month(2016, 2)


@pytest.fixture(scope="module", params=["portable.xlsx", "plain-es.xlsx", "xlwings.xlsm"])
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The paper's company, whose months are all filled; not to be changed."""
    path = tmp_path_factory.mktemp("made") / str(request.param)
    match path.name:
        case "portable.xlsx":
            new_workbook(CANO, path)
        case "plain-es.xlsx":
            new_workbook(CANO, path, dialect="plain", language="es")
        case _:
            new_macro_workbook(CANO, path, language="en")
    return path


@pytest.fixture
def workbook(made: Path, tmp_path: Path) -> Path:
    """A copy of that company to work on."""
    return Path(shutil.copy(made, tmp_path))


def done(path: Path, edit: Callable[[Reading], list[Edit]]) -> Reading:
    """The workbook after some edits were made and saved."""
    revise(Version.of(path), edit(read_workbook(path))).save()
    return read_workbook(path)


def closed(path: Path) -> Reading:
    """The workbook with its February closed."""
    return done(path, lambda reading: closing.close(reading, FEBRUARY))


def looks(reading: Reading, path: Path, number: int) -> set[tuple[bool, str]]:
    """Whether the cells of a month are locked, and on what paper they stand."""
    book = openpyxl.load_workbook(path, read_only=True)
    cells = [cell for (_, month), cell in reading.places.months.items() if month == number]
    found = [book[cell.sheet].cell(cell.row, cell.column) for cell in cells]
    return {(one.protection.locked, str(one.fill.fgColor.rgb)) for one in found}


def test_a_closed_month_is_on_record_with_its_figures(
    workbook: Path, validator: Callable[[Path], list[str]]
) -> None:
    """The figures of the month are kept as they are, and the file stays as valid as it was."""
    before = set(validator(workbook))
    reading = closed(workbook)
    (month,) = reading.records.closed
    assert month == FEBRUARY
    figures = dict(zip(reading.figures.ids, reading.figures.months[:, 13], strict=True))
    assert reading.records.closed[month] == figures
    assert reading.problems == ()
    assert set(validator(workbook)) <= before


def test_the_cells_of_a_closed_month_are_locked_and_marked(workbook: Path) -> None:
    """Sheet protection keeps people from the closed month and from no other."""
    reading = closed(workbook)
    (shut,), (still_open,) = looks(reading, workbook, 2), looks(reading, workbook, 3)
    assert (shut[0], still_open[0]) == (True, False)
    assert shut[1] != still_open[1]


def test_closing_is_noted_among_the_changes(workbook: Path) -> None:
    """The log says what was done to which month, by whom and when."""
    reading = closed(workbook)
    (change,) = reading.records.changes
    assert (change.action, change.month) == ("close", "2016-02")
    assert change.who
    assert reading.record_cells.next_row == reading.record_cells.log["when"].row + 1


def test_a_reopened_month_is_as_it_was(workbook: Path) -> None:
    """Only the log remembers that the month was closed."""
    before = looks(read_workbook(workbook), workbook, 2)
    closed(workbook)
    reading = done(workbook, lambda reading: closing.reopen(reading, FEBRUARY))
    assert reading.records.closed == {}
    assert [change.action for change in reading.records.changes] == ["close", "reopen"]
    assert looks(reading, workbook, 2) == before
    assert closed(workbook).records.closed.keys() == {FEBRUARY}


def test_a_changed_figure_of_a_closed_month_is_told(workbook: Path) -> None:
    """Who unprotects the sheet and types all the same is found out, with the cell."""
    reading = closed(workbook)
    cell = reading.places.months["net_sales", 2]
    edit = Edit(cell.sheet, (cell.row, cell.column), 1.0)
    (problem,) = done(workbook, lambda _: [edit]).problems
    assert (problem.code, problem.sheet, problem.cell) == (
        "closed_changed",
        cell.sheet,
        cell.coordinate,
    )
    assert problem.values["former"] == "217"


def test_a_damaged_record_is_told_and_the_rest_is_read(workbook: Path) -> None:
    """What cannot be read of a closed month is a problem of its cell, not of the workbook."""
    slot = closed(workbook).record_cells.closed[0]
    edit = Edit(slot.sheet, (slot.row, slot.column), "{")
    reading = done(workbook, lambda _: [edit])
    assert [problem.code for problem in reading.problems] == ["closed_damaged"]
    assert reading.records.closed == {}


REFUSED = {
    "month_closed_already": lambda reading: closing.close(reading, FEBRUARY),
    "month_not_closed": lambda reading: closing.reopen(reading, Month(2016, 3)),
    "month_not_closable": lambda reading: closing.close(reading, Month(2019, 3)),
    "month_incomplete": lambda reading: closing.close(reading, Month(2015, 3)),
}


@pytest.mark.parametrize("code", REFUSED)
def test_what_cannot_be_closed_or_opened_is_refused(code: str, tmp_path: Path) -> None:
    """Every refusal has its sentence in both languages."""
    new_workbook(CANO, tmp_path / "acme.xlsx")
    reading = closed(tmp_path / "acme.xlsx")
    with pytest.raises(ProblemsError) as refused:
        REFUSED[code](reading)
    (problem,) = refused.value.problems
    assert problem.code == code
    assert problem.sentence("en") != problem.sentence("es")


def test_an_incomplete_month_can_be_closed_when_asked_for(tmp_path: Path) -> None:
    """What is missing is then on record as missing, and may not turn up later unnoticed."""
    path = tmp_path / "acme.xlsx"
    new_workbook(CANO, path)
    last_march = Month(2015, 3)
    reading = done(path, lambda one: closing.close(one, last_march, incomplete=True))
    assert reading.records.closed == {last_march: {}}
    cell = reading.places.months["net_sales", -9]
    edit = Edit(cell.sheet, (cell.row, cell.column), 5.0)
    assert [one.code for one in done(path, lambda _: [edit]).problems] == ["closed_changed"]


def test_the_commands_close_and_reopen(
    workbook: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """What the command line does is said, with the backup."""
    copy = tmp_path / f"copy{workbook.suffix}"
    shutil.copy(workbook, copy)
    assert command.close(copy, "2016-02", "en", incomplete=False) == 0
    assert command.reopen(copy, "2016-02", "es") == 0
    said = capsys.readouterr().out
    assert "2016-02 is closed" in said
    assert "2016-02 está abierto" in said
    assert len(list(tmp_path.glob("copy.backup-*"))) == 2


def test_a_log_that_is_gone_is_told_before_anything_changes(tmp_path: Path) -> None:
    """Nothing is changed that cannot be noted."""
    path = tmp_path / "acme.xlsx"
    new_workbook(CANO, path)
    reading = read_workbook(path)
    log = reading.record_cells.log
    assert log
    for codes, left in (("no_change_log", {}), ("changes_lost", {"when": log["when"]})):
        object.__setattr__(reading.record_cells, "log", left)
        with pytest.raises(ProblemsError) as refused:
            closing.close(reading, FEBRUARY)
        assert [problem.code for problem in refused.value.problems] == [codes]
