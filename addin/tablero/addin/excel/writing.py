"""Writing into cells of a workbook that is open in Excel: all that is asked for, or nothing."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby

import xlwings
from openpyxl.utils.cell import coordinate_to_tuple

from tablero.addin.excel.live import LiveCells
from tablero.workbook_templates.grid import Book, Place
from tablero.workbook_templates.problems import Problem, ProblemsError

Content = float | str | None

_ADDRESS = re.compile(r"\$?[A-Z]{1,3}\$?[1-9][0-9]{0,6}", re.IGNORECASE)
_LAST_ROW, _LAST_COLUMN = 2**20, 2**14
_LONGEST_TEXT = 32_767
# Excel takes what follows for a text, whatever it looks like, and does not show the sign itself.
_TEXT_SIGN = "'"


@dataclass(frozen=True)
class CellEdit:
    """What one cell is to hold: a number, a text, or nothing (None or an empty text)."""

    sheet: str
    cell: str
    value: Content

    def problem(self, code: str, **values: object) -> Problem:
        """Why it cannot be."""
        return Problem(code, values=values, sheet=self.sheet, cell=self.cell)


def write_cells(book: xlwings.Book, edits: Iterable[CellEdit]) -> None:
    """Write into cells of an open workbook.

    Cells beside each other are written together, so that a block of figures costs one call of
    Excel. A text stays the text that it is, also one that looks like a formula, a number or a
    date. Where a cell is named twice, the last one counts. Excel cannot undo what was written.

    Parameters
    ----------
    book
        The open workbook, such as ``xlwings.Book.caller()``.
    edits
        What is to stand in which cells; dates are written by nobody and have no form here.

    Raises
    ------
    ProblemsError
        Some cells cannot be written: no such sheet or cell, a formula stands there, the sheet is
        protected and the cell locked, or the number or text is none that Excel holds. Every such
        cell is told, and none is written.
    """
    cells, problems = _placed(book, edits)
    problems += _in_the_way(book, cells)
    if problems:
        raise ProblemsError(problem.at(file=book.name) for problem in problems)
    if not cells:
        return
    with _unseen(book.app):
        for title, its_edits in cells.items():
            for block in _blocks(its_edits):
                _write(book.sheets[title], block, its_edits)


Edits = Mapping[Place, CellEdit]


@dataclass(frozen=True)
class _Block:
    """A rectangle of cells, by its corners."""

    first: Place
    last: Place

    def rows(self) -> Iterator[Iterator[Place]]:
        (top, left), (bottom, right) = self.first, self.last
        for row in range(top, bottom + 1):
            yield ((row, column) for column in range(left, right + 1))

    def within(self, sheet: xlwings.Sheet) -> xlwings.Range:
        return sheet.range(self.first, self.last)


def _placed(
    book: xlwings.Book, edits: Iterable[CellEdit]
) -> tuple[dict[str, dict[Place, CellEdit]], list[Problem]]:
    """The edits by sheet and place, and those that have none or no content to write."""
    titles = {sheet.name for sheet in book.sheets}
    cells: dict[str, dict[Place, CellEdit]] = {}
    problems: list[Problem] = []
    for edit in edits:
        place = _place(edit.cell)
        if edit.sheet not in titles:
            problems.append(edit.problem("live_sheet_missing", name=edit.sheet))
        elif place is None:
            problems.append(edit.problem("live_no_cell", address=edit.cell))
        elif not _is_content(edit.value):
            problems.append(edit.problem("live_no_content"))
        else:
            cells.setdefault(edit.sheet, {})[place] = edit
    return cells, problems


def _place(address: str) -> Place | None:
    if not _ADDRESS.fullmatch(address):
        return None
    row, column = coordinate_to_tuple(address.replace("$", "").upper())
    return (row, column) if row <= _LAST_ROW and column <= _LAST_COLUMN else None


def _is_content(value: Content) -> bool:
    """Whether Excel can hold it; it counts the characters of a text in units of UTF-16."""
    if isinstance(value, str):
        return len(value.encode("utf-16-le", "surrogatepass")) // 2 <= _LONGEST_TEXT
    return value is None or math.isfinite(value)


def _in_the_way(book: xlwings.Book, cells: Mapping[str, Edits]) -> list[Problem]:
    """What keeps cells from being written: formulas, and locks of a protected sheet."""
    present = Book(LiveCells(book)).sheets
    problems: list[Problem] = []
    for title, edits in cells.items():
        locked = set(_locked(book.sheets[title], edits))
        for place, edit in edits.items():
            if present[title].cell(*place).is_formula:
                problems.append(edit.problem("live_formula"))
            elif place in locked:
                problems.append(edit.problem("live_locked"))
    return problems


def _locked(sheet: xlwings.Sheet, edits: Edits) -> Iterator[Place]:
    """Locked cells; of a block Excel tells all, none, or, with None, some."""
    if not sheet.api.ProtectContents:
        return
    for block in _blocks(edits):
        is_locked = block.within(sheet).api.Locked
        for row in block.rows():
            for place in row:
                if is_locked or (is_locked is None and sheet.range(place).api.Locked):
                    yield place


def _blocks(edits: Edits) -> Iterator[_Block]:
    """The places of the edits as rectangles, as few as stretches of a row one below another."""
    stretches = sorted(_stretches(edits), key=lambda one: (one.first[1], one.last[1], one.first[0]))

    def follows(number: int, one: _Block) -> tuple[int, int, int]:
        """The same for stretches of the same columns in rows that follow each other."""
        return one.first[1], one.last[1], one.first[0] - number

    numbered = groupby(enumerate(stretches), key=lambda pair: follows(*pair))
    for _, group in numbered:
        members = [one for _, one in group]
        yield _Block(members[0].first, members[-1].last)


def _stretches(edits: Edits) -> Iterator[_Block]:
    """The places as stretches of cells side by side."""
    numbered = groupby(
        enumerate(sorted(edits)), key=lambda pair: (pair[1][0], pair[1][1] - pair[0])
    )
    for _, group in numbered:
        members = [place for _, place in group]
        yield _Block(members[0], members[-1])


def _write(sheet: xlwings.Sheet, block: _Block, edits: Edits) -> None:
    rows = [[_handed_over(edits[place].value) for place in row] for row in block.rows()]
    block.within(sheet).value = rows


def _handed_over(value: Content) -> Content:
    """A content as Excel is to take it."""
    return _TEXT_SIGN + value if isinstance(value, str) and value else value


@contextmanager
def _unseen(app: xlwings.App) -> Iterator[None]:
    """Excel without drawing its window anew after each call; afterwards as it was."""
    before = app.screen_updating
    app.screen_updating = False
    try:
        yield
    finally:
        app.screen_updating = before
