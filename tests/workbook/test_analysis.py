"""The Analysis sheet: what is tried out, ranked and forecast there is what Python finds."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tablero.workbook_templates import vectorised
from tablero.workbook_templates.analysis.layout import KEY, MOST_BARS, MOST_PAIRS, plan_of
from tablero.workbook_templates.board import Board
from tablero.workbook_templates.definition import Definition, Link
from tablero.workbook_templates.scoring import roll_up
from tablero.workbook_templates.sheets.page import Chart, Formula, Page
from tablero.workbook_templates.tables import Table
from tablero.workbook_templates.workbook import make_pages
from tests.engines.ironcalc_engine import Workbook
from tests.engines.libreoffice import Calc
from tests.engines.spreadsheet import Place, Value
from tests.scoring.companies import months
from tests.workbook.companies import cano, every_kind, large, with_figures
from tests.workbook.comparing import alike, differences, shown
from tests.workbook.making import PLAIN, PORTABLE, Variant, results

Trial = dict[str, float]
"""What is tried out: row key and column, such as ``kpi:roa weight``, with its number."""

TRIALS: dict[str, Trial] = {
    "a weight": {"kpi:roa weight": 0.8},
    "a weight of each level": {
        "perspective:financial weight": 0.4,
        "objective:2.1 weight": 0.5,
        "kpi:purchasing_cycle weight": 0.1,
        "kpi:delivery_cycle weight": 0.2,
    },
    "all weights of a group": {"kpi:roa weight": 0.2, "kpi:roe weight": 0.3},
    "more than there is": {
        "perspective:financial weight": 0.9, "perspective:customers weight": 0.6,
    },
    "no weight": {"perspective:financial weight": 0.0},
    "goals": {"kpi:roa goal": 0.5, "kpi:customers_churn goal": 0.2, "kpi:roe goal": 0.0},
    "values": {"kpi:roa value": 0.1, "kpi:sales_growth value": -0.02},
    "everything": {
        "kpi:roa weight": 0.3, "kpi:roa goal": 0.3, "kpi:roa value": 0.6,
        "kpi:satisfied_staff value": 0.5, "objective:4.2 weight": 0.9,
    },
}  # fmt: skip


def tried(now: dict[str, float], typed: dict[str, float]) -> dict[str, float]:
    """The weights of a group: what is typed holds, the others share the rest."""
    rest = sum(weight for key, weight in now.items() if key not in typed)
    total = sum(typed.values())
    if not typed:
        return now
    if rest == 0 or total > 1:
        return {key: typed.get(key, 0.0) / total for key in now}
    return {key: typed.get(key, now[key] * (1 - total) / rest) for key in now}


def with_trial(definition: Definition, trial: Trial) -> Definition:
    """The definition with the weights that are tried out."""
    typed = {key.removesuffix(" weight"): one for key, one in trial.items() if "weight" in key}

    def weighted(kind: str, nodes: list[dict[str, object]]) -> None:
        now = {f"{kind}:{one['id']}": float(str(one["weight"])) for one in nodes}
        then = tried(now, {key: typed[key] for key in now if key in typed})
        for one, weight in zip(nodes, then.values(), strict=True):
            one["weight"] = weight

    data = definition.model_dump(by_alias=True, mode="json")
    weighted("perspective", data["perspectives"])
    for perspective in data["perspectives"]:
        weighted("objective", perspective["objectives"])
        for objective in perspective["objectives"]:
            weighted("kpi", objective["kpis"])
    return Definition.model_validate(data)


def scored(board: Board, trial: Trial) -> tuple[float, list[float]]:
    """Strategy and KPIs of the shown period with what is tried out, by Python's own scoring."""
    definition = with_trial(board.definition, trial)
    columns = {"value": board.scores.values, "goal": board.scores.goals}
    found = {name: one[:, board.column].copy() for name, one in columns.items()}
    for row, kpi in enumerate(definition.kpis()):
        for name, numbers in found.items():
            numbers[row] = trial.get(f"kpi:{kpi.id} {name}", numbers[row])
    policies = definition.policies
    achieved = vectorised.achievements(
        found["value"][:, None],
        found["goal"][:, None],
        [kpi.desired for kpi in definition.kpis()],
        policies.floor,
        policies.cap,
    )
    levels = roll_up(definition, achieved)
    return float(levels[3].achievement[0, 0]), [float(one) for one in achieved[:, 0]]


def typing(table: Table, trial: Trial) -> dict[Place, Value]:
    """The cells in which a trial is typed."""
    return {
        (table.title, table.cell(key.split()[0], f"{key.split()[1]}_then")): number
        for key, number in trial.items()
    }


def assert_tried(found: dict[Place, Value], board: Board, trial: Trial) -> None:
    """The sheet's achievements are Python's, and the changes of the KPIs add up."""
    table, board_now = (
        plan_of(board.layout.plans).what_if,
        board.achievements(board.nodes[0])[board.column],
    )
    strategy, kpis = scored(board, trial)

    def cell(key: str, column: str) -> Value:
        return found[table.title, table.cell(key, column)]

    assert alike(cell("strategy", "achievement_then"), strategy)
    assert alike(cell("strategy", "change"), strategy - board_now)
    keys = [f"kpi:{kpi.id}" for kpi in board.definition.kpis()]
    for key, expected in zip(keys, kpis, strict=True):
        assert alike(cell(key, "achievement_then"), "" if np.isnan(expected) else expected), key
    changes = {key: cell(key, "change") for key in keys}
    sizes = {key: abs(one) for key, one in changes.items() if isinstance(one, float)}
    assert sum(one for one in changes.values() if isinstance(one, float)) == pytest.approx(
        strategy - board_now
    )
    moved = sorted((size for size in sizes.values() if size > 1e-11), reverse=True)
    for key, size in sizes.items():
        rank = cell(key, "rank")
        assert (
            rank == "" if size < 1e-11 else moved[int(float(str(rank))) - 1] == pytest.approx(size)
        )


