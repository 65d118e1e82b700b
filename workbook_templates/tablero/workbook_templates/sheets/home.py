"""The Home sheet: which period, how the company stands, whether to trust it, and where to go."""

from __future__ import annotations

from collections.abc import Mapping

from tablero.workbook_templates import styles
from tablero.workbook_templates.board import Board, Node, known
from tablero.workbook_templates.definition import Band
from tablero.workbook_templates.layout import BAND_COLUMNS, HEADER_ROW, STRATEGY
from tablero.workbook_templates.okrs.scoring import Status
from tablero.workbook_templates.okrs.words import TONES
from tablero.workbook_templates.sheets import checks, okr
from tablero.workbook_templates.sheets.page import (
    Area,
    Bar,
    Choice,
    Content,
    Date,
    Formula,
    Link,
    Page,
    Result,
    Rule,
    Tint,
    Width,
)
from tablero.workbook_templates.sheets.scorecard import symbol
from tablero.workbook_templates.sheets.settings import chosen_month

STEPS = 5
_ROW_HEIGHT = 22
_HEADLINE_HEIGHT = 38
_WIDTHS = {
    "name": 30, "weight": 18, "achievement": 20, "symbol": 3.5, "assessment": 20,
    "coverage": 11, "bar": 22, "gap": 3, "link": 16, "about": 52,
}  # fmt: skip


def build(board: Board) -> Page:
    """The first sheet, from which everything is reached."""
    page = Page("home", board.layout.titles["home"], styles.TAB_RESULT)
    company = board.definition.company
    year = board.say("home.subtitle", year=board.calendar.label, money=board.money)
    page.heading(Formula("set_company", company.name), year)
    _period(board, page)
    _headline(board, page)
    _perspectives(board, page)
    if board.definition.okrs:
        _okrs(board, page)
    _checks(board, page)
    _legend(board, page)
    _guide(board, page)
    _dress(board, page)
    return page


def _section(board: Board, page: Page, row: str, first: str, last: str, label: str) -> None:
    table = board.layout.home
    start, end = table.columns[first], table.columns[last]
    page.put(table.rows[row], start, label, "section")
    page.put_row(table.rows[row], start + 1, [None] * (end - start), "section")


def _put(board: Board, page: Page, row: str, cells: Mapping[str, tuple[Content, str]]) -> None:
    """Place cells of one row, by column."""
    for column, (content, style) in cells.items():
        page.put(*board.layout.home.at(row, column), content, style)


def _period(board: Board, page: Page) -> None:
    table, say = board.layout.home, board.say
    _section(board, page, "top", "name", "weight", say("home.period"))
    label = board.calendar.period_label(board.period, board.language)
    month = Date(*board.calendar.month(chosen_month(board)))
    for row, key, content, style in (
        ("kind", "period", say(f"period.{board.period.kind}"), "input left gutter"),
        ("month", "month", month, "input month left gutter"),
        ("shown", "shown", Formula("period_label", label), "bold left gutter"),
    ):
        _put(board, page, row, {"name": (say(f"home.{key}"), "text"), "weight": (content, style)})
    texts = say("home.period"), say("home.period_prompt"), say("matrix.list_error")
    for row in ("kind", "month"):
        page.rules.append(Choice(table.area([row], ["weight"]), f"list_{row}", *texts))
    page.select = table.at("kind", "weight")


def _headline(board: Board, page: Page) -> None:
    table, scorecard = board.layout.home, board.layout.scorecard
    _section(board, page, "top", "achievement", "bar", board.say("home.strategy"))
    strategy = board.nodes[0]
    achieved = board.achievements(strategy)[board.column]
    band = board.band(achieved)
    words = [board.word(word) for word in (band.name, band.plan, band.term)] if band else [""] * 3
    far = {column: scorecard.far(STRATEGY, column) for column in scorecard.columns}
    verdict = Formula(
        f'{far["symbol"]}&" "&{far["assessment"]}', f"{symbol(board, achieved)} {words[0]}"
    )
    plan = Formula(
        f'{far["plan"]}&IF({far["plan"]}="",""," · ")&{far["term"]}',
        " · ".join(filter(None, words[1:])),
    )
    achievement = Formula(far["achievement"], known(achieved))
    coverage = Formula(far["coverage"], float(board.coverages(strategy)[board.column]))
    note = f"{board.say('home.coverage')}: {board.say('home.coverage_note')}"
    rows: dict[str, dict[str, tuple[Content, str]]] = {
        "kind": {
            "achievement": (achievement, "display percent left gutter"),
            "assessment": (verdict, "verdict"),
        },
        "month": {"achievement": (plan, "bold left gutter")},
        "shown": {"achievement": (coverage, "share left gutter"), "assessment": (note, "muted")},
    }
    for row, cells in rows.items():
        _put(board, page, row, cells)
    corner = table.cell("kind", "achievement", fixed=True)
    page.rules.append(Tint(table.area(["kind"], ("achievement", "assessment")), corner))


