"""Editing a user's workbook changes the cells meant, the results that follow, and nothing else."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest

from tablero.addin.excel.macro_workbook import new_macro_workbook
from tablero.addin.lite import new_lite_workbook
from tablero.workbook_templates.editing.edits import Edit
from tablero.workbook_templates.editing.package import Package
from tablero.workbook_templates.editing.revision import Revision, revise
from tablero.workbook_templates.library import load_template
from tablero.workbook_templates.problems import ProblemsError
from tablero.workbook_templates.read import read_workbook
from tablero.workbook_templates.replacing import Version
from tablero.workbook_templates.scoring import score
from tablero.workbook_templates.workbook import new_workbook

CANO = load_template("cano")
MAKERS: dict[str, Callable[[Path], None]] = {
    "portable.xlsx": lambda path: new_workbook(CANO, path, dialect="portable"),
    "plain.xlsx": lambda path: new_workbook(CANO, path, dialect="plain"),
    "xlwings.xlsm": lambda path: new_macro_workbook(CANO, path, language="en"),
    "lite.xlsx": lambda path: new_lite_workbook(CANO, path, language="en"),
}


@pytest.fixture(scope="module", params=MAKERS)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The paper's company, in each dialect."""
    path = tmp_path_factory.mktemp("made") / str(request.param)
    MAKERS[path.name](path)
    return path


@pytest.fixture
def workbook(made: Path, tmp_path: Path) -> Path:
    """A copy of it for one test."""
    return Path(shutil.copy(made, tmp_path))


@pytest.fixture(scope="module")
def made_portable(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The paper's company, where the dialect makes no difference."""
    path = tmp_path_factory.mktemp("made") / "portable.xlsx"
    MAKERS[path.name](path)
    return path


@pytest.fixture
def portable(made_portable: Path, tmp_path: Path) -> Path:
    """A copy of it for one test."""
    return Path(shutil.copy(made_portable, tmp_path))


def edited(path: Path, input_id: str, number: int, value: float | str | None) -> Revision:
    """The workbook with another figure of an input in a month."""
    cell = read_workbook(path).places.months[input_id, number]
    return revise(Version.of(path), [Edit(cell.sheet, (cell.row, cell.column), value)])


def parts(path: Path) -> dict[str, bytes]:
    """What each part of a file holds."""
    with ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_results_follow_a_changed_figure(
    workbook: Path, validator: Callable[[Path], list[str]]
) -> None:
    """After an edit the saved results are those of the new figures, in every dialect."""
    before, seen, findings = parts(workbook), read_workbook(workbook), set(validator(workbook))
    first = CANO.inputs[0].id
    revision = edited(workbook, first, 3, 123456.75)
    assert revision.problems == ()
    assert revision.save()

    reading = read_workbook(workbook)
    scores = score(reading.definition, reading.figures, [reading.period]).at(reading.period)
    former = score(seen.definition, seen.figures, [seen.period]).at(seen.period)
    assert scores.strategy.achievement != former.strategy.achievement
    assert shown_strategy(workbook) == pytest.approx(scores.strategy.achievement, abs=1e-9)
    after = parts(workbook)
    changed = {name for name in before if before[name] != after[name]}
    assert list(before) == list(after)
    assert changed
    assert all(name.startswith("xl/worksheets/sheet") for name in changed)
    assert set(validator(workbook)) <= findings


def shown_strategy(path: Path) -> float:
    """The strategy's achievement as the workbook shows it without being calculated."""
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    title, area = book.defined_names["scorecard_achievement"].attr_text.rsplit("!", 1)
    first = area.replace("$", "").partition(":")[0]
    return float(str(book[title][first].value))


def test_a_workbook_that_is_up_to_date_stays_byte_for_byte(workbook: Path) -> None:
    """Recalculating what is already calculated changes no byte and saves nothing."""
    content = workbook.read_bytes()
    revision = revise(Version.of(workbook))
    assert (revision.results, revision.is_change, revision.save()) == (0, False, None)
    assert workbook.read_bytes() == content


def test_an_edit_and_its_undoing_give_the_first_cells_again(portable: Path) -> None:
    """A figure changed and changed back leaves what every cell showed."""
    first = CANO.inputs[0].id
    former = read_workbook(portable).figures.months[0, 14]
    revision = edited(portable, first, 3, None)
    revision.save()
    edited(portable, first, 3, float(former)).save()
    assert revise(Version.of(portable)).results == 0
    assert read_workbook(portable).figures.months[0, 14] == former


def test_a_formula_is_never_overwritten(portable: Path) -> None:
    """A figure that would overwrite a formula is refused, with the cell."""
    with pytest.raises(ProblemsError) as refused:
        revise(Version.of(portable), [Edit("Scorecard", (5, 9), 1.0)])
    (problem,) = refused.value.problems
    assert (problem.code, problem.sheet, problem.cell) == ("edit_formula", "Scorecard", "I5")


def test_text_that_begins_like_a_formula_stays_text(portable: Path) -> None:
    """What somebody puts into a source file never becomes a formula."""
    revision = edited(portable, CANO.inputs[0].id, 3, "=cmd|' /C calc'!A0")
    revision.save()
    cell = read_workbook(portable).places.months[CANO.inputs[0].id, 3]
    assert (cell.is_formula, cell.value) == (False, "=cmd|' /C calc'!A0")


@pytest.mark.parametrize("value", ["x" * 32_768, float("nan"), float("-inf")])
def test_what_no_cell_can_hold_is_refused(value: float | str, portable: Path) -> None:
    """A text too long for a cell, or no number, would make Excel repair the file."""
    with pytest.raises(ProblemsError) as refused:
        edited(portable, CANO.inputs[0].id, 3, value)
    assert [problem.code for problem in refused.value.problems] == ["edit_unfit"]


def test_a_covered_cell_is_refused(portable: Path) -> None:
    """A figure that nobody would see is not put under a merged cell."""
    cell = read_workbook(portable).places.months[CANO.inputs[0].id, 3]
    package = Package.read(portable)
    part = package.sheets[cell.sheet]
    above = f"{cell.coordinate.rstrip('0123456789')}{cell.row - 1}"
    merged = f'<mergeCells count="1"><mergeCell ref="{above}:{cell.coordinate}"/></mergeCells>'
    marked = package.parts[part].replace(b"</sheetData>", f"</sheetData>{merged}".encode())
    portable.write_bytes(package.with_parts({part: marked}).to_bytes())
    with pytest.raises(ProblemsError) as refused:
        revise(Version.of(portable), [Edit(cell.sheet, (cell.row, cell.column), 1.0)])
    assert [problem.code for problem in refused.value.problems] == ["edit_merged"]
