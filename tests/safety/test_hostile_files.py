"""Files that are built to do harm are refused, or read in bounded time and memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from tablero.workbook_templates.problems import ProblemsError
from tablero.workbook_templates.read import read_workbook
from tablero.workbook_templates.texts import LANGUAGES
from tests.addin.commands import tablero
from tests.safety.attacks import ATTACKS
from tests.safety.fuzzing import edited
from tests.safety.mutating import unzipped
from tests.safety.seeds import small_workbook

ROOT = Path(__file__).parents[2]
LONG = 600
MOST_MEGABYTES = 1200
REFUSED = {
    "a part of 201 MB": "file_too_large",
    "a part larger than it says": "file_damaged",
    "parts that overlap": "file_too_large",
    "small parts that overlap": "file_suspicious",
    "twenty thousand parts": "file_suspicious",
    "two parts of one name": "file_suspicious",
    "a part that leads outside": "file_suspicious",
    "a part at the root": "file_suspicious",
    "a billion laughs": "file_suspicious",
    "a file of the machine": "file_suspicious",
    "a file of the machine, in UTF-16": "file_suspicious",
    "a document type in another part": "file_suspicious",
    "content types of other things": "file_damaged",
    "a million styles": "file_crowded",
    "a million shared texts": "file_crowded",
    "a million names": "file_crowded",
    "a million attributes": "file_crowded",
    "a million cells": "file_crowded",
    "a third of a million cells": "sheet_too_large",
    "a text of 150 MB": "file_too_large",
    "a row beyond all": "file_damaged",
    "rows of nonsense": "file_damaged",
    "a merged sheet": "edit_merged",
    "twenty thousand arrays over everything": "file_damaged",
    "a shared text that is not there": "file_damaged",
    "a shared text before the first": "file_damaged",
    "a style that is no number": "file_damaged",
}


LARGE = {
    "a part of 201 MB",
    "a part larger than it says",
    "a million attributes",
    "a million cells",
    "a third of a million cells",
    "a text of 150 MB",
    "twenty thousand arrays over everything",
}
COMMANDS = (
    ("check", "acme.xlsx"),
    ("score", "acme.xlsx"),
    ("refresh", "acme.xlsx"),
    ("fill", "acme.xlsx", "--from", "march.csv", "--yes"),
    ("close", "acme.xlsx", "--month", "2026-03"),
)


class Outcome(NamedTuple):
    """What came of a file: what was done with it or why not, and what that took."""

    code: str
    seconds: float
    megabytes: int
    size: int


@pytest.fixture(scope="module")
def seed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small company's workbook."""
    return small_workbook("portable.xlsx", tmp_path_factory.mktemp("seed"))


@pytest.fixture(scope="module")
def outcomes(seed: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Outcome]:
    """What came of each hostile file, tried in a process with bounded memory."""
    folder = tmp_path_factory.mktemp("attacks")
    command = [sys.executable, "-m", "tests.safety.attacking", str(seed), str(folder)]
    told = subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=ROOT, timeout=LONG
    )
    assert told.returncode == 0, told.stderr
    return {name: Outcome(*one) for name, one in json.loads(told.stdout).items()}


@pytest.mark.parametrize("name", list(ATTACKS))
def test_a_hostile_file_is_refused_or_edited(name: str, outcomes: dict[str, Outcome]) -> None:
    """It fills little memory, comes to an end, and stays as it is."""
    outcome = outcomes[name]
    assert outcome.code == REFUSED.get(name, "edited")
    assert outcome.megabytes < MOST_MEGABYTES


@pytest.mark.parametrize("name", [name for name in REFUSED if name not in LARGE])
def test_what_is_refused_is_told(name: str, seed: Path, tmp_path: Path) -> None:
    """In one sentence with a remedy, in both languages, that names the file."""
    path = tmp_path / "acme.xlsx"
    path.write_bytes(ATTACKS[name](unzipped(seed.read_bytes())))
    with pytest.raises(ProblemsError) as refused:
        edited(path, read_workbook(path))
    (problem,) = refused.value.problems
    assert problem.code == REFUSED[name]
    assert problem.message("en") != problem.message("es")
    assert all("{" not in problem.sentence(language) for language in LANGUAGES)


def test_every_command_refuses_a_hostile_file(seed: Path, tmp_path: Path) -> None:
    """In one sentence, with its exit code, and the file stays as it is."""
    content = ATTACKS["a billion laughs"](unzipped(seed.read_bytes()))
    (tmp_path / "acme.xlsx").write_bytes(content)
    (tmp_path / "march.csv").write_text("input,period,value\nsales,2026-03,5\n")
    for command in COMMANDS:
        told = tablero(*command, cwd=tmp_path).complaint(2)
        assert "“acme.xlsx” is built as files are that are meant to do harm" in told
    assert (tmp_path / "acme.xlsx").read_bytes() == content
    assert sorted(path.name for path in tmp_path.iterdir()) == ["acme.xlsx", "march.csv"]


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    """Nothing may ever come out of it."""
    path = tmp_path / "acme.xlsx"
    os.mkfifo(path)
    assert "is not an Excel workbook" in tablero("check", path, cwd=tmp_path).complaint(2)


def test_a_merged_sheet_is_calculated_at_once(seed: Path, tmp_path: Path) -> None:
    """The engine would visit each of its seventeen thousand million cells."""
    path = tmp_path / "acme.xlsx"
    path.write_bytes(ATTACKS["a merged sheet"](unzipped(seed.read_bytes())))
    before = path.read_bytes()
    assert tablero("refresh", path, cwd=tmp_path).returncode == 0
    assert path.read_bytes() == before