def _perspectives(board: Board, page: Page) -> None:
    table, say = board.layout.home, board.say
    _put(
        board,
        page,
        "header",
        {
            "name": (say("home.perspectives"), "header"),
            "weight": (say("home.weight"), "header right"),
            "achievement": (say("home.achievement"), "header right"),
            "symbol": (None, "header"),
            "assessment": (say("home.assessment"), "header"),
            "coverage": (say("home.coverage"), "header right"),
            "bar": (say("scorecard.bar"), "header gutter"),
        },
    )
    nodes = board.members(board.nodes[0])
    for node in nodes:
        _put(board, page, node.key, _perspective(board, node))
    keys = [node.key for node in nodes]
    first = f"${table.cell(keys[0], 'achievement')}"
    page.rules += [
        Tint(table.area(keys, ("achievement", "assessment")), first),
        Bar(table.area(keys, ("bar",))),
    ]


def _perspective(board: Board, node: Node) -> dict[str, tuple[Content, str]]:
    """A perspective's row, all of it read from the Scorecard sheet."""
    achieved = board.achievements(node)[board.column]
    band = board.band(achieved)

    def far(column: str, result: Result) -> Formula:
        return Formula(board.layout.scorecard.far(node.key, column), result)

    own = board.layout.home.cell(node.key, "achievement")
    return {
        "name": (far("name", board.word(node.name)), "kpi bold"),
        "weight": (far("weight_perspective", node.weight), "kpi share"),
        "achievement": (far("achievement", known(achieved)), "kpi percent"),
        "symbol": (far("symbol", symbol(board, achieved)), "kpi center"),
        "assessment": (far("assessment", board.word(band.name) if band else ""), "kpi"),
        "coverage": (far("coverage", float(board.coverages(node)[board.column])), "kpi share"),
        "bar": (Formula(own, known(achieved)), "kpi percent"),
    }


def _okrs(board: Board, page: Page) -> None:
    """How many objectives of the present periods stand how, and the way to them."""
    table = board.layout.home
    _section(board, page, "okrs_title", "name", "bar", board.say("home.okrs"))
    shown: dict[str, Status] = {
        "name": "on_track", "weight": "at_risk", "achievement": "off_track",
    }  # fmt: skip
    for column, grade in shown.items():
        style = f"bold {TONES[grade]}"
        page.put(*table.at("okrs", column), okr.tally(board, grade), style)
    link = Link(f"'{board.layout.titles['okr']}'!A1", board.say("home.okrs_open"))
    page.put(*table.at("okrs", "assessment"), link, "link")


def _checks(board: Board, page: Page) -> None:
    table, total = board.layout.home, board.layout.checks
    _section(board, page, "checks_title", "name", "bar", board.say("home.checks"))
    wrong, doubtful = checks.counts(board)
    go, no_go = board.say("home.go"), board.say("home.no_go")
    verdict = Formula(total.far(checks.TOTAL, "status"), no_go if wrong else go)
    page.put(*table.at("checks", "name"), verdict, "verdict")
    page.put(*table.at("checks", "weight"), _tally(board, wrong, doubtful), "text")
    link = Link(f"'{total.title}'!A1", board.say("home.checks_open"))
    page.put(*table.at("checks", "assessment"), link, "link")
    area, cell = table.area(["checks"], ["name"]), table.cell("checks", "name")
    page.rules += [Rule(area, f'{cell}="{go}"', "well"), Rule(area, f'{cell}="{no_go}"', "alarm")]


