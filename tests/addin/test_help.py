"""``--help``: every command with an example that works, every option with a word about it."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import entry_points, version
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_group

from tablero.addin.cli import app, main
from tablero.workbook_templates.library import available
from tests.addin.commands import PROGRAM, environment, process, tablero

GROUP = get_group(app)


def commands(group: Any, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Every command by the words that call it, those of groups too."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            if command.invoke_without_command:
                yield f"{prefix}{name}", command
            yield from commands(command, f"{prefix}{name} ")
        else:
            yield f"{prefix}{name}", command


COMMANDS = dict(commands(GROUP))
HEAVY = {"numpy", "openpyxl", "pandas", "pydantic", "rich", "xlsxwriter", "yaml"}


def examples(epilog: str | None) -> list[list[str]]:
    """The commands among the examples, split as a shell does, up to a redirection."""
    lines = [line.strip() for line in (epilog or "").splitlines()]
    commands = [shlex.split(line) for line in lines if line.startswith("tablero ")]
    return [words[: words.index(">")] if ">" in words else words for words in commands]


def test_every_command_is_looked_at_here() -> None:
    """Those of the group that serves other programs too."""
    assert {"demo", "templates", "new", "check", "score", "addin build"} <= COMMANDS.keys()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_an_example_that_can_be_typed(name: str) -> None:
    """Each example is taken by the parser as it stands."""
    command = COMMANDS[name]
    assert command is not None
    found = examples(command.epilog)
    assert found
    words = name.split()
    for _, *called in found:
        assert called[: len(words)] == words
        command.make_context(name, called[len(words) :])


def test_the_program_has_examples_of_its_commands() -> None:
    """The first help shows the way from the demonstration to one's own scores."""
    found = examples(GROUP.epilog)
    assert [words[1] for words in found] == ["demo", "new", "check", "score"]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_argument_and_option_is_documented(name: str) -> None:
    """With a sentence of its own; the command with one that ends."""
    command = COMMANDS[name]
    assert command is not None
    assert (command.help or "").strip().endswith(".")
    for parameter in command.params:
        assert getattr(parameter, "help", None), parameter.name


@pytest.mark.parametrize("command", [(), *(tuple(name.split()) for name in COMMANDS)], ids=" ".join)
def test_help_fits_every_terminal(command: tuple[str, ...], tmp_path: Path) -> None:
    """Eighty columns, letters that all terminals have, and nothing of it an error."""
    for option in ("--help", "-h"):
        ended = tablero(*command, option, cwd=tmp_path)
        assert (ended.returncode, ended.stderr) == (0, "")
        assert ended.stdout.isascii()
        assert max(map(len, ended.stdout.splitlines())) <= 80
        assert "tablero " in ended.stdout


def test_help_waits_for_nothing_heavy() -> None:
    """What scores and draws is imported when a command runs."""
    program = (
        "import sys; sys.argv = ['tablero', '--help']\n"
        "from tablero.addin.cli import main\n"
        "try: main()\n"
        "finally: print(*sys.modules)"
    )
    shown = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, encoding="utf-8"
    )
    assert not HEAVY & set(shown.stdout.splitlines()[-1].split())


def test_without_a_command_help_is_shown(tmp_path: Path) -> None:
    """Somebody who only types the name learns what there is."""
    ended = process(cwd=tmp_path)
    assert ended.returncode == 2
    assert "score" in ended.stdout + ended.stderr


@pytest.mark.parametrize("arguments", [["scor"], ["score"], ["check", "a", "b"], ["new", "--no"]])
def test_what_cannot_be_parsed_is_wrong_use(arguments: list[str], tmp_path: Path) -> None:
    """Usage and reason, on the stream for complaints."""
    ended = process(*arguments, cwd=tmp_path)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "Usage: tablero" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_the_version_is_that_of_the_package(tmp_path: Path) -> None:
    """As it is installed."""
    assert tablero("--version", cwd=tmp_path) == (0, f"tablero {version('tablero')}\n", "")


def test_the_installed_program_is_this_one() -> None:
    """The entry point of the package leads here."""
    (script,) = entry_points(group="console_scripts", name="tablero")
    assert script.load() is main


def test_shells_complete_commands(tmp_path: Path) -> None:
    """As they ask the program when somebody presses the tab key."""
    shown = subprocess.run(
        PROGRAM,
        cwd=tmp_path,
        env=environment(_TABLERO_COMPLETE="complete_bash", COMP_WORDS="tablero ch", COMP_CWORD="1"),
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    assert shown.stdout.split() == ["check", "checkin"]


def test_templates_are_listed(tmp_path: Path) -> None:
    """Each with its title and its size."""
    ended = tablero("templates", cwd=tmp_path)
    assert (ended.returncode, ended.stderr) == (0, "")
    for template in available():
        (line,) = [line for line in ended.stdout.splitlines() if template.id in line]
        assert template.title.in_language("en") in line
        assert line.split()[-4:] == [
            str(count)
            for count in (
                template.perspectives, template.objectives, template.kpis, template.inputs
            )
        ]  # fmt: skip


def test_templates_are_listed_for_programs(tmp_path: Path) -> None:
    """As JSON, in the language asked for."""
    shown = process("templates", "--json", "--lang", "es", cwd=tmp_path).stdout
    listed = {entry["id"]: entry for entry in json.loads(shown)}
    assert listed.keys() == {template.id for template in available()}
    assert listed["cano"]["kpis"] == 15
    assert listed["cano"]["title"] == "Empresa de Cano et al. 2017"
