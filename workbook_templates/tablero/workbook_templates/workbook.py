"""From a definition to a workbook file: the one call that the command line and the hosts make."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from tablero.workbook_templates import store
from tablero.workbook_templates.board import Board
from tablero.workbook_templates.definition import Definition
from tablero.workbook_templates.dialects import Dialect, DialectName
from tablero.workbook_templates.figures import Figures
from tablero.workbook_templates.layout import Layout
from tablero.workbook_templates.okrs.check_ins import brought_along
from tablero.workbook_templates.periods import Period
from tablero.workbook_templates.records import NO_RECORDS, Records
from tablero.workbook_templates.scoring import score_year
from tablero.workbook_templates.sheets import (
    actions,
    analysis,
    causes,
    changes,
    check_ins,
    checks,
    dashboard,
    data,
    home,
    inputs,
    matrix,
    notes_page,
    okr,
    scorecard,
    settings,
    strategy_map,
    swot,
    trend,
)
from tablero.workbook_templates.sheets.page import Note, Page
from tablero.workbook_templates.write import write_workbook

_SHEETS = {
    "home": home,
    "dashboard": dashboard,
    "map": strategy_map,
    "inputs": inputs,
    "matrix": matrix,
    "scorecard": scorecard,
    "trend": trend,
    "actions": actions,
    "swot": swot,
    "causes": causes,
    "okr": okr,
    "check_ins": check_ins,
    "notes": notes_page,
    "analysis": analysis,
    "data": data,
    "settings": settings,
    "checks": checks,
    "changes": changes,
}


def new_workbook(  # noqa: PLR0913 - each a choice of its own
    definition: Definition,
    path: Path,
    *,
    language: str | None = None,
    dialect: DialectName = "portable",
    period: Period | None = None,
    figures: Figures | None = None,
    records: Records = NO_RECORDS,
) -> None:
    """Write the workbook of a definition, with its figures, showing ``period`` (else the year)."""
    board = make_board(
        definition,
        language=language,
        dialect=dialect,
        period=period,
        figures=figures,
        records=records,
    )
    write_workbook(board, make_pages(board), path)


def make_board(
    definition: Definition,
    *,
    language: str | None = None,
    dialect: DialectName = "portable",
    period: Period | None = None,
    figures: Figures | None = None,
    records: Records = NO_RECORDS,
) -> Board:
    """Score a definition and lay its workbook out."""
    language = language or definition.company.language
    scores = score_year(definition, figures, period)
    if not records.check_ins:
        records = replace(records, check_ins=brought_along(definition))
    return Board(
        scores=scores,
        layout=Layout.of(definition, language, checks.check_keys(definition), records),
        dialect=Dialect(dialect),
        language=language,
        period=period or scores.calendar.period("year", 12),
        records=records,
    )


def make_pages(board: Board) -> Sequence[Page]:
    """Every sheet of the workbook as data, the hidden one last."""
    visible = [_SHEETS[key].build(board) for key in board.layout.titles]
    for page in visible:
        page.notes += _notes(board, page.key)
    memory = store.build(board.definition, board.language, board.dialect.name, board.records)
    return [*visible, memory]


def _notes(board: Board, sheet: str) -> Iterator[Note]:
    """The notes of a sheet where the rows and columns that they are about stand now."""
    table = board.layout.rows_of(sheet)
    if table is None:
        return
    for note in board.records.notes:
        if note.sheet == sheet and note.row in table.rows and note.column in table.columns:
            yield Note(*table.at(note.row, note.column), note.text, note.author)
