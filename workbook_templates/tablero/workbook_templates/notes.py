"""Notes that stay with what they are about when a workbook is made anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tablero.workbook_templates.cells import cell_text
from tablero.workbook_templates.editing.package import Package
from tablero.workbook_templates.finding import Names
from tablero.workbook_templates.layout import (
    LAST_MONTHS,
    MATRIX_COLUMNS,
    MONTHS,
    SCORECARD_COLUMNS,
)
from tablero.workbook_templates.okrs.layout import COMPUTED, TYPED
from tablero.workbook_templates.okrs.reading import ENTRY
from tablero.workbook_templates.opening import opened_workbook
from tablero.workbook_templates.pinned import Pinned, pinned
from tablero.workbook_templates.read import Reading
from tablero.workbook_templates.records import Note
from tablero.workbook_templates.registers.parts import ACTIONS, CAUSES

_PREFIXES = {"okr": "okrs"}
"""How the defined names of a sheet's columns begin, where not as the sheet is called."""
_MONTHS = (*LAST_MONTHS, *MONTHS)
_NAME = "name"
"""The column of a row's name, to which a note goes whose own column nothing names."""


@dataclass(frozen=True)
class _Rows:
    """A sheet whose rows have keys and whose columns have names, as people left it."""

    key: str
    title: str
    rows: Mapping[int, str]
    columns: Mapping[int, str]
    otherwise: str = _NAME
    """The column of a note whose own column nothing names."""

    def note(self, one: Pinned) -> Note | None:
        """The note by what it is about; None where its row is nothing's."""
        row = self.rows.get(one.place[0])
        column = self.columns.get(one.place[1], self.otherwise)
        return Note(self.key, row, column, one.text, one.author) if row else None


def notes_of(
    path: Path, reading: Reading, package: Package
) -> tuple[tuple[Note, ...], tuple[Pinned, ...]]:
    """The notes on rows of the sheets that people work in, and those that are elsewhere."""
    found = tuple(pinned(package))
    if not found:
        return (), ()
    with opened_workbook(path) as book:
        names = Names(book)
        sheets = {one.title: one for one in _sheets(names, reading)}
    by_about = [(one, _about(one, sheets)) for one in found]
    kept = tuple(note for _, note in by_about if note)
    return kept, tuple(one for one, note in by_about if note is None)


def _about(one: Pinned, sheets: Mapping[str, _Rows]) -> Note | None:
    return sheets[one.sheet].note(one) if one.sheet in sheets else None


def _sheets(names: Names, reading: Reading) -> Iterator[_Rows]:
    months = {cell.column: _MONTHS[number + 11] for number, cell in reading.places.headers.items()}
    for key, columns in (
        ("inputs", ("last_year",)),
        ("matrix", MATRIX_COLUMNS),
        ("scorecard", SCORECARD_COLUMNS),
        *([("okr", (*TYPED, *COMPUTED))] if reading.definition.okrs else []),
    ):
        prefix = _PREFIXES.get(key, key)
        block = names.block(f"{prefix}_id")
        if block is not None:
            rows = {cell.row: cell_text(cell) for cell in block.cells() if cell_text(cell)}
            named = _columns(names, prefix, columns)
            yield _Rows(
                key, block.sheet.title, rows, {**named, **(months if key == "inputs" else {})}
            )
    if reading.records.check_ins:
        yield from _lines(names, "check_ins", ENTRY, "key_result")
    for register in (ACTIONS, CAUSES):
        if reading.records.registers.get(register.key):
            yield from _lines(names, register.key, register.keys, "kpi")


def _lines(names: Names, key: str, columns: Sequence[str], otherwise: str) -> Iterator[_Rows]:
    """Lines that people type, numbered as they are read: without the empty ones between them."""
    found = [names.block(f"{key}_{column}") for column in columns]
    blocks = [block for block in found if block is not None]
    if len(blocks) < len(columns):
        return
    first = blocks[0]
    filled = (
        row
        for row in range(first.first_row, first.last_row + 1)
        if any(cell_text(block.in_row(row)) for block in blocks)
    )
    yield _Rows(
        key,
        first.sheet.title,
        {row: str(number) for number, row in enumerate(filled)},
        _columns(names, key, columns),
        otherwise,
    )


def _columns(names: Names, prefix: str, columns: Sequence[str]) -> dict[int, str]:
    """The columns that defined names lead to."""
    blocks = {column: names.block(f"{prefix}_{column}") for column in columns}
    return {block.first_column: column for column, block in blocks.items() if block is not None}
