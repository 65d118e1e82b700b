"""The rules by which every workbook is built: what is open to typing, what is told, what prints."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from openpyxl.formula.tokenizer import Token, Tokenizer
from openpyxl.formula.translate import Translator
from openpyxl.utils import range_boundaries
from openpyxl.utils.cell import coordinate_to_tuple

from tablero.udfs.registry import FUNCTIONS
from tablero.workbook_templates.layout import SHEETS, STORE_SHEET
from tablero.workbook_templates.texts import text
from tests.engines.formula_text import parse
from tests.engines.package import MAIN, Package, Sheet, all_formulas, read_package
from tests.engines.sheet_rules import shared_texts
from tests.workbook.companies import cano, every_kind
from tests.workbook.making import NAMES_OF_VARIANTS, PLAIN, PORTABLE, VARIANTS, Variant

VOLATILE = {
    "NOW",
    "TODAY",
    "RAND",
    "RANDBETWEEN",
    "RANDARRAY",
    "OFFSET",
    "INDIRECT",
    "INFO",
    "CELL",
}
HIDES_ERRORS = {"IFERROR", "IFNA"}
OPEN = (
    "home",
    "dashboard",
    "inputs",
    "matrix",
    "settings",
    "actions",
    "swot",
    "causes",
    "analysis",
)
"""The sheets in which one may type."""
TABLES = ("inputs", "matrix", "scorecard", "trend", "checks")
ONE_PAGE = {"dashboard", "map"}
# Months of a year and of a quarter with their neighbours, columns of the bands, and limits that
# no figure reaches.
CALENDAR = {"0", "1", "2", "3", "5", "11", "12"}
COLUMNS_OF_BANDS = {"2", "3", "4"}
TECHNICAL = {"1E+300", "-1E+300", "0.000000001", "0.000001", "1E-9", "1E-6"}


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> dict[Variant, Package]:
    """The paper's company in both dialects and languages."""
    folder = tmp_path_factory.mktemp("rules")
    return {
        variant: read_package(variant.write(cano(), folder / f"{'-'.join(variant)}.xlsx"))
        for variant in VARIANTS
    }


@pytest.fixture(params=VARIANTS, ids=NAMES_OF_VARIANTS)
def package(request: pytest.FixtureRequest, packages: dict[Variant, Package]) -> Package:
    """One of them after the other."""
    return packages[request.param]


def visible(package: Package) -> list[Sheet]:
    return [sheet for sheet in package.sheets if sheet.name != STORE_SHEET]


def titled(package: Package, key: str) -> Sheet:
    """A sheet by its key, whatever language it speaks."""
    titles = {text(f"sheet.{key}", "en"), text(f"sheet.{key}", "es")}
    (found,) = [sheet for sheet in package.sheets if sheet.name in titles]
    return found


def test_no_formula_is_volatile_or_hides_errors(package: Package) -> None:
    """Cells, names, formats and validations alike; an error is told, not covered up."""
    for formula in all_formulas(package):
        called = {call.function.removeprefix("_xlfn.") for call in parse(formula.text).calls}
        assert not called & (VOLATILE | HIDES_ERRORS), formula


def test_no_threshold_goal_or_weight_stands_in_a_formula(package: Package) -> None:
    """Numbers in formulas count months or are limits that no figure reaches."""
    for sheet in visible(package):
        for cell in sheet.cells:
            numbers = set(_numbers(cell.formula or ""))
            assert numbers <= CALENDAR | COLUMNS_OF_BANDS | TECHNICAL, (
                sheet.name,
                cell.address,
                cell.formula,
            )


def _numbers(formula: str) -> Iterator[str]:
    for token in Tokenizer(f"={formula}").items:
        if token.type == Token.OPERAND and token.subtype == Token.NUMBER:
            yield token.value.upper()


def test_no_cells_are_merged(package: Package) -> None:
    """Merged cells break sorting, filling and reading."""
    assert not [sheet.name for sheet in package.sheets if sheet.root.find(f"{MAIN}mergeCells")]


