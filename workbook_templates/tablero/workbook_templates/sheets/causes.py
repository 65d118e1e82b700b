"""The sheet Causes: the fishbone of a KPI that somebody picks, and the list of its causes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from tablero.workbook_templates import styles
from tablero.workbook_templates.board import Board, known
from tablero.workbook_templates.registers.causes import Causes, Placed
from tablero.workbook_templates.registers.layout import SLOTS, SPINE, UPPER, CausesPlan
from tablero.workbook_templates.registers.parts import CATEGORIES, CAUSES
from tablero.workbook_templates.sheets.actions import INPUT, entry_content
from tablero.workbook_templates.sheets.page import (
    Area,
    Choice,
    Formula,
    Hint,
    Page,
    Result,
    Rule,
    Tint,
    Width,
)
from tablero.workbook_templates.sheets.shapes import Connector, Drawing, Spot
from tablero.workbook_templates.tables import HEADER_ROW

_GROUP_WIDTH, _BONE_WIDTH, _HEAD_WIDTH = 34, 9, 32
_HEAD = 6
"""The column of the fish's head."""
_ROW, _TALL = 20, 30
_COMPUTED = ("shown", "count", "state")
_NOTHING = Placed({}, 0, 0, 0, 0, 0)
_BLANK_LINES = 8


def build(board: Board) -> Page:
    """The fishbone, and below it a line a cause."""
    plan = cast("CausesPlan", board.layout.plans["causes"])
    page = Page("causes", board.layout.titles["causes"], styles.TAB_INPUT)
    page.heading(board.layout.titles["causes"], board.say("causes.subtitle"))
    causes = board.causes
    _chosen(board, plan, page, causes)
    _count(board, plan, page, causes)
    for category in CATEGORIES:
        _group(board, plan, page, causes, category)
    _head(board, page, causes)
    page.drawing = Drawing(connectors=tuple(_bones()))
    _register(board, plan, page, causes)
    _workings(board, plan, page, causes)
    _dress(board, plan, page)
    return page


def _chosen(board: Board, plan: CausesPlan, page: Page, causes: Causes) -> None:
    """The KPI whose causes are drawn."""
    table, say = plan.chosen, board.say
    page.put(*table.at("label", "value"), say("causes.chosen"), "header gutter")
    label = board.choices["kpi"].get(causes.chosen, causes.chosen) or None
    page.put(*table.at("kpi", "value"), label, "input string left wrap gutter")
    texts = say("causes.chosen"), say("causes.chosen_prompt"), say("matrix.list_error")
    page.rules.append(Choice(table.area(["kpi"], ["value"]), "list_kpi", *texts))
    page.select = table.at("kpi", "value")


def _count(board: Board, plan: CausesPlan, page: Page, causes: Causes) -> None:
    """How many causes are drawn; where there are none, how they come there."""
    none = board.say("causes.nothing")
    before, after = board.say("causes.found", count="\0").split("\0")
    total = f"SUM({plan.numbers.span(CATEGORIES, ['count'])})"
    found = sum(one.rank > 0 for one in causes.placed)
    formula = Formula(
        f'IF({total}=0,"{none}","{before}"&{total}&"{after}")',
        f"{before}{found}{after}" if found else none,
    )
    page.put(HEADER_ROW - 1, 0, formula, "bold")


def _group(board: Board, plan: CausesPlan, page: Page, causes: Causes, category: str) -> None:
    """What a group of causes is called, which people may change, and its causes."""
    table, numbers = plan.groups[category], plan.numbers
    name = board.choices["category"][category]
    page.put(*table.at("head", "value"), name, "input string bold left gutter")
    page.heights[table.rows["head"]] = 22
    hint = board.say("causes.group"), board.say("causes.group_prompt")
    page.rules.append(Hint(table.area(["head"], ["value"]), *hint))
    drawn, number = causes.drawn(category), CATEGORIES.index(category) + 1
    for slot in range(SLOTS):
        key = f'"{number}|{slot + 1}"'
        text = f'IF(COUNTIF(causes_key,{key})=0,"",INDEX(causes_cause,MATCH({key},causes_key,0)))'
        shown = Formula(text, drawn[slot] if slot < len(drawn) else "")
        page.put(*table.at(str(slot), "value"), shown, "wrap")
        page.heights[table.rows[str(slot)]] = _TALL
    before, after = board.say("causes.more", count="\0").split("\0")
    over = f"{numbers.cell(category, 'count')}-{numbers.cell('chosen', 'count')}"
    more = len(drawn) - SLOTS
    text = f'IF({over}>0,"{before}"&({over})&"{after}","")'
    told = f"{before}{more}{after}" if more > 0 else ""
    page.put(*table.at("more", "value"), Formula(text, told), "muted")


