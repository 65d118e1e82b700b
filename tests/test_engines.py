"""The engines of the tests do what they say, and notice what is wrong."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
import xlsxwriter
from openpyxl import load_workbook
from xlsxwriter.workbook import Workbook as Writer
from xlsxwriter.worksheet import Worksheet

from tests.engines import openxml
from tests.engines.ironcalc_engine import Workbook
from tests.engines.libreoffice import Calc, CalcError
from tests.engines.spreadsheet import Spreadsheet

LAMBDA = "=_xlfn.LAMBDA(_xlpm.v,_xlpm.g,IF(_xlpm.g=0,0,_xlpm.v/_xlpm.g))"
Build = Callable[[Writer, Worksheet], object]


def write(path: Path, build: Build) -> Path:
    """A workbook with one sheet, sound in everything that ``build`` leaves alone."""
    with xlsxwriter.Workbook(path) as book:
        created = datetime(2026, 1, 1, tzinfo=UTC)
        book.set_properties({"title": "Board", "author": "Tablero", "created": created})
        build(book, book.add_worksheet("My Data"))
    return path


def figures(_: Writer, sheet: Worksheet) -> None:
    """Inputs in the first row; in the second formulas with wrong stored results."""
    sheet.write_row("A1", [6, 4, "text", True])
    sheet.write_formula("A2", "=A1+B1", None, -1)
    sheet.write_formula("B2", "=A1>B1", None, False)
    sheet.write_formula("C2", "=1/(B1-4)", None, -1)
    sheet.write_formula("D2", '=""', None, "")
    sheet.write_formula("E2", "=UPPER(C1)", None, "stored")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """The small workbook of figures."""
    return write(tmp_path / "figures.xlsx", figures)


@pytest.fixture(params=["IronCalc", "LibreOffice"])
def opened(request: pytest.FixtureRequest, book: Path, calc: Calc) -> Iterator[Spreadsheet]:
    """The same workbook, open with its stored results in each engine."""
    if request.param == "IronCalc":
        yield Workbook.load(book, recalculate=False)
    else:
        with calc.open(book) as document:
            yield document


def test_stored_results_are_kept_until_calculation_is_asked_for(opened: Spreadsheet) -> None:
    """Opening alone changes nothing; calculating puts the true results in place."""
    assert opened.value("My Data", "A2") == -1
    assert opened.value("My Data", "E2") == "stored"
    opened.calculate()
    assert opened.value("My Data", "A2") == 10
    assert opened.value("My Data", "E2") == "TEXT"


def test_every_kind_of_value_is_told_apart(opened: Spreadsheet) -> None:
    """Numbers, texts, truth values, errors, empty texts and blanks read as what they are."""
    opened.calculate()
    rows = opened.values("My Data", "A1:F2")
    assert rows == [[6, 4, "text", True, None, None], [10, True, "#DIV/0!", "", "TEXT", None]]
    assert rows[0][3] is True
    assert rows[1][1] is True
    assert not isinstance(rows[1][0], bool)


def test_typed_values_take_part_in_the_next_calculation(opened: Spreadsheet) -> None:
    """Numbers, text that looks like a formula, truth values and blanks can be typed."""
    opened.set_many({("My Data", "A1"): 1.5, ("My Data", "B1"): None, ("My Data", "D1"): False})
    opened.set("My Data", "C1", "=not a formula")
    opened.calculate()
    assert opened.values("My Data", "A1:D1") == [[1.5, None, "=not a formula", False]]
    assert opened.values("My Data", "A2:E2") == [[1.5, True, -0.25, "", "=NOT A FORMULA"]]


def test_all_formula_cells_are_listed(opened: Spreadsheet) -> None:
    """Each formula comes with its sheet, address, text and value."""
    opened.calculate()
    found = {formula.cell: formula for formula in opened.formulas() if formula.cell != "D1"}
    assert sorted(found) == ["A2", "B2", "C2", "D2", "E2"]
    assert found["A2"] == ("My Data", "A2", "=A1+B1", 10)
    assert found["C2"].value == "#DIV/0!"


def test_sheets_are_named_and_a_wrong_name_is_refused(opened: Spreadsheet) -> None:
    """A misspelt sheet is an error that an assertion cannot miss."""
    assert opened.sheets == ("My Data",)
    with pytest.raises((KeyError, CalcError)):
        opened.value("My Dato", "A1")


def test_ironcalc_evaluates_lambda_names(tmp_path: Path) -> None:
    """A defined name that holds a LAMBDA is called like a function."""

    def build(writer: Writer, sheet: Worksheet) -> None:
        writer.define_name("SHARE", LAMBDA)
        sheet.write_dynamic_array_formula("A1", "=SHARE(3,4)", None, 0)

    assert Workbook.load(write(tmp_path / "l.xlsx", build)).value("My Data", "A1") == 0.75


def test_libreoffice_keeps_no_stored_result_of_array_formulas(tmp_path: Path, calc: Calc) -> None:
    """What a test may expect of stored results holds for ordinary formulas only."""

    def build(_: Writer, sheet: Worksheet) -> None:
        sheet.write_formula("A1", "=1+1", None, -1)
        sheet.write_array_formula("A2", "{=1+1}", None, -1)

    with calc.open(write(tmp_path / "array.xlsx", build)) as document:
        assert document.values("My Data", "A1:A2") == [[-1], [2]]


def test_libreoffice_reads_many_ranges_in_one_request(book: Path, calc: Calc) -> None:
    """The ranges come back in the order they were asked for."""
    with calc.open(book, recalculate=True) as document:
        assert document.read([("My Data", "A2"), ("My Data", "A1:B1")]) == [[[10]], [[6, 4]]]


def test_libreoffice_converts(book: Path, calc: Calc, tmp_path: Path) -> None:
    """A PDF for the eye, and a workbook as LibreOffice saves it."""
    assert calc.convert(book, tmp_path / "out.pdf").read_bytes().startswith(b"%PDF")
    saved = calc.convert(book, tmp_path / "out.xlsx", recalculate=True)
    assert load_workbook(saved, data_only=True)["My Data"]["A2"].value == 10


def test_libreoffice_says_what_it_cannot_open(tmp_path: Path, calc: Calc) -> None:
    """A file that is not there, or no spreadsheet, is an error with the reason."""
    with pytest.raises(CalcError, match="open"):
        calc.open(tmp_path / "missing.xlsx")
    (tmp_path / "letter.rtf").write_text(r"{\rtf1 Dear reader}")
    with pytest.raises(CalcError, match="not a spreadsheet"):
        calc.open(tmp_path / "letter.rtf")
    with calc.open(write(tmp_path / "fine.xlsx", figures)) as document:
        assert document.value("My Data", "A1") == 6


def test_libreoffice_that_does_not_answer_is_ended_and_started_again(book: Path) -> None:
    """A request over its time is an error, leaves no process behind, and the next one works."""
    with Calc(seconds=0.0) as impatient:
        with pytest.raises(CalcError, match="took over 0 seconds"):
            impatient.open(book)
        impatient._seconds = 60
        with impatient.open(book) as document:
            assert document.value("My Data", "A1") == 6
            profile = impatient._running()._folder.name
            assert commands_with(profile)
    assert not commands_with(profile)
    assert not Path(profile).exists()


def test_a_lock_that_another_program_left_does_not_keep_libreoffice_out(
    book: Path, calc: Calc
) -> None:
    """Workbooks open although a LibreOffice that was ended left its lock beside them."""
    lock = book.with_name(f".~lock.{book.name}#")
    lock.write_text(",ana,desk,01.01.2026 10:00,file:///tmp/other;")
    with calc.open(book) as document:
        assert document.value("My Data", "A1") == 6
    assert lock.exists()


def commands_with(word: str) -> list[str]:
    """The commands of running programs that hold a word."""
    found = []
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):  # a process may end while it is looked at
            found.append(process.read_bytes().decode("utf-8", "replace"))
    return [command for command in found if word in command]


# ---- judging files -------------------------------------------------------------------------


def change(path: Path, part: str, old: str, new: str) -> Path:
    """The same file with one text in one part replaced."""
    changed = path.with_name("changed.xlsx")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(changed, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == part:
                assert old.encode() in content, f"{old} is not in {part}"
                content = content.replace(old.encode(), new.encode(), 1)
            target.writestr(name, content)
    return changed


SHEET = "xl/worksheets/sheet1.xml"


def test_a_sound_workbook_gives_no_finding(
    tmp_path: Path, validator: openxml.Validator, book: Path
) -> None:
    """Names, tables, validations, formats, charts, links and LAMBDA calls that are right."""
    assert validator(book) == []
    assert validator(write(tmp_path / "rich.xlsx", rich)) == []


def rich(writer: Writer, sheet: Worksheet) -> None:
    """One of everything the project's workbooks hold."""
    other = writer.add_worksheet("Owner's, list")
    other.write_row("A1", [1, 2, 3])
    writer.define_name("SHARE", LAMBDA)
    writer.define_name("figures", "='Owner''s, list'!$A$1:$C$1")
    sheet.write_dynamic_array_formula("A1", "=SHARE(SUM(figures),-2%)+1E3", None, -700)
    sheet.write_formula("B1", "=SUM('Owner''s, list'!A1:INDEX(figures,2),,{1,2;3,4})", None, 13)
    sheet.write_formula("C1", '=IF(A1<>"",_xlfn.CONCAT("a""b",A1),"(")', None, 'a"b-700')
    total = {"header": "Total", "formula": "=[@Value]*2"}
    sheet.add_table("E1:F3", {"name": "Parts", "columns": [{"header": "Value"}, total]})
    sheet.write_formula("D1", "=SUM(Parts[Value])", None, 0)
    sheet.data_validation("A5:A9", {"validate": "list", "source": ["High", "Low"]})
    sheet.conditional_format("A5", {"type": "formula", "criteria": "=$A$5>1", "format": None})
    sheet.conditional_format("B5:B9", {"type": "data_bar", "data_bar_2010": True})
    sheet.write_url("A10", "internal:'Owner''s, list'!A1", string="list")
    sheet.add_sparkline("A11", {"range": "'Owner''s, list'!A1:C1"})
    chart = writer.add_chart({"type": "line"})
    chart.add_series({"values": "='Owner''s, list'!$A$1:$C$1"})
    sheet.insert_chart("H1", chart)


