"""Tables of how perspectives and objectives stand, as bars against their goals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tablero.workbook_templates.reports.content.perspectives import Row as Standing
from tablero.workbook_templates.reports.paper import figures
from tablero.workbook_templates.reports.paper.blocks import Cell, Column, Kind, Row, Table
from tablero.workbook_templates.reports.paper.told import Told


def perspectives(told: Told) -> Table:
    """The perspectives, one a row."""
    rows = [_row(told, one) for one in told.scorecard.rows]
    return Table(_columns(told, told.say("home.perspectives")), rows)


def objectives(told: Told) -> Table:
    """The objectives under their perspectives."""
    rows = list(_with_objectives(told))
    return Table(_columns(told, told.say("paper.perspective_objective")), rows)


def _with_objectives(told: Told) -> Iterator[Row]:
    for perspective in told.scorecard.rows:
        yield _row(told, perspective, "group")
        for objective in perspective.rows:
            yield _row(told, objective, level=1)


def _columns(told: Told, names: str) -> Sequence[Column]:
    columns = [
        Column(names, 5),
        Column(told.say("home.weight"), None, "right"),
        Column(told.say("home.achievement"), None, "right"),
        Column(told.say("scorecard.bar"), 3),
        Column(told.say("home.assessment")),
        Column(told.say("home.coverage"), None, "right"),
    ]
    before = told.scorecard.before
    if before:
        columns.append(Column(told.say("paper.against", before=before), 2, "right"))
    return columns


def _row(told: Told, row: Standing, kind: Kind = "plain", level: int = 0) -> Row:
    cells = [
        Cell(row.name),
        Cell(row.weight),
        Cell(row.achieved),
        figures.bar(row),
        Cell("", row.mark),
        Cell(row.covered),
    ]
    if told.scorecard.before:
        cells.append(figures.change(row))
    return Row(cells, kind, level)
