"""What the ribbon's buttons do, on real workbooks at a desk without Excel."""

from __future__ import annotations

import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tablero.addin.excel import macros
from tablero.addin.excel.live import Desk
from tablero.addin.excel.macro_workbook import new_macro_workbook
from tablero.workbook_templates.library import load_template
from tablero.workbook_templates.read import Reading, read_workbook
from tablero.workbook_templates.scorecard import Score
from tablero.workbook_templates.scoring import score
from tablero.workbook_templates.texts import text


class Excel:
    """What our macros ask of xlwings' object model, done with files; Excel itself is not here."""

    def __init__(self, path: Path, chosen: Path | None = None) -> None:
        self.boxes: list[tuple[str, str]] = []
        self.opened: list[str] = []
        self.suggested: list[str] = []
        self._chosen = chosen
        app = SimpleNamespace(
            alert=lambda message, _title, mode: self.boxes.append((mode, message)),
            api=SimpleNamespace(GetSaveAsFilename=self._choose),
            books=SimpleNamespace(open=self.opened.append),
        )
        api = SimpleNamespace(SaveCopyAs=lambda copy: shutil.copy(path, copy))
        self.desk = Desk(SimpleNamespace(name=path.name, app=app, api=api))

    def _choose(self, suggestion: str, _kinds: str) -> Any:
        self.suggested.append(suggestion)
        return False if self._chosen is None else str(self._chosen)

    def run(self, macro: str, language: str = "en") -> tuple[str, str]:
        """Press a button; the box that is shown, if any."""
        macros.act(macros.MACROS[macro], self.desk, language)
        return self.boxes[-1] if self.boxes else ("", "")


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The paper's company as a macro workbook."""
    path = tmp_path_factory.mktemp("macros") / "acme.xlsm"
    new_macro_workbook(load_template("cano"), path)
    return path


def test_check_tells_that_nothing_is_wrong(workbook: Path) -> None:
    """In a box, in the language of the add-in."""
    box = Excel(workbook).run("check", "es")
    assert box == ("info", text("excel.macro.nothing_wrong", "es"))


def test_score_tells_how_the_company_stands(workbook: Path) -> None:
    """The strategy and each perspective, with the paper's figures."""
    mode, message = Excel(workbook).run("score", "es")
    assert mode == "info"
    assert "80.5%" in message
    assert "Financiera" in message
    assert "Bueno" in message


def test_new_makes_an_empty_scorecard_and_opens_it(workbook: Path, tmp_path: Path) -> None:
    """Where the user wants it, in the language of the add-in."""
    excel = Excel(workbook, chosen=tmp_path / "mine.xlsm")
    assert excel.run("new", "es") == ("", "")
    assert excel.opened == [str(tmp_path / "mine.xlsm")]
    assert read_workbook(tmp_path / "mine.xlsm").language == "es"


def test_switching_the_language_keeps_every_figure(workbook: Path, tmp_path: Path) -> None:
    """The same scorecard in a file of its own; the open one stays as it is."""
    before = workbook.read_bytes()
    excel = Excel(workbook, chosen=tmp_path / "acme.es.xlsm")
    assert excel.run("switch_language") == ("", "")
    assert excel.suggested == ["acme.es.xlsm"]
    there, here = read_workbook(tmp_path / "acme.es.xlsm"), read_workbook(workbook)
    assert (there.language, here.language) == ("es", "en")
    assert there.period == here.period
    assert _strategy(there) == _strategy(here)
    assert workbook.read_bytes() == before


def _strategy(reading: Reading) -> Score:
    return score(reading.definition, reading.figures, [reading.period]).at(reading.period).strategy


def test_cancelling_makes_nothing(workbook: Path) -> None:
    """No file, no box."""
    excel = Excel(workbook)
    assert excel.run("new") == ("", "")
    assert excel.opened == []


def test_a_file_that_stands_there_is_not_replaced(workbook: Path, tmp_path: Path) -> None:
    """It is said instead."""
    there = tmp_path / "mine.xlsm"
    there.write_text("mine")
    mode, message = Excel(workbook, chosen=there).run("new")
    assert mode == "critical"
    assert "mine.xlsm" in message
    assert there.read_text() == "mine"


@pytest.mark.parametrize("macro", ["check", "score", "switch_language"])
def test_another_workbook_is_refused_in_a_sentence(macro: str, tmp_path: Path) -> None:
    """One that Tablero did not make."""
    path = tmp_path / "other.xlsx"
    path.write_text("no workbook")
    mode, message = Excel(path).run(macro)
    assert mode == "critical"
    assert "other.xlsx" in message


def test_what_nobody_foresaw_is_told_in_a_box_as_well(workbook: Path, tmp_path: Path) -> None:
    """Such as a folder that is gone when the file is to be made."""
    mode, message = Excel(workbook, chosen=tmp_path / "gone" / "mine.xlsm").run("new")
    assert mode == "critical"
    assert message.startswith("Tablero could not finish this")


def test_help_tells_what_each_button_does(workbook: Path) -> None:
    """In the language of the add-in."""
    assert Excel(workbook).run("help", "es") == ("info", text("excel.macro.help", "es"))
