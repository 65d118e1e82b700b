"""``tablero checkin``: what it asks, shows, writes and refuses; of what ``check`` reminds."""

from __future__ import annotations

import json
import os
import pty
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from tablero.workbook_templates.okrs.answers import may_be_percent, said, value_of
from tablero.workbook_templates.okrs.check_ins import CheckIn
from tablero.workbook_templates.okrs.checking_in import due
from tablero.workbook_templates.okrs.parts import KeyResult
from tablero.workbook_templates.read import read_workbook
from tablero.workbook_templates.store import WORKBOOK_SCHEMA
from tablero.workbook_templates.workbook import make_board, make_pages
from tablero.workbook_templates.write import write_workbook
from tests.addin.commands import PROGRAM, Ended, environment, tablero
from tests.workbook.comparing import differences, stored
from tests.workbook.making import results
from tests.workbook.okr_companies import CHECK_INS, a_line, ambitious, records

EARLY = CHECK_INS[:3]


@pytest.fixture(scope="session")
def made_with_okrs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A company that has begun to check in; not to be changed."""
    path = tmp_path_factory.mktemp("okrs") / "acme.xlsx"
    board = make_board(ambitious(), language="en", dialect="plain", records=records(EARLY))
    write_workbook(board, make_pages(board), path)
    return path


@pytest.fixture
def acme(made_with_okrs: Path, tmp_path: Path) -> Path:
    """A copy of that company to work on."""
    return Path(shutil.copy(made_with_okrs, tmp_path / "acme.xlsx"))


def check_in(acme: Path, text: str = "", *more: str) -> Ended:
    """Check in what a CSV file says."""
    (acme.parent / "week.csv").write_text(text, "utf-8")
    return tablero("checkin", acme.name, "--from", "week.csv", *more, cwd=acme.parent)


WEEK = (
    "Fecha;Resultado clave;Valor;Confianza;Nota\n"
    "30/01/2026;Resultado visits;45,5;60 %;fue bien\n"
    "30/01/2026;certified;0;;\n"
    "16/01/2026;CLAIMS_DOWN;25 %;70;\n"
)


def test_the_check_ins_of_a_file_are_appended(acme: Path) -> None:
    """By date, below those that stand there; the key results by id or by name in any language."""
    ended = check_in(acme, WEEK, "--yes")
    assert ended.returncode == 0, ended.stderr
    assert "New check-ins: 3" in ended.stdout
    reading = read_workbook(acme)
    assert reading.records.check_ins == (
        *EARLY,
        a_line("01-16", "claims_down", 25, 0.7),
        a_line("01-30", "visits", 45.5, 0.6, "fue bien"),
        a_line("01-30", "certified", 0),
    )
    assert "backup" in ended.stdout


def test_every_result_is_what_python_says(acme: Path) -> None:
    """What the workbook shows afterwards is what one made with these check-ins shows."""
    assert check_in(acme, WEEK, "--yes").returncode == 0
    said = read_workbook(acme).records.check_ins
    board = make_board(ambitious(), language="en", dialect="plain", records=records(said))
    sheet = board.layout.titles["okr"]
    expected = {place: value for place, value in results(board).items() if place[0] == sheet}
    found = {place: value for place, value in stored(acme).items() if place[0] == sheet}
    assert differences(found, expected) == []


def test_every_check_in_is_logged(acme: Path) -> None:
    """With what was said before, where it stands, and the file that says so."""
    assert check_in(acme, WEEK, "--yes").returncode == 0
    change = next(one for one in read_workbook(acme).records.changes if one.input == "visits")
    assert (change.action, change.month, change.former, change.new) == (
        "check_in", "2026-01", 31.0, 45.5,
    )  # fmt: skip
    assert change.cell.startswith("Check-ins!A")
    assert change.source == "week.csv B2"


def test_a_second_time_changes_nothing(acme: Path) -> None:
    """The same lines are there already."""
    assert check_in(acme, WEEK, "--yes").returncode == 0
    before = acme.read_bytes()
    ended = check_in(acme, WEEK, "--yes")
    assert "the workbook has already: 3" in ended.stdout
    assert acme.read_bytes() == before


def test_a_trial_changes_nothing(acme: Path) -> None:
    """It shows what would be added, to people and to programs."""
    before = acme.read_bytes()
    assert "this was a trial" in check_in(acme, WEEK, "--dry-run").stdout
    told = json.loads(check_in(acme, WEEK, "--dry-run", "--json").stdout)
    assert [one["key_result"] for one in told["check_ins"]] == [
        "claims_down",
        "visits",
        "certified",
    ]
    assert told["check_ins"][1]["former"] == 31
    assert not told["saved"]
    assert acme.read_bytes() == before


def test_programs_get_json(acme: Path) -> None:
    """What was added and where, and whether it is saved."""
    told = json.loads(check_in(acme, WEEK, "--json", "--yes").stdout)
    assert told["saved"]
    assert told["backup"]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("2026-01-30,visitz again,3,,", "If “visits_again” is meant"),
        ("2026-01-30,nonsense,3,,", "no key result “nonsense”"),
        ("2026-01-30,margin_up,3,,", "follows the scorecard"),
        ("2026-01-30,certified,3,,", "is a milestone"),
        ("2026-01-30,visits,many,,", "text where a number belongs"),
        ('2026-01-30,visits,"1,234",,', "--decimal"),
        ("2026-01-30,visits,3,700,", "not between 0 % and 100 %"),
        ("2026-02-30,visits,3,,", "is no day of the calendar"),
        ("03/04/2026,visits,3,,", "may begin with the day or with the month"),
        (",visits,3,,", "has no date"),
        ("2026-01-30,,3,,", "does not say of which key result"),
    ],
)
def test_what_is_wrong_is_told(acme: Path, line: str, told: str) -> None:
    """Each in a sentence with its place; nothing is written."""
    before = acme.read_bytes()
    ended = check_in(acme, f"date,key result,value,confidence,note\n{line}\n", "--yes")
    complaint = ended.complaint(1)
    assert told in complaint
    assert complaint.startswith("error: week.csv › ")
    assert "Nothing was changed." in ended.stdout
    assert acme.read_bytes() == before


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["2026-01-12,visits,30"], "older than the newest, of 2026-01-16"),
        (["2026-01-16,visits,30"], "has two check-ins on 2026-01-16"),
        (["2026-01-30,certified,0", "2026-01-30,certified,1"], "has two check-ins on 2026-01-30"),
        (["2026-01-30,visits_again,90"], "before its period begins on 2026-04-01"),
        (["2099-01-01,visits,30"], "a day that is still to come"),
        (
            ["2026-01-30,visits,", "2026-01-30,certified,1"],
            "Nothing is said of “Key result visits”",
        ),
    ],
)
def test_what_is_odd_is_told_and_done(acme: Path, lines: list[str], told: str) -> None:
    """Check-ins are sorted by date anyway, and of two on a day the later one counts."""
    ended = check_in(acme, "\n".join(["date,key result,value", *lines]), "--yes")
    assert ended.returncode == 0, ended.stderr
    assert any(line.startswith("warning") and told in line for line in ended.stderr.splitlines())
    assert len(read_workbook(acme).records.check_ins) > len(EARLY)


def test_lines_without_a_date_are_of_the_day_given(acme: Path) -> None:
    """A file of one day need not repeat it."""
    text = "key result,value\nvisits,50\n"
    assert check_in(acme, text, "--yes", "--date", "2026-02-06").returncode == 0
    assert read_workbook(acme).records.check_ins[-1] == a_line("02-06", "visits", 50)
    assert "no day of the calendar" in check_in(acme, text, "--date", "tomorrow").complaint(2)


def test_check_ins_after_the_day_looked_at_are_told(tmp_path: Path) -> None:
    """Who chose a day on the sheet OKR would not see them."""
    board = make_board(
        ambitious(), language="es", dialect="plain", records=records(EARLY, as_of="01-20")
    )
    path = tmp_path / "acme.xlsx"
    write_workbook(board, make_pages(board), path)
    ended = check_in(path, WEEK, "--dry-run", "--lang", "es")
    assert "mira al 2026-01-20; 2 de estos seguimientos son posteriores" in ended.stderr


def test_a_file_of_something_else_is_refused(acme: Path) -> None:
    """It says how the columns are headed."""
    complaint = check_in(acme, "input,period\nsales,2026-01\n").complaint(2)
    assert "“date, key result, value, confidence, note”" in complaint


def test_a_workbook_without_objectives_is_refused(cano: Path) -> None:
    """There is nothing to check in."""
    ended = tablero("checkin", cano.name, cwd=cano.parent)
    assert "has no objectives with key results" in ended.complaint(2)


def test_who_cannot_be_asked_is_told_what_to_do(acme: Path) -> None:
    """Without a terminal nobody answers."""
    ended = tablero("checkin", acme.name, "--date", "2026-01-19", cwd=acme.parent)
    assert "--from" in ended.complaint(2)
    assert "--yes" in check_in(acme, WEEK).complaint(2)


def test_typed_key_results_are_due_after_a_week(acme: Path) -> None:
    """Those of running periods, and two weeks beyond; what follows the scorecard never is."""
    reading = read_workbook(acme)

    def names(day: str) -> set[str]:
        return {one.key_result.id for one in due(reading, date.fromisoformat(day))}

    assert names("2026-01-15") == {"stock_kept", "certified"}
    assert names("2026-01-16") == {"stock_kept", "certified", "claims_down"}
    assert names("2026-04-10") == {"stock_kept", "certified", "claims_down", "visits",
                                   "visits_again"}  # fmt: skip
    assert names("2026-05-10") == {"visits_again"}
    assert names("2025-12-31") == set()


def test_what_is_due_is_listed(acme: Path) -> None:
    """With who owes it, asking nobody."""
    ended = tablero("checkin", acme.name, "--dry-run", "--date", "2026-01-19", cwd=acme.parent)
    assert "Key result claims_down (2026-Q1), last check-in 2026-01-09" in ended.stdout
    ended = tablero("checkin", acme.name, "--json", "--date", "2026-01-23", cwd=acme.parent)
    last = {one["key_result"]: one["value"] for one in json.loads(ended.stdout)["due"]}
    assert last == {"visits": 31, "claims_down": 38, "stock_kept": None, "certified": None}
    ended = tablero("checkin", acme.name, "--dry-run", "--date", "2026-01-03", cwd=acme.parent)
    assert ended.returncode == 0


def interviewed(acme: Path, answers: list[str]) -> tuple[int, str]:
    """What a terminal shows while somebody types answers; the exit code."""
    ours, its = pty.openpty()
    running = subprocess.Popen(
        [*PROGRAM, "checkin", acme.name, "--date", "2026-01-23"], cwd=acme.parent,
        env=environment(TERM="dumb"), stdin=its, stdout=its, stderr=its,
    )  # fmt: skip
    os.close(its)
    os.write(ours, "".join(f"{answer}\n" for answer in answers).encode())
    seen = b""
    while part := _read(ours):
        seen += part
    os.close(ours)
    return running.wait(), seen.decode()


def _read(end: int) -> bytes:
    try:
        return os.read(end, 4096)
    except OSError:  # the other end is closed
        return b""


def test_an_interview_is_driven_through_a_terminal(acme: Path) -> None:
    """The last value is shown; a wrong answer is asked again, an empty one skips."""
    answers = [
        "many", "40", "60", "good week",  # visits
        "=", "", "",  # claims as before
        "",  # stock skipped
        "2", "1", "300", "90 %", "",  # certified
        "y",
    ]  # fmt: skip
    code, seen = interviewed(acme, answers)
    assert code == 0, seen
    assert "Key result visits · Luis · 2026-Q1" in seen
    assert "Last: 31 on 2026-01-16. From 20 to 80 visits" in seen
    assert "“many” is no number" in seen
    assert "Write 1 when it is done, else 0." in seen
    day = date(2026, 1, 23)
    assert read_workbook(acme).records.check_ins[len(EARLY) :] == (
        CheckIn(day, "visits", 40, 0.6, "good week"),
        CheckIn(day, "claims_down", 38),
        CheckIn(day, "certified", 1, 0.9),
    )


def test_who_breaks_off_keeps_what_was_answered(acme: Path) -> None:
    """With Ctrl-C or Ctrl-D; also half of an answer. They are asked whether it is to be added."""
    code, seen = interviewed(acme, ["40", "60", "good week", "30", "\x04y"])
    assert code == 0, seen
    assert "Nothing is lost of what was answered so far" in seen
    said = read_workbook(acme).records.check_ins[len(EARLY) :]
    assert [(one.key_result, one.value) for one in said] == [("visits", 40), ("claims_down", 30)]


def test_who_breaks_off_at_once_changes_nothing(acme: Path) -> None:
    """Nothing was answered, so nothing is asked."""
    before = acme.read_bytes()
    code, seen = interviewed(acme, ["\x04"])
    assert code != 0
    assert "Nothing is lost" not in seen
    assert acme.read_bytes() == before


def test_check_tells_what_is_outdated_and_who_owes_it(tmp_path: Path) -> None:
    """On the day that the workbook looks at."""
    board = make_board(
        ambitious(), language="en", dialect="plain", records=records(CHECK_INS[:6], as_of="02-10")
    )
    path = tmp_path / "acme.xlsx"
    write_workbook(board, make_pages(board), path)
    ended = tablero("check", path.name, cwd=tmp_path)
    assert "Check in these key results (warnings: 4)" in ended.stdout
    assert "Key result visits (Luis, 2026-Q1): the last check-in is of 2026-01-30" in ended.stdout
    assert "tablero checkin acme.xlsx" in ended.stdout


def test_percentages_are_not_guessed() -> None:
    """A quarter is ``25 %`` or 0.25; a bare 25 may be either, unless the target is in hundreds."""
    percent = {"unit": "%", "weight": 1}
    share = KeyResult(id="a", name="A", start=0.1, target=0.4, **percent)
    hundreds = KeyResult(id="b", name="B", start=10, target=40, **percent)
    assert value_of("25 %", share, None) == 0.25
    assert value_of("25 %", hundreds, None) == 25
    assert said(0.25, share) == "25 %"
    assert may_be_percent("25", 25, share)
    assert may_be_percent(25.0, 25, share)
    assert not may_be_percent("150 %", 1.5, share)
    assert not may_be_percent("25", 25, hundreds)


def test_a_full_sheet_is_made_longer_by_an_upgrade(tmp_path: Path) -> None:
    """Every check-in stays, and there is room again."""
    board = make_board(ambitious(), language="en", dialect="plain", records=records(EARLY))
    path = tmp_path / "acme.xlsx"
    write_workbook(board, make_pages(board), path)
    many = [f"2026-01-{1 + number % 28:02},visits,{number}" for number in range(300)]
    text = "\n".join(["date,key result,value", *many])
    assert "tablero upgrade" in check_in(path, text, "--yes").stderr
    room = "\n".join(["date,key result,value", *many[:198]])
    assert check_in(path, room, "--yes").returncode == 0
    assert tablero("upgrade", path.name, cwd=tmp_path).returncode == 0
    reading = read_workbook(path)
    assert reading.schema == WORKBOOK_SCHEMA
    assert len(reading.records.check_ins) == len(EARLY) + 198
    assert check_in(path, text, "--yes").returncode == 0
