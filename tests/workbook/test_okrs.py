"""OKR and Check-ins: every cell equals Python, whatever people check in, whenever they look."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from tablero.udfs.registry import FUNCTIONS
from tablero.workbook_templates.board import Board
from tablero.workbook_templates.definition import Definition, Policies
from tablero.workbook_templates.dialects import LITE_PREFIX, DialectName
from tablero.workbook_templates.okrs.check_ins import CheckIn
from tablero.workbook_templates.sheets.check_ins import contents
from tablero.workbook_templates.sheets.page import Date, serial
from tablero.workbook_templates.texts import LANGUAGES
from tablero.workbook_templates.workbook import make_board, make_pages
from tablero.workbook_templates.write import write_workbook
from tests.engines.ironcalc_engine import Workbook
from tests.engines.libreoffice import Calc
from tests.engines.openxml import Validator, own_findings
from tests.engines.spreadsheet import Place, Spreadsheet, Value
from tests.workbook.comparing import differences, shown, stored
from tests.workbook.making import results
from tests.workbook.okr_companies import CHECK_INS, a_line, ambitious, records
from tests.workbook.test_look import LINE, column_width, heads, wrapped

DAYS = ("01-01", "01-16", "01-30", "02-06", "02-13", "02-21", "03-31", "04-02", "06-30")
Week = tuple[tuple[CheckIn, ...], str]
ODD_CHECK_INS = (
    a_line("02-02", "visits", None, 0.5, "no value"),
    a_line("02-02", "visits", 0.0),
    a_line("02-02", "claims_down", -3.5, 0.0),
    a_line("01-05", "visits_again", 90, 1.0, "before its quarter"),
    a_line("07-31", "visits", 400, 0.9, "after its quarter"),
)


def board_of(
    company: Definition,
    check_ins: tuple[CheckIn, ...] = CHECK_INS,
    as_of: str = "",
    *,
    language: str = "en",
    dialect: DialectName = "plain",
) -> Board:
    """The board of a company with check-ins, looked at on a day."""
    past = records(check_ins, as_of)
    return make_board(company, language=language, dialect=dialect, records=past)


def written(board: Board, path: Path) -> Path:
    """The workbook of a board."""
    write_workbook(board, make_pages(board), path)
    return path


def typing(board: Board, check_ins: tuple[CheckIn, ...], as_of: str) -> dict[Place, Value]:
    """What somebody types to check in and to choose the day; lines of before are emptied."""
    places = board.okr_layout
    words = {one.id: board.word(one.name) for one in board.definition.key_results()}
    typed: dict[Place, Value] = {
        (places.okr.title, places.settings.cell("as_of_typed", "value")): _day(as_of)
    }
    for number in range(len(CHECK_INS) + 2):
        line = contents(check_ins[number], words) if number < len(check_ins) else {}
        for column in ("day", "key_result", "value", "confidence", "note"):
            content = line.get(column)
            value = serial(*content) if isinstance(content, Date) else content
            assert value is None or isinstance(value, str | float | int)
            typed[places.check_ins.title, places.check_ins.cell(str(number), column)] = value
    return typed


def _day(as_of: str) -> Value:
    day = date.fromisoformat(f"2026-{as_of}") if as_of else None
    return serial(day.year, day.month, day.day) if day else None


ALL = len(CHECK_INS)
WEEKS: list[Week] = [
    *((CHECK_INS[:count], "") for count in (0, 1, 5, 8, ALL)),
    *((CHECK_INS, day) for day in DAYS),
    *((ODD_CHECK_INS, day) for day in ("", "02-02", "02-10")),
]
FEW = [WEEKS[number] for number in (3, 8, 11, 15)]


def check_weeks(
    engine: Spreadsheet, company: Definition, base: Board, weeks: Sequence[Week] = WEEKS
) -> None:
    """Check in week by week and look on other days; what is shown is what Python says."""
    for check_ins, as_of in weeks:
        engine.set_many(typing(base, check_ins, as_of))
        engine.calculate()
        expected = board_of(company, check_ins, as_of, language=base.language)
        found = _same_room(shown(engine), base)
        assert differences(found, _same_room(results(expected), base)) == [], (as_of, check_ins)


def _same_room(cells: dict[Place, Value], base: Board) -> dict[Place, Value]:
    """Without the lines of check-ins themselves, of which there are as many as there is room."""
    return {place: value for place, value in cells.items()
            if place[0] != base.layout.titles["check_ins"]}  # fmt: skip


def test_weekly_check_ins_in_ironcalc(tmp_path: Path) -> None:
    """Portable, week by week, on every day that makes a difference."""
    company = ambitious()
    base = board_of(company, dialect="portable")
    engine = Workbook.load(written(base, tmp_path / "okr.xlsx"))
    check_weeks(engine, company, base)


def test_weekly_check_ins_in_libreoffice(calc: Calc, tmp_path: Path) -> None:
    """Plain and Spanish, recalculated there."""
    company = ambitious()
    base = board_of(company, language="es")
    with calc.open(written(base, tmp_path / "okr.xlsx")) as document:
        check_weeks(document, company, base, FEW)


def test_other_bounds_of_the_status_count_at_once(tmp_path: Path) -> None:
    """Whoever allows more days, or asks for less, sees what Python makes of that."""
    company, base = ambitious(), board_of(ambitious())
    places = base.okr_layout
    engine = Workbook.load(written(base, tmp_path / "okr.xlsx"))
    engine.set_many(
        {
            (places.settings.title, places.settings.cell("limit", "value")): 21,
            (places.grades.title, places.grades.cell("at_risk", "committed")): 0.2,
            (places.grades.title, places.grades.cell("on_track", "aspirational")): 0.5,
            (places.grades.title, places.grades.cell("on_track", "confidence")): 0.85,
        }
    )
    status = {"outdated_after": 21, "at_risk": {"aspirational": 0.4, "committed": 0.2,
              "confidence": 0.2}, "on_track": {"aspirational": 0.5, "committed": 1.0,
              "confidence": 0.85}}  # fmt: skip
    policies = Policies.model_validate({"okr_status": status})
    lenient = company.model_copy(update={"policies": policies})
    plain = {one.okr.id: one.status for one in board_of(company, as_of="02-21").okrs.okrs}
    asked = {one.okr.id: one.status for one in board_of(lenient, as_of="02-21").okrs.okrs}
    assert plain != asked
    check_weeks(engine, lenient, base, [(CHECK_INS, "02-21"), (CHECK_INS, "03-31")])


@pytest.mark.parametrize(("until", "dialect"), [(0, "plain"), (5, "portable")])
def test_key_results_follow_the_scorecard(until: int, dialect: DialectName, tmp_path: Path) -> None:
    """With figures until a month, in the key result's own period, at a yearly rate where due."""
    for as_of in ("", "02-15", "08-31"):
        board = board_of(ambitious(until), as_of=as_of, dialect=dialect)
        path = written(board, tmp_path / "okr.xlsx")
        expected = results(board)
        assert differences(stored(path), expected) == []
        assert differences(shown(Workbook.load(path)), expected) == []


