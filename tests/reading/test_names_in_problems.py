"""What is wrong in a workbook is told by the names that stand on its sheets."""

from __future__ import annotations

from pathlib import Path

from tablero.workbook_templates.definition import Definition
from tablero.workbook_templates.library import load_template
from tablero.workbook_templates.problems import Problem
from tablero.workbook_templates.read import read_workbook
from tablero.workbook_templates.validation import check_definition
from tablero.workbook_templates.validation.called import with_names
from tablero.workbook_templates.workbook import new_workbook
from tests.workbook.okr_companies import a_key_result, ambitious, an_okr, with_okrs


def told(definition: Definition, code: str, language: str = "en") -> list[str]:
    """The messages of a kind of problem."""
    found = with_names(check_definition(definition), definition, language)
    return [one.message(language) for one in found if one.code == code]


def test_a_workbook_names_kpis_and_key_results_as_its_sheets_do(tmp_path: Path) -> None:
    """In the workbook's own language, whatever the reader's is."""
    path = tmp_path / "clinic.xlsx"
    new_workbook(load_template("clinic"), path, language="es")
    messages = [one.message("en") for one in read_workbook(path).problems]
    assert "KPI “Higiene de manos” has no goal, so that it has no achievement." in messages
    (missing, _) = [one for one in messages if one.startswith("The key result")]
    assert "“Higiene de manos cuando corresponde” has no Inicio" in missing


def test_a_shared_name_is_told_with_the_id() -> None:
    """As the list on the sheet Check-ins tells them apart."""
    parts = [{**a_key_result(key, 0.5), "name": "More visits"} for key in ("north", "south")]
    definition = with_okrs(ambitious(), [an_okr("sell", "2026-Q1", *parts)])
    found = told(definition, "okr_number_missing")
    assert "The key result “More visits (north)” has no Start" in found[0]
    assert any("“More visits (south)” has no Target" in one for one in found)


def test_groups_of_weights_are_named() -> None:
    """An objective of key results by its name."""
    okr = an_okr("sell", "2026-Q1", a_key_result("visits", 0.9, start=1, target=2))
    definition = with_okrs(ambitious(), [{**okr, "name": {"en": "Sell", "es": "Vender"}}])
    (message,) = told(definition, "weights_of_key_results", "es")
    assert "«Vender»" in message


def test_other_problems_stay_as_they_are() -> None:
    """Values that are no ids are not touched."""
    problem = Problem("cell_text", values={"text": "about 5"}, sheet="Inputs", cell="F7")
    assert list(with_names([problem], ambitious(), "en")) == [problem]
