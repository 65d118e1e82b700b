"""The measures: they are DAX, name what there is, and show what Tablero has scored."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pbi_parsers.dax.exprs import ColumnExpression, FunctionExpression, MeasureExpression

from tablero.workbook_templates.power_bi.measures import MEASURES, dax_of, name_of
from tablero.workbook_templates.scored_model import Node, ScoredModel
from tablero.workbook_templates.texts import LANGUAGES
from tests.facts.companies import made
from tests.power_bi.conftest import Engines
from tests.power_bi.dax import column_of, measure_of, parsed
from tests.power_bi.test_semantic_model import of_each

CODES = {"paper": ("2016-03", "2016-Q2", "ytd-2016-09", "2016"), "half": ("2026-08", "2026-Q1")}
FUNCTIONS = {
    "ALL", "ALLNOBLANKROW", "BLANK", "CALCULATE", "COUNTROWS", "FILTER", "HASONEVALUE", "IF",
    "ISBLANK", "ISEMPTY", "KEEPFILTERS", "LOOKUPVALUE", "MAX", "MAXX", "NOT", "REMOVEFILTERS",
    "SELECTEDVALUE", "SUM", "SWITCH", "TRUE",
}  # fmt: skip


def chosen(node: Node, code: str) -> dict[str, str]:
    """What is chosen where one looks at a node in a period."""
    period = {"dim_period__period_id": code}
    if node.level == "strategy":
        return period
    return {**period, f"dim_{node.level}__{node.level}_id": node.id}


def standings() -> Iterator[tuple[str, ScoredModel, Node, str, int]]:
    """Every node of some companies in periods of each kind."""
    for company, codes in CODES.items():
        model = made(company)
        for code in codes:
            column = model.scores.periods.index(model.calendar.parse(code))
            for node in model.nodes:
                yield company, model, node, code, column


def figure(number: float) -> float | None:
    """A number as DAX has it."""
    return None if number != number else number  # noqa: PLR0124 - it is none that is not itself


def approximately(number: float | None) -> Any:
    """A number but for its last digits; nothing is nothing."""
    return None if number is None else pytest.approx(number, abs=1e-12)


@of_each
def test_every_measure_is_dax_over_columns_that_there_are(company: str, engine: Engines) -> None:
    """And names no measure that there is not."""
    found = engine(company)
    columns = {
        (name, one["name"])
        for name, table in found.project.tables.items()
        for one in table["columns"]
    }
    for formula in found.formulas.values():
        assert {column_of(one) for one in formula.find_all(ColumnExpression)} <= columns
        named = {measure_of(one) for one in formula.find_all(MeasureExpression)}
        assert named <= found.formulas.keys()
        used = {one.function_name() for one in formula.find_all(FunctionExpression)}
        assert used <= FUNCTIONS


@pytest.mark.parametrize("language", LANGUAGES)
def test_measures_are_told_apart_by_their_names(language: str) -> None:
    """Power BI tells upper and lower case not apart; each formula is DAX in each language."""
    model = ScoredModel(made("paper").scores, language, made("paper").period)
    names = [name_of(model, one.key) for one in MEASURES]
    assert len({name.casefold() for name in names}) == len(names)
    for measure in MEASURES:
        parsed(dax_of(model, measure))


def test_achievement_coverage_and_band_are_those_of_the_scorecard(engine: Engines) -> None:
    """Of every node, in periods of each kind."""
    for company, model, node, code, column in standings():
        ask, where = engine(company).ask, chosen(node, code)
        achievement = figure(float(model.achievements(node)[column]))
        place = f"{company} {node.key} {code}"
        assert ask(name_of(model, "achievement"), **where) == approximately(achievement), place
        own = name_of(model, f"achievement.{node.level}")
        assert ask(own, **where) == approximately(achievement), place
        coverage = float(model.coverages(node)[column])
        assert ask(name_of(model, "coverage"), **where) == approximately(coverage), place
        band = model.band(float(model.achievements(node)[column]))
        said = band and model.word(band.name)
        assert ask(name_of(model, "band"), **where) == said, place


def test_values_and_goals_are_those_of_the_scorecard(engine: Engines) -> None:
    """The gap is between them; both are nothing where no single KPI is looked at."""
    for company, model, node, code, column in standings():
        where = chosen(node, code)
        value, goal, gap = (
            engine(company).ask(name_of(model, key), **where) for key in ("value", "goal", "gap")
        )
        single = node.level == "kpi" or len(model.members(node)) == 1 != len(model.nodes)
        if node.level == "kpi":
            assert value == approximately(figure(float(model.scores.values[node.row, column])))
            assert goal == approximately(figure(float(model.scores.goals[node.row, column])))
            if value is not None and goal is not None:
                assert gap == pytest.approx(value - goal)
        elif not single:
            assert (value, goal, gap) == (None, None, None)


def test_contributions_of_all_kpis_are_the_strategy_s_achievement(engine: Engines) -> None:
    """The points are what is missing from 100 %, or above it."""
    for code in CODES["paper"]:
        ask = engine("paper").ask
        strategy = ask("Strategy achievement", dim_period__period_id=code)
        assert ask("Contribution", dim_period__period_id=code) == pytest.approx(strategy)
        assert ask("Points", dim_period__period_id=code) == pytest.approx(strategy - 1)


def test_without_a_choice_it_is_the_period_that_the_workbook_shows(engine: Engines) -> None:
    """With a choice that leaves that out, and of no single one, it is none."""
    model = made("half")
    ask = engine("half").ask
    assert ask("period_id") == "2026-Q2" == model.calendar.code(model.period)
    assert ask(name_of(model, "period")) == model.calendar.period_label(model.period, "pt")
    assert ask("period_id", dim_period__kind="quarter") == "2026-Q2"
    assert ask("period_id", dim_period__kind="month") is None
    assert ask(name_of(model, "achievement.strategy"), dim_period__kind="month") is None


def test_the_previous_period_is_the_one_of_the_same_kind_before(engine: Engines) -> None:
    """The first of a kind has none."""
    ask = engine("paper").ask
    before = {"2016-03": "2016-02", "2016-Q2": "2016-Q1", "ytd-2016-09": "ytd-2016-08"}
    for code, earlier in before.items():
        now, then = (
            ask("Strategy achievement", dim_period__period_id=one) for one in (code, earlier)
        )
        assert ask("Previous achievement", dim_period__period_id=code) == pytest.approx(then)
        assert ask("Change", dim_period__period_id=code) == pytest.approx(now - then)
        arrow = "↗" if now > then else "↘"
        assert ask("Direction", dim_period__period_id=code) == arrow
    for code in ("2016-01", "2016"):
        assert ask("Previous achievement", dim_period__period_id=code) is None
        assert ask("Direction", dim_period__period_id=code) is None


def test_of_some_perspectives_there_is_no_achievement(engine: Engines) -> None:
    """Nothing is rolled up a second time: of two there is no figure, and of none neither."""
    ask = engine("paper").ask
    assert ask("Achievement", dim_kpi__desired="Low") is None
    strange = {"dim_perspective__perspective_id": "financial", "dim_objective__objective_id": "2.1"}
    assert ask("Achievement", **strange) is None
    assert ask("Perspective achievement", **strange) is None
    assert ask("Objective achievement", **strange) is None


def test_kpis_are_counted_by_band(engine: Engines) -> None:
    """All of them together are those that there are; those without a figure have no band."""
    for company, codes in CODES.items():
        model, ask = made(company), engine(company).ask
        count, unknown = name_of(model, "kpi_count"), name_of(model, "kpi_unknown")
        for code in codes:
            where = {"dim_period__period_id": code}
            bands = [
                ask(count, dim_band__band_id=band.id, **where) or 0
                for band in model.definition.bands
            ]
            every = len(model.scores.values)
            assert ask(count, **where) == every
            assert sum(bands) == every - (ask(unknown, **where) or 0)


def test_okrs_are_those_of_the_workbook(engine: Engines) -> None:
    """Score, progress, expectation and status of each on the as-of date."""
    model, ask = made("followed"), engine("followed").ask
    assert model.definition.okrs
    for one in model.okrs.okrs:
        where = {"dim_okr__okr_id": one.okr.id}
        assert ask(name_of(model, "okr_score"), **where) == approximately(one.score)
        assert ask(name_of(model, "okr_expected"), **where) == approximately(one.expected)
        for each in one.key_results:
            where = {"dim_key_result__key_result_id": each.key_result.id}
            assert ask(name_of(model, "key_result_progress"), **where) == approximately(
                each.progress
            )
            said = model.say(f"okr_status.{each.status}") if each.status else None
            assert ask(name_of(model, "key_result_status"), **where) == said
    assert ask(name_of(model, "as_of")) == model.okrs.as_of
    assert ask(name_of(model, "okr_score")) is None


def test_actions_are_those_of_the_workbook(engine: Engines) -> None:
    """How many are open, and how many are late."""
    model, ask = made("registers"), engine("registers").ask
    judged = model.actions.judged
    assert ask(name_of(model, "actions_open")) == sum(one.is_open for one in judged)
    assert ask(name_of(model, "actions_late")) == sum(
        line["is_late"] for line in engine("registers").project.data["fact_action"]
    )
    assert name_of(model, "actions_open") not in engine("followed").project.measures


def test_the_documentation_names_every_measure_that_people_see() -> None:
    """In English, as in a workbook that speaks it."""
    told = (Path(__file__).parents[2] / "docs" / "power-bi.md").read_text("utf-8")
    shown = [name_of(made("paper"), one.key) for one in MEASURES if not one.is_hidden]
    assert [name for name in shown if not re.search(rf"[|,] {name}[ ,]", told)] == []
