"""Check-ins and edited key results read back from the sheets that people work in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from tablero.workbook_templates.cells import cell_text
from tablero.workbook_templates.definition import Definition, KeyResult, LocalText
from tablero.workbook_templates.finding import Block
from tablero.workbook_templates.grid import Cell
from tablero.workbook_templates.okrs.check_ins import CheckIn, folded, labels
from tablero.workbook_templates.okrs.layout import (
    BOUNDED,
    BOUNDS,
    GRADE_COLUMNS,
    GRADES,
    by_period,
    key_result_key,
    okr_key,
)
from tablero.workbook_templates.okrs.parts import OkrPolicies
from tablero.workbook_templates.source import Source

ENTRY = ("day", "key_result", "value", "confidence", "note")
"""The columns of a check-in that people type."""
_DAY_ZERO = date(1899, 12, 30)
_LAST_DAY = 2_958_465
_MOST_DAYS = 366
_POLICIES = "policies.okr_status"
_FIELDS = {"weight": "weight", "start": "start", "target": "target", "upper": "upper",
           "initial": "confidence"}  # fmt: skip


@dataclass(frozen=True)
class CheckInCells:
    """Where a workbook keeps its check-ins; empty in one without objectives."""

    first: Mapping[str, Cell] = field(default_factory=dict)
    """By column: the cell of the first line."""
    next_row: int = 0
    """The first row below all lines that hold anything."""
    last_row: int = 0
    """The last row that has a form to fill in."""


def read_check_ins(
    source: Source, definition: Definition, language: str, today: date
) -> tuple[tuple[CheckIn, ...], CheckInCells]:
    """The check-ins in their order; a line that cannot be understood is noted and left out."""
    blocks = {column: source.block(f"check_ins_{column}") for column in ENTRY}
    found = {column: block for column, block in blocks.items() if block is not None}
    if len(found) < len(ENTRY):
        return (), CheckInCells()
    keys = {folded(label): key for key, label in labels(definition, language).items()}
    days = found["day"]
    lines = [
        {column: block.in_row(row) for column, block in found.items()}
        for row in range(days.first_row, days.last_row + 1)
    ]
    filled = [line for line in lines if any(cell_text(cell) for cell in line.values())]
    reader = _Reader(source, keys, today)
    entries = tuple(entry for line in filled if (entry := reader.entry(line)) is not None)
    below = filled[-1]["day"].row + 1 if filled else days.first_row
    return entries, CheckInCells(lines[0], below, days.last_row)


def read_as_of(source: Source) -> date | None:
    """The day on which the key results are looked at, where somebody chose one."""
    block = source.block("okrs_as_of_typed")
    if block is None or not cell_text(block.first):
        return None
    day = _day(block.first)
    if day is None:
        source.tell("check_in_day", block.first, text=cell_text(block.first))
    return day


@dataclass(frozen=True)
class _Reader:
    source: Source
    keys: Mapping[str, str]
    today: date

    def entry(self, line: Mapping[str, Cell]) -> CheckIn | None:
        """A line as a check-in; None, and a problem, where day or key result cannot be read."""
        day, key = self._day(line["day"]), self._key(line["key_result"])
        value = self.source.number(line["value"])
        confidence = _share(self.source, line["confidence"])
        if day is None or key is None:
            return None
        note = cell_text(line["note"])
        if value is None and confidence is None and not note:
            self.source.tell("check_in_empty", line["key_result"], "warning")
        return CheckIn(day, key, value, confidence, note)

    def _day(self, cell: Cell) -> date | None:
        day = _day(cell)
        if day is None:
            self.source.tell("check_in_day", cell, text=cell_text(cell) or "–")
        elif day > self.today:
            self.source.tell("check_in_ahead", cell, "warning", day=day.isoformat())
        return day

    def _key(self, cell: Cell) -> str | None:
        text = cell_text(cell)
        if not text:
            self.source.tell("check_in_without_key_result", cell)
        elif folded(text) not in self.keys:
            self.source.tell("check_in_unknown", cell, text=text)
        return self.keys.get(folded(text))


def _day(cell: Cell) -> date | None:
    """A date, or a number that stands for one as spreadsheets count days."""
    value = cell.value
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, float) and 1 <= value <= _LAST_DAY:
        return _DAY_ZERO + timedelta(days=int(value))
    return value if isinstance(value, date) else None


def _share(source: Source, cell: Cell, path: str = "") -> float | None:
    """A confidence from 0 to 1."""
    number = source.number(cell, path)
    if number is not None and not 0 <= number <= 1:
        source.tell("check_in_confidence", cell, number=f"{number:g}")
        return None
    return number


def read_policies(source: Source, original: OkrPolicies) -> dict[str, Any]:
    """How old a check-in may be and from where on a status counts, as the OKR sheet has it."""
    data = original.model_dump(mode="json")
    limit, grades = source.block("okrs_limit"), source.block("okrs_grades")
    if limit is not None:
        days = source.number(limit.first, f"{_POLICIES}.outdated_after")
        if days is not None and 1 <= days <= _MOST_DAYS and days == int(days):
            data["outdated_after"] = int(days)
        elif days is not None or limit.first.value is None:
            shown = "–" if days is None else f"{days:g}"
            source.tell("okr_limit_days", limit.first, number=shown)
    if grades is not None and grades.size == len(GRADES[:-1]) * len(GRADE_COLUMNS[:-1]):
        for code in BOUNDED:
            row = grades.first_row + GRADES.index(code)
            for offset, name in enumerate(BOUNDS):
                cell = grades.at(row, grades.first_column + offset)
                data[code][name] = _bound(source, cell, f"{code}.{name}", data[code][name])
    return data


def _bound(source: Source, cell: Cell, path: str, present: float) -> float:
    """A bound from 0 to 1; the present one where the cell holds none, which is told."""
    number = source.number(cell, f"{_POLICIES}.{path}")
    if number is not None and 0 <= number <= 1:
        return number
    if number is not None or cell.value is None:
        source.tell("okr_bound", cell, number="–" if number is None else f"{number:g}")
    return present


def read_edits(source: Source, data: dict[str, Any], original: Definition) -> None:
    """What people changed of the objectives on the OKR sheet, brought into the data."""
    rows = source.rows("okrs_id", dict(_names(original)))
    key_results = {one.id: one for one in original.key_results()}
    for okr in data.get("okrs", ()):
        path = f"okrs[{okr['id']}]"
        key = f"okr:{okr['id']}"
        if key in rows:
            _owner(source, rows[key], okr)
        for part in okr["key_results"]:
            row = rows.get(f"key_result:{part['id']}")
            if row is not None:
                below = f"{path}.key_results[{part['id']}]"
                _key_result(source, row, below, part, key_results[part["id"]])


def _names(definition: Definition) -> Iterator[tuple[str, LocalText]]:
    """Objectives and key results by row key, in the order in which they stand."""
    for okrs in by_period(definition).values():
        for okr in okrs:
            yield okr_key(okr), okr.name
            for one in okr.key_results:
                yield key_result_key(one), one.name


def _key_result(
    source: Source, row: int, path: str, part: dict[str, Any], original: KeyResult
) -> None:
    _owner(source, row, part)
    start, target, upper = original.numbers
    former = {"weight": original.weight, "start": start, "target": target, "upper": upper,
              "confidence": original.confidence}  # fmt: skip
    for column, name in _FIELDS.items():
        block = source.block(f"okrs_{column}")
        if block is not None and (name != "upper" or original.kind == "between"):
            number = _number(source, block, row, path, name)
            if number != former[name] and (number is not None or name != "weight"):
                part[name] = number


def _number(source: Source, block: Block, row: int, path: str, name: str) -> float | None:
    cell = block.in_row(row)
    if name == "confidence":
        return _share(source, cell, f"{path}.confidence")
    number = source.number(cell, f"{path}.{name}")
    if name == "start":
        source.locate(path, cell)
    if name == "weight":
        source.locate(path.rpartition("[")[0], cell)
        if number is None or not 0 <= number <= 1:
            source.tell("cell_weight", cell, number="–" if number is None else f"{number:g}")
            return None
    return number


def _owner(source: Source, row: int, part: dict[str, Any]) -> None:
    """A typed name replaces those of all languages, unless it is one of them."""
    block = source.block("okrs_owner")
    if block is None:
        return
    word, present = cell_text(block.in_row(row)), part.get("owner", "")
    known = present.values() if isinstance(present, dict) else (present,)
    if word not in {" ".join(one.split()) for one in known}:
        part["owner"] = word