def test_months_of_a_row_share_one_formula(package: Package) -> None:
    """Trend: what stands in January stands in December too, moved by eleven columns."""
    trend = titled(package, "trend")
    formulas = {cell.address: cell.formula for cell in trend.cells if cell.formula}
    for block in ("BCDEFGHIJKLM", *_other_blocks(formulas)):
        for row in range(5, 30):
            given = [(f"{letter}{row}", formulas.get(f"{letter}{row}")) for letter in block]
            first_cell, first = given[0]
            for cell, formula in given[1:]:
                assert (formula is None) == (first is None), cell
                if first and formula:
                    moved = Translator(f"={first}", first_cell).translate_formula(cell)
                    assert moved == f"={formula}", (trend.name, cell)


def _other_blocks(formulas: dict[str, str]) -> list[list[str]]:
    """The columns of the values and of the goals by month: the headers that are formulas."""
    letters = [address[:-1] for address in formulas if re.fullmatch(r"[A-Z]+4", address)]
    assert len(letters) == 36
    return [letters[12:24], letters[24:]]


def formats(package: Package) -> list[Element]:
    """The cell formats of the styles part, in the order of their numbers."""
    return list(package.xml("xl/styles.xml").find(f"{MAIN}cellXfs") or [])


def unlocked(package: Package) -> set[int]:
    """Numbers of the formats in which one may type."""
    return {
        number
        for number, one in enumerate(formats(package))
        if (protection := one.find(f"{MAIN}protection")) is not None
        and protection.get("locked") == "0"
    }


def open_cells(package: Package) -> Iterator[tuple[Sheet, str, Element]]:
    """Every cell in which one may type."""
    numbers = unlocked(package)
    for sheet in visible(package):
        for cell in sheet.root.iter(f"{MAIN}c"):
            if int(cell.get("s", "0")) in numbers:
                yield sheet, cell.get("r", ""), cell


def test_every_sheet_is_protected_without_a_password(package: Package) -> None:
    """Protection keeps formulas from accidents; nobody is locked out."""
    for sheet in visible(package):
        protection = sheet.root.find(f"{MAIN}sheetProtection")
        assert protection is not None, sheet.name
        assert protection.get("sheet") == "1"
        assert not {"password", "hashValue"} & set(protection.keys())


def test_only_inputs_are_open_and_they_hold_no_formula(package: Package) -> None:
    """Home's two cells, figures, the Matrix's and the Settings' values, and the registers."""
    sheets = {sheet.name for sheet, _, _ in open_cells(package)}
    assert sheets == {titled(package, key).name for key in OPEN}
    for sheet, address, cell in open_cells(package):
        assert cell.find(f"{MAIN}f") is None, (sheet.name, address)


def test_inputs_have_one_look(package: Package) -> None:
    """One ink and one paper for every cell in which one may type, and for no other."""
    looks = {number: _look(package, one) for number, one in enumerate(formats(package))}
    (look,) = {looks[number] for number in unlocked(package)}
    papers = {paper for number, (_, paper) in looks.items() if number not in unlocked(package)}
    assert look[1] not in papers


def _look(package: Package, one: Element) -> tuple[str | None, str | None]:
    """Ink and paper of a format."""
    styles = package.xml("xl/styles.xml")
    font = styles.findall(f"{MAIN}fonts/{MAIN}font")[int(one.get("fontId", "0"))]
    fill = styles.findall(f"{MAIN}fills/{MAIN}fill")[int(one.get("fillId", "0"))]
    ink, paper = font.find(f"{MAIN}color"), fill.find(f".//{MAIN}fgColor")
    return (
        None if ink is None else ink.get("rgb"),
        None if paper is None else paper.get("rgb"),
    )


