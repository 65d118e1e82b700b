"""``tablero export --definition``: what a workbook measures, as it was edited, to go on with."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tablero.workbook_templates.definition import Definition
from tablero.workbook_templates.editing.edits import Edit
from tablero.workbook_templates.editing.revision import revise
from tablero.workbook_templates.finding import Names
from tablero.workbook_templates.library import available, load_template
from tablero.workbook_templates.opening import opened_workbook
from tablero.workbook_templates.read import read_workbook
from tablero.workbook_templates.replacing import Version
from tablero.workbook_templates.validation import load
from tablero.workbook_templates.workbook import new_workbook
from tests.addin.commands import tablero

TEMPLATES = [template.id for template in available()]
CANO = load_template("cano")


def edit(path: Path, *typed: tuple[str, int, float | str]) -> None:
    """Type into cells of named areas, so many rows below their first."""
    edits = []
    with opened_workbook(path) as book:
        for name, offset, value in typed:
            block = Names(book).block(name)
            assert block is not None
            place = block.first.row + offset, block.first.column
            edits.append(Edit(block.first.sheet, place, value))
    revise(Version.of(path), edits).save()


def edited(path: Path) -> Path:
    """The paper's company after people changed goal, owner, band and the company's name."""
    new_workbook(CANO, path)
    edit(
        path,
        ("matrix_goal", first_kpi(path), 0.31),
        ("matrix_owner", first_kpi(path), "Ana Ruiz"),
        ("band_name", 2, "Sufficient"),
        ("set_company", 0, "Acme Freight"),
    )
    return path


def first_kpi(path: Path) -> int:
    """How far below the first row of the Matrix its first KPI stands."""
    with opened_workbook(path) as book:
        block = Names(book).block("matrix_id")
        assert block is not None
        keys = [str(cell.value) for cell in block.cells()]
    return next(row for row, key in enumerate(keys) if key.startswith("kpi:"))


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_definition_goes_through_a_workbook_and_back(template: str, tmp_path: Path) -> None:
    """Each shipped definition: workbook, YAML, workbook again, and all the time the same."""
    tablero("new", template, "-o", "a.xlsx", cwd=tmp_path)
    first = read_workbook(tmp_path / "a.xlsx")
    asked = ("export", "a.xlsx", "--definition", "--with-figures")
    ended = tablero(*asked, "-o", "a.yaml", cwd=tmp_path)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "tablero new a.yaml" in ended.stdout
    assert tablero("new", "a.yaml", "-o", "b.xlsx", cwd=tmp_path).returncode == 0
    second = read_workbook(tmp_path / "b.xlsx")
    assert second.definition == first.definition
    assert np.array_equal(second.figures.months, first.figures.months, equal_nan=True)
    assert np.array_equal(second.figures.last_year, first.figures.last_year, equal_nan=True)
    assert second.records.check_ins == first.records.check_ins


def test_what_people_edited_is_in_it(tmp_path: Path) -> None:
    """Goal, owner, a band's word and the company's name; figures only when asked for."""
    path = edited(tmp_path / "acme.xlsx")
    tablero("export", path.name, "--definition", cwd=tmp_path)
    definition, _ = load(tmp_path / "acme.yaml")
    (kpi, *_) = definition.kpis()
    assert (kpi.goal, kpi.owner) == (0.31, {"": "Ana Ruiz"})
    assert definition.bands[2].name == {"": "Sufficient"}
    assert definition.company.name == "Acme Freight"
    assert definition.figures == {}
    assert definition == read_workbook(path).definition


def test_a_template_tells_nothing_of_whose_it_was(tmp_path: Path) -> None:
    """No figure, goal or name is left; roles, weights and formulas are."""
    path = edited(tmp_path / "acme.xlsx")
    ended = tablero("export", path.name, "--as-template", "-o", "sector.yaml", cwd=tmp_path)
    assert (ended.returncode, ended.stderr) == (0, "")
    text = (tmp_path / "sector.yaml").read_text("utf-8")
    assert not [word for word in ("Acme", "Ana Ruiz", "0.31", "\nfigures:") if word in text]
    definition, problems = load(tmp_path / "sector.yaml")
    assert {problem.code for problem in problems} == {"goal_missing"}
    assert (definition.company.name, definition.company.sector) == (
        "My company", CANO.company.sector,
    )  # fmt: skip
    assert numbers(definition) == numbers(CANO)
    made = tablero("new", "sector.yaml", "--company", "B", cwd=tmp_path)
    assert "15 KPIs have no goal" in made.complaint(0)


def numbers(definition: Definition) -> list[tuple[str, str, float]]:
    """What is measured how, with which weight."""
    return [(kpi.id, kpi.formula, kpi.weight) for kpi in definition.kpis()]


def test_a_template_of_objectives_has_no_numbers_and_no_check_ins(tmp_path: Path) -> None:
    """Key results stay as examples of what to aim at, not how far."""
    tablero("new", "retail", "-o", "a.xlsx", "--company", "Acme", cwd=tmp_path)
    tablero("export", "a.xlsx", "--as-template", cwd=tmp_path)
    definition, _ = load(tmp_path / "a-template.yaml")
    key_results = list(definition.key_results())
    assert key_results
    assert {one.target for one in key_results} == {None}
    assert definition.check_ins == ()


def test_a_name_that_is_part_of_other_texts_is_told(tmp_path: Path) -> None:
    """What cannot be taken out without harm is left to people, who are told where."""
    text = {"": "Sales of ACME freight in the north"}
    one = CANO.inputs[0].model_copy(update={"name": type(CANO.title)(text)})
    company = CANO.company.model_copy(update={"name": "Acme Freight"})
    parts = {"inputs": (one, *CANO.inputs[1:]), "company": company}
    new_workbook(CANO.model_copy(update=parts), tmp_path / "acme.xlsx")
    ended = tablero("export", "acme.xlsx", "--as-template", cwd=tmp_path)
    assert "Sales of ACME freight in the north" in ended.stdout.splitlines()


@pytest.mark.parametrize(
    ("asked", "advice"),
    [((), "--definition"), (("--fill-in", "--definition"), "one after the other")],
    ids=["nothing", "both"],
)
def test_it_is_asked_what_to_export(asked: tuple[str, ...], advice: str, tmp_path: Path) -> None:
    """Nothing, or two things at once, is refused with the way out."""
    new_workbook(CANO, tmp_path / "acme.xlsx")
    assert advice in tablero("export", "acme.xlsx", *asked, cwd=tmp_path).complaint(2)


def test_a_definition_that_is_there_is_not_overwritten(tmp_path: Path) -> None:
    """Unless it is said, and then a backup is kept."""
    new_workbook(CANO, tmp_path / "acme.xlsx")
    (tmp_path / "acme.yaml").write_text("mine", "utf-8")
    asked = ("export", "acme.xlsx", "--definition")
    assert tablero(*asked, cwd=tmp_path).returncode == 2
    assert (tmp_path / "acme.yaml").read_text("utf-8") == "mine"
    assert tablero(*asked, "--force", cwd=tmp_path).returncode == 0
    assert len(list(tmp_path.glob("acme.backup-*.yaml"))) == 1


def test_a_workbook_with_errors_is_not_exported(tmp_path: Path) -> None:
    """A goal that cannot be read would be missing from the definition."""
    path = tmp_path / "acme.xlsx"
    new_workbook(CANO, path)
    edit(path, ("matrix_goal", first_kpi(path), "about 5"))
    ended = tablero("export", path.name, "--definition", cwd=tmp_path)
    assert ended.returncode == 1
    assert "Matrix" in ended.stderr
    assert not (tmp_path / "acme.yaml").exists()
