"""The last quarter is closed, the year is rolled on: what is not reached goes on in the next."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from tablero.workbook_templates.edition import Edition, present, upgraded
from tablero.workbook_templates.okrs.carrying import graded
from tablero.workbook_templates.okrs.quarter import closed
from tablero.workbook_templates.problems import ProblemsError, has_errors
from tablero.workbook_templates.read import Reading, read_workbook
from tablero.workbook_templates.rebuilding import rebuilt
from tablero.workbook_templates.records import Change, Note
from tablero.workbook_templates.replacing import Version
from tablero.workbook_templates.workbook import make_board, make_pages
from tablero.workbook_templates.write import write_workbook
from tests.addin.commands import opened, tablero
from tests.engines.ironcalc_engine import Workbook
from tests.workbook.comparing import differences, shown, stored
from tests.workbook.okr_companies import (
    a_key_result,
    a_line,
    ambitious,
    an_okr,
    records,
    with_okrs,
)

OKRS = [
    an_okr("early", "2026-Q1", a_key_result("opened", 1.0, start=0, target=3)),
    an_okr(
        "earn",
        "2026-Q4",
        a_key_result("visits_q4", 0.6, start=20, target=80, confidence=0.4),
        a_key_result("sell", 0.2, start=0, target=400, input="sales", owner="Ana"),
        a_key_result("certified", 0.2, kind="milestone"),
        commitment="committed",
        objective="1.1",
        owner="Luis",
    ),
    an_okr("done", "2026-Q4", a_key_result("moved", 1.0, kind="milestone")),
    an_okr("grow", "2026", a_key_result("assets", 1.0, start=0.0, target=0.5, kpi="margin")),
]
CHECK_INS = (
    a_line("10-09", "visits_q4", 35),
    a_line("12-11", "visits_q4", 56, 0.7),
    a_line("12-11", "certified", 1),
    a_line("12-18", "moved", 1),
)


NOTES = (
    Note("okr", "key_result:visits_q4", "target", "Agreed in the north", "Ana"),
    Note("okr", "okr:earn", "owner", "Luis is away in May", "Ana"),
    Note("okr", "key_result:moved", "name", "The removal firm was late", "Ana"),
    Note("check_ins", "3", "note", "Seen it myself", "Luis"),
)
NEXT = date(2027, 1, 4)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A company at the end of its year."""
    path = tmp_path_factory.mktemp("year") / "acme-2026.xlsx"
    company = with_okrs(ambitious(12), OKRS)
    pinned = replace(records(CHECK_INS), notes=NOTES)
    board = make_board(company, language="en", dialect="plain", records=pinned)
    write_workbook(board, make_pages(board), path)
    return path


@pytest.fixture(scope="module")
def said(made: Path) -> str:
    """What is said when the year is rolled on."""
    before = made.read_bytes()
    ended = tablero("roll", made.name, cwd=made.parent)
    assert ended.returncode == 0, ended.stderr
    assert made.read_bytes() == before
    return ended.stdout


@pytest.fixture(scope="module")
def after(made: Path, said: str) -> Reading:
    """Next year's workbook."""
    assert "2027 is ready." in said
    return read_workbook(made.with_name("acme-2027.xlsx"), today=NEXT)


def grades(reading: Reading) -> dict[str, float | str | None]:
    """The grades in the log."""
    return {one.input: one.new for one in reading.records.changes if one.month}


def test_the_last_quarter_is_graded_and_told_where_it_goes_on(made: Path, tmp_path: Path) -> None:
    """Only the log changes, so that sheets of one's own stay without asking."""
    acme = tmp_path / "acme.xlsx"
    book = opened(made)
    book.create_sheet("Mine")
    book.save(acme)
    ended = tablero("roll", acme.name, "--quarter", "Q4", cwd=tmp_path)
    assert ended.returncode == 0, ended.stderr
    assert "2026-Q4 is closed with these grades:" in ended.stdout
    assert "Key result visits_q4: 60 %" in ended.stdout
    assert "going on in 2027-Q1" in ended.stdout
    assert "1 objectives with 2 key results" in ended.stdout
    reading = read_workbook(acme, today=NEXT)
    assert reading.definition == read_workbook(made, today=NEXT).definition
    assert reading.records.check_ins == CHECK_INS
    assert "Mine" in opened(acme).sheetnames
    assert grades(reading)["visits_q4"] == pytest.approx(0.6)
    assert grades(reading)["done"] == 1
    with pytest.raises(ProblemsError) as refused:
        closed(Version.of(acme), reading, "Q4")
    assert [one.code for one in refused.value.problems] == ["quarter_closed"]


