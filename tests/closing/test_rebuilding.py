"""A workbook made anew from another definition keeps what people put into it, or says what not."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pytest
from openpyxl.comments import Comment

from tablero.workbook_templates import closing
from tablero.workbook_templates.definition import Definition
from tablero.workbook_templates.definition_shifts import shifts
from tablero.workbook_templates.editing.package import Package
from tablero.workbook_templates.editing.revision import revise
from tablero.workbook_templates.library import load_template
from tablero.workbook_templates.okrs.check_ins import CheckIn
from tablero.workbook_templates.periods import Month
from tablero.workbook_templates.pinned import pinned
from tablero.workbook_templates.read import Reading, read_workbook
from tablero.workbook_templates.records import Records
from tablero.workbook_templates.replacing import Version
from tablero.workbook_templates.validation import dump_definition
from tablero.workbook_templates.workbook import new_workbook
from tests.addin.commands import Ended, tablero

CANO = load_template("cano")
RETAIL = load_template("retail")


def as_data(definition: Definition) -> dict[str, Any]:
    """A definition as the data of its YAML, to be changed."""
    data = definition.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return {**data, "schema": 1, "figures": {}}


def written(data: dict[str, Any], folder: Path) -> Path:
    """A definition as a file."""
    path = folder / "new.yaml"
    path.write_text(dump_definition(Definition.model_validate(data)), "utf-8")
    return path


def with_kpi_moved(data: dict[str, Any]) -> dict[str, Any]:
    """The first KPI moves to the second objective, in which all then weigh the same."""
    first, second = data["perspectives"][0]["objectives"][:2]
    second["kpis"].append(first["kpis"].pop(0))
    for objective in (first, second):
        for kpi in objective["kpis"]:
            kpi["weight"] = 1 / len(objective["kpis"])
    return data


def without_input(data: dict[str, Any], name: str) -> dict[str, Any]:
    """No KPI needs the input any more, and it is gone."""
    others = [one for one in data["inputs"] if one["id"] != name]
    for perspective in data["perspectives"]:
        for objective in perspective["objectives"]:
            for kpi in objective["kpis"]:
                if re.search(rf"\b{name}\b", kpi["formula"]):
                    kpi["formula"] = re.sub(rf"\b{name}\b", "total_assets", kpi["formula"])
    return {**data, "inputs": others}


def company(path: Path) -> Reading:
    """The paper's company with a closed month and a note."""
    new_workbook(CANO, path)
    reading = read_workbook(path)
    revise(Version.of(path), closing.close(reading, Month(2016, 2))).save()
    book = openpyxl.load_workbook(path)
    cell = reading.places.months["net_sales", 3]
    book[cell.sheet][cell.coordinate].comment = Comment("Late invoices", "Ana")
    book.save(path)
    for backup in path.parent.glob("acme.backup-*"):
        backup.unlink()
    return read_workbook(path)


def rebuild(path: Path, definition: Path | str, *more: str) -> Ended:
    """Run the command beside the workbook."""
    return tablero("rebuild", path.name, "--definition", definition, *more, cwd=path.parent)


pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:openpyxl")


def test_all_that_people_put_in_stays_with_its_id(
    tmp_path: Path, validator: Callable[[Path], list[str]]
) -> None:
    """Figures, closed months, change log and notes; the change itself is in the log."""
    path = tmp_path / "acme.xlsx"
    former = company(path)
    content = path.read_bytes()
    data = with_kpi_moved(as_data(CANO))
    data["inputs"] = [*reversed(data["inputs"])]
    source = written(data, tmp_path)
    ended = rebuild(path, source)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "Moved:" in ended.stdout
    assert "KPI “Return on assets (ROA)” (roa)" in ended.stdout

    after = read_workbook(path)
    assert after.problems == ()
    rows = {key: row for row, key in enumerate(after.figures.ids)}
    order = [rows[key] for key in former.figures.ids]
    assert np.array_equal(after.figures.months[order], former.figures.months, equal_nan=True)
    assert np.array_equal(after.figures.last_year[order], former.figures.last_year, equal_nan=True)
    assert after.records.closed == former.records.closed
    assert after.records.changes[:-1] == former.records.changes
    entry = after.records.changes[-1]
    digest = sha256(source.read_bytes()).hexdigest()
    assert (entry.action, entry.source, entry.digest) == ("rebuild", "new.yaml", digest)
    cell = after.places.months["net_sales", 3]
    assert [(one.place, one.text) for one in pinned(Package.read(path))] == [
        ((cell.row, cell.column), "Late invoices")
    ]
    (backup,) = tmp_path.glob("acme.backup-*")
    assert backup.read_bytes() == content
    assert [one for one in validator(path) if not one.startswith(("Inputs", "Scorecard"))] == []


