"""A workbook is read alike, whichever program saved it last."""

from __future__ import annotations

import warnings
import zipfile
from datetime import datetime, time
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from xlsxwriter import Workbook

from tablero.workbook_templates.grid import Book, Cell, DamagedError
from tablero.workbook_templates.library import load_template
from tablero.workbook_templates.read import Reading, read_workbook
from tablero.workbook_templates.stored import StoredCells
from tablero.workbook_templates.workbook import new_workbook
from tests.engines.libreoffice import Calc


@pytest.fixture(scope="module")
def scorecard(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The paper's company, in the dialect that every program understands."""
    path = tmp_path_factory.mktemp("scorecard") / "cano.xlsx"
    new_workbook(load_template("cano"), path, dialect="plain", language="es")
    return path


def saved_by_libreoffice(calc: Calc, path: Path, folder: Path) -> Path:
    return calc.convert(path, folder / "libreoffice.xlsx", recalculate=True)


def saved_by_openpyxl(path: Path, folder: Path) -> Path:
    """Saved with formulas but without any of their results."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it tells what it does not keep
        workbook = openpyxl.load_workbook(path)
    workbook.save(folder / "openpyxl.xlsx")
    return folder / "openpyxl.xlsx"


def test_a_workbook_says_the_same_whoever_saved_it(
    scorecard: Path, calc: Calc, tmp_path: Path
) -> None:
    """Definition, figures and period come back, without a problem."""
    original = read_workbook(scorecard)
    assert not original.problems
    for path in (
        saved_by_libreoffice(calc, scorecard, tmp_path),
        saved_by_openpyxl(scorecard, tmp_path),
    ):
        assert facts(read_workbook(path)) == facts(original)


def test_a_typed_formula_that_no_program_calculated_is_told(
    scorecard: Path, tmp_path: Path
) -> None:
    """A program that saves formulas without results leaves nothing to count."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        workbook = openpyxl.load_workbook(scorecard)
    workbook["Datos"]["Q6"] = "=7+9"
    workbook.save(tmp_path / "typed.xlsx")
    (problem,) = read_workbook(tmp_path / "typed.xlsx").problems
    assert (problem.code, problem.sheet, problem.cell) == ("cell_uncalculated", "Datos", "Q6")


def facts(reading: Reading) -> tuple[object, ...]:
    figures = reading.figures
    return (
        reading.definition, reading.period, reading.language, reading.problems,
        figures.months.tobytes(), figures.last_year.tobytes(),
    )  # fmt: skip


def cells_of(path: Path, *addresses: tuple[int, int]) -> list[Cell]:
    with path.open("rb") as file:
        sheet = next(iter(Book(StoredCells(file)).sheets.values()))
        cells = [sheet.cell(*address) for address in addresses]
        assert all(cell.value is None or cell.typed is not None for cell in cells)
        return cells


def test_a_formula_without_a_saved_result_differs_from_one_that_came_to_nothing(
    tmp_path: Path,
) -> None:
    """The first has to be calculated, the second has been."""
    with Workbook(tmp_path / "a.xlsx") as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_array_formula("A1", "{=B1}", None, "text")
        sheet.write_array_formula("A2", "{=B2}", None, "")
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = "=B1"
    book.save(tmp_path / "b.xlsx")
    text, nothing = cells_of(tmp_path / "a.xlsx", (1, 1), (2, 1))
    assert (text.value, nothing.value) == ("text", "")
    (uncalculated,) = cells_of(tmp_path / "b.xlsx", (1, 1))
    assert uncalculated.value is None
    assert text.is_formula
    assert nothing.is_formula
    assert uncalculated.is_formula


def test_formats_inside_a_text_do_no_harm(
    tmp_path: Path,
) -> None:
    """The text is what a person reads."""
    with Workbook(tmp_path / "a.xlsx") as workbook:
        sheet = workbook.add_worksheet()
        bold = workbook.add_format({"bold": True})
        sheet.write_rich_string("A1", "net ", bold, "income", " ")
    (rich,) = cells_of(tmp_path / "a.xlsx", (1, 1))
    assert rich.value == "net income "


def test_texts_inside_the_sheet_are_texts(tmp_path: Path) -> None:
    """Some programs keep no list of shared texts."""
    with Workbook(tmp_path / "a.xlsx", {"constant_memory": True}) as workbook:
        workbook.add_worksheet().write_row("A1", ["inline", 7])
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = CellRichText("in", TextBlock(InlineFont(b=True), "line"))
    book.save(tmp_path / "b.xlsx")
    assert [cell.value for cell in cells_of(tmp_path / "a.xlsx", (1, 1), (1, 2))] == ["inline", 7]
    assert cells_of(tmp_path / "b.xlsx", (1, 1))[0].value == "inline"


def test_dates_are_counted_from_the_day_the_workbook_says(tmp_path: Path) -> None:
    """A workbook that was begun on an old Macintosh counts from 1904."""
    day = datetime(2016, 3, 1)  # noqa: DTZ001
    for first in (1900, 1904):
        path = tmp_path / f"{first}.xlsx"
        with Workbook(path, {"date_1904": first == 1904}) as workbook:
            date = workbook.add_format({"num_format": "mmm yy"})
            workbook.add_worksheet().write_datetime("A1", day, date)
        assert cells_of(path, (1, 1))[0].value == day


def test_a_date_beyond_all_calendars_is_told_as_an_error(tmp_path: Path) -> None:
    """Nobody means it, and nothing breaks; a part of a day alone is a time."""
    with Workbook(tmp_path / "a.xlsx") as workbook:
        date = workbook.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        workbook.add_worksheet().write_row("A1", [1e12, 0.25], date)
    beyond, hours = cells_of(tmp_path / "a.xlsx", (1, 1), (1, 2))
    assert beyond.value == "#VALUE!"
    assert hours.value == time(6)


def without(path: Path, target: Path, old: bytes, new: bytes) -> Path:
    """A copy of a file with a text replaced in every part."""
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w") as copy:
        for part in source.infolist():
            copy.writestr(part, source.read(part).replace(old, new))
    return target


def test_cells_without_addresses_stand_where_they_stand(tmp_path: Path) -> None:
    """Addresses may be left out where no cell is."""
    with Workbook(tmp_path / "a.xlsx") as workbook:
        workbook.add_worksheet().write_column("A1", [5, 6])
    path = tmp_path / "a.xlsx"
    for address in ("A1", "A2", "1", "2"):
        path = without(path, tmp_path / f"{address}.xlsx", f' r="{address}"'.encode(), b"")
    assert [cell.value for cell in cells_of(path, (1, 1), (2, 1), (3, 3))] == [5, 6, None]


def test_a_text_that_is_not_there_is_damage(tmp_path: Path) -> None:
    """So is a number that is none."""
    with Workbook(tmp_path / "a.xlsx") as workbook:
        workbook.add_worksheet().write_row("A1", ["text", 7])
    for old, new in ((b"<v>0</v>", b"<v>9</v>"), (b"<v>7</v>", b"<v>seven</v>")):
        path = without(tmp_path / "a.xlsx", tmp_path / "b.xlsx", old, new)
        with pytest.raises(DamagedError):
            cells_of(path, (1, 1), (1, 2))
