"""The cells of one worksheet: what was typed, and what formulas came to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache, cached_property
from typing import NamedTuple
from xml.etree.ElementTree import Element

from xlsxwriter.utility import xl_col_to_name

from tablero.workbook_templates.package import DamagedError, Package, plain_text, unescaped

Value = float | str | datetime | timedelta | None


class Cell(NamedTuple):
    """One cell; a formula's value is the result saved with it, None where none was saved."""

    sheet: str
    row: int
    column: int
    value: Value
    is_formula: bool = False

    @property
    def coordinate(self) -> str:
        """Its address, such as ``F7``."""
        return f"{_letters(self.column)}{self.row}"


class Sheet:
    """One worksheet; a cell is read when it is asked for, so that the others cost nothing."""

    def __init__(self, package: Package, title: str) -> None:
        self._package = package
        self.title = title

    def cell(self, row: int, column: int) -> Cell:
        """The cell at a row and a column, counted from 1."""
        element = self._elements.get(f"{_letters(column)}{row}")
        if element is None:
            return Cell(self.title, row, column, None)
        try:
            return Cell(self.title, row, column, *self._content(element))
        except (IndexError, ValueError) as defect:
            raise DamagedError(self.title) from defect

    @cached_property
    def _elements(self) -> Mapping[str, Element]:
        rows = self._xml.find(f"{self._space}sheetData")
        found: dict[str, Element] = {}
        # Programs that save cells without their addresses save all of them, also the empty ones.
        for number, row in enumerate(() if rows is None else rows, 1):
            for column, cell in enumerate(row, 1):
                found[cell.get("r") or f"{_letters(column)}{row.get('r', number)}"] = cell
        return found

    @cached_property
    def _xml(self) -> Element:
        return self._package.part(self._package.sheets[self.title])

    @cached_property
    def _space(self) -> str:
        """The namespace of all elements; files in strict and in usual form differ in it."""
        return self._xml.tag.removesuffix("worksheet")

    def _content(self, element: Element) -> tuple[Value, bool]:
        """Value of a cell, and whether it is a formula's."""
        kind, stored = element.get("t", "n"), element.findtext(f"{self._space}v")
        is_formula = element.find(f"{self._space}f") is not None
        if stored:
            return self._value(stored, kind, element.get("s", "")), is_formula
        if kind == "inlineStr":
            return "".join(map(plain_text, element.iterfind(f"{self._space}is"))), is_formula
        return "" if kind == "str" else None, is_formula

    def _value(self, stored: str, kind: str, style: str) -> Value:
        match kind:
            case "s":
                return plain_text(self._package.texts[int(stored)])
            case "str":
                return unescaped(stored)
            case "b":
                return stored in ("1", "true")
            case "e":
                return stored
            case "d":
                return datetime.fromisoformat(stored)
            case _:
                number = float(stored)
                return self._date(number) if style in self._package.date_styles else number

    def _date(self, days: float) -> Value:
        """A number that is shown as a date; a part of a day alone is a time."""
        try:
            time = timedelta(days=days)
            return time if 0 <= days < 1 else self._package.first_day + time
        except OverflowError:
            return days


@cache
def _letters(column: int) -> str:
    return str(xl_col_to_name(column - 1))