def test_every_input_says_what_belongs_there(package: Package) -> None:
    """Free texts only say so; all others refuse what does not belong, and say why."""
    free = 0
    for sheet, address, _ in open_cells(package):
        rules = [rule for rule in _validations(sheet) if _covers(rule.get("sqref", ""), address)]
        assert rules, (sheet.name, address)
        for rule in rules:
            if rule.get("type") is None:
                free += 1
                assert rule.get("prompt"), (sheet.name, address)
            else:
                assert rule.get("error"), (sheet.name, address)
                assert rule.get("errorTitle"), (sheet.name, address)
    owners, company, band_words = 15, 1, 4 * 4
    actions, causes, swot = 3 * 100, 60 + 6, 4 * 6
    assert free == owners + company + band_words + actions + causes + swot


def test_figures_goals_weights_and_the_period_tell_what_to_type(package: Package) -> None:
    """The cells that people come back to show a message as soon as they are chosen."""
    for key in ("home", "inputs"):
        rules = list(_validations(titled(package, key)))
        assert rules
        assert all(rule.get("prompt") for rule in rules)
    numbers = [
        rule for rule in _validations(titled(package, "matrix")) if rule.get("type") == "decimal"
    ]
    assert len(numbers) == 3
    assert all(rule.get("prompt") for rule in numbers)


def _validations(sheet: Sheet) -> Iterator[Element]:
    return sheet.root.iter(f"{MAIN}dataValidation")


def _covers(areas: str, address: str) -> bool:
    row, column = coordinate_to_tuple(address)
    for area in areas.split():
        left, top, right, bottom = map(int, range_boundaries(area))  # type: ignore[arg-type]
        if top <= row <= bottom and left <= column <= right:
            return True
    return False


@pytest.mark.parametrize("key", SHEETS)
def test_every_sheet_prints_on_pages_of_its_width(package: Package, key: str) -> None:
    """A4, one page wide, with a footer and a print area; tables lie across, the list stands.

    The log of changes grows, and prints whatever it has come to hold.
    """
    sheet = titled(package, key)
    setup = sheet.root.find(f"{MAIN}pageSetup")
    assert setup is not None
    expected = "portrait" if key == "checks" else "landscape"
    assert (setup.get("orientation"), setup.get("paperSize")) == (expected, "9")
    fit = setup.get("fitToWidth", "1"), setup.get("fitToHeight", "1")
    assert fit == ("1", "1" if key in ONE_PAGE else "0")
    shrunk = sheet.root.find(f"{MAIN}sheetPr/{MAIN}pageSetUpPr")
    assert shrunk is not None
    assert shrunk.get("fitToPage") == "1"
    assert sheet.root.findtext(f".//{MAIN}oddFooter")
    assert ("_xlnm.Print_Area" in _own_names(package, sheet)) == (key != "changes")


@pytest.mark.parametrize("key", TABLES)
def test_tables_keep_their_heads_in_sight(package: Package, key: str) -> None:
    """On the screen by frozen panes, on paper by repeated rows."""
    sheet = titled(package, key)
    pane = sheet.root.find(f".//{MAIN}pane")
    assert pane is not None
    assert (pane.get("state"), pane.get("ySplit")) == ("frozen", "4")
    assert "_xlnm.Print_Titles" in _own_names(package, sheet)


def _own_names(package: Package, sheet: Sheet) -> set[str]:
    number = package.sheets.index(sheet)
    return {name.name for name in package.names if name.sheet == number}


def test_the_memory_is_hidden_so_that_nobody_deletes_it_by_accident(package: Package) -> None:
    """Its sheet is not even in the list of hidden ones."""
    states = {one.get("name"): one.get("state") for one in _sheet_elements(package)}
    assert states.pop(STORE_SHEET) == "veryHidden"
    assert set(states.values()) == {None}


def _sheet_elements(package: Package) -> Iterator[Element]:
    return package.xml("xl/workbook.xml").iter(f"{MAIN}sheet")


