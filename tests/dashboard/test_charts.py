"""The charts of the dashboard: bound to the right cells, told in words, readable without colour."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from tablero.workbook_templates import styles
from tablero.workbook_templates.board import Board
from tablero.workbook_templates.brand import contrast, readable
from tablero.workbook_templates.dashboard.workings import pick_labels
from tablero.workbook_templates.definition import Definition
from tablero.workbook_templates.periods import Calendar
from tablero.workbook_templates.sheets import dashboard
from tablero.workbook_templates.texts import LANGUAGES
from tablero.workbook_templates.workbook import make_pages
from tablero.workbook_templates.write import write_workbook
from tests.dashboard.charts import DrawnChart, charts_of, drawn
from tests.engines.ironcalc_engine import Workbook
from tests.engines.libreoffice import Calc
from tests.engines.package import read_package
from tests.engines.spreadsheet import Value
from tests.workbook.companies import cano, every_kind, large
from tests.workbook.making import PLAIN, Variant, choice, named_cell

MAY = Calendar(2016).period("ytd", 5)


def opened(company: Definition, folder: Path) -> tuple[list[DrawnChart], Workbook]:
    """The charts of a company's dashboard, and its workbook ready to calculate."""
    path = PLAIN.write(company, folder / "company.xlsx")
    return charts_of(read_package(path), "Dashboard"), Workbook.load(path)


def numbers(values: list[Value]) -> list[float]:
    """Figures as a chart takes them: texts are nothing."""
    return [float(one) if isinstance(one, float | int) else np.nan for one in values]


def test_bars_and_radar_draw_the_achievements_of_the_shown_period(tmp_path: Path) -> None:
    """Perspectives in their order, objectives from best to worst, each against 100 %."""
    charts, engine = opened(cano(), tmp_path)
    board = PLAIN.board(cano(), MAY)
    engine.set_many(choice(board, MAY))
    engine.calculate()
    radar, bullets, ranked = charts[:3]
    kinds = [chart.kinds for chart in (radar, bullets, ranked)]
    assert kinds == [("radarChart",), ("barChart",), ("barChart",)]
    expected = board.scores.perspectives.achievement[:, board.column]
    assert numbers(drawn(engine, radar.series[2].values)) == pytest.approx(list(expected))
    assert numbers(drawn(engine, bullets.series[0].values)) == pytest.approx(list(expected))
    assert drawn(engine, bullets.series[1].values) == [1.0] * 4
    objectives = sorted(board.scores.objectives.achievement[:, board.column], reverse=True)
    assert numbers(drawn(engine, ranked.series[0].values)) == pytest.approx(objectives)
    labels = drawn(engine, bullets.series[0].labels)
    assert [str(one).rpartition("  ")[0] for one in labels] == [
        board.word(one.name) for one in board.definition.perspectives
    ]


def test_small_charts_draw_the_months_of_the_picked_perspective(tmp_path: Path) -> None:
    """This year's months and the goals of each KPI, as many as there are; the rest is empty."""
    charts, engine = opened(cano(), tmp_path)
    board, pick = PLAIN.board(cano()), 4
    engine.set(*named_cell(board, "dashboard_pick"), pick_labels(board)[pick - 1])
    engine.calculate()
    kpis = [
        len(one.objectives[0].kpis) + len(one.objectives[1].kpis) for one in cano().perspectives
    ]
    first = sum(kpis[: pick - 1])
    small = charts[6:]
    assert len(small) == max(kpis)
    for number, chart in enumerate(small):
        last, actual, goal, _ = (numbers(drawn(engine, one.values)) for one in chart.series)
        assert chart.kinds == ("barChart", "lineChart")
        assert np.isnan(last).all()
        if number >= kpis[pick - 1]:
            assert np.isnan(actual).all()
            continue
        kpi = list(cano().kpis())[first + number]
        times = 100 if kpi.unit.in_language("en") == "%" else 1
        for figures, found in ((board.scores.values, actual), (board.scores.goals, goal)):
            known = figures[first + number, board.month_columns] * times
            assert found == pytest.approx(list(known))


