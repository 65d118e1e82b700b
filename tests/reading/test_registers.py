"""Action plans, causes and the SWOT that people type are read back, or told; nothing is lost."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tablero.addin.cli import rolling
from tablero.addin.cli.checking import check
from tablero.addin.cli.scoring import show_scores
from tablero.addin.making import make_edition
from tablero.workbook_templates.definition import Definition
from tablero.workbook_templates.edition import next_year, upgraded
from tablero.workbook_templates.read import Reading, read_workbook
from tablero.workbook_templates.rebuilding import rebuilt
from tablero.workbook_templates.records import Note, Records
from tablero.workbook_templates.registers.parts import REGISTERS
from tablero.workbook_templates.replacing import Version
from tablero.workbook_templates.sheets.page import serial
from tablero.workbook_templates.tables import Table
from tablero.workbook_templates.workbook import make_board, make_pages
from tablero.workbook_templates.write import write_workbook
from tests.engines.package import read_package
from tests.reading.patching import EMPTY, Content, number, patched, text, with_parts
from tests.workbook.companies import cano
from tests.workbook.making import VARIANTS, Variant
from tests.workbook.register_companies import ACTIONS, CAUSES, FISHBONE, SWOT, records

LATER = date(2027, 1, 31)
BOARD = make_board(cano(), records=records())
LINE = len(ACTIONS)


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook with filled registers, as it was made."""
    return written(tmp_path_factory.mktemp("registers") / "acme-2016.xlsx")


def written(path: Path, past: Records | None = None, variant: Variant = VARIANTS[0]) -> Path:
    board = make_board(
        cano(),
        language=variant.language,
        dialect=variant.dialect,
        records=records() if past is None else past,
    )
    write_workbook(board, make_pages(board), path)
    return path


def table(key: str) -> Table:
    found = getattr(BOARD.layout.plans[key], key)
    assert isinstance(found, Table)
    return found


def cell(key: str, column: str, line: int, content: Content) -> dict[tuple[str, str], Content]:
    """A cell of a line of a register."""
    one = table(key)
    return {(one.title, one.cell(str(line), column)): content}


def read(before: Path, folder: Path, cells: dict[tuple[str, str], Content]) -> Reading:
    """The workbook after somebody typed into some cells."""
    return read_workbook(patched(before, folder / "after.xlsx", cells), today=LATER)


@pytest.mark.parametrize("variant", VARIANTS, ids=map("-".join, VARIANTS))
def test_what_was_written_is_read(variant: Variant, tmp_path: Path) -> None:
    """Every line in its order, choices by their code whatever the language."""
    reading = read_workbook(written(tmp_path / "x.xlsx", variant=variant), today=LATER)
    registers = reading.records.registers
    assert registers["actions"] == ACTIONS
    assert registers["causes"] == CAUSES
    assert registers["swot"] == SWOT
    assert registers["fishbone"] == (FISHBONE,)
    assert {one.code for one in reading.problems} == {"action_over_budget", "action_without_what"}


def test_what_cannot_be_understood_stays_as_it_was_typed(tmp_path: Path) -> None:
    """Made anew, the workbook says the same."""
    odd = records(odd=True)
    first = read_workbook(written(tmp_path / "1.xlsx", odd), today=LATER)
    assert first.records.registers == odd.registers
    again = read_workbook(written(tmp_path / "2.xlsx", first.records), today=LATER)
    assert again.records.registers == odd.registers


def test_typed_lines_are_read(before: Path, tmp_path: Path) -> None:
    """A date as a number, capitals, a line left empty between, a renamed group of causes."""
    cells = cell("actions", "what", LINE + 1, text("Ask them"))
    cells |= cell("actions", "kpi", LINE + 1, text("SALES growth"))
    cells |= cell("actions", "start", LINE + 1, number(serial(2016, 5, 2)))
    cells |= cell("actions", "budget", LINE + 1, number(5))
    groups = BOARD.layout.plans["causes"].groups  # type: ignore[attr-defined]
    head = groups["methods"]
    cells |= {(head.title, head.cell("head", "value")): text("Ways")}
    cells |= cell("causes", "category", len(CAUSES), text("ways"))
    cells |= cell("causes", "cause", len(CAUSES), text("No checklist"))
    registers = read(before, tmp_path, cells).records.registers
    typed = {"what": "Ask them", "kpi": "sales_growth", "start": date(2016, 5, 2), "budget": 5.0}
    assert registers["actions"][LINE:] == (typed,)
    assert registers["causes"][-1] == {"category": "methods", "cause": "No checklist"}
    assert registers["fishbone"] == ({**FISHBONE, "methods": "Ways"},)


