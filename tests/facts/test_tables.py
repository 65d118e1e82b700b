"""The tables: tidy, with keys that hold, and equal to the scored model."""

from __future__ import annotations

import numpy as np
import pytest

from tablero.workbook_templates.analysis.contribution import contributions
from tablero.workbook_templates.facts.schema import OPTIONAL, SCHEMAS
from tests.facts import companies
from tests.facts.companies import HOSTILE, MODELS, tables_of

KEYS = {
    (schema.name, column.name): column.refers_to
    for schema in SCHEMAS.values()
    for column in schema.columns
    if column.refers_to
}


@pytest.fixture(params=MODELS)
def company(request: pytest.FixtureRequest) -> str:
    """Every company in turn."""
    return str(request.param)


def test_every_table_has_the_columns_that_are_described(company: str) -> None:
    """In their order and of their kinds, also where it has no lines."""
    dtypes = {
        "text": "string", "number": "float64", "share": "float64", "count": "Int64",
        "date": "datetime64[s]", "flag": "boolean",
    }  # fmt: skip
    found = tables_of(company)
    assert set(SCHEMAS) - set(found) <= OPTIONAL
    for name, table in found.items():
        described = {column.name: dtypes[column.kind] for column in SCHEMAS[name].columns}
        assert {column: str(dtype) for column, dtype in table.dtypes.items()} == described


def test_keys_are_unique_and_never_missing(company: str) -> None:
    """Also to a program that does not tell capitals, as Power BI does not."""
    for name, table in tables_of(company).items():
        keys = table[list(SCHEMAS[name].key)]
        assert not keys.isna().any(axis=None), name
        assert not keys.astype(str).apply(lambda key: key.str.casefold()).duplicated().any(), name


def test_every_key_of_another_table_leads_there(company: str) -> None:
    """Or is missing, where there is nothing that it could lead to."""
    found = tables_of(company)
    for (name, column), target in KEYS.items():
        if name in found:
            told = found[name][column].dropna()
            (key,) = SCHEMAS[target].key
            assert told.isin(found[target][key] if target in found else []).all(), (name, column)


def test_names_are_plain(company: str) -> None:
    """Tables and columns are called alike in every language, in ASCII and snake case."""
    for name, table in tables_of(company).items():
        for word in (name, *table.columns):
            assert word.isascii()
            assert word.isidentifier()
            assert word == word.lower()


def test_no_text_is_empty_and_no_number_is_beyond_all(company: str) -> None:
    """What is missing is null, everywhere."""
    for table in tables_of(company).values():
        for column in table.columns[table.dtypes == "string"]:
            assert not table[column].eq("").any()
        assert not np.isinf(table.select_dtypes("float64").to_numpy()).any()


def test_the_facts_are_the_scores(company: str) -> None:
    """Of every level in every period, with what each KPI contributes."""
    scores, found = companies.made(company).scores, tables_of(company)
    for name, level in (
        ("fact_strategy", scores.strategy),
        ("fact_perspective", scores.perspectives),
        ("fact_objective", scores.objectives),
        ("fact_kpi", scores.kpis),
    ):
        shape = (len(scores.periods), len(level.achievement))
        for column in ("achievement", "coverage"):
            told = found[name][column].to_numpy().reshape(shape).T
            np.testing.assert_array_equal(told, getattr(level, column))
    kpis = found["fact_kpi"]
    measured = {"value": scores.values, "goal": scores.goals}
    for column, expected in measured.items():
        measures = kpis[column].to_numpy().reshape(expected.T.shape).T
        np.testing.assert_array_equal(measures, expected)
    points = [contributions(scores, one).points for one in range(len(scores.periods))]
    np.testing.assert_array_equal(kpis["points"], np.concatenate(points))