def test_waterfalls_lead_from_the_goal_to_what_is_achieved(tmp_path: Path) -> None:
    """Each step begins where the one before it ended, and the last one ends at the total."""
    charts, engine = opened(cano(), tmp_path)
    engine.calculate()
    for chart in charts[4:6]:
        goal, base, gain, cost, total = (
            np.nan_to_num(numbers(drawn(engine, one.values))) for one in chart.series
        )
        assert goal[0] == 100
        reached = 100 + np.sum(gain) - np.sum(cost)
        assert np.max(total) == pytest.approx(reached)
        level = 100.0
        for low, up, down in zip(base[1:], gain[1:], cost[1:], strict=True):
            if up or down:
                assert low == pytest.approx(min(level, level + up - down))
                level += up - down


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_chart_is_told_in_words(language: str, tmp_path: Path) -> None:
    """In the workbook's language, each in its own words, and each series has a name."""
    variant = Variant("plain", language)
    package = read_package(variant.write(cano(), tmp_path / "cano.xlsx"))
    charts = charts_of(package, variant.board(cano()).layout.titles["dashboard"])
    alts = [chart.alt for chart in charts]
    assert len(charts) == 6 + 4
    assert len(set(alts)) == len(alts)
    assert min(map(len, alts)) > 20
    assert all(series.name for chart in charts for series in chart.series)


def test_charts_refer_to_the_workings_below_the_page(tmp_path: Path) -> None:
    """All of them on the sheet itself, each reference as long as its labels."""
    path = PLAIN.write(large(), tmp_path / "large.xlsx")
    last = max(dashboard.plan_of(PLAIN.board(large())).page.rows.values()) + 1
    charts = charts_of(read_package(path), "Dashboard")
    assert len(charts) == 6 + 12
    for chart in charts:
        for series in chart.series:
            ends = [re.findall(r"\d+", one) for one in (series.labels, series.values)]
            assert ends[0] == ends[1] or len(set(map(tuple, ends))) == 1, series
            assert all(int(row) > last for row in ends[1])
            assert series.values.startswith("Dashboard!$")


def test_two_perspectives_have_bars_and_no_radar() -> None:
    """A radar of two encloses nothing, which the sheet says in its place."""
    board = PLAIN.board(every_kind())
    page = dashboard.build(board)
    assert page.charts[0].kind == {"type": "bar"}
    assert board.say("dashboard.title.no_radar") in {cell.content for cell in page.cells}


COLOURS = (styles.ACCENT, *map(readable, ("#FFCC00", "#00A0A0", "#808080", "#E4002B", "#7FFF00")))


@pytest.mark.parametrize("colour", COLOURS)
def test_this_year_and_last_are_told_apart_in_grey(colour: str) -> None:
    """Whatever the company's colour, this year is much darker than last year."""
    assert contrast(colour, styles.LAST_YEAR) >= 2.5
    assert contrast(styles.LAST_YEAR, styles.WHITE) >= 1.5


def test_gains_and_losses_are_told_apart_in_grey_and_carry_dark_figures() -> None:
    """They differ in lightness, not only in hue, and their signed figures read on both."""
    assert contrast(styles.GAIN, styles.LOSS) >= 1.5
    for paper in (styles.GAIN, styles.LOSS):
        assert contrast(styles.TEXT, paper) >= 4.5


def pages_printed(board: Board, calc: Calc, folder: Path) -> int:
    """On how many pages the dashboard is printed, the other sheets being hidden."""
    pages = sorted(make_pages(board), key=lambda page: page.key != "dashboard")
    for page in pages[1:]:
        page.visible = False
    path = folder / "dashboard.xlsx"
    write_workbook(board, pages, path)
    pdf = calc.convert(path, folder / "dashboard.pdf").read_bytes()
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


@pytest.mark.parametrize("company", [cano(), large()], ids=["cano", "large"])
def test_it_is_printed_on_one_page(company: Definition, calc: Calc, tmp_path: Path) -> None:
    """The paper's company, and one of 7 perspectives, 30 objectives and 120 KPIs."""
    assert pages_printed(PLAIN.board(company), calc, tmp_path) == 1
