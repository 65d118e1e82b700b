"""The OKR sheet: how far each objective and key result has come by the as-of date."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from tablero.workbook_templates import styles
from tablero.workbook_templates.board import Board
from tablero.workbook_templates.okrs.layout import (
    COMPUTED,
    GRADES,
    by_period,
    key_result_key,
    okr_key,
    period_key,
)
from tablero.workbook_templates.okrs.parts import Okr
from tablero.workbook_templates.okrs.scoring import KeyResultScore, OkrScore, Span, Status
from tablero.workbook_templates.okrs.words import (
    TONES,
    aligned,
    followed_unit,
    source,
    symbol,
    word,
)
from tablero.workbook_templates.sheets import okr_formulas, okr_workings
from tablero.workbook_templates.sheets.inputs import intact
from tablero.workbook_templates.sheets.page import (
    Area,
    Bar,
    Content,
    Date,
    Formula,
    Hint,
    Numbers,
    Page,
    Result,
    Rule,
    Width,
    serial,
)
from tablero.workbook_templates.tables import HEADER_ROW

Put = Callable[[str, Content, str], None]

_LEFT = ("name", "status", "id")
_GUTTERED = ("source", "unit", "bar", "owner", "outdated")
_BLANK = ("start", "target", "upper", "current")
_WIDTHS = {
    "weight": 13, "start": 14, "target": 12, "upper": 17, "current": 17, "progress": 11,
    "bar": 20, "expected": 11, "symbol": 3, "status": 16, "confidence": 11, "owner": 17,
    "checked": 13, "outdated": 16, "initial": 14,
}  # fmt: skip


def build(board: Board) -> Page:
    """The sheet that sets every key result against its target and rolls the result up."""
    page = Page("okr", board.layout.titles["okr"], styles.TAB_RESULT)
    page.heading(board.layout.titles["okr"], board.say("okr.subtitle"))
    _header(board, page)
    scores = {one.okr.id: one for one in board.okrs.okrs}
    for code, okrs in by_period(board.definition).items():
        _period(board, page, code)
        for okr in okrs:
            _objective(board, page, scores[okr.id])
            for one in scores[okr.id].key_results:
                _key_result(board, page, okr, one)
    okr_workings.build(board, page)
    _dress(board, page)
    return page


def _header(board: Board, page: Page) -> None:
    table = board.okr_layout.okr
    for column, position in table.columns.items():
        label = "" if column == "symbol" else board.say(f"okr.column.{column}")
        left = "header" if column in _LEFT else "header right"
        page.put(HEADER_ROW, position, label, "header gutter" if column in _GUTTERED else left)
    page.heights[HEADER_ROW] = 32


def _putting(board: Board, page: Page, key: str, role: str) -> Put:
    """Places the cells of a row."""

    def put(column: str, content: Content, style: str) -> None:
        page.put(*board.okr_layout.okr.at(key, column), content, f"{role} {style}".strip())

    return put


def _period(board: Board, page: Page, code: str) -> None:
    """A quarter or the year, with its first and last day and how much of it is over."""
    table, key = board.okr_layout.okr, period_key(code)
    span = Span.of(board.calendar, code)
    put = _putting(board, page, key, "perspective")
    for column in list(table.columns)[: table.columns["initial"]]:
        put(column, None, "")
    label = board.calendar.period_label(board.calendar.parse(code), board.language)
    put("name", label, "")
    put("source", f"{span.first} – {span.last}", "gutter")
    elapsed = span.elapsed(board.okrs.as_of)
    put("expected", Formula(okr_formulas.elapsed(table, key), elapsed), "share")
    for column, day in (("from", span.first), ("to", span.last)):
        page.put(*table.at(key, column), Date(day.year, day.month, day.day), "working day")
    page.heights[table.rows[key]] = 22


def _objective(board: Board, page: Page, score: OkrScore) -> None:
    table, okr = board.okr_layout.okr, score.okr
    key = okr_key(okr)
    put = _putting(board, page, key, "objective")
    put("name", board.word(okr.name), "")
    put("source", aligned(board, okr), "gutter")
    put("unit", board.say(f"commitment.{okr.commitment}"), "gutter")
    weights = sum(one.weight for one in okr.key_results)
    rows = [key_result_key(one) for one in okr.key_results]
    put("weight", Formula(f"SUM({table.span(rows, ['weight'])})", weights), "share no_indent")
    for column in _BLANK:
        put(column, None, "")
    formulas = okr_formulas.objective(board, okr)
    _verdict(board, put, formulas, score, key, score.score)
    put("owner", board.word(okr.owner) or None, "input left gutter")
    put("checked", None, "")
    page.put(*table.at(key, "kind"), okr.commitment, "working")
    _tail(board, page, key, okr, "okr")
    page.heights[table.rows[key]] = 20


def _key_result(board: Board, page: Page, okr: Okr, score: KeyResultScore) -> None:
    table, one = board.okr_layout.okr, score.key_result
    key, unit = key_result_key(one), followed_unit(board, one)
    put = _putting(board, page, key, "kpi")
    number = _number_role(board.word(unit))
    put("name", board.word(one.name), "indent")
    put("source", source(board, one), "muted gutter")
    put("unit", board.unit(unit), "muted gutter")
    put("weight", one.weight, "input share")
    for column, figure in zip(("start", "target", "upper"), one.numbers, strict=True):
        is_asked = column != "upper" or one.kind == "between"
        put(column, figure, f"input {number}" if is_asked else "")
    formulas = okr_formulas.key_result(board, okr, one)
    put("current", Formula(formulas["current"], _shown(score.current)), f"bold {number}")
    _verdict(board, put, formulas, score, key, score.progress)
    put("owner", board.word(one.owner) or None, "input left gutter")
    put("checked", Formula(formulas["checked"], _day(score.checked)), "day")
    page.put(*table.at(key, "initial"), one.confidence, "kpi input share")
    page.put(*table.at(key, "kind"), one.kind, "working")
    for column, result in okr_formulas.newest(board, score).items():
        content = Formula(formulas[column], result)
        page.put(*table.at(key, column), content, "working count")
    _tail(board, page, key, okr, "key_result")
    page.heights[table.rows[key]] = 18


def _verdict(
    board: Board,
    put: Put,
    formulas: dict[str, str],
    score: OkrScore | KeyResultScore,
    key: str,
    progress: float | None,
) -> None:
    """Progress against what was to be expected, confidence, status, and whether it is current."""
    own = board.okr_layout.okr.cell(key, "progress")
    put("progress", Formula(formulas["progress"], _shown(progress)), "percent no_indent")
    bar = "" if progress is None else max(0.0, progress)
    put("bar", Formula(f'IF({own}="","",MAX(0,{own}))', bar), "percent no_indent")
    put("expected", Formula(formulas["expected"], _shown(score.expected)), "share no_indent")
    sign = Formula(formulas["symbol"], symbol(score.status))
    put("symbol", sign, "center no_indent")
    status = Formula(formulas["status"], word(board, score.status))
    put("status", status, "bold no_indent")
    put("confidence", Formula(formulas["confidence"], _shown(score.confidence)), "share no_indent")
    flag = board.say("okr_status.outdated") if score.is_outdated else ""
    is_due = "days" in formulas
    put("outdated", Formula(formulas["outdated"], flag) if is_due else None, "muted gutter")
    age = "" if score.days is None else float(score.days)
    put("days", Formula(formulas["days"], age) if is_due else None, "working count")


def _tail(board: Board, page: Page, key: str, okr: Okr, level: str) -> None:
    """What the row is, from when to when, and whether its formulas still stand."""
    table, span = board.okr_layout.okr, board.okrs.span(okr)
    page.put(*table.at(key, "level"), level, "working")
    for column, day in (("from", span.first), ("to", span.last)):
        far = Formula(table.cell(period_key(okr.period), column), _serial(day))
        page.put(*table.at(key, column), far, "working day")
    made = [cell.column for cell in page.cells if isinstance(cell.content, Formula)
            and cell.row == table.rows[key]]  # fmt: skip
    columns = tuple(one for one in COMPUTED if table.columns[one] in made)
    page.put(*table.at(key, "intact"), intact(table, key, columns), "working right")
    page.put(*table.at(key, "id"), key, "working")


def _number_role(unit: str) -> str:
    return styles.unit_role(unit) if unit in {"%", "currency"} else "plain"


def tally(board: Board, grade: Status) -> Formula:
    """How many objectives whose period is running have a status: ``▲ On track: 2``."""
    number, today = GRADES.index(grade) + 1, board.okrs.as_of
    running = 'okrs_from,"<="&okrs_as_of,okrs_to,">="&okrs_as_of'
    count = f'COUNTIFS(okrs_level,"okr",okrs_status,INDEX(okrs_words,{number}),{running})'
    text = f'INDEX(okrs_symbols,{number})&" "&INDEX(okrs_words,{number})&": "&{count}'
    spans = ((one, board.okrs.span(one.okr)) for one in board.okrs.okrs)
    found = sum(one.status == grade and span.first <= today <= span.last for one, span in spans)
    return Formula(text, f"{symbol(grade)} {word(board, grade)}: {found}")


def _shown(number: float | None) -> Result:
    return "" if number is None else float(number)


def _day(day: date | None) -> Result:
    return "" if day is None else _serial(day)


def _serial(day: date) -> float:
    return serial(day.year, day.month, day.day)


def _dress(board: Board, page: Page) -> None:
    table, say = board.okr_layout.okr, board.say
    columns, keys = table.columns, table.row_keys
    page.freeze = (HEADER_ROW + 1, 1)
    page.repeat_rows = (0, HEADER_ROW)
    bottom = max(board.okr_layout.grades.rows.values())
    page.print_area = Area(0, 0, bottom, columns["outdated"])
    okrs = board.definition.okrs
    names = [board.word(okr.name) for okr in okrs]
    ones = list(board.definition.key_results())
    names += [board.word(one.name) for one in ones]
    units = [board.unit(followed_unit(board, one)) for one in ones]
    page.widths += [
        Width(0, 0, styles.fitting_width(names, 46, 70)),
        Width(1, 1, styles.fitting_width([aligned(board, okr) for okr in okrs], 30, 64)),
        *(Width(columns[key], columns[key], size) for key, size in _WIDTHS.items()),
        Width(columns["unit"], columns["unit"], styles.fitting_width(units, 13, 24)),
        Width(columns["kind"], columns["id"], 12),
    ]
    status = f"${table.cell(keys[0], 'status')}"
    shown = table.area(keys, ("symbol", "status"))
    page.rules += [
        *(
            Rule(shown, f"{status}=INDEX(okrs_words,{number})", TONES[grade])
            for number, grade in enumerate(GRADES, start=1)
        ),
        Bar(table.area(keys, ("bar",)), 1.0),
        Hint(table.area(keys, ("owner",)), say("matrix.owner"), say("matrix.owner_prompt")),
    ]
    title = say("inputs.number_title")
    number = title, say("okr.number_prompt"), say("inputs.number_error")
    share = title, say("okr.share_prompt"), say("matrix.weight_error")
    page.rules += [
        Numbers(table.area(keys, ("start", "upper")), *number),
        Numbers(table.area(keys, ("weight",)), *share, 0, 1),
        Numbers(table.area(keys, ("initial",)), *share, 0, 1),
    ]
