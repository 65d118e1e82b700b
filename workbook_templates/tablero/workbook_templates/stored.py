"""The cells of a workbook file, read with openpyxl."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from typing import IO, Any

import openpyxl
from openpyxl.workbook import Workbook
from openpyxl.worksheet._reader import ROW_TAG, WorkSheetParser
from openpyxl.xml.functions import iterparse

from tablero.workbook_templates.grid import FORMULA, Formula, Place

_LAST = (1_048_576, 16_384)
_MOST_CELLS = 300_000
_MOST_ELEMENTS = 2_000_000


class DamagedError(Exception):
    """A workbook, or a sheet of it, that cannot be read."""


class CrowdedError(Exception):
    """A sheet that holds more cells than any sheet of a scorecard does."""

    def __init__(self, title: str) -> None:
        self.title = title
        super().__init__(title)


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
    cells: dict[Place, Any] = {}
    with _damage_told():
        for cell in _Rows.of(workbook, title).cells():
            if cell["value"] is None:
                continue
            if cell["row"] > _LAST[0] or cell["column"] > _LAST[1]:
                raise ValueError("a cell beyond the sheet")
            cells[cell["row"], cell["column"]] = cell["value"]
            if len(cells) > _MOST_CELLS:
                raise CrowdedError(title)
    return cells


class _Rows(WorkSheetParser):
    """A sheet's rows as openpyxl reads them, without the ones that it would make up between them.

    A file can say that a row is the ten thousand millionth; openpyxl would count up to it.
    """

    title = ""

    @classmethod
    def of(cls, workbook: Any, title: str) -> _Rows:
        """The rows of a sheet; what openpyxl knows of the workbook it keeps to itself."""
        # ruff: noqa: SLF001
        sheet = workbook[title]
        rows = cls(
            workbook._archive.open(sheet._worksheet_path),
            sheet._shared_strings,
            data_only=workbook.data_only,
            epoch=workbook.epoch,
            date_formats=workbook._date_formats,
            timedelta_formats=workbook._timedelta_formats,
        )
        rows.title = title
        return rows

    def cells(self) -> Iterator[Mapping[str, Any]]:
        """Every cell with its ``row``, ``column`` and ``value``."""
        for number, (_, element) in enumerate(iterparse(self.source)):
            if number > _MOST_ELEMENTS:
                raise CrowdedError(self.title)
            if element.tag == ROW_TAG:
                _, row = self.parse_row(element)
                yield from row
                element.clear()

    def parse_formula(self, _: Any) -> Formula:
        """What a formula says does not matter here, only that it is one."""
        return FORMULA


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
        except CrowdedError:
            raise
        except Exception as defect:
            raise DamagedError from defect
