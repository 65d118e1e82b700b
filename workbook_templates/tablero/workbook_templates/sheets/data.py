"""The Data sheet: the scores as tables that Power BI and Power Query take from the workbook."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from tablero.workbook_templates import styles
from tablero.workbook_templates.board import Board, Node
from tablero.workbook_templates.data_sheet.layout import COLUMNS, KEY, SHOWN, DataPlan, plan_of
from tablero.workbook_templates.layout import HEADER_ROW
from tablero.workbook_templates.sheets import data_facts
from tablero.workbook_templates.sheets.page import (
    Area,
    Content,
    Date,
    ExcelTable,
    Formula,
    Link,
    Page,
    Width,
    serial,
)

Line = tuple[Content, ...]
_STYLES = {
    **dict.fromkeys(("sort", "months"), "kpi count"),
    **dict.fromkeys(("weight", "from_achievement", "coverage"), "kpi share"),
    **dict.fromkeys(("first_month", "last_month"), "kpi month"),
    **dict.fromkeys(("value", "goal"), "kpi right"),
    **dict.fromkeys(("band_id", "owner", "symbol"), "kpi gutter"),
    "achievement": "kpi percent",
}
_LEFT = ("kpi", "kpi gutter")
_WIDTHS = {
    "perspective": 34, "objective": 46, "kpi": 46, "owner": 24, "unit": 22, "label": 22,
    "from_achievement": 20, "kpi_id": 26, "perspective_id": 20,
}  # fmt: skip
_WIDTH, _TABLE, _ABOUT, _GAP = 15, 20, 70, 3


def build(board: Board) -> Page:
    """The sheet that other programs read; all of it follows what people type elsewhere."""
    title, plan = board.layout.titles[KEY], plan_of(board.layout.plans)
    page = Page(KEY, title, styles.TAB_SETTING)
    page.heading(title, board.say("data.subtitle"))
    _guide(board, page, plan)
    for name in COLUMNS:
        _put(board, page, plan, name)
    _dress(page, plan)
    return page


def _guide(board: Board, page: Page, plan: DataPlan) -> None:
    """What there is, with a way to it: the tables go far to the right."""
    guide = plan.guide
    for column, position in guide.columns.items():
        page.put(HEADER_ROW, position, board.say(f"data.{column}"), "header")
    for name, table in plan.tables.items():
        corner = table.far(table.row_keys[0], COLUMNS[name][0])
        page.put(*guide.at(name, "table"), Link(corner, name), "link")
        page.put(*guide.at(name, "about"), board.say(f"data.about.{name}"), "kpi")


def _put(board: Board, page: Page, plan: DataPlan, name: str) -> None:
    """One table, its lines in the order in which the export has them."""
    table, columns = plan.tables[name], COLUMNS[name]
    lines = _DIMENSIONS[name](board) if name in _DIMENSIONS else data_facts.lines(board, plan, name)
    looks = [_STYLES.get(column, "kpi") for column in columns]
    left = table.columns[columns[0]]
    for row, line in zip(table.rows.values(), lines, strict=True):
        for column, (content, look) in enumerate(zip(line, looks, strict=True), start=left):
            page.put(row, column, content, look)
    body = table.area(table.row_keys, columns)
    about = board.say(f"data.about.{name}")
    area = body._replace(first_row=HEADER_ROW)
    heads = [f"header {_aligned(look)}".rstrip() for look in looks]
    page.tables.append(ExcelTable(area, name, columns, tuple(heads), about))


def _aligned(look: str) -> str:
    """How a column's name stands above cells of that look."""
    return look.removeprefix("kpi").strip() if look in _LEFT else "right"


def _dim_period(board: Board) -> Iterator[Line]:
    calendar = board.calendar
    for sort, column in enumerate(board.month_columns, start=1):
        period = board.scores.periods[column]
        label = calendar.period_label(period, board.language)
        day = Date(*calendar.month(sort))
        yield calendar.code(period), period.kind, label, day, day, 1.0, float(sort)
    shown, sort = board.period, len(board.month_columns) + 1
    yield (
        SHOWN,
        SHOWN,
        Formula("period_label", calendar.period_label(shown, board.language)),
        Formula("period_from", serial(*calendar.month(shown.first))),
        Formula("period_to", serial(*calendar.month(shown.last))),
        Formula("period_last-period_first+1", float(shown.length)),
        float(sort),
    )


def _dim_band(board: Board) -> Iterator[Line]:
    bands, table = board.definition.bands, board.layout.bands
    for position, band in enumerate(bands):
        words = {"name": band.name, "plan": band.plan, "term": band.term}
        yield (
            band.id,
            *(
                Formula(f'{table.far(band.id, key)}&""', board.word(word))
                for key, word in words.items()
            ),
            Formula(table.far(band.id, "from"), band.from_),
            styles.band_tone(position, len(bands)).symbol,
            float(position + 1),
        )


def _dim_perspective(board: Board) -> Iterator[Line]:
    for sort, node in enumerate(_nodes(board, "perspective"), start=1):
        yield node.id, board.word(node.name), _weight(board, node), float(sort)


def _dim_objective(board: Board) -> Iterator[Line]:
    for sort, node in enumerate(_nodes(board, "objective"), start=1):
        above = board.above(node)[-1].id
        yield node.id, above, board.word(node.name), _weight(board, node), float(sort)


def _dim_kpi(board: Board) -> Iterator[Line]:
    matrix = board.layout.matrix
    pairs = zip(_nodes(board, "kpi"), board.definition.kpis(), strict=True)
    for sort, (node, kpi) in enumerate(pairs, start=1):
        yield (
            node.id,
            board.above(node)[-1].id,
            board.word(node.name),
            board.unit(kpi.unit),
            Formula(matrix.far(node.key, "direction"), kpi.desired),
            _weight(board, node),
            Formula(f'{matrix.far(node.key, "owner")}&""', board.word(kpi.owner)),
            float(sort),
        )


def _weight(board: Board, node: Node) -> Formula:
    return Formula(board.layout.matrix.far(node.key, f"weight_{node.level}"), node.weight)


def _nodes(board: Board, level: str) -> Iterator[Node]:
    return (node for node in board.nodes if node.level == level)


_DIMENSIONS: Mapping[str, Callable[[Board], Iterator[Line]]] = MappingProxyType(
    {
        "dim_period": _dim_period,
        "dim_band": _dim_band,
        "dim_perspective": _dim_perspective,
        "dim_objective": _dim_objective,
        "dim_kpi": _dim_kpi,
    }
)


def _dress(page: Page, plan: DataPlan) -> None:
    guide = plan.guide
    page.freeze = (HEADER_ROW + 1, 0)
    page.repeat_rows = (0, HEADER_ROW)
    page.print_area = Area(0, 0, max(guide.rows.values()), guide.columns["about"])
    page.heights[HEADER_ROW] = 24
    page.widths += [Width(0, 0, _TABLE), Width(1, 1, _ABOUT)]
    for name, table in plan.tables.items():
        first = table.columns[COLUMNS[name][0]]
        page.widths.append(Width(first - 1, first - 1, _GAP))
        for column, place in table.columns.items():
            page.widths.append(Width(place, place, _WIDTHS.get(column, _WIDTH)))
