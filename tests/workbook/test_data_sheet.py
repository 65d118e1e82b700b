"""The Data sheet: tables that other programs find by name, equal to the export, and live."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pandas as pd
import pytest

from tablero.workbook_templates.board import Board
from tablero.workbook_templates.data_sheet.layout import COLUMNS, KEY, SHOWN, plan_of
from tablero.workbook_templates.definition import Definition
from tablero.workbook_templates.editing.edits import Edit
from tablero.workbook_templates.editing.revision import revise
from tablero.workbook_templates.facts import tables
from tablero.workbook_templates.facts.schema import SCHEMAS
from tablero.workbook_templates.replacing import Version
from tablero.workbook_templates.scored_model import ScoredModel
from tablero.workbook_templates.scoring import score
from tablero.workbook_templates.sheets import data
from tablero.workbook_templates.sheets.page import Link
from tests.engines.ironcalc_engine import Workbook
from tests.engines.libreoffice import Calc
from tests.engines.spreadsheet import Spreadsheet
from tests.workbook.companies import ODD_NAMES, cano, every_kind, odd, random_figures, with_figures
from tests.workbook.making import PLAIN, Variant

HALF = every_kind(company={"fiscal_start_month": 7}, figures=random_figures(5, holes=0.3, until=6))
COMPANIES: Mapping[str, Definition] = {
    "paper": cano(),
    "half": HALF,
    "empty": cano().model_copy(update={"figures": {}}),
}
CHANGED = {"net_income": {"months": [5.0] * 12, "last_year": 50.0}}


def read(path: Path) -> dict[str, pd.DataFrame]:
    """The tables of a workbook by their names, as what their cells show."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(path, data_only=True)
    found = {}
    for sheet in book.worksheets:
        for name, area in sheet.tables.items():  # type: ignore[no-untyped-call]
            head, *lines = [[cell.value for cell in row] for row in sheet[area]]
            found[name] = pd.DataFrame(lines, columns=head)
    return found


def shown_in(book: Spreadsheet, board: Board) -> dict[str, pd.DataFrame]:
    """The tables as an engine shows them."""
    found = {}
    for name, table in plan_of(board.layout.plans).tables.items():
        area = table.span(table.row_keys, COLUMNS[name])
        found[name] = pd.DataFrame(book.values(table.title, area), columns=COLUMNS[name])
    return found


def expected(model: ScoredModel) -> dict[str, pd.DataFrame]:
    """What the export says of the months and of the period that is shown, in the sheet's words."""
    found = tables(model)
    shown = model.calendar.code(model.period)
    months = [model.calendar.month(number).code for number in range(1, 13)]
    result = {}
    for name, columns in COLUMNS.items():
        table = found[name]
        if "period_id" in columns:
            last = table[table["period_id"] == shown].assign(period_id=SHOWN)
            if name == "dim_period":
                last = last.assign(kind=SHOWN, sort=13)
            table = pd.concat([table[table["period_id"].isin(months)], last])
        result[name] = table[list(columns)].reset_index(drop=True)
    return result


def compare(found: Mapping[str, pd.DataFrame], told: Mapping[str, pd.DataFrame]) -> None:
    """The same tables, to the digits that spreadsheets keep; an empty cell is missing."""
    assert list(found) == list(told)
    for name, table in told.items():
        assert list(found[name].columns) == list(table.columns)
        for column, cells in table.items():
            there = list(map(plain, found[name][column]))
            wanted = list(map(plain, cells))
            if SCHEMAS[name].of_kind("number", "share").count(str(column)):
                np.testing.assert_allclose(numbers(there), numbers(wanted), 1e-9, 1e-12)
            else:
                assert there == wanted, (name, column)


def plain(cell: Any) -> Any:
    """A cell's value; days as spreadsheets count them, nothing where it is missing."""
    if cell is None or cell is pd.NA or cell is pd.NaT or cell == "" or cell != cell:  # noqa: PLR0124
        return None
    if isinstance(cell, datetime):
        return float((cell - datetime(1899, 12, 30)).days)  # noqa: DTZ001
    return float(cell) if isinstance(cell, int | float | np.number) else cell


def numbers(cells: list[Any]) -> list[float]:
    """Numbers, NaN where one is missing; anything else than a number is refused."""
    return [np.nan if cell is None else float(cell) for cell in cells]


