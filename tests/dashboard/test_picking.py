"""Picking a perspective recalculates the dashboard to what Python scores, in every engine."""

from __future__ import annotations

from pathlib import Path

import pytest
from xlsxwriter.utility import xl_rowcol_to_cell

from tablero.workbook_templates.board import Board
from tablero.workbook_templates.dashboard.workings import pick_labels
from tablero.workbook_templates.definition import Definition
from tablero.workbook_templates.periods import Calendar, Kind
from tablero.workbook_templates.sheets import dashboard
from tablero.workbook_templates.sheets.page import Formula, Spilled
from tests.engines.ironcalc_engine import Workbook
from tests.engines.libreoffice import Calc
from tests.engines.spreadsheet import Place, Spreadsheet, Value
from tests.workbook.companies import cano, every_kind, large, odd, random_figures
from tests.workbook.comparing import differences, shown
from tests.workbook.making import PLAIN, PORTABLE, Variant, choice, named_cell


def expected(board: Board, pick: int) -> dict[Place, Value]:
    """What every formula of the dashboard should come to."""
    page = dashboard.build(board, pick)
    return {
        (page.title, xl_rowcol_to_cell(cell.row, cell.column)): cell.content.result
        for cell in page.cells
        if isinstance(cell.content, Formula | Spilled)
    }


def picked(engine: Spreadsheet, board: Board, pick: int) -> list[str]:
    """What differs after somebody picks an entry of the list."""
    engine.set(*named_cell(board, "dashboard_pick"), pick_labels(board)[pick - 1])
    engine.calculate()
    return differences(shown(engine), expected(board, pick))


PICKS: tuple[tuple[Kind, int, int], ...] = (("month", 3, 2), ("ytd", 7, 1))
LAST_YEAR = every_kind(figures=random_figures(3, holes=0.3, last_months=True))


@pytest.mark.parametrize("variant", [PLAIN, PORTABLE], ids=["plain", "portable"])
@pytest.mark.parametrize("company", [cano(), LAST_YEAR], ids=["cano", "last year"])
def test_every_perspective(company: Definition, variant: Variant, tmp_path: Path) -> None:
    """KPIs of any number, with last year's months and holes."""
    board = variant.board(company)
    engine = Workbook.load(variant.write(company, tmp_path / "company.xlsx"))
    for pick in range(2, len(company.perspectives) + 1):
        assert picked(engine, board, pick) == []
    assert picked(engine, board, 1) == []


def test_a_part_of_a_perspective_with_many_kpis(tmp_path: Path) -> None:
    """The others stand together as one step, so that the waterfall still leads to the total."""
    company = large()
    board = PLAIN.board(company)
    engine = Workbook.load(PLAIN.write(company, tmp_path / "large.xlsx"))
    assert picked(engine, board, 2) == []
    others = board.say("dashboard.other_kpis")
    assert others in set(expected(board, 2).values())


def test_perspectives_of_one_name_are_picked_by_number() -> None:
    """Each entry of the list is another one."""
    labels = pick_labels(PLAIN.board(odd("same")))
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("language", ["en", "pt"])
def test_periods_and_picks_in_libreoffice(language: str, calc: Calc, tmp_path: Path) -> None:
    """The same figures as in Python in another spreadsheet."""
    variant = Variant("plain", language)
    company = LAST_YEAR if language == "en" else cano()
    one = company.company
    calendar = Calendar(one.year, one.fiscal_start_month)
    with calc.open(variant.write(company, tmp_path / "company.xlsx")) as document:
        for kind, month, pick in PICKS:
            board = variant.board(company, calendar.period(kind, month))
            document.set_many(choice(board, board.period))
            assert picked(document, board, pick) == []
