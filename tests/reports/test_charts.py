"""Charts: their specifications are valid and hold no text of a workbook, their rows the scores."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import numpy as np
import pytest

from tablero.workbook_templates import brand, styles
from tablero.workbook_templates.reports import charts
from tablero.workbook_templates.reports.charts import Chart, Look
from tablero.workbook_templates.reports.report import Report
from tests.reports.companies import (
    HOSTILE,
    half_year,
    hostile,
    large_report,
    report_of,
    reporting,
    with_okrs,
)

TEXT, MARK = 4.5, 3.0
"""Least contrasts of letters and of marks (WCAG 2.2, 1.4.3 and 1.4.11)."""


def every(report: Report, look: Look | None = None) -> Iterator[tuple[str, Chart]]:
    """All charts of a report by name."""
    strategy, kpi = report.nodes[0], next(one for one in report.nodes if one.level == "kpi")
    made = {
        "perspectives": charts.by_perspective(report, look),
        "objectives": charts.by_objective(report, look),
        "members": charts.by_member(report, strategy, look),
        "contribution": charts.contribution(report, look),
        "distribution": charts.distribution(report, look),
        "trend": charts.trend(report, strategy, look),
        "trend of a KPI": charts.trend(report, kpi, look),
        "amounts": charts.amounts(report, kpi, look),
        "year end": charts.year_end(report, look),
        "okrs": charts.okr_progress(report, look),
    }
    yield from ((name, one) for name, one in made.items() if one is not None)


@cache
def validator() -> Any:
    """Vega-Lite's own schema, of the version that is declared."""
    import altair as alt  # noqa: PLC0415 - slow to start
    from jsonschema import Draft7Validator  # type: ignore[import-untyped]  # noqa: PLC0415

    schema = alt.TopLevelSpec._rootschema
    return Draft7Validator({**schema, "$ref": "#/definitions/TopLevelSpec"})


def complaints(spec: dict[str, Any]) -> list[str]:
    return [error.message[:300] for error in validator().iter_errors(spec)]


@pytest.mark.parametrize("dark", [False, True])
def test_specifications_are_valid_by_the_schema_of_vega_lite(*, dark: bool) -> None:
    """Every chart, with its rows, on light and on dark ground."""
    for report in (half_year(), with_okrs()):
        for name, chart in every(report, Look.of(report, dark=dark)):
            assert complaints(chart.whole) == [], name


def test_the_schema_refuses_what_is_wrong() -> None:
    """The check would find a misspelt mark."""
    (_, chart), *_ = every(half_year())
    assert complaints({**chart.whole, "layer": [{"mark": "bars"}]}) != []


def test_all_kinds_of_charts_are_checked() -> None:
    """The companies of these tests have something for each."""
    found = {name for report in (half_year(), with_okrs()) for name, _ in every(report)}
    assert len(found) == 10


def test_no_text_of_a_workbook_gets_into_a_specification() -> None:
    """Names stand in the rows only: the specification of any company is that of any other."""
    usual = {name: chart.spec for name, chart in every(half_year())}
    other = dict(every(hostile()))
    for name, chart in other.items():
        assert chart.spec == usual[name], name
        assert not any(one in json.dumps(chart.spec) for one in HOSTILE[:2])
    told = json.dumps([dict(row) for row in other["contribution"].rows])
    assert sum(json.dumps(one)[1:-1] in told for one in HOSTILE) > 4


def test_a_chart_of_another_period_has_the_same_specification() -> None:
    """A page replaces the rows and nothing else."""
    report = half_year()
    for make in (charts.by_perspective, charts.by_objective, charts.contribution):
        specs = [make(report, column=column).spec for column in range(len(report.scores.periods))]
        assert all(spec == specs[0] for spec in specs)


def test_a_column_shows_what_its_period_shows() -> None:
    """Asking for a column is the same as showing its period."""
    report = half_year()
    for column, period in enumerate(report.scores.periods):
        other = report.at(period)
        for make in (charts.by_objective, charts.contribution, charts.distribution):
            assert make(report, column=column) == make(other)
        node = report.nodes[1]
        assert charts.trend(report, node, column=column) == charts.trend(other, node)


def numbers(chart: Chart, field: str) -> list[float]:
    return [np.nan if row[field] is None else float(str(row[field])) for row in chart.rows]


