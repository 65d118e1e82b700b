"""Whole workbooks in LibreOffice with the extension: the same scores as in Python."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tablero.udfs.registry import FUNCTIONS
from tablero.workbook_templates.definition import Definition
from tablero.workbook_templates.periods import Calendar, Kind
from tests.engines.libreoffice import Calc
from tests.engines.package import read_package
from tests.engines.spreadsheet import Place, Value
from tests.workbook.companies import cano, every_kind, random_figures
from tests.workbook.comparing import differences, scorecard_cells, shown
from tests.workbook.making import Variant, choice, contents, results

PORTABLE, XLWINGS = Variant("portable", "en"), Variant("xlwings", "es")
PERIODS: tuple[tuple[Kind, int], ...] = (
    ("year", 12), ("month", 8), ("quarter", 6),
)  # fmt: skip
CALL = re.compile(rf"(?<![\w.])(?:{'|'.join(one.name for one in FUNCTIONS)})\(")


def holes() -> Definition:
    """A company with formulas of every kind, some months of which are empty or 0."""
    company = every_kind(figures=random_figures(7, holes=0.3))
    figures = dict(company.figures)
    first = next(iter(figures))
    known = figures[first].months or ()
    months = [0.0 if month in (2, 5) else one for month, one in enumerate(known)]
    figures[first] = figures[first].model_copy(update={"months": months})
    return company.model_copy(update={"figures": figures})


@pytest.mark.parametrize(
    ("variant", "periods"),
    [(PORTABLE, PERIODS), (XLWINGS, PERIODS[:2])],
    ids=["portable", "xlwings"],
)
def test_every_formula_equals_python_in_every_kind_of_period(
    variant: Variant, periods: tuple[tuple[Kind, int], ...], extended: Calc, tmp_path: Path
) -> None:
    """The paper's company, recalculated: all scores and all other formulas, to 1e-9."""
    with extended.open(variant.write(cano(), tmp_path / "cano.xlsx")) as document:
        for kind, month in periods:
            board = variant.board(cano(), Calendar(2016).period(kind, month))
            document.set_many(choice(board, board.period))
            document.calculate()
            found = shown(document)
            assert differences(found, results(board)) == [], (kind, month)
            card = board.scores.at(board.period)
            assert differences(found, scorecard_cells(board, card)) == [], (kind, month)


@pytest.mark.parametrize("variant", [PORTABLE, XLWINGS], ids=["portable", "xlwings"])
def test_empty_months_are_missing_and_zeros_are_zeros(
    variant: Variant, extended: Calc, tmp_path: Path
) -> None:
    """Of cells that are alike but for being empty or 0, each is taken for what it is."""
    company = holes()
    calendar = Calendar(company.company.year, company.company.fiscal_start_month)
    with extended.open(variant.write(company, tmp_path / "holes.xlsx")) as document:
        for kind, month in PERIODS[:2]:
            board = variant.board(company, calendar.period(kind, month))
            document.set_many(choice(board, board.period))
            document.calculate()
            assert differences(shown(document), results(board)) == [], (kind, month)


def test_typing_and_clearing_figures_recalculates(extended: Calc, tmp_path: Path) -> None:
    """Figures that are typed, changed to 0 or taken away give Python's score at once."""
    with extended.open(XLWINGS.write(cano(), tmp_path / "cano.xlsx")) as document:
        document.calculate()
        before = contents(XLWINGS.board(cano())).typed
        for definition in (blank_months(), cano()):
            after = contents(XLWINGS.board(definition))
            changed: dict[Place, Value] = {
                place: value for place, value in after.typed.items() if before[place] != value
            }
            document.set_many(changed)
            document.calculate()
            assert changed
            assert differences(shown(document), after.results) == []
            before = after.typed


def blank_months() -> Definition:
    """The paper's company with its last months cleared, and zeros before them."""
    figures = {
        name: one.model_copy(
            update={"months": [*(one.months or ())[:7], 0.0, 0.0, None, None, None]}
        )
        for name, one in cano().figures.items()
    }
    return cano().model_copy(update={"figures": figures})


@pytest.mark.parametrize("variant", [PORTABLE, XLWINGS], ids=["portable", "xlwings"])
def test_it_shows_the_scores_on_opening(variant: Variant, extended: Calc, tmp_path: Path) -> None:
    """What LibreOffice calculates while it opens the file is right before all of it is there."""
    with extended.open(variant.write(cano(), tmp_path / "cano.xlsx")) as document:
        assert differences(shown(document), results(variant.board(cano()))) == []


@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_the_names_are_kept_on_saving(ending: str, extended: Calc, tmp_path: Path) -> None:
    """Saved by LibreOffice and opened again, the cells call and compute as before."""
    path = PORTABLE.write(cano(), tmp_path / "cano.xlsx")
    saved = extended.convert(path, tmp_path / f"saved.{ending}", recalculate=True)
    board = PORTABLE.board(cano())
    with extended.open(saved, recalculate=True) as document:
        assert differences(shown(document), results(board)) == []
        again = document.save(tmp_path / "again.xlsx")
    assert calls_in(again) == calls_in(path)
    assert len(calls_in(path)) > 100


def calls_in(path: Path) -> dict[Place, list[str]]:
    """Which functions each cell of a file calls by their plain names."""
    return {
        (sheet.name, cell.address): found
        for sheet in read_package(path).sheets
        for cell in sheet.cells
        if (found := CALL.findall(cell.formula or ""))
    }
