"""The README says what the program does: its generated parts, pictures and commands are current."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest
import typer
from PIL import Image

from tablero.addin.cli import app
from tablero.udfs.registry import FUNCTIONS
from tablero.workbook_templates.facts.schema import SCHEMAS

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text("utf-8")
GENERATE = runpy.run_path(str(ROOT / "docs" / "generate.py"))
REMEDY = "run: .venv/bin/python docs/generate.py"


def test_the_generated_sections_are_current() -> None:
    """Function table and command help stand in the README as the program would write them today."""
    assert GENERATE["rendered"](README) == README, REMEDY


def test_the_tables_of_the_export_are_described_as_they_are() -> None:
    """docs/data.md says of each column what the program knows of it."""
    page = GENERATE["DATA"].read_text("utf-8")
    assert GENERATE["rendered"](page) == page, REMEDY
    assert all(f"### {name}" in page for name in SCHEMAS)


def test_every_function_and_command_is_in_the_readme() -> None:
    """Nothing that a user can call is undocumented."""
    names = [f"`{one.name}(" for one in FUNCTIONS]
    names += [f"`tablero {name}`" for name in dict(GENERATE["commands"](typer.main.get_group(app)))]
    assert [name for name in names if name not in README] == []


@pytest.mark.parametrize("picture", GENERATE["PICTURES"])
def test_the_pictures_show_what_the_program_makes_today(picture: str) -> None:
    """Each picture carries a digest of the cells and styles from which it was drawn."""
    with Image.open(ROOT / "docs" / f"{picture}.png") as drawn:
        noted = drawn.info[GENERATE["SOURCE"]]
    assert noted == GENERATE["picture_sources"]()[picture], REMEDY


def test_ci_runs_the_readmes_test_command_and_nothing_weaker() -> None:
    """What CI calls is the command that the README prints."""
    commands = re.search(r"```sh\n(.+?)```", README, re.DOTALL)
    assert commands is not None
    typed = [line.split("#")[0].strip() for line in commands[1].strip().splitlines()]
    assert typed == [".ci/setup && .venv/bin/tablero demo", ".ci/test"]
    run = (ROOT / ".ci" / "run").read_text("utf-8")
    assert run.rstrip().endswith("&& exec .ci/test")


def test_every_file_that_the_readme_links_to_exists() -> None:
    """No link or picture of the README leads nowhere."""
    links = re.findall(r"\]\(([^)#]+)\)", README)
    assert [link for link in links if "://" not in link and not (ROOT / link).exists()] == []
