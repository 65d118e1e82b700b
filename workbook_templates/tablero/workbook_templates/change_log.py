"""Entries for the Changes sheet of a user's workbook."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from datetime import datetime

from tablero.workbook_templates.editing.edits import Edit
from tablero.workbook_templates.problems import Problem, ProblemsError
from tablero.workbook_templates.read import Reading
from tablero.workbook_templates.records import COLUMNS, Change
from tablero.workbook_templates.sheets.changes import contents


def entries(reading: Reading, changes: Sequence[Change]) -> list[Edit]:
    """The cells that append changes to the log, below those that stand there.

    Raises
    ------
    ProblemsError
        The workbook has no log: it is of an older schema, or the sheet was removed.
    """
    log, names = reading.record_cells.log, _names(reading)
    if changes and len(log) < len(COLUMNS):
        raise ProblemsError([Problem("changes_lost" if log else "no_change_log")])
    return [
        Edit(
            first.sheet,
            (reading.record_cells.next_row + offset, first.column),
            contents(change, reading.language, names)[column],
            style_of=(first.sheet, (first.row, first.column)),
        )
        for offset, change in enumerate(changes)
        for column, first in log.items()
    ]


def now() -> datetime:
    """The user's own time, to the second, without its zone, which no cell can hold."""
    return datetime.now().replace(microsecond=0)  # noqa: DTZ005 - the clock on the user's wall


def user() -> str:
    """Who works here, as the system calls them."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""


def _names(reading: Reading) -> dict[str, str]:
    definition = reading.definition
    key_results = {one.id: one.name for one in definition.key_results()}
    names = key_results | {one.id: one.name for one in definition.inputs}
    return {key: name.in_language(reading.language) for key, name in names.items()}
