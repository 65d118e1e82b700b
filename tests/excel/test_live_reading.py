"""What stands in a workbook open in Excel is read as a file with the same cells is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from tablero.addin.excel.live import LiveCells, read_book
from tablero.addin.excel.macro_workbook import new_macro_workbook
from tablero.workbook_templates.definition import Definition
from tablero.workbook_templates.figures import Figures
from tablero.workbook_templates.grid import Book, Value
from tablero.workbook_templates.library import load_template
from tablero.workbook_templates.problems import ProblemsError
from tablero.workbook_templates.read import Reading, read_workbook
from tablero.workbook_templates.texts import LANGUAGES
from tablero.workbook_templates.workbook import new_workbook
from tests.excel.held import SPILL, Grid, Held
from tests.excel.open_workbook import OpenWorkbook, opened
from tests.reading import patching
from tests.reading.facts import LATER, codes, matrix_cell, month_cell
from tests.workbook import companies

Make = Callable[[Definition, Path, str], None]


def portable(definition: Definition, path: Path, language: str) -> None:
    new_workbook(definition, path, language=language, dialect="portable")


def with_macros(definition: Definition, path: Path, language: str) -> None:
    new_macro_workbook(definition, path, language=language)


FILES: Mapping[str, Make] = {"portable.xlsx": portable, "xlwings.xlsm": with_macros}


@pytest.fixture(scope="module")
def cano(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The paper's company as a macro workbook."""
    path = tmp_path_factory.mktemp("live") / "acme.xlsm"
    with_macros(load_template("cano"), path, "en")
    return path


@pytest.fixture(scope="module")
def unchanged(cano: Path) -> tuple[Any, ...]:
    """What that file says."""
    return stored(cano)


def facts(reading: Reading) -> tuple[Any, ...]:
    """All that a reading says, in a form that can be compared."""
    figures: Figures = reading.figures
    return (
        reading.definition, reading.period, reading.language, reading.dialect, reading.problems,
        figures.ids, figures.months.tobytes(), figures.last_year.tobytes(),
    )  # fmt: skip


def live(workbook: OpenWorkbook) -> tuple[Any, ...]:
    """What an open workbook says."""
    return facts(read_book(workbook.book, today=LATER))


def stored(path: Path) -> tuple[Any, ...]:
    """What a file says."""
    return facts(read_workbook(path, today=LATER))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", ["cano", "blank-sme"])
@pytest.mark.parametrize("file", list(FILES))
def test_an_open_workbook_says_what_its_file_says(
    file: str, template: str, language: str, tmp_path: Path
) -> None:
    """Definition, figures, period, language, dialect and problems."""
    path = tmp_path / file
    FILES[file](load_template(template), path, language)
    assert live(opened(path)) == stored(path)


def test_odd_names_and_every_kind_of_kpi(tmp_path: Path) -> None:
    """Texts that begin as formulas do are told from formulas, as in the file."""
    for number, definition in enumerate(
        [companies.every_kind(), *(companies.odd(name) for name in ("=1+1", "2026"))]
    ):
        path = tmp_path / f"{number}.xlsx"
        portable(definition, path, "en")
        assert live(opened(path)) == stored(path)


TYPED: Mapping[str, tuple[Any, patching.Content]] = {
    "a figure": (1234.5, patching.number(1234.5)),
    "a negative figure": (-3.0, patching.number(-3)),
    "nothing": (None, patching.EMPTY),
    "a word": ("about 70", patching.text("about 70")),
    "a figure stored as text": ("'70", patching.text("70")),
    "a percentage stored as text": ("'70 %", patching.text("70 %")),
    "a percentage": ("70%", patching.number(0.7)),
    "an error": ("#N/A", patching.error("#N/A")),
    "a logical value": (True, patching.logical(true=True)),
}


@pytest.mark.parametrize("name", list(TYPED))
def test_what_is_typed_counts_before_it_is_saved(
    name: str, cano: Path, unchanged: tuple[Any, ...], tmp_path: Path
) -> None:
    """As it does in a file with the same in that cell; the file itself stays as it was."""
    before, place = cano.read_bytes(), month_cell("net_sales", 3)
    content, in_file = TYPED[name]
    workbook = opened(cano)
    workbook.type(*place, content)
    saved = patching.patched(cano, tmp_path / cano.name, {place: in_file})
    told = live(workbook)
    assert told == stored(saved)
    assert told != unchanged
    assert cano.read_bytes() == before


def test_edits_of_the_matrix_count_as_well(cano: Path, tmp_path: Path) -> None:
    """A goal, a weight out of bounds and a word of the list."""
    typed = {
        matrix_cell("kpi:roa", "goal"): (0.4, patching.number(0.4)),
        matrix_cell("kpi:roa", "weight_kpi"): (1.5, patching.number(1.5)),
        matrix_cell("kpi:roa", "desired"): ("Low", patching.text("Low")),
    }
    workbook = opened(cano)
    for place, (content, _) in typed.items():
        workbook.hold(*place, value=content)
    saved = patching.patched(
        cano, tmp_path / cano.name, {place: in_file for place, (_, in_file) in typed.items()}
    )
    assert live(workbook) == stored(saved)
    assert "cell_weight" in codes(read_book(workbook.book))


def test_rows_that_were_inserted_do_no_harm(cano: Path, unchanged: tuple[Any, ...]) -> None:
    """Names have moved with the cells."""
    workbook = opened(cano)
    for title, rows in (("Inputs", "7:9"), ("Inputs", "2:2"), ("Matrix", "8:8"), ("Home", "1:2")):
        workbook.book.sheets[title].range(rows).insert("down")
    assert live(workbook) == unchanged


