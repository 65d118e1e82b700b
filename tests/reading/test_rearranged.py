"""Workbooks that people have rearranged in LibreOffice: everything is found again by name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from tablero.workbook_templates.figures import Figures
from tablero.workbook_templates.periods import Period
from tablero.workbook_templates.read import Reading, read_workbook
from tests.engines.libreoffice import Calc
from tests.reading.facts import (
    CANO,
    LATER,
    assert_same_figures,
    assert_unchanged,
    board,
    codes,
    places,
)
from tests.workbook.making import NAMES_OF_VARIANTS, PLAIN, VARIANTS, Variant

Step = tuple[str | int, ...]
YEAR = Period("year", 1, 12)


def rearranged(
    calc: Calc, folder: Path, steps: Sequence[Step], variant: Variant = PLAIN
) -> Reading:
    """The paper's company after some steps, saved by LibreOffice and read."""
    path = variant.write(CANO, folder / "before.xlsx")
    with calc.open(path) as document:
        document.rearrange(*steps)
        document.calculate()
        document.save(folder / "after.xlsx")
    return read_workbook(folder / "after.xlsx", today=LATER)


@pytest.mark.parametrize("variant", VARIANTS, ids=NAMES_OF_VARIANTS)
def test_saved_again_by_libreoffice(variant: Variant, calc: Calc, tmp_path: Path) -> None:
    """Both dialects and languages, without a problem."""
    reading = rearranged(calc, tmp_path, [], variant)
    assert_unchanged(reading, CANO, YEAR)
    assert (reading.dialect, reading.language) == variant
    assert codes(reading) == []


HARMLESS: dict[str, list[Step]] = {
    "rows above the figures": [("insert_rows", "Inputs", 0, 3)],
    "a row among the figures": [("insert_rows", "Inputs", 7, 1)],
    "a row among the KPIs": [("insert_rows", "Matrix", 6, 2), ("insert_rows", "Scorecard", 6, 1)],
    "columns before the names": [("insert_columns", "Inputs", 0, 2)],
    "a column among the months": [("insert_columns", "Inputs", 20, 1)],
    "columns on the Matrix": [
        ("insert_columns", "Matrix", 3, 2),
        ("insert_columns", "Matrix", 0, 1),
    ],
    "rows and columns on Settings": [
        ("insert_rows", "Settings", 2, 4),
        ("insert_columns", "Settings", 0, 1),
    ],
    "rows and columns on Home": [("insert_rows", "Home", 0, 2), ("insert_columns", "Home", 0, 1)],
    "other names of sheets": [
        ("rename_sheet", "Inputs", "Figures of O'Brien & Co"),
        ("rename_sheet", "Matrix", "Goals 2016!"),
        ("rename_sheet", "Home", "Inputs"),
    ],
    "sheets in another order": [
        ("move_sheet", "Inputs", 7),
        ("move_sheet", "Home", 5),
        ("move_sheet", "Settings", 0),
    ],
    "sheets of one's own": [("add_sheet", "Notes", 0), ("add_sheet", "Plan 2017", 4)],
    "sheets that only show": [("delete_sheet", "Trend")],
}


@pytest.mark.parametrize("name", list(HARMLESS))
def test_what_does_no_harm(name: str, calc: Calc, tmp_path: Path) -> None:
    """Definition, figures and period come back, without a problem."""
    reading = rearranged(calc, tmp_path, HARMLESS[name])
    assert_unchanged(reading, CANO, YEAR)
    assert codes(reading) == []


def inputs_area() -> tuple[str, int]:
    """All rows of inputs on the Inputs sheet, and the place of the year's column in them."""
    table = board().layout.inputs
    first, last = "name", "id"
    return table.span(table.row_keys, (first, last)), table.columns["last_year"]


def test_sorted_rows(calc: Calc, tmp_path: Path) -> None:
    """Figures stay with their inputs, because rows are found by key; the order is told."""
    area, by = inputs_area()
    reading = rearranged(calc, tmp_path, [("sort", "Inputs", area, by)])
    assert_same_figures(reading.figures, Figures.of(CANO))
    assert "rows_sorted" in codes(reading)
    (told,) = [problem for problem in reading.problems if problem.code == "rows_sorted"]
    assert told.sheet == "Inputs"
    assert (told.message("en"), told.message("es")) == (
        "The rows stand in another order than the formulas expect.",
        "Las filas están en otro orden que el que esperan las fórmulas.",
    )


def test_a_deleted_row(calc: Calc, tmp_path: Path) -> None:
    """Its figures are missing, all others are there, and the row is named as people know it."""
    table = board().layout.inputs
    row = table.rows["net_sales"]
    reading = rearranged(calc, tmp_path, [("delete_rows", "Inputs", row, 1)])
    lost = [problem for problem in reading.problems if problem.code == "row_lost"]
    assert [places(problem) for problem in lost] == [("row_lost", "Inputs", "")]
    assert "Net sales" in lost[0].message("en")
    assert "Ventas netas" in lost[0].message("es")
    position = reading.figures.ids.index("net_sales")
    assert not reading.figures.filled[position].any()
    assert reading.figures.filled[:, 12:].sum() == (len(CANO.inputs) - 1) * 12


def test_a_deleted_month(calc: Calc, tmp_path: Path) -> None:
    """The month is named; the others are found by their dates."""
    table = board().layout.inputs
    reading = rearranged(calc, tmp_path, [("delete_columns", "Inputs", table.columns["m3"], 1)])
    lost = [problem for problem in reading.problems if problem.code == "month_lost"]
    assert len(lost) == 1
    assert "2016-03" in lost[0].message("en")
    assert "2016-03" in lost[0].message("es")
    expected = Figures.of(CANO).months.copy()
    expected[:, 14] = float("nan")
    assert reading.figures.filled.tolist() == (expected == expected).tolist()  # noqa: PLR0124
    assert reading.figures.months[0, 15] == Figures.of(CANO).months[0, 15]


def test_a_deleted_kpi(calc: Calc, tmp_path: Path) -> None:
    """Its row on the Matrix is missed by its name; its goal and weight are those of the memory."""
    row = board().layout.matrix.rows["kpi:roa"]
    reading = rearranged(calc, tmp_path, [("delete_rows", "Matrix", row, 1)])
    lost = [problem for problem in reading.problems if problem.code == "row_lost"]
    assert [problem.sheet for problem in lost] == ["Matrix"]
    assert next(reading.definition.kpis()).goal == 0.35


def test_a_deleted_sheet_of_figures(calc: Calc, tmp_path: Path) -> None:
    """One sentence tells it, not one for each name and month; the rest is read."""
    reading = rearranged(calc, tmp_path, [("delete_sheet", "Inputs")])
    assert not reading.figures.filled.any()
    (problem,) = [problem for problem in reading.problems if problem.code.endswith("_lost")]
    assert problem.code == "sheet_lost"
    assert "“Inputs”" in problem.message("en")
    assert "«Datos»" in problem.message("es")
    assert [kpi.goal for kpi in reading.definition.kpis()] == [kpi.goal for kpi in CANO.kpis()]


def test_settings_without_their_sheet(calc: Calc, tmp_path: Path) -> None:
    """Bands and policies are then those of the memory."""
    reading = rearranged(calc, tmp_path, [("delete_sheet", "Settings")])
    assert reading.definition.bands == CANO.bands
    assert reading.definition.policies == CANO.policies
    assert codes(reading) == ["sheet_lost"]
