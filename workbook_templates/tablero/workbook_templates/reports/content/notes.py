"""What was found in the source of the definition, and what was done with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tablero.workbook_templates.reports.report import Report

COLUMNS = ("number", "topic", "place", "found", "done")


@dataclass(frozen=True)
class NoteRow:
    """A remark on the source."""

    number: str
    topic: str
    place: str
    found: str
    done: str


@dataclass(frozen=True)
class Notes:
    """The remarks in the order of the definition."""

    columns: Mapping[str, str]
    rows: tuple[NoteRow, ...]


def notes(report: Report) -> Notes:
    """The remarks; without rows where the definition has none."""
    rows = tuple(
        NoteRow(str(number), *(report.word(getattr(one, column)) for column in COLUMNS[1:]))
        for number, one in enumerate(report.definition.notes, start=1)
    )
    return Notes({column: report.say(f"notes.column.{column}") for column in COLUMNS}, rows)
