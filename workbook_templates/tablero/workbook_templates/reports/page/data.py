"""What the page's script knows: every node in every period, as places in a list of texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from tablero.workbook_templates.reports.page.cards import Card
from tablero.workbook_templates.reports.page.drawings import Drawings, packed
from tablero.workbook_templates.reports.page.grids import Cell, Grid, tone_of
from tablero.workbook_templates.reports.page.moments import Moment
from tablero.workbook_templates.reports.page.strings import Strings
from tablero.workbook_templates.reports.page.told import FIELDS, NUMBERS, Told
from tablero.workbook_templates.reports.report import Report


def data(
    report: Report,
    cards: Sequence[Card],
    moments: Sequence[Moment],
    drawn: Drawings,
    words: Mapping[str, str],
) -> Mapping[str, Any]:
    """The whole of it; rows hold numbers, and of each text its place in ``texts``."""
    strings = Strings()
    known = {
        "shown": report.column,
        "periods": [_period(one, strings) for one in moments],
        "bands": [
            [one.tone.symbol, one.name, one.plan, one.term, tone_of(one.tone)]
            for one in report.verdicts
        ],
        "nodes": [asdict(card) for card in cards],
        "fields": FIELDS,
        "rows": [[_told(row, strings) for row in one.rows] for one in moments],
        "charts": {kind: packed(found, strings) for kind, found in drawn.kinds.items()},
        "words": dict(words),
    }
    return {**known, "texts": strings.texts}


def _period(moment: Moment, strings: Strings) -> Mapping[str, Any]:
    return {
        "code": moment.code,
        "kind": moment.kind,
        "label": moment.label,
        "inside": moment.inside,
        "sentences": [strings.place(one) for one in moment.sentences],
        "grids": {grid.id: _grid(grid, strings) for grid in moment.grids},
    }


def _grid(grid: Grid, strings: Strings) -> list[Any]:
    rows = [[_cell(cell, strings) for cell in row] for row in grid.rows]
    return [strings.place(grid.caption), rows]


def _cell(cell: Cell, strings: Strings) -> int | list[Any]:
    """A bare text, a mark as ``[text, sign, tone]``, or a node's name as ``[text, key]``."""
    text = strings.place(cell.text)
    if cell.key:
        return [text, cell.key]
    return [text, cell.sign, cell.tone] if cell.sign else text


def _told(row: Told, strings: Strings) -> list[int]:
    return [
        getattr(row, field) if field in NUMBERS else strings.place(getattr(row, field))
        for field in FIELDS
    ]
