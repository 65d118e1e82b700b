"""What the charts of the strategy, its perspectives and its objectives are drawn from."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from tablero.workbook_templates.board import Board
from tablero.workbook_templates.dashboard import objective_workings
from tablero.workbook_templates.dashboard.layout import PICK_COLUMNS, STEP_COLUMNS, picks_of
from tablero.workbook_templates.dashboard.objective_workings import labelled, share_of
from tablero.workbook_templates.dashboard.putting import (
    Desk,
    entry,
    quoted,
    shortened,
    shown,
)
from tablero.workbook_templates.dashboard.standing import HUNDRED
from tablero.workbook_templates.layout import (
    STRATEGY,
    perspective_key,
)
from tablero.workbook_templates.sheets.page import Result
from tablero.workbook_templates.tables import MONTHS, Table


def build(desk: Desk) -> None:
    """The blocks that do not depend on what is picked, and the facts."""
    _facts(desk)
    _picks(desk)
    _perspectives(desk)
    _steps(desk)
    objective_workings.build(desk)


def pick_labels(board: Board) -> list[str]:
    """What can be picked, by name; names that are not the only ones of their kind get a number."""
    perspectives = board.definition.perspectives
    names = [board.word(one.name) for one in perspectives]
    unique = len({name.casefold() for name in names}) == len(names)
    labels = []
    for pick in picks_of(board.definition):
        name = names[pick.perspective - 1]
        named = name if unique else f"{pick.perspective} · {name}"
        part = f" ({pick.part[0]}–{pick.part[1]})" if pick.part else ""
        labels.append(f"{named}{part}")
    return labels


def _facts(desk: Desk) -> None:
    table = desk.layout.facts
    desk.head(table, desk.board.say("dashboard.table.facts"), ())
    for row, (text, result) in {**dict(_picked_facts(desk)), **dict(_year_facts(desk))}.items():
        desk.put(table, row, "label", desk.board.say(f"dashboard.fact.{row}"))
        if text:
            desk.formula(table, row, "value", text, result)
        else:
            desk.put(table, row, "value", result)


def _picked_facts(desk: Desk) -> Iterator[tuple[str, tuple[str, Result]]]:
    standing, pick = desk.standing, desk.standing.picked
    yield "hundred", ("", HUNDRED)
    picks = desk.layout.picks
    # IronCalc finds nothing in a list of a single cell.
    found = "MATCH(dashboard_pick,list_dashboard,0)" if len(picks.rows) > 1 else ""
    yield "position", (found, float(standing.pick))
    for column, result in (
        ("first", pick.first),
        ("count", pick.count),
        ("others", int(pick.part is not None)),
        ("perspective", pick.perspective),
    ):
        yield column, (entry(picks, column, "dashboard_position"), float(result))
    achieved = entry(desk.layout.perspectives, "achievement", "dashboard_perspective")
    yield "achievement", (achieved, shown(standing.perspectives[pick.perspective - 1]))


def _year_facts(desk: Desk) -> Iterator[tuple[str, tuple[str, Result]]]:
    """The newest month and the one before it; this year and last, over what both know."""
    standing, trend = desk.standing, desk.board.layout.trend
    months = trend.far_span([STRATEGY], MONTHS)
    slots = desk.layout.slots
    top = min(slots.rows.values()) - 1
    numbers = Table(slots.sheet, slots.title, {"top": top}, slots.columns)
    counted = numbers.span(["top"], [f"newest_{month}" for month in MONTHS])
    newest = f'SUMPRODUCT(MAX(({months}<>"")*({counted}<=period_last)*{counted}))'
    yield "month", (newest, float(standing.month))
    now, before = (standing.strategy_in(month) for month in (standing.month, standing.month - 1))
    yield "now", (f'IF(dashboard_month=0,"",INDEX({months},MAX(dashboard_month,1)))', shown(now))
    earlier = f"INDEX({months},MAX(dashboard_month-1,1))"
    yield "before", (f'IF(dashboard_month<2,"",{earlier})', shown(before))
    kpis = desk.layout.kpis
    span = {one: kpis.span(kpis.row_keys, [one]) for one in kpis.columns}
    total = f"SUM({span['matched']})"
    count = f"COUNT({span['matched']})"
    yield "matched", (count, float(standing.compared.sum()))
    for fact, column, achieved in (
        ("this_year", "achievement", standing.achieved),
        ("last_year", "last_achievement", standing.last_achieved),
    ):
        mean = f"SUMPRODUCT({span[column]},{span['matched']})/{total}"
        yield fact, (f'IF({total}=0,"",{mean})', shown(standing.matched(achieved)))
    known = standing.board.scores.figures.filled[:, : len(MONTHS)]
    yield "months_known", ("COUNT(inputs_last_months)", float(known.sum()))


def _picks(desk: Desk) -> None:
    table = desk.layout.picks
    desk.head(table, desk.board.say("dashboard.table.picks"), PICK_COLUMNS)
    entries = zip(picks_of(desk.board.definition), pick_labels(desk.board), strict=True)
    for row, (pick, label) in zip(table.rows, entries, strict=True):
        desk.put(table, row, "label", label)
        desk.put(table, row, "first", pick.first)
        desk.put(table, row, "count", pick.count)
        desk.put(table, row, "others", int(pick.part is not None))
        desk.put(table, row, "perspective", pick.perspective)


def _perspectives(desk: Desk) -> None:
    table, standing, board = desk.layout.perspectives, desk.standing, desk.board
    desk.head(table, board.say("dashboard.table.perspectives"), table.columns)
    keys = table.row_keys
    offset = 0
    for at, (row, one) in enumerate(zip(keys, board.definition.perspectives, strict=True)):
        name, achieved = shortened(board.word(one.name)), standing.perspectives[at]
        cell = {column: table.cell(row, column) for column in table.columns}
        far = board.layout.scorecard.far
        node = perspective_key(one)
        desk.put(table, row, "name", name)
        label, result = labelled(desk, cell["name"], cell["achievement"], achieved)
        desk.formula(table, row, "label", label, f"{name}{result}")
        desk.formula(table, row, "achievement", far(node, "achievement"), shown(achieved))
        desk.put(table, row, "goal", 1)
        count = sum(len(objective.kpis) for objective in one.objectives)
        last = _last_year(desk, offset, count)
        desk.formula(table, row, "last_year", last, shown(standing.last_perspectives[at]))
        offset += count
        desk.formula(table, row, "weight", far(node, "weight_perspective"), one.weight)
        strategy = far(STRATEGY, "achievement")
        share = share_of(cell, table, keys)
        desk.formula(
            table,
            row,
            "share",
            f'IF(OR({cell["achievement"]}="",{strategy}=""),"",{share})',
            shown(standing.perspective_shares[at]),
        )
        desk.formula(table, row, "points", _points(cell), shown(standing.perspective_points[at]))


def _points(cell: dict[str, str]) -> str:
    """What a row adds to the one above it, or costs it."""
    share, achieved = cell["share"], cell["achievement"]
    return f'IF({share}="","",({achieved}-1)*{share}*dashboard_hundred)'


def _last_year(desk: Desk, offset: int, count: int) -> str:
    """Last year's achievement of a perspective, where that of each of its KPIs is known."""
    kpis = desk.layout.kpis
    keys = kpis.row_keys[offset : offset + count]
    last, weights = (kpis.span(keys, [column]) for column in ("last_achievement", "flat"))
    mean = f"SUMPRODUCT({last},{weights})/SUM({weights})"
    return f'IF(OR(COUNT({last})<ROWS({last}),SUM({weights})=0),"",{mean})'


