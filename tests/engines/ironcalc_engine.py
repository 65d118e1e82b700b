"""A workbook in IronCalc, which calculates in a few milliseconds inside the test's process."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Self, cast

import ironcalc
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.utils.cell import coordinate_to_tuple

from tests.engines.spreadsheet import Formula, Place, Rows, Value


class Workbook:
    """A workbook in IronCalc; see :class:`tests.engines.spreadsheet.Spreadsheet`."""

    def __init__(self, model: ironcalc.Model) -> None:
        self._model = model
        self._sheets = tuple(sheet["name"] for sheet in model.get_worksheets_properties())

    @classmethod
    def load(cls, path: Path, *, recalculate: bool = True) -> Self:
        """Open a file; without recalculation its cells show the results stored in it."""
        workbook = cls(ironcalc.load_from_xlsx(str(path)))
        if recalculate:
            workbook.calculate()
        return workbook

    @property
    def sheets(self) -> tuple[str, ...]:
        return self._sheets

    def set(self, sheet: str, cell: str, value: Value) -> None:
        index, (row, column) = self._index(sheet), coordinate_to_tuple(cell)
        match value:
            case None:
                self._model.clear_cell_contents(index, row, column)
            case bool():
                self._model.update_cell_with_bool(index, row, column, value)
            case str():
                self._model.update_cell_with_text(index, row, column, value)
            case _:
                self._model.update_cell_with_number(index, row, column, value)

    def set_many(self, values: Mapping[Place, Value]) -> None:
        for (sheet, cell), value in values.items():
            self.set(sheet, cell, value)

    def calculate(self) -> None:
        self._model.evaluate()

    def value(self, sheet: str, cell: str) -> Value:
        return self._model.get_cell_value(self._index(sheet), *coordinate_to_tuple(cell))

    def values(self, sheet: str, area: str) -> Rows:
        index = self._index(sheet)
        first_column, first_row, last_column, last_row = _boundaries(area)
        return [
            [
                self._model.get_cell_value(index, row, column)
                for column in range(first_column, last_column + 1)
            ]
            for row in range(first_row, last_row + 1)
        ]

    def formulas(self) -> Iterator[Formula]:
        for index, row, column in self._model.get_all_cells():
            text = self._model.get_cell_formula(index, row, column)
            if text is not None:
                cell = f"{get_column_letter(column)}{row}"
                value = self._model.get_cell_value(index, row, column)
                yield Formula(self._sheets[index], cell, text, value)

    def _index(self, sheet: str) -> int:
        if sheet not in self._sheets:
            raise KeyError(f"There is no sheet {sheet!r}, only {', '.join(self._sheets)}.")
        return self._sheets.index(sheet)


def _boundaries(area: str) -> tuple[int, int, int, int]:
    return cast("tuple[int, int, int, int]", range_boundaries(area))