def _tally(board: Board, wrong: int, doubtful: int) -> Formula:
    """How many checks are to be mended, else how many are worth a look, else nothing."""
    total = board.layout.checks
    wrong_cell, doubtful_cell = total.far(checks.TOTAL, "result"), total.far(checks.LOOKS, "result")
    wrong_text, doubtful_text = (
        board.say(f"home.{key}", count="\0").split("\0") for key in ("checks_count", "looks_count")
    )
    formula = (
        f'IF({wrong_cell}>0,"{wrong_text[0]}"&{wrong_cell}&"{wrong_text[1]}",'
        f'IF({doubtful_cell}>0,"{doubtful_text[0]}"&{doubtful_cell}&"{doubtful_text[1]}",""))'
    )
    count, parts = (wrong, wrong_text) if wrong else (doubtful, doubtful_text)
    return Formula(formula, f"{parts[0]}{count}{parts[1]}" if count else "")


def _legend(board: Board, page: Page) -> None:
    """Table 2 of the paper, best band first, read from Settings."""
    say = board.say
    _put(
        board,
        page,
        "legend",
        {
            "name": (say("home.legend"), "header"),
            "weight": (say("home.from"), "header right"),
            "achievement": (say("home.plan"), "header gutter"),
            "assessment": (say("home.term"), "header"),
            **dict.fromkeys(("symbol", "coverage", "bar"), (None, "header")),
        },
    )
    for position, band in reversed(list(enumerate(board.definition.bands))):
        _put(board, page, band.id, _band(board, band, position))


def _band(board: Board, band: Band, position: int) -> dict[str, tuple[Content, str]]:
    bands = len(board.definition.bands)
    far = {column: board.layout.bands.far(band.id, column) for column in BAND_COLUMNS}
    sign, term = styles.band_tone(position, bands).symbol, board.word(band.term)
    name = Formula(f'{far["symbol"]}&" "&{far["name"]}', f"{sign} {board.word(band.name)}")
    months = board.duration(band)
    due = Formula(
        f'{far["term"]}&IF({far["months"]}="",""," · "&{far["months"]})',
        f"{term} · {months}" if months else term,
    )
    return {
        "name": (name, f"kpi bold tone{position}of{bands}"),
        "weight": (Formula(far["from"], band.from_), "kpi share"),
        "achievement": (Formula(far["plan"], board.word(band.plan)), "kpi gutter"),
        "assessment": (due, "kpi"),
        **dict.fromkeys(("symbol", "coverage", "bar"), (None, "kpi")),
    }


def _guide(board: Board, page: Page) -> None:
    """How to use the workbook, then a link to every sheet."""
    table = board.layout.home
    link, about = table.columns["link"], table.columns["about"]
    page.put(HEADER_ROW, link, board.say("home.how_to"), "section")
    page.put(HEADER_ROW, about, None, "section")
    for step in range(1, STEPS + 1):
        page.put(HEADER_ROW + step, link, board.say(f"home.step{step}"), "text")
    _host(board, page)
    top = HEADER_ROW + STEPS + 2
    page.put(top, link, board.say("home.sheets"), "section")
    page.put(top, about, None, "section")
    for offset, (sheet, title) in enumerate(list(board.layout.titles.items())[1:], start=1):
        page.put(top + offset, link, Link(f"'{title}'!A1", title), "link")
        page.put(top + offset, about, board.say(f"sheet.about.{sheet}"), "muted")


def _host(board: Board, page: Page) -> None:
    """Where the figures stay live, below the steps; every spreadsheet calculates a plain one."""
    name = board.dialect.name
    if name != "plain":
        style = "muted" if name == "portable" else "text"
        place = HEADER_ROW + STEPS + 1, board.layout.home.columns["link"]
        page.put(*place, board.say(f"home.live_{name}"), style)


def _dress(board: Board, page: Page) -> None:
    table = board.layout.home
    sheets = HEADER_ROW + STEPS + 1 + len(board.layout.titles)
    last = max(*table.rows.values(), sheets)
    page.heights |= dict.fromkeys(range(HEADER_ROW, last + 1), _ROW_HEIGHT)
    page.heights[table.rows["kind"]] = _HEADLINE_HEIGHT
    page.print_area = Area(0, 0, last, table.columns["about"])
    page.logo = (0, table.columns["about"])
    if not board.definition.company.logo:
        page.put(0, table.columns["about"], board.say("home.logo"), "logo")
    for column, characters in _WIDTHS.items():
        page.widths.append(Width(table.columns[column], table.columns[column], characters))
