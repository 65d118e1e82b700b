"""Workbooks of made-up companies: a few built, the others the same file as filled in by others.

A firm exports a template once and hands it to many clients, who type their names, goals, owners and
figures. So does this: one workbook is built for a template, language, money and year, and each
further company is that file with other contents in the cells that people type into. What formulas
came to is left as the first company had it, as in a file that no spreadsheet program has
calculated since; whoever reads figures computes anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import numpy as np

from tablero.workbook_templates.board import Board
from tablero.workbook_templates.definition import Definition, Kpi
from tablero.workbook_templates.dialects import DialectName
from tablero.workbook_templates.editing.package import Package
from tablero.workbook_templates.editing.sheet import Place, SheetPart, Write
from tablero.workbook_templates.figures import Figures
from tablero.workbook_templates.layout import kpi_key
from tablero.workbook_templates.sheets.inputs import ALL_MONTHS
from tablero.workbook_templates.workbook import make_board, make_pages
from tablero.workbook_templates.write import write_workbook

_FAST = 1
Typed = float | str | None
Cells = Mapping[tuple[str, str], Typed]
"""What stands in other cells of months than a figure: by input and column, a text or a number."""


@dataclass(frozen=True)
class Filling:
    """What a company types into its workbook."""

    name: str
    figures: Figures
    goals: Mapping[str, float]
    owners: Mapping[str, str]
    mistakes: Cells


@dataclass(frozen=True)
class Blank:
    """A workbook as it was handed out, and where people type."""

    board: Board
    package: Package

    @classmethod
    def of(cls, definition: Definition, figures: Figures, dialect: DialectName, to: Path) -> Blank:
        """Build the workbook at ``to`` and keep it."""
        board = make_board(definition, dialect=dialect, figures=figures)
        write_workbook(board, make_pages(board), to)
        return cls(board, Package.read(to))

    def filled(self, filling: Filling) -> bytes:
        """The file as a company has filled it in."""
        layout = self.board.layout
        writes = {
            layout.inputs.title: dict(self._figures(filling)),
            layout.matrix.title: dict(self._matrix(filling)),
            layout.settings.title: {
                _place(layout.settings.at("company", "value")): Write(filling.name)
            },
        }
        changed = {
            self.package.sheets[title]: self._sheets[title].with_cells(cells)
            for title, cells in writes.items()
        }
        return self._packed(changed)

    @cached_property
    def _sheets(self) -> Mapping[str, SheetPart]:
        layout = self.board.layout
        titles = (layout.inputs.title, layout.matrix.title, layout.settings.title)
        return {title: self.package.sheet(title) for title in titles}

    def _figures(self, filling: Filling) -> Iterator[tuple[Place, Write]]:
        table, figures = self.board.layout.inputs, filling.figures
        for row, one in enumerate(figures.ids):
            yield _place(table.at(one, "last_year")), Write(_number(figures.last_year[row]))
            for month, column in enumerate(ALL_MONTHS):
                typed = filling.mistakes.get((one, column), _number(figures.months[row, month]))
                yield _place(table.at(one, column)), Write(typed)

    def _matrix(self, filling: Filling) -> Iterator[tuple[Place, Write]]:
        table = self.board.layout.matrix
        for kpi in self.board.definition.kpis():
            yield _place(table.at(kpi_key(kpi), "goal")), Write(filling.goals.get(kpi.id))
            owner = filling.owners.get(kpi.id, self._owner(kpi))
            yield _place(table.at(kpi_key(kpi), "owner")), Write(owner or None)

    def _owner(self, kpi: Kpi) -> str:
        return self.board.word(kpi.owner)

    def _packed(self, changed: Mapping[str, bytes]) -> bytes:
        file = BytesIO()
        with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=_FAST) as archive:
            for entry in self.package.entries:
                name = entry.filename
                archive.writestr(
                    entry, changed.get(name, self.package.parts[name]), ZIP_DEFLATED, _FAST
                )
        return file.getvalue()


def _place(at: tuple[int, int]) -> Place:
    return at[0] + 1, at[1] + 1


def _number(figure: float) -> float | None:
    return None if np.isnan(figure) else float(figure)
