"""The button that checks in: what it asks, adds and refuses."""

from __future__ import annotations

import shutil
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from tablero.addin.excel import macros
from tablero.addin.excel.checking_in import check_in
from tablero.addin.excel.desk import Desk
from tablero.addin.excel.live import read_book
from tablero.addin.excel.macro_workbook import new_macro_workbook
from tablero.workbook_templates.library import load_template
from tablero.workbook_templates.okrs.check_ins import CheckIn
from tablero.workbook_templates.read import read_workbook
from tablero.workbook_templates.records import Change
from tablero.workbook_templates.texts import text
from tablero.workbook_templates.workbook import make_board, make_pages
from tablero.workbook_templates.write import write_workbook
from tests.addin.commands import tablero
from tests.excel.open_workbook import OpenWorkbook, opened
from tests.workbook.okr_companies import CHECK_INS, ambitious, records

DAY = date(2026, 1, 23)
EARLY = CHECK_INS[:3]
LATER = (
    CheckIn(DAY, "visits", 40.0, 0.6, "good week"),
    CheckIn(DAY, "claims_down", 38.0),
    CheckIn(DAY, "certified", 1.0, 0.9),
)
# Visits after a slip, claims as before, stock skipped, certified after two slips; agreed.
ANSWERS = [
    "", "many", "40", "60", "good   week",
    "=", "", "",
    "",
    "2", "1", "300", "90 %", "",
    "ok",
]  # fmt: skip


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A company that has begun to check in."""
    path = tmp_path_factory.mktemp("checking") / "acme.xlsx"
    board = make_board(ambitious(), language="en", dialect="plain", records=records(EARLY))
    write_workbook(board, make_pages(board), path)
    return path


def press(one: OpenWorkbook, answers: list[str], language: str = "en", day: date = DAY) -> None:
    """Press the button on a day, and answer what it asks."""
    one.answers = list(answers)
    macros.act(partial(check_in, day=day), Desk(one.book), language)


def test_what_is_due_is_asked_and_added(workbook: Path) -> None:
    """The last value is shown; a wrong answer is asked again, an empty one skips."""
    before = workbook.read_bytes()
    one = opened(workbook)
    press(one, ANSWERS)
    boxes = [message for _, message in one.boxes]
    assert "1. Key result visits · Luis · 2026-Q1 · last check-in: 2026-01-16" in boxes[0]
    assert [suggestion for _, suggestion in one.asked[:2]] == ["1, 2, 3, 4", ""]
    assert "Last: 31 on 2026-01-16. From 20 to 80 visits" in one.asked[1][0]
    assert "“many” is no number" in boxes[1]
    assert "Key result visits: 31 → 40 · confidence 60 % · good week" in boxes[-2]
    assert one.boxes[-1] == ("info", text("excel.check_in.done", "en", count=3))
    reading = read_book(one.book)
    assert reading.records.check_ins == (*EARLY, *LATER)
    assert [change.action for change in reading.records.changes] == ["check_in"] * 3
    assert all(grid.is_protected for grid in one.grids if grid.title == "Check-ins")
    assert workbook.read_bytes() == before


def logged(changes: tuple[Change, ...]) -> list[tuple[object, ...]]:
    """What a log says of changes, but when, by whom, and from which file."""
    return [(one.action, one.input, one.month, one.former, one.new, one.cell) for one in changes]


def test_the_button_and_the_command_add_the_same(workbook: Path, tmp_path: Path) -> None:
    """Into the same cells, and into the log."""
    one = opened(workbook)
    press(one, ANSWERS)
    file = Path(shutil.copy(workbook, tmp_path))
    lines = [f"{line.day},{line.key_result},{line.value},{line.confidence or ''},{line.note}"
             for line in LATER]  # fmt: skip
    (tmp_path / "week.csv").write_text("date,key result,value,confidence,note\n" + "\n".join(lines))
    ended = tablero("checkin", file.name, "--from", "week.csv", "--yes", cwd=tmp_path)
    assert ended.returncode == 0, ended.stderr
    live, saved = read_book(one.book).records, read_workbook(file).records
    assert live.check_ins == saved.check_ins
    assert logged(live.changes) == logged(saved.changes)


def test_only_those_are_asked_that_are_picked(workbook: Path) -> None:
    """By their numbers; others are told to be none."""
    one = opened(workbook)
    press(one, ["5", "two", "4", "0", "", "", "ok"])
    wrong = [message for mode, message in one.boxes if mode == "critical"]
    assert wrong == [
        text("excel.check_in.no_number", "en", text=typed, count=4) for typed in ("5", "two")
    ]
    assert read_book(one.book).records.check_ins[len(EARLY) :] == (CheckIn(DAY, "certified", 0.0),)


def test_what_was_said_before_a_box_is_left_can_be_kept(workbook: Path) -> None:
    """It is shown, and nothing is added unless that is wanted."""
    for answers, count in ((["1", "50", "", ""], 0), ([], 0), (["1", "50", "", "", "ok"], 1)):
        one = opened(workbook)
        press(one, answers)
        assert len(read_book(one.book).records.check_ins) == len(EARLY) + count
        assert one.boxes[-1][1] == (
            text("excel.check_in.done", "en", count=1) if count else text("excel.check_in.nothing")
        )


def test_a_single_one_needs_no_list(workbook: Path) -> None:
    """It is asked at once, in the language of the add-in, with what is odd about the day."""
    one = opened(workbook)
    press(one, ["70", "", "", "ok"], "es", date(2026, 5, 10))
    assert one.asked[0][0].startswith("Resultado visits_again\nAún sin valor. De 80 a 120")
    assert read_book(one.book).records.check_ins[-1].key_result == "visits_again"
    assert one.boxes[-1][1] == text("excel.check_in.done", "es", count=1)


def test_questions_are_as_long_as_excel_shows(workbook: Path) -> None:
    """It cuts a question after 255 characters."""
    for language in ("en", "es"):
        one = opened(workbook)
        press(one, ANSWERS, language)
        assert all(len(question) < 255 for question, _ in one.asked)


def test_nothing_is_asked_where_nothing_is_due(workbook: Path) -> None:
    """That is said."""
    one = opened(workbook)
    press(one, [], day=date(2025, 12, 31))
    assert one.boxes == [("info", text("excel.check_in.nothing_due", "en", day="2025-12-31"))]


def test_a_workbook_without_objectives_is_refused(tmp_path: Path) -> None:
    """There is nothing to check in."""
    new_macro_workbook(load_template("cano"), tmp_path / "cano.xlsm")
    one = opened(tmp_path / "cano.xlsm")
    press(one, [])
    (box,) = one.boxes
    assert box[0] == "critical"
    assert "has no objectives with key results" in box[1]
