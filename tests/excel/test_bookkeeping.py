"""The buttons that keep the open workbook through the year, and the commands, do the same."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tablero.addin.excel.live import read_book
from tablero.addin.excel.macro_workbook import new_macro_workbook
from tablero.workbook_templates.library import load_template
from tablero.workbook_templates.periods import Month
from tablero.workbook_templates.read import Reading, read_workbook
from tablero.workbook_templates.texts import text
from tablero.workbook_templates.workbook import new_workbook
from tests.addin.commands import tablero
from tests.excel.held import Held
from tests.excel.open_workbook import OpenWorkbook, opened
from tests.excel.test_macros import press
from tests.reading.facts import month_cell

MARCH = Month(2016, 3)
TWO_FIGURES = "input,period,value\nnet_sales,2016-03,999.5\ntotal_units,2016-03,1234\n"


@pytest.fixture(scope="module", params=["en", "es"])
def language(request: pytest.FixtureRequest) -> str:
    """Of the workbook and of the add-in."""
    return str(request.param)


@pytest.fixture(scope="module")
def workbook(language: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The paper's company as a macro workbook, every month filled."""
    path = tmp_path_factory.mktemp("bookkeeping") / "acme-2016.xlsm"
    new_macro_workbook(load_template("cano"), path, language=language)
    return path


def source(folder: Path, content: str, name: str = "march.csv") -> Path:
    """A file with figures."""
    path = folder / name
    path.write_text(content, "utf-8")
    return path


def figure(reading: Reading, key: str, number: int = 3) -> float:
    """A month's figure."""
    return float(reading.figures.months[reading.figures.ids.index(key), number + 11])


def last(one: OpenWorkbook) -> str:
    """What the last box said."""
    return one.boxes[-1][1]


def held(one: OpenWorkbook, key: str, number: int) -> Held:
    """The cell of a month's figure."""
    cell = read_book(one.book).places.months[key, number]
    return one.grid(cell.sheet).cells[cell.row, cell.column]


def test_fill_shows_what_changes_writes_it_and_logs_it(
    workbook: Path, language: str, tmp_path: Path
) -> None:
    """Old and new with sheet and cell; the log says from which file; nothing is saved."""
    before = workbook.read_bytes()
    one = opened(workbook, chosen=source(tmp_path, TWO_FIGURES))
    one.answers = ["ok"]
    former = figure(read_workbook(workbook), "net_sales")
    press(one, "fill", language)
    (_, asked), (mode, done) = one.boxes
    title, cell = month_cell("net_sales", 3, language=language)
    assert f"{title} › {cell} · " in asked
    assert f"2016-03: {former:,.12g} → 999.5" in asked
    assert (mode, done) == ("info", text("excel.macro.fill_done", language, changes=2, unchanged=0))
    reading = read_book(one.book)
    assert figure(reading, "net_sales") == 999.5
    assert figure(reading, "total_units") == 1234
    changes = reading.records.changes
    assert [(change.action, change.input, change.new) for change in changes] == [
        ("fill", "net_sales", 999.5), ("fill", "total_units", 1234.0),
    ]  # fmt: skip
    assert changes[0].source.startswith("march.csv ")
    assert all(grid.is_protected for grid in one.grids if grid.title == title)
    assert workbook.read_bytes() == before


def test_fill_and_the_command_come_to_the_same_figures_and_log(
    workbook: Path, language: str, tmp_path: Path
) -> None:
    """Whether Excel has the workbook open or not."""
    given = source(tmp_path, TWO_FIGURES)
    one = opened(workbook, chosen=given)
    one.answers = ["ok"]
    press(one, "fill", language)
    file = tmp_path / workbook.name
    file.write_bytes(workbook.read_bytes())
    ended = tablero("fill", file.name, "--from", given, "--yes", cwd=tmp_path)
    assert ended.returncode == 0, ended.stderr
    live, saved = read_book(one.book), read_workbook(file)
    np.testing.assert_array_equal(live.figures.months, saved.figures.months)
    (mine, theirs) = (
        [(change.action, change.month, change.former, change.new, change.cell, change.digest)
         for change in reading.records.changes]
        for reading in (live, saved)
    )  # fmt: skip
    assert mine == theirs