WRONG: dict[str, tuple[str, str, Content, str]] = {
    "kpi": ("actions", "kpi", text("Nothing"), "register_kpi"),
    "status": ("actions", "status", text("asleep"), "register_status"),
    "plan": ("actions", "agreed_plan", text("Hope"), "register_plan"),
    "day": ("actions", "start", text("31/02/2016"), "register_day"),
    "day as a small number": ("actions", "agreed_due", number(12), "register_day"),
    "money": ("actions", "budget", text("plenty"), "cell_text"),
    "what": ("actions", "owner", text("Ana"), "action_without_what"),
    "group": ("causes", "category", text("ghosts"), "register_category"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_cannot_be_read_is_told_with_its_cell(name: str, before: Path, tmp_path: Path) -> None:
    """One slip, one problem, in every language."""
    key, column, content, code = WRONG[name]
    line = LINE if key == "actions" else len(CAUSES)
    cells = cell(key, column, line, content)
    if code != "action_without_what":
        cells |= cell(key, "what" if key == "actions" else "cause", line, text("Do it"))
    reading = read(before, tmp_path, cells)
    place = f"what{line}" if code == "action_without_what" else ""
    sheet, address = next(iter(cell(key, "what" if place else column, line, EMPTY)))
    (found,) = [one for one in reading.problems if (one.sheet, one.cell) == (sheet, address)]
    assert found.code == code
    assert len({found.sentence(language) for language in ("en", "es", "pt")}) == 3


def test_due_before_start_and_money_beyond_the_budget_are_told(
    before: Path, tmp_path: Path
) -> None:
    """As warnings, for nothing keeps the figures from being right."""
    cells = cell("actions", "agreed_due", 0, number(serial(2016, 2, 1)))
    cells |= cell("actions", "spent", 0, number(12001))
    problems = read(before, tmp_path, cells).problems
    found = {one.code for one in problems if one.cell.endswith("5")}
    assert found == {"action_due_early", "action_over_budget"}
    assert {one.severity for one in problems} == {"warning"}


def test_open_actions_go_on_in_the_next_year(before: Path, tmp_path: Path) -> None:
    """With the plan and the due date that they had; causes and the SWOT stay."""
    reading = read_workbook(before, today=LATER)
    path = tmp_path / "acme-2017.xlsx"
    edition = next_year(Version.of(before), reading)
    assert edition.left == ()
    make_edition(edition, path)
    registers = read_workbook(path, today=LATER).records.registers
    agreed = {"agreed_plan": "poor", "agreed_due": date(2016, 9, 1)}
    first, second, third = registers["actions"]
    assert first == {**ACTIONS[0], **agreed}
    assert second["agreed_due"] == date(2017, 2, 28)
    assert third["agreed_due"] == ACTIONS[4]["agreed_due"]
    assert (registers["causes"], registers["swot"]) == (CAUSES, SWOT)


def test_an_upgrade_keeps_every_line(before: Path, tmp_path: Path) -> None:
    """As they stand."""
    reading = read_workbook(before, today=LATER)
    edition = upgraded(Version.of(before), reading)
    make_edition(edition, tmp_path / "x.xlsx")
    again = read_workbook(tmp_path / "x.xlsx", today=LATER)
    assert edition.left == ()
    assert again.records.registers == reading.records.registers


def without_sales_growth() -> Definition:
    """The paper's company that no longer measures how its sales grow."""
    data = cano().model_dump(by_alias=True)
    for objective in data["perspectives"][0]["objectives"]:
        kept = [kpi for kpi in objective["kpis"] if kpi["id"] != "sales_growth"]
        weights = sum(kpi["weight"] for kpi in kept)
        objective["kpis"] = [{**kpi, "weight": kpi["weight"] / weights} for kpi in kept]
    return Definition.model_validate(data)


def test_a_rebuild_keeps_every_line(before: Path, tmp_path: Path) -> None:
    """Those about a KPI that is no more say its name, and are told."""
    reading = read_workbook(before, today=LATER)
    made = rebuilt(Version.of(before), reading, without_sales_growth(), "new.yaml", "")
    make_edition(made.edition, tmp_path / "x.xlsx")
    again = read_workbook(tmp_path / "x.xlsx", today=LATER)
    registers = again.records.registers
    assert registers["actions"][0] == {**ACTIONS[0], "kpi": "Sales growth"}
    assert registers["actions"][1:] == ACTIONS[1:]
    assert len(registers["causes"]) == len(CAUSES)
    assert registers["fishbone"] == ({"people": "Crew"},)
    told = [one for one in again.problems if one.code == "register_kpi"]
    assert {one.severity for one in told} == {"warning"}


def without_names(before: Path, folder: Path, prefix: str) -> Path:
    """The workbook after somebody deleted a sheet, as far as its names tell."""
    xml = read_package(before).parts["xl/workbook.xml"].decode()
    lost = re.sub(rf'(<definedName name="{prefix}_[^>]*>)[^<]*', r"\1#REF!", xml)
    return with_parts(before, folder / "lost.xlsx", {"xl/workbook.xml": lost.encode()})


@pytest.mark.parametrize("prefix", ["swot", "actions", "causes"])
def test_a_deleted_sheet_is_told_once(prefix: str, before: Path, tmp_path: Path) -> None:
    """As a warning: the figures are still right, and the other registers are read."""
    reading = read_workbook(without_names(before, tmp_path, prefix), today=LATER)
    found = [one for one in reading.problems if one.code == "register_lost"]
    assert [one.severity for one in found] == ["warning"]
    assert reading.records.registers[prefix] == ()


def test_a_workbook_without_the_sheets_gets_them_by_an_upgrade(tmp_path: Path) -> None:
    """Schema 1 is read without a word about them; afterwards they are there, empty."""
    path = tmp_path / "acme.xlsx"
    path.write_bytes((Path(__file__).parents[1] / "closing/data/schema-1.xlsx").read_bytes())
    assert read_workbook(path).records.registers == {}
    assert rolling.upgrade(path, "en", leave=False) == 0
    after = read_workbook(path)
    assert after.records.registers.keys() == {one.key for one in REGISTERS}
    assert after.problems == ()


def test_check_lists_who_owes_an_action(before: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The worst first, in words and as data; and red figures without a note."""
    owing = [one.kpi for one in BOARD.actions.owing]
    assert check(before, "en", as_json=False) == 0
    said = capsys.readouterr().out
    assert "KPIs that owe an action" in said
    assert f"{owing[0].name.in_language('en')}: 25% · Not acceptable · Corrective · Short" in said
    assert "Red figures without a note" in said
    check(before, "es", as_json=True)
    data = json.loads(capsys.readouterr().out)
    assert [one["kpi"] for one in data["actions_owed"]] == [kpi.id for kpi in owing]
    assert data["actions_owed"][0]["plan"] == "Correctivo · Corto"


def test_score_gives_the_registers_as_data(
    before: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Days as ISO 8601 writes them, with what each action comes to."""
    show_scores(before, None, "json", "en")
    data = json.loads(capsys.readouterr().out)["registers"]
    assert data["actions"][0]["due"] == "2016-09-01"
    assert [one["remark"] for one in data["actions"]] == ["late", "cost", "", "empty", ""]
    assert data["swot"][1]["strengths"] == "=HYPERLINK(1)"


def test_a_template_for_others_tells_nothing_of_the_registers(before: Path) -> None:
    """They are no part of what is measured."""
    body = read_workbook(before).definition.model_dump_json()
    assert "Ana Ruiz" not in body
    assert "Import duties" not in body


def test_the_workbook_breaks_no_rule_of_the_sdk(
    before: Path, validator: Callable[[Path], list[str]]
) -> None:
    """With filled registers and the fishbone drawn."""
    assert validator(before) == []


def test_notes_pinned_to_an_action_go_with_it(tmp_path: Path) -> None:
    """Into the next year where the action is open, and stay behind with what is over."""
    last = str(LINE - 1)
    notes = (
        Note("actions", "2", "owner", "Who was it?"),
        Note("actions", last, "what", "Two offers"),
        Note("causes", "1", "cause", "Seen twice"),
    )
    path = written(tmp_path / "acme-2016.xlsx", replace(records(), notes=notes))
    reading = read_workbook(path, today=LATER)
    assert upgraded(Version.of(path), reading).records.notes == notes
    edition = next_year(Version.of(path), reading)
    assert edition.records.notes == (replace(notes[1], row="2"), notes[2])
    assert edition.left == ()