def test_the_parts_of_a_period_make_one_and_its_contributions_the_strategy() -> None:
    """As far as there is a strategy's achievement."""
    found = tables_of("half")
    kpis = found["fact_kpi"].groupby("period_id", sort=False)
    strategy = found["fact_strategy"].set_index("period_id")["achievement"]
    there = strategy.notna()
    assert 0 < there.sum() < len(there)
    np.testing.assert_allclose(kpis["part"].sum()[there], 1)
    np.testing.assert_allclose(kpis["contribution"].sum()[there], strategy[there])


def test_rolling_periods_are_there_where_last_year_is_known() -> None:
    """Else the year has months, quarters, years to date and itself."""
    kinds = ["month", "quarter", "ytd", "year"]
    assert list(tables_of("paper")["dim_period"]["kind"].unique()) == kinds
    assert list(tables_of("half")["dim_period"]["kind"].unique()) == [*kinds, "rolling"]


def test_a_period_knows_its_months() -> None:
    """In a fiscal year that begins in July."""
    periods = tables_of("half")["dim_period"].set_index("period_id")
    quarter = periods.loc["2026-Q2"]
    assert str(quarter["first_month"].date()) == "2026-10-01"
    assert str(quarter["last_month"].date()) == "2026-12-01"
    assert quarter["months"] == 3
    assert list(periods.index[periods["is_shown"]]) == ["2026-Q2"]


def test_figures_are_those_that_were_typed() -> None:
    """Of both years where last year's are known; a month without one is null."""
    made = companies.made("half")
    told = tables_of("half")["fact_input"]
    figures = made.scores.figures
    np.testing.assert_array_equal(
        told["figure"].to_numpy().reshape(figures.months.T.shape).T, figures.months
    )
    assert str(told["month"].min().date()) == "2025-07-01"
    assert told["period_id"].isna().sum() == 12 * len(figures.ids)


def test_actions_are_told_as_they_are_judged() -> None:
    """What cannot be understood is null; the remark says that it could not."""
    actions = tables_of("registers")["fact_action"].set_index("action_id")
    first = actions.loc[1]
    assert first["kpi_id"] == "sales_growth"
    assert (first["status"], first["status_name"]) == ("in_progress", "En curso")
    assert first["budget"] == 12000
    unknown = actions[actions["what"] == "Of a KPI that is gone"].iloc[0]
    assert unknown[["kpi_id", "start"]].isna().all()
    assert unknown["remark"] == "unknown"
    assert (actions["remark"] == "empty").any()


def test_key_results_stand_as_on_the_as_of_date() -> None:
    """With status in code and word, and every check-in."""
    made = companies.made("followed")
    found = tables_of("followed")
    assert found["dim_okr"]["okr_id"].tolist() == ["earn", "serve", "grow", "later"]
    scores = {one.okr.id: one for one in made.okrs.okrs}
    for line in found["fact_okr"].to_dict("records"):
        expected = scores[line["okr_id"]]
        assert line["as_of"].date() == made.okrs.as_of
        np.testing.assert_equal(line["score"], np.nan if expected.score is None else expected.score)
    assert len(found["fact_check_in"]) == len(made.records.check_ins)
    known = found["fact_key_result"].dropna(subset="status")
    assert set(known["status_name"]) <= {
        made.say(f"okr_status.{status}") for status in known["status"].unique()
    }


def test_problems_of_a_report_are_told_in_its_language() -> None:
    """A model without any has no such table."""
    problems = tables_of("problems")["fact_problem"]
    assert problems["severity"].tolist() == ["error", "warning"]
    assert (problems["sheet"][0], problems["cell"][0]) == ("Inputs", "F7")
    assert problems["message"].notna().all()
    assert "fact_problem" not in tables_of("paper")


def test_names_that_look_like_formulas_stay_texts() -> None:
    """The tables hold what people typed, letter by letter."""
    found = tables_of("hostile")
    assert found["dim_company"]["company"].tolist() == [HOSTILE]
    assert found["dim_kpi"]["kpi"].tolist() == [HOSTILE] * 2