@pytest.mark.parametrize("make", [half_year, large_report, lambda: report_of("cano")])
def test_bars_are_the_scores(make: Callable[[], Report]) -> None:
    """Achievements by perspective and objective are those of the scored model, unrounded."""
    report = make()
    scores, column = report.scores, report.column
    expected = [
        *scores.strategy.achievement[:, column],
        *scores.perspectives.achievement[:, column],
    ]
    np.testing.assert_array_equal(numbers(charts.by_perspective(report), "achievement"), expected)
    found = {str(row["key"]): row["achievement"] for row in charts.by_objective(report).rows}
    for node in report.nodes:
        if node.level in ("perspective", "objective"):
            known = report.achievements(node)[column]
            assert found[node.key] == (None if np.isnan(known) else known)


def test_the_trend_is_the_scores_of_the_months() -> None:
    """Months, and the year to date until the newest month."""
    report = half_year()
    node = report.nodes[0]
    chart = charts.trend(report, node)
    months = report.achievements(node)[list(report.month_columns)]
    np.testing.assert_array_equal(numbers(chart, "achievement"), months)
    assert [row["to_date_shown"] != "" for row in chart.rows] == [True] * 6 + [False] * 6
    june = report.scores.periods.index(report.calendar.parse("ytd-2026-06"))
    assert chart.rows[5]["to_date_shown"] == report.share(report.achievements(node)[june])
    assert [row["is_inside"] for row in chart.rows] == [1] * 6 + [0] * 6


def test_values_goals_and_last_year_are_those_of_the_kpi() -> None:
    """In the KPI's unit, by month."""
    report = half_year()
    node = next(one for one in report.nodes if one.id == "margin")
    chart = charts.amounts(report, node)
    columns, scores = list(report.month_columns), report.scores
    np.testing.assert_array_equal(numbers(chart, "value"), scores.values[node.row, columns])
    np.testing.assert_array_equal(numbers(chart, "goal"), scores.goals[node.row, columns])
    last = report.beside_last_year.last_months[node.row]
    np.testing.assert_array_equal(numbers(chart, "last"), last)
    assert chart.title == "margin: value and goal by month, %, 2026 (lighter: 2025)"


def test_a_unit_or_last_year_that_is_not_there_is_not_told() -> None:
    """The title of a KPI without a unit in a company without last year."""
    report = large_report()
    node = next(one for one in report.nodes if one.level == "kpi")
    assert charts.amounts(report, node).title == "kpi0: value and goal by month, 2026"


def test_points_add_up_to_the_strategys_distance_from_its_goal() -> None:
    """Ten KPIs with bars of their own, the dearest first, and one bar of all others."""
    report = large_report()
    chart = charts.contribution(report)
    points = numbers(chart, "points")
    assert len(points) == 11
    assert points[:10] == sorted(points[:10])
    assert sum(points) == pytest.approx(report.achievements(report.nodes[0])[report.column] - 1)
    assert chart.rows[-1]["name"] == "110 other KPIs"
    assert chart.title.startswith("The 10 of 120 KPIs")
    own = sorted(np.abs(report.contributions.points), reverse=True)[:10]
    assert sorted(map(abs, points[:10]), reverse=True) == pytest.approx(own)


def test_few_kpis_need_no_bar_of_others() -> None:
    """Each has its own, in the order of the ranking."""
    chart = charts.contribution(report_of("segelec", "es", "2024"))
    assert [row["shown"] for row in chart.rows] == ["+5.0%", "+10.0%"]
    keys = {one.key for one in report_of("segelec", "es", "2024").nodes}
    assert {row["key"] for row in chart.rows} < keys
    assert "otros" not in chart.title.lower()


def test_kpis_are_counted_by_band() -> None:
    """The bands' numbers and that of the unknown add up to all."""
    for report in (half_year(), large_report()):
        counts = numbers(charts.distribution(report), "count")
        assert sum(counts) == len(report.kpis)
        best = sum(
            report.standing(one).position == len(report.verdicts) - 1
            for one in report.nodes
            if one.level == "kpi"
        )
        assert counts[0] == best


