"""Every call in the paper's company for xlwings Lite, asked of the code inside the workbook."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tablero.addin.lite import new_lite_workbook
from tablero.workbook_templates.library import load_template
from tablero.workbook_templates.periods import Calendar, Period
from tests.conformance.cases import is_same
from tests.conformance.host_pyodide import answers_of
from tests.lite.stored_calls import Cells, LiteBook, StoredCall, filled
from tests.lite.test_embedding import properties
from tests.workbook.making import Variant, all_cells

CANO = load_template("cano")
LITE = Variant("lite", CANO.company.language)
PERIODS = Calendar(CANO.company.year, CANO.company.fiscal_start_month).periods()


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The paper's company, showing the year."""
    path = tmp_path_factory.mktemp("lite") / "cano.xlsx"
    new_lite_workbook(CANO, path)
    return path


@pytest.fixture(scope="module")
def calls(workbook: Path) -> list[StoredCall]:
    """The workbook's calls: of its own cells, and of what these hold in every period."""
    book = LiteBook(workbook)
    held = [book.cells, *({**book.cells, **results(period)} for period in PERIODS)]
    return [call for cells in held for call in book.calls(cells)]


def results(period: Period) -> Cells:
    """What is stored for the formulas of the workbook that shows a period."""
    return dict(_results(period))


def _results(period: Period) -> Iterator[tuple[tuple[str, str], object]]:
    for place, _, cell in all_cells(LITE.board(CANO, period)):
        result = getattr(cell.content, "result", None)  # else a figure or a text
        if result is not None:
            yield place, result


def question(call: StoredCall) -> str:
    """A call without its place: the same question has the same answer wherever it is asked."""
    return json.dumps([call.function, call.arguments])


def test_the_code_in_the_workbook_answers_every_call_with_the_stored_figure(
    calls: list[StoredCall], workbook: Path, tmp_path: Path
) -> None:
    """In the year, every quarter and every month, to 1e-9: nothing moves in Excel."""
    main_py = tmp_path / "main.py"
    main_py.write_text(str(properties(workbook)["main.py"]), "utf-8")
    asked = {question(call): call for call in calls}
    found = answers_of(main_py, [(call.function, call.arguments) for call in asked.values()])
    answers = dict(zip(asked, found, strict=True))
    assert not [
        (call.place, answers[question(call)], call.result)
        for call in calls
        if not is_same(answers[question(call)], filled(call.result))
    ]


def test_it_calls_python_for_whatever_it_shows(workbook: Path, calls: list[StoredCall]) -> None:
    """Periods, previous values, achievements, roll-ups, coverage and bands, in each period."""
    used = {"PERIOD_VALUE", "PREVIOUS_VALUE", "KPI_ACHIEVEMENT", "WEIGHTED_AGG", "COVERAGE"}
    assert used | {"ACTION_BAND", "ACTION_PLAN", "ACTION_TERM"} <= {one.function for one in calls}
    assert len(PERIODS) == 29
    assert len(calls) == len(LiteBook(workbook).calling) * (1 + len(PERIODS))
