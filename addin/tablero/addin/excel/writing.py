"""Writing into cells of a workbook that is open in Excel: all that is asked for, or nothing."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager

import xlwings

from tablero.addin.excel.blocks import Block, blocks
from tablero.addin.excel.live import LiveCells
from tablero.addin.excel.looks import give_look, look_of
from tablero.addin.excel.protection import ProtectedError, unprotected
from tablero.workbook_templates.editing.edits import Edit
from tablero.workbook_templates.editing.sheet import ErrorValue, Kept, Result, cell_name
from tablero.workbook_templates.grid import Book, Place, Sheet
from tablero.workbook_templates.problems import Problem, ProblemsError

_LAST_ROW, _LAST_COLUMN = 2**20, 2**14
_LONGEST_TEXT = 32_767
# Excel takes what follows for a text, whatever it looks like, and does not show the sign itself.
_TEXT_SIGN = "'"

_Edits = Mapping[Place, Edit]


def write_edits(book: xlwings.Book, edits: Iterable[Edit]) -> None:
    """Write into cells of an open workbook, as `editing.edits.with_edits` does into a file.

    Cells beside each other are written together, so that a block of figures costs one call of
    Excel. A text stays the text that it is, also one that looks like a formula, a number or a
    date. Sheets that are protected without a password are unprotected for the writing where that
    is needed, and protected again as they were. Where a cell is named twice, the last one counts.
    Excel cannot undo what was written.

    Parameters
    ----------
    book
        The open workbook, such as ``xlwings.Book.caller()``.
    edits
        What is to stand in which cells, and which of them look as another cell does.

    Raises
    ------
    ProblemsError
        Some cells cannot be written: no such sheet or cell, a formula stands there or another
        cell covers it, the cell is locked by a password, or the number or text is none that Excel
        holds. Every such cell is told, and none is written.
    """
    cells, problems = _placed(book, edits)
    problems += _in_the_way(book, cells)
    _refuse(book, problems)
    if not cells:
        return
    with _unseen(book.app), _unlocked(book, cells):
        for title, its_edits in cells.items():
            _dress(book, book.sheets[title], its_edits)
            _fill(book.sheets[title], its_edits)


def _refuse(book: xlwings.Book, problems: Collection[Problem]) -> None:
    if problems:
        raise ProblemsError(problem.at(file=book.name) for problem in problems)


def _placed(
    book: xlwings.Book, edits: Iterable[Edit]
) -> tuple[dict[str, dict[Place, Edit]], list[Problem]]:
    """The edits by sheet and place, and those that have none or no content to write."""
    titles = {sheet.name for sheet in book.sheets}
    cells: dict[str, dict[Place, Edit]] = {}
    problems: list[Problem] = []
    for edit in edits:
        if edit.sheet not in titles or (edit.style_of and edit.style_of[0] not in titles):
            problems.append(_problem("edit_no_sheet", edit))
        elif not _is_content(edit.value) or not _is_place(edit.place):
            problems.append(_problem("edit_unfit", edit))
        else:
            cells.setdefault(edit.sheet, {})[edit.place] = edit
    return cells, problems


def _problem(code: str, edit: Edit) -> Problem:
    cell = cell_name(edit.place) if _is_place(edit.place) else ""
    return Problem(code, sheet=edit.sheet, cell=cell)


def _is_place(place: Place) -> bool:
    row, column = place
    return 1 <= row <= _LAST_ROW and 1 <= column <= _LAST_COLUMN


def _is_content(value: Result | Kept) -> bool:
    """Whether Excel can hold it; it counts the characters of a text in units of UTF-16."""
    match value:
        case str():
            return len(value.encode("utf-16-le", "surrogatepass")) // 2 <= _LONGEST_TEXT
        case ErrorValue():
            return False
        case float() | int():
            return math.isfinite(value)
        case _:
            return True


def _in_the_way(book: xlwings.Book, cells: Mapping[str, _Edits]) -> Iterator[Problem]:
    """What keeps cells from being written: formulas, and cells that cover them."""
    present = Book(LiveCells(book)).sheets
    for title, edits in cells.items():
        written = {place: edit for place, edit in edits.items() if edit.value is not Kept.VALUE}
        covered = set(_covered(book.sheets[title], written))
        for place, edit in written.items():
            if _is_formula(present[title], place):
                yield _problem("edit_formula", edit)
            elif place in covered:
                yield _problem("edit_merged", edit)


def _is_formula(sheet: Sheet, place: Place) -> bool:
    return sheet.cell(*place).is_formula


def _covered(sheet: xlwings.Sheet, edits: _Edits) -> Iterator[Place]:
    """Cells under the first of those with which they are merged."""

    def is_merged(cells: xlwings.Range) -> bool | None:
        return cells.api.MergeCells  # type: ignore[no-any-return]

    for place in _those(sheet, edits, is_merged):
        area = sheet.range(place).api.MergeArea
        if (area.Row, area.Column) != place:
            yield place


def _locked(sheet: xlwings.Sheet, edits: _Edits) -> list[Place]:
    """Cells that nobody can write into as long as the sheet is protected."""
    if not sheet.api.ProtectContents:
        return []

    def is_locked(cells: xlwings.Range) -> bool | None:
        return cells.api.Locked  # type: ignore[no-any-return]

    dressed = {place for place, edit in edits.items() if edit.style_of}
    return sorted({*_those(sheet, edits, is_locked), *dressed})


def _those(
    sheet: xlwings.Sheet, places: Iterable[Place], asked: Callable[[xlwings.Range], bool | None]
) -> Iterator[Place]:
    """The cells of which something holds; of a block Excel tells all, none, or, with None, some."""
    for block in blocks(places):
        answer = asked(block.within(sheet))
        for row in block.rows():
            for place in row:
                if answer or (answer is None and asked(sheet.range(place))):
                    yield place


@contextmanager
def _unlocked(book: xlwings.Book, cells: Mapping[str, _Edits]) -> Iterator[None]:
    """The sheets without the protection that is in the way; refused where it has a password."""
    refused: list[Problem] = []
    with ExitStack() as lifted:
        for title, edits in cells.items():
            locked = _locked(book.sheets[title], edits)
            try:
                if locked:
                    lifted.enter_context(unprotected(book.sheets[title]))
            except ProtectedError:
                refused += [_problem("live_locked", edits[place]) for place in locked]
        _refuse(book, refused)
        yield


def _dress(book: xlwings.Book, sheet: xlwings.Sheet, edits: _Edits) -> None:
    """Give cells the look of others, each look read once."""
    wanted: dict[tuple[str, Place], list[Place]] = {}
    for place, edit in edits.items():
        if edit.style_of:
            wanted.setdefault(edit.style_of, []).append(place)
    for (title, sample), places in wanted.items():
        look = look_of(book.sheets[title].range(sample))
        for block in blocks(places):
            give_look(block.within(sheet), look)


def _fill(sheet: xlwings.Sheet, edits: _Edits) -> None:
    values = {place: edit.value for place, edit in edits.items() if edit.value is not Kept.VALUE}
    for block in blocks(values):
        _write(sheet, block, values)


def _write(sheet: xlwings.Sheet, block: Block, values: Mapping[Place, Result | Kept]) -> None:
    rows = [[_handed_over(values[place]) for place in row] for row in block.rows()]
    block.within(sheet).value = rows


def _handed_over(value: Result | Kept) -> Result | Kept:
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
