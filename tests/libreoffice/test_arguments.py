"""Arguments in LibreOffice with the extension: blanks, texts, errors, ranges, what is left out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
import xlsxwriter

from tablero.addin.libreoffice.naming import stored_name
from tablero.addin.libreoffice.serving.contents import EMPTY, Contents, Typed
from tests.engines.libreoffice import Calc
from tests.engines.spreadsheet import Rows, Value

NOT_CALCULATED = "not calculated"


def answers(calc: Calc, path: Path, cells: Rows, formulas: Sequence[str]) -> list[Value]:
    """What formulas show that speak of cells from A1 on."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Data")
        for number, row in enumerate(cells):
            sheet.write_row(number, 0, row)
        other = book.add_worksheet("It's another")
        book.define_name("the_cap", "='It''s another'!$H$1")
        for number, formula in enumerate(formulas):
            sheet.write_formula(number, 9, formula, None, NOT_CALCULATED)
        other.write("A1", 5)
    with calc.open(path, recalculate=True) as document:
        return [row[0] for row in document.values("Data", f"J1:J{len(formulas)}")]


CELLS: Rows = [[80, 100, "High", 0, None, "5", True], [0, 0, "low", None, None, "x", None]]


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("=KPI_ACHIEVEMENT(A1,B1)", 0.8),
        ("=KPI_ACHIEVEMENT(E1,B1)", ""),
        ("=KPI_ACHIEVEMENT(D1,B1)", 0),
        ("=KPI_ACHIEVEMENT(E1:E1,B1)", ""),
        ("=KPI_ACHIEVEMENT(0,B1)", 0),
        ("=KPI_ACHIEVEMENT(A1,E1)", ""),
        ("=KPI_ACHIEVEMENT(A1,D1)", 1),
        ("=KPI_ACHIEVEMENT(A1,100,E1)", 0.8),
        ("=KPI_ACHIEVEMENT(A1,B1,C1,D1,E1)", 0.8),
        ("=KPI_ACHIEVEMENT(A1,B1,C1,D1,the_cap)", 0.8),
        ("=KPI_ACHIEVEMENT(A1,B1,C1,D1,D1)", 0),
        ("=KPI_ACHIEVEMENT(-5,B1,C1,E1)", -0.05),
        ("=KPI_ACHIEVEMENT(-5,B1,C1,,E1)", 0),
        ("=KPI_ACHIEVEMENT(A1,B1,,,0.5)", 0.5),
        ("=KPI_ACHIEVEMENT('It''s another'!A1,10)", 0.5),
        ("=KPI_ACHIEVEMENT('It''s another'!B1,10)", ""),
        ("=KPI_ACHIEVEMENT(F1,B1)", "#VALUE!"),
        ('=KPI_ACHIEVEMENT("x",B1)', "#VALUE!"),
        ("=KPI_ACHIEVEMENT(A1,B1,C1,2,1)", "#NUM!"),
        ("=KPI_ACHIEVEMENT(1/0,B1)", "#DIV/0!"),
        ("=KPI_ACHIEVEMENT(NA(),B1)", "#N/A"),
        ("=IFERROR(KPI_ACHIEVEMENT(F1,B1),7)", 7),
        ('=IF(KPI_ACHIEVEMENT(E1,B1)="","nothing","something")', "nothing"),
        ('=IF(KPI_ACHIEVEMENT(A1,B1)>0.5,"ok","no")', "ok"),
        ("=1+KPI_ACHIEVEMENT(A1,B1)+KPI_ACHIEVEMENT(D1,B1)", 1.8),
        ('=KPI_ACHIEVEMENT(E1,B1)=""', True),
        ('=IF(ACTION_BAND(1)="Excellent",1,0)', 1),
        ("=ACTION_BAND(1,{1,\"a\";0,\"b\"})", "#NUM!"),
        ("=KPI_ACHIEVEMENT(KPI_ACHIEVEMENT(A1,B1),2)", 0.4),
        ("=GROWTH_RATE(GROWTH_RATE(D1,B1),E1)", ""),
        ("=WEIGHTED_AGG(A1:B1,{0.5,0.5})", 90),
        ("=WEIGHTED_AGG({1;\"\";0.5},{0.25;0.5;0.25})", 0.75),
        ("=WEIGHTED_AGG(E1,1)", ""),
        ("=WEIGHTED_AGG(D1,1)", 0),
        ("=WEIGHTED_AGG(A1:C1,{0.5,0.25,0.25})", "#VALUE!"),
        ("=WEIGHTED_AGG(A1:B1,{0.5,0.4})", "#NUM!"),
        ("=ACTION_BAND(E1)", ""),
        ("=ACTION_BAND(D1)", "Not acceptable"),
        ("=PERIOD_VALUE(A1:E1,{0,1,0,1,1},\"A\")", 50),
    ],
)  # fmt: skip
def test_a_call_is_answered(formula: str, expected: Value, extended: Calc, tmp_path: Path) -> None:
    """An empty cell is missing, a zero is a zero; wrong input is the error that it should be."""
    (found,) = answers(extended, tmp_path / "calls.xlsx", CELLS, [formula])
    assert found == (pytest.approx(expected, abs=1e-9) if isinstance(expected, float) else expected)


