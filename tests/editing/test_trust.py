"""The engine's results are trusted where another spreadsheet program comes to the same."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from itertools import starmap

import pytest
from openpyxl.utils.cell import range_boundaries

from tablero.workbook_templates.editing.formulas import OPERATOR, read_formula
from tablero.workbook_templates.editing.package import Package
from tablero.workbook_templates.editing.recalculation import recalculated
from tablero.workbook_templates.editing.sheet import ErrorValue, Result
from tablero.workbook_templates.editing.trust import (
    COMPARED,
    LEFT,
    LIFTED,
    takes_range,
)
from tests.editing.formulas import ARRAYS, FORMULAS, SHEET, WRONG, write
from tests.engines.ironcalc_engine import Workbook
from tests.engines.libreoffice import Calc
from tests.engines.spreadsheet import Value

ROAMING = "INDIRECT|OFFSET"
CAUTION = rf"""{ROAMING}|TEXT|VALUE\(|FIXED|DOLLAR\(|CELL|SHEET|HYPERLINK|TRIMMEAN|\d&""|: "&"""
"""What is left for the reader's language, for functions not compared, or for what else is left."""
ALL = (*FORMULAS, *ARRAYS, *WRONG)
CELLS = f"N2:N{len(ALL) + 1}"


@dataclass(frozen=True)
class Answer:
    """A formula with what the engine, LibreOffice and the refreshed file say."""

    text: str
    engine: Value
    office: Value
    written: Result
    is_left: bool


def shape(operand: str) -> tuple[int, int]:
    """Rows and columns of an operand."""
    left, top, right, bottom = (edge or 1 for edge in range_boundaries(operand))
    return bottom - top + 1, right - left + 1


@pytest.fixture(scope="module")
def answers(calc: Calc, tmp_path_factory: pytest.TempPathFactory) -> tuple[Answer, ...]:
    """What everybody comes to, in the order of the formulas."""
    path = tmp_path_factory.mktemp("formulas") / "formulas.xlsx"
    write(path)
    engine = [row[0] for row in Workbook.load(path).values(SHEET, CELLS)]
    with calc.open(path, recalculate=True) as document:
        office = [row[0] for row in document.values(SHEET, CELLS)]
    done = recalculated(Package.read(path))
    sheet = done.package.sheet(SHEET)
    written = [sheet.result((row, 14)) for row in range(2, len(ALL) + 2)]
    left = [(SHEET, f"N{row}") in done.left for row in range(2, len(ALL) + 2)]
    return tuple(starmap(Answer, zip(ALL, engine, office, written, left, strict=True)))


def same(ours: object, theirs: object) -> bool:
    """Whether two programs came to the same; a truth value is a number to the one."""
    if isinstance(ours, ErrorValue):
        return ours.token == theirs
    if isinstance(ours, float | bool) and isinstance(theirs, float | bool):
        return math.isclose(ours, theirs, rel_tol=1e-9, abs_tol=1e-9)
    return ours == theirs


def test_written_results_are_those_of_another_program(answers: tuple[Answer, ...]) -> None:
    """Wherever a result is written into a user's file, LibreOffice comes to the same."""
    differing = [one for one in answers if not one.is_left and not same(one.written, one.office)]
    assert not differing
    assert sum(not one.is_left for one in answers) > 200


def test_functions_that_look_about_come_to_what_another_program_comes_to(
    answers: tuple[Answer, ...],
) -> None:
    """They are left wherever anything is, as in this workbook; elsewhere they are written."""
    found = [one for one in answers if one.text in FORMULAS and re.search(ROAMING, one.text)]
    assert len(found) > 2
    assert [one for one in found if not same(one.engine, one.office)] == []


def test_what_everybody_computes_alike_is_not_left(answers: tuple[Answer, ...]) -> None:
    """Caution does not go too far."""
    left = {one.text for one in answers if one.is_left and one.text in FORMULAS}
    assert {text for text in left if not re.search(CAUTION, text)} == set()


def test_where_the_engine_is_wrong_the_result_is_left(answers: tuple[Answer, ...]) -> None:
    """Each difference that is known is still one, and what the file says stays."""
    wrong = [one for one in answers if one.text in WRONG and one.text not in ARRAYS]
    assert [one for one in wrong if same(one.engine, one.office)] == []
    assert [one for one in wrong if not one.is_left or one.written != "not calculated"] == []


def test_what_depends_on_the_readers_language_is_left(answers: tuple[Answer, ...]) -> None:
    """Signs between digits, and names of months, are not those of the machine that refreshes."""
    written = {one.text for one in answers if not one.is_left}
    assert written.isdisjoint(
        {'TEXT(C2,"mmm yyyy")', '"Total: "&D2', "FIXED(1234.567,1)", '1/3&""'}
    )


def test_every_trusted_function_is_compared() -> None:
    """No function is trusted because it was not looked at."""
    read = [read_formula(text, shape, takes_range) for text in (*FORMULAS, *ARRAYS)]
    compared = frozenset[str]().union(*(one.functions for one in read))
    assert sorted(COMPARED - compared) == []
    assert COMPARED.isdisjoint(LEFT)


def test_all_that_is_done_cell_by_cell_is_compared() -> None:
    """No function is trusted with many cells at once that was compared with single ones only."""
    read = [read_formula(text, shape, takes_range) for text in ARRAYS]
    lifted = {one for formula in read for one, _ in formula.lifted}
    assert sorted(LIFTED - lifted) == []
    assert OPERATOR in LIFTED
