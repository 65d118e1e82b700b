"""The Dashboard sheet: the scorecard on one printed page, in charts that follow the period."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from tablero.workbook_templates import styles
from tablero.workbook_templates.board import Board
from tablero.workbook_templates.dashboard import drawing, kpi_workings, workings
from tablero.workbook_templates.dashboard.layout import (
    KEY,
    MOST_OBJECTIVES,
    PANELS,
    RADAR_FROM,
    DashboardLayout,
)
from tablero.workbook_templates.dashboard.putting import (
    Desk,
    pattern,
    quoted,
    said,
    shown,
    told,
)
from tablero.workbook_templates.dashboard.standing import HUNDRED, Standing
from tablero.workbook_templates.layout import STRATEGY
from tablero.workbook_templates.sheets.page import (
    Area,
    Choice,
    Content,
    Formula,
    Page,
    Tint,
    Width,
)
from tablero.workbook_templates.sheets.scorecard import subtitle, symbol

_LINE = 14.0
_LETTERS = 33
_TALLEST_TOP, _BAR, _STEP = 165.0, 12.5, 14.5
_CHART = {1: 120.0, 2: 92.0}


def build(board: Board, pick: int = 1) -> Page:
    """The sheet that a board meeting looks at; ``pick`` says which KPIs, counted from 1."""
    page = Page(KEY, board.layout.titles[KEY], styles.TAB_RESULT)
    page.heading(board.layout.titles[KEY], subtitle(board))
    desk = Desk(board, Standing(board, pick), plan_of(board), page)
    _heights(desk)
    _pick(desk)
    _cards(desk)
    _titles(desk)
    workings.build(desk)
    kpi_workings.build(desk)
    _slots(desk)
    easel = drawing.Easel(board, desk.layout, page.heights)
    page.charts += drawing.charts(easel)
    _dress(desk, easel.width)
    return page


def plan_of(board: Board) -> DashboardLayout:
    """Where everything on the sheet stands."""
    plan = board.layout.plans[KEY]
    if not isinstance(plan, DashboardLayout):
        raise TypeError(KEY)
    return plan


def _heights(desk: Desk) -> None:
    """Charts as high as what they show needs, and the page no higher than its width allows."""
    layout, rows, heights = desk.layout, desk.layout.page.rows, desk.page.heights
    heights |= {1: 18, 2: 16, rows["head"]: 16, rows["headline"]: 38, rows["note2"] + 1: 8, 0: 30}
    heights |= dict.fromkeys((rows["note"], rows["note2"]), 15)
    heights |= dict.fromkeys((rows["top"], rows["middle"], rows["bottom"]), 20)
    heights[rows["top_charts"]] = _TALLEST_TOP
    steps = _STEP * max(len(layout.steps.rows), len(layout.kpi_steps.rows))
    bars = _BAR * len(layout.ranked.rows) - _TALLEST_TOP
    heights[rows["middle_charts"]] = max(130.0, steps, bars)
    for line in range(layout.slot_rows):
        heights[rows[f"name{line}"]] = _LINE * _lines(desk)
        heights[rows[f"note{line}"]] = 15
        heights[rows[f"charts{line}"]] = _CHART[layout.slot_rows]


def _lines(desk: Desk) -> int:
    """Lines that the longest name of a KPI takes."""
    board = desk.board
    longest = max(
        len(board.word(kpi.name)) + len(board.unit(kpi.unit)) for kpi in desk.standing.kpis
    )
    return max(1, -(-longest // _LETTERS))


def _pick(desk: Desk) -> None:
    """The list of perspectives, beside the title: what the lower charts look into."""
    page, table, say = desk.page, desk.layout.page, desk.board.say
    label = workings.pick_labels(desk.board)[desk.standing.pick - 1]
    page.put(*table.at("pick", "e"), say("dashboard.pick"), "muted right")
    page.put(*table.at("pick", "f"), label, "input string left")
    page.put(table.rows["pick"] + 1, 0, say("dashboard.key"), "muted")
    texts = say("dashboard.pick_title"), say("dashboard.pick_prompt"), say("matrix.list_error")
    page.rules.append(Choice(table.area(["pick"], ["f"]), "list_dashboard", *texts))
    page.select = table.at("pick", "f")


class _Card(NamedTuple):
    """A figure of the headline with its name above it and what it rests on below."""

    name: str
    figure: Content
    style: str
    note: Content
    second: Content = None


def _cards(desk: Desk) -> None:
    page, table = desk.page, desk.layout.page
    cards = (*_verdict(desk), _month(desk), _last_year(desk), _coverage(desk))
    for column, card in zip(PANELS, cards, strict=False):
        page.put(*table.at("head", column), card.name, "muted")
        page.put(*table.at("headline", column), card.figure, card.style)
        page.put(*table.at("note", column), card.note, "muted")
        if card.second is not None:
            page.put(*table.at("note2", column), card.second, "muted")
    page.put(*table.at("head", "f"), desk.board.say("dashboard.plans"), "muted")
    corner = table.cell("headline", "a", fixed=True)
    page.rules.append(Tint(table.area(["headline"], ("a", "b")), corner))


def _verdict(desk: Desk) -> Iterator[_Card]:
    """Achievement of the strategy, its band, and the plan and term that go with it."""
    board, far = desk.board, desk.board.layout.scorecard.far
    achieved = desk.standing.strategy
    label = board.calendar.period_label(board.period, board.language)
    yield _Card(
        board.say("dashboard.strategy"),
        Formula(far(STRATEGY, "achievement"), shown(achieved)),
        "display percent left gutter",
        Formula("period_label", label),
    )
    band = board.band(achieved)
    words = [board.word(word) for word in (band.name, band.plan, band.term)] if band else [""] * 3
    sign, name, plan, term = (
        far(STRATEGY, column) for column in ("symbol", "assessment", "plan", "term")
    )
    yield _Card(
        board.say("dashboard.assessment"),
        Formula(f'{sign}&" "&{name}', f"{symbol(board, achieved)} {words[0]}"),
        "headline left",
        Formula(f'{plan}&IF({plan}="",""," · ")&{term}', " · ".join(filter(None, words[1:]))),
    )


def _per_cent(number: float) -> str:
    return f"{said(number * HUNDRED, 1)}%"


def _month(desk: Desk) -> _Card:
    """The newest month against the one before it."""
    board, standing = desk.board, desk.standing
    now, before = (standing.strategy_in(month) for month in (standing.month, standing.month - 1))
    is_known = not np.isnan(before)
    change = 'IF(dashboard_before="","–",(dashboard_now-dashboard_before)*dashboard_hundred)'
    result = (now - before) * HUNDRED if is_known else "–"
    words = {
        "month": "INDEX(month_words,dashboard_month+12)",
        "earlier": "INDEX(month_words,dashboard_month+11)",
        "now": f'{told("dashboard_now*dashboard_hundred", "1")}&"%"',
        "before": f'{told("dashboard_before*dashboard_hundred", "1")}&"%"',
    }
    compared = pattern(board, "dashboard.months_compared", **words)
    alone = board.say("dashboard.no_month_before")
    note = f'IF(dashboard_before="",{quoted(alone)},{compared})'
    result_note = alone
    if is_known:
        result_note = board.say(
            "dashboard.months_compared",
            month=_month_word(board, standing.month),
            earlier=_month_word(board, standing.month - 1),
            now=_per_cent(now),
            before=_per_cent(before),
        )
    name = board.say("dashboard.against_month")
    return _Card(name, Formula(change, result), "headline signed left", Formula(note, result_note))


def _month_word(board: Board, number: int) -> str:
    month = board.calendar.month(number)
    return f"{board.say(f'month.{month.month}')} {month.year}"


def _last_year(desk: Desk) -> _Card:
    """How the year stands against last year over the KPIs that are known in both."""
    board, standing = desk.board, desk.standing
    this, last = (standing.matched(one) for one in (standing.achieved, standing.last_achieved))
    is_known = not np.isnan(this)
    change = (
        'IF(dashboard_this_year="","–",(dashboard_this_year-dashboard_last_year)*dashboard_hundred)'
    )
    unknown, matched = board.say("dashboard.no_last_year"), int(standing.compared.sum())
    places = {"matched": "dashboard_matched", "all": "ROWS(dashboard_kpi_achievement)"}
    compared = pattern(board, "dashboard.years_compared", **places)
    told = board.say("dashboard.years_compared", matched=str(matched), all=str(len(standing.kpis)))
    totals = board.say("dashboard.last_year_by_totals")
    by_months = board.say("dashboard.last_year_by_months")
    knows_months = board.scores.figures.knows_last_year
    basis = (by_months if knows_months else totals) if is_known else ""
    second = (
        f'IF(dashboard_this_year="","",'
        f"IF(dashboard_months_known=0,{quoted(totals)},{quoted(by_months)}))"
    )
    return _Card(
        board.say("dashboard.against_year"),
        Formula(change, (this - last) * HUNDRED if is_known else "–"),
        "headline signed left",
        Formula(
            f'IF(dashboard_this_year="",{quoted(unknown)},{compared})',
            told if is_known else unknown,
        ),
        Formula(second, basis),
    )


def _coverage(desk: Desk) -> _Card:
    board = desk.board
    coverage = float(board.coverages(board.nodes[0])[board.column])
    return _Card(
        board.say("dashboard.coverage"),
        Formula(board.layout.scorecard.far(STRATEGY, "coverage"), coverage),
        "headline share left",
        board.say("dashboard.coverage_note"),
    )


def _titles(desk: Desk) -> None:
    """What each chart shows, in the shown period, above it."""
    board, table = desk.board, desk.layout.page
    has_radar = len(desk.layout.perspectives.rows) >= RADAR_FROM
    objectives = len(desk.layout.objectives.rows)
    ranked = "ranked" if objectives <= MOST_OBJECTIVES else "lowest"
    _title(desk, "top", "a", "radar" if has_radar else "bullets")
    if has_radar:
        _title(desk, "top", "c", "bullets")
    else:
        _section(desk, "top", "c", board.say("dashboard.title.no_radar"))
    _title(desk, "top", "e", ranked, shown=MOST_OBJECTIVES, all=objectives)
    _title(desk, "middle", "a", "steps")
    picked = workings.pick_labels(board)[desk.standing.pick - 1]
    for row, column, key in (("middle", "c", "kpi_steps"), ("bottom", "a", "months")):
        text = pattern(board, f"dashboard.title.{key}", pick="dashboard_pick", year="set_year")
        year = board.calendar.label
        told = board.say(f"dashboard.title.{key}", pick=picked, year=year)
        _section(
            desk, row, column, Formula(text, told), 2 if row == "middle" else len(table.columns)
        )


def _title(desk: Desk, row: str, column: str, key: str, **values: int) -> None:
    board = desk.board
    words = {name: str(value) for name, value in values.items()}
    label = board.calendar.period_label(board.period, board.language)
    told = board.say(f"dashboard.title.{key}", period=label, **words)
    literal = {name: quoted(value) for name, value in words.items()}
    text = pattern(board, f"dashboard.title.{key}", period="period_label", **literal)
    _section(desk, row, column, Formula(text, told))


def _section(desk: Desk, row: str, column: str, content: Content, columns: int = 2) -> None:
    place = desk.layout.page.at(row, column)
    desk.page.put(*place, content, "section")
    desk.page.put_row(place[0], place[1] + 1, [None] * (columns - 1), "section")


def _slots(desk: Desk) -> None:
    """Name and figures of each KPI above its chart."""
    page, slots = desk.page, desk.layout.slots
    results = {
        (cell.row, cell.column): cell.content.result
        for cell in page.cells
        if isinstance(cell.content, Formula)
    }
    for number, key in enumerate(slots.rows):
        line, place = divmod(number, len(PANELS))
        for row, column, style in (("name", "name", "bold wrap top"), ("note", "note", "muted")):
            at = desk.layout.page.at(f"{row}{line}", PANELS[place])
            page.put(*at, Formula(slots.cell(key, column), results[slots.at(key, column)]), style)


def _dress(desk: Desk, width: float) -> None:
    page, table = desk.page, desk.layout.page
    page.widths.append(Width(table.columns["a"], table.columns["f"], width))
    last = max(table.rows.values())
    page.print_area = Area(0, 0, last, table.columns["f"])
    page.pages_high = 1
    page.put(last + 2, 0, desk.board.say("dashboard.workings"), "working bold")
