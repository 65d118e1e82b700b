"""A block of a sheet whose rows and columns are known by key, from which addresses are made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from xlsxwriter.utility import quote_sheetname, xl_col_to_name

from tablero.workbook_templates.periods import MONTHS_A_YEAR
from tablero.workbook_templates.sheets.page import Area

HEADER_ROW = 3
FIRST_ROW = 4

MONTHS = tuple(f"m{number}" for number in range(1, MONTHS_A_YEAR + 1))
LAST_MONTHS = tuple(f"last_{month}" for month in MONTHS)


@dataclass(frozen=True)
class Table:
    """A block of a sheet whose rows and columns are known by key."""

    sheet: str
    title: str
    rows: Mapping[str, int]
    columns: Mapping[str, int]

    def at(self, row: str, column: str) -> tuple[int, int]:
        """Zero-based row and column of a cell."""
        return self.rows[row], self.columns[column]

    def cell(self, row: str, column: str, *, fixed: bool = False) -> str:
        """Reference to a cell from its own sheet: ``H7`` (``$H$7`` when fixed)."""
        mark = "$" if fixed else ""
        return f"{mark}{_letters(self.columns[column])}{mark}{self.rows[row] + 1}"

    def far(self, row: str, column: str, *, fixed: bool = False) -> str:
        """Reference to a cell from another sheet: ``Inputs!H7``."""
        return f"{self._sheet}{self.cell(row, column, fixed=fixed)}"

    def span(self, rows: Sequence[str], columns: Sequence[str], *, fixed: bool = False) -> str:
        """Reference to a rectangle from its own sheet, first to last key of each."""
        start = self.cell(rows[0], columns[0], fixed=fixed)
        end = self.cell(rows[-1], columns[-1], fixed=fixed)
        return start if start == end else f"{start}:{end}"

    def far_span(self, rows: Sequence[str], columns: Sequence[str], *, fixed: bool = False) -> str:
        """Reference to a rectangle from another sheet."""
        return f"{self._sheet}{self.span(rows, columns, fixed=fixed)}"

    def far_column(self, rows: Sequence[str], column: str) -> str:
        """Reference to rows of a column from another sheet, good to copy: ``Inputs!$H7``."""
        start, end = (f"${self.cell(row, column)}" for row in (rows[0], rows[-1]))
        return f"{self._sheet}{start if start == end else f'{start}:{end}'}"

    @cached_property
    def _sheet(self) -> str:
        return f"{quote_sheetname(self.title)}!"

    def area(self, rows: Sequence[str], columns: Sequence[str]) -> Area:
        """The rectangle itself."""
        return Area(*self.at(rows[0], columns[0]), *self.at(rows[-1], columns[-1]))

    @property
    def row_keys(self) -> list[str]:
        """Keys of all rows, top to bottom."""
        return list(self.rows)


@cache
def _letters(column: int) -> str:
    return str(xl_col_to_name(column))


def keyed(keys: Iterable[str], start: int) -> dict[str, int]:
    """Keys one after the other, with the number of each."""
    return {key: start + offset for offset, key in enumerate(keys)}


def column_names(prefix: str, table: Table, columns: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Defined names of the columns of a table."""
    for column in columns:
        yield f"{prefix}_{column}", absolute(table, table.row_keys, [column])


def absolute(table: Table, rows: Sequence[str], columns: Sequence[str]) -> str:
    """What a defined name of a rectangle stands for."""
    return "=" + table.far_span(rows, columns, fixed=True)
