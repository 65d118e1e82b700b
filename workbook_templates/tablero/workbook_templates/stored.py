"""The cells of a workbook file, read with openpyxl."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from typing import IO, Any

import openpyxl
from openpyxl.workbook import Workbook
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula

from tablero.workbook_templates.grid import FORMULA, Place


class DamagedError(Exception):
    """A workbook, or a sheet of it, that cannot be read."""


class StoredCells:
    """What a file holds, as `tablero.workbook_templates.grid.Contents`."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._typed = _loaded(file, results=False)

    @property
    def titles(self) -> Iterable[str]:
        """The titles of the sheets."""
        return list(self._typed.sheetnames)

    @property
    def names(self) -> Mapping[str, str]:
        """What the workbook's defined names, here in lower case, stand for."""
        defined: Mapping[str, Any] = self._typed.defined_names
        return {name.lower(): one.attr_text or "" for name, one in defined.items()}

    def typed(self, title: str) -> Mapping[Place, Any]:
        """What stands in the cells of a sheet; empty cells left out."""
        return _cells(self._typed, title)

    def results(self, title: str) -> Mapping[Place, Any]:
        """What stands in the cells of a sheet, formulas as the results saved with them."""
        return _cells(self._results, title)

    @cached_property
    def _results(self) -> Workbook:
        """The same file once more: openpyxl gives formulas or results, not both."""
        return _loaded(self._file, results=True)


def _cells(workbook: Workbook, title: str) -> Mapping[Place, Any]:
    """Every cell that holds something, by row and column."""
    with _damage_told():
        sheet = workbook[title]
        # What a file says of its own dimensions may be wrong; what it holds is not.
        sheet.reset_dimensions()
        return {
            (cell.row, cell.column): FORMULA if _is_formula(cell) else cell.value
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None
        }


def _is_formula(cell: Any) -> bool:
    return cell.data_type == "f" or isinstance(cell.value, ArrayFormula | DataTableFormula)


def _loaded(file: IO[bytes], *, results: bool) -> Workbook:
    with _damage_told():
        return openpyxl.load_workbook(file, read_only=True, data_only=results, keep_links=False)


@contextmanager
def _damage_told() -> Iterator[None]:
    """Whatever openpyxl and the XML parser raise on damaged content is one thing to a user."""
    with warnings.catch_warnings():
        # openpyxl warns of what it would lose on saving; nothing is ever saved with it here.
        warnings.simplefilter("ignore")
        try:
            yield
        except Exception as defect:
            raise DamagedError from defect