def _steps(desk: Desk) -> None:
    """From the goal by what each perspective adds or costs to the strategy."""
    table, standing, board = desk.layout.steps, desk.standing, desk.board
    desk.head(table, board.say("dashboard.table.steps"), STEP_COLUMNS)
    perspectives = desk.layout.perspectives
    start(desk, table)
    after, before_row = HUNDRED, "goal"
    for number, row in enumerate(perspectives.rows):
        points = standing.perspective_points[number]
        name, own = (perspectives.cell(row, column) for column in ("name", "points"))
        shown_name = shortened(board.word(board.definition.perspectives[number].name))
        result = shown_name + (desk.not_scored if np.isnan(points) else "")
        label = f'{name}&IF({own}="",{quoted(desk.not_scored)},"")'
        desk.formula(table, row, "label", label, result)
        desk.formula(table, row, "points", own, shown(points))
        after = step(desk, table, (before_row, row), after, points)
        before_row = row
    word = board.say("term.strategy")
    strategy = board.layout.scorecard.far(STRATEGY, "achievement")
    total = f'IF({strategy}="","",{strategy}*dashboard_hundred)'
    desk.put(table, "total", "label", word)
    desk.formula(table, "total", "total", total, shown(standing.strategy * HUNDRED))


def start(desk: Desk, table: Table) -> None:
    """The first row of a waterfall: the goal, one hundred per cent."""
    desk.put(table, "goal", "label", desk.board.say("dashboard.goal"))
    for column in ("after", "goal"):
        desk.formula(table, "goal", column, "dashboard_hundred", HUNDRED)


def step(desk: Desk, table: Table, rows: tuple[str, str], before: float, points: float) -> float:
    """The bars of a row of a waterfall; answers with what it leads to."""
    earlier, row = rows
    added = 0.0 if np.isnan(points) else float(points)
    after = before + added
    missing = bool(np.isnan(points))
    own, until = table.cell(row, "points"), table.cell(row, "after")
    since = table.cell(earlier, "after")
    bars = {
        "base": (f"MAX(0,MIN({since},{until}))", max(0.0, min(before, after))),
        "gain": (f"MAX({own},0)", max(added, 0.0)),
        "cost": (f"MAX(0-{own},0)", max(0.0 - added, 0.0)),
    }
    desk.formula(table, row, "after", f"SUM({since},{own})", after)
    for column, (text, result) in bars.items():
        guarded = f'IF({own}="","",{text})'
        desk.formula(table, row, column, guarded, "" if missing else result)
    return after


def scorecard_row(desk: Desk, kpi: str) -> str:
    """Which row of the Scorecard and of the Trend a KPI stands in, counted from the strategy's."""
    far = desk.board.layout.scorecard.far
    return f"ROW({far(kpi, 'name')})-ROW({far(STRATEGY, 'name')})+1"
