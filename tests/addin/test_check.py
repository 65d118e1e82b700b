"""``tablero check``: what is wrong, where, what to do, and who owes which figures."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from openpyxl.utils.cell import coordinate_to_tuple

from tablero.workbook_templates.library import load_template
from tablero.workbook_templates.validation import dump_definition
from tests.addin.commands import opened, process, tablero
from tests.addin.test_bad_files import with_part


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
    """The part of the Inputs sheet, which is the second."""
    with zipfile.ZipFile(workbook) as package:
        assert b'name="Inputs" sheetId="2"' in package.read("xl/workbook.xml")
    return "xl/worksheets/sheet2.xml"


def _typed(xml: str, cells: Mapping[str, str]) -> str:
    for cell, text in cells.items():
        content = f't="inlineStr"><is><t>{text}</t></is></c>' if text else "/>"
        xml, count = re.subn(rf'(<c r="{cell}" s="\d+")><v>[^<]*</v></c>', rf"\1 {content}", xml)
        assert count == 1
    return xml


def test_a_sound_workbook_ends_well(cano: Path) -> None:
    """It says so, and ends with 0."""
    ended = tablero("check", "cano.xlsx", cwd=cano.parent)
    assert ended == (0, "cano.xlsx\n✔ No problems found.\n", "")


def test_problems_are_grouped_with_place_message_and_remedy(cano: Path) -> None:
    """Errors first; the place is sheet and cell; the counts come last."""
    type_in(cano, {("net_sales", 3): "about 200"})
    ended = tablero("check", "cano.xlsx", cwd=cano.parent)
    lines = ended.stdout.splitlines()
    assert (ended.returncode, ended.stderr) == (1, "")
    assert lines[:2] == ["cano.xlsx", "Errors"]
    assert re.fullmatch(r"  Inputs › [A-Z]+\d+: “about 200” is text where .*", lines[2])
    assert lines[3] == "      Type a number, or leave the cell empty."
    assert lines[-1] == "Errors: 1. Warnings: 0. Notes: 0."


def test_who_owes_which_months_is_told_by_owner(cano: Path) -> None:
    """Months without a figure are owed up to the latest one that has any."""
    type_in(cano, {("net_sales", 3): "", ("net_sales", 5): "", ("total_units", 11): ""})
    ended = tablero("check", "cano.xlsx", cwd=cano.parent)
    owed = ended.stdout.partition("Figures that are owed\n")[2].splitlines()
    assert ended.returncode == 0
    assert owed == [
        "  Finance",
        "      Net sales: Mar 2016, May 2016",
        "  Operations",
        "      Total units produced: Nov 2016",
        "✔ Nothing is wrong. Figures still owed: 3; the list above says whose.",
    ]


def test_spanish_readers_are_told_in_spanish(cano: Path) -> None:
    """Messages, names and months."""
    type_in(cano, {("net_sales", 1): "", ("total_units", 2): "poco"})
    shown = tablero("check", "cano.xlsx", "--lang", "es", cwd=cano.parent).stdout
    assert "«poco» es texto donde va un número." in shown
    assert "      Ventas netas: Ene 2016" in shown
    assert shown.splitlines()[-1] == "Errores: 1. Avisos: 0. Notas: 0."


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
