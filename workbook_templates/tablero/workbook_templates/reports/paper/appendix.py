"""The appendix: what is measured, the figures behind it, how they are calculated."""

from __future__ import annotations

from collections.abc import Iterator

from tablero.workbook_templates.reports.content.diagnosis import diagnosis
from tablero.workbook_templates.reports.content.inputs import InputRow, inputs
from tablero.workbook_templates.reports.content.matrix import MatrixRow, matrix
from tablero.workbook_templates.reports.content.method import Method, method
from tablero.workbook_templates.reports.content.notes import notes
from tablero.workbook_templates.reports.paper.blocks import (
    Block,
    Cell,
    Column,
    Heading,
    Kind,
    Listing,
    Paragraph,
    Row,
    Section,
    Table,
)
from tablero.workbook_templates.reports.paper.told import Told

_KINDS: dict[str, Kind] = {"perspective": "group", "objective": "strong", "kpi": "plain"}
_LEVELS = {"perspective": 0, "objective": 1, "kpi": 2}


def sections(told: Told) -> Iterator[Section]:
    """Its parts, each on pages of its own."""
    yield from _diagnosis(told)
    yield Section(told.say("paper.matrix"), [_matrix(told)], is_wide=True)
    yield Section(told.say("paper.inputs"), [_inputs(told)], is_wide=True)
    found = method(told.report)
    yield Section(found.title, list(_method(told, found)))


def _matrix(told: Told) -> Table:
    found = matrix(told.report)
    heads = found.columns
    columns = (
        Column(heads["name"], 5),
        Column(heads["formula"], 5),
        Column(heads["unit"], 1.5),
        Column(heads["desired"]),
        Column(heads["goal"], None, "right"),
        Column(heads["weight"], None, "right"),
        Column(heads["share"], None, "right"),
        Column(heads["owner"], 2.6),
        Column(heads["frequency"]),
    )
    return Table(columns, [_matrix_row(row) for row in found.rows], is_small=True)


def _matrix_row(row: MatrixRow) -> Row:
    texts = (
        row.formula, row.unit, row.direction, row.goal, row.weight, row.share, row.owner,
        row.frequency,
    )  # fmt: skip
    name = Cell(row.name, note=row.description)
    return Row([name, *map(Cell, texts)], _KINDS[row.level], _LEVELS[row.level])


def _inputs(told: Told) -> Table:
    found = inputs(told.report)
    heads = found.columns
    columns = (
        Column(heads["input"], 4),
        Column(heads["unit"], 1.4),
        Column(heads["last_year"], None, "right"),
        *(Column(month, None, "right") for month in found.months),
        Column(heads["period"], None, "right"),
    )
    return Table(columns, [_input(row) for row in found.rows], is_small=True)


def _input(row: InputRow) -> Row:
    texts = (row.last_year, *row.months, row.period)
    name = Cell(row.name, note=row.aggregation)
    return Row([name, Cell(row.unit, is_muted=True), *map(Cell, texts)])


def _method(told: Told, found: Method) -> Iterator[Block]:
    for part in found.sections:
        yield Heading(part.title)
        for paragraph in part.paragraphs:
            yield Paragraph(paragraph)
        if part.code == "achievement":
            columns = (Column(told.say("scorecard.desired"), 2), Column(told.say("paper.rule"), 6))
            rows = [Row((Cell(one.direction), Cell(one.text))) for one in found.equations]
            yield Table(columns, rows)
    yield from map(Paragraph, found.policies)
    yield Heading(told.say("home.legend"))
    yield _bands(found)
    yield Heading(told.say("paper.sources"))
    yield Listing((*found.sources, *found.made))
    yield from _notes(told)


def _bands(found: Method) -> Table:
    heads = found.band_columns
    columns = (
        Column(heads["assessment"], 2),
        Column(heads["from"], None, "right"),
        *(Column(heads[name], 2) for name in ("plan", "term", "months")),
    )
    rows = [
        Row((Cell("", one.mark), Cell(one.since), *map(Cell, (one.plan, one.term, one.months))))
        for one in found.bands
    ]
    return Table(columns, rows)


def _notes(told: Told) -> Iterator[Block]:
    found = notes(told.report)
    if not found.rows:
        return
    yield Heading(told.say("paper.notes"))
    columns = [
        Column(found.columns[name], share)
        for name, share in (("topic", 3), ("place", 2), ("found", 5), ("done", 5))
    ]
    rows = [
        Row([Cell(one.topic), *map(Cell, (one.place, one.found, one.done))]) for one in found.rows
    ]
    yield Table(columns, rows, is_small=True)


def _diagnosis(told: Told) -> Iterator[Section]:
    """Causes and the SWOT, where people filled them in."""
    found = diagnosis(told.report)
    blocks: list[Block] = []
    if found.causes:
        shares = {"kpi": 3.0, "category": 2.0, "cause": 4.0, "state": 2.0}
        columns = [Column(found.columns[name], share) for name, share in shares.items()]
        rows = [
            Row([Cell(one.kpi), Cell(one.category), Cell(one.cause), Cell(one.state)])
            for one in found.causes
        ]
        blocks += [Heading(told.say("sheet.causes")), Table(columns, rows)]
    for one in found.swot:
        blocks += [Heading(one.title, 2), Listing(one.lines)] if one.lines else []
    if blocks:
        yield Section(told.say("paper.diagnosis"), blocks)
