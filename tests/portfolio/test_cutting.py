"""What is cut out of the parts that are read: nothing that is needed, and nothing in doubt."""

import re

import pytest

from tablero.workbook_templates.portfolio.cutting import Cut, cut_sheet, cut_styles, cuts

ROWS = (
    b'<row r="1"><c r="A1"/></row>'
    b'<row r="2" spans="1:9"/>'
    b'<row r="3"><c r="A3"/><c r="C3"/><c r="H3"/><c r="I3"/></row>'
    b'<row r="4"><c r="A4"/><c r="D4"/></row>'
)
CUT = Cut(frozenset([b"3", b"4"]), ((b'<c r="C', b'<c r="I'),))


def sheet(rows: bytes) -> bytes:
    """A sheet with these rows."""
    return b"<worksheet><sheetData>%b</sheetData></worksheet>" % rows


def addresses(part: bytes) -> list[bytes]:
    """The addresses of all cells."""
    return re.findall(rb'<c r="([A-Z0-9]+)"', part)


def test_rows_and_columns() -> None:
    """Rows that are needed are left, without the columns between those that are."""
    assert addresses(cut_sheet(sheet(ROWS), CUT)) == [b"A3", b"I3", b"A4", b"D4"]


@pytest.mark.parametrize(
    "odd",
    [
        b'<row spans="1:3"><c r="A5"/></row>',
        b'<row spans="1:3" r="5"><c r="A5"/></row>',
        b'<row r="99999"><c r="A5"/></row>',
    ],
)
def test_rows_in_doubt(odd: bytes) -> None:
    """A row that does not begin with its number leaves the sheet as it is."""
    assert cut_sheet(sheet(ROWS + odd), CUT) == sheet(ROWS + odd)
    assert cut_sheet(sheet(odd + ROWS), CUT) == sheet(odd + ROWS)


def test_no_rows() -> None:
    """What holds no cells stays as it is."""
    assert cut_sheet(b"<worksheet/>", CUT) == b"<worksheet/>"


def test_computed_columns() -> None:
    """Columns between those that are read are left out where they are many."""
    names = {
        "inputs_months": "Inputs!$B$5:$M$9",
        "inputs_period": "Inputs!$N$5:$N$9",
        "inputs_id": "Inputs!$T$5:$T$9",
        "home_kind": "'My home'!$B$5",
        "matrix_goal": "Matrix!$E$5:$E$500000",
        "set_floor": "#REF!",
        "scorecard_value": "Scorecard!$E$5",
    }
    found = cuts(names)
    assert found["Inputs"] == Cut(
        frozenset([b"5", b"6", b"7", b"8", b"9"]), ((b'<c r="N', b'<c r="T'),)
    )
    assert found["My home"] == Cut(frozenset([b"5"]), ())
    assert found.keys() == {"Inputs", "My home"}


STYLES = (
    b'<?xml version="1.0"?>\n<styleSheet xmlns="urn:x">%b<fonts/>'
    b"<cellStyleXfs><xf/></cellStyleXfs><cellXfs count='1'><xf/></cellXfs><dxfs/></styleSheet>"
)
FORMATS = b'<numFmts count="1"><numFmt numFmtId="164" formatCode="d"/></numFmts>'


@pytest.mark.parametrize("formats", [b"", FORMATS])
def test_styles(formats: bytes) -> None:
    """The formats of numbers and those of cells that use them are left."""
    head = b'<?xml version="1.0"?>\n<styleSheet xmlns="urn:x">'
    left = head + formats + b"<cellXfs count='1'><xf/></cellXfs></styleSheet>"
    assert cut_styles(STYLES % formats) == left


@pytest.mark.parametrize("odd", [b"<!-- <cellXfs > -->", b"<x:numFmts/>", b"<x:cellXfs/>"])
def test_styles_in_doubt(odd: bytes) -> None:
    """Comments and prefixes leave the styles as they are."""
    assert cut_styles(STYLES % odd) == STYLES % odd
    assert cut_styles(b"<styleSheet/>") == b"<styleSheet/>"
