"""The Settings sheet: company, policies, bands, lists, and what the chosen period works out to."""

from __future__ import annotations

from tablero.workbook_templates import styles
from tablero.workbook_templates.board import Board
from tablero.workbook_templates.layout import FIRST_ROW, MONTH_NUMBERS, Table
from tablero.workbook_templates.periods import KINDS, MONTHS_A_QUARTER, MONTHS_A_YEAR
from tablero.workbook_templates.sheets.page import (
    Area,
    Choice,
    Content,
    Date,
    Formula,
    Hint,
    Numbers,
    Page,
    Result,
    Width,
    serial,
)


def build(board: Board) -> Page:
    """The sheet that holds every constant of the workbook."""
    page = Page("settings", board.layout.titles["settings"], styles.TAB_SETTING)
    page.heading(board.layout.titles["settings"], board.say("settings.subtitle"))
    _company(board, page)
    _policies(board, page)
    _bands(board, page)
    _lists(board, page)
    _months(board, page)
    _workings(board, page)
    page.widths += [Width(0, 0, 34), Width(1, 1, 30), Width(2, 10, 18)]
    page.print_area = Area(0, 0, max(board.layout.bands.rows.values()), 7)
    page.select = board.layout.settings.at("company", "value")
    return page


def _section(page: Page, row: int, label: str, columns: int = 3) -> None:
    page.put(row, 0, label, "section")
    page.put_row(row, 1, [None] * (columns - 1), "section")
    page.heights[row] = 20


def _company(board: Board, page: Page) -> None:
    table, company = board.layout.settings, board.definition.company
    _section(page, FIRST_ROW - 1, board.say("settings.company"))
    for row, label in (
        ("company", "name"),
        ("currency", "currency"),
        ("scale", "scale"),
        ("first_month", "first_month"),
        ("year", "year"),
    ):
        page.put(*table.at(row, "label"), board.say(f"settings.{label}"), "text")
    page.put(*table.at("company", "value"), company.name, "input string left")
    name = table.area(["company"], ["value"])
    page.rules.append(Hint(name, board.say("settings.name"), board.say("settings.name_prompt")))
    page.put(*table.at("currency", "value"), board.money, "left")
    page.put(*table.at("scale", "value"), board.say(f"scale.{company.scale}"), "muted left")
    page.put(*table.at("first_month", "value"), Date(*board.calendar.month(1)), "month left")
    page.put(*table.at("year", "value"), board.calendar.label, "left")


def _policies(board: Board, page: Page) -> None:
    table, policies = board.layout.settings, board.definition.policies
    _section(page, table.rows["floor"] - 1, board.say("settings.policies"))
    answer = board.say("answer.yes" if policies.annualise else "answer.no")
    for row, content, style in (
        ("floor", policies.floor, "input percent left"),
        ("cap", policies.cap, "input percent left"),
        ("annualise", answer, "input left"),
    ):
        page.put(*table.at(row, "label"), board.say(f"settings.{row}"), "text")
        page.put(*table.at(row, "value"), content, style)
        page.put(*table.at(row, "note"), board.say(f"settings.{row}_note"), "muted gutter")
    title, error = board.say("inputs.number_title"), board.say("settings.threshold_error")
    page.rules += [
        Numbers(table.area(["floor", "cap"], ["value"]), title, "", error),
        Choice(
            table.area(["annualise"], ["value"]),
            "list_answer",
            board.say("matrix.list_title"),
            "",
            board.say("matrix.list_error"),
        ),
    ]


def _bands(board: Board, page: Page) -> None:
    table, bands = board.layout.bands, board.definition.bands
    top = min(table.rows.values())
    _section(page, top - 3, board.say("settings.bands"))
    page.put(top - 2, 0, board.say("settings.bands_note"), "muted")
    for column in table.columns:
        label = {"name": "assessment"}.get(column, column)
        page.put(top - 1, table.columns[column], board.say(f"settings.{label}"), "header")
    for position, band in enumerate(bands):
        contents: dict[str, Content] = {
            "from": band.from_,
            "name": board.word(band.name),
            "plan": board.word(band.plan),
            "term": board.word(band.term),
            "months": board.duration(band) or None,
            "symbol": styles.band_tone(position, len(bands)).symbol,
        }
        for column, content in contents.items():
            role = {"from": "input percent left", "symbol": "center"}.get(
                column, "input string left"
            )
            page.put(*table.at(band.id, column), content, role)
    title, error = board.say("inputs.number_title"), board.say("settings.threshold_error")
    words = table.area(table.row_keys, ["name", "months"])
    page.rules += [
        Numbers(table.area(table.row_keys, ["from"]), title, "", error),
        Hint(words, board.say("settings.bands"), board.say("settings.words_prompt")),
    ]


