"""Check-ins that people type and key results that they edit are read back, or told."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from tablero.addin.cli.scoring import show_scores
from tablero.addin.making import make_edition
from tablero.workbook_templates.edition import next_year, upgraded
from tablero.workbook_templates.read import Reading, read_workbook
from tablero.workbook_templates.replacing import Version
from tablero.workbook_templates.sheets.page import serial
from tablero.workbook_templates.validation import dump_definition, read_definition
from tablero.workbook_templates.workbook import make_board, make_pages
from tablero.workbook_templates.write import write_workbook
from tests.reading.patching import EMPTY, Content, number, patched, text
from tests.workbook.making import VARIANTS, Variant
from tests.workbook.okr_companies import CHECK_INS, a_line, ambitious, records

LATER = date(2027, 1, 31)
BOARD = make_board(ambitious(), records=records())
LAYOUT = BOARD.okr_layout
LINE = len(CHECK_INS)


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook with check-ins, as it was made."""
    path = tmp_path_factory.mktemp("okr") / "before.xlsx"
    write_workbook(BOARD, make_pages(BOARD), path)
    return path


def line(column: str, content: Content, below: int = 0) -> dict[tuple[str, str], Content]:
    """A cell of the first empty line, or of one below."""
    table = LAYOUT.check_ins
    return {(table.title, table.cell(str(LINE + below), column)): content}


def okr(name: str, column: str, content: Content) -> dict[tuple[str, str], Content]:
    """A cell of the OKR sheet."""
    return {(LAYOUT.okr.title, LAYOUT.okr.cell(name, column)): content}


def a_check_in(day: Content, name: Content, value: Content, below: int = 0,
               **more: Content) -> dict[tuple[str, str], Content]:  # fmt: skip
    """What somebody types into a line."""
    cells = {"day": day, "key_result": name, "value": value, **more}
    found: dict[tuple[str, str], Content] = {}
    for column, content in cells.items():
        found |= line(column, content, below)
    return found


def read(before: Path, folder: Path, cells: dict[tuple[str, str], Content]) -> Reading:
    """The workbook after somebody typed into some cells."""
    return read_workbook(patched(before, folder / "after.xlsx", cells), today=LATER)


@pytest.mark.parametrize("variant", VARIANTS, ids=map("-".join, VARIANTS))
def test_what_was_written_is_read(variant: Variant, tmp_path: Path) -> None:
    """Objectives, check-ins in their order, the chosen day; and nothing is wrong."""
    company, path = ambitious(), tmp_path / "okr.xlsx"
    board = make_board(company, language=variant.language, dialect=variant.dialect,
                       records=records(as_of="02-13"))  # fmt: skip
    write_workbook(board, make_pages(board), path)
    reading = read_workbook(path, today=LATER)
    assert reading.definition.okrs == company.okrs
    assert reading.records.check_ins == CHECK_INS
    assert reading.records.as_of == date(2026, 2, 13)
    assert not [problem for problem in reading.problems if problem.severity == "error"]


def test_typed_check_ins_are_read(before: Path, tmp_path: Path) -> None:
    """A date, a number pasted where a date belongs, capitals; a line left empty between."""
    cells = a_check_in(number(serial(2026, 4, 3)), text("Key result visits"), number(66),
                       confidence=number(0.7), note=text("two large visits"))  # fmt: skip
    cells |= a_check_in(number(serial(2026, 4, 10)), text("KEY RESULT SELL"), EMPTY, 2,
                        confidence=number(1))  # fmt: skip
    reading = read(before, tmp_path, cells)
    assert reading.records.check_ins[LINE:] == (
        a_line("04-03", "visits", 66, 0.7, "two large visits"),
        a_line("04-10", "sell", None, 1),
    )
    first = reading.check_in_cells.first["day"].row
    assert reading.check_in_cells.next_row == first + LINE + 3


DAY, NAME = number(serial(2026, 4, 3)), text("Key result visits")