def test_without_consent_nothing_is_filled(workbook: Path, tmp_path: Path) -> None:
    """Cancelled in the box, or before it."""
    one = opened(workbook, chosen=source(tmp_path, TWO_FIGURES))
    press(one, "fill")
    nobody = opened(workbook)
    press(nobody, "fill")
    assert (one.writes, nobody.writes, nobody.boxes) == ([], [], [])


def test_what_is_wrong_with_a_source_is_told_by_what_to_do(
    workbook: Path, language: str, tmp_path: Path
) -> None:
    """Nothing is written then."""
    one = opened(workbook, chosen=source(tmp_path, "input,period,value\nnet_sales,2016-03,many\n"))
    press(one, "fill", language)
    assert text("advice.task.source", language) in last(one)
    assert "march.csv › C2: " in last(one)
    assert one.writes == []


def test_figures_of_one_month_are_asked_of_which(workbook: Path, tmp_path: Path) -> None:
    """As a list without months; cancelling is heeded, and what is no month is told."""
    given = source(tmp_path, "input,value\nnet_sales,17.5\n")
    one = opened(workbook, chosen=given)
    one.answers = ["2016-05", "ok"]
    press(one, "fill")
    assert figure(read_book(one.book), "net_sales", 5) == 17.5
    for typed in ([], ["maybe"]):
        other = opened(workbook, chosen=given)
        other.answers = list(typed)
        press(other, "fill")
        assert other.writes == []
        assert len(other.boxes) == len(typed)


@pytest.mark.parametrize(("pressed", "meant"), [("yes", 1.5), ("no", 1500.0), ("cancel", None)])
def test_a_decimal_mark_in_doubt_is_asked(
    pressed: str, meant: float | None, workbook: Path, tmp_path: Path
) -> None:
    """A thousand and a half, or one and a half: only people know."""
    given = source(tmp_path, "input;period;value\nnet_sales;2016-03;1,500\n")
    one = opened(workbook, chosen=given)
    one.answers = [pressed, "ok"]
    press(one, "fill")
    assert one.boxes
    expected = figure(read_workbook(workbook), "net_sales") if meant is None else meant
    assert figure(read_book(one.book), "net_sales") == expected


def test_a_trial_balance_is_taken_too(workbook: Path, tmp_path: Path) -> None:
    """As the command takes one; the month is asked, and the chart where it could be several."""
    content = (
        "account,opening,debit,credit,closing\n4135,0,0,500000,-500000\n1105,0,500000,0,500000\n"
    )
    one = opened(workbook, chosen=source(tmp_path, content, "ledger.csv"))
    one.answers = ["2016-03", "puc", "ok"]
    press(one, "fill")
    assert [suggestion for _, suggestion in one.asked] == ["2016-12", "pcge"]
    reading = read_book(one.book)
    assert figure(reading, "net_sales") == 500
    assert reading.records.changes[0].source.startswith("ledger.csv")


def test_a_month_is_closed_as_the_command_closes_it(workbook: Path, language: str) -> None:
    """The last complete one is suggested; its cells are locked, marked, and put on record."""
    one = opened(workbook)
    one.answers = [""]
    assert press(one, "close_month", language) == (
        "info", text("cli.close.done", language, month="2016-12"),
    )  # fmt: skip
    assert one.asked[0][1] == "2016-12"
    reading = read_book(one.book)
    (kept,) = reading.records.closed.values()
    assert kept["net_sales"] == figure(reading, "net_sales", 12)
    assert [change.action for change in reading.records.changes] == ["close"]
    shut, still_open = held(one, "net_sales", 12), held(one, "net_sales", 11)
    assert (shut.locked, still_open.locked) == (True, False)
    assert shut.look["Interior.Color"] != still_open.look["Interior.Color"]
    assert all(one.grid(cell.sheet).is_protected for cell in reading.places.headers.values())
    one.answers = [""]
    press(one, "close_month", language)
    assert one.asked[1][1] == "2016-11"


