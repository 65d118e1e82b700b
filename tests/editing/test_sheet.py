"""A sheet's XML in whatever form programs write it: cells change, and all around them stays."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree import ElementTree as ET

import pytest

from tablero.workbook_templates.editing.sheet import ErrorValue, Place, Result, SheetPart, Write

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"


def part(body: str, *, before: str = "", namespace: str = MAIN) -> bytes:
    """A worksheet with these elements."""
    return f'<worksheet xmlns="{namespace}">{before}{body}</worksheet>'.encode()


def edited(data: bytes, values: Mapping[Place, Result]) -> bytes:
    """The part with other values in some cells."""
    return SheetPart(data).with_cells({place: Write(one) for place, one in values.items()})


def read(data: bytes) -> dict[Place, Result]:
    """What every cell holds, by a reading of the part from anew; it is well-formed, too."""
    ET.fromstring(data)
    sheet = SheetPart(data, ["shared"])
    return {place: sheet.result(place) for place in sheet.cells}


ROWS = '<row r="2" spans="2:4"><c r="B2" s="7"><v>1</v></c><c r="D2"><v>3</v></c></row>'


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ((2, 1), '<row r="2"><c r="A2"><v>5</v></c><c r="B2" s="7">'),
        ((2, 2), '<row r="2" spans="2:4"><c r="B2" s="7"><v>5</v></c><c r="D2">'),
        ((2, 3), '<c r="B2" s="7"><v>1</v></c><c r="C2"><v>5</v></c><c r="D2">'),
        ((2, 6), '<c r="D2"><v>3</v></c><c r="F2"><v>5</v></c></row></sheetData>'),
        ((1, 3), '<sheetData><row r="1"><c r="C1"><v>5</v></c></row><row r="2" spans="2:4">'),
        ((9, 3), '</row><row r="9"><c r="C9"><v>5</v></c></row></sheetData>'),
    ],
)
def test_a_cell_comes_where_it_belongs(place: Place, expected: str) -> None:
    """A cell that is not there yet, or whose row is not, is put in order; the rest stays."""
    data = part(f"<sheetData>{ROWS}</sheetData>")
    after = edited(data, {place: 5.0})
    assert expected in after.decode()
    assert read(after) == {**read(data), place: 5.0}


@pytest.mark.parametrize("body", ["<sheetData/>", "<sheetData></sheetData>", "<sheetData />"])
def test_an_empty_sheet_takes_cells(body: str) -> None:
    """A sheet in which nothing stands holds what is put into it."""
    after = edited(part(body, before='<dimension ref="A1"/>'), {(2, 3): 1.0, (2, 1): 2.0})
    assert read(after) == {(2, 3): 1.0, (2, 1): 2.0}
    assert b'<dimension ref="A1:C2"/><sheetData' in after
    assert b'><row r="2"><c r="A2">' in after


@pytest.mark.parametrize("row", ['<row r="3" ht="20"/>', '<row r="3" spans="1:2" ht="20"></row>'])
def test_an_empty_row_takes_cells(row: str) -> None:
    """A row without cells keeps its height."""
    after = edited(part(f"<sheetData>{row}</sheetData>"), {(3, 4): True})
    assert b'<row r="3" ht="20"><c r="D3" t="b"><v>1</v></c></row>' in after


def test_cells_and_rows_without_their_names_are_counted() -> None:
    """Some programs leave out what follows from the order."""
    rows = (
        '<row><c><v>1</v></c><c><v>2</v></c></row><row r="5"/><row><c r="B6"/><c><v>3</v></c></row>'
    )
    data = part(f"<sheetData>{rows}</sheetData>")
    after = edited(data, {(1, 2): 9.0, (6, 1): 4.0, (6, 3): 5.0, (1, 3): 6.0})
    assert read(after) == {
        (1, 1): 1.0,
        (1, 2): 9.0,
        (1, 3): 6.0,
        (6, 1): 4.0,
        (6, 2): None,
        (6, 3): 5.0,
    }


def test_prefixes_are_spoken_as_the_part_speaks_them() -> None:
    """New elements belong to the same namespace as those around them."""
    data = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:dimension ref="A1:A1"/><x:sheetData><x:row r="1">'
        '<x:c r="A1" t="s"><x:v>0</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    ).encode()
    after = edited(data, {(1, 1): "new", (1, 2): 2.0, (2, 1): False})
    names = {element.tag for element in ET.fromstring(after).iter()}
    assert names == {
        f"{{{MAIN}}}{one}"
        for one in ("worksheet", "dimension", "sheetData", "row", "c", "is", "t", "v")
    }
    assert read(after) == {(1, 1): "new", (1, 2): 2.0, (2, 1): False}


def test_the_strict_form_is_edited_like_the_other() -> None:
    """Files saved as strict Open XML differ in the name of their namespace alone."""
    data = part(f"<sheetData>{ROWS}</sheetData>", namespace=STRICT)
    after = edited(data, {(2, 2): "text"})
    assert {element.tag.partition("}")[0] for element in ET.fromstring(after).iter()} == {
        f"{{{STRICT}"
    }


@pytest.mark.parametrize(
    "text",
    [
        "two\nlines",
        "carriage\r\nreturn",
        "  spaces  ",
        "",
        "tab\tinside",
        'a < b & c > "d"',
        "_x000D_",
        "bell\x07",
        "ñandú — 株式会社 😀",
        "=1+1",
        "\ud800 alone",
        "]]>",
    ],
)
def test_every_text_comes_back_as_it_was(text: str) -> None:
    """No character is lost or changes the XML around it."""
    data = part(f"<sheetData>{ROWS}</sheetData>")
    assert SheetPart(edited(data, {(2, 2): text})).result((2, 2)) == text


@pytest.mark.parametrize("value", [True, False, 0.1, -1e300, 1e-300, 45000.0, None, "x"])
def test_a_value_of_each_kind_comes_back(value: Result) -> None:
    """Whatever stood in the cell before: number, shared text, truth value, error."""
    for kind in ("n", "s", "b", "e", "str", "d"):
        data = part(
            f'<sheetData><row r="1"><c r="A1" s="3" t="{kind}"><v>0</v></c></row></sheetData>'
        )
        after = edited(data, {(1, 1): value})
        assert SheetPart(after).result((1, 1)) == value
        assert SheetPart(after).style((1, 1)) == 3


def test_a_formula_keeps_its_own_bytes() -> None:
    """The result of a formula changes, and the formula is spelled as before."""
    formula = "<f t='shared'  ref=\"A1:A2\" si='0' >SUM( B1 , 'it&apos;s'!C1 )</f >"
    cell = f'<c r="A1" t="str" cm="1" vm="2">{formula}<v>x</v></c>'
    data = part(f'<sheetData><row r="1">{cell}</row></sheetData>')
    for value, changed in (
        (2.5, f'<c r="A1" cm="1">{formula}<v>2.5</v></c>'),
        ("a<b", f'<c r="A1" cm="1" t="str">{formula}<v>a&lt;b</v></c>'),
        (ErrorValue("#DIV/0!"), f'<c r="A1" cm="1" t="e">{formula}<v>#DIV/0!</v></c>'),
    ):
        assert changed in edited(data, {(1, 1): value}).decode()


def test_what_lies_outside_of_the_cells_stays() -> None:
    """Comments, extensions with elements of the same names, a byte order mark: all as it was."""
    extra = (
        '<extLst><ext xmlns:xm="urn:x"><xm:row><xm:c r="A1"><xm:f>B1</xm:f></xm:c></xm:row></ext>'
        "</extLst><!-- <c r='A1'/> -->"
    )
    data = b"\xef\xbb\xbf" + part(f"<sheetData><!-- > -->{ROWS}</sheetData>{extra}")
    after = edited(data, {(2, 2): 8.0})
    assert after == data.replace(b"<v>1</v>", b"<v>8</v>")


def test_how_a_text_is_pronounced_is_no_part_of_it() -> None:
    """Japanese workbooks carry readings beside texts."""
    cell = (
        '<c r="A1" t="inlineStr"><is><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh></is></c>'
    )
    assert read(part(f'<sheetData><row r="1">{cell}</row></sheetData>')) == {(1, 1): "東京"}


def test_merged_cells_but_the_first_are_covered() -> None:
    """What is written into them nobody would see."""
    sheet = SheetPart(part('<sheetData/><mergeCells><mergeCell ref="B2:C3"/></mergeCells>'))
    covered = [
        place for place in ((2, 2), (2, 3), (3, 2), (3, 3), (4, 2)) if sheet.is_covered(place)
    ]
    assert covered == [(2, 3), (3, 2), (3, 3)]


def test_what_computed_cells_are() -> None:
    """Formulas, what arrays spill into, and the cells of data tables."""
    cells = (
        '<c r="A1"><f t="array" ref="A1:B1">C1:D1</f><v>1</v></c><c r="B1"><v>2</v></c>'
        '<c r="C1"><f t="dataTable" ref="C1:D1" r1="A1"/><v>1</v></c><c r="D1"><v>1</v></c>'
        '<c r="E1"><v>1</v></c><c r="F1"><f>E1</f><v>1</v></c>'
    )
    sheet = SheetPart(part(f'<sheetData><row r="1">{cells}</row></sheetData>'))
    assert [column for _, column in sheet.computed] == [1, 2, 3, 4, 6]
