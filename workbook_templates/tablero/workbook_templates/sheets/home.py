"""The Home sheet: which period, how the company stands, whether to trust it, and where to go."""

from __future__ import annotations

from tablero.workbook_templates import styles
from tablero.workbook_templates.board import Board, known
from tablero.workbook_templates.layout import HEADER_ROW, SHEETS, STRATEGY
from tablero.workbook_templates.sheets import checks
from tablero.workbook_templates.sheets.page import (
    Area,
    Bar,
    Choice,
    Date,
    Formula,
    Link,
    Page,
    Rule,
    Tint,
    Width,
)
from tablero.workbook_templates.sheets.scorecard import symbol
from tablero.workbook_templates.sheets.settings import chosen_month

STEPS = 5
_ROW_HEIGHT = 22
_HEADLINE_HEIGHT = 38


def build(board: Board) -> Page:
    """The first sheet, from which everything is reached."""
    page = Page("home", board.layout.titles["home"], styles.TAB_RESULT)
    company = board.definition.company
    year = board.say("home.subtitle", year=board.calendar.label, money=board.money)
    page.heading(Formula("set_company", company.name), year)
    _period(board, page)
    _headline(board, page)
    _perspectives(board, page)
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


def _period(board: Board, page: Page) -> None:
    table, say = board.layout.home, board.say
    _section(board, page, "top", "name", "weight", say("home.period"))
    label = board.calendar.period_label(board.period, board.language)
    month = board.calendar.month(chosen_month(board))
    for row, key in (("kind", "period"), ("month", "month"), ("shown", "shown")):
        page.put(*table.at(row, "name"), say(f"home.{key}"), "text")
    page.put(*table.at("kind", "weight"), say(f"period.{board.period.kind}"), "input left gutter")
    page.put(*table.at("month", "weight"), Date(*month), "input month left gutter")
    page.put(*table.at("shown", "weight"), Formula("period_label", label), "bold left gutter")
    for row, source in (("kind", "list_kind"), ("month", "list_month")):
        area = table.area([row], ["weight"])
        page.rules.append(
            Choice(
                area,
                source,
                say("home.period"),
                say("home.period_prompt"),
                say("matrix.list_error"),
            )
        )
    page.select = table.at("kind", "weight")


def _headline(board: Board, page: Page) -> None:
    table, scorecard = board.layout.home, board.layout.scorecard
    _section(board, page, "top", "achievement", "bar", board.say("home.strategy"))
    strategy = board.nodes[0]
    achieved = board.achievements(strategy)[board.column]
    band = board.band(achieved)
    far = {column: scorecard.far(STRATEGY, column) for column in scorecard.columns}
    words = [board.word(word) for word in (band.name, band.plan, band.term)] if band else [""] * 3
    page.put(
        *table.at("kind", "achievement"),
        Formula(far["achievement"], known(achieved)),
        "display percent left gutter",
    )
    page.put(
        *table.at("kind", "assessment"),
        Formula(
            f'{far["symbol"]}&" "&{far["assessment"]}', f"{symbol(board, achieved)} {words[0]}"
        ),
        "verdict",
    )
    page.put(
        *table.at("month", "achievement"),
        Formula(
            f'{far["plan"]}&IF({far["plan"]}="",""," · ")&{far["term"]}',
            " · ".join(filter(None, words[1:])),
        ),
        "bold left gutter",
    )
    coverage = float(board.coverages(strategy)[board.column])
    page.put(
        *table.at("shown", "achievement"), Formula(far["coverage"], coverage), "share left gutter"
    )
    page.put(
        *table.at("shown", "assessment"),
        f"{board.say('home.coverage')}: {board.say('home.coverage_note')}",
        "muted",
    )
    corner = f"${table.cell('kind', 'achievement')}".replace("$", "$", 1)
    page.rules.append(Tint(table.area(["kind"], ("achievement", "assessment")), _fixed(corner)))


def _fixed(reference: str) -> str:
    """The same cell for every cell of a rule: both coordinates fixed."""
    letters = reference.strip("$").rstrip("0123456789")
    return f"${letters}${reference.strip('$')[len(letters) :]}"