def test_calls_alike_are_told_apart(extended: Calc, tmp_path: Path) -> None:
    """Cells that call with a 0, an empty cell, or formulas that lead to them, each get theirs."""
    rows: Rows = [[0, 5], [None, 5], [0, 5], [None, None], [None, 5], [0, None]]
    formulas = [f"=GROWTH_RATE(A{row},B{row})" for row in range(1, 7)]
    found = answers(extended, tmp_path / "alike.xlsx", rows, formulas)
    assert found == [-1, "", -1, "", "", ""]


def test_a_chain_of_calls_is_told_apart(extended: Calc, tmp_path: Path) -> None:
    """A call whose argument is such a call, many times over, does not confuse them."""
    rows: Rows = [[0 if row % 2 else None, 1] for row in range(60)]
    formulas = ["=GROWTH_RATE(A1,1)"]
    formulas += [f'=GROWTH_RATE(A{row},IF(J{row - 1}="",1,2))' for row in range(2, 61)]
    found = answers(extended, tmp_path / "chain.xlsx", rows, formulas)
    assert found == ["" if row % 2 == 0 else -1 for row in range(60)]


def test_calls_that_can_have_come_to_the_same_are_looked_at_once() -> None:
    """However many formulas call with formulas, the empty cells among them are soon found."""
    rows = [
        ["=1+1", "", "0", f"={stored_name('GROWTH_RATE')}(A{row};$B$1)"] for row in range(1, 1001)
    ]
    rows.append(["", "", "", f"={stored_name('GROWTH_RATE')}(A1;C1)"])
    kinds = Contents({"Data": rows}, {}).sites["GROWTH_RATE"]
    assert {kind: len(sites) for kind, sites in kinds.items()} == {
        (Typed("="), EMPTY): 1000,
        (Typed("="), Typed("0")): 1,
    }


def test_a_change_is_seen_at_once(extended: Calc, tmp_path: Path) -> None:
    """A figure, a zero and nothing, typed one after the other, each count as what they are."""
    path = tmp_path / "change.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Data").write_formula("B1", "=KPI_ACHIEVEMENT(A1,10)", None, 0)
    with extended.open(path) as document:
        for typed, shown in ((None, ""), (0, 0), (None, ""), (5, 0.5), (0, 0), (None, "")):
            document.set("Data", "A1", typed)
            document.calculate()
            assert document.value("Data", "B1") == shown


def test_a_range_of_words_answers_with_a_range(extended: Calc, tmp_path: Path) -> None:
    """One array formula for a whole column; the words are equal to the same words elsewhere."""
    path = tmp_path / "range.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Data")
        sheet.write_column("A1", [0.5, None, 1, "text"])
        sheet.write_array_formula("B1:B4", "{=ACTION_BAND(A1:A4)}", None, 0)
        sheet.write_formula("C1", '=COUNTIF(B1:B4,"Excellent")', None, 0)
    with extended.open(path, recalculate=True) as document:
        words = [["Not acceptable"], [""], ["Excellent"], ["#VALUE!"]]
        assert document.values("Data", "B1:B4") == words
        assert document.value("Data", "C1") == 1


def test_a_range_of_numbers_is_an_error_and_never_a_wrong_figure(
    extended: Calc, tmp_path: Path
) -> None:
    """LibreOffice takes no range of numbers and blanks from Python: it is called cell by cell."""
    path = tmp_path / "range.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Data")
        sheet.write_column("A1", [50, None, 0])
        sheet.write_array_formula("B1:B3", "{=KPI_ACHIEVEMENT(A1:A3,100)}", None, 0)
    with extended.open(path, recalculate=True) as document:
        assert document.values("Data", "B1:B3") == [["#VALUE!"]] * 3
