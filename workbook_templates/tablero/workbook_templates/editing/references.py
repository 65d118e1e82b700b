"""The cells that the words of a workbook's formulas stand for: areas, defined names, tables."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import NamedTuple

from tablero.workbook_templates.editing.coordinates import area_of
from tablero.workbook_templates.editing.elements import elements
from tablero.workbook_templates.editing.formulas import UnclearError, read_formula
from tablero.workbook_templates.editing.package import WORKBOOK, Package, linked
from tablero.workbook_templates.editing.patterns import COLUMN
from tablero.workbook_templates.editing.trust import is_trusted, takes_range

_CELL = rf"\$?{COLUMN}\$?[0-9]{{1,7}}"
_CELLS = rf"{_CELL}(?::{_CELL})?|\$?{COLUMN}:\$?{COLUMN}|\$?[0-9]{{1,7}}:\$?[0-9]{{1,7}}"
_AREA = re.compile(
    rf"(?:(?:'(?P<quoted>(?:[^']|'')+)'|(?P<sheet>[^'!\[\]:]+))!)?(?P<cells>{_CELLS})",
    re.IGNORECASE,
)
_COLUMN_OF_TABLE = re.compile(r"(?P<table>[^\[\]!']+)\[.*\]", re.DOTALL)
_LOST = re.compile(r"(?:.*!)?#REF!", re.DOTALL)
_LAMBDA = re.compile(r"(?:_xlfn\.)?LAMBDA\(", re.IGNORECASE)


class Area(NamedTuple):
    """A rectangle of cells; the sheet's title in lower case, rows and columns from 1."""

    sheet: str
    left: int
    top: int
    right: int
    bottom: int

    @property
    def shape(self) -> tuple[int, int]:
        """Its rows and columns."""
        return self.bottom - self.top + 1, self.right - self.left + 1

    @property
    def is_many(self) -> bool:
        """Whether it is more than one cell."""
        return self.shape != (1, 1)

    def holds(self, row: int, column: int) -> bool:
        """Whether a cell is inside."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right


class Words:
    """What the names of a workbook stand for.

    A name that is no absolute area, and no LAMBDA of trusted functions, is not understood by the
    engine; what refers to it is not read, but left to Excel.
    """

    def __init__(self, package: Package) -> None:
        self._package = package

    def areas(self, operand: str, sheet: str) -> tuple[Area, ...]:
        """The areas that an operand of a formula on a sheet refers to.

        Raises
        ------
        UnclearError
            Nothing here that is known: another workbook, several sheets at once, an unknown name.
        """
        if _LOST.fullmatch(operand):
            return ()
        if found := _AREA.fullmatch(operand):
            return (self._area(found, sheet),)
        name = operand.rpartition("!")[2].lower()
        if name in self._names:
            return self._names[name]
        if (column := _COLUMN_OF_TABLE.fullmatch(operand)) and (
            table := self._tables.get(column["table"].lower())
        ):
            return (table,)
        raise UnclearError(operand)

    def is_name(self, operand: str) -> bool:
        """Whether an operand is the name of cells that are the same for every formula."""
        return operand.rpartition("!")[2].lower() in self._names

    def shape(self, operand: str) -> tuple[int, int]:
        """Rows and columns of an operand; (0, 0) for what is not known, or no one area."""
        try:
            areas = self.areas(operand, "")
        except UnclearError:
            return 0, 0
        return areas[0].shape if len(areas) == 1 else (0, 0)

    @cached_property
    def functions(self) -> frozenset[str]:
        """The functions that the workbook defines as LAMBDAs, in capitals."""
        return frozenset(
            name.upper()
            for name, text in self._texts
            if _LAMBDA.match(text) and self._is_lambda_trusted(text)
        )

    def _is_lambda_trusted(self, text: str) -> bool:
        try:
            formula = read_formula(text, lambda _: (1, 1), takes_range)
        except UnclearError:
            return False
        is_fine = is_trusted(formula, is_array=True, known=frozenset({"LAMBDA"}))
        return is_fine and not formula.operands

    def _area(self, found: re.Match[str], sheet: str) -> Area:
        title = (found["quoted"] or found["sheet"] or sheet).replace("''", "'").lower()
        if title and title not in self._sheets:
            raise UnclearError(found[0])
        return Area(title, *area_of(found["cells"].upper()))

    @cached_property
    def _sheets(self) -> frozenset[str]:
        return frozenset(title.lower() for title in self._package.sheets)

    @cached_property
    def _texts(self) -> tuple[tuple[str, str], ...]:
        found = elements(self._package.parts[WORKBOOK], ["definedName"])
        return tuple((one.attributes.get("name", "").lower(), one.text.strip()) for one in found)

    @cached_property
    def _names(self) -> Mapping[str, tuple[Area, ...]]:
        """The names of areas; one that several sheets have for themselves means all of these."""
        names: dict[str, tuple[Area, ...]] = {}
        unclear = set()
        for name, text in self._texts:
            found = _AREA.fullmatch(text)
            is_fixed = found and re.fullmatch(r"(\$[A-Z]+\$?\d*|\$\d+)(:\$.+)?", found["cells"])
            if found and is_fixed:
                names[name] = (*names.get(name, ()), self._area(found, ""))
            else:
                unclear.add(name)
        return {name: areas for name, areas in names.items() if name not in unclear}

    @cached_property
    def _tables(self) -> Mapping[str, Area]:
        tables = {}
        for title, part in self._package.sheets.items():
            for target in linked(self._package, part, "table"):
                for table in elements(self._package.parts[target], ["table"]):
                    area = Area(title.lower(), *area_of(table.attributes.get("ref", "")))
                    tables[table.attributes.get("displayName", "").lower()] = area
        return tables