@pytest.mark.parametrize("name", COMPANIES)
@pytest.mark.parametrize("code", ["2026-Q1", "month"])
def test_the_tables_are_those_of_the_export(name: str, code: str, tmp_path: Path) -> None:
    """Found by name, with its headers: the twelve months, and the period that is shown."""
    company = COMPANIES[name]
    calendar = score(company).calendar
    period = calendar.period("quarter", 3) if "Q" in code else calendar.period("month", 2)
    board = PLAIN.board(company, period)
    path = PLAIN.write(company, tmp_path / "acme.xlsx", period)
    compare(read(path), expected(board))


@pytest.mark.parametrize("language", ["en", "es", "pt"])
def test_names_and_headers_are_the_same_in_every_language(language: str, tmp_path: Path) -> None:
    """So that what was built on them goes on to work."""
    found = read(Variant("portable", language).write(cano(), tmp_path / "acme.xlsx"))
    assert {name: tuple(table.columns) for name, table in found.items()} == COLUMNS
    for name, columns in COLUMNS.items():
        assert columns == tuple(one for one in SCHEMAS[name].names if one in columns)


def in_engines(path: Path, calc: Calc) -> Iterator[Spreadsheet]:
    """The workbook in every engine of the tests."""
    yield Workbook.load(path)
    with calc.open(path, recalculate=True) as book:
        yield book


def test_the_tables_follow_what_people_type(tmp_path: Path, calc: Calc) -> None:
    """Figures, weights and owners, in every engine."""
    path = PLAIN.write(cano(), tmp_path / "acme.xlsx")
    board = PLAIN.board(with_figures(cano(), CHANGED))
    inputs, matrix = board.layout.inputs, board.layout.matrix
    cells = {(inputs.title, inputs.cell("net_income", f"m{month}")): 5.0 for month in range(1, 13)}
    cells[inputs.title, inputs.cell("net_income", "last_year")] = 50.0
    for book in in_engines(path, calc):
        book.set_many({**cells, (matrix.title, matrix.cell("kpi:roa", "owner")): "Ana Ruiz"})
        book.calculate()
        told = expected(board)
        told["dim_kpi"].loc[0, "owner"] = "Ana Ruiz"
        compare(shown_in(book, board), told)


def test_a_refresh_brings_the_tables_up_to_date(tmp_path: Path) -> None:
    """As Power Query finds them in the file, without a spreadsheet program."""
    path = PLAIN.write(cano(), tmp_path / "acme.xlsx")
    board = PLAIN.board(with_figures(cano(), CHANGED))
    table = board.layout.inputs
    edits = [
        Edit(table.title, place_of(table.at("net_income", f"m{month}")), 5.0)
        for month in range(1, 13)
    ]
    edits.append(Edit(table.title, place_of(table.at("net_income", "last_year")), 50.0))
    revision = revise(Version.of(path), edits)
    assert revision.problems == ()
    revision.save()
    compare(read(path), expected(board))


def place_of(at: tuple[int, int]) -> tuple[int, int]:
    """A place counted from 1."""
    return at[0] + 1, at[1] + 1


@pytest.mark.parametrize("name", ODD_NAMES)
def test_odd_names_are_texts(name: str, tmp_path: Path) -> None:
    """Whatever they look like, as the export has them."""
    company = odd(name)
    path = PLAIN.write(company, tmp_path / "acme.xlsx")
    compare(read(path), expected(PLAIN.board(company)))


def test_the_list_of_tables_leads_to_each_of_them() -> None:
    """The sheet stands before the settings; beside the list, nothing of it is printed."""
    board = PLAIN.board(cano())
    page = data.build(board)
    plan, titles = plan_of(board.layout.plans), list(board.layout.titles)
    assert titles.index(KEY) == titles.index("settings") - 1
    links = [cell.content for cell in page.cells if isinstance(cell.content, Link)]
    corners = [table.far(table.row_keys[0], COLUMNS[name][0]) for name, table in
               plan.tables.items()]  # fmt: skip
    assert links == [Link(*one) for one in zip(corners, COLUMNS, strict=True)]
    assert page.print_area == plan.guide.area(list(COLUMNS), ["table", "about"])._replace(
        first_row=0
    )
