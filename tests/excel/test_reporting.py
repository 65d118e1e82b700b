"""The buttons Report and Page publish the open workbook as the command does its file."""

from __future__ import annotations

import webbrowser
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pypdf
import pytest

from tablero.addin.excel.live import read_book
from tablero.addin.excel.macro_workbook import new_macro_workbook
from tablero.addin.publishing import Kind, made, report_of
from tablero.workbook_templates.library import load_template
from tablero.workbook_templates.read import read_workbook
from tablero.workbook_templates.texts import LANGUAGES, text
from tests.addin.pictures import png
from tests.excel.open_workbook import opened
from tests.excel.test_macros import press
from tests.reading.facts import month_cell

ENDINGS = {"report": ".pdf", "page": ".html"}
both = pytest.mark.parametrize("button", list(ENDINGS))


class Browser(webbrowser.BaseBrowser):
    """A browser that notes what it is asked to show."""

    def __init__(self) -> None:
        super().__init__("noting")
        self.shown: list[str] = []

    def open(self, url: str, new: int = 0, autoraise: bool = True) -> bool:  # noqa: ARG002, FBT001, FBT002
        self.shown.append(url)
        return True


@pytest.fixture(autouse=True)
def browser() -> Iterator[Browser]:
    """The browser of this machine meanwhile."""
    noting = Browser()
    webbrowser.register("noting", None, noting, preferred=True)
    yield noting
    webbrowser._tryorder.remove("noting")  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The paper's company as a macro workbook with a logo, in Spanish."""
    folder = tmp_path_factory.mktemp("reporting")
    (folder / "logo.png").write_bytes(png(40, 30))
    cano = load_template("cano")
    company = cano.company.model_copy(update={"logo": str(folder / "logo.png")})
    path = folder / "acme-2016.xlsm"
    new_macro_workbook(cano.model_copy(update={"company": company}), path, language="es")
    return path


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A company that has typed nothing yet."""
    path = tmp_path_factory.mktemp("empty") / "acme.xlsm"
    new_macro_workbook(load_template("cano").model_copy(update={"figures": {}}), path)
    return path


@both
def test_a_file_is_made_where_it_is_wanted_and_shown(
    button: str, workbook: Path, browser: Browser, tmp_path: Path
) -> None:
    """In the language of the workbook, with its logo; the workbook stays as it is."""
    before = workbook.read_bytes()
    one = opened(workbook, chosen=tmp_path / f"board{ENDINGS[button]}")
    assert press(one, button) == ("", "")
    assert one.suggested == [f"acme-2016{ENDINGS[button]}"]
    (file,) = tmp_path.iterdir()
    assert browser.shown == [file.as_uri()]
    if button == "page":
        page = file.read_text("utf-8")
        assert '<html lang="es' in page
        assert "data:image/png;base64," in page
    else:
        first = pypdf.PdfReader(file).pages[0]
        assert first.images
    assert workbook.read_bytes() == before
    assert one.writes == []


def test_what_has_just_been_typed_counts(workbook: Path, tmp_path: Path) -> None:
    """What is wrong in it is told in a box, and on the first page."""
    one = opened(workbook, chosen=tmp_path / "board.html")
    one.type(*month_cell("net_sales", 3, "es"), "about 70")
    mode, message = press(one, "page", "pt")
    assert (mode, message) == ("info", text("excel.report.problems", "pt", errors=1, warnings=0))
    assert "about 70" in (tmp_path / "board.html").read_text("utf-8")


def test_a_file_that_is_there_is_replaced_if_that_is_meant(
    workbook: Path, browser: Browser, tmp_path: Path
) -> None:
    """After a question, with a backup; else nothing is made or shown."""
    there = tmp_path / "board.html"
    there.write_text("mine")
    one = opened(workbook, chosen=there)
    assert press(one, "page", "es") == ("info", text("excel.report.replace", "es", file=there.name))
    assert (there.read_text(), browser.shown) == ("mine", [])
    one.answers = ["ok"]
    press(one, "page", "es")
    assert browser.shown == [there.as_uri()]
    (backup,) = tmp_path.glob("*.backup-*")
    assert backup.read_text() == "mine"


@both
def test_cancelling_makes_no_report(button: str, workbook: Path, browser: Browser) -> None:
    """No file, no box."""
    one = opened(workbook)
    assert press(one, button) == ("", "")
    assert browser.shown == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_period_without_figures_is_told(language: str, empty: Path, tmp_path: Path) -> None:
    """In a box, in the language of the add-in; the report is made all the same."""
    one = opened(empty, chosen=tmp_path / "acme.html")
    message = press(one, "page", language)[1]
    assert text("problem.report_empty.message", language, period="2016") in message
    assert (tmp_path / "acme.html").is_file()


@pytest.mark.parametrize("kind", ["html", "pdf"])
def test_an_open_workbook_and_its_file_give_the_same_report(kind: Kind, workbook: Path) -> None:
    """To the byte."""
    live, saved = read_book(opened(workbook).book), read_workbook(workbook)
    day = date(2017, 1, 9)
    first, second = (made(report_of(one, png(40, 30)), kind, day) for one in (live, saved))
    assert first == second
    assert first.told == ()
