"""A plan put into a workbook: its figures, the months that open again, the entries of the log."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from tablero.workbook_templates.change_log import entries, now, user
from tablero.workbook_templates.closing import reopen
from tablero.workbook_templates.dialects import Dialect
from tablero.workbook_templates.editing.edits import Edit
from tablero.workbook_templates.editing.revision import Revision, revise
from tablero.workbook_templates.editing.sheet import Kept
from tablero.workbook_templates.filling.plan import Plan, PlannedChange
from tablero.workbook_templates.grid import Value
from tablero.workbook_templates.read import Reading
from tablero.workbook_templates.records import Change
from tablero.workbook_templates.replacing import Version


def applied(version: Version, reading: Reading, plan: Plan) -> Revision:
    """The next version of a workbook, with a plan's figures in it; not yet saved.

    Parameters
    ----------
    version
        The file as it was before it was read.
    reading
        What was read from it.
    plan
        What is to change; nothing of it may be an error.

    Raises
    ------
    ProblemsError
        A cell cannot be changed, or the workbook has no log for the changes.
    """
    edits = edits_of(reading, plan)
    return revise(version, edits, calculates_itself=Dialect(reading.dialect).is_self_served)


def edits_of(reading: Reading, plan: Plan) -> list[Edit]:
    """The cells that a plan changes: figures, marks of closed months, and the log below.

    Raises
    ------
    ProblemsError
        The workbook has no log: it is of an older schema, or the sheet was removed.
    """
    opened, reading = _opened(reading, plan)
    figures = {_key(edit): edit for edit in map(_edit, plan.changes)}
    for edit in opened:
        there = figures.get(_key(edit))
        if there is not None and edit.value is Kept.VALUE:
            figures[_key(edit)] = replace(there, style_of=edit.style_of)
        else:
            figures[_key(edit)] = edit
    return [*figures.values(), *entries(reading, list(_changes(plan)))]


def _opened(reading: Reading, plan: Plan) -> tuple[list[Edit], Reading]:
    """The cells that open closed months again, and where the log then goes on."""
    edits: list[Edit] = []
    for month in plan.reopened:
        edits += reopen(reading, month)
        cells = reading.record_cells
        reading = replace(reading, record_cells=replace(cells, next_row=cells.next_row + 1))
    return edits, reading


def _edit(change: PlannedChange) -> Edit:
    cell = change.cell
    return Edit(cell.sheet, (cell.row, cell.column), change.figure.value)


def _key(edit: Edit) -> tuple[str, tuple[int, int]]:
    return edit.sheet, edit.place


def _changes(plan: Plan) -> Iterator[Change]:
    when, who, delivery = now(), user(), plan.delivery
    for change in plan.changes:
        figure = change.figure
        yield Change(
            when=when,
            who=who,
            action="correct" if figure.month in plan.reopened else "fill",
            month=figure.month.code,
            input=figure.input,
            former=_logged(change.former),
            new=figure.value,
            cell=f"{change.cell.sheet}!{change.cell.coordinate}",
            source=f"{delivery.name} {figure.origin}".strip(),
            digest=delivery.digest,
        )


def _logged(value: Value) -> float | str | None:
    """What stood in a cell, as the log keeps it."""
    match value:
        case None | float() | str():
            return value
        case datetime():
            return f"{value:%Y-%m-%d}"
        case _:
            return str(value)