def _perspectives(board: Board, page: Page) -> None:
    table, scorecard = board.layout.home, board.layout.scorecard
    for column, key in (
        ("name", "perspectives"),
        ("weight", "weight"),
        ("achievement", "achievement"),
        ("symbol", ""),
        ("assessment", "assessment"),
        ("coverage", "coverage"),
        ("bar", ""),
    ):
        role = {
            "weight": "header right",
            "achievement": "header right",
            "coverage": "header right",
            "bar": "header gutter",
        }.get(column, "header")
        label = (
            board.say(f"home.{key}")
            if key
            else (board.say("scorecard.bar") if column == "bar" else "")
        )
        page.put(*table.at("header", column), label, role)
    nodes = [node for node in board.nodes if node.level == "perspective"]
    for node in nodes:
        achieved = board.achievements(node)[board.column]
        band = board.band(achieved)
        results = {
            "name": (board.word(node.name), "bold"),
            "achievement": (known(achieved), "percent"),
            "symbol": (symbol(board, achieved), "center"),
            "assessment": (board.word(band.name) if band else "", ""),
            "coverage": (float(board.coverages(node)[board.column]), "share"),
        }
        for column, (result, role) in results.items():
            page.put(
                *table.at(node.key, column),
                Formula(scorecard.far(node.key, column), result),
                f"kpi {role}",
            )
        page.put(
            *table.at(node.key, "weight"),
            Formula(scorecard.far(node.key, "weight_perspective"), node.weight),
            "kpi share",
        )
        page.put(
            *table.at(node.key, "bar"),
            Formula(table.cell(node.key, "achievement"), known(achieved)),
            "kpi percent",
        )
    keys = [node.key for node in nodes]
    page.rules += [
        Tint(
            table.area(keys, ("achievement", "assessment")),
            f"${table.cell(keys[0], 'achievement')}",
        ),
        Bar(table.area(keys, ("bar",))),
    ]


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
    table, bands = board.layout.home, board.layout.bands
    for column, key in (
        ("name", "legend"),
        ("weight", "from"),
        ("achievement", "plan"),
        ("assessment", "term"),
    ):
        page.put(
            *table.at("legend", column),
            board.say(f"home.{key}"),
            {"from": "header right", "plan": "header gutter"}.get(key, "header"),
        )
    for column in ("symbol", "coverage", "bar"):
        page.put(*table.at("legend", column), None, "header")
    for position, band in reversed(list(enumerate(board.definition.bands))):
        tone = styles.band_tone(position, len(board.definition.bands))
        far = {column: bands.far(band.id, column) for column in bands.columns}
        name, term = board.word(band.name), board.word(band.term)
        months = (
            board.say("settings.duration", first=band.months[0], last=band.months[1])
            if band.months
            else ""
        )
        page.put(
            *table.at(band.id, "name"),
            Formula(f'{far["symbol"]}&" "&{far["name"]}', f"{tone.symbol} {name}"),
            f"kpi bold tone{position}of{len(board.definition.bands)}",
        )
        page.put(*table.at(band.id, "weight"), Formula(far["from"], band.from_), "kpi share")
        page.put(
            *table.at(band.id, "achievement"),
            Formula(far["plan"], board.word(band.plan)),
            "kpi gutter",
        )
        page.put(*table.at(band.id, "symbol"), None, "kpi")
        page.put(
            *table.at(band.id, "assessment"),
            Formula(
                f'{far["term"]}&IF({far["months"]}="",""," · "&{far["months"]})',
                f"{term} · {months}" if months else term,
            ),
            "kpi",
        )
        page.put_row(table.rows[band.id], table.columns["coverage"], [None, None], "kpi")


def _guide(board: Board, page: Page) -> None:
    """How to use the workbook, then a link to every sheet."""
    table = board.layout.home
    link, about = table.columns["link"], table.columns["about"]
    page.put(HEADER_ROW, link, board.say("home.how_to"), "section")
    page.put(HEADER_ROW, about, None, "section")
    for step in range(1, STEPS + 1):
        page.put(HEADER_ROW + step, link, board.say(f"home.step{step}"), "text")
    top = HEADER_ROW + STEPS + 2
    page.put(top, link, board.say("home.sheets"), "section")
    page.put(top, about, None, "section")
    for offset, sheet in enumerate(SHEETS[1:], start=1):
        title = board.layout.titles[sheet]
        page.put(top + offset, link, Link(f"'{title}'!A1", title), "link")
        page.put(top + offset, about, board.say(f"sheet.about.{sheet}"), "muted")


def _dress(board: Board, page: Page) -> None:
    table = board.layout.home
    last = max(table.rows.values())
    page.heights |= dict.fromkeys(range(HEADER_ROW, last + 1), _ROW_HEIGHT)
    page.heights[table.rows["kind"]] = _HEADLINE_HEIGHT
    page.print_area = Area(0, 0, last, table.columns["about"])
    page.logo = (0, table.columns["about"])
    if not board.definition.company.logo:
        page.put(0, table.columns["about"], board.say("home.logo"), "logo")
    for column, characters in (
        ("name", 30),
        ("weight", 18),
        ("achievement", 20),
        ("symbol", 3.5),
        ("assessment", 20),
        ("coverage", 11),
        ("bar", 22),
        ("gap", 3),
        ("link", 16),
        ("about", 52),
    ):
        page.widths.append(Width(table.columns[column], table.columns[column], characters))