def test_the_file_says_what_it_is(package: Package) -> None:
    """Title, subject, author, company and comments, and our own marks."""
    core, app = package.xml("docProps/core.xml"), package.xml("docProps/app.xml")
    company = cano().company.name
    assert core.findtext("{*}title") == f"{company} · 2016"
    assert "2016" in (core.findtext("{*}subject") or "")
    assert core.findtext("{*}creator") == "Tablero"
    assert core.findtext("{*}description")
    assert app.findtext("{*}Company") == company
    own = {one.get("name"): one[0].text for one in package.xml("docProps/custom.xml")}
    assert set(own) == {"tablero.schema", "tablero.dialect", "tablero.language"}


def test_names_are_plain_and_the_same_in_every_language(packages: dict[Variant, Package]) -> None:
    """ASCII names, so that formulas and readers find them whatever the language."""
    found = {variant: _global_names(package) for variant, package in packages.items()}
    assert all(name.isascii() for names in found.values() for name in names)
    functions = {function.name for function in FUNCTIONS}
    assert found[PLAIN] == found[PORTABLE] - functions
    for dialect in ("portable", "plain"):
        assert found[Variant(dialect, "en")] == found[Variant(dialect, "es")]
    assert functions <= found[PORTABLE]


def _global_names(package: Package) -> set[str]:
    return {name.name for name in package.names if name.sheet is None}


def test_every_sheet_can_be_reached_from_home(package: Package) -> None:
    """A link to each, and one from each check to the cell where it is mended."""
    links = titled(package, "home").root.iter(f"{MAIN}hyperlink")
    reached = {(link.get("location") or "").partition("!")[0].strip("'") for link in links}
    assert reached == {sheet.name for sheet in visible(package)} - {titled(package, "home").name}
    checks = titled(package, "checks")
    assert len(list(checks.root.iter(f"{MAIN}hyperlink"))) > 20


def contents(package: Package) -> list[tuple[str, str, str | None]]:
    """What every cell that can be seen holds, with its sheet and address."""
    texts = shared_texts(package)
    return [
        (
            sheet.name,
            cell.address,
            texts[int(cell.value)] if cell.kind == "s" and cell.value else cell.value,
        )
        for sheet in visible(package)
        for cell in sheet.cells
    ]


def test_dialects_differ_only_in_how_calls_are_stored(packages: dict[Variant, Package]) -> None:
    """The plain workbook has the same cells with the same values, and no call of ours."""
    for language in {variant.language for variant in packages}:
        portable = contents(packages[Variant("portable", language)])
        plain = contents(packages[Variant("plain", language)])
        host = text("sheet.home", language), text("home.live_portable", language)
        assert [one for one in portable if (one[0], one[2]) != host] == plain
    calls = "|".join(function.name for function in FUNCTIONS)
    texts = [formula.text for formula in all_formulas(packages[PLAIN])]
    assert not [one for one in texts if re.search(rf"\b(?:{calls})\(", one)]
    assert not [one for one in texts if "LAMBDA" in one]


def test_plain_formulas_need_nothing_newer_than_excel_2010(
    packages: dict[Variant, Package],
) -> None:
    """ISFORMULA alone, which came with 2013 and only feeds the count of overwritten formulas."""
    new = {
        call.function
        for formula in all_formulas(packages[PLAIN])
        for call in parse(formula.text).calls
        if call.function.startswith("_xl")
    }
    assert new <= {"_xlfn.ISFORMULA"}


def test_last_years_months_are_shown_where_they_are_known(tmp_path: Path) -> None:
    """Twelve columns that nobody fills are hidden; they are there when somebody does."""
    known = {"sales": {"last_year_months": (1.0,) * 12}}
    for company, hidden in ((every_kind(), True), (every_kind(figures=known), False)):
        package = read_package(PORTABLE.write(company, tmp_path / "months.xlsx"))
        columns = titled(package, "inputs").root.iter(f"{MAIN}col")
        assert any(column.get("hidden") == "1" for column in columns) is hidden