@pytest.mark.parametrize(
    ("dialect", "language"),
    [("portable", "es"), ("plain", "en"), ("xlwings", "es"), ("lite", "en")],
)
def test_the_workbook_breaks_no_rule(
    dialect: DialectName, language: str, validator: Validator, tmp_path: Path
) -> None:
    """All dialects, both languages."""
    board = board_of(ambitious(), language=language, dialect=dialect)
    path = written(board, tmp_path / "okr.xlsx")
    served = [prefix + one.name for one in FUNCTIONS for prefix in ("", LITE_PREFIX)]
    findings = (
        own_findings(path, served=served) if dialect in ("xlwings", "lite") else validator(path)
    )
    assert findings == []


def test_a_workbook_without_objectives_has_neither_sheet() -> None:
    """Nothing of it is there: no sheet, no name, no row on Home."""
    board = make_board(ambitious().model_copy(update={"okrs": ()}))
    assert not {"okr", "check_ins"} & set(board.layout.titles)
    assert not [name for name in board.layout.names if name.startswith(("okrs_", "check_ins_"))]


WRONG: tuple[tuple[str, dict[str, Value], str], ...] = (
    ("a date that is none", {"day": "soon", "key_result": "Key result visits"}, "check_ins_lost"),
    ("no date", {"key_result": "Key result visits", "value": 1.0}, "check_ins_lost"),
    ("an unknown key result", {"day": 46000.0, "key_result": "nothing"}, "check_ins_lost"),
    ("no key result", {"day": 46066.0, "value": 3.0}, "check_ins_lost"),
    (
        "a value that is a text",
        {"day": 46066.0, "key_result": "Key result visits", "value": "many"},
        "check_ins_texts",
    ),
    (
        "a confidence of seven",
        {"day": 46066.0, "key_result": "Key result visits", "confidence": 7.0},
        "check_ins_texts",
    ),
    (
        "a day beyond the year",
        {"day": 50000.0, "key_result": "Key result visits", "value": 1.0},
        "check_ins_ahead",
    ),
)


@pytest.mark.parametrize("dialect", ["portable", "plain"])
def test_a_wrong_check_in_is_counted_and_changes_no_key_result(
    dialect: DialectName, tmp_path: Path
) -> None:
    """The Checks sheet tells it; values, progress and status are those without it."""
    board = board_of(ambitious(), dialect=dialect)
    engine = Workbook.load(written(board, tmp_path / "okr.xlsx"))
    places, checks = board.okr_layout, board.layout.checks
    okr = {place: value for place, value in results(board).items() if place[0] == "OKR"}
    for what, line, check in WRONG:
        # Beside a good line of the same day, which is the one that counts.
        typed: dict[Place, Value] = {
            (places.check_ins.title, places.check_ins.cell(str(ALL), column)): line.get(column)
            for column in ("day", "key_result", "value", "confidence")
        }
        engine.set_many(typed)
        engine.calculate()
        assert engine.value(checks.title, checks.cell(check, "result")) == 1, what
        spared = okr if line.get("day") != 46066.0 or "key_result" not in line else {}
        assert differences(shown(engine), spared) == [], what


@pytest.mark.parametrize(
    ("column", "value", "check"),
    [
        ("weight", 0.9, "okr_weights"),
        ("target", 20.0, "okr_ways"),
        ("start", None, "okr_missing"),
        ("target", "much", "okr_numbers"),
    ],
)
def test_a_wrong_key_result_is_counted(
    column: str, value: Value, check: str, tmp_path: Path
) -> None:
    """Weights, ways without a way, texts for numbers: one line each."""
    board = board_of(ambitious())
    engine = Workbook.load(written(board, tmp_path / "okr.xlsx"))
    table, checks = board.okr_layout.okr, board.layout.checks
    assert engine.value(checks.title, checks.cell(check, "result")) == 0
    engine.set(table.title, table.cell("key_result:visits", column), value)
    engine.calculate()
    assert engine.value(checks.title, checks.cell(check, "result")) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_heads_fit_their_columns(language: str) -> None:
    """Nothing is cut off at the edge of its column."""
    board = board_of(ambitious(), language=language)
    for page in make_pages(board):
        for head in heads(page):
            lines = wrapped(str(head.content), column_width(page, head.column))
            room = page.heights.get(head.row, 17) + 8
            assert len(lines) * LINE <= room, (page.key, head.content)
