"""What is known of a node whatever the period: its place, its weight, what a KPI means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tablero.workbook_templates.reports.content.matrix import Matrix, MatrixRow
from tablero.workbook_templates.reports.report import Report
from tablero.workbook_templates.scored_model import Node

_FACTS = ("direction", "formula", "owner", "frequency", "timing", "description")
_HEADS = {"direction": "desired"}


@dataclass(frozen=True)
class Card:
    """A node as the page knows it."""

    place: int
    """Among all nodes."""
    key: str
    level: str
    name: str
    weight: str
    above: tuple[int, ...]
    """Places of the nodes it belongs to, the strategy first."""
    members: tuple[int, ...]
    """Places of the nodes of which it is made."""
    unit: str = ""
    shown_unit: str = ""
    """The unit where the figure itself does not show it."""
    desired: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    """Labels, and what they say."""


def cards(report: Report, matrix: Matrix) -> tuple[Card, ...]:
    """Every node, in the order of the scorecard."""
    places = {node.key: place for place, node in enumerate(report.nodes)}
    rows: Mapping[str, MatrixRow] = {row.key: row for row in matrix.rows}
    return tuple(_card(report, node, places, rows, matrix.columns) for node in report.nodes)


def _card(
    report: Report,
    node: Node,
    places: Mapping[str, int],
    rows: Mapping[str, MatrixRow],
    heads: Mapping[str, str],
) -> Card:
    members = () if node.level == "kpi" else report.members(node)
    row = rows.get(node.key)
    unit = row.unit if row else ""
    return Card(
        place=places[node.key],
        key=node.key,
        level=node.level,
        name=report.word(node.name),
        weight=row.weight if row else "",
        above=tuple(places[one.key] for one in report.above(node)),
        members=tuple(places[one.key] for one in members),
        unit=unit,
        shown_unit="" if unit == "%" else unit,
        desired=row.direction if row else "",
        facts=tuple(_facts(row, heads)) if row else (),
    )


def _facts(row: MatrixRow, heads: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Those that have something to say; perspectives and objectives have none."""
    for field in _FACTS:
        said = getattr(row, field)
        if said:
            yield heads[_HEADS.get(field, field)], said
