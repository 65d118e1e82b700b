"""Finding things in a changed workbook: by defined name, key and date, never by address."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from xlsxwriter.utility import xl_cell_to_rowcol

from tablero.workbook_templates.cells import cell_text, place
from tablero.workbook_templates.grid import Book, Cell, Sheet
from tablero.workbook_templates.periods import Month
from tablero.workbook_templates.problems import Problem, Severity
from tablero.workbook_templates.texts import Spoken, text

_AREA = re.compile(
    r"(?:'(?P<quoted>(?:[^']|'')+)'|\$?(?P<title>[^'!]+))!"
    r"(?P<first>\$?[A-Z]{1,3}\$?[0-9]+)(?::(?P<last>\$?[A-Z]{1,3}\$?[0-9]+))?"
)
LARGEST = 100_000
"""Cells that a name can lead to; a sheet of a scorecard has fewer."""
_PREFIXES = {
    "home": ("home_",),
    "inputs": ("inputs_",),
    "matrix": ("matrix_",),
    "scorecard": ("scorecard_",),
    "settings": ("set_", "band_"),
    "okr": ("okrs_",),
    "check_ins": ("check_ins_",),
}
"""How the names begin that lead to a sheet."""
_OWN_NAMES = (
    "home_", "inputs_", "matrix_", "scorecard_", "trend_", "set_", "changes_", "tablero_",
    "okrs_", "check_ins_", "actions_", "swot_", "causes_",
)  # fmt: skip


@dataclass(frozen=True)
class _SheetName:
    """A sheet as it is called where nobody has renamed it."""

    key: str

    def in_language(self, language: str) -> str:
        return text(f"sheet.{self.key}", language)


@dataclass(frozen=True)
class Block:
    """The rectangle that a defined name points to."""

    sheet: Sheet
    first_row: int
    last_row: int
    first_column: int
    last_column: int

    @property
    def size(self) -> int:
        """How many cells it has."""
        rows = self.last_row - self.first_row + 1
        return rows * (self.last_column - self.first_column + 1)

    def cells(self) -> Iterator[Cell]:
        """Its cells, row by row."""
        for row in range(self.first_row, self.last_row + 1):
            for column in range(self.first_column, self.last_column + 1):
                yield self.at(row, column)

    @property
    def first(self) -> Cell:
        """Its first cell."""
        return self.at(self.first_row, self.first_column)

    def in_row(self, row: int) -> Cell:
        """The cell of its first column in a row of its sheet."""
        return self.at(row, self.first_column)

    def at(self, row: int, column: int) -> Cell:
        """Any cell of its sheet."""
        return self.sheet.cell(row, column)


class Area(NamedTuple):
    """The rectangle of a sheet that a defined name stands for."""

    title: str
    first_row: int
    last_row: int
    first_column: int
    last_column: int

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return self.last_row - self.first_row + 1

    @property
    def columns(self) -> int:
        """How many columns it has."""
        return self.last_column - self.first_column + 1


class Names:
    """The defined names of a workbook; what is lost is collected as problems."""

    def __init__(self, book: Book) -> None:
        self._names = book.names
        self._sheets = book.sheets
        self._found: dict[str, Block | None] = {}
        self.problems: list[Problem] = []

    def block(self, name: str) -> Block | None:
        """The block that ``name`` points to; None, and a problem, when it points nowhere."""
        if name not in self._found:
            self._found[name] = self._resolved(name)
            if self._found[name] is None:
                self._tell(name)
        return self._found[name]

    def _tell(self, name: str) -> None:
        """Tell a lost name; where all names of a sheet are lost, tell the sheet, and that once."""
        sheet = next((one for one, starts in _PREFIXES.items() if name.startswith(starts)), "")
        if sheet and self._is_lost(sheet):
            problem = Problem("sheet_lost", values={"sheet": _SheetName(sheet)})
        else:
            problem = Problem("name_lost", values={"name": name})
        if problem not in self.problems:
            self.problems.append(problem)

    def _is_lost(self, sheet: str) -> bool:
        return not any(
            self._resolved(name) for name in self._names if name.startswith(_PREFIXES[sheet])
        )

    def there(self, name: str) -> Block | None:
        """The block that ``name`` points to; None when it points nowhere, which is not told."""
        return self._resolved(name)

    def titles(self, starts: tuple[str, ...] = _OWN_NAMES) -> set[str]:
        """The sheets to which names of ours lead, or those of them that start in some way."""
        blocks = (self._resolved(name) for name in self._names if name.startswith(starts))
        return {block.sheet.title for block in blocks if block is not None}

    def _resolved(self, name: str) -> Block | None:
        area = area_of(self._names.get(name.lower(), ""))
        sheet = self._sheets.get(area[0]) if area else None
        if area is None or sheet is None:
            return None
        return _clipped(Block(sheet, *area[1:]))


# Many workbooks have their blocks in the same places.
@lru_cache(maxsize=4096)
def area_of(text: str) -> Area | None:
    """The area that a name tells; None where it tells none."""
    area = _AREA.fullmatch(text)
    if area is None:
        return None
    top, left = xl_cell_to_rowcol(area["first"])
    bottom, right = xl_cell_to_rowcol(area["last"] or area["first"])
    return Area(_title(area), top + 1, bottom + 1, left + 1, right + 1)


def _clipped(block: Block) -> Block | None:
    """A block that somebody let lead over whole columns ends with the last cell of its sheet.

    One that is larger than any sheet of a scorecard even then leads nowhere.
    """
    if block.size <= LARGEST:
        return block
    last_row, last_column = block.sheet.extent
    clipped = replace(
        block,
        last_row=min(block.last_row, max(last_row, block.first_row)),
        last_column=min(block.last_column, max(last_column, block.first_column)),
    )
    return clipped if clipped.size <= LARGEST else None


def _title(area: re.Match[str]) -> str:
    return area["title"] or area["quoted"].replace("''", "'")


def rows_by_key(
    block: Block, keys: Mapping[str, Spoken], problems: list[Problem]
) -> dict[str, int]:
    """Row number of each key in the key column ``block``; ``keys`` maps key to the name people see.

    Missing, repeated, unknown and sorted rows each become a problem.
    """
    rows: dict[str, int] = {}
    for cell in block.cells():
        key = cell_text(cell)
        if not key:
            continue
        if key in rows:
            problems.append(_row_problem("row_repeated", key, cell))
        elif key not in keys:
            problems.append(_row_problem("row_unknown", key, cell))
        else:
            rows[key] = cell.row
    problems.extend(
        Problem("row_lost", values={"row": keys[key]}, sheet=block.sheet.title)
        for key in keys
        if key not in rows
    )
    expected = [key for key in keys if key in rows]
    if sorted(expected, key=rows.__getitem__) != expected:
        problems.append(Problem("rows_sorted", sheet=block.sheet.title))
    return rows


def _row_problem(code: str, key: str, cell: Cell) -> Problem:
    severity: Severity = "warning" if code == "row_unknown" else "error"
    return Problem(code, severity, {"row": key}, **place(cell))


def columns_by_month(header: Block) -> dict[Month, Cell]:
    """The cell of each month in a header row of dates."""
    columns: dict[Month, Cell] = {}
    for cell in header.cells():
        if isinstance(cell.value, datetime):
            columns.setdefault(Month(cell.value.year, cell.value.month), cell)
    return columns
