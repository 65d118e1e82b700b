"""Boards and workbooks of companies, and what every cell of them should hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from xlsxwriter.utility import xl_rowcol_to_cell

from tablero.workbook_templates.board import Board
from tablero.workbook_templates.definition import Definition
from tablero.workbook_templates.dialects import DialectName
from tablero.workbook_templates.periods import Period
from tablero.workbook_templates.sheets.page import (
    Cell,
    Date,
    Formula,
    Link,
    Page,
    Spilled,
    serial,
)
from tablero.workbook_templates.workbook import make_board, make_pages, new_workbook
from tests.engines.spreadsheet import Place, Value

_ONE_CELL = re.compile(r"='?(?P<sheet>[^'!]+)'?!(?P<cell>\$[A-Z]+\$\d+)")


class Variant(NamedTuple):
    """Who serves the functions, and which language the workbook speaks."""

    dialect: DialectName
    language: str

    def board(self, definition: Definition, period: Period | None = None) -> Board:
        """The board of a company in this variant."""
        return make_board(definition, language=self.language, dialect=self.dialect, period=period)

    def write(self, definition: Definition, path: Path, period: Period | None = None) -> Path:
        """The workbook of a company in this variant."""
        new_workbook(definition, path, language=self.language, dialect=self.dialect, period=period)
        return path


PORTABLE, PLAIN = Variant("portable", "en"), Variant("plain", "en")
VARIANTS = (PORTABLE, Variant("portable", "es"), PLAIN, Variant("plain", "es"))
NAMES_OF_VARIANTS = ["-".join(variant) for variant in VARIANTS]


class Contents(NamedTuple):
    """What every formula should come to, and what stands in every cell that people type into."""

    results: dict[Place, Value]
    typed: dict[Place, Value]


def contents(board: Board) -> Contents:
    """The cells of a workbook that matter."""
    cells = list(all_cells(board))
    return Contents(
        {
            place: cell.content.result
            for place, _, cell in cells
            if isinstance(cell.content, Formula | Spilled)
        },
        {place: _typed(cell) for place, _, cell in cells if "input" in cell.style.split()},
    )


def results(board: Board) -> dict[Place, Value]:
    """What every formula of a workbook should come to."""
    return contents(board).results


def all_cells(board: Board) -> Iterator[tuple[Place, Page, Cell]]:
    """Every cell of a workbook with its place."""
    for page in make_pages(board):
        for cell in page.cells:
            yield (page.title, xl_rowcol_to_cell(cell.row, cell.column)), page, cell


def _typed(cell: Cell) -> Value:
    content = cell.content
    assert not isinstance(content, Formula | Spilled | Link)
    return serial(*content) if isinstance(content, Date) else content


def named_cell(board: Board, name: str) -> Place:
    """The cell that a defined name points to."""
    found = _ONE_CELL.fullmatch(board.layout.names[name])
    assert found
    return found["sheet"], found["cell"].replace("$", "")


def choice(board: Board, period: Period) -> dict[Place, Value]:
    """What somebody types on Home to look at a period."""
    month = serial(*board.calendar.month(period.last))
    kind = board.say(f"period.{period.kind}")
    return {named_cell(board, "home_kind"): kind, named_cell(board, "home_month"): month}
