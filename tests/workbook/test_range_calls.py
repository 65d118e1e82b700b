"""Where calls leave the spreadsheet, one of them answers for many cells; the file stays as true."""

from __future__ import annotations

import warnings
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tablero.workbook_templates.read import read_workbook
from tablero.workbook_templates.sheets.page import serial
from tests.engines.libreoffice import Calc
from tests.engines.package import read_package
from tests.engines.spreadsheet import Value
from tests.workbook.companies import cano, every_kind, random_figures
from tests.workbook.comparing import differences, scorecard_cells
from tests.workbook.making import PORTABLE, Variant, results

SERVED = (Variant("xlwings", "en"), Variant("lite", "es"))
NAMES = ["xlwings", "lite"]


def areas(path: Path, sheet: str) -> list[str]:
    """The ranges for which one formula answers."""
    (found,) = [one for one in read_package(path).sheets if one.name == sheet]
    return [
        area
        for formula in found.root.iterfind(".//{*}f[@t='array']")
        if ":" in (area := formula.get("ref", ""))
    ]


def test_the_words_of_all_rows_are_three_calls(tmp_path: Path) -> None:
    """One for each column of words, over all rows of the scorecard."""
    path = SERVED[0].write(cano(), tmp_path / "cano.xlsx")
    assert areas(path, "Scorecard") == ["R5:R32", "S5:S32", "T5:T32"]
    assert areas(path, "Trend") == []


def test_the_months_of_a_kpi_are_one_call_in_xlwings_lite(tmp_path: Path) -> None:
    """Twelve achievements a row; rows above KPIs add up each month by itself."""
    path = Variant("lite", "en").write(cano(), tmp_path / "cano.xlsx")
    found = areas(path, "Trend")
    assert len(found) == 15
    assert all(area.startswith("B") and ":M" in area for area in found)


def test_workbooks_that_serve_themselves_call_cell_by_cell(tmp_path: Path) -> None:
    """There a call costs no more than another formula, and every row can be read by itself."""
    path = PORTABLE.write(cano(), tmp_path / "cano.xlsx")
    assert areas(path, "Scorecard") == areas(path, "Trend") == []


@pytest.mark.parametrize("variant", SERVED, ids=NAMES)
def test_results_stand_in_every_cell_of_a_range(variant: Variant, tmp_path: Path) -> None:
    """Viewers that calculate nothing show all of them; a missing one is an empty cell."""
    company = every_kind(figures=random_figures(3, holes=0.3))
    path = variant.write(company, tmp_path / "company.xlsx")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # of data bars, which openpyxl drops
        book = openpyxl.load_workbook(path, data_only=True)
    expected = results(variant.board(company))
    found = {(sheet, cell): _shown(book[sheet][cell].value) for sheet, cell in expected}
    assert differences(found, expected) == []


def _shown(value: Any) -> Value:
    """What a viewer shows; openpyxl gives dates for the numbers that are formatted as such."""
    if isinstance(value, datetime):
        return serial(value.year, value.month)
    return "" if value is None else value


@pytest.mark.parametrize("variant", SERVED, ids=NAMES)
def test_they_are_read_back(variant: Variant, tmp_path: Path) -> None:
    """The answers of a range are not taken for figures that somebody typed over formulas."""
    path = variant.write(cano(), tmp_path / "cano.xlsx")
    assert not read_workbook(path).problems


def test_words_are_shown_without_the_functions(calc: Calc, tmp_path: Path) -> None:
    """LibreOffice calculates ranges on opening, but not the cells that show what they came to."""
    variant = SERVED[0]
    board = variant.board(cano())
    words = scorecard_cells(board, board.scores.at(board.period))
    with calc.open(variant.write(cano(), tmp_path / "cano.xlsx")) as document:
        found = {(one.sheet, one.cell): one.value for one in document.formulas()}
    assert differences(found, words) == []
