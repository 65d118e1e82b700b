"""Two versions of a workbook, byte by byte: which cells differ, and that nothing else does."""

from __future__ import annotations

from pathlib import Path

from tablero.workbook_templates.editing.edits import Edit
from tablero.workbook_templates.editing.elements import spliced
from tablero.workbook_templates.editing.package import WORKBOOK, Package
from tablero.workbook_templates.editing.sheet import Place, SheetPart
from tablero.workbook_templates.read import read_workbook
from tests.editing.rich import FIGURE, MONTH


def edit(path: Path, value: float, month: int = MONTH) -> Edit:
    """Another figure of an input in a month."""
    cell = read_workbook(path).places.months[FIGURE, month]
    return Edit(cell.sheet, (cell.row, cell.column), value)


def without(sheet: SheetPart, places: set[Place]) -> bytes:
    """A sheet's bytes without some of its cells."""
    cells = (cell for place, cell in sheet.cells.items() if place in places)
    return spliced(sheet.data, [(cell.start, cell.end, b"") for cell in cells])


def formula(sheet: SheetPart, place: Place) -> bytes:
    """The bytes of a cell's formula."""
    element = sheet.formula(place)
    return sheet.data[element.start : element.end] if element else b""


def changed_cells(before: Package, after: Package) -> dict[str, set[Place]]:
    """The cells that hold something else, by sheet, after all else was found the same."""
    assert [entry.filename for entry in before.entries] == [one.filename for one in after.entries]
    different = {part for part in before.parts if before.parts[part] != after.parts[part]}
    found = {}
    for title, part in before.sheets.items():
        if part in different:
            old, new = before.sheet(title), after.sheet(title)
            places = {one for one in old.cells if old.result(one) != new.result(one)}
            assert without(old, places) == without(new, places)
            assert all(old.style(one) == new.style(one) for one in places)
            assert all(formula(old, one) == formula(new, one) for one in places)
            found[title] = places
    assert different - set(before.sheets.values()) <= {WORKBOOK}
    return found
