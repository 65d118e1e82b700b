"""What happened to a workbook: months that were closed, with their figures, and every change."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Literal, get_args

from tablero.workbook_templates.cells import cell_text, place
from tablero.workbook_templates.finding import Block
from tablero.workbook_templates.grid import Cell, Value
from tablero.workbook_templates.okrs.check_ins import CheckIn
from tablero.workbook_templates.periods import Calendar, Month
from tablero.workbook_templates.places import FigureCells
from tablero.workbook_templates.problems import Problem
from tablero.workbook_templates.registers.parts import Registers
from tablero.workbook_templates.source import Source
from tablero.workbook_templates.texts import LANGUAGES, text

Action = Literal["fill", "correct", "close", "reopen", "roll", "upgrade", "rebuild", "check_in"]
ACTIONS: tuple[Action, ...] = get_args(Action)

CLOSED = "tablero_closed"
STYLES = "tablero_styles"
SAMPLES: Mapping[str, str] = MappingProxyType(
    {
        "input whole": "input whole closed",
        "input percent": "input percent closed",
        "header month": "header month marked",
    }
)
"""Styles that closing a month takes and gives; a workbook keeps a cell of each."""

COLUMNS = (
    "when", "who", "action", "input", "month", "former", "new", "cell", "source", "digest", "id",
)  # fmt: skip


@dataclass(frozen=True)
class Change:
    """One entry of the change log; a line for each figure that changed."""

    when: datetime
    who: str
    action: Action
    month: str = ""
    """As ISO 8601 writes it, ``2026-03``; empty where the change is of no month."""
    input: str = ""
    """The input's id; of a check-in, the key result's."""
    former: float | str | None = None
    new: float | str | None = None
    cell: str = ""
    source: str = ""
    """The file from which the figures came, or into which a year was rolled."""
    digest: str = ""
    """The SHA-256 of that file."""


@dataclass(frozen=True)
class Note:
    """A note that somebody pinned to a cell, by the keys of its row and column."""

    sheet: str
    row: str
    column: str
    text: str
    author: str = ""


@dataclass(frozen=True)
class Records:
    """What a workbook keeps of its past."""

    closed: Mapping[Month, Mapping[str, float]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    """The figures of each closed month as they were when it was closed, by input id."""
    changes: tuple[Change, ...] = ()
    notes: tuple[Note, ...] = ()
    """Of a workbook that is made anew; reading leaves them where they are."""
    check_ins: tuple[CheckIn, ...] = ()
    """In the order in which they stand."""
    as_of: date | None = None
    """The day on which the key results are looked at, where somebody chose one."""
    registers: Registers = field(default_factory=lambda: MappingProxyType({}))
    """Action plans, causes and the SWOT, as people typed them."""


NO_RECORDS = Records()


@dataclass(frozen=True)
class RecordCells:
    """Where a workbook keeps its records; empty in one of an older schema."""

    closed: tuple[Cell, ...] = ()
    """One for each month that can be closed."""
    samples: Mapping[str, Cell] = field(default_factory=lambda: MappingProxyType({}))
    """By style: a cell in it."""
    log: Mapping[str, Cell] = field(default_factory=lambda: MappingProxyType({}))
    """By column: the cell of the first entry of the change log."""
    next_row: int = 0
    """The first row of the log without an entry."""


def as_text(month: Month, figures: Mapping[str, float]) -> str:
    """A closed month as its cell holds it."""
    return json.dumps({"month": month.code, "figures": dict(figures)})


def read_records(source: Source, schema: int) -> tuple[Records, RecordCells]:
    """The records of a workbook and their cells; what is damaged is noted."""
    if schema < 2:  # noqa: PLR2004 - the first that keeps records
        return NO_RECORDS, RecordCells()
    blocks = {column: source.block(f"changes_{column}") for column in COLUMNS}
    log = {column: block.first for column, block in blocks.items() if block is not None}
    changes = tuple(_changes(log)) if len(log) == len(COLUMNS) else ()
    closed = _cells(source.block(CLOSED))
    cells = RecordCells(
        closed,
        dict(zip(sample_styles(), _cells(source.block(STYLES)), strict=False)),
        log,
        (log["when"].row if "when" in log else 0) + len(changes),
    )
    return Records(dict(_closed(source, closed)), changes), cells


def sample_styles() -> Iterator[str]:
    """Each style that closing a month gives and takes: open, then closed."""
    for pair in SAMPLES.items():
        yield from pair


def _cells(block: Block | None) -> tuple[Cell, ...]:
    return tuple(block.cells()) if block is not None else ()


def _closed(source: Source, cells: Sequence[Cell]) -> Iterator[tuple[Month, Mapping[str, float]]]:
    for cell in cells:
        if not cell.value:
            continue
        try:
            kept = json.loads(str(cell.value))
            year, month = (int(part) for part in kept["month"].split("-"))
            figures = {str(key): float(value) for key, value in kept["figures"].items()}
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            source.tell("closed_damaged", cell)
        else:
            yield Month(year, month), figures


def _changes(log: Mapping[str, Cell]) -> Iterator[Change]:
    """The entries, up to the first row in which nothing says when."""
    sheet, row = log["when"].owner, log["when"].row
    while True:
        cells = {column: sheet.cell(row, first.column) for column, first in log.items()}
        when = cells["when"].value
        if not isinstance(when, datetime):
            return
        yield Change(
            when,
            cell_text(cells["who"]),
            _action(cell_text(cells["action"])),
            cell_text(cells["month"]),
            cell_text(cells["id"]),
            _value(cells["former"]),
            _value(cells["new"]),
            *(cell_text(cells[column]) for column in ("cell", "source", "digest")),
        )
        row += 1


def _action(word: str) -> Action:
    """The action behind a word of any language."""
    for action in ACTIONS:
        if word in {text(f"changes.action.{action}", language) for language in LANGUAGES}:
            return action
    return "fill"


def _value(cell: Cell) -> float | str | None:
    value = cell.value
    return value if isinstance(value, float) else cell_text(cell) or None


def changed_since_closing(
    records: Records, cells: FigureCells, calendar: Calendar
) -> Iterator[Problem]:
    """Figures of closed months that are not what they were when their month was closed."""
    for month, kept in records.closed.items():
        number = calendar.number(month)
        for (key, one), cell in cells.months.items():
            former, now = kept.get(key), cell.value
            if one == number and former != now:
                shown = {"former": _shown(former), "now": _shown(now), "month": month.code}
                yield Problem("closed_changed", "error", shown, **place(cell))


def _shown(value: Value) -> str:
    return "–" if value is None else f"{value:.12g}" if isinstance(value, float) else str(value)