@pytest.mark.parametrize("variant", [PORTABLE, PLAIN], ids=["portable", "plain"])
def test_what_is_tried_out_scores_as_python_would(variant: Variant, tmp_path: Path) -> None:
    """Weights, goals and values typed one trial after the other, with a month missing, too."""
    board = variant.board(cano())
    table = plan_of(board.layout.plans).what_if
    engine = Workbook.load(variant.write(cano(), tmp_path / "cano.xlsx"))
    typed: dict[Place, Value] = {}
    for trial in TRIALS.values():
        emptied: dict[Place, Value] = dict.fromkeys(typed)
        typed = typing(table, trial)
        engine.set_many(emptied | typed)
        engine.calculate()
        assert_tried(shown(engine), board, trial)
    engine.set_many(dict.fromkeys(typed))
    engine.calculate()
    assert differences(shown(engine), results(board)) == []


def test_libreoffice_tries_out_the_same(calc: Calc, tmp_path: Path) -> None:
    """Everything at once, in a company of which a perspective has no figures."""
    company = with_figures(cano(), {name: {} for name in ("total_customers", "customer_orders")})
    board, trial = PLAIN.board(company), TRIALS["everything"]
    with calc.open(PLAIN.write(company, tmp_path / "cano.xlsx")) as document:
        document.set_many(typing(plan_of(board.layout.plans).what_if, trial))
        document.calculate()
        assert_tried(shown(document), board, trial)


def page_of(definition: Definition, variant: Variant = PLAIN) -> tuple[Board, Page]:
    board = variant.board(definition)
    return board, next(page for page in make_pages(board) if page.key == KEY)


def texts(page: Page, table: Table, column: str) -> list[object]:
    """What a column of a table shows, top to bottom."""
    at = {(cell.row, cell.column): cell.content for cell in page.cells}
    found = [at.get(table.at(key, column)) for key in table.rows]
    return [one.result if isinstance(one, Formula) else one for one in found]


def test_a_perspective_without_figures_says_so() -> None:
    """Its KPIs stand last, without weight, and say what they lack; nothing is forecast of them."""
    names = ("total_customers", "lost_customers", "customer_orders")
    board, page = page_of(with_figures(cano(), {name: {} for name in names}))
    plan = plan_of(board.layout.plans)
    remarks = texts(page, plan.ranked, "remark")
    assert remarks[-4:] == ["no figure"] * 4
    assert set(remarks[:-4]) == {None, ""}
    methods = texts(page, plan.year_end, "method")
    assert methods.count("No figures") == 4
    assert methods.count("Year complete") == 11


def test_one_month_gives_no_correlation_and_a_forecast_by_the_run_rate() -> None:
    """Nothing is claimed of a single month; what it would come to in a year is shown as that."""
    january = {
        one.id: {"months": months((cano().figures[one.id].months or (None,))[0])}
        for one in cano().inputs
    }
    board, page = page_of(with_figures(cano(), january))
    plan = plan_of(board.layout.plans)
    for lag in range(4):
        assert set(texts(page, plan.pairs, f"r{lag}")) == {""}
    methods = set(texts(page, plan.year_end, "method"))
    assert "Run rate" in methods
    assert "Year complete" not in methods


def test_a_definition_without_links_says_that_there_is_nothing_to_compare() -> None:
    """An empty section without a reason would look like a defect."""
    board, page = page_of(every_kind())
    assert plan_of(board.layout.plans).linked == ()
    assert board.say("analysis.no_links") in [cell.content for cell in page.cells]


def test_a_large_company_shows_the_dearest_in_the_chart_and_the_first_pairs() -> None:
    """120 KPIs in the ranking, 20 bars; the command line is named for the other pairs."""
    links = tuple(Link(cause="0.0", effect=f"1.{number}") for number in range(5))
    board, page = page_of(large().model_copy(update={"links": links}))
    plan = plan_of(board.layout.plans)
    assert len(plan.ranked.rows) == 121
    bars = page.charts[0].series[0].values
    assert plan.ranked.cell(str(MOST_BARS), "cost", fixed=True) in bars
    assert len(plan.linked) == MOST_PAIRS
    assert board.say("analysis.more_pairs", count=MOST_PAIRS) in [one.content for one in page.cells]


def hatched(chart: Chart) -> list[str]:
    """The columns of a chart that are drawn with a pattern."""
    return [one.values for one in chart.series if "pattern" in one.look]


def test_forecasts_are_hatched_and_never_drawn_once_the_year_is_complete() -> None:
    """The hatched column is one of its own, and empty where only actual figures are left."""
    board, page = page_of(cano())
    plan = plan_of(board.layout.plans)
    (series,) = [values for chart in page.charts for values in hatched(chart)]
    keys = plan.charted.row_keys
    assert series == f"={plan.charted.far_span(keys, ['end'], fixed=True)}"
    assert set(texts(page, plan.charted, "end")) == {""}
    half = board.calendar.period("ytd", 6)
    board = PLAIN.board(cano(), half)
    page = next(one for one in make_pages(board) if one.key == KEY)
    assert "" not in texts(page, plan.charted, "end")
