"""The calls of Python functions in a workbook for xlwings Lite, with what is stored around them."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
from openpyxl.utils.cell import cols_from_range
from openpyxl.workbook import Workbook
from openpyxl.worksheet.formula import ArrayFormula

from tablero.udfs.registry import BY_NAME
from tablero.workbook_templates.dialects import LITE_PREFIX

Cells = Mapping[tuple[str, str], Any]
"""What cells hold, by sheet and address."""

# Inputs asks for previous figures where the period begins in this year, else takes the year before.
_CALL = re.compile(
    rf"=(?P<unless>IF\(period_first<1,.*,)?{LITE_PREFIX}(?P<name>{'|'.join(BY_NAME)})\("
    r"(?P<arguments>.*?)\)(?(unless)\))"
)
_ARGUMENT = re.compile(r"(?:[^,()]|\([^()]*\))+")
_TOLD_APART = re.compile(r'IF\((?P<cells>[^=]+)="","",(?P=cells)\)')


class StoredCall(NamedTuple):
    """A call: the cells it answers for, what its arguments' cells hold, what is stored for it."""

    place: str
    function: str
    arguments: tuple[Any, ...]
    result: Any


class LiteBook:
    """A workbook: which cells call Python, where its names lead, and what its cells hold."""

    def __init__(self, path: Path) -> None:
        formulas, results = _opened(path), _opened(path, data_only=True)
        self._names = {name: one.attr_text for name, one in formulas.defined_names.items()}
        self.calling = dict(_calling(formulas))
        self.cells: Cells = {
            (sheet.title, cell.coordinate): cell.value
            for sheet in results.worksheets
            for row in sheet.iter_rows()
            for cell in row
        }

    def calls(self, cells: Cells) -> Iterator[StoredCall]:
        """Every call, as it is with what the cells hold."""
        before_the_year = self._held("period_first", "", cells) < 1
        for (sheet, area), formula in self.calling.items():
            call = _CALL.fullmatch(formula)
            assert call, f"{sheet}!{area}: {formula}"
            if not (call["unless"] and before_the_year):
                texts = _ARGUMENT.findall(call["arguments"])
                arguments = tuple(self._argument(text, sheet, cells) for text in texts)
                result = self._held(area, sheet, cells)
                yield StoredCall(f"{sheet}!{area}", call["name"], arguments, result)

    def _argument(self, text: str, sheet: str, cells: Cells) -> Any:
        """What an argument comes to: cells, and an empty text where an empty cell becomes one."""
        told_apart = _TOLD_APART.fullmatch(text)
        if told_apart is None:
            return self._held(text, sheet, cells)
        return filled(self._held(told_apart["cells"], sheet, cells))

    def _held(self, reference: str, sheet: str, cells: Cells) -> Any:
        """What a reference's cells hold: one value, or rows of them."""
        reference = str(self._names.get(reference, reference)).replace("$", "")
        title, _, area = reference.rpartition("!")
        columns = list(cols_from_range(area))
        rows = [
            [cells.get((title.strip("'") or sheet, address)) for address in row]
            for row in zip(*columns, strict=True)
        ]
        return rows if ":" in area else rows[0][0]


def filled(cells: Any) -> Any:
    """Cells with an empty text in place of nothing."""
    if isinstance(cells, list):
        return [filled(one) for one in cells]
    return "" if cells is None else cells


def _calling(book: Workbook) -> Iterator[tuple[tuple[str, str], str]]:
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                formula = cell.value
                if isinstance(formula, ArrayFormula) and LITE_PREFIX in (formula.text or ""):
                    yield (sheet.title, formula.ref), str(formula.text)


def _opened(path: Path, *, data_only: bool = False) -> Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # of data bars, which openpyxl drops
        return openpyxl.load_workbook(path, data_only=data_only)
