"""Every call in the macro workbook of the paper's company, asked through xlwings' own call path."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest
from openpyxl.worksheet.formula import ArrayFormula

from tablero.addin.excel.macro_workbook import new_macro_workbook
from tablero.udfs.registry import BY_NAME
from tablero.workbook_templates.library import load_template
from tablero.workbook_templates.periods import Calendar, Kind
from tests.conformance.cases import is_same
from tests.excel import classic

CALL = re.compile(rf"=({'|'.join(BY_NAME)})\(([^()]*)\)")
PERIODS: list[tuple[Kind, int]] = [
    ("year", 12),
    ("ytd", 6),
    *(("quarter", month) for month in (3, 6, 9, 12)),
    *(("month", month) for month in range(1, 13)),
]


class Stored(NamedTuple):
    """A call that is a whole formula, its arguments as the cells hold them, its result.

    Where one call answers for many cells, the result is rows of what stands in them.
    """

    place: str
    function: str
    arguments: list[Any]
    result: Any


class Book:
    """A workbook with its formulas, and with the results that are stored for them."""

    def __init__(self, path: Path) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # of data bars, which openpyxl drops
            self._formulas = openpyxl.load_workbook(path)
            self._results = openpyxl.load_workbook(path, data_only=True)
        self._names = {name: one.attr_text for name, one in self._formulas.defined_names.items()}

    def calls(self) -> Iterator[Stored]:
        for sheet in self._formulas.worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    text, area = _formula(cell)
                    found = CALL.fullmatch(text)
                    if found:
                        arguments = [self._cells(one, sheet.title) for one in found[2].split(",")]
                        result = self._cells(area, sheet.title)
                        yield Stored(f"{sheet.title}!{area}", found[1], arguments, result)

    def _cells(self, reference: str, own: str) -> Any:
        """What a reference's cells hold: one value, or rows of them."""
        reference = self._names.get(reference, reference).replace("$", "")
        sheet, _, area = reference.rpartition("!")
        cells = self._results[sheet.strip("'") or own][area]
        if isinstance(cells, tuple):
            return [[cell.value for cell in row] for row in cells]
        return cells.value


def _formula(cell: Any) -> tuple[str, str]:
    """What stands in a cell, and the cells for which it answers."""
    if isinstance(cell.value, ArrayFormula):
        return str(cell.value.text), str(cell.value.ref)
    return str(cell.value), str(cell.coordinate)


@pytest.fixture(scope="module")
def calls(tmp_path_factory: pytest.TempPathFactory) -> list[Stored]:
    """The calls of the workbook in the year, each quarter and each month."""
    definition = load_template("cano")
    company = definition.company
    calendar = Calendar(company.year, company.fiscal_start_month)
    folder = tmp_path_factory.mktemp("periods")
    found = []
    for kind, month in PERIODS:
        path = folder / f"{kind}{month}.xlsm"
        new_macro_workbook(definition, path, period=calendar.period(kind, month))
        found += list(Book(path).calls())
    return found


def test_the_workbook_calls_python_for_whatever_it_shows(calls: list[Stored]) -> None:
    """Periods, achievements, roll-ups and bands: several hundred calls a workbook."""
    assert len(calls) > 400 * len(PERIODS)
    used = {"PERIOD_VALUE", "KPI_ACHIEVEMENT", "WEIGHTED_AGG", "ACTION_BAND", "ACTION_PLAN"}
    assert used <= {one.function for one in calls}


def test_python_answers_every_call_with_the_stored_figure(calls: list[Stored]) -> None:
    """To 1e-9, so that nothing moves on the first calculation in Excel."""
    asked = [(one.function, _filled(one)) for one in calls]
    answers = classic.answers(asked)
    assert not [
        (one.place, answer, one.result)
        for one, answer in zip(calls, answers, strict=True)
        if not is_same(answer, _shown(one.result))
    ]


def test_one_call_answers_for_a_column_of_words(calls: list[Stored]) -> None:
    """What every row of the scorecard calls for is asked for by three calls, in every period."""
    words = [one for one in calls if one.function.startswith("ACTION_")]
    assert len(words) == 3 * len(PERIODS)
    rows = {len(one.result) for one in words}
    assert rows == {28}


def _shown(result: Any) -> Any:
    """Cells as an answer has them: an empty text where there is nothing to show."""
    if isinstance(result, list):
        return [[_shown(cell) for cell in row] for row in result]
    return "" if result is None else result


def _filled(one: Stored) -> list[Any]:
    left_out = len(BY_NAME[one.function].arguments) - len(one.arguments)
    return [*one.arguments, *[classic.LEFT_OUT] * left_out]
