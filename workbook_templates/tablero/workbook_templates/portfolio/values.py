"""The values of a workbook file, read with calamine: what many scorecards are scored from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cached_property
from io import BytesIO
from pathlib import PurePath
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from tablero.workbook_templates.grid import Book, Place
from tablero.workbook_templates.opening import refusals, refuse_foreign
from tablero.workbook_templates.read import ValueReading
from tablero.workbook_templates.read import read_values as read_book
from tablero.workbook_templates.stored import DamagedError
from tablero.workbook_templates.unpacking import unpacked

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

_BOOK = "xl/workbook.xml"
_NAME = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}definedName"


def read_values(content: bytes, name: str, *, today: date | None = None) -> ValueReading:
    """Read what a scorecard is scored from: its definition with edits, figures and period.

    Parameters
    ----------
    content
        The whole of an ``.xlsx`` or ``.xlsm`` file.
    name
        What problems call the file.
    today
        Figures for months that begin after this day are told as problems; by default the real one.

    Returns
    -------
    ValueReading
        As :func:`tablero.workbook_templates.read.read_workbook` reads it. Whether formulas are
        still there is not looked at, nor are registers, check-ins and closed months; a formula
        that was never calculated counts as an empty cell.

    Raises
    ------
    ProblemsError
        The file is no workbook, is damaged or encrypted, is not a scorecard, or is too new.
    """
    path = PurePath(name)
    with refusals(path):
        refuse_foreign(content, path)
        return read_book(Book(ValueCells(content)), path.name, today=today)


class ValueCells:
    """What a file holds, as `tablero.workbook_templates.grid.Contents`; formulas as results."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._workbook = _loaded(content)
        self._sheets: dict[str, Mapping[Place, Any]] = {}

    @property
    def titles(self) -> Iterable[str]:
        """The titles of the sheets."""
        return self._workbook.sheet_names

    @cached_property
    def names(self) -> Mapping[str, str]:
        """What the workbook's defined names, here in lower case, stand for."""
        root = ET.fromstring(unpacked(self._content).parts[_BOOK])  # noqa: S314 - no DTD
        return {
            one.get("name", "").lower(): one.text or ""
            for one in root.iter(_NAME)
            if one.get("localSheetId") is None
        }

    def typed(self, title: str) -> Mapping[Place, Any]:
        """What stands in the cells of a sheet; empty cells left out."""
        if title not in self._sheets:
            self._sheets[title] = dict(_cells(self._workbook, title))
        return self._sheets[title]

    def results(self, title: str) -> Mapping[Place, Any]:
        """Nothing beyond what is `typed`: there a formula is what it came to."""
        del title
        return {}


def _loaded(content: bytes) -> CalamineWorkbook:
    from python_calamine import CalamineWorkbook  # noqa: PLC0415 - only a portfolio needs it

    try:
        return CalamineWorkbook.from_filelike(BytesIO(content))
    except Exception as defect:
        raise DamagedError from defect


def _cells(workbook: CalamineWorkbook, title: str) -> Iterable[tuple[Place, Any]]:
    try:
        sheet = workbook.get_sheet_by_name(title)
        rows = sheet.to_python()
    except Exception as defect:
        raise DamagedError from defect
    top, left = sheet.start or (0, 0)
    for row, values in enumerate(rows, start=top + 1):
        for column, value in enumerate(values, start=left + 1):
            if value != "":
                yield (row, column), _as_told(value)


def _as_told(value: object) -> object:
    """A day without a time is a datetime in `Contents`."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day)  # noqa: DTZ001 - as cells have it
    return value
