"""What page and paper say: the figures of the scorecard, in words of one language."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tablero.workbook_templates import export
from tablero.workbook_templates.analysis.export import Analysis
from tablero.workbook_templates.definition import Definition, LocalText
from tablero.workbook_templates.formats import decimal_text
from tablero.workbook_templates.library import load_template
from tablero.workbook_templates.okrs.export import okrs_json
from tablero.workbook_templates.problems import Problem
from tablero.workbook_templates.records import Change, Records
from tablero.workbook_templates.reports.content.inputs import inputs
from tablero.workbook_templates.reports.content.matrix import matrix
from tablero.workbook_templates.reports.content.okrs import okrs
from tablero.workbook_templates.reports.content.perspectives import Row, perspectives
from tablero.workbook_templates.reports.content.problems import problems
from tablero.workbook_templates.reports.content.whole import company_rows, period_rows
from tablero.workbook_templates.reports.content.year_end import year_end
from tablero.workbook_templates.reports.report import Report
from tablero.workbook_templates.scoring import score
from tablero.workbook_templates.texts import LANGUAGES, catalogue
from tests.reports.contents import everything, report, texts
from tests.workbook import okr_companies, register_companies
from tests.workbook.companies import ODD_NAMES, cano, every_kind, odd, random_figures, with_policies

in_each_language = pytest.mark.parametrize("language", LANGUAGES)
BROKEN = re.compile(r"\bnan\b|\bNone\b|\binf\b|[{}]|Decimal|LocalText")


def half_a_year(**more: Any) -> Definition:
    """A company of every kind of KPI with holes in its figures, which end in June."""
    figures = random_figures(2, holes=0.3, last_months=True, until=6)
    return every_kind(figures=figures, **more)


@in_each_language
@pytest.mark.parametrize("period", ["2026", "2026-Q2", "2026-05", "r12-2026-06", "2026-09"])
def test_the_tree_says_what_other_programs_are_given(language: str, period: str) -> None:
    """The rows are those of the scorecard as JSON: numbers, words, and the same order."""
    shown = report(half_a_year(), period, language)
    data = export.as_json(shown.card, language=language)
    found = perspectives(shown)
    assert _told(found.strategy) == _plain(data["strategy"])
    for row, perspective in zip(found.rows, data["perspectives"], strict=True):
        assert (row.id, row.name) == (perspective["id"], perspective["name"])
        assert _told(row) == _plain(perspective)
        for each, objective in zip(row.rows, perspective["objectives"], strict=True):
            assert _told(each) == _plain(objective)
            for one, kpi in zip(each.rows, objective["kpis"], strict=True):
                assert _told(one) == _plain(kpi)
                assert _measured(one) == tuple(kpi[key] for key in ("value", "goal", "unit"))


def _told(row: Row) -> tuple[object, ...]:
    mark = row.mark
    words = (mark.word, mark.plan, mark.term) if mark.code else (None, None, None)
    return row.achievement, row.coverage, mark.code or None, *words


def _plain(data: dict[str, Any]) -> tuple[object, ...]:
    keys = ("achievement", "coverage", "band_id", "band", "plan", "term")
    return tuple(data[key] for key in keys)


def _measured(row: Row) -> tuple[object, ...]:
    assert row.measured is not None
    return row.measured.value_number, row.measured.goal_number, row.measured.unit


def test_points_of_kpis_make_those_of_the_nodes_above() -> None:
    """What KPIs cost or add is what their objectives, perspectives and the strategy do."""
    found = perspectives(report(half_a_year(), "2026-Q2"))
    for row in found.strategy.walk():
        if row.rows and row.points_share is not None:
            below = sum(one.points_share or 0 for one in row.rows)
            assert below == pytest.approx(row.points_share)


@in_each_language
def test_the_year_end_says_what_the_analysis_does(language: str) -> None:
    """Needed amounts, forecasts and achievements are those of the sheet Analysis."""
    shown = report(half_a_year(), "2026-06", language)
    data = Analysis(shown.scores, shown.period, language).as_json()["year_end"]
    found = year_end(shown)
    assert found.rows[0].achievement == data["achievement"]
    told = [(one.id, one.needed_number, one.end_number, one.achievement) for one in found.kpis]
    keys = ("id", "needed_per_month", "value", "achievement")
    assert told == [tuple(one[key] for key in keys) for one in data["kpis"]]
    assert found.is_forecast


@in_each_language
def test_objectives_and_key_results_are_those_of_the_sheet(language: str) -> None:
    """Progress, expectation and status on the as-of date."""
    shown = report(okr_companies.ambitious(), "2026-02", language, okr_companies.records())
    data, found = okrs_json(shown.okrs, language), okrs(shown)
    keys = ("id", "name", "score", "expected", "status")
    for row, one in zip(found.rows, data["objectives"], strict=True):
        told = row.id, row.name, row.progress_share, row.expected_share, row.mark.code
        assert told == tuple(one[key] for key in keys)
        for each, result in zip(row.key_results, one["key_results"], strict=True):
            assert each.progress_share == result["progress"]
            assert each.mark.code == result["status"]
            assert each.is_due == result["outdated"]
    assert [each.note for each in found.rows[0].key_results] == [
        "only the confidence", "", "corrected the same day",
    ]  # fmt: skip


def test_objectives_of_which_nothing_is_known_are_told_so() -> None:
    """Before the first check-in and the first figure there is no status."""
    company = okr_companies.with_okrs(okr_companies.ambitious(0), okr_companies.OKRS[3:])
    found = okrs(report(company))
    assert found.sentence == "On Jan 1, 2026 nothing is known yet of how the objectives stand."
    assert found.rows[0].mark.symbol == "–"


def test_a_company_without_objectives_and_key_results_has_none() -> None:
    """No sentence, no rows."""
    found = okrs(report(cano()))
    assert (found.sentence, found.rows) == ("", ())


@in_each_language
def test_inputs_are_the_figures_that_people_typed(language: str) -> None:
    """Twelve months each; those of the period are marked, empty ones are a dash."""
    shown = report(half_a_year(), "2026-Q2", language)
    found = inputs(shown)
    assert [number for number, one in enumerate(found.inside, start=1) if one] == [4, 5, 6]
    for row, one in zip(found.rows, shown.scores.figures.months[:, 12:], strict=True):
        assert [figure is None for figure in row.figures] == list(np.isnan(one))
        assert [said == "–" for said in row.months] == [figure is None for figure in row.figures]
    (orders,) = (row for row in found.rows if row.id == "orders")
    assert orders.figures[3] is not None
    assert orders.months[3] == decimal_text(orders.figures[3], language, 0)


def test_the_matrix_says_goals_weights_and_formulas() -> None:
    """As the sheet Matrix does; shares of the strategy are products of the weights."""
    found = matrix(report(cano(), language="es"))
    roa = found.row("kpi:roa")
    assert roa.formula == "Utilidad neta ÷ Activos totales"
    assert (roa.goal, roa.direction, roa.frequency) == ("35.0%", "Alto", "Mensual")
    kpis = [row for row in found.rows if row.level == "kpi"]
    assert len(kpis) == 15
    assert all(row.owner for row in kpis)


@in_each_language
def test_no_text_is_of_another_language(language: str) -> None:
    """No text of the English catalogue is left in the other languages, nor theirs in English."""
    records = register_companies.records(odd=True)
    said = set(texts(everything(report(load_template("segelec"), "", language))))
    said |= set(texts(everything(report(cano(), "2016-Q2", language, records))))
    own = catalogue(language)
    for other in set(LANGUAGES) - {language}:
        foreign = {
            text
            for key, text in catalogue(other).items()
            if len(text) > 14 and text not in own.values() and "{" not in text
        }
        assert said.isdisjoint(foreign)


@given(
    seed=st.integers(0, 10_000),
    holes=st.sampled_from([0.0, 0.3, 0.9, 1.0]),
    until=st.integers(0, 12),
    last_months=st.booleans(),
    annualise=st.booleans(),
    floor=st.sampled_from([0.0, None]),
    cap=st.sampled_from([1.5, None]),
    language=st.sampled_from(LANGUAGES),
    place=st.integers(0, 28),
)
@settings(max_examples=40)
def test_no_text_holds_what_only_a_program_reads(
    seed: int,
    holes: float,
    until: int,
    place: int,
    language: str,
    *,
    last_months: bool,
    **policies: Any,
) -> None:
    """Neither what is no number nor what is missing nor what was to be filled in."""
    figures = random_figures(seed, holes=holes, last_months=last_months, until=until)
    company = with_policies(every_kind(figures=figures), **policies)
    scores = score(company)
    shown = Report(scores, language, scores.periods[place])
    broken = [text for text in texts(everything(shown)) if BROKEN.search(text)]
    assert broken == []


@pytest.mark.parametrize("name", ODD_NAMES)
def test_odd_names_are_said_as_they_are(name: str) -> None:
    """Nothing is filled into a name, and nothing taken from it."""
    company = odd(name)
    shown = report(company, "2026-Q1")
    found = perspectives(shown)
    said = name.strip()
    assert {row.name for row in found.strategy.rows} == {said}
    assert {row.name for row in found.kpis} == {said}
    head = period_rows(shown).headline
    assert head.company == company.company.name
    assert f"“{said}”" in head.best + head.worst


def test_another_period_says_what_a_report_of_its_own_would() -> None:
    """What is kept from one period to the next is the same in both."""
    company = half_a_year()
    shown = report(company, "2026-Q2", "pt")
    first = everything(shown)
    for period in shown.scores.periods[::5]:
        code = shown.calendar.code(period)
        assert everything(shown.at(period)) == everything(report(company, code, "pt"))
    assert everything(shown) == first


@in_each_language
def test_problems_are_told_the_gravest_first(language: str) -> None:
    """With their number, and what it means for the figures."""
    found = (
        Problem("cell_negative", "warning", {"number": -5.0, "input": LocalText({"": "Sales"})},
                "acme.xlsx", "Inputs", "F8"),
        Problem("formula_overwritten", "error", {"text": "7"}, "acme.xlsx", "Scorecard", "B9"),
    )  # fmt: skip
    said = problems(report(cano(), language=language, problems=found))
    assert [row.mark.code for row in said.rows] == ["error", "warning"]
    assert [row.place for row in said.rows] == ["Scorecard › B9", "Inputs › F8"]
    assert said.has_errors
    assert all(row.message and row.remedy for row in said.rows)
    only = problems(report(cano(), language=language, problems=found[:1]))
    assert not only.has_errors
    assert only.sentence != said.sentence


def test_a_workbook_without_problems_says_so() -> None:
    """One sentence, no rows."""
    said = problems(report(cano()))
    assert (said.sentence, said.rows) == ("Nothing wrong was found in the workbook.", ())


@in_each_language
def test_registers_are_told_as_people_filled_them_in(language: str) -> None:
    """Actions with their KPI, status, due day and remark; causes; the SWOT."""
    records = register_companies.records(odd=True)
    shown = report(cano(), language=language, records=records)
    found = period_rows(shown).actions
    assert [row.is_open for row in found.rows] == sorted(
        (row.is_open for row in found.rows), reverse=True
    )
    first = found.rows[0]
    assert first.what == "Call the ten largest customers"
    assert first.remark is not None
    assert first.remark.code == "late"
    assert [one.remark for one in found.rows if one.what == "Sell the lorry"] == [None]
    unknown = next(row for row in found.rows if row.kpi == "Old KPI")
    assert (unknown.start, unknown.due) == ("soon", "")
    told = company_rows(shown).diagnosis
    assert len(told.causes) == 12
    assert [len(one.lines) for one in told.swot] == [2, 1, 0, 1]
    assert company_rows(report(cano())).diagnosis.swot == ()


def test_notes_are_those_of_the_definition() -> None:
    """Numbered, with what was found and done; a definition without any has none."""
    found = company_rows(report(load_template("segelec"), language="es")).notes
    assert [row.number for row in found.rows][:2] == ["1", "2"]
    assert all(row.topic and row.found and row.done for row in found.rows)
    assert company_rows(report(cano())).notes.rows == ()


@in_each_language
def test_the_method_says_policies_and_bands(language: str) -> None:
    """Floor and cap as they are set, the best band first."""
    plain, capped = (
        company_rows(report(one, language=language)).method
        for one in (cano(), with_policies(cano(), floor=None, cap=1.2, annualise=False))
    )
    assert [band.since for band in plain.bands] == ["100%", "80%", "60%", "0%"]
    assert [band.mark.position for band in plain.bands] == [3, 2, 1, 0]
    assert len(plain.policies) == len(capped.policies) == 3
    assert set(plain.policies).isdisjoint(capped.policies)
    assert any("120%" in one for one in capped.policies)
    assert len(plain.sources) == 1


def test_the_method_says_how_new_the_figures_are() -> None:
    """The newest month, and the newest entry of the change log."""
    changes = (Change(datetime(2016, 3, 1, tzinfo=UTC), "Ana", "fill"),
               Change(datetime(2016, 2, 1, tzinfo=UTC), "Ana", "close"))  # fmt: skip
    said = company_rows(report(cano(), records=Records(changes=changes))).method.made
    assert said[0].startswith("Made by Tablero ")
    assert said[1:] == (
        "The newest figures are of Dec 2016.",
        "Tablero last changed figures or settings on Mar 1, 2016.",
    )
    empty = company_rows(report(load_template("blank-sme"))).method.made
    assert empty[1:] == ("There are no figures yet.",)


def test_points_have_the_sign_that_readers_expect() -> None:
    """A minus as wide as a plus; nothing is neither."""
    shown = report(cano())
    assert [shown.points(one) for one in (0.0234, -0.01, 0.0002, float("nan"))] == [
        "+2.3", "−1.0", "0.0", "–",
    ]  # fmt: skip
    assert replace(shown, language="pt").points(-0.123) == "−12,3"