def test_the_sdk_finds_what_its_schema_forbids(book: Path, validator: openxml.Validator) -> None:
    """An attribute that does not exist is found, with the place it stands in."""
    broken = change(book, SHEET, '<c r="A1"', '<c r="A1" colour="red"')
    (finding,) = openxml.validate(broken)
    assert "'colour' attribute is not declared" in finding
    assert SHEET in finding
    assert finding in validator(broken)


def test_a_file_that_is_no_workbook_is_a_finding(
    tmp_path: Path, validator: openxml.Validator
) -> None:
    """Something that is not a package at all is told, not raised."""
    (tmp_path / "letter.xlsx").write_text("Dear reader")
    assert validator(tmp_path / "letter.xlsx") == ["file: File contains corrupted data."]


@pytest.mark.parametrize(
    ("formula", "finding"),
    [
        ("SUM(A1,B1", "a bracket is never closed"),
        ("SUM(A1,B1))", "a bracket is closed that was never opened"),
        ('A1&amp;"open', "Reached end of formula"),
        ("A1+", "it ends where a value is missing"),
        ("A1*/B1", "a value is missing before '/'"),
        ("SUM(A1 B1*)", "is missing before"),
        ('"a" "b"', "an operator is missing before"),
        ("(A1)(B1)+2 3", "an operator is missing before '3'"),
        ("()", "a value is missing before ')'"),
        ("", "it is empty"),
        ("=A1", "without their equals sign"),
        ("A1+#REF!", "it has a lost reference"),
        ("Ghost!A1", "there is no sheet 'Ghost'"),
        ("salse*2", "there is no name 'salse'"),
        ("SUM(Ghost[Value])", "there is no table 'Ghost'"),
        ("KPI_ACHIEVEMENT(A1,B1)", "there is no function 'KPI_ACHIEVEMENT'"),
        ("CONCAT(A1,B1)", "lacks the prefix _xlfn."),
        ("_xlfn.SUM(A1)", "not a function that is stored with the prefix"),
        ("_xlfn.LAMBDA(v,_xlpm.w,1)(1,2)", "the parameter 'v' of LAMBDA lacks the prefix"),
        ("_xlfn.LET(_xlpm.a,1,b,2,_xlpm.a)", "the parameter 'b' of LET lacks the prefix"),
        ("_xlfn.LAMBDA(_xlpm.v,_xlpm.w)(1)", "the parameter _xlpm.w is not declared"),
        ("+".join(["A1"] * 3000), "more than 8192"),
    ],
)
def test_a_broken_formula_is_found(book: Path, formula: str, finding: str) -> None:
    """The SDK takes any text for a formula; our own rules do not."""
    broken = change(book, SHEET, "<f>A1+B1</f>", f"<f>{formula}</f>")
    found = openxml.own_findings(broken)
    assert any(line.startswith("My Data!A2: ") and finding in line for line in found), found


