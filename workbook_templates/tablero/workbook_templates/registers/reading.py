"""Registers read back from the sheets that people work in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tablero.workbook_templates.cells import cell_text
from tablero.workbook_templates.definition import Definition
from tablero.workbook_templates.finding import Block
from tablero.workbook_templates.grid import Cell
from tablero.workbook_templates.problems import Problem
from tablero.workbook_templates.registers.parts import (
    ACTIONS,
    CATEGORIES,
    CAUSES,
    FISHBONE,
    REGISTERS,
    Column,
    Entry,
    Line,
    Lines,
    Register,
    Registers,
)
from tablero.workbook_templates.registers.words import folded, words
from tablero.workbook_templates.source import Source
from tablero.workbook_templates.texts import LANGUAGES, text

_DAY_ZERO = date(1899, 12, 30)
_FIRST_YEAR, _LAST_YEAR = 1990, 2100
_FIRST_DAY, _LAST_DAY = 32_874, 73_415
"""Spreadsheets' numbers of the days from 1990 to 2100."""
_SHOWN = 40
_UNKNOWN = {
    "kpi": "register_kpi",
    "status": "register_status",
    "plan": "register_plan",
    "category": "register_category",
}
"""What is told of a word that is not in its list."""
Cells = Mapping[str, Cell]


def read_registers(source: Source, definition: Definition, language: str) -> Registers:
    """Every register of a workbook; what cannot be understood is noted, and kept as typed."""
    fishbone = _Reader(source, FISHBONE, {}).lines()
    called = _own_names(fishbone[0]) if fishbone else {}
    choices = {
        name: {folded(word): code for code, word in each.items()}
        for name, each in words(definition, language, called).items()
    }
    found = {one.key: _Reader(source, one, choices).lines() for one in REGISTERS}
    return {**found, **({FISHBONE.key: (_chosen(found, called),)} if fishbone else {})}


def _chosen(found: Registers, called: Line) -> Line:
    (line,) = found[FISHBONE.key][:1]
    return {key: entry for key, entry in line.items() if key == "kpi"} | dict(called)


def _own_names(line: Line) -> Line:
    """What people call the groups of causes, where it is not what Tablero calls them."""
    usual = {
        code: {folded(text(f"cause_category.{code}", language)) for language in LANGUAGES}
        for code in CATEGORIES
    }
    return {
        code: line[code]
        for code in CATEGORIES
        if code in line and folded(str(line[code])) not in usual[code]
    }


@dataclass(frozen=True)
class _Reader:
    source: Source
    register: Register
    choices: Mapping[str, Mapping[str, str]]
    """By the name of a list: the code of each of its words."""

    def lines(self) -> Lines:
        """The lines in which anything stands, in their order."""
        blocks = self._blocks()
        found = []
        for cells in _cells(blocks):
            if any(cell_text(cell) for cell in cells.values()):
                line = {
                    column.key: entry
                    for column in self.register.columns
                    if (entry := self._entry(cells[column.key], column)) is not None
                }
                found.append(line)
                self._look(line, cells)
        return tuple(found)

    def _blocks(self) -> Mapping[str, Block]:
        """Where each column stands; nothing where the sheet is gone, which is told."""
        names = {key: f"{self.register.key}_{key}" for key in self.register.keys}
        found = {key: self.source.there(name) for key, name in names.items()}
        blocks = {key: block for key, block in found.items() if block is not None}
        if len(blocks) < len(names):
            told = {"sheet": _Title(self.register.sheet)}
            problem = Problem("register_lost", "warning", told)
            if problem not in self.source.problems:
                self.source.note(problem)
            return {}
        return blocks

    def _entry(self, cell: Cell, column: Column) -> Entry | None:
        word = cell_text(cell)
        if not word:
            return None
        match column.kind:
            case "day":
                return self._day(cell, word)
            case "number":
                number = self.source.number(cell)
                return word if number is None else number
            case "choice" if column.choices in self.choices:
                return self._code(cell, column, word)
            case _:
                return word

    def _day(self, cell: Cell, word: str) -> Entry:
        value = cell.value
        if isinstance(value, datetime) and _FIRST_YEAR <= value.year <= _LAST_YEAR:
            return value.date()
        if isinstance(value, float) and _FIRST_DAY <= value <= _LAST_DAY:
            return _DAY_ZERO + timedelta(days=int(value))
        self.source.tell("register_day", cell, text=word[:_SHOWN])
        return word

    def _code(self, cell: Cell, column: Column, word: str) -> str:
        known = self.choices[column.choices]
        if folded(word) not in known:
            self.source.tell(_UNKNOWN[column.choices], cell, "warning", text=word[:_SHOWN])
        return known.get(folded(word), word)

    def _look(self, line: Line, cells: Cells) -> None:
        """What is odd about a line as a whole."""
        if not self.choices:
            return
        if self.register is CAUSES and "cause" not in line:
            self.source.tell("cause_empty", cells["cause"], "warning")
        if self.register is not ACTIONS:
            return
        if "what" not in line:
            self.source.tell("action_without_what", cells["what"], "warning")
        start, due = line.get("start"), line.get("agreed_due")
        if isinstance(start, date) and isinstance(due, date) and due < start:
            told = {"due": due.isoformat(), "start": start.isoformat()}
            self.source.tell("action_due_early", cells["agreed_due"], "warning", **told)
        budget, spent = line.get("budget"), line.get("spent")
        if isinstance(budget, float) and isinstance(spent, float) and spent > budget:
            told = {"spent": f"{spent:.12g}", "budget": f"{budget:.12g}"}
            self.source.tell("action_over_budget", cells["spent"], "warning", **told)


@dataclass(frozen=True)
class _Title:
    """A sheet as it is called where nobody has renamed it."""

    key: str

    def in_language(self, language: str) -> str:
        return text(f"sheet.{self.key}", language)


def _cells(blocks: Mapping[str, Block]) -> Iterator[Cells]:
    """The cells of each line: of every column as far down its block as of the others."""
    columns: Sequence[tuple[str, Block]] = tuple(blocks.items())
    count = min((block.last_row - block.first_row + 1 for _, block in columns), default=0)
    for number in range(count):
        yield {key: block.in_row(block.first_row + number) for key, block in columns}