@pytest.mark.parametrize(
    ("entry", "code", "column"),
    [
        ((text("soon"), NAME, number(1), EMPTY), "check_in_day", "day"),
        ((EMPTY, NAME, number(1), EMPTY), "check_in_day", "day"),
        ((number(serial(2027, 2, 1)), NAME, number(1), EMPTY), "check_in_ahead", "day"),
        ((DAY, text("visit"), number(1), EMPTY), "check_in_unknown", "key_result"),
        ((DAY, EMPTY, number(1), EMPTY), "check_in_without_key_result", "key_result"),
        ((DAY, NAME, text("many"), EMPTY), "cell_text", "value"),
        ((DAY, NAME, number(1), number(7)), "check_in_confidence", "confidence"),
        ((DAY, NAME, EMPTY, EMPTY), "check_in_empty", "key_result"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_cell(
    entry: tuple[Content, Content, Content, Content],
    code: str,
    column: str,
    before: Path,
    tmp_path: Path,
) -> None:
    """One slip, one problem, in both languages."""
    day, name, value, confidence = entry
    cells = a_check_in(day, name, value, confidence=confidence)
    reading = read(before, tmp_path, cells)
    (found,) = [one for one in reading.problems if one.code == code]
    assert (found.sheet, found.cell) == next(iter(line(column, EMPTY)))
    assert found.sentence("es") != found.sentence("en")


def test_edited_key_results_are_read(before: Path, tmp_path: Path) -> None:
    """Start, target, bound, weights, confidence at the start and owner."""
    cells = okr("key_result:visits", "start", number(25))
    cells |= okr("key_result:visits", "target", number(90))
    cells |= okr("key_result:visits", "initial", number(0.9))
    cells |= okr("key_result:visits", "owner", text("Eva"))
    cells |= okr("key_result:stock_kept", "upper", number(50))
    cells |= okr("key_result:margin_up", "weight", number(0.5))
    cells |= okr("key_result:sell", "weight", number(0.2))
    cells |= okr("okr:earn", "owner", text("Rosa"))
    reading = read(before, tmp_path, cells)
    found = {one.id: one for one in reading.definition.key_results()}
    visits = found["visits"]
    assert (visits.start, visits.target, visits.confidence) == (25, 90, 0.9)
    assert visits.owner.in_language("en") == "Eva"
    assert found["stock_kept"].upper == 50
    assert (found["margin_up"].weight, found["sell"].weight) == (0.5, 0.2)
    assert reading.definition.okrs[0].owner.in_language("es") == "Rosa"
    assert found["certified"] == next(
        one for one in ambitious().key_results() if one.id == "certified"
    )


def limit(content: Content) -> dict[tuple[str, str], Content]:
    """The cell that says how old a check-in may be."""
    return {(LAYOUT.settings.title, LAYOUT.settings.cell("limit", "value")): content}


def bound(status: str, column: str, content: Content) -> dict[tuple[str, str], Content]:
    """The cell that says from where on a status counts."""
    return {(LAYOUT.grades.title, LAYOUT.grades.cell(status, column)): content}


def test_how_a_status_comes_about_is_set_on_the_sheet(before: Path, tmp_path: Path) -> None:
    """It goes into the definition, and from there into the next workbook and into YAML."""
    cells = limit(number(14)) | bound("at_risk", "committed", number(0.6))
    cells |= bound("on_track", "confidence", number(0.4))
    reading = read(before, tmp_path, cells)
    policies = reading.definition.policies.okr_status
    assert (policies.outdated_after, policies.at_risk.committed) == (14, 0.6)
    assert (policies.on_track.aspirational, policies.on_track.confidence) == (0.7, 0.4)
    assert not [one for one in reading.problems if one.severity == "error"]
    again = read_definition(dump_definition(reading.definition))
    assert again.policies == reading.definition.policies


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        (limit(number(0)), "okr_limit_days"),
        (limit(number(7.5)), "okr_limit_days"),
        (limit(EMPTY), "okr_limit_days"),
        (limit(text("a week")), "cell_text"),
        (bound("at_risk", "aspirational", number(40)), "okr_bound"),
        (bound("on_track", "committed", EMPTY), "okr_bound"),
        (bound("on_track", "aspirational", number(0.3)), "okr_bounds_order"),
    ],
)
def test_a_status_that_cannot_come_about_is_told(
    cells: dict[tuple[str, str], Content], code: str, before: Path, tmp_path: Path
) -> None:
    """With its cell; what was there before goes on, but for an order that is wrong."""
    reading = read(before, tmp_path, cells)
    (found,) = [one for one in reading.problems if one.code == code]
    assert (found.sheet, found.cell) == next(iter(cells))
    if code != "okr_bounds_order":
        assert reading.definition.policies == BOARD.definition.policies


@pytest.mark.parametrize(
    ("column", "content", "code"),
    [
        ("target", number(20), "okr_target_is_start"),
        ("start", EMPTY, "okr_number_missing"),
        ("weight", number(0.9), "weights_of_key_results"),
        ("weight", number(30), "cell_weight"),
        ("initial", number(4), "check_in_confidence"),
        ("progress", number(1), "formula_overwritten"),
    ],
)
def test_edits_that_make_no_sense_are_told_on_the_sheet(
    column: str, content: Content, code: str, before: Path, tmp_path: Path
) -> None:
    """With the sheet where they can be mended."""
    reading = read(before, tmp_path, okr("key_result:visits", column, content))
    assert code in {one.code for one in reading.problems if one.sheet == "OKR" and one.cell}


def test_the_day_that_somebody_chose_is_read(before: Path, tmp_path: Path) -> None:
    """A date counts; anything else is told."""
    place = (LAYOUT.okr.title, LAYOUT.settings.cell("as_of_typed", "value"))
    chosen = read(before, tmp_path, {place: number(serial(2026, 3, 15))})
    assert chosen.records.as_of == date(2026, 3, 15)
    wrong = read(before, tmp_path, {place: text("today")})
    assert wrong.records.as_of is None
    assert "check_in_day" in {one.code for one in wrong.problems}


def test_an_upgrade_carries_check_ins_and_a_new_year_leaves_the_objectives(
    before: Path, tmp_path: Path
) -> None:
    """The same workbook again holds every line; next year's says what stays behind."""
    version, reading = Version.of(before), read_workbook(before, today=LATER)
    again = tmp_path / "again.xlsx"
    make_edition(upgraded(version, reading), again)
    assert read_workbook(again, today=LATER).records.check_ins == CHECK_INS
    edition = next_year(version, reading)
    assert edition.definition.okrs == ()  # none is of the last quarter
    assert edition.records.check_ins == ()
    assert "left_okrs" in {problem.code for problem in edition.left}
    make_edition(edition, again)
    assert not [one for one in read_workbook(again, today=LATER).problems
                if one.severity == "error"]  # fmt: skip


def test_scores_as_data_hold_the_objectives(
    before: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The as-of date, each objective with its score, each key result with its progress."""
    show_scores(before, None, "json", "en")
    data = json.loads(capsys.readouterr().out)["okrs"]
    assert data["as_of"] == BOARD.okrs.as_of.isoformat()
    assert [one["score"] for one in data["objectives"]] == [one.score for one in BOARD.okrs.okrs]
    visits = data["objectives"][0]["key_results"][2]
    assert (visits["current"], visits["checked"], visits["outdated"]) == (46, "2026-01-30", True)
