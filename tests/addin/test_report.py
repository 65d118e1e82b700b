"""``tablero report``: page and PDF of a workbook, where they go, and what is told instead."""

from __future__ import annotations

import re
import stat
import subprocess
from hashlib import shake_128
from pathlib import Path

import pypdf
import pytest

from tablero.workbook_templates.editing.package import Package
from tablero.workbook_templates.library import load_template
from tablero.workbook_templates.texts import LANGUAGES, text
from tablero.workbook_templates.workbook import new_workbook
from tests.addin.commands import PROGRAM, Ended, environment, tablero
from tests.addin.pictures import gif, png
from tests.addin.test_check import type_in
from tests.saving.places import little_room, ordinary_user, shared_folder

ENCRYPTED = Path(__file__).parent / "files" / "encrypted.xlsx"


def report(workbook: Path, *more: str | Path, **variables: str) -> Ended:
    """Run ``tablero report`` in the folder of a workbook."""
    return tablero("report", workbook.name, *more, cwd=workbook.parent, **variables)


def beside(workbook: Path) -> list[str]:
    """What else is in the folder of a workbook."""
    return sorted(one.name for one in workbook.parent.iterdir() if one != workbook)


def paper(path: Path) -> str:
    """What a PDF says."""
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages)


def with_logo(path: Path, picture: bytes) -> Path:
    """A workbook on whose Home stands a picture, whatever that is."""
    logo = path.with_name("logo.png")
    logo.write_bytes(png())
    company = load_template("cano").company.model_copy(update={"logo": str(logo)})
    new_workbook(load_template("cano").model_copy(update={"company": company}), path)
    logo.unlink()
    package = Package.read(path)
    (part,) = [name for name in package.parts if "media" in name]
    package.with_parts({part: picture}).write(path)
    return path


def test_without_a_choice_both_are_made_beside_the_workbook(cano: Path) -> None:
    """Called after it and the period that Home shows; the workbook stays as it is."""
    before = cano.read_bytes()
    ended = report(cano)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.splitlines() == ["Saved: cano-2016.html", "Saved: cano-2016.pdf"]
    assert beside(cano) == ["cano-2016.html", "cano-2016.pdf"]
    company = load_template("cano").company.name
    page = (cano.parent / "cano-2016.html").read_text("utf-8")
    assert f"<title>{company}" in page
    assert 'http-equiv="refresh"' not in page
    assert company in paper(cano.parent / "cano-2016.pdf")
    assert cano.read_bytes() == before


def test_the_paper_of_another_period_goes_into_a_folder(cano: Path) -> None:
    """Its name and its pages say which; everybody may read it whom the user lets."""
    (cano.parent / "board").mkdir()
    assert report(cano, "--pdf", "--period", "2016-q2", "-o", "board").returncode == 0
    (made,) = (cano.parent / "board").iterdir()
    assert made.name == "cano-2016-q2.pdf"
    assert "Q2 2016" in paper(made)
    assert stat.S_IMODE(made.stat().st_mode) == stat.S_IMODE(cano.stat().st_mode)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_goes_where_it_is_wanted(language: str, cano: Path) -> None:
    """By its ending it is known to be the page, in the language asked for."""
    ended = report(cano, "-o", "board.HTML", "--lang", language)
    assert (ended.returncode, beside(cano)) == (0, ["board.HTML"])
    assert text("cli.saved", language, file="board.HTML") in ended.stdout
    assert f'<html lang="{language}' in (cano.parent / "board.HTML").read_text("utf-8")


def test_a_file_that_is_there_is_replaced_only_by_force(cano: Path) -> None:
    """The old one is kept as a backup; of two files none is made while one is in the way."""
    old = cano.parent / "cano-2016.pdf"
    old.write_text("mine")
    assert "already a file of this name" in report(cano).complaint(2)
    assert (beside(cano), old.read_text()) == (["cano-2016.pdf"], "mine")
    ended = report(cano, "--pdf", "--force")
    assert ended.returncode == 0
    backup, made = (cano.parent / name for name in beside(cano))
    assert backup.read_text() == "mine"
    assert backup.name in ended.stdout
    assert made.read_bytes().startswith(b"%PDF-")


