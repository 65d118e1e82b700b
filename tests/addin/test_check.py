"""``tablero check``: what is wrong, where, what to do, and who owes which figures."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from openpyxl.utils.cell import coordinate_to_tuple

from tablero.workbook_templates.advice import TASKS
from tablero.workbook_templates.library import load_template
from tablero.workbook_templates.texts import LANGUAGES
from tablero.workbook_templates.texts import text as say
from tablero.workbook_templates.validation import dump_definition
from tests.addin.commands import opened, process, tablero
from tests.addin.test_bad_files import with_part
from tests.engines.package import read_package

SCHEMA_1 = Path(__file__).parents[1] / "closing" / "data" / "schema-1.xlsx"


def type_in(workbook: Path, typed: Mapping[tuple[str, int], str]) -> None:
    """Type into the months of inputs: a text where it is one, nothing where it is empty."""
    book = opened(workbook)
    keys, first = _block(book, "inputs_id"), _block(book, "inputs_month_header")
    row_of = {cell.value: cell.row for (cell,) in book["Inputs"][keys]}
    column = coordinate_to_tuple(first.partition(":")[0])[1]
    inputs = book["Inputs"]
    cells = {
        inputs.cell(row_of[key], column + month - 1).coordinate: text
        for (key, month), text in typed.items()
    }
    with_part(workbook, _sheet_part(workbook), lambda xml: _typed(xml.decode(), cells).encode())


def _block(book: object, name: str) -> str:
    ((_, area),) = book.defined_names[name].destinations  # type: ignore[attr-defined]
    return str(area).replace("$", "")


def _sheet_part(workbook: Path) -> str:
    """The part of the Inputs sheet."""
    (part,) = [one.part for one in read_package(workbook).sheets if one.name == "Inputs"]
    return part


def _typed(xml: str, cells: Mapping[str, str]) -> str:
    for cell, text in cells.items():
        content = f't="inlineStr"><is><t>{text}</t></is></c>' if text else "/>"
        xml, count = re.subn(rf'(<c r="{cell}" s="\d+")><v>[^<]*</v></c>', rf"\1 {content}", xml)
        assert count == 1
    return xml


def test_a_sound_workbook_ends_well(cano: Path) -> None:
    """It says so after who owes an action, and ends with 0."""
    ended = tablero("check", "cano.xlsx", cwd=cano.parent)
    lines = ended.stdout.splitlines()
    assert (ended.returncode, ended.stderr) == (0, "")
    assert lines[:2] == ["cano.xlsx", "KPIs that owe an action"]
    assert lines[-1] == "✔ No problems found."


def test_problems_are_grouped_by_what_to_do(cano: Path) -> None:
    """Those alike in one line with their cells, then the remedy, the counts, and what is first."""
    type_in(cano, {("net_sales", 3): "about 200", ("net_sales", 5): "about 200"})
    ended = tablero("check", "cano.xlsx", cwd=cano.parent)
    lines = ended.stdout.splitlines()
    assert (ended.returncode, ended.stderr) == (1, "")
    assert lines[:2] == ["cano.xlsx", "Type these figures as numbers (errors: 2)"]
    assert re.fullmatch(r"  Inputs › [A-Z]+\d+, [A-Z]+\d+: “about 200” is text where .*", lines[2])
    assert lines[3] == "      Type a number, or leave the cell empty."
    assert lines[-2:] == [
        "Errors: 2. Warnings: 0. Notes: 0.",
        "Begin here: “Type these figures as numbers”; then type: tablero check cano.xlsx",
    ]


def test_long_lists_are_cut_with_a_count(cano: Path) -> None:
    """Two months of every input in words: nobody reads on, but nothing is left unsaid."""
    company = load_template("cano")
    type_in(
        cano, {(one.id, month): f"{one.id} {month}" for one in company.inputs for month in (2, 3)}
    )
    lines = tablero("check", "cano.xlsx", cwd=cano.parent).stdout.splitlines()
    count = 2 * len(company.inputs)
    assert lines[1] == f"Type these figures as numbers (errors: {count})"
    assert lines[10] == "Figures that are owed"
    assert re.search(rf"{count - 6} more of the same kind: Inputs › .* and \d+ more$", lines[9])


def test_closed_months_that_changed_come_with_the_command(cano: Path) -> None:
    """What was reported has changed: either is the way out."""
    assert tablero("close", "cano.xlsx", "--month", "2016-03", cwd=cano.parent).returncode == 0
    type_in(cano, {("net_sales", 3): ""})
    ended = tablero("check", "cano.xlsx", cwd=cano.parent)
    assert "Put closed months back as they were, or reopen them (errors: 1)" in ended.stdout
    assert ended.stdout.splitlines()[-1].endswith("tablero reopen cano.xlsx --month 2016-03")


def test_who_owes_which_months_is_told_by_owner(cano: Path) -> None:
    """Months without a figure are owed up to the latest one that has any."""
    type_in(cano, {("net_sales", 3): "", ("net_sales", 5): "", ("total_units", 11): ""})
    ended = tablero("check", "cano.xlsx", cwd=cano.parent)
    owed = ended.stdout.partition("Figures that are owed\n")[2].splitlines()
    assert ended.returncode == 0
    assert owed[:5] == [
        "  Finance",
        "      Net sales: Mar 2016, May 2016",
        "  Operations",
        "      Total units produced: Nov 2016",
        "KPIs that owe an action",
    ]
    assert owed[-2:] == [
        "✔ Nothing is wrong. Figures still owed: 3; the list above says whose.",
        "To ask for them, type: tablero export cano.xlsx --fill-in",
    ]


def test_spanish_readers_are_told_in_spanish(cano: Path) -> None:
    """Messages, names and months."""
    type_in(cano, {("net_sales", 1): "", ("total_units", 2): "poco"})
    shown = tablero("check", "cano.xlsx", "--lang", "es", cwd=cano.parent).stdout
    assert "«poco» es texto donde va un número." in shown
    assert "      Ventas netas: Ene 2016" in shown
    assert shown.splitlines()[1] == "Escriba estas cifras como números (errores: 1)"
    counts, step = shown.splitlines()[-2:]
    assert counts == "Errores: 1. Avisos: 0. Notas: 0."
    assert step.startswith(
        "Empiece por aquí: «Escriba estas cifras como números»; después escriba:"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_workbook_of_an_older_schema_can_be_upgraded(language: str, tmp_path: Path) -> None:
    """It is nothing wrong, and the command for it is told."""
    shutil.copy(SCHEMA_1, tmp_path / "old.xlsx")
    ended = tablero("check", "old.xlsx", "--lang", language, cwd=tmp_path)
    assert ended.returncode == 0
    assert say("advice.task.upgrade", language) in ended.stdout
    assert "  " + say("problem.schema_older_workbook.message", language)[:20] in ended.stdout
    assert ended.stdout.splitlines()[-1].endswith("tablero upgrade old.xlsx")


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_there_can_be_to_do_has_its_words(language: str) -> None:
    """And none of them stand twice."""
    assert len({say(f"advice.task.{task}", language) for task in TASKS}) == len(TASKS)


def test_programs_get_json(cano: Path) -> None:
    """The same findings as data, with the same exit code."""
    type_in(cano, {("net_sales", 3): "x", ("total_units", 11): ""})
    ended = process("check", "cano.xlsx", "--json", cwd=cano.parent)
    data = json.loads(ended.stdout)
    assert (ended.returncode, ended.stderr) == (1, "")
    assert (data["file"], data["errors"], data["warnings"], data["notes"]) == ("cano.xlsx", 1, 0, 0)
    (problem,) = data["problems"]
    assert (problem["severity"], problem["code"], problem["sheet"]) == (
        "error", "cell_text", "Inputs",
    )  # fmt: skip
    assert [(task["task"], task["count"]) for task in data["tasks"]] == [("numbers", 1)]
    assert data["next"].endswith("tablero check cano.xlsx")
    assert {debt["input"]: debt["months"] for debt in data["owed"]} == {
        "net_sales": ["2016-03"],
        "total_units": ["2016-11"],
    }


def test_a_definition_is_checked_too(tmp_path: Path) -> None:
    """A sound one ends with 0."""
    path = tmp_path / "acme.yaml"
    path.write_text(dump_definition(load_template("cano")), "utf-8")
    assert tablero("check", "acme.yaml", cwd=tmp_path) == (
        0, "acme.yaml\n✔ No problems found.\n", "",
    )  # fmt: skip


@pytest.mark.parametrize("ending", ["yaml", "YML"])
def test_all_problems_of_a_definition_are_told(ending: str, tmp_path: Path) -> None:
    """At once, by severity, each with its path in the file."""
    text = dump_definition(load_template("cano"))
    text = text.replace("net_income / total_assets", "net_incom / total_assets")
    path = tmp_path / f"acme.{ending}"
    path.write_text(text.replace("scale: thousands", "scale: hundreds"), "utf-8")
    ended = tablero("check", path.name, cwd=tmp_path)
    assert (ended.returncode, ended.stderr) == (1, "")
    assert "  perspectives[financial].objectives[1.1].kpis[roa].formula: " in ended.stdout
    assert "  company.scale: " in ended.stdout
    assert "Did you mean “net_income”?" in ended.stdout


def test_what_is_only_doubtful_ends_well(tmp_path: Path) -> None:
    """Warnings and notes are told, and the exit code is 0."""
    text = dump_definition(load_template("cano"))
    path = tmp_path / "acme.yaml"
    path.write_text(text.replace("goal: 0.35", "goal: 0"), "utf-8")
    ended = tablero("check", path.name, cwd=tmp_path)
    assert ended.returncode == 0
    assert ended.stdout.splitlines()[-1].startswith("Errors: 0.")
    assert "No problems" not in ended.stdout
