"""The parts of the page: what each shows, and what it shows where there is nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tablero.workbook_templates.definition import Definition
from tablero.workbook_templates.library import load_template
from tablero.workbook_templates.problems import Problem
from tablero.workbook_templates.records import Records
from tablero.workbook_templates.registers.parts import Registers
from tablero.workbook_templates.reports.page import page
from tablero.workbook_templates.reports.page.runtime import runtime
from tablero.workbook_templates.reports.report import Report
from tablero.workbook_templates.scoring import score
from tests.workbook.companies import cano, large

MOST = 3_000_000
"""Bytes of a page."""


def report_of(definition: Definition, **more: object) -> Report:
    scores = score(definition)
    year = scores.calendar.period("year", 12)
    return Report(scores, "en", year, **more)  # type: ignore[arg-type]


def body(source: str) -> str:
    """What stands in the page without scripts."""
    return source[source.index("<body>") : source.index('<script type="application/json"')]


def section(source: str, name: str) -> str:
    found = re.search(rf'<section[^>]* id="{name}".*?</section>', body(source), re.DOTALL)
    return found[0] if found else ""


def test_problems_come_before_all_figures() -> None:
    """With their place, what is wrong, and what to do."""
    problem = Problem("closed_damaged", sheet="Changes", cell="A1")
    made = page(replace(report_of(cano()), problems=(problem,)))
    told = section(made, "problems")
    assert "Changes › A1" in told
    assert problem.remedy("en").split(".")[0] in told.replace("&#39;", "'")
    assert body(made).index('id="problems"') < body(made).index('id="board"')
    assert section(page(report_of(cano())), "problems") == ""


def test_a_workbook_without_figures_has_a_page_that_says_so() -> None:
    """Dashes, words and no empty drawing."""
    made = page(report_of(load_template("blank-sme")))
    assert "Nothing is scored yet" in section(made, "board")
    assert 'id="trend" hidden' in made
    assert 'id="contribution" hidden' in made


def test_objectives_and_key_results_stand_where_there_are_any() -> None:
    """Each objective with its key results below it, their progress drawn above."""
    told = section(page(report_of(load_template("segelec"))), "okrs")
    assert told.count('<tr class="objective">') == len(load_template("segelec").okrs)
    assert 'id="progress"' in told
    assert section(page(report_of(cano())), "okrs") == ""


def test_actions_causes_and_swot_stand_as_people_typed_them() -> None:
    """Columns that nobody uses are left out."""
    registers: Registers = {
        "actions": (
            {"what": "Call <b>ten</b> customers", "kpi": "roa", "start": date(2016, 2, 1)},
            {"kpi": "roe", "status": "done", "budget": 5.0, "spent": 9.0},
        ),
        "causes": ({"kpi": "roa", "category": "people", "cause": "Too few"},),
        "swot": ({"strengths": "Own quarry"},),
    }
    told = section(page(report_of(cano(), records=Records(registers=registers))), "actions")
    assert "Call &lt;b&gt;ten&lt;/b&gt; customers" in told
    assert "Too few" in told
    assert "Own quarry" in told
    assert "Budget" in told
    assert ">Note<" not in told


def test_every_node_has_a_row_to_which_links_lead_without_scripts() -> None:
    """Tiles, table and map name places that there are."""
    shown = body(page(report_of(cano())))
    places = set(re.findall(r' id="([^"]+)"', shown))
    leads = {lead for lead in re.findall(r'href="#([^"]*)"', shown) if lead}
    assert leads <= places


def test_a_company_of_120_kpis_fits() -> None:
    """With every period of its year."""
    assert len(page(report_of(large())).encode()) < MOST


def test_the_drawing_program_is_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was made is kept beside other things that can be made again, and read from there."""
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA", "HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(tmp_path))
    made = runtime()
    (kept,) = tmp_path.rglob("vega-embed-*.js")
    assert kept.read_text("utf-8") == made
    kept.write_text("// read", "utf-8")
    assert runtime() == "// read"


def test_a_place_that_cannot_be_written_does_no_harm(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The program is made anew."""
    occupied = tmp_path / "file"
    occupied.write_text("", "utf-8")
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA", "HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(occupied))
    assert "vegaEmbed" in runtime()
