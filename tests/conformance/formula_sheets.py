"""Workbooks in which calls of the cell functions stand, each with cells of its own."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_range, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from tablero.udfs.registry import BY_NAME, FUNCTIONS, lambda_text, substituted
from tests.conformance.cases import Case
from tests.conformance.notation import ErrorCell, as_rows

ARGUMENTS, ANSWERS = "Arguments", "Answers"
NOT_CALCULATED = "not calculated"
"""Stored as every formula's result, so that only a calculation can give the right one."""


def write_portable(path: Path, cases: Iterable[Case]) -> list[str]:
    """Write a workbook that calls LAMBDA names which it holds itself; give the answers' places."""
    with xlsxwriter.Workbook(path) as workbook:
        for function in FUNCTIONS:
            workbook.define_name(function.name, f"={lambda_text(function)}")
        return _write(workbook, cases, portable=True)


def write_plain(path: Path, cases: Iterable[Case]) -> list[str]:
    """Write a workbook in which every call is written out as its formula."""
    with xlsxwriter.Workbook(path) as workbook:
        return _write(workbook, cases, portable=False)


def _write(workbook: xlsxwriter.Workbook, cases: Iterable[Case], *, portable: bool) -> list[str]:
    answers = workbook.add_worksheet(ANSWERS)
    arguments = workbook.add_worksheet(ARGUMENTS)
    areas, answer_row, argument_row = [], 0, 0
    for case in cases:
        texts = _write_arguments(arguments, argument_row, case.arguments)
        rows = as_rows(case.expected)
        area = (answer_row, 0, answer_row + len(rows) - 1, len(rows[0]) - 1)
        if portable:
            formula = f"={case.function}({','.join(texts)})"
            answers.write_dynamic_array_formula(*area, formula, None, NOT_CALCULATED)
        elif len(rows) == len(rows[0]) == 1:
            formula = f"={substituted(BY_NAME[case.function], texts)}"
            answers.write_formula(answer_row, 0, formula, None, NOT_CALCULATED)
        else:
            formula = f"{{={substituted(BY_NAME[case.function], texts)}}}"
            answers.write_array_formula(*area, formula, None, NOT_CALCULATED)
        areas.append(xl_range(*area))
        answer_row += len(rows)
        argument_row += max(len(as_rows(argument)) for argument in case.arguments)
    return areas


def _write_arguments(sheet: Worksheet, first_row: int, arguments: tuple[Any, ...]) -> list[str]:
    """Write the arguments side by side and give the references to them."""
    references, column = [], 0
    for argument in arguments:
        rows = as_rows(argument)
        for y, cells in enumerate(rows, first_row):
            for x, cell in enumerate(cells, column):
                _write_cell(sheet, y, x, cell)
        references.append(f"{ARGUMENTS}!{_reference(first_row, column, rows)}")
        column += len(rows[0])
    return references


def _reference(row: int, column: int, rows: list[list[Any]]) -> str:
    if len(rows) == len(rows[0]) == 1:
        return str(xl_rowcol_to_cell(row, column))
    return str(xl_range(row, column, row + len(rows) - 1, column + len(rows[0]) - 1))


def _write_cell(sheet: Worksheet, row: int, column: int, cell: Any) -> None:
    if cell == "":
        sheet.write_formula(row, column, '=""', None, "")
    elif isinstance(cell, ErrorCell):
        sheet.write_formula(row, column, f"={cell.token}", None, cell.token)
    elif isinstance(cell, str):
        sheet.write_string(row, column, cell)
    elif cell is not None:
        sheet.write(row, column, cell)