def _lists(board: Board, page: Page) -> None:
    _section(page, min(board.layout.kinds.rows.values()) - 2, board.say("settings.lists"), 10)
    sections = {
        "desired": "desired",
        "answer": "answer",
        "frequency": "frequency",
        "timing": "timing",
    }
    for name, section in sections.items():
        _list(board, page, board.layout.words[name], section, board.say(f"settings.{name}"))
    _list(board, page, board.layout.kinds, "period", board.say("settings.period"))


def _list(board: Board, page: Page, table: Table, section: str, label: str) -> None:
    top = min(table.rows.values()) - 1
    page.put(top, table.columns["word"], label, "header")
    page.put(top, table.columns["code"], board.say("settings.code"), "header")
    for code in table.rows:
        page.put(*table.at(code, "word"), board.say(f"{section}.{code}"), "kpi")
        page.put(*table.at(code, "code"), code, "kpi muted")


def _months(board: Board, page: Page) -> None:
    table = board.layout.months
    top = min(table.rows.values()) - 1
    for column in table.columns:
        label = {"word": "name"}.get(column, column)
        page.put(top, table.columns[column], board.say(f"settings.{label}"), "header")
    for number in MONTH_NUMBERS:
        month = board.calendar.month(int(number))
        page.put(*table.at(number, "number"), int(number), "kpi count left")
        page.put(*table.at(number, "month"), Date(*month), "kpi month left")
        page.put(
            *table.at(number, "word"), f"{board.say(f'month.{month.month}')} {month.year}", "kpi"
        )


def _workings(board: Board, page: Page) -> None:
    """What the two cells on Home come to; every sheet refers to these."""
    table = board.layout.workings
    top = min(table.rows.values()) - 1
    page.put(top, table.columns["label"], board.say("settings.workings"), "header")
    page.heights[top] = 32
    page.put(top, table.columns["value"], None, "header")
    for row, (formula, result, role) in _working_cells(board).items():
        page.put(*table.at(row, "label"), board.say(f"settings.work_{row}"), "kpi")
        page.put(*table.at(row, "value"), Formula(formula, result), f"kpi {role}")


def _working_cells(board: Board) -> dict[str, tuple[str, Result, str]]:
    period, calendar = board.period, board.calendar
    chosen = chosen_month(board)
    quarter_end = "INT((period_month+2)/3)*3"
    annual = board.definition.policies.annualise
    return {
        "kind": ("MATCH(home_kind,list_kind,0)", float(KINDS.index(period.kind) + 1), "count"),
        "month": ("MATCH(home_month,list_month,0)", float(chosen), "count"),
        "first": (
            f"CHOOSE(period_kind,period_month,{quarter_end}-2,1,1,period_month-11)",
            float(period.first),
            "count",
        ),
        "last": (
            f"CHOOSE(period_kind,period_month,{quarter_end},period_month,12,period_month)",
            float(period.last),
            "count",
        ),
        "from": (
            "INDEX(month_dates,period_first+12)",
            serial(*calendar.month(period.first)),
            "month",
        ),
        "to": ("INDEX(month_dates,period_last+12)", serial(*calendar.month(period.last)), "month"),
        "label": (_label_formula(board), calendar.period_label(period, board.language), "left"),
        "annual": (
            'IF(INDEX(code_answer,MATCH(set_annualise,list_answer,0))="yes",1,0)',
            float(annual),
            "count",
        ),
        "month_factor": (
            "IF(period_annual=1,12,1)",
            float(MONTHS_A_YEAR if annual else 1),
            "count",
        ),
    }


def chosen_month(board: Board) -> int:
    """The fiscal month that stands in Home's month cell: the one in which the period ends."""
    return board.period.last


def _label_formula(board: Board) -> str:
    """The period's label as the calendar says it, put together from the list of months."""
    first, last = "INDEX(month_words,period_first+12)", "INDEX(month_words,period_last+12)"
    first_word = f"LEFT({first},LEN({first})-5)"
    patterns = {
        "month": last,
        "quarter": _pattern(
            board, "quarter", number=f"INT((period_last+2)/{MONTHS_A_QUARTER})", year="set_year"
        ),
        "ytd": f'{first_word}&"–"&{last}',
        "year": "set_year",
        "rolling": _pattern(board, "rolling", last=last, year=""),
    }
    return f"CHOOSE(period_kind,{','.join(patterns[kind] for kind in KINDS)})"


def _pattern(board: Board, kind: str, **places: str) -> str:
    """A label text of the catalogue as a formula that joins its parts."""
    marked = board.say(
        f"period.label.{kind}", **{key: f"\0{value}\0" for key, value in places.items()}
    )
    parts = marked.split("\0")
    texts = [f'"{part}"' if index % 2 == 0 else part for index, part in enumerate(parts)]
    while texts and texts[-1].strip('" ') == "":
        texts.pop()
    return "&".join(part for part in texts if part != '""')
