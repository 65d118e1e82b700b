"""What the ribbon's buttons do, on workbooks that are open through xlwings."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlwings

from tablero.addin.excel import macros
from tablero.addin.excel.desk import Desk
from tablero.addin.excel.live import read_book
from tablero.addin.excel.macro_workbook import new_macro_workbook
from tablero.workbook_templates.library import load_template
from tablero.workbook_templates.read import Reading, read_workbook
from tablero.workbook_templates.scorecard import Score
from tablero.workbook_templates.scoring import score
from tablero.workbook_templates.texts import LANGUAGES, text
from tests.excel.altered import without_macros
from tests.excel.held import Grid
from tests.excel.open_workbook import OpenWorkbook, opened
from tests.reading.facts import month_cell


def press(workbook: OpenWorkbook, macro: str, language: str = "en") -> tuple[str, str]:
    """Press a button; the box that is shown, if any."""
    macros.act(macros.MACROS[macro], Desk(workbook.book), language)
    return workbook.boxes[-1] if workbook.boxes else ("", "")


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The paper's company as a macro workbook."""
    path = tmp_path_factory.mktemp("macros") / "acme.xlsm"
    new_macro_workbook(load_template("cano"), path)
    return path


def test_check_tells_that_nothing_is_wrong(workbook: Path) -> None:
    """In a box, in the language of the add-in."""
    box = press(opened(workbook), "check", "es")
    assert box == ("info", text("excel.macro.nothing_wrong", "es"))


def test_check_sees_what_has_just_been_typed(workbook: Path) -> None:
    """Nobody has to save first; the place is told as the user sees it."""
    title, cell = month_cell("net_sales", 3)
    open_one = opened(workbook)
    open_one.type(title, cell, "about 70")
    mode, message = press(open_one, "check")
    assert mode == "critical"
    assert message.splitlines()[0] == "Type these figures as numbers (errors: 1)"
    assert f"  {title} › {cell}: “about 70”" in message


@pytest.mark.parametrize("language", LANGUAGES)
def test_check_tells_what_keeps_excel_from_python(language: str, tmp_path: Path) -> None:
    """As tablero check does, from the file that was saved; without a file it is left."""
    path = tmp_path / "acme.xlsm"
    new_macro_workbook(load_template("cano"), path)
    without_macros(path)
    open_one = opened(path)
    mode, message = press(open_one, "check", language)
    assert mode == "info"
    assert message.startswith(text("advice.task.python", language))
    assert text("problem.host_project_missing.message", language) in message
    open_one.path = None
    assert press(open_one, "check", language)[1] == text("excel.macro.nothing_wrong", language)


def test_a_box_is_no_longer_than_a_screen(workbook: Path) -> None:
    """How many lines are left out is said."""
    open_one = opened(workbook)
    for one in load_template("cano").inputs:
        open_one.type(*month_cell(one.id, 3), f"{one.id}?")
        open_one.type(*month_cell(one.id, 4), "#DIV/0!")
        open_one.type(*month_cell(one.id, 5), "5,5 ")
        open_one.type(*month_cell(one.id, 6), f"{len(one.id)}.000,5")
        open_one.type(*month_cell(one.id, 7), -1.0)
    lines = press(open_one, "check")[1].splitlines()
    assert len(lines) <= 29


def test_score_tells_how_the_company_stands(workbook: Path) -> None:
    """The strategy and each perspective, with the paper's figures."""
    mode, message = press(opened(workbook), "score", "es")
    assert mode == "info"
    assert "80.5%" in message
    assert "Financiera" in message
    assert "Bueno" in message


def test_score_counts_what_has_just_been_typed(workbook: Path) -> None:
    """Before it is saved, and before Excel has calculated."""
    open_one = opened(workbook)
    open_one.type(*month_cell("net_income", 3), 1e6)
    assert "80.5%" not in press(open_one, "score")[1]


def test_new_makes_an_empty_scorecard_and_opens_it(workbook: Path, tmp_path: Path) -> None:
    """Where the user wants it, in the language of the add-in."""
    open_one = opened(workbook, chosen=tmp_path / "mine.xlsm")
    assert press(open_one, "new", "es") == ("", "")
    assert open_one.opened == [str(tmp_path / "mine.xlsm")]
    assert read_workbook(tmp_path / "mine.xlsm").language == "es"


def test_switching_the_language_keeps_every_figure(workbook: Path, tmp_path: Path) -> None:
    """Those, too, that nobody has saved; the open workbook stays as it is."""
    before = workbook.read_bytes()
    open_one = opened(workbook, chosen=tmp_path / "acme.es.xlsm")
    open_one.answers = ["es"]
    open_one.type(*month_cell("net_sales", 3), 77.0)
    assert press(open_one, "switch_language") == ("", "")
    assert open_one.suggested == ["acme.es.xlsm"]
    there, here = read_workbook(tmp_path / "acme.es.xlsm"), read_book(open_one.book)
    assert (there.language, here.language) == ("es", "en")
    assert there.period == here.period
    assert 77.0 in there.figures.months
    assert _strategy(there) == _strategy(here)
    assert workbook.read_bytes() == before
    assert len(open_one.writes) == 1  # what was typed above


def _strategy(reading: Reading) -> Score:
    return score(reading.definition, reading.figures, [reading.period]).at(reading.period).strategy


def test_a_workbook_with_errors_is_not_made_again(workbook: Path, tmp_path: Path) -> None:
    """What could not be read would be missing in the other language."""
    open_one = opened(workbook, chosen=tmp_path / "acme.es.xlsm")
    open_one.type(*month_cell("net_sales", 3), "#DIV/0!")
    mode, message = press(open_one, "switch_language")
    assert mode == "critical"
    assert "#DIV/0!" in message
    assert open_one.suggested == []


def test_a_button_works_on_the_workbook_that_calls(
    workbook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As xlwings tells it when Excel runs Python."""
    open_one = opened(workbook)
    monkeypatch.setattr(xlwings.Book, "_mock_caller", open_one.book, raising=False)
    macros.run("check", "en")
    assert open_one.boxes == [("info", text("excel.macro.nothing_wrong", "en"))]


def test_cancelling_makes_nothing(workbook: Path) -> None:
    """No file, no box."""
    open_one = opened(workbook)
    assert press(open_one, "new") == ("", "")
    assert open_one.opened == []


def test_a_file_that_stands_there_is_not_replaced(workbook: Path, tmp_path: Path) -> None:
    """It is said instead."""
    there = tmp_path / "mine.xlsm"
    there.write_text("mine")
    mode, message = press(opened(workbook, chosen=there), "new")
    assert mode == "critical"
    assert "mine.xlsm" in message
    assert there.read_text() == "mine"


@pytest.mark.parametrize("macro", ["check", "score", "switch_language"])
def test_another_workbook_is_refused_in_a_sentence(macro: str) -> None:
    """One that Tablero did not make, such as a new one that nobody has saved."""
    mode, message = press(OpenWorkbook("Book1", [Grid("Sheet1", {})], {}), macro)
    assert mode == "critical"
    assert "Book1" in message


def test_what_nobody_foresaw_is_told_in_a_box_as_well(workbook: Path, tmp_path: Path) -> None:
    """Such as a folder that is gone when the file is to be made."""
    mode, message = press(opened(workbook, chosen=tmp_path / "gone" / "mine.xlsm"), "new")
    assert mode == "critical"
    assert message.startswith("Tablero could not finish this")


def test_help_tells_what_each_button_does(workbook: Path) -> None:
    """In the language of the add-in."""
    assert press(opened(workbook), "help", "es") == ("info", text("excel.macro.help", "es"))
