"""What Excel holds of an open workbook, and hands over by COM: the place of Excel in tests.

Numbers are floats, errors are numbers, dates have a time zone, and money is rounded to four
decimals.  Nothing is calculated: formulas keep the results that their file has.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl.utils.cell import coordinate_to_tuple, range_boundaries
from openpyxl.worksheet.formula import ArrayFormula

Place = tuple[int, int]

# As xlwings has them (_xlwindows.py, which can be imported on Windows only), and two younger ones.
ERRORS = {
    -2146826281: "#DIV/0!",
    -2146826246: "#N/A",
    -2146826259: "#NAME?",
    -2146826288: "#NULL!",
    -2146826252: "#NUM!",
    -2146826265: "#REF!",
    -2146826273: "#VALUE!",
}
SPILL = -2146826243
NO_DAY = dt.date(1899, 12, 30)


@dataclass(frozen=True)
class Held:
    """What Excel holds of a cell: value as COM has it, formula, whether it is locked, format."""

    value: Any = None
    formula: str = ""
    locked: bool = True
    is_money: bool = False
    spills: tuple[int, int] = (1, 1)
    """How many rows and columns the formula fills."""

    @property
    def shown_value(self) -> Any:
        """The value that Excel hands over first: rounded, if it is money."""
        is_rounded = self.is_money and isinstance(self.value, float)
        return Decimal(f"{self.value:.4f}") if is_rounded else self.value

    @property
    def shown_formula(self) -> str:
        """The formula, or what was typed."""
        if self.formula or self.value is None:
            return self.formula
        return f"{self.value:.15g}" if isinstance(self.value, float) else str(self.value)

    def typed(self, content: Any) -> Held:
        """The cell after somebody has typed into it, as Excel understands what is typed."""
        if isinstance(content, str) and content.startswith("="):
            return replace(self, value=0.0, formula=content)
        return replace(self, value=_understood(content), formula="")


def _understood(content: Any) -> Any:
    if not isinstance(content, str):
        return float(content) if type(content) is int else content
    if content.startswith("'"):
        return content[1:]
    codes = {text: code for code, text in ERRORS.items()}
    if content in codes:
        return codes[content]
    if re.fullmatch(r"[-+]?[0-9.]+%?", content):
        return float(content.rstrip("%")) / (100 if content.endswith("%") else 1)
    return content or None


@dataclass
class Grid:
    """A worksheet as Excel holds it."""

    title: str
    cells: dict[Place, Held]
    is_protected: bool = True

    def is_spilled(self, places: Iterable[Place]) -> list[bool]:
        """Whether a formula has filled these cells, its own among them."""
        filled = {
            (top + row, left + column)
            for (top, left), held in self.cells.items()
            if held.spills != (1, 1)
            for row in range(held.spills[0])
            for column in range(held.spills[1])
        }
        return [place in filled for place in places]


@dataclass
class Workbook:
    """A workbook as Excel holds it, with all that is asked of Excel and told by it."""

    name: str
    grids: list[Grid]
    names: dict[str, str]
    chosen: Path | None = None
    boxes: list[tuple[str, str]] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)
    suggested: list[str] = field(default_factory=list)
    reads: list[str] = field(default_factory=list)
    writes: list[tuple[str, Place, Place]] = field(default_factory=list)
    is_drawn: bool = True
    drawn: list[bool] = field(default_factory=list)
    refusing: bool = False

    def grid(self, title: str) -> Grid:
        (found,) = [grid for grid in self.grids if grid.title == title]
        return found

    def hold(self, title: str, address: str, **content: Any) -> None:
        """A cell holds something else, however it came there."""
        cells, place = self.grid(title).cells, coordinate_to_tuple(address)
        cells[place] = replace(cells.get(place, Held()), **content)

    def rename(self, before: str, after: str) -> None:
        """A sheet gets another name, and all defined names follow."""
        self.grid(before).title = after
        quoted = after.replace("'", "''")
        for name, target in self.names.items():
            self.names[name] = re.sub(rf"^='?{re.escape(before)}'?!", f"='{quoted}'!", target)

    def choose(self, suggestion: str, _kinds: str) -> Any:
        """The dialog that asks for a file; Excel answers False when it is left."""
        self.suggested.append(suggestion)
        return False if self.chosen is None else str(self.chosen)


def grid_of(formulas: Any, results: Any) -> Grid:
    cells = {
        (cell.row, cell.column): Held(
            value=_by_com(results.cell(cell.row, cell.column)),
            formula=_formula(cell),
            locked=cell.protection.locked,
            is_money="$" in cell.number_format,
            spills=_spills(cell),
        )
        for row in formulas.iter_rows()
        for cell in row
    }
    return Grid(formulas.title, cells, formulas.protection.sheet)


def _formula(cell: Any) -> str:
    if isinstance(cell.value, ArrayFormula):
        return f"={str(cell.value.text).removeprefix('=')}"
    return str(cell.value) if cell.data_type == "f" else ""


def _by_com(cell: Any) -> Any:
    """A value as Excel hands it over."""
    match cell.value:
        case str() if cell.data_type == "e":
            return next(code for code, text in ERRORS.items() if text == cell.value)
        case dt.datetime():
            return cell.value.replace(tzinfo=dt.UTC)
        case dt.time():
            return dt.datetime.combine(NO_DAY, cell.value, dt.UTC)
        case int() if not isinstance(cell.value, bool):
            return float(cell.value)
        case _:
            return cell.value


def _spills(cell: Any) -> tuple[int, int]:
    if not isinstance(cell.value, ArrayFormula):
        return 1, 1
    left, top, right, bottom = range_boundaries(cell.value.ref)
    return (bottom or 1) - (top or 1) + 1, (right or 1) - (left or 1) + 1