def test_a_workbook_with_problems_is_reported_with_them(cano: Path) -> None:
    """They stand on the first pages, their number on the terminal, and the exit code is 1."""
    type_in(cano, {("net_sales", 3): "about 200"})
    ended = report(cano)
    assert ended.complaint(1) == (
        "error: The first page says that something is wrong in the workbook (errors: 1, warnings: "
        "0). What to do: tablero check cano.xlsx"
    )
    assert "about 200" in (cano.parent / "cano-2016.html").read_text("utf-8")
    (first, *_) = pypdf.PdfReader(cano.parent / "cano-2016.pdf").pages
    assert "about 200" in first.extract_text()


def test_what_cannot_be_read_is_told(cano: Path) -> None:
    """In one sentence, and nothing is made."""
    cano.write_bytes(ENCRYPTED.read_bytes())
    assert "password" in report(cano).complaint(2)
    assert beside(cano) == []


def test_a_company_without_figures_gets_a_report(tmp_path: Path) -> None:
    """A note says that there is nothing in it yet."""
    acme = tmp_path / "acme-2016.xlsx"
    new_workbook(load_template("cano").model_copy(update={"figures": {}}), acme)
    line = report(acme, "--html").complaint(0)
    assert line.startswith("note: There are no figures for 2016 yet")
    assert beside(acme) == ["acme-2016.html"]


def test_a_period_in_the_future_is_reported_with_a_note(tmp_path: Path) -> None:
    """Of a workbook whose year has not begun; so is one of twelve months of which none is known."""
    acme = tmp_path / "acme.xlsx"
    assert tablero("new", "blank-sme", "--year", "2099", "-o", acme.name, cwd=tmp_path).stderr == ""
    for code in ("2099-06", "r12-2099-03"):
        line = report(acme, "--html", "--period", code).complaint(0)
        assert line.startswith(f"note: {code} has not begun yet")
    assert beside(acme) == ["acme-2099-06.html", "acme-r12-2099-03.html"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--period", "2031-13"], "is not a period of 2016"),
        (["-o", "out.doc"], "Make the folder first, or name a file such as cano-2016.html."),
        (["-o", "nowhere/x.pdf"], "The folder “nowhere” does not exist."),
        (["-o", "nowhere"], "The folder “nowhere” does not exist."),
        (["-o", "x.pdf", "--html"], "“x.pdf” cannot hold what was asked for"),
        (["-o", "x.pdf", "--html", "--pdf"], "Name a folder for both"),
        (["--pdf", "-o", "/dev/null/x.pdf"], "“/dev/null” is a file, not a folder."),
        (["--html", "-o", "a:b.html"], "a sign “:”"),
    ],
    ids=lambda one: " ".join(one) if isinstance(one, list) else "",
)
def test_what_cannot_be_made_is_told(options: list[str], said: str, cano: Path) -> None:
    """Before anything is made, with what to do instead."""
    assert said in report(cano, *options).complaint(2)
    assert beside(cano) == []


def test_a_folder_without_rights_is_told(made: Path) -> None:
    """And nothing is left there."""
    with shared_folder() as folder:
        cano = folder / "cano.xlsx"
        cano.write_bytes(made.read_bytes())
        (folder / "closed").mkdir(mode=0o555)
        report(cano, "--html")  # what is needed is imported before rights are given up
        with ordinary_user():
            line = report(cano, "-o", "closed").complaint(2)
        assert "The folder “closed” cannot be written in." in line
        assert not list((folder / "closed").iterdir())


def test_a_full_disk_leaves_nothing_half_written(cano: Path) -> None:
    """Neither the page nor a part of it."""
    with little_room(40_000):
        line = report(cano, "--html").complaint(2)
    assert "not enough room" in line
    assert beside(cano) == []


