"""Workbooks in which calls of the cell functions stand, each with cells of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import xlsxwriter
from xlsxwriter.utility import xl_range, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from tablero.udfs.registry import BY_NAME, FUNCTIONS, lambda_text, substituted
from tests.udfs.calls import ABSENT, Call

ARGUMENTS, ANSWERS = "Arguments", "Answers"
NOT_CALCULATED = "not calculated"
"""Stored as every formula's result, so that only a calculation can give the right one."""


class Asked(NamedTuple):
    """A call and the range of the sheet of answers where a workbook answers it."""

    call: Call
    area: str


def write_portable(path: Path, calls: Iterable[Call]) -> list[Asked]:
    """Write a workbook that calls LAMBDA names which it holds itself."""
    with xlsxwriter.Workbook(path) as workbook:
        for function in FUNCTIONS:
            workbook.define_name(function.name, f"={lambda_text(function)}")
        return _write(workbook, calls, portable=True)


def write_plain(path: Path, calls: Iterable[Call]) -> list[Asked]:
    """Write a workbook in which every call is written out as its formula."""
    with xlsxwriter.Workbook(path) as workbook:
        return _write(workbook, calls, portable=False)


def as_rows(answer: Any) -> list[list[Any]]:
    """An answer as rows of cells."""
    return answer if isinstance(answer, list) else [[answer]]


def _write(workbook: xlsxwriter.Workbook, calls: Iterable[Call], *, portable: bool) -> list[Asked]:
    answers = workbook.add_worksheet(ANSWERS)
    arguments = workbook.add_worksheet(ARGUMENTS)
    asked, answer_row, argument_row = [], 0, 0
    for call in calls:
        texts = _write_arguments(arguments, argument_row, call.arguments)
        rows = as_rows(call.answer())
        last = (answer_row + len(rows) - 1, len(rows[0]) - 1)
        if portable:
            formula = f"={call.function}({','.join(texts).rstrip(',')})"
            answers.write_dynamic_array_formula(answer_row, 0, *last, formula, None, NOT_CALCULATED)
        else:
            formula = f"={substituted(BY_NAME[call.function], texts)}"
            answers.write_formula(answer_row, 0, formula, None, NOT_CALCULATED)
        asked.append(Asked(call, xl_range(answer_row, 0, *last)))
        answer_row += len(rows)
        argument_row += max(len(_rows_of(argument)) for argument in call.arguments)
    return asked


def _write_arguments(sheet: Worksheet, first_row: int, arguments: tuple[Any, ...]) -> list[str]:
    """Write the arguments side by side and give the references to them."""
    references, column = [], 0
    for argument in arguments:
        if argument is ABSENT:
            references.append("")
            continue
        rows = _rows_of(argument)
        for y, cells in enumerate(rows, first_row):
            for x, cell in enumerate(cells, column):
                _write_cell(sheet, y, x, cell)
        references.append(f"{ARGUMENTS}!{_reference(first_row, column, rows)}")
        column += len(rows[0])
    return references


def _rows_of(argument: Any) -> list[list[Any]]:
    return as_rows(argument)


def _reference(row: int, column: int, rows: list[list[Any]]) -> str:
    if len(rows) == len(rows[0]) == 1:
        return str(xl_rowcol_to_cell(row, column))
    return str(xl_range(row, column, row + len(rows) - 1, column + len(rows[0]) - 1))


def _write_cell(sheet: Worksheet, row: int, column: int, cell: Any) -> None:
    if cell == "":
        sheet.write_formula(row, column, '=""', None, "")
    elif isinstance(cell, str):
        sheet.write_string(row, column, cell)
    elif cell is not None:
        sheet.write(row, column, cell)


def differences(asked: Iterable[Asked], answers: Mapping[str, list[list[Any]]]) -> list[str]:
    """Where a spreadsheet answers otherwise than the Python bodies, one line a call."""
    return [
        f"{call.function}{call.arguments}: {answers[area]}, not {as_rows(call.answer())}"
        for call, area in asked
        if not _same(answers[area], as_rows(call.answer()))
    ]


def _same(seen: list[list[Any]], expected: list[list[Any]]) -> bool:
    return all(
        _same_cell(one, other)
        for seen_row, expected_row in zip(seen, expected, strict=True)
        for one, other in zip(seen_row, expected_row, strict=True)
    )


def _same_cell(seen: Any, expected: Any) -> bool:
    if isinstance(expected, str):
        return bool((seen or "") == expected) if not isinstance(seen, float) else False
    return isinstance(seen, float) and abs(seen - expected) <= 1e-9 * max(1, abs(expected))
