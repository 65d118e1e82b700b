"""What Excel holds of an open workbook, and hands over by COM: the place of Excel in tests.

Numbers are floats, errors are numbers, dates have a time zone, and money is rounded to four
decimals.  Nothing is calculated: formulas keep the results that their file has.
"""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections.abc import Iterable, Mapping
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
    look: Mapping[str, Any] = field(default_factory=dict)
    spills: tuple[int, int] = (1, 1)
    """How many rows and columns the formula fills."""

    @property
    def shown_value(self) -> Any:
        """The value that Excel hands over first: rounded, if it is money, a moment, if a date."""
        if isinstance(self.value, float) and "yy" in self.look.get("NumberFormat", ""):
            return dt.datetime.combine(NO_DAY, dt.time(), dt.UTC) + dt.timedelta(self.value)
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
    password: str = ""
    allowed: Mapping[str, Any] = field(default_factory=dict)
    """What the protection allows all the same, in Excel's words."""
    merged: list[tuple[Place, Place]] = field(default_factory=list)

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
    path: Path | None = None
    """Where it is saved."""
    answers: list[str] = field(default_factory=list)
    """What the user presses and types where they are asked, in this order; then they cancel."""
    asked: list[tuple[str, str]] = field(default_factory=list)
    calculations: int = 0
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

    def find(self, _kinds: str) -> Any:
        """The dialog that asks for a file that is there."""
        return False if self.chosen is None else str(self.chosen)

    def ask(self, prompt: str, _title: str, suggestion: str) -> Any:
        """The box into which something is typed; the suggestion stays if nothing else is."""
        self.asked.append((prompt, suggestion))
        return (self.answers.pop(0) or suggestion) if self.answers else False

    def save_copy(self, path: str) -> None:
        """A copy of the file; what was typed since is held by the cells alone."""
        assert self.path is not None
        shutil.copyfile(self.path, path)

    def calculate(self) -> None:
        """Everything is calculated anew."""
        self.calculations += 1


def grid_of(formulas: Any, results: Any) -> Grid:
    cells = {
        (cell.row, cell.column): Held(
            value=_by_com(results.cell(cell.row, cell.column)),
            formula=_formula(cell),
            locked=cell.protection.locked,
            is_money="$" in cell.number_format,
            look=_look(cell),
            spills=_spills(cell),
        )
        for row in formulas.iter_rows()
        for cell in row
    }
    merged = [
        ((one.min_row, one.min_col), (one.max_row, one.max_col)) for one in formulas.merged_cells
    ]
    protection = formulas.protection
    allowed = {name: not getattr(protection, own) for name, own in ALLOWED.items()}
    return Grid(formulas.title, cells, protection.sheet, "", allowed, merged)


ALLOWED = {
    "AllowFormattingCells": "formatCells",
    "AllowFormattingColumns": "formatColumns",
    "AllowFormattingRows": "formatRows",
    "AllowInsertingColumns": "insertColumns",
    "AllowInsertingRows": "insertRows",
    "AllowInsertingHyperlinks": "insertHyperlinks",
    "AllowDeletingColumns": "deleteColumns",
    "AllowDeletingRows": "deleteRows",
    "AllowSorting": "sort",
    "AllowFiltering": "autoFilter",
    "AllowUsingPivotTables": "pivotTables",
}
"""What a protection may allow, by Excel's name the file's, which says what it forbids."""

_EDGES = {7: "left", 8: "top", 9: "bottom", 10: "right"}


def _look(cell: Any) -> dict[str, Any]:
    """How a cell looks, by the way from a range to the property."""
    return {
        "NumberFormat": cell.number_format,
        "HorizontalAlignment": cell.alignment.horizontal,
        "IndentLevel": cell.alignment.indent,
        "Font.Color": cell.font.color.rgb if cell.font.color else None,
        "Font.Size": cell.font.sz,
        "Interior.Pattern": 1 if cell.fill.fill_type else -4142,
        "Interior.Color": cell.fill.fgColor.rgb,
        **{
            f"{edge}.LineStyle": -4142 if getattr(cell.border, side).style is None else 1
            for edge, side in _EDGES.items()
        },
    }


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