@pytest.mark.parametrize("picture", [png(), gif()], ids=["PNG", "GIF"])
def test_the_logo_is_that_of_the_workbook_or_another(picture: bytes, cano: Path) -> None:
    """One that is named goes before the one on Home."""
    (cano.parent / "mine").write_bytes(picture)
    assert report(cano, "--logo", "mine", "--html").stderr == ""
    kind = "gif" if picture.startswith(b"GIF") else "png"
    assert f"data:image/{kind};base64," in (cano.parent / "cano-2016.html").read_text("utf-8")


def test_the_logo_on_home_stands_in_both(tmp_path: Path) -> None:
    """As it was put there."""
    acme = with_logo(tmp_path / "acme.xlsx", png(40, 30))
    assert report(acme).stderr == ""
    assert "data:image/png;base64," in (tmp_path / "acme-2016.html").read_text("utf-8")
    first = pypdf.PdfReader(tmp_path / "acme-2016.pdf").pages[0]
    assert [(one.image.width, one.image.height) for one in first.images if one.image] == [(40, 30)]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "cannot be opened"),
        (b"<svg/>", "is not a picture"),
        (b"BM" + bytes(100), "is not a picture"),
        (png() + bytes(50_000_000), "larger than 5 MB"),
        (png(6000, 5000), "is not a picture that a report can show"),
        (png()[:-20], "is not a picture that a report can show"),
    ],
    ids=["missing", "SVG", "BMP", "50 MB", "unpacks to much", "cut off"],
)
def test_a_logo_that_cannot_be_shown_is_refused(
    content: bytes | None, said: str, cano: Path
) -> None:
    """When it is named; nothing is made."""
    if content is not None:
        (cano.parent / "logo.png").write_bytes(content)
    line = report(cano, "--logo", "logo.png").complaint(2)
    assert line.startswith("error: --logo: The logo “logo.png” ")
    assert said in line
    assert not list(cano.parent.glob("cano-*"))


@pytest.mark.parametrize(
    "picture",
    [b"<svg onload='alert(1)'/>", png(6000, 5000), png() + shake_128().digest(6_000_000)],
    ids=["SVG", "unpacks to much", "6 MB"],
)
def test_a_hostile_picture_on_home_is_left_out(picture: bytes, tmp_path: Path) -> None:
    """The report is made without it, and a note says so once."""
    acme = with_logo(tmp_path / "acme.xlsx", picture)
    line = report(acme, "--html").complaint(0)
    assert line.startswith("note: The logo on the sheet Home is left out")
    assert "data:image" not in (tmp_path / "acme-2016.html").read_text("utf-8")


def test_that_somebody_has_the_workbook_open_is_told_to_whoever_makes_it(cano: Path) -> None:
    """Readers of the report need not know."""
    (cano.parent / "~$cano.xlsx").write_bytes(b"")
    line = report(cano, "--html").complaint(0)
    assert line.startswith("warning: cano.xlsx: ")
    assert text("problem.file_open_elsewhere.message", "en") in line
    page = (cano.parent / "cano-2016.html").read_text("utf-8")
    assert text("problem.file_open_elsewhere.message", "en") not in page


def test_what_was_made_is_shown_on_demand(cano: Path) -> None:
    """In the browser of the machine, by the address of the file."""
    browser = cano.parent / "browser"
    browser.write_text('#!/bin/sh\necho "$1" >> shown\n')
    browser.chmod(0o755)
    subprocess.run(
        [*PROGRAM, "report", cano.name, "--html", "--open"],
        cwd=cano.parent,
        env=environment(BROWSER=f"{browser} %s"),
        check=True,
    )
    shown = (cano.parent / "shown").read_text().split()
    assert shown == [(cano.parent / "cano-2016.html").as_uri()]


def test_a_terminal_shows_that_something_is_being_made(cano: Path) -> None:
    """A line that moves; a file gets only what was saved."""
    command = " ".join([*PROGRAM, "report", cano.name, "--html"])
    shown = subprocess.run(
        ["script", "-qec", command, "/dev/null"],  # noqa: S607 - of util-linux, on the path
        cwd=cano.parent,
        env=environment(TERM="xterm"),
        check=True,
        capture_output=True,
        encoding="utf-8",
    ).stdout
    assert re.search(r"Making the page …", shown)
    assert "Saved: cano-2016.html" in shown
