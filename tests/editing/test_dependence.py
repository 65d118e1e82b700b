"""What follows from a result that nobody here can calculate keeps its result, too."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO

import pytest
import xlsxwriter

from tablero.workbook_templates.editing.package import Package
from tablero.workbook_templates.editing.recalculation import (
    EngineError,
    Recalculation,
    recalculated,
)
from tablero.workbook_templates.editing.sheet import Result, cell_name

SHEET = "It's mine"
STALE = "stale"
UNKNOWN = "NOBODYKNOWS(1)"
NAMES = {
    "unknown_cell": "'It''s mine'!$A$1",
    "unknown_area": "'It''s mine'!$A$1:$B$1",
    "doubled": "'It''s mine'!$F$1*2",
    "zip2026": "0.19",
    "known_area": "'It''s mine'!$F$1:$F$3",
}


def workbook(
    formulas: Mapping[str, str],
    *,
    names: Mapping[str, str] = NAMES,
    settings: Mapping[str, object] | None = None,
) -> Package:
    """Formulas with stale results in cells; figures stand in F1:F3 and a table in H1:I3."""
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"use_future_functions": True, **(settings or {})}) as book:
        sheet = book.add_worksheet(SHEET)
        sheet.write_column("F1", [3, 1, 2])
        sheet.add_table("H1:I3", {"name": "Budget", "columns": [{"header": "Item"}]})
        sheet.write_column("H2", [5, 6])
        for cell, formula in formulas.items():
            sheet.write_formula(cell, f"={formula}", None, STALE)
        for name, text in names.items():
            book.define_name(name, f"={text}")
    return Package.read(content.getvalue())


def results(done: Recalculation) -> dict[str, Result]:
    """What every formula comes to in the file, by its cell."""
    sheet = done.package.sheet(SHEET)
    return {cell_name(place): sheet.result(place) for place in sheet.computed}


@pytest.mark.parametrize(
    "follower",
    [
        "IFERROR(A1,0)",
        "IFERROR(SUM(F1,A1:A1),0)",
        "IFERROR(SUM($A:$A),0)",
        "IFERROR(SUM(1:1),0)",
        "COUNT('It''s mine'!A1)",
        "IFERROR(unknown_cell,0)",
        "IFERROR(SUM(UNKNOWN_AREA),0)",
        'IFERROR(INDIRECT("A"&1),0)',
        "IFERROR(SUM(OFFSET(F1,0,-5)),0)",
        "IFERROR(SUM(Budget[Item]),0)",
        "IFERROR(SUM(F1:INDEX(A1:F1,1)),0)",
        "IFERROR(doubled,0)",
        "IFERROR(ZIP2026,0)",
        "IFERROR(Budgets[Item],0)",
        "IFERROR([1]Other!A1,0)",
        "IF(TRUE,1,NOBODYKNOWS(2))",
    ],
)
def test_what_follows_from_an_unknown_result_is_left(follower: str) -> None:
    """IFERROR and the like never turn what is not known into a figure that looks right."""
    formulas = {"A1": UNKNOWN, "H3": UNKNOWN, "C5": follower, "C6": "C5&1", "C7": "SUM(F1:F3)"}
    done = recalculated(workbook(formulas))
    assert results(done) == {"A1": STALE, "H3": STALE, "C5": STALE, "C6": STALE, "C7": 6.0}
    assert done.left == tuple((SHEET, cell) for cell in ("A1", "H3", "C5", "C6"))


@pytest.mark.parametrize(
    ("formula", "result"),
    [
        ("SUM(F:F)", 6.0),
        ("SUM(known_area)", 6.0),
        ("SUM(Budget[Item])", 11.0),
        ('INDIRECT("F1")', 3.0),
        ("IFERROR(1/0,7)", 7.0),
        ("SUMPRODUCT(ABS(F1:F3))", 6.0),
    ],
)
def test_what_follows_from_nothing_unknown_is_calculated(formula: str, result: Result) -> None:
    """A formula is not left for the sake of another one to which it does not lead."""
    others = {} if "INDIRECT" in formula else {"A1": UNKNOWN}
    assert results(recalculated(workbook({**others, "C5": formula})))["C5"] == result


@pytest.mark.parametrize("changing", ["NOW()", "TODAY()", "ROUND(RAND(),0)", "RANDBETWEEN(1,1)"])
def test_time_and_chance_are_left_with_all_that_follows(changing: str) -> None:
    """A second run changes no byte, though the clock went on."""
    done = recalculated(workbook({"A1": changing, "A2": "YEAR(A1)", "A3": "F1"}))
    assert results(done) == {"A1": STALE, "A2": STALE, "A3": 3.0}


def test_formulas_of_one_pattern_are_told_apart_by_their_cells() -> None:
    """Of a column filled down, the row that follows from an unknown result is left, no other."""
    formulas = {"A1": "F1", "A2": UNKNOWN, "B1": "F1*A1", "B2": "F2*A2", "B3": "F3*A3"}
    done = recalculated(workbook(formulas))
    assert results(done) == {"A1": 3.0, "B1": 9.0, "A2": STALE, "B2": STALE, "B3": 0.0}


def test_copies_of_a_formula_come_to_what_each_comes_to() -> None:
    """The engine reads copies once; what moves otherwise than cells do is no copy to it."""
    copies = {"A1": ("F1*2", 6.0), "A2": ("F2*2", 2.0), "A3": ("$F$3*F1", 6.0)}
    alike = {"A4": ("F1*2", 6.0), "A5": ("f1*2", 6.0), "A6": ("f1*2", 6.0), "A7": ("$F1+F$2", 4.0)}
    others = {"A8": ("$F2+F$2", 2.0), "C1": ("SUM(F:F)", 6.0), "D1": ("SUM(F:F)", 6.0)}
    areas = {"A10": ("SUM(F1:F2)", 4.0), "A11": ("SUM(F2:F3)", 3.0), "B11": ("SUM(F2:F3)", 3.0)}
    named = {"B1": ("SUM(known_area)", 6.0), "B2": ("SUM(known_area)", 6.0)}
    table = {"B3": ("SUM(Budget[Item])", 11.0), "B4": ("SUM(Budget[Item])", 11.0)}
    wanted = copies | alike | others | areas | named | table
    done = recalculated(workbook({cell: formula for cell, (formula, _) in wanted.items()}))
    assert results(done) == {cell: result for cell, (_, result) in wanted.items()}
    assert done.left == ()


def test_a_circle_is_left_with_all_that_follows() -> None:
    """Formulas that lead to themselves keep what Excel, perhaps by iteration, came to."""
    done = recalculated(workbook({"A1": "A2+1", "A2": "A1", "A3": "IFERROR(A2,0)", "A4": "F1"}))
    assert results(done) == {"A1": STALE, "A2": STALE, "A3": STALE, "A4": 3.0}


def test_numbers_in_texts_are_left_to_the_readers_language() -> None:
    """Excel writes 0,5 for a Colombian reader; the engine would write 0.5."""
    done = recalculated(workbook({"A1": '"Rate "&F2/F3', "A2": '"Rate "&F1', "A3": "LEN(A1)"}))
    assert results(done) == {"A1": STALE, "A2": "Rate 3", "A3": STALE}


def test_an_array_that_would_fill_other_cells_is_left() -> None:
    """How far a dynamic array reaches is for Excel to write; what follows from it, too."""
    package = workbook({"A1": "F1", "A2": "SUM(B1:B9)"})
    part = package.sheets[SHEET]
    grown = (
        b'<c r="B1" t="str"><f t="array" ref="B1:B2">FILTER(F1:F3,F1:F3&gt;0)</f><v>stale</v></c>'
    )
    cell = package.sheet(SHEET).cells[1, 1]
    xml = package.parts[part]
    done = recalculated(package.with_parts({part: xml[: cell.end] + grown + xml[cell.end :]}))
    assert results(done) == {"A1": 3.0, "B1": STALE, "A2": STALE}


def test_a_data_table_is_left_with_all_that_follows() -> None:
    """What-if tables are calculated by spreadsheet programs alone."""
    package = workbook({"A1": "F1", "A2": "SUM(B1:B2)"})
    part = package.sheets[SHEET]
    table = b'<c r="B1"><f t="dataTable" ref="B1:B2" dt2D="0" dtr="0" r1="F1"/><v>4</v></c>'
    cell = package.sheet(SHEET).cells[1, 1]
    xml = package.parts[part]
    done = recalculated(package.with_parts({part: xml[: cell.end] + table + xml[cell.end :]}))
    assert results(done) == {"A1": 3.0, "B1": 4.0, "A2": STALE}


def test_formulas_that_cells_share_are_read_in_each() -> None:
    """The second cell of a shared formula follows from the second row."""
    package = workbook({"A1": "F1", "A2": "F2", "F5": UNKNOWN})
    part = package.sheets[SHEET]
    xml = package.parts[part].replace(b"<f>F1</f>", b'<f t="shared" ref="A1:A2" si="0">F1*F4</f>')
    xml = xml.replace(b"<f>F2</f>", b'<f t="shared" si="0"/>')
    done = recalculated(package.with_parts({part: xml}))
    assert results(done) == {"A1": 0.0, "A2": STALE, "F5": STALE}


@pytest.mark.parametrize(
    ("element", "changed"),
    [
        (b"<workbookPr ", b'<workbookPr date1904="1" '),
        (b"<calcPr ", b'<calcPr fullPrecision="0" '),
    ],
)
def test_settings_that_the_engine_does_not_heed_leave_everything(
    element: bytes, changed: bytes
) -> None:
    """Days counted from 1904, and figures rounded as displayed, are for Excel to calculate."""
    package = workbook({"A1": "F1"})
    part = "xl/workbook.xml"
    with pytest.raises(EngineError):
        recalculated(package.with_parts({part: package.parts[part].replace(element, changed)}))