def test_functions_that_an_add_in_serves_are_known_by_name(book: Path) -> None:
    """A workbook for an add-in may call what the add-in provides."""
    calling = change(book, SHEET, "<f>A1+B1</f>", "<f>KPI_ACHIEVEMENT(A1,B1)</f>")
    assert openxml.own_findings(calling, served=["KPI_ACHIEVEMENT"]) == []


def test_a_lambda_called_outside_a_dynamic_cell_is_found(tmp_path: Path) -> None:
    """Excel would show such a call with @ and cut its ranges to one value."""

    def build(writer: Writer, sheet: Worksheet) -> None:
        writer.define_name("SHARE", LAMBDA)
        sheet.write_formula("A1", "=1+SHARE(3,4)", None, 1.75)

    (finding,) = openxml.own_findings(write(tmp_path / "l.xlsx", build))
    assert finding == "My Data!A1: SHARE is called outside a dynamic cell"


@pytest.mark.parametrize(
    ("part", "old", "new", "finding"),
    [
        (SHEET, "<v>-1</v>", "", "My Data!A2: the formula has no stored result"),
        (SHEET, "<v>-1</v>", "<v>nan</v>", "My Data!A2: 'nan' is not a value of kind 'n'"),
        (SHEET, ' t="str"', "", "My Data!E2: 'stored' is not a value of kind 'n'"),
        (SHEET, 'r="B1"', 'r="A1"', "My Data!A1: the cell stands twice"),
        (SHEET, 'r="B2"', 'r="XFE2"', "My Data!XFE2: the cell lies outside"),
        ("xl/workbook.xml", 'name="My Data"', f'name="{"x" * 32}"', "1 to 31 characters"),
        ("xl/workbook.xml", 'name="My Data"', 'name="My/Data"', "none of []:*?/"),
        ("xl/workbook.xml", 'name="My Data"', 'name="History"', "the sheet's name is taken"),
        ("docProps/core.xml", "Board", "", "the document's title is empty"),
        ("docProps/app.xml", "Microsoft Excel", "", "the document's Application is empty"),
        ("docProps/core.xml", "Board", "/var/ana/board", "it holds a path of the machine"),
        ("docProps/core.xml", "Board", r"C:\Users\ana", "it holds a path of the machine"),
        (
            "xl/_rels/workbook.xml.rels",
            "theme1",
            "theme9",
            "its part xl/theme/theme9.xml is missing",
        ),
    ],
)
def test_a_broken_part_is_found(book: Path, part: str, old: str, new: str, finding: str) -> None:
    """Each rule fires on the file that breaks it."""
    found = openxml.own_findings(change(book, part, old, new))
    assert any(finding in line for line in found), found


