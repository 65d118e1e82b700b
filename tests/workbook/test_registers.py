"""Actions, causes and the SWOT: what their sheets come to, in every engine alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tablero.workbook_templates.board import Board
from tablero.workbook_templates.library import load_template
from tablero.workbook_templates.periods import Calendar, Kind
from tablero.workbook_templates.records import Note, Records
from tablero.workbook_templates.registers.actions import Actions
from tablero.workbook_templates.sheets import action_checks
from tablero.workbook_templates.workbook import make_board, make_pages
from tablero.workbook_templates.write import write_workbook
from tests.engines.ironcalc_engine import Workbook
from tests.engines.libreoffice import Calc
from tests.engines.spreadsheet import Spreadsheet
from tests.scoring.companies import a_company, a_perspective, an_objective
from tests.workbook.companies import INPUTS, KPIS, cano, every_kind, large, random_figures
from tests.workbook.comparing import differences, shown
from tests.workbook.making import choice, results
from tests.workbook.register_companies import records

PERIODS: tuple[tuple[Kind, int], ...] = (("month", 2), ("quarter", 6), ("ytd", 10), ("year", 12))


def a_board(kind: Kind = "year", month: int = 12, past: Records | None = None) -> Board:
    """The paper's company with filled registers, in a period."""
    period = Calendar(2016).period(kind, month)
    return make_board(cano(), dialect="plain", period=period, records=past or records(odd=True))


def written(board: Board, folder: Path) -> Path:
    path = folder / "registers.xlsx"
    write_workbook(board, make_pages(board), path)
    return path


def all_differences(
    engine: Spreadsheet, periods: tuple[tuple[Kind, int], ...] = PERIODS
) -> list[str]:
    """What an engine shows otherwise than Python, in several periods."""
    found = []
    for kind, month in periods:
        board = a_board(kind, month)
        engine.set_many(choice(board, board.period))
        engine.calculate()
        found += differences(shown(engine), results(board))
    return found


def test_every_formula_equals_python(tmp_path: Path) -> None:
    """With unknown KPIs, dates that are none, groups that there are not, in any kind of period."""
    assert all_differences(Workbook.load(written(a_board(), tmp_path))) == []


def test_every_formula_equals_python_in_libreoffice(calc: Calc, tmp_path: Path) -> None:
    """After a hard recalculation."""
    with calc.open(written(a_board(), tmp_path)) as document:
        assert all_differences(document, PERIODS[1:3]) == []


def typed_actions(engine: Spreadsheet, board: Board) -> None:
    """An action for the worst KPI, as somebody types it."""
    table = board.layout.plans["actions"].actions  # type: ignore[attr-defined]
    worst = board.choices["kpi"][board.actions.owing[0].kpi.id]
    for column, content in (("what", "Ask them why"), ("kpi", worst), ("note", "They left")):
        engine.set(table.title, table.cell("0", column), content)
    engine.calculate()


def test_a_typed_action_pays_what_was_owed(tmp_path: Path) -> None:
    """The KPI leaves the list, its note is counted, and Checks counts one less of each."""
    board = make_board(cano(), dialect="plain")
    engine = Workbook.load(written(board, tmp_path))
    typed_actions(engine, board)
    line = {"what": "Ask them why", "kpi": board.actions.owing[0].kpi.id, "note": "They left"}
    after = make_board(cano(), dialect="plain", records=Records(registers={"actions": (line,)}))
    assert len(after.actions.owing) == len(board.actions.owing) - 1
    found = shown(engine)
    checks = board.layout.checks
    for key, (_, count) in action_checks.counts(after).items():
        assert found[checks.title, checks.cell(key, "result")] == count, key
    owing = board.layout.plans["actions"].owing  # type: ignore[attr-defined]
    names = [found[owing.title, owing.cell(key, "name")] for key in owing.rows]
    assert [name for name in names if name] == [
        after.choices["kpi"][one.kpi.id] for one in after.actions.owing
    ]


def of_the_year(past: Records | None = None) -> Actions:
    return a_board(past=past or records()).actions


def test_a_due_date_follows_from_the_band() -> None:
    """Start and the most months of the band; an agreed plan or day goes before."""
    due = [one.due for one in of_the_year().judged]
    assert due == [date(2016, 9, 1), date(2017, 2, 28), None, date(2017, 11, 30), date(2017, 2, 1)]


def test_what_is_due_before_the_latest_figures_is_late() -> None:
    """Only open actions can be; those that are over are not."""
    assert [one.remark for one in of_the_year().judged] == ["late", "cost", "", "empty", ""]
    assert next(iter(a_board("ytd", 6, records()).actions.judged)).remark == ""


