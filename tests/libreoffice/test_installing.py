"""Installing the extension with LibreOffice's own program, and every way in which that can end."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tablero.addin.libreoffice import Office, find_office, install, status, uninstall
from tablero.workbook_templates.problems import Problem, ProblemsError
from tablero.workbook_templates.texts import LANGUAGES, catalogue
from tests.engines.libreoffice import find_program

# LibreOffice lets the administrator install for everyone only.
IS_ROOT = os.geteuid() == 0


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """The LibreOffice of this machine, which keeps everybody's extensions in a folder of ours."""
    (tmp_path / "everyone").mkdir()
    options = {
        "UserInstallation": tmp_path / "user",
        "UNO_SHARED_PACKAGES_CACHE": tmp_path / "everyone",
    }
    told = tuple(f"-env:{name}={folder.as_uri()}" for name, folder in options.items())
    return Office(find_program().parent, told)


def problem_of(refused: pytest.ExceptionInfo[ProblemsError]) -> Problem:
    """The one problem, which has a sentence and a way out in every language."""
    (problem,) = refused.value.problems
    assert len({problem.sentence(language) for language in LANGUAGES}) == len(LANGUAGES)
    return problem


def test_it_is_installed_replaced_and_taken_out(office: Office) -> None:
    """LibreOffice lists it after installing, also twice, and no more after taking out."""
    assert not status(for_everyone=IS_ROOT, office=office).is_installed
    first = install(for_everyone=IS_ROOT, office=office)
    assert first.is_installed
    assert first.office == "25.2"
    assert install(for_everyone=IS_ROOT, office=office) == first
    assert not uninstall(for_everyone=IS_ROOT, office=office).is_installed
    with pytest.raises(ProblemsError) as refused:
        uninstall(for_everyone=IS_ROOT, office=office)
    assert problem_of(refused).code == "libreoffice_not_installed"


def test_the_administrator_is_told_to_install_for_everyone(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before LibreOffice refuses it in its own words."""
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    for action in (install, uninstall, status):
        with pytest.raises(ProblemsError) as refused:
            action(office=office)
        assert problem_of(refused).code == "libreoffice_as_root"


def test_this_machines_libreoffice_is_found() -> None:
    """On the search path or in its usual folder, and young enough."""
    assert find_office().folder == find_program().parent


def test_a_machine_without_libreoffice_is_told_what_to_do(tmp_path: Path) -> None:
    """Neither program nor folder: a sentence, not an exception of the system."""
    with pytest.raises(ProblemsError) as refused:
        find_office([tmp_path, tmp_path / "missing"])
    assert problem_of(refused).code == "libreoffice_missing"


@pytest.mark.parametrize("version", ["LibreOffice 7.4.7.2 40(Build:2)", "LibreOffice 24.8.1.2", ""])
def test_an_old_libreoffice_is_refused(version: str, tmp_path: Path) -> None:
    """It would not find the functions in workbooks of Excel."""
    program(tmp_path / "soffice", f"echo '{version}'")
    program(tmp_path / "unopkg", "exit 1")
    with pytest.raises(ProblemsError) as refused:
        find_office([tmp_path])
    problem = problem_of(refused)
    assert problem.code == "libreoffice_too_old"
    assert problem.values["oldest"] == "25.2"


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("echo 'ERROR: Exception occurred: The disk is full' >&2; exit 1", "The disk is full"),
        ("exit 7", "code 7"),
    ],
)
def test_what_libreoffice_refuses_is_told_in_its_words(
    script: str, reason: str, tmp_path: Path
) -> None:
    """With its reason, or with the code by which it ended."""
    program(tmp_path / "unopkg", script)
    with pytest.raises(ProblemsError) as refused:
        install(for_everyone=True, office=Office(tmp_path))
    problem = problem_of(refused)
    assert problem.code == "libreoffice_refused"
    assert problem.values["reason"] == reason


def test_a_libreoffice_that_does_not_run_is_told(tmp_path: Path) -> None:
    """A program that is there but is none."""
    (tmp_path / "unopkg").write_text("no program")
    with pytest.raises(ProblemsError) as refused:
        install(for_everyone=True, office=Office(tmp_path))
    assert problem_of(refused).code == "libreoffice_refused"


def test_every_problem_can_be_told_in_every_language() -> None:
    """The catalogues hold the same texts about LibreOffice."""
    keys = [{key for key in catalogue(one) if "libreoffice" in key} for one in LANGUAGES]
    assert keys[0] == keys[1]


def program(path: Path, script: str) -> None:
    """A program that does what a script says."""
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
