"""``tablero analyse``: what stands behind the scores, as tables and as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.addin.commands import tablero


def test_the_tables_say_what_costs_and_where_the_year_ends(cano: Path) -> None:
    """In June, by the half of the year that is known; nothing is written."""
    before = cano.read_bytes()
    ended = tablero("analyse", "cano.xlsx", "--period", "ytd-2016-06", cwd=cano.parent)
    assert (ended.returncode, ended.stderr) == (0, "")
    lines = [line.split() for line in ended.stdout.splitlines()]
    assert ["Customers", "growth", "9.2%", "0.0%", "0.0%", "-9.2%"] in lines
    assert ["Sales", "growth", "%", "5.0%", "6.9%", "3.1%", "62.7%", "Run", "rate"] in lines
    assert "The strategy stands at 63.8%, -36.2% against 100%." in ended.stdout
    assert "Forecast of the strategy at the year's end: 63.8%." in ended.stdout
    assert "Correlation is not cause." in ended.stdout
    assert cano.read_bytes() == before
    assert [one.name for one in cano.parent.iterdir()] == ["cano.xlsx"]


@pytest.mark.parametrize(
    ("lang", "said"),
    [("es", "La estrategia está en 80.5%"), ("pt", "A estratégia está em 80,5%")],
)
def test_it_speaks_the_language_asked_for(lang: str, said: str, cano: Path) -> None:
    """With the numbers as that language writes them."""
    ended = tablero("analyse", "cano.xlsx", "--lang", lang, cwd=cano.parent)
    assert said in ended.stdout


def test_json_adds_up(cano: Path) -> None:
    """Contributions sum to the strategy, a complete year needs nothing, every r has its n."""
    data = json.loads(tablero("analyse", "cano.xlsx", "--json", cwd=cano.parent).stdout)
    contributions = [one["contribution"] for one in data["contributions"]]
    assert sum(contributions) == pytest.approx(data["strategy"]["achievement"])
    assert data["strategy"]["achievement"] == pytest.approx(0.8054, abs=1e-4)
    assert data["year_end"]["is_forecast"] is False
    assert {one["not_needed_because"] for one in data["year_end"]["kpis"]} == {"complete"}
    lags = [each for one in data["correlations"] for each in one["lags"]]
    assert {each["n"] for each in lags} == {9, 10, 11, 12}
    assert all(abs(each["r"]) <= 1 for each in lags)
    assert data["problems"] == []


def test_an_empty_workbook_is_analysed_without_a_claim(tmp_path: Path) -> None:
    """Nothing is known, and that is what is said."""
    assert tablero("new", "blank-sme", "-o", "new.xlsx", cwd=tmp_path).returncode == 0
    data = json.loads(tablero("analyse", "new.xlsx", "--json", cwd=tmp_path).stdout)
    assert data["strategy"] == {"achievement": None, "points": None}
    assert {one["points"] for one in data["contributions"]} == {None}
    assert {one["method"] for one in data["year_end"]["kpis"]} == {None}
    assert {each["r"] for one in data["correlations"] for each in one["lags"]} <= {None}
    ended = tablero("analyse", "new.xlsx", cwd=tmp_path)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "No figures" in ended.stdout


def test_an_unknown_period_is_wrong_use(cano: Path) -> None:
    """As everywhere."""
    ended = tablero("analyse", "cano.xlsx", "--period", "2017", cwd=cano.parent)
    assert "“2017” is not a period of 2016." in ended.complaint(2)
