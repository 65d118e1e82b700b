"""The file in which an owner fills in what is missing: a small workbook, or CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from tablero.workbook_templates import styles
from tablero.workbook_templates.filling.fill_in import FillIn, Line
from tablero.workbook_templates.periods import Month
from tablero.workbook_templates.texts import text

_HEAD = 3
"""The row of the heads, below title, subtitle and the sentence that says how."""
_LEAST, _MOST = 12, 46
_MONTH_WIDTH = 13
_LARGEST = 1e15
_PROMPT_TITLE, _PROMPT = 32, 255
"""What Excel takes for the note at a cell."""
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")
_A4 = 9


def write_csv(asked: FillIn, path: Path) -> None:
    """Write one line a figure that is owed, its value empty.

    The mark at the beginning and the semicolons, where commas are decimal marks, let a spreadsheet
    open it; a name that begins like a formula is quoted so that none runs it.
    """
    delimiter = "," if asked.language == "en" else ";"
    heads = [_say(asked, key) for key in ("id", "input", "unit", "owner", "period", "value")]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerow(heads)
        writer.writerows(_records(asked))


def _records(asked: FillIn) -> Iterator[list[str]]:
    for line in asked.lines:
        name = line.input.name.in_language(asked.language)
        for month in line.months:
            cells = (line.input.id, name, line.unit, line.owner, month.code, "")
            yield [_inert(cell) for cell in cells]


def _inert(cell: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA_SIGNS) else cell


def write_fill_in(asked: FillIn, path: Path) -> None:
    """Write a workbook: a line an input, a column a month, yellow where a figure is owed."""
    plain = dict(styles.properties("text"))
    with xlsxwriter.Workbook(str(path), {"default_format_properties": plain}) as book:
        _Page(asked, book).write()


def _say(asked: FillIn, key: str, **values: object) -> str:
    return text(f"fill_in.{key}", asked.language, **values)


class _Page:
    """The one sheet of the workbook."""

    def __init__(self, asked: FillIn, book: Any) -> None:
        self._asked = asked
        self._book = book
        self._sheet = book.add_worksheet(_say(asked, "sheet"))
        self._formats: dict[str, Any] = {}
        labels = ["input", "unit"] if asked.owner else ["input", "unit", "owner"]
        self._labels = labels
        self._first_month = len(labels)
        self._id = len(labels) + len(asked.months)

    def write(self) -> None:
        """Write heading, heads, lines, and what keeps people to the yellow cells."""
        self._heading()
        self._heads()
        for row, line in enumerate(self._asked.lines, start=_HEAD + 1):
            self._line(row, line)
        self._dress()

    def _heading(self) -> None:
        asked = self._asked
        owner = asked.owner or _say(asked, "all")
        title = _say(asked, "title", owner=owner)
        period = asked.calendar.period_label(asked.period, asked.language)
        for row, words, style in (
            (0, title, "title"),
            (1, f"{asked.company.name} · {period}", "subtitle"),
            (2, _say(asked, "how"), "subtitle"),
        ):
            self._sheet.write_string(row, 0, words, self._format(style))
        self._sheet.set_row(0, 30)
        self._sheet.set_row(2, 22)
        properties = {"title": title, "company": asked.company.name, "author": "Tablero"}
        self._book.set_properties(properties)

    def _heads(self) -> None:
        for column, label in enumerate(self._labels):
            self._sheet.write_string(
                _HEAD, column, _say(self._asked, label), self._format("header")
            )
        for column, month in enumerate(self._asked.months, start=self._first_month):
            first = datetime(*month, 1)  # noqa: DTZ001 - a day of the calendar has no zone
            self._sheet.write_datetime(_HEAD, column, first, self._format("header month"))
        self._sheet.write_string(
            _HEAD, self._id, _say(self._asked, "id"), self._format("header gutter")
        )
        self._sheet.set_row(_HEAD, 22)

    def _line(self, row: int, line: Line) -> None:
        name = line.input.name.in_language(self._asked.language)
        for column, cell in enumerate((name, line.unit, line.owner)[: len(self._labels)]):
            self._sheet.write_string(row, column, cell, self._format("kpi"))
        role = styles.unit_role(line.input.unit.in_language("en"))
        for column, month in enumerate(self._asked.months, start=self._first_month):
            is_owed = month in line.months
            self._sheet.write_blank(
                row, column, None, self._format(f"input {role}" if is_owed else "kpi")
            )
            if is_owed:
                self._sheet.data_validation(row, column, row, column, self._rule(line, month))
        self._sheet.write_string(row, self._id, line.input.id, self._format("kpi working gutter"))
        self._sheet.set_row(row, 18)

    def _rule(self, line: Line, month: Month) -> dict[str, Any]:
        asked = self._asked
        period = asked.calendar.period("month", asked.calendar.number(month))
        label = asked.calendar.period_label(period, asked.language)
        return {
            "validate": "decimal",
            "criteria": "between",
            "minimum": -_LARGEST if line.input.negative else 0,
            "maximum": _LARGEST,
            "input_title": _say(asked, "prompt_title", month=label)[:_PROMPT_TITLE],
            "input_message": _say(asked, "prompt", unit=line.unit)[:_PROMPT],
            "error_title": _say(asked, "error_title"),
            "error_message": _say(asked, "error"),
        }

    def _dress(self) -> None:
        asked, sheet = self._asked, self._sheet
        names = [line.input.name.in_language(asked.language) for line in asked.lines]
        texts = (names, [line.unit for line in asked.lines], [line.owner for line in asked.lines])
        for column, cells in enumerate(texts[: len(self._labels)]):
            sheet.set_column(column, column, styles.fitting_width(cells, _LEAST, _MOST))
        if asked.months:
            sheet.set_column(self._first_month, self._id - 1, _MONTH_WIDTH)
        sheet.set_column(
            self._id,
            self._id,
            styles.fitting_width([one.input.id for one in asked.lines], _LEAST, _MOST),
        )
        sheet.hide_gridlines(2)
        sheet.freeze_panes(_HEAD + 1, 1)
        sheet.set_tab_color(styles.TAB_INPUT)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(_HEAD)
        sheet.protect("", {"format_columns": True, "format_rows": True})

    def _format(self, style: str) -> Any:
        if style not in self._formats:
            properties = dict(styles.properties(style, self._asked.language))
            self._formats[style] = self._book.add_format(properties)
        return self._formats[style]