def test_the_name_of_the_account_is_found(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file must not tell under which account it was made."""
    monkeypatch.setenv("LOGNAME", "Ana")
    named = change(book, "docProps/core.xml", ">Tablero<", ">ana<")
    assert any("account's name" in line for line in openxml.own_findings(named))


def test_an_optional_parameter_is_used_under_the_prefix_of_all(tmp_path: Path) -> None:
    """Excel declares an optional parameter as _xlop.name and uses it as _xlpm.name."""
    optional = "=_xlfn.LAMBDA(_xlpm.v,_xlop.w,_xlpm.v+_xlpm.w)"
    path = write(tmp_path / "o.xlsx", lambda book, _: book.define_name("ADDED", optional))
    assert openxml.own_findings(path) == []


@pytest.mark.parametrize(
    ("name", "finding"),
    [("Q1", "looks like a cell"), ("R2C3", "looks like a cell"), ("a b", "not a valid name")],
)
def test_a_bad_defined_name_is_found(tmp_path: Path, name: str, finding: str) -> None:
    """Excel repairs a file whose names could be cells, or are none."""
    path = write(tmp_path / "n.xlsx", lambda book, _: book.define_name("fine", "='My Data'!$A$1"))
    broken = change(path, "xl/workbook.xml", 'name="fine"', f'name="{name}"')
    assert any(finding in line for line in openxml.own_findings(broken))


def test_a_name_defined_twice_and_one_without_its_sheet_are_found(tmp_path: Path) -> None:
    """Names are unique whatever their case, and speak of sheets that are there."""

    def build(writer: Writer, _: Worksheet) -> None:
        writer.define_name("fine", "='My Data'!$A$1")
        writer.define_name("other", "='My Data'!$A$2")

    path = write(tmp_path / "n.xlsx", build)
    twice = change(path, "xl/workbook.xml", 'name="other"', 'name="FINE"')
    assert openxml.own_findings(twice) == ["defined name fine: it is defined 2 times"]
    lost = change(path, "xl/workbook.xml", "'My Data'!$A$2", "Ghost!$A$2")
    assert openxml.own_findings(lost) == ["defined name other: there is no sheet 'Ghost'"]


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        ("High,Low", ",".join(["High"] * 60), "its list has 299 characters"),
        ('sqref="A5:A9"', 'sqref="A9:A5"', "not a range of this sheet"),
        ('sqref="A5:A9"', 'sqref="A:A"', "'A:A' is not a range"),
        ('<formula1>"High,Low"</formula1>', "<formula1/>", "it has no rule"),
        ("<formula>$A$5&gt;1</formula>", "<formula/>", "it has no formula"),
        ("'Owner''s, list'!A1\"", 'Ghost!A1"', "the link leads nowhere"),
        ("<xm:f>'Owner''s, list'!A1:C1</xm:f>", "<xm:f>Ghost!A1</xm:f>", "no sheet 'Ghost'"),
        (' cm="1"', ' cm="2"', "mark points to nothing"),
    ],
)
def test_a_broken_rule_of_a_sheet_is_found(
    tmp_path: Path, old: str, new: str, finding: str
) -> None:
    """Validations, conditional formats, links and sparklines are looked at too."""
    path = write(tmp_path / "rich.xlsx", rich)
    found = openxml.own_findings(change(path, SHEET, old, new))
    assert any(finding in line for line in found), found


def test_a_table_whose_head_was_overwritten_is_found(tmp_path: Path) -> None:
    """Excel repairs tables whose head shows another word than the column's name."""

    def build(_: Writer, sheet: Worksheet) -> None:
        sheet.add_table("A1:B3", {"columns": [{"header": "Value"}, {"header": "Goal"}]})
        sheet.write("B1", "Target")

    (finding,) = openxml.own_findings(write(tmp_path / "t.xlsx", build))
    assert "the head of 'Goal' shows 'Target'" in finding


def test_merged_cells_that_overlap_are_found(tmp_path: Path) -> None:
    """Excel refuses a file with overlapping merged cells."""

    def build(_: Writer, sheet: Worksheet) -> None:
        sheet.merge_range("A1:B2", "one")
        sheet.merge_range("D1:E2", "two")

    path = change(write(tmp_path / "m.xlsx", build), SHEET, 'ref="D1:E2"', 'ref="B2:C3"')
    assert openxml.own_findings(path) == ["My Data!B2: merged 2 times"]


def test_a_link_to_another_file_is_found(tmp_path: Path) -> None:
    """A workbook stands by itself."""
    path = write(tmp_path / "e.xlsx", lambda _, sheet: sheet.write_url("A1", "external:other.xlsx"))
    assert any("links to the outside" in line for line in openxml.own_findings(path))


def test_the_validator_runs_where_it_is_installed() -> None:
    """The program the rules rely on is really there."""
    assert openxml.PROGRAM.exists()
    assert shutil.which("node")