def _head(board: Board, page: Page, causes: Causes) -> None:
    """The effect: the chosen KPI with its achievement in the period shown."""
    one = causes.actions.standings[causes.number - 1] if causes.number else None
    name = board.choices["kpi"][one.kpi.id] if one else ""
    number = "fishbone_number"
    label = Formula(f'IF({number}=0,"",INDEX(action_kpi_label,{number}))', name)
    achieved = known(one.achievement) if one else ""
    share = Formula(f'IF({number}=0,"",INDEX(action_kpi_achievement,{number}))', achieved)
    page.put(SPINE - 1, _HEAD, board.say("causes.effect"), "header gutter")
    page.put(SPINE, _HEAD, label, "objective wrap no_indent gutter")
    page.put(SPINE + 1, _HEAD, share, "objective percent no_indent")
    page.heights[SPINE] = _TALL
    area = Area(SPINE + 1, _HEAD, SPINE + 1, _HEAD)
    cell = f"${'ABCDEFG'[_HEAD]}${SPINE + 2}"
    page.rules.append(Tint(area, cell, signed=True))


def _bones() -> list[Connector]:
    """The spine, and a rib from each group to it."""
    middle = SPINE + 0.5
    spine = Connector(
        Spot(middle, 0.0), Spot(middle, float(_HEAD)), colour=styles.ACCENT, width=2.25
    )
    ribs = []
    for category in CATEGORIES:
        place = CATEGORIES.index(category) % len(UPPER)
        row = HEADER_ROW + 1.0 if category in UPPER else SPINE + SLOTS + 2.0
        start = Spot(row, 2 * place + 1.0)
        end = Spot(middle, 2 * place + 2.0)
        ribs.append(Connector(start, end, arrow=False, colour=styles.MARK, width=1.5))
    return [spine, *ribs]


def _register(board: Board, plan: CausesPlan, page: Page, causes: Causes) -> None:
    table = plan.causes
    top = min(table.rows.values()) - 1
    for column, position in table.columns.items():
        label = "" if column == "gap" else board.say(f"causes.{column}")
        page.put(top, position, label, "header gutter")
    page.heights[top] = 24
    placed = dict(zip(table.rows, causes.placed, strict=False))
    for key in table.rows:
        one = placed.get(key, _NOTHING)
        for typed in CAUSES.columns:
            content = entry_content(board, typed, one.line.get(typed.key))
            page.put(*table.at(key, typed.key), content, INPUT["text"])
        for name, formula in _line(board, plan, key, one).items():
            style = {"shown": "kpi flag", "count": "kpi count", "state": "kpi gutter"}
            page.put(*table.at(key, name), formula, style.get(name, "working"))
        page.put(*table.at(key, "gap"), None, "kpi")
        page.heights[table.rows[key]] = _TALL