def test_sheets_that_were_renamed_do_no_harm(cano: Path, unchanged: tuple[Any, ...]) -> None:
    """Also by names that need quotes, and by each other's."""
    workbook = opened(cano)
    for before, after in (("Inputs", "Figures of O'Brien & Co"), ("Home", "Inputs")):
        workbook.book.sheets[before].name = after
    assert live(workbook) == unchanged


def test_problems_are_told_where_the_cell_stands_now(cano: Path) -> None:
    """Sheet and row as the user sees them."""
    workbook = opened(cano)
    title, address = month_cell("net_sales", 3)
    workbook.type(title, address, "#DIV/0!")
    workbook.book.sheets[title].range("2:3").insert("down")
    workbook.book.sheets[title].name = "Figures"
    (problem,) = read_book(workbook.book, today=LATER).problems
    column, row = address[:-1], address[-1]
    assert (problem.code, problem.file) == ("cell_error", "acme.xlsm")
    assert (problem.sheet, problem.cell) == ("Figures", f"{column}{int(row) + 2}")


def test_what_was_deleted_is_missed(cano: Path) -> None:
    """As in a file; Excel leaves a broken reference in the name."""
    workbook = opened(cano)
    workbook.names["inputs_last_year"] = "=Inputs!#REF!"
    assert codes(read_book(workbook.book, today=LATER)) == ["name_lost"]
    del workbook.grids[[grid.title for grid in workbook.grids].index("Settings")]
    assert "sheet_lost" in codes(read_book(workbook.book, today=LATER))


def one_cell(held: Held) -> tuple[Value, bool]:
    """Value of a cell, and whether a formula stands in it, on a sheet that holds nothing else."""
    sheet = "Only"
    workbook = opened_with(sheet, {(5, 3): held})
    cell = Book(LiveCells(workbook.book)).sheets[sheet].cell(5, 3)
    assert cell.coordinate == "C5"
    return cell.value, cell.is_formula


def opened_with(title: str, cells: dict[tuple[int, int], Held]) -> OpenWorkbook:
    """An open workbook with one sheet."""
    return OpenWorkbook("other.xlsx", [Grid(title, cells, is_protected=False)], {})


def test_values_come_as_files_have_them() -> None:
    """Whatever Excel makes of them on the way."""
    day = datetime(2016, 3, 1, tzinfo=UTC)
    hour = datetime(1899, 12, 30, 6, tzinfo=UTC)
    assert one_cell(Held(5.0)) == (5.0, False)
    assert one_cell(Held(True)) == (True, False)
    assert one_cell(Held(day)) == (day.replace(tzinfo=None), False)
    assert one_cell(Held(hour)) == (hour.time(), False)
    assert one_cell(Held(0.123456789, is_money=True)) == (0.123456789, False)
    assert one_cell(Held(SPILL, formula="=A1:A3")) == ("#VALUE!", True)
    assert one_cell(Held(None, formula='=""')) == ("", True)
    assert one_cell(Held("=1+1")) == ("=1+1", False)
    assert one_cell(Held("", formula="")) == (None, False)
    assert one_cell(Held()) == (None, False)


def test_money_keeps_all_its_decimals(cano: Path) -> None:
    """Beside dates, texts and errors on the same sheet; Excel rounds it to four."""
    title, address = month_cell("net_sales", 3)
    workbook = opened(cano)
    workbook.hold(title, address, value=0.123456789, is_money=True)
    reading = read_book(workbook.book, today=LATER)
    assert reading.figures.months[reading.figures.ids.index("net_sales"), 14] == 0.123456789
    assert codes(reading) == []


def test_what_a_formula_spills_is_calculated_whatever_excel_shows_there(tmp_path: Path) -> None:
    """As in a file, where the cells beside the formula hold results only."""
    path = tmp_path / "spills.xlsx"
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet()
        sheet.write_dynamic_array_formula("B2:C4", "=D2:E4", None, 1)
        for row, column in ((1, 2), (2, 1), (2, 2), (3, 1), (3, 2)):
            sheet.write_number(row, column, 1)
        sheet.write_column("A2", [1, 2, 3])
        sheet.write_row("B6", [7, "=B2+1", 8])
    cells = Book(LiveCells(opened(path).book)).sheets["Sheet1"]
    calculated = [
        (row, column)
        for row in range(1, 8)
        for column in range(1, 6)
        if cells.cell(row, column).is_formula
    ]
    assert calculated == [(2, 2), (2, 3), (3, 2), (3, 3), (4, 2), (4, 3), (6, 3)]
    assert cells.cell(4, 3).value == 1.0


def test_a_sheet_is_read_in_one_go(cano: Path) -> None:
    """Once, whatever its size; sheets that say nothing of the definition are not read at all."""
    workbook = opened(cano)
    read_book(workbook.book, today=LATER)
    assert len(workbook.reads) == len(set(workbook.reads))
    assert "_tablero" in workbook.reads
    assert "Trend" not in workbook.reads


def test_another_workbook_is_refused() -> None:
    """One that Tablero did not make, an empty one, too."""
    for cells in ({}, {(1, 1): Held("anything")}):
        with pytest.raises(ProblemsError) as refused:
            read_book(opened_with("Sheet1", cells).book, today=date(2026, 1, 1))
        (problem,) = refused.value.problems
        assert (problem.code, problem.file) == ("not_a_scorecard", "other.xlsx")
