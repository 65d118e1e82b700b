"""``tablero score``: the scores of a workbook as a table, as JSON and as CSV."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.addin.commands import process, tablero
from tests.addin.test_check import type_in
from tests.addin.test_demo import cells


def test_the_table_shows_the_period_of_the_workbook(cano: Path) -> None:
    """The year, as Home has it, with every KPI's value, goal, achievement and band."""
    ended = tablero("score", "cano.xlsx", cwd=cano.parent)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "2016 · 12 of 12 months filled" in ended.stdout
    assert cells(ended.stdout, "Strategy") == ["80.5%", "●", "Good"]
    assert cells(ended.stdout, "Satisfied staff") == [
        "79.4%", "70.0%", "113.5%", "▲", "Excellent",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "label"),
    [
        ("2016-03", "Mar 2016 · 1 of 1 months"),
        ("2016-Q2", "Q2 2016 · 3 of 3 months"),
        ("ytd-2016-05", "Jan–May 2016 · 5 of 5 months"),
        ("2016", "2016 · 12 of 12 months"),
    ],
)
def test_every_kind_of_period_can_be_asked_for(code: str, label: str, cano: Path) -> None:
    """By month, quarter, year to date and year."""
    assert label in tablero("score", "cano.xlsx", "--period", code, cwd=cano.parent).stdout


@pytest.mark.parametrize("code", ["2017", "2016-13", "March", "", " ", "r12-2016"])
def test_an_unknown_period_is_wrong_use(code: str, cano: Path) -> None:
    """The sentence says how periods are written."""
    ended = tablero("score", "cano.xlsx", "--period", code, cwd=cano.parent)
    line = ended.complaint(2)
    assert f"“{code}” is not a period of 2016. Write a month (2016-03)" in line
    assert ended.stdout == ""


def test_json_says_what_the_paper_says(cano: Path) -> None:
    """The strategy of the year is 0.8054, unrounded."""
    ended = process("score", cano, "--format", "json", cwd=cano.parent)
    data = json.loads(ended.stdout)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert data["strategy"]["achievement"] == pytest.approx(0.8054, abs=1e-4)
    assert (data["strategy"]["band"], data["problems"]) == ("Good", [])
    assert data["period"]["months"] == 12


def test_json_holds_the_problems(cano: Path) -> None:
    """Nothing is said beside it, so that programs read one answer; errors end with 1."""
    type_in(cano, {("net_sales", 3): "x"})
    ended = tablero("score", "cano.xlsx", "--format", "json", "--lang", "es", cwd=cano.parent)
    assert (ended.returncode, ended.stderr) == (1, "")
    (problem,) = json.loads(ended.stdout)["problems"]
    assert problem["message"] == "«x» es texto donde va un número."


def test_a_table_of_a_workbook_with_errors_is_shown_all_the_same(cano: Path) -> None:
    """The problems go beside it, and the exit code is 1."""
    type_in(cano, {("net_sales", 3): "x"})
    ended = tablero("score", "cano.xlsx", cwd=cano.parent)
    assert ended.complaint(1).startswith("error: cano.xlsx › Inputs › ")
    assert cells(ended.stdout, "Returned orders")[-1] == "Excellent"
    assert "Figures missing: 1. Who owes them: tablero check cano.xlsx" in ended.stdout


def test_coverage_is_told_where_it_is_not_full(cano: Path) -> None:
    """A score of a part of the weights is not to be taken for one of all."""
    type_in(cano, {("total_units", month): "" for month in range(1, 13)})
    ended = tablero("score", "cano.xlsx", cwd=cano.parent)
    assert "Only 86.5% of the weights have figures (coverage)." in ended.stdout
    assert cells(ended.stdout, "Defective products") == ["–", "10.0%", "–", "–"]


def test_csv_is_a_tidy_table_of_every_period(cano: Path) -> None:
    """One row for each node in each period, readable by any program."""
    ended = process("score", cano, "--format", "csv", "--lang", "es", cwd=cano.parent)
    table = list(csv.DictReader(io.StringIO(ended.stdout)))
    assert ended.returncode == 0
    assert {row["period"] for row in table} >= {"2016", "2016-12", "2016-Q4", "ytd-2016-12"}
    (churn,) = [row for row in table if (row["period"], row["id"]) == ("2016", "customers_churn")]
    assert (churn["name"], churn["desired"]) == ("Pérdida de clientes", "Low")
    assert float(churn["achievement"]) == pytest.approx(0.24786, abs=1e-5)


def test_csv_of_one_period(cano: Path) -> None:
    """A period that is asked for is the only one."""
    arguments = ("--format", "csv", "--period", "2016-Q3")
    ended = tablero("score", "cano.xlsx", *arguments, cwd=cano.parent)
    assert {row["period"] for row in csv.DictReader(io.StringIO(ended.stdout))} == {"2016-Q3"}


def test_names_are_in_the_language_of_the_workbook(tmp_path: Path) -> None:
    """Unless another one is asked for."""
    tablero("new", "cano", "--lang", "es", cwd=tmp_path)
    assert "Estrategia" in tablero("score", "cano.xlsx", cwd=tmp_path).stdout
    assert "Strategy" in tablero("score", "cano.xlsx", "--lang", "en", cwd=tmp_path).stdout


def test_data_is_utf_8_whatever_the_terminal_has(cano: Path) -> None:
    """Programs read it, and nothing of it may be lost."""
    for shape in ("json", "csv"):
        arguments = ("score", cano, "--format", shape, "--lang", "es")
        plain = process(*arguments, cwd=cano.parent, PYTHONIOENCODING="ascii")
        assert "Pérdida de clientes" in plain.stdout
        assert plain == process(*arguments, cwd=cano.parent)
