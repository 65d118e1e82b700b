"""``tablero export --to powerbi``: the command that makes a project of a workbook."""

from __future__ import annotations

from pathlib import Path

from tablero.workbook_templates.library import load_template
from tablero.workbook_templates.workbook import new_workbook
from tests.addin.commands import tablero
from tests.power_bi.dax import Engine
from tests.power_bi.reading import Project


def test_a_workbook_becomes_a_project(tmp_path: Path) -> None:
    """It is said what to open; the data of a project can be made anew by themselves."""
    new_workbook(load_template("cano"), tmp_path / "acme.xlsx", dialect="plain")
    ended = tablero("export", "acme.xlsx", "--to", "powerbi", "--lang", "es", cwd=tmp_path)
    assert (ended.returncode, ended.stderr) == (0, "")
    saved, remedy = ended.stdout.splitlines()
    assert saved == "Guardado: acme-powerbi"
    found = Project(tmp_path / "acme-powerbi")
    assert found.file.name in remedy
    assert round(Engine(found).ask("Cumplimiento de la estrategia"), 4) == 0.8054
    again = ("export", "acme.xlsx", "--to", "parquet", "-o", "acme-powerbi/data", "--force")
    assert tablero(*again, cwd=tmp_path).returncode == 0
    assert "--force" in tablero("export", "acme.xlsx", "--to", "powerbi", cwd=tmp_path).complaint(2)
