"""The workbook in LibreOffice: recalculated it equals Python, opened it keeps what is stored."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tablero.workbook_templates.definition import Definition
from tablero.workbook_templates.library import load_template
from tablero.workbook_templates.periods import Calendar, Kind
from tests.engines.libreoffice import Calc
from tests.engines.package import read_package
from tests.engines.spreadsheet import Place, Value
from tests.workbook.companies import (
    ODD_NAMES,
    cano,
    every_kind,
    odd,
    random_figures,
    with_figures,
    with_holes,
)
from tests.workbook.comparing import differences, scorecard_cells, shown
from tests.workbook.making import PLAIN, PORTABLE, Variant, choice, contents, results

SPANISH = Variant("plain", "es")
PERIODS: tuple[tuple[Kind, int], ...] = (
    ("year", 12), ("month", 1), ("month", 8), ("quarter", 6), ("ytd", 7),
)  # fmt: skip
# LibreOffice does not know LAMBDA: a call of such a name is an unknown function to it, which it
# tells as a missing operator or, inside an IF, as an error of brackets.
UNKNOWN_FUNCTION = {"Err:509", "Err:508"}


@pytest.mark.parametrize("variant", [PLAIN, SPANISH], ids=["en", "es"])
def test_the_plain_workbook_recalculates_in_every_kind_of_period(
    variant: Variant, calc: Calc, tmp_path: Path
) -> None:
    """The paper's company after a hard recalculation: every formula of every sheet, to 1e-9."""
    path = variant.write(cano(), tmp_path / "cano.xlsx")
    with calc.open(path) as document:
        for kind, month in PERIODS:
            board = variant.board(cano(), Calendar(2016).period(kind, month))
            document.set_many(choice(board, board.period))
            document.calculate()
            found = shown(document)
            assert differences(found, results(board)) == [], (kind, month)
            card = board.scores.at(board.period)
            assert differences(found, scorecard_cells(board, card)) == [], (kind, month)


def blanks_and_losses() -> Definition:
    """The paper's company with empty months, a loss, and a month without orders."""
    figures: dict[str, dict[str, Any]] = {
        "net_income": {"last_year": 112.0, "months": [-16.0, 7, -30, *[-3] * 9]},
        "customer_orders": {"months": [0.0] * 12},
    }
    holes = [("net_sales", 5), ("trained_employees", 12), ("total_assets", 8)]
    return with_holes(with_figures(cano(), figures), holes)


COMPANIES = {
    "blanks and losses": blanks_and_losses(),
    "every kind": every_kind(),
    "rolling, from July": every_kind(
        company={"fiscal_start_month": 7},
        figures=random_figures(5, holes=0.15, last_months=True),
    ),
    "no figures": load_template("blank-sme"),
}


@pytest.mark.parametrize("name", list(COMPANIES))
def test_other_companies_recalculate_too(name: str, calc: Calc, tmp_path: Path) -> None:
    """Blanks, losses, zero denominators, formulas of every kind, last year's months."""
    company = COMPANIES[name]
    calendar = Calendar(company.company.year, company.company.fiscal_start_month)
    kind: Kind = "rolling" if name.startswith("rolling") else "quarter"
    with calc.open(PLAIN.write(company, tmp_path / "company.xlsx")) as document:
        for period in (calendar.period("year", 12), calendar.period(kind, 6)):
            board = PLAIN.board(company, period)
            document.set_many(choice(board, period))
            document.calculate()
            assert differences(shown(document), results(board)) == []


def test_typing_figures_recalculates(calc: Calc, tmp_path: Path) -> None:
    """Figures, goals and weights typed into LibreOffice give Python's score."""
    with calc.open(PLAIN.write(cano(), tmp_path / "cano.xlsx")) as document:
        before = contents(PLAIN.board(cano())).typed
        after = contents(PLAIN.board(blanks_and_losses()))
        changed: dict[Place, Value] = {
            place: value for place, value in after.typed.items() if before[place] != value
        }
        document.set_many(changed)
        document.calculate()
        assert len(changed) > 20
        assert differences(shown(document), after.results) == []


@pytest.mark.parametrize("name", ["cano", "blank-sme"])
def test_the_plain_workbook_keeps_every_stored_result(
    name: str, calc: Calc, tmp_path: Path
) -> None:
    """Opened without recalculation, every formula shows the result stored in the file."""
    company = load_template(name)
    path = PLAIN.write(company, tmp_path / "plain.xlsx")
    with calc.open(path) as document:
        assert differences(shown(document), results(PLAIN.board(company))) == []


def test_the_portable_workbook_keeps_the_results_of_ordinary_formulas(
    calc: Calc, tmp_path: Path
) -> None:
    """Only calls of the workbook's own functions are lost; whatever stands on them is kept.

    LibreOffice computes array formulas anew on opening, does not know LAMBDA, and so shows an
    unknown function in those cells; with the add-in it knows the functions by name. It also
    computes anew what has an empty text for a result, which then may stand on such a cell.
    """
    path = PORTABLE.write(cano(), tmp_path / "portable.xlsx")
    calls = calls_in(path)
    expected = results(PORTABLE.board(cano()))
    with calc.open(path) as document:
        found = shown(document)
    ordinary = {
        place: value
        for place, value in expected.items()
        if place not in calls and not (value == "" and found[place] in UNKNOWN_FUNCTION)
    }
    assert differences(found, ordinary) == []
    assert {found[place] for place in calls} == UNKNOWN_FUNCTION
    assert {sheet for sheet, _ in calls} == {"Inputs", "Scorecard", "Trend", "Analysis"}


def calls_in(path: Path) -> set[Place]:
    """The cells that call a function of the workbook: those stored as dynamic arrays."""
    return {
        (sheet.name, cell.address)
        for sheet in read_package(path).sheets
        for cell in sheet.cells
        if cell.formula_kind == "array"
    }


@pytest.mark.parametrize("name", ODD_NAMES[:3])
def test_odd_names_are_shown_as_they_are(name: str, calc: Calc, tmp_path: Path) -> None:
    """A company called =1+1 is a name in LibreOffice too, before and after recalculation."""
    board = PLAIN.board(odd(name))
    with calc.open(PLAIN.write(odd(name), tmp_path / "odd.xlsx"), recalculate=True) as document:
        assert document.value(board.layout.home.title, "A1") == name
        assert differences(shown(document), results(board)) == []


def test_it_prints(calc: Calc, tmp_path: Path) -> None:
    """LibreOffice makes a PDF of the workbook."""
    path = PLAIN.write(cano(), tmp_path / "cano.xlsx")
    assert calc.convert(path, tmp_path / "cano.pdf").read_bytes().startswith(b"%PDF")
