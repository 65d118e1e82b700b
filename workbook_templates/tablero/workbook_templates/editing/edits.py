"""Cells of a user's workbook given other contents, or refused with a reason."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from tablero.workbook_templates.editing.package import Package
from tablero.workbook_templates.editing.sheet import (
    Kept,
    Place,
    Result,
    SheetPart,
    Write,
    cell_name,
)
from tablero.workbook_templates.problems import Problem, ProblemsError

_LONGEST_TEXT = 32_767
"""Characters, as Excel counts them: units of UTF-16."""


@dataclass(frozen=True)
class Edit:
    """What a cell is to hold from now on; its format stays unless ``style_of`` names a cell.

    ``style_of`` is a sheet and a place: the cell takes the format of that one.
    """

    sheet: str
    place: Place
    value: Result | Kept
    style_of: tuple[str, Place] | None = None


def with_edits(package: Package, edits: Iterable[Edit]) -> Package:
    """The package with these cells changed and every other byte of every part as it was.

    Raises
    ------
    ProblemsError
        A sheet is not there, a formula stands in a cell, another cell covers it, or it cannot
        hold the value; all such cells are told, and nothing is changed.
    """
    wanted = sorted(edits, key=lambda edit: edit.sheet)
    sheets = {
        title: package.sheet(title)
        for title in {edit.sheet for edit in wanted}
        | {edit.style_of[0] for edit in wanted if edit.style_of}
        if title in package.sheets
    }
    refused = [problem for edit in wanted if (problem := _refusal(edit, sheets))]
    if refused:
        raise ProblemsError(refused)
    parts = {
        package.sheets[title]: sheets[title].with_cells(
            {edit.place: _write(edit, sheets) for edit in group}
        )
        for title, group in groupby(wanted, key=lambda edit: edit.sheet)
    }
    return package.with_parts(parts)


def _refusal(edit: Edit, sheets: dict[str, SheetPart]) -> Problem | None:
    cell = cell_name(edit.place)
    if edit.sheet not in sheets:
        return Problem("edit_no_sheet", sheet=edit.sheet, cell=cell)
    if edit.value is not Kept.VALUE and edit.place in sheets[edit.sheet].computed:
        return Problem("edit_formula", sheet=edit.sheet, cell=cell)
    if edit.value is not Kept.VALUE and sheets[edit.sheet].is_covered(edit.place):
        return Problem("edit_merged", sheet=edit.sheet, cell=cell)
    if not _fits(edit.value):
        return Problem("edit_unfit", sheet=edit.sheet, cell=cell)
    return None


def _fits(value: Result | Kept) -> bool:
    """Whether a cell can hold a value: a text of a length, a number that is one."""
    if isinstance(value, str):
        return len(value.encode("utf-16-le", "surrogatepass")) // 2 <= _LONGEST_TEXT
    return not isinstance(value, float | int) or math.isfinite(value)


def _write(edit: Edit, sheets: dict[str, SheetPart]) -> Write:
    if edit.style_of is None:
        return Write(edit.value)
    title, place = edit.style_of
    return Write(edit.value, sheets[title].style(place))
