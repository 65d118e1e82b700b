"""How commands end when something breaks: with a sentence and an exit code, never a traceback."""

from __future__ import annotations

import os
import signal
import subprocess
from functools import partial
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from tablero.addin.cli.running import guarded
from tests.addin.commands import PROGRAM, environment, process, tablero
from tests.saving.places import ordinary_user, shared_folder


@pytest.mark.parametrize(
    "arguments",
    [["score", "cano.xlsx", "--format", "csv"], ["score", "cano.xlsx"], ["templates"], ["--help"]],
    ids=" ".join,
)
def test_a_reader_that_stops_reading_is_no_error(arguments: list[str], cano: Path) -> None:
    """As with ``| head``: nothing is said, and the shell sees that the output was cut off."""
    with subprocess.Popen(
        [*PROGRAM, *arguments],
        cwd=cano.parent,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        assert running.stdout
        assert running.stderr
        running.stdout.close()
        said = running.stderr.read()
    assert (running.returncode, said) == (141, b"")


def test_an_interruption_is_silent(tmp_path: Path) -> None:
    """As with Ctrl-C while a command waits: the exit code is the one shells expect."""
    pipe = tmp_path / "slow.yaml"
    os.mkfifo(pipe)
    with (
        subprocess.Popen(
            [*PROGRAM, "check", pipe.name],
            cwd=tmp_path,
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            # Shells let what they start in the background ignore it.
            preexec_fn=partial(  # noqa: PLW1509 - no thread holds a lock here
                signal.signal, signal.SIGINT, signal.SIG_DFL
            ),
        ) as running,
        pipe.open("wb"),
    ):  # opens once the command reads
        running.send_signal(signal.SIGINT)
        shown, said = running.communicate()
    assert (running.returncode, shown) == (130, b"")
    assert b"Traceback" not in said


@pytest.mark.parametrize(
    "arguments",
    [["score", "cano.xlsx", "--format", "csv"], ["score", "cano.xlsx"], ["templates"], ["--help"]],
    ids=" ".join,
)
def test_results_that_cannot_be_written_are_told(arguments: list[str], cano: Path) -> None:
    """As on a full disk: the sentence goes to the stream that is left."""
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(
            [*PROGRAM, *arguments],
            cwd=cano.parent,
            env=environment(),
            check=False,
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
    assert ended.returncode == 2
    assert ended.stderr.startswith("error: The system does not allow it (OSError: ")
    assert len(ended.stderr.splitlines()) == 1


@pytest.fixture
def broken() -> typer.Typer:
    """A command with a defect."""
    app = typer.Typer(pretty_exceptions_enable=False)

    @app.command()
    @guarded
    def divide(*, lang: str | None = None) -> None:
        del lang
        typer.echo(str(1 / int("0")))

    return app


def test_a_defect_of_ours_is_told_in_a_sentence(broken: typer.Typer) -> None:
    """In the user's language, with what developers need to ask for more."""
    ended = CliRunner().invoke(broken, ["--lang", "es"])
    assert ended.exit_code == 2
    assert ended.stderr == (
        "error: Ocurrió algo que nadie previó (ZeroDivisionError: division by zero). Por favor, "
        "comuníquelo; con TABLERO_DEBUG=1 se muestra el lugar en el programa.\n"
    )


def test_developers_see_the_place_of_a_defect(broken: typer.Typer) -> None:
    """When they ask for it."""
    ended = CliRunner().invoke(broken, env={"TABLERO_DEBUG": "1"})
    assert ended.exit_code == 2
    assert "Traceback" in ended.stderr
    assert 'str(1 / int("0"))' in ended.stderr


def test_a_folder_without_rights_is_told() -> None:
    """For new and demo alike, and nothing is left there."""
    with shared_folder() as folder:
        (folder / "closed").mkdir(mode=0o555)
        for arguments in (("new", "cano", "-o", "closed/a.xlsx"), ("demo", "closed")):
            tablero(
                "templates", cwd=folder
            )  # what is needed is imported before rights are given up
            with ordinary_user():
                line = tablero(*arguments, cwd=folder).complaint(2)
            assert "The folder “closed” cannot be written in." in line
        assert not list((folder / "closed").iterdir())


def test_a_place_that_takes_no_files_is_told(tmp_path: Path) -> None:
    """Not even an administrator can save into a device."""
    line = process("new", "cano", "-o", "/dev/null/a.xlsx", cwd=tmp_path).complaint(2)
    assert "“/dev/null” is a file, not a folder." in line