def test_the_years_end_is_the_forecast_of_the_analysis() -> None:
    """Only where months are open."""
    chart = charts.year_end(half_year())
    assert chart is not None
    from tablero.workbook_templates.analysis.forecast import forecast  # noqa: PLC0415

    report = half_year()
    found = forecast(report.definition, report.scores.figures, 6)
    assert chart.rows[0]["end"] == found.strategy.achievement[0, 0]
    assert charts.year_end(report_of("cano")) is None


def test_progress_of_okrs_is_told_with_what_is_expected() -> None:
    """Objectives and key results, with status in words; none without OKRs."""
    chart = charts.okr_progress(with_okrs())
    assert chart is not None
    okrs = with_okrs().okrs.okrs
    assert len(chart.rows) == sum(1 + len(one.key_results) for one in okrs)
    assert [row["progress"] for row in chart.rows if row["is_group"]] == [one.score for one in okrs]
    assert charts.okr_progress(half_year()) is None


def test_a_bar_that_goes_too_far_is_cut_and_says_so() -> None:
    """The figure beside it is whole."""
    row = charts.by_perspective(half_year()).rows[0]
    assert row["drawn"] == 2.0
    assert str(row["achievement"]).startswith("21.0")
    assert str(row["shown"]).startswith("2,105.2% ›")


def test_a_company_without_figures_has_charts_that_say_so() -> None:
    """Rows without numbers, in words."""
    report = reporting(half_year().definition.model_copy(update={"figures": {}}))
    for name, chart in every(report):
        assert chart.description, name
    assert {row["shown"] for row in charts.by_objective(report).rows} == {"No figures"}
    assert charts.contribution(report).rows == ()
    assert charts.trend(report, report.nodes[0]).description.endswith("Newest: No figures.")


def test_numbers_are_written_as_the_language_does() -> None:
    """Decimal commas in Portuguese, and its words."""
    chart = charts.by_perspective(report_of("cano", "pt"))
    assert chart.title == "Atingimento por perspectiva, % da meta, 2016"
    assert chart.table[0] == ("Estratégia", "80,5%", "Bom")


def test_the_table_has_a_cell_for_each_column() -> None:
    """The same rows to those who read rather than see."""
    for report in (half_year(), with_okrs()):
        for _, chart in every(report):
            assert all(len(row) == len(chart.columns) for row in chart.table)


@pytest.mark.parametrize("colour", [None, "#FFCC00", "#0A0A0A", "#00A8E8"])
def test_colours_have_contrast(colour: str | None) -> None:
    """Letters 4.5 : 1, marks 3 : 1, on both grounds and in any company's colour."""
    definition = report_of("cano").definition
    company = definition.company.model_copy(update={"colour": colour})
    report = reporting(definition.model_copy(update={"company": company}))
    for dark in (False, True):
        look = Look.of(report, dark=dark)
        letters = (look.text, look.accent, *(one.ink for one in look.four))
        for ground in (look.ground, look.soft, look.accent_soft):
            assert min(brand.contrast(one, ground) for one in letters) >= TEXT, (dark, ground)
        assert brand.contrast(look.muted, look.ground) >= TEXT
        assert min(brand.contrast(one.ink, one.paper) for one in look.four) >= TEXT
        marks = (look.gain, look.loss, look.muted, look.accent)
        assert min(brand.contrast(one, look.ground) for one in marks) >= MARK


def test_bands_of_other_numbers_have_their_tones() -> None:
    """Two bands take the first and the last sign."""
    report = report_of("cano")
    bands = (report.definition.bands[0], report.definition.bands[-1])
    two = reporting(report.definition.model_copy(update={"bands": bands}))
    look = Look.of(two, dark=True)
    assert [one.symbol for one in look.tones] == ["▼", "▲"]
    assert look.shapes["range"] == ["stroke", "triangle-down", "triangle-up"]
    assert styles.band_tone(1, 2).symbol == look.tones[-1].symbol


def test_the_figure_of_a_loss_stands_over_the_base() -> None:
    """Not in its column, which goes down."""
    report = report_of("cano")
    node = next(one for one in report.nodes if one.id == "customers_growth")
    rows = charts.amounts(report, node).rows
    below = [row for row in rows if row["value"] is not None and float(row["value"]) < 0]
    assert below
    assert {row["over"] for row in below} == {0.0}
    assert all(row["over"] == row["value"] for row in rows if row not in below)
