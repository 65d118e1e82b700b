"""The cells of a workbook file, read with openpyxl."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import IO, Any, NamedTuple

import openpyxl
from openpyxl.workbook import Workbook
from openpyxl.worksheet._reader import FORMULA_TAG, ROW_TAG, VALUE_TAG, WorkSheetParser
from openpyxl.xml.functions import iterparse

from tablero.workbook_templates.grid import FORMULA, CrowdedError, DamagedError, Place

_LAST = (1_048_576, 16_384)
_MOST_CELLS = 300_000
_MOST_ELEMENTS = 2_000_000


class StoredCells:
    """What a file holds, as `tablero.workbook_templates.grid.Contents`."""

    def __init__(self, file: IO[bytes]) -> None:
        self._workbook = _loaded(file)
        self._sheets: dict[str, _Stored] = {}

    @property
    def titles(self) -> Iterable[str]:
        """The titles of the sheets."""
        return list(self._workbook.sheetnames)

    @property
    def names(self) -> Mapping[str, str]:
        """What the workbook's defined names, here in lower case, stand for."""
        defined: Mapping[str, Any] = self._workbook.defined_names
        return {name.lower(): one.attr_text or "" for name, one in defined.items()}

    def typed(self, title: str) -> Mapping[Place, Any]:
        """What stands in the cells of a sheet; empty cells left out."""
        return self._sheet(title).typed

    def results(self, title: str) -> Mapping[Place, Any]:
        """What stands in the cells of a sheet, formulas as the results saved with them."""
        return self._sheet(title).results

    def _sheet(self, title: str) -> _Stored:
        if title not in self._sheets:
            self._sheets[title] = _stored(self._workbook, title)
        return self._sheets[title]


class _Stored(NamedTuple):
    """What stands in the cells of a sheet, and what the formulas among it came to."""

    typed: dict[Place, Any]
    results: dict[Place, Any]


def _stored(workbook: Workbook, title: str) -> _Stored:
    """Every cell that holds something, by row and column."""
    cells = _Stored({}, {})
    with _damage_told():
        for cell in _Rows.of(workbook, title).cells():
            place, value = (cell["row"], cell["column"]), cell["value"]
            if value is not None:
                cells.results[place] = value
            if value is not None or cell["is_formula"]:
                cells.typed[place] = FORMULA if cell["is_formula"] else value
                _refuse_place(place)
            if len(cells.typed) > _MOST_CELLS:
                raise CrowdedError(title)
    return cells


def _refuse_place(place: Place) -> None:
    if place[0] > _LAST[0] or place[1] > _LAST[1]:
        raise ValueError("a cell beyond the sheet")


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
            data_only=True,
            epoch=workbook.epoch,
            date_formats=workbook._date_formats,
            timedelta_formats=workbook._timedelta_formats,
        )
        rows.title = title
        return rows

    def cells(self) -> Iterator[Mapping[str, Any]]:
        """Every cell with its ``row``, ``column`` and ``value``, and whether it ``is_formula``."""
        for number, (_, element) in enumerate(iterparse(self.source)):
            if number > _MOST_ELEMENTS:
                raise CrowdedError(self.title)
            if element.tag == ROW_TAG:
                _, row = self.parse_row(element)
                yield from row
                element.clear()

    def parse_cell(self, element: Any) -> dict[str, Any]:
        """A cell with the result of its formula, if there is one in it."""
        if element.get("t") == "s" and element.findtext(VALUE_TAG, "").startswith("-"):
            raise ValueError("a text before the first")
        cell: dict[str, Any] = super().parse_cell(element)
        cell["is_formula"] = element.find(FORMULA_TAG) is not None
        return cell


def _loaded(file: IO[bytes]) -> Workbook:
    with _damage_told():
        return openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)


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
