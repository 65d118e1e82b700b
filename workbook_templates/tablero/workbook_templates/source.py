"""An opened workbook as the reader asks it, noting problems on the way."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from tablero.workbook_templates import cells
from tablero.workbook_templates.finding import Block, Names, rows_by_key
from tablero.workbook_templates.grid import Book, Cell
from tablero.workbook_templates.problems import Problem, Severity
from tablero.workbook_templates.texts import Spoken


class Source:
    """One workbook under reading."""

    def __init__(self, book: Book) -> None:
        self._names = Names(book)
        self._noted: list[Problem] = []
        self._places: dict[str, Cell] = {}

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything noted so far: lost names first."""
        return (*self._names.problems, *self._noted)

    def block(self, name: str) -> Block | None:
        """The block of a defined name; None, and a problem, when it is lost."""
        return self._names.block(name)

    def there(self, name: str) -> Block | None:
        """The block of a defined name; None when it is lost, which is not told."""
        return self._names.there(name)

    def rows(self, name: str, keys: Mapping[str, Spoken]) -> dict[str, int]:
        """Rows of the keys in the key column called ``name``; ``keys`` maps to what people see."""
        block = self.block(name)
        return {} if block is None else rows_by_key(block, keys, self._noted)

    def number(self, cell: Cell, path: str = "") -> float | None:
        """The number in a cell; ``path`` is its place in the definition, if it has one."""
        if path:
            self.locate(path, cell)
        typed = cells.typed_number(cell)
        if typed.problem is not None:
            self._noted.append(typed.problem)
        return typed.number

    def figure(self, cell: Cell) -> float:
        """The figure in a cell; NaN when there is none."""
        number = self.number(cell)
        return np.nan if number is None else number

    def locate(self, path: str, cell: Cell) -> None:
        """Remember the cell in which a place of the definition stands."""
        self._places.setdefault(path, cell)

    def located(self, problem: Problem) -> Problem:
        """A problem of the definition, told with the cell where it can be mended."""
        cell = self._places.get(problem.path)
        return problem if cell is None else problem.at(path="", **cells.place(cell))

    def tell(self, code: str, cell: Cell, severity: Severity = "error", **values: object) -> None:
        """Note a problem of a cell."""
        self._noted.append(Problem(code, severity, values, **cells.place(cell)))

    def note(self, problem: Problem) -> None:
        """Note a problem that has no cell."""
        self._noted.append(problem)
