"""``tablero templates show``: what a shipped definition holds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tablero.workbook_templates.library import available, load_template
from tablero.workbook_templates.texts import LANGUAGES
from tests.addin.commands import tablero

TEMPLATES = [template.id for template in available()]


@pytest.mark.parametrize("template", TEMPLATES)
def test_everything_that_a_template_holds_is_shown(template: str, tmp_path: Path) -> None:
    """Each KPI with formula, hint and source, each input with its accounts, in every language."""
    definition = load_template(template)
    for language in LANGUAGES:
        asked = ("templates", "show", template, "--lang", language)
        ended = tablero(*asked, cwd=tmp_path, COLUMNS="400")
        assert (ended.returncode, ended.stderr) == (0, "")
        for kpi in definition.kpis():
            for words in (kpi.name, kpi.goal_hint, kpi.source):
                assert words.in_language(language) in ended.stdout
        for one in definition.inputs:
            assert one.name.in_language(language) in ended.stdout
            for patterns in one.accounts.values():
                assert ", ".join(patterns) in ended.stdout


def test_programs_get_it_as_json(tmp_path: Path) -> None:
    """The parts below each other, names in the language asked for, codes as they are."""
    ended = tablero("templates", "show", "cano", "--lang", "es", "--json", cwd=tmp_path)
    data = json.loads(ended.stdout)
    assert (data["id"], len(data["perspectives"])) == ("cano", 4)
    kpi = data["perspectives"][0]["objectives"][0]["kpis"][0]
    assert (kpi["id"], kpi["desired"], kpi["goal"]) == ("roa", "High", 0.35)
    assert kpi["formula"] == "net_income / total_assets"
    assert kpi["formula_in_words"] == "Utilidad neta ÷ Activos totales"


def test_accounts_are_told_by_chart(tmp_path: Path) -> None:
    """Each chart of accounts with the patterns that an input takes from it."""
    ended = tablero("templates", "show", "retail", "--json", cwd=tmp_path)
    accounts = {one["id"]: one["accounts"] for one in json.loads(ended.stdout)["inputs"]}
    assert accounts["cost_of_sales"] == {"puc": ["61*"], "pcge": ["69*"]}


def test_a_template_that_there_is_not_is_told_with_the_nearest(tmp_path: Path) -> None:
    """As with ``tablero new``, and as wrong use."""
    ended = tablero("templates", "show", "retial", cwd=tmp_path)
    assert "“retail”" in ended.complaint(2)


def test_the_list_leads_to_what_a_template_holds(tmp_path: Path) -> None:
    """Without a further word the templates are listed, with how to see one."""
    ended = tablero("templates", cwd=tmp_path)
    assert ended.returncode == 0
    assert "tablero templates show TEMPLATE" in ended.stdout
