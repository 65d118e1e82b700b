"""The strategy as a whole: its objectives, its map, and where the year will end."""

from __future__ import annotations

from collections.abc import Iterator

from tablero.workbook_templates.reports.content.year_end import YearEnd, YearEndRow, year_end
from tablero.workbook_templates.reports.map_drawing import strategy_map
from tablero.workbook_templates.reports.paper import front, standings
from tablero.workbook_templates.reports.paper.blocks import (
    Block,
    Cell,
    Column,
    Paragraph,
    Picture,
    Row,
    Section,
    Table,
)
from tablero.workbook_templates.reports.paper.told import Told

_ROOM = ((172.0, 218.0, False), (259.0, 142.0, True))
"""Millimetres that a picture has on a page upright, and on one on its side."""


def sections(told: Told) -> Iterator[Section]:
    """Objectives that the first page has no room for, the map, and the year's end."""
    if not front.has_chart(told) and told.headline.achievement is not None:
        yield Section(told.say("paper.objectives"), [standings.objectives(told)])
    yield _map(told)
    found = year_end(told.report)
    if found.is_forecast and found.rows[0].achievement is not None:
        yield Section(told.say("paper.year_end"), list(_year_end(told, found)))


def _map(told: Told) -> Section:
    """The strategy map on a page of its own, as large as the page allows."""
    drawing = strategy_map(told.report)
    shape = drawing.height / drawing.width
    width, height, is_wide = max(_ROOM, key=lambda room: min(room[0], room[1] / shape))
    fits = round(min(1.0, height / (width * shape)), 4)
    blocks: list[Block] = [Picture(drawing.svg, drawing.description, width=fits)]
    if drawing.remark:
        blocks.append(Paragraph(drawing.remark))
    return Section(told.say("sheet.map"), blocks, is_wide=is_wide, aside=told.report.label)


def _year_end(told: Told, found: YearEnd) -> Iterator[Block]:
    yield Paragraph(found.sentence)
    heads = found.columns
    columns = [
        Column(told.say("scorecard.name"), 5),
        Column(heads["unit"], 1.4),
        *(Column(heads[name], 1.5, "right") for name in ("goal", "so_far", "needed", "end")),
        Column(told.say("scorecard.achievement"), None, "right"),
        Column(told.say("scorecard.assessment")),
    ]
    rows = [_row(row) for row in found.rows if row.level != "strategy"]
    yield Table(columns, rows, is_small=True)


def _row(row: YearEndRow) -> Row:
    texts = (row.unit, row.goal, row.so_far, row.needed, row.end, row.achieved)
    cells = [Cell(row.name), *map(Cell, texts), Cell("", row.mark)]
    levels = {"perspective": 0, "objective": 1, "kpi": 2}
    kinds = {"perspective": "group", "objective": "strong"}
    return Row(cells, kinds.get(row.level, "plain"), levels[row.level])  # type: ignore[arg-type]
