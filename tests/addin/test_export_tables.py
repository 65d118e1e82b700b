"""``tablero export --to``: the tables of a workbook, for other programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tablero.workbook_templates.library import load_template
from tablero.workbook_templates.workbook import new_workbook
from tests.addin.commands import tablero


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the workbook of the paper's company."""
    folder = tmp_path_factory.mktemp("tables")
    new_workbook(load_template("cano"), folder / "acme.xlsx", dialect="plain")
    return folder


@pytest.mark.parametrize("shape", ["csv", "parquet"])
def test_a_folder_of_tables_is_called_after_the_workbook(shape: str, folder: Path) -> None:
    """It is said where it is and how much it holds."""
    ended = tablero("export", "acme.xlsx", "--to", shape, cwd=folder)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.splitlines() == [f"Saved: acme-{shape}", "Tables: 12; lines in all: 1133."]
    assert (folder / f"acme-{shape}" / f"fact_kpi.{shape}").exists()


def test_json_is_one_file_in_the_language_asked_for(folder: Path) -> None:
    """Else it is in the workbook's."""
    ended = tablero("export", "acme.xlsx", "--to", "json", "--lang", "es", cwd=folder)
    assert ended.stdout.startswith("Guardado: acme.json")
    data = json.loads((folder / "acme.json").read_text("utf-8"))
    assert data["language"] == "es"
    assert data["tables"]["dim_perspective"][0]["perspective"] == "Financiera"


def test_what_is_there_is_kept_beside_when_it_is_forced(folder: Path) -> None:
    """Without that it is refused."""
    assert tablero("export", "acme.xlsx", "--to", "csv", "-o", "out", cwd=folder).returncode == 0
    ended = tablero("export", "acme.xlsx", "--to", "csv", "-o", "out", cwd=folder)
    assert "--force" in ended.complaint(2)
    ended = tablero("export", "acme.xlsx", "--to", "csv", "-o", "out", "--force", cwd=folder)
    assert ended.returncode == 0
    assert "out.backup-" in ended.stdout


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ((), "--to csv"),
        (("--to", "csv", "--fill-in"), "--fill-in, --to"),
        (("--to", "csv", "--as-template"), "--definition, --to"),
        (("--fill-in", "--definition", "--to", "json"), "--fill-in, --definition, --to"),
        (("--to", "json", "--owner", "Ana"), "--owner"),
        (("--to", "json", "--month", "2016-03"), "--month"),
        (("--to", "json", "--with-figures"), "--with-figures"),
        (("--definition", "--owner", "Ana"), "--fill-in"),
        (("--to", "json", "-o", "acme.csv"), "acme.json"),
        (("--to", "csv", "-o", "nowhere/out"), "nowhere"),
    ],
)
def test_what_does_not_go_together_is_refused(
    options: tuple[str, ...], told: str, folder: Path
) -> None:
    """In a sentence that says what would."""
    assert told in tablero("export", "acme.xlsx", *options, cwd=folder).complaint(2)


def test_a_workbook_with_errors_is_exported_all_the_same(folder: Path) -> None:
    """Its problems are told and are a table of their own; the exit code says that there are."""
    definition = load_template("cano")
    weights = [one.model_copy(update={"weight": 0.3}) for one in definition.perspectives]
    wrong = definition.model_copy(update={"perspectives": tuple(weights)})
    new_workbook(wrong, folder / "wrong.xlsx", dialect="plain")
    ended = tablero("export", "wrong.xlsx", "--to", "json", cwd=folder)
    assert ended.returncode == 1
    assert "Matrix › F5" in ended.stderr
    found = json.loads((folder / "wrong.json").read_text("utf-8"))["tables"]
    assert found["fact_problem"]
    assert found["fact_strategy"][0]["achievement"] is None
