"""The worksheets of any workbook as tables, read cell by cell so that none is too large."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import repeat
from pathlib import Path
from typing import IO, Any

import openpyxl
from openpyxl.workbook import Workbook
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula

from tablero.workbook_templates.filling.tables import (
    MAX_COLUMNS,
    MAX_ROWS,
    Content,
    Lost,
    Table,
    refusal,
    too_large,
    without_end,
)
from tablero.workbook_templates.grid import DamagedError
from tablero.workbook_templates.opening import opened_file
from tablero.workbook_templates.problems import ProblemsError

_TOO_LARGE = {"file_too_large", "file_crowded", "sheet_too_large"}
_MAX_SHEETS = 200
_MAX_CELLS = 2_000_000
"""A row is read up to its last cell; one far away in every row would take for ever."""
_OF_SOURCES = {"file_no_workbook": "source_no_text", "file_damaged": "source_damaged"}


def read_spreadsheet(path: Path) -> tuple[Table, ...]:
    """The visible worksheets of a workbook, formulas as the results saved with them.

    Raises
    ------
    ProblemsError
        The file is no workbook, encrypted, damaged or far too large.
    """
    try:
        with opened_file(path) as file:
            return tuple(_tables(file, path.name))
    except ProblemsError as refused:
        raise _of_source(refused, path.name) from None


def _of_source(refused: ProblemsError, name: str) -> ProblemsError:
    """What keeps a file from being read, told with the remedy of a source, not of a scorecard."""
    codes = {problem.code for problem in refused.problems}
    if codes & _TOO_LARGE:
        return too_large(name)
    code = next((_OF_SOURCES[code] for code in codes if code in _OF_SOURCES), None)
    return refusal(code, name) if code else refused


def _tables(file: IO[bytes], name: str) -> Iterator[Table]:
    typed = _loaded(file, results=False)
    left = MAX_ROWS
    for sheet in typed.worksheets[:_MAX_SHEETS]:
        if sheet.sheet_state == "visible":
            rows = _rows(typed, sheet.title, left, name)
            if any(Lost.RESULT in row for row in rows):
                rows = _with_results(rows, _loaded(file, results=True), sheet.title)
            left -= sum(map(bool, rows))
            yield Table(rows, sheet.title)


def _rows(book: Workbook, title: str, limit: int, name: str) -> list[tuple[Content, ...]]:
    """The rows of a sheet; each formula as a result that is lost."""
    rows, filled, looked_at = [], 0, 0
    for cells in _cells(book, title):
        looked_at += len(cells)
        row = without_end([_content(cell) for cell in cells])
        filled += bool(row)
        if filled > limit or len(row) > MAX_COLUMNS or looked_at > _MAX_CELLS:
            raise too_large(name)
        rows.append(row)
    return rows


def _with_results(
    rows: Sequence[tuple[Content, ...]], book: Workbook, title: str
) -> list[tuple[Content, ...]]:
    """The rows with what the formulas came to, as far as it was saved."""
    found = _cells(book, title)
    return [
        tuple(
            _result(cell) if content is Lost.RESULT else content
            for content, cell in zip(row, (*cells, *repeat(None, len(row))), strict=False)
        )
        for row, cells in zip(rows, found, strict=False)
    ]


def _cells(book: Workbook, title: str) -> Iterator[Sequence[Any]]:
    """The cells of each row, up to the last that the file holds, be it empty."""
    with _damage_told():
        sheet = book[title]
        # What a file says of its own dimensions may be wrong; what it holds is not.
        sheet.reset_dimensions()
        yield from sheet.iter_rows()


def _content(cell: Any) -> Content:
    value = cell.value
    if value is None:
        return None
    if cell.data_type == "f" or isinstance(value, ArrayFormula | DataTableFormula):
        return Lost.RESULT
    return _plain(value)


def _result(cell: Any) -> Content:
    return Lost.RESULT if cell is None or cell.value is None else _plain(cell.value)


def _plain(value: Any) -> Content:
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return float(value)
    return value.strip() if isinstance(value, str) else value


def _loaded(file: IO[bytes], *, results: bool) -> Workbook:
    with _damage_told():
        return openpyxl.load_workbook(file, read_only=True, data_only=results, keep_links=False)


@contextmanager
def _damage_told() -> Iterator[None]:
    """Whatever openpyxl and the XML parser raise on damaged content is one thing to a user."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        except (ProblemsError, GeneratorExit):
            raise
        except Exception as defect:
            raise DamagedError from defect