def _line(board: Board, plan: CausesPlan, key: str, one: Placed) -> Mapping[str, Formula]:
    """What a line of the list comes to."""
    table = plan.causes
    cell = {column: table.cell(key, column) for column in table.columns}
    first = table.row_keys[0]
    until = {
        column: f"{table.cell(first, column, fixed=True)}:{cell[column]}"
        for column in ("kpi_number", "category_number")
    }
    kpi, category, cause = cell["kpi_number"], cell["category_number"], cell["cause"]
    running = f"COUNTIFS({until['kpi_number']},{kpi},{until['category_number']},{category})"
    count = f"SUMPRODUCT((actions_cause={cause})*(actions_said=1))"
    opened = f"SUMPRODUCT((actions_cause={cause})*(actions_open=1))"
    none, closed, going = (board.say(f"cause_state.{state}") for state in ("none", "done", "open"))
    state = "" if not one.line.get("cause") else closed if one.actions else none
    results: dict[str, tuple[str, Result]] = {
        "shown": (f'IF({cell["key"]}="",0,1)', float(bool(one.rank))),
        "count": (
            f'IF({cause}="","",{count})',
            float(one.actions) if one.line.get("cause") else "",
        ),
        "state": (
            f'IF({cause}="","",IF({cell["count"]}=0,"{none}",IF({opened}>0,"{going}","{closed}")))',
            going if one.open else state,
        ),
        "kpi_number": (
            f'IF({cell["kpi"]}="",0,SUMPRODUCT((action_kpi_label={cell["kpi"]})*action_kpi_number))',
            float(one.kpi),
        ),
        "category_number": (
            f'IF({cause}="",0,SUMPRODUCT((list_category={cell["category"]})*number_category))',
            float(one.category),
        ),
        "key": (
            f'IF(OR({kpi}=0,{kpi}<>fishbone_number,{category}=0),"",{category}&"|"&{running})',
            one.key,
        ),
    }
    return {column: Formula(*formula) for column, formula in results.items()}


def _workings(board: Board, plan: CausesPlan, page: Page, causes: Causes) -> None:
    """The groups by number, how many causes each has, and how many there is room for."""
    table = plan.numbers
    for number, category in enumerate(CATEGORIES, start=1):
        head = plan.groups[category].cell("head", "value")
        name = board.choices["category"][category]
        page.put(*table.at(category, "label"), category, "working")
        page.put(*table.at(category, "word"), Formula(f'{head}&""', name), "working")
        page.put(*table.at(category, "number"), number, "working count")
        own = table.cell(category, "number")
        count = (
            f"COUNTIFS(causes_kpi_number,fishbone_number,causes_category_number,{own},"
            "causes_shown,1)"
        )
        found = float(len(causes.drawn(category)))
        page.put(*table.at(category, "count"), Formula(count, found), "working count")
    chosen = plan.chosen.cell("kpi", "value")
    page.put(*table.at("chosen", "label"), board.say("causes.chosen"), "working")
    worst = "MATCH(MIN(action_kpi_achievement),action_kpi_achievement,0)"
    formula = (
        f'IF({chosen}<>"",SUMPRODUCT((action_kpi_label={chosen})*action_kpi_number),'
        f"IF(COUNT(action_kpi_achievement)=0,1,{worst}))"
    )
    page.put(*table.at("chosen", "number"), Formula(formula, float(causes.number)), "working count")
    page.put(*table.at("chosen", "count"), SLOTS, "working count")


def _dress(board: Board, plan: CausesPlan, page: Page) -> None:
    table, say = plan.causes, board.say
    keys = table.row_keys
    filled = len(board.causes.placed)
    last = table.rows[keys[min(filled + _BLANK_LINES, len(keys)) - 1]]
    page.print_area = Area(0, 0, last, _HEAD)
    for number in range(len(UPPER)):
        page.widths.append(Width(2 * number, 2 * number, _GROUP_WIDTH))
        page.widths.append(Width(2 * number + 1, 2 * number + 1, _BONE_WIDTH))
    page.widths.append(Width(_HEAD, _HEAD, _HEAD_WIDTH))
    title = say("causes.title")
    for column in CAUSES.columns:
        area, prompt = table.area(keys, (column.key,)), say(f"causes.{column.key}_prompt")
        if column.choices:
            texts = title, prompt, say("matrix.list_error")
            page.rules.append(Choice(area, f"list_{column.choices}", *texts))
        else:
            page.rules.append(Hint(area, title, prompt))
    state = table.area(keys, ("state",))
    cell = table.cell(keys[0], "state")
    page.rules.append(Rule(state, f'{cell}="{say("cause_state.none")}"', "warning"))