def test_a_quarter_goes_on_in_no_closed_one(made: Path) -> None:
    """There nobody would look at it any more; the last one is looked at by the year's end."""
    version, reading = Version.of(made), read_workbook(made, today=NEXT)
    change = Change(datetime(2026, 7, 1), "Ana", "roll", "2026-Q2")  # noqa: DTZ001 - a cell's
    late = replace(reading, records=replace(reading.records, changes=(change,)))
    with pytest.raises(ProblemsError) as refused:
        closed(version, late, "Q1")
    assert [one.code for one in refused.value.problems] == ["quarter_passed"]
    assert closed(version, reading, "Q1").following == "2026-Q2"


def test_what_is_not_reached_goes_on_in_the_next_year(after: Reading) -> None:
    """From where it stands, with the same target and owner, and weights of 100 %."""
    assert not has_errors(after.problems)
    (okr,) = after.definition.okrs
    assert (okr.id, okr.period, okr.owner) == ("earn_q1", "2027-Q1", {"": "Luis"})
    visits, sell = okr.key_results
    assert (visits.id, visits.start, visits.target) == ("visits_q1", 56, 80)
    assert visits.weight == pytest.approx(0.75)
    assert visits.confidence == 0.7
    assert (sell.id, sell.input, sell.owner) == ("sell_q1", "sales", {"": "Ana"})
    assert after.records.check_ins == ()


def test_a_total_begins_at_its_start_again(made: Path, after: Reading) -> None:
    """Sales of the new quarter begin at nothing, not at those of the former."""
    scores = graded(read_workbook(made, today=NEXT), "2026-Q4")
    assert scores[0].key_results[1].current not in (None, 0)
    assert after.definition.okrs[0].key_results[1].start == 0


def test_grades_are_told_and_logged_by_name(said: str, after: Reading) -> None:
    """Nothing in the new workbook has the ids of what ended."""
    assert "2026-Q4 ends with these grades:" in said
    assert "2026 ends with these grades:" in said
    assert "Open in 2027-Q1: 1 objectives with 2 key results" in said
    logged = grades(after)
    assert logged["Key result visits_q4"] == pytest.approx(0.6)
    assert {"earn", "done", "grow", "Key result certified"} <= logged.keys()


def test_what_stays_behind_is_told(said: str) -> None:
    """Objectives with their check-ins; and a quarter that nobody closed, with a way out."""
    assert "objectives of 2026 (4) stay in that year's workbook" in said
    assert "check-ins (4)" in said
    assert "2026-Q1 was never closed; its key results" in said
    assert "close 2026-Q1 and the quarters after it" in said


def test_notes_on_objectives_stay_with_their_rows(made: Path, after: Reading) -> None:
    """The same in the same workbook; in next year's on what goes on."""
    assert notes(upgraded(Version.of(made), read_workbook(made, today=NEXT))) == set(NOTES)
    rolled = made.with_name("acme-2027.xlsx")
    note, other = sorted(notes(present(Version.of(rolled), after)), key=lambda one: one.row)
    assert (note.row, note.column, note.text) == (
        "key_result:visits_q1",
        "target",
        "Agreed in the north",
    )
    assert (other.row, other.column) == ("okr:earn_q1", "owner")


def test_a_note_on_a_check_in_stays_with_it_when_another_goes(made: Path) -> None:
    """A definition without a key result drops its check-ins; the others move up."""
    reading = read_workbook(made, today=NEXT)
    earn = reading.definition.okrs[1]
    first, second, _ = earn.key_results
    fewer = earn.model_copy(
        update={"key_results": (first, second.model_copy(update={"weight": 0.4}))}
    )
    okrs = (reading.definition.okrs[0], fewer, *reading.definition.okrs[2:])
    definition = reading.definition.model_copy(update={"okrs": okrs})
    rebuilding = rebuilt(Version.of(made), reading, definition, "acme.yaml", "")
    assert rebuilding.check_ins == 1
    assert NOTES[0] in rebuilding.edition.records.notes
    assert replace(NOTES[3], row="2") in rebuilding.edition.records.notes


def notes(edition: Edition) -> set[Note]:
    """What is pinned, by what it is about."""
    assert edition.left == ()
    return set(edition.records.notes)


def test_the_new_workbook_calculates_as_it_is_written(made: Path, said: str) -> None:
    """A spreadsheet comes to every result in it."""
    path = made.with_name("acme-2027.xlsx")
    assert path.name in said
    assert differences(shown(Workbook.load(path)), stored(path)) == []
