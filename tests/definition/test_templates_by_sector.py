"""The starting points by sector: complete in three languages, without goals, and calculable."""

from __future__ import annotations

import random
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import pytest

from tablero.workbook_templates.definition import Definition, KeyResult, LocalText
from tablero.workbook_templates.library import available, load_template
from tablero.workbook_templates.periods import Period
from tablero.workbook_templates.scoring import score
from tablero.workbook_templates.validation import check_definition
from tests.engines.ironcalc_engine import Workbook
from tests.workbook.companies import with_figures, with_kpis
from tests.workbook.comparing import differences, shown, stored
from tests.workbook.making import VARIANTS, Variant

OTHERS = {"blank-sme", "cano", "segelec"}
SECTORS = [template.id for template in available() if template.id not in OTHERS]
LANGUAGES = {"en", "es", "pt"}
UNITS_IN_ALL_LANGUAGES = {"%", "currency"}
YEAR = Period("year", 1, 12)

every_sector = pytest.mark.parametrize("template", SECTORS)


@every_sector
def test_a_sector_is_told_by_twelve_to_eighteen_kpis(template: str) -> None:
    """Of fifteen to thirty figures a month, in four perspectives, some leading, some lagging."""
    definition = load_template(template)
    kpis = list(definition.kpis())
    assert 12 <= len(kpis) <= 18
    assert 15 <= len(definition.inputs) <= 30
    assert {kpi.timing for kpi in kpis} == {"leading", "lagging"}
    assert {"High", "Low"} <= {kpi.desired for kpi in kpis}
    assert all(objective.kpis for objective in definition.objectives())


@every_sector
def test_a_company_sets_its_goals_itself_and_is_told_where_to_find_them(template: str) -> None:
    """No goal and no figure comes along; nothing else is amiss."""
    definition = load_template(template)
    assert definition.figures == {}
    for kpi in definition.kpis():
        assert (kpi.goal, kpi.monthly_goals) == (None, None)
        assert kpi.goal_hint, kpi.id
        assert kpi.source, kpi.id
    allowed = {"goal_missing", *(["okr_number_missing"] if _open_numbers(definition) else [])}
    assert {problem.code for problem in check_definition(definition)} == allowed


@every_sector
def test_a_sector_speaks_three_languages(template: str) -> None:
    """English, Spanish and Portuguese, wherever a text is shown."""
    definition = load_template(template)
    assert [text for text in _texts(definition) if not _is_complete(text)] == []


@every_sector
def test_a_sector_shows_objectives_with_key_results(template: str) -> None:
    """One or two that serve its scorecard; only what follows that waits for numbers."""
    definition = load_template(template)
    assert 1 <= len(definition.okrs) <= 2
    for okr in definition.okrs:
        assert 2 <= len(okr.key_results) <= 4
        assert okr.objective
        assert {one.kind for one in okr.key_results} == {"change", "milestone"}
    assert not any(one.is_typed for one in _open_numbers(definition))


@every_sector
def test_a_sectors_causes_lead_to_its_profit(template: str) -> None:
    """Links join all objectives, go in no circle, and end in the first perspective."""
    definition = load_template(template)
    objectives = {objective.id for objective in definition.objectives()}
    joined = {end for link in definition.links for end in (link.cause, link.effect)}
    assert joined == objectives
    causes_of = {
        name: [one.cause for one in definition.links if one.effect == name] for name in joined
    }
    TopologicalSorter(causes_of).prepare()
    ends = joined - {link.cause for link in definition.links}
    assert ends <= {objective.id for objective in definition.perspectives[0].objectives}


@every_sector
def test_only_money_comes_from_the_ledger(template: str) -> None:
    """Net sales and profit do in every sector, in Colombia's chart and in Peru's."""
    inputs = load_template(template).inputs
    mapped = [one for one in inputs if one.accounts]
    assert {one.unit[""] for one in mapped} == {"currency"}
    assert all(one.natural for one in mapped)
    assert len([one for one in mapped if set(one.accounts) >= {"puc", "pcge"}]) >= 2


@pytest.mark.parametrize(
    ("template", "variant"),
    [(name, VARIANTS[number % len(VARIANTS)]) for number, name in enumerate(SECTORS)],
    ids=SECTORS,
)
def test_a_year_of_a_sector_calculates_alike_in_a_spreadsheet(
    template: str, variant: Variant, tmp_path: Path
) -> None:
    """Every KPI has a value and an achievement, and every result stored is the engine's."""
    company = _company(template)
    card = score(company).at(YEAR)
    values = [kpi for one in card.perspectives for two in one.objectives for kpi in two.kpis]
    assert all(kpi.value is not None and kpi.score.achievement is not None for kpi in values)
    path = variant.write(company, tmp_path / "company.xlsx")
    assert differences(shown(Workbook.load(path)), stored(path)) == []


def _company(template: str) -> Definition:
    """The sector's company with a year of figures, and goals near what it reached."""
    chance = random.Random(template)  # noqa: S311 - figures for tests
    definition = load_template(template)
    filled = with_figures(definition, dict(_figures(definition, chance)))
    card = score(filled).at(YEAR)
    values = [kpi for one in card.perspectives for two in one.objectives for kpi in two.kpis]
    goals = {
        reached.kpi.id: {"goal": round((reached.value or 1.0) * chance.uniform(0.7, 1.4), 4)}
        for reached in values
    }
    return with_kpis(filled, **goals)


def _figures(definition: Definition, chance: random.Random) -> Iterator[tuple[str, dict[str, Any]]]:
    """Money in ten thousands, counts in hundreds; a part, which follows its whole, is less."""
    wholes = {"currency": 40_000.0}
    for item in definition.inputs:
        unit = item.unit.in_language("en")
        size = wholes.get(unit, 300.0) * chance.uniform(0.7, 0.95)
        wholes[unit] = max(size, 5.0)
        months = [[round(size * chance.uniform(0.8, 1.2), 2) for _ in range(12)] for _ in "ab"]
        yield item.id, {"last_year_months": months[0], "months": months[1]}


def _open_numbers(definition: Definition) -> list[KeyResult]:
    """The key results whose start or target the company has to set."""
    return [one for one in definition.key_results() if None in one.numbers[:2]]


def _texts(definition: Definition) -> Iterator[LocalText]:
    yield from (definition.title, definition.description, definition.company.sector)
    for item in definition.inputs:
        yield from (item.name, item.unit, item.owner)
    for perspective in definition.perspectives:
        yield perspective.name
    for objective in definition.objectives():
        yield objective.name
    for kpi in definition.kpis():
        yield from (kpi.name, kpi.unit, kpi.owner, kpi.description, kpi.goal_hint, kpi.source)
    for okr in definition.okrs:
        yield from (okr.name, okr.owner)
    for one in definition.key_results():
        yield from (one.name, one.owner, *([one.unit] if one.unit else []))


def _is_complete(text: LocalText) -> bool:
    if set(text) == {""}:
        return text[""] in UNITS_IN_ALL_LANGUAGES
    return set(text) == LANGUAGES and all(text.values())