def test_figures_are_dropped_only_when_that_is_said(tmp_path: Path) -> None:
    """The refusal says how many, of which input, and both ways out; nothing is touched."""
    path = tmp_path / "acme.xlsx"
    former = company(path)
    content = path.read_bytes()
    source = written(without_input(as_data(CANO), "net_sales"), tmp_path)
    refused = rebuild(path, source)
    line = refused.complaint(2)
    held = former.figures.filled[former.figures.ids.index("net_sales")].sum()
    last = np.isfinite(former.figures.last_year[former.figures.ids.index("net_sales")])
    assert f"{held + last} figures (of the inputs: net_sales), 1 notes" in line
    assert "--drop" in line
    assert path.read_bytes() == content
    assert list(tmp_path.glob("acme.backup-*")) == []

    assert rebuild(path, source, "--drop").returncode == 0
    after = read_workbook(path)
    assert "net_sales" not in after.figures.ids
    assert not [one for one in after.problems if one.severity == "error"]
    kept = [key for key in former.figures.ids if key != "net_sales"]
    assert list(after.figures.ids) == kept
    assert len(list(tmp_path.glob("acme.backup-*"))) == 1


def test_a_new_input_begins_empty_and_is_told(tmp_path: Path) -> None:
    """Added inputs and KPIs are listed; elsewhere nothing is different."""
    path = tmp_path / "acme.xlsx"
    new_workbook(CANO, path)
    former = read_workbook(path)
    data = as_data(CANO)
    data["inputs"].append({**data["inputs"][0], "id": "returns", "name": "Returns"})
    data["perspectives"][0]["objectives"][0]["kpis"][0]["formula"] = "returns / total_assets"
    ended = rebuild(path, written(data, tmp_path), "-o", "other.xlsx")
    assert (ended.returncode, ended.stderr) == (0, "")
    added, measured = ended.stdout.index("Added:"), ended.stdout.index("Measured differently")
    assert added < ended.stdout.index("Input “Returns” (returns)") < measured
    assert "net_income / total_assets, %, High → returns / total_assets, %, High" in ended.stdout
    assert read_workbook(path).definition == former.definition  # the workbook itself stays
    figures = read_workbook(tmp_path / "other.xlsx").figures
    assert not figures.filled[figures.ids.index("returns")].any()


def test_goals_and_owners_that_are_left_open_stay(tmp_path: Path) -> None:
    """A definition without goals, as a template is, does not take them away."""
    path = tmp_path / "acme.xlsx"
    new_workbook(CANO, path)
    tablero("export", path.name, "--as-template", "-o", "new.yaml", cwd=tmp_path)
    ended = rebuild(path, "new.yaml")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "The company stays that of the workbook" in ended.stdout
    after = read_workbook(path).definition
    assert [kpi.goal for kpi in after.kpis()] == [kpi.goal for kpi in CANO.kpis()]
    assert after.company == CANO.company


def test_check_ins_stay_with_their_key_results(tmp_path: Path) -> None:
    """Those of a key result that is no more are told, and not lost unasked."""
    path = tmp_path / "shop.xlsx"
    first, second, *_ = RETAIL.key_results()
    year = RETAIL.company.year
    check_ins = (
        CheckIn(date(year, 1, 9), first.id, 1.0),
        CheckIn(date(year, 1, 9), second.id, 2.0),
    )
    new_workbook(RETAIL, path, records=Records(check_ins=check_ins))
    data = as_data(RETAIL)
    (okr, *_) = data["okrs"]
    okr["key_results"] = [one for one in okr["key_results"] if one["id"] != second.id]
    for one in okr["key_results"]:
        one["weight"] = 1 / len(okr["key_results"])
    source = written(data, tmp_path)
    refused = rebuild(path, source)
    assert "1 check-ins" in refused.complaint(2)
    assert "Check-ins of key results that are no more: 1" in refused.stdout
    assert rebuild(path, source, "--drop").returncode == 0
    assert read_workbook(path).records.check_ins == check_ins[:1]


def test_a_trial_changes_nothing(tmp_path: Path) -> None:
    """What would become of everything is told, and that is all."""
    path = tmp_path / "acme.xlsx"
    new_workbook(CANO, path)
    content = path.read_bytes()
    ended = rebuild(path, written(with_kpi_moved(as_data(CANO)), tmp_path), "--dry-run")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "roa" in ended.stdout
    assert path.read_bytes() == content
    assert len(list(tmp_path.iterdir())) == 2


def test_a_definition_that_cannot_be_read_changes_nothing(tmp_path: Path) -> None:
    """Its problems are told as those of any definition."""
    path = tmp_path / "acme.xlsx"
    new_workbook(CANO, path)
    content = path.read_bytes()
    text = dump_definition(CANO).replace("net_income / total_assets", "net_incme / total_assets")
    (tmp_path / "new.yaml").write_text(text, "utf-8")
    ended = rebuild(path, "new.yaml")
    assert ended.returncode == 1
    assert "net_income" in ended.stderr
    assert rebuild(path, "none.yaml").returncode == 2
    assert path.read_bytes() == content


def test_a_definition_differs_from_itself_in_nothing() -> None:
    """Nothing moved, was added, went or is measured differently."""
    assert shifts(RETAIL, RETAIL) == ()
