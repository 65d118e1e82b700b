"""``tablero roll --quarter``: a quarter is graded and stays, what goes on begins in the next."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tablero.workbook_templates.okrs.scoring import OkrScores
from tablero.workbook_templates.problems import has_errors
from tablero.workbook_templates.read import Reading, read_workbook
from tablero.workbook_templates.workbook import make_board, make_pages
from tablero.workbook_templates.write import write_workbook
from tests.addin.commands import Ended, opened, tablero
from tests.workbook.comparing import differences, stored
from tests.workbook.making import results
from tests.workbook.okr_companies import CHECK_INS, ambitious, records


@pytest.fixture
def acme(tmp_path: Path) -> Path:
    """A company at the end of its first quarter."""
    path = tmp_path / "acme.xlsx"
    board = make_board(ambitious(), language="en", dialect="plain", records=records())
    write_workbook(board, make_pages(board), path)
    return path


def roll(path: Path, quarter: str, *more: str) -> Ended:
    """Close a quarter."""
    return tablero("roll", path.name, "--quarter", quarter, *more, cwd=path.parent)


def of_quarter(reading: Reading, code: str) -> list[str]:
    """The key results of a quarter."""
    okrs = [okr for okr in reading.definition.okrs if okr.period == code]
    return [one.id for okr in okrs for one in okr.key_results]


def test_a_quarter_is_graded_and_the_next_begins(acme: Path) -> None:
    """What is reached stays behind; the rest starts where it stands, with weights of 100 %."""
    before = read_workbook(acme)
    ended = roll(acme, "Q1")
    assert ended.returncode == 0, ended.stderr
    assert "2026-Q1 is closed with these grades:" in ended.stdout
    assert "Key result certified: 100 %" in ended.stdout
    after = read_workbook(acme)
    assert not has_errors(after.problems)
    assert of_quarter(after, "2026-Q1") == of_quarter(before, "2026-Q1")
    going = of_quarter(after, "2026-Q2")
    assert going[:1] == ["visits_again"]
    assert "visits_q2" in going
    assert "certified_q2" not in going
    visits = next(one for one in after.definition.key_results() if one.id == "visits_q2")
    assert (visits.start, visits.target, visits.confidence) == (46, 80, 0.6)
    for okr in after.definition.okrs:
        assert sum(one.weight for one in okr.key_results) == pytest.approx(1)


def test_check_ins_and_scores_of_the_closed_quarter_stay(acme: Path) -> None:
    """Its rows come to what they came to, in every cell."""
    assert roll(acme, "2026-q1").returncode == 0
    reading = read_workbook(acme)
    assert reading.records.check_ins == CHECK_INS
    kept = replace(records(), changes=reading.records.changes)
    board = make_board(
        reading.definition, language="en", dialect="plain", records=kept, figures=reading.figures
    )
    sheet = board.layout.titles["okr"]
    expected = {place: value for place, value in results(board).items() if place[0] == sheet}
    found = {place: value for place, value in stored(acme).items() if place[0] == sheet}
    assert differences(found, expected) == []


def test_the_grades_are_logged(acme: Path) -> None:
    """Of objectives and of key results, with the quarter."""
    assert roll(acme, "Q1").returncode == 0
    reading = read_workbook(acme)
    grades = {one.input: one.new for one in reading.records.changes if one.action == "roll"}
    day = reading.records.check_ins[-1].day.replace(day=31)
    scores = OkrScores(reading.definition, reading.figures, CHECK_INS, day)
    serve = next(one for one in scores.okrs if one.okr.id == "serve")
    assert grades["serve"] == pytest.approx(serve.score)
    assert grades["certified"] == 1
    assert {one.month for one in reading.records.changes} == {"2026-Q1"}


@pytest.mark.parametrize(
    ("quarter", "told"),
    [
        ("Q5", "is no quarter of 2026"),
        ("2025-Q1", "is no quarter of 2026"),
        ("Q3", "no objectives in 2026-Q3"),
    ],
)
def test_what_cannot_be_closed_is_refused(acme: Path, quarter: str, told: str) -> None:
    """With a sentence; nothing is written."""
    before = acme.read_bytes()
    assert told in roll(acme, quarter).complaint(2)
    assert "not in another file" in roll(acme, quarter, "-o", "b.xlsx").complaint(2)
    assert acme.read_bytes() == before


def test_quarters_are_closed_one_after_the_other(acme: Path) -> None:
    """Each once, and an id has one ending only."""
    assert roll(acme, "Q1").returncode == 0
    assert "closed already" in roll(acme, "Q1").complaint(2)
    assert roll(acme, "Q2").returncode == 0
    assert "visits_q3" in of_quarter(read_workbook(acme), "2026-Q3")


def test_sheets_of_ones_own_are_not_lost(acme: Path) -> None:
    """Who wants to go on without them says so."""
    book = opened(acme)
    book.create_sheet("Mine")
    book.save(acme)
    assert "would lose what is not Tablero's: Mine" in roll(acme, "Q1").complaint(2)
    assert roll(acme, "Q1", "--leave").returncode == 0


def test_a_name_means_the_key_result_of_its_quarter(acme: Path) -> None:
    """What goes on is called as before; the day tells which is meant."""
    assert roll(acme, "Q1").returncode == 0
    lines = "2026-03-31,Key result visits,60\n2026-04-10,Key result visits,70\n"
    (acme.parent / "week.csv").write_text(f"date,key result,value\n{lines}", "utf-8")
    ended = tablero("checkin", "acme.xlsx", "--from", "week.csv", "--yes", cwd=acme.parent)
    assert ended.returncode == 0, ended.stderr
    said = read_workbook(acme).records.check_ins[len(CHECK_INS) :]
    assert [(one.key_result, one.value) for one in said] == [("visits", 60), ("visits_q2", 70)]