def test_a_closed_month_is_opened_again(workbook: Path, language: str) -> None:
    """By the same button, after a question; the log remembers."""
    one = opened(workbook)
    before = held(one, "net_sales", 3)
    one.answers = ["2016-03", "2016-03", "ok"]
    press(one, "close_month", language)
    press(one, "close_month", language)
    assert last(one) == text("cli.reopen.done", language, month="2016-03")
    reading = read_book(one.book)
    assert reading.records.closed == {}
    assert [change.action for change in reading.records.changes] == ["close", "reopen"]
    assert held(one, "net_sales", 3).locked == before.locked is False
    assert held(one, "net_sales", 3).look == before.look


def test_a_month_with_gaps_is_closed_only_if_that_is_meant(workbook: Path) -> None:
    """The missing figure is named first."""
    one = opened(workbook)
    one.type(*_cell(one, 3), None)
    one.answers = ["2016-03"]
    press(one, "close_month")
    assert "Net sales" in last(one) or "Ventas netas" in last(one)
    assert read_book(one.book).records.closed == {}
    one.answers = ["2016-03", "ok"]
    press(one, "close_month")
    assert "net_sales" not in read_book(one.book).records.closed[MARCH]


def _cell(one: OpenWorkbook, number: int) -> tuple[str, str]:
    cell = read_book(one.book).places.months["net_sales", number]
    return cell.sheet, cell.coordinate


def test_figures_of_closed_months_change_only_if_that_is_meant(
    workbook: Path, language: str, tmp_path: Path
) -> None:
    """Then the month is open again, and the log calls it a correction."""
    one = opened(workbook, chosen=source(tmp_path, TWO_FIGURES))
    one.answers = ["2016-03"]
    press(one, "close_month", language)
    press(one, "fill", language)
    assert last(one) == text("excel.macro.fill_closed", language, months="2016-03")
    assert figure(read_book(one.book), "net_sales") != 999.5
    one.answers = ["ok", "ok"]
    press(one, "fill", language)
    reading = read_book(one.book)
    assert (figure(reading, "net_sales"), reading.records.closed) == (999.5, {})
    actions = [change.action for change in reading.records.changes]
    assert actions == ["close", "reopen", "correct", "correct"]
    assert not held(one, "net_sales", 3).locked
    assert reading.problems == ()


@pytest.mark.parametrize("typed", ["March", "2031-01"])
def test_what_cannot_be_closed_is_told(typed: str, workbook: Path) -> None:
    """No month, or none of this workbook."""
    one = opened(workbook)
    one.answers = [typed]
    mode, message = press(one, "close_month")
    assert (mode, one.writes) == ("critical", [])
    assert typed in message


def test_refresh_lets_excel_calculate_everything(workbook: Path, language: str) -> None:
    """And says so."""
    one = opened(workbook)
    assert press(one, "refresh", language) == ("info", text("excel.macro.refreshed", language))
    assert one.calculations == 1


def test_next_year_is_made_and_opened(workbook: Path, language: str, tmp_path: Path) -> None:
    """From the cells as they are, unsaved figures included; this year's file stays as it is."""
    before = workbook.read_bytes()
    one = opened(workbook, chosen=tmp_path / "next.xlsm")
    one.type(*_cell(one, 3), 77.0)
    assert press(one, "roll", language) == ("", "")
    assert one.suggested == ["acme-2017.xlsm"]
    assert one.opened == [str(tmp_path / "next.xlsm")]
    reading = read_workbook(tmp_path / "next.xlsm")
    assert (reading.definition.company.year, reading.language) == (2017, language)
    assert figure(reading, "net_sales", 3 - 12) == 77.0
    assert workbook.read_bytes() == before


def test_next_year_of_a_workbook_without_macros_has_none(tmp_path: Path) -> None:
    """The kind of file stays; one that is there is not replaced."""
    path = tmp_path / "acme.xlsx"
    new_workbook(load_template("cano"), path)
    one = opened(path, chosen=tmp_path / "next.xlsx")
    press(one, "roll")
    assert one.suggested == ["acme-2017.xlsx"]
    assert read_workbook(tmp_path / "next.xlsx").dialect == "portable"
    mode, message = press(one, "roll")
    assert mode == "critical"
    assert text("problem.excel_file_exists.message", "en") in message
    nobody = opened(path)
    press(nobody, "roll")
    assert nobody.opened == []