def test_low_kpis_without_an_open_action_owe_one() -> None:
    """The worst first; a closed action pays nothing."""
    actions = of_the_year()
    names = [one.kpi.id for one in actions.owing]
    low = [one.kpi.id for one in actions.standings if 0 < one.position <= 2]
    assert set(names) == set(low) - {"sales_growth", "customers_growth"}
    assert [one.achievement for one in actions.owing] == sorted(
        one.achievement for one in actions.owing
    )


def test_a_note_on_the_action_or_pinned_to_the_row_says_why() -> None:
    """A red KPI without either is counted."""
    before = of_the_year(Records())
    red = [one.kpi.id for one in before.standings if one.position == 1]
    assert [one.kpi.id for one in before.bare] == red
    noted = Records(
        registers={"actions": ({"what": "Look", "kpi": red[0], "note": "A strike"},)},
        notes=(Note("scorecard", f"kpi:{red[1]}", "value", "A flood"),),
    )
    assert [one.kpi.id for one in of_the_year(noted).bare] == red[2:]


def test_the_fishbone_draws_the_causes_of_the_chosen_kpi() -> None:
    """Five a group, the others told; a group is called as people call it."""
    board = a_board()
    (page,) = [page for page in make_pages(board) if page.key == "causes"]
    texts = [getattr(cell.content, "result", cell.content) for cell in page.cells if cell.row < 18]
    assert {"Crew", "No training plan", "A new competitor", "and 2 more in the list"} <= set(texts)
    assert "Old lorry" not in texts
    assert page.drawing is not None
    assert len(page.drawing.connectors) == 7


def test_without_a_choice_the_worst_kpi_is_explained() -> None:
    """It follows the period; with no figures at all it is the first one."""
    board = make_board(cano(), records=Records())
    assert (
        board.causes.number == min(board.actions.standings, key=lambda one: one.achievement).number
    )
    assert make_board(load_template("blank-sme")).causes.number == 1


def test_no_register_text_becomes_a_formula(tmp_path: Path) -> None:
    """What begins like one is shown as it was typed."""
    engine = Workbook.load(written(a_board(), tmp_path))
    formulas = {(one.sheet, one.cell) for one in engine.formulas()}
    for key, column, place in (("actions", "note", "2"), ("swot", "strengths", "1")):
        plan = a_board().layout.plans[key]
        table = plan.actions if key == "actions" else plan.quadrants[column]  # type: ignore[attr-defined]
        assert (table.title, table.cell(place, column)) not in formulas
        assert str(engine.value(table.title, table.cell(place, column))).startswith("=")


@pytest.mark.parametrize("company", [every_kind(figures={}), large()], ids=["no figures", "large"])
def test_other_companies_fit(company: object, tmp_path: Path) -> None:
    """Without figures nothing is owed; 120 KPIs owe what they owe."""
    board = make_board(company, dialect="plain")  # type: ignore[arg-type]
    assert bool(board.actions.owing) == bool(board.scores.figures.latest_month)
    found = shown(Workbook.load(written(board, tmp_path)))
    sheets = {board.layout.titles[key] for key in ("actions", "causes", "checks")}
    expected = {place: one for place, one in results(board).items() if place[0] in sheets}
    assert differences(found, expected) == []


def test_bands_without_months_give_no_due_date() -> None:
    """The definition does not say how long a plan may take."""
    bands = tuple(band.model_copy(update={"months": None}) for band in cano().bands)
    company = cano().model_copy(update={"bands": bands})
    board = make_board(company, records=replace(records(), notes=()))
    assert [one.due for one in board.actions.judged] == [None] * 4 + [date(2017, 2, 1)]


def test_a_company_of_a_single_kpi_fits(tmp_path: Path) -> None:
    """Ranges of one row are found in, too."""
    kpi = {**KPIS[0], "goal": 99.0, "weight": 1}
    money = a_perspective("money", 1, an_objective("1.1", 1, kpi))
    inputs = [one for one in INPUTS if one["id"] in {"income", "assets"}]
    figures = {name: one for name, one in random_figures(1).items() if name in {"income", "assets"}}
    company = a_company(inputs, figures=figures, perspectives=[money])
    board = make_board(company, dialect="plain")
    assert len(board.actions.owing) == 1
    found = shown(Workbook.load(written(board, tmp_path)))
    sheets = {board.layout.titles[key] for key in ("actions", "causes", "checks")}
    expected = {place: one for place, one in results(board).items() if place[0] in sheets}
    assert differences(found, expected) == []
