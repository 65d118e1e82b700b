"""What is said of a node whatever the period: its weight, and of a KPI what it means."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tablero.workbook_templates.reports.report import Report
from tablero.workbook_templates.scored_model import Node


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


def cards(report: Report) -> tuple[Card, ...]:
    """Every node, in the order of the scorecard."""
    places = {node.key: place for place, node in enumerate(report.nodes)}
    return tuple(_card(report, node, places) for node in report.nodes)


def _card(report: Report, node: Node, places: dict[str, int]) -> Card:
    is_kpi = node.level == "kpi"
    members = () if is_kpi else report.members(node)
    kpi = report.kpis.get(node.id) if is_kpi else None
    unit = report.unit(kpi.unit) if kpi else ""
    return Card(
        places[node.key],
        node.key,
        node.level,
        report.word(node.name),
        report.share(node.weight, 0),
        tuple(places[one.key] for one in report.above(node)),
        tuple(places[one.key] for one in members),
        unit,
        "" if unit == "%" else unit,
        report.say(f"desired.{kpi.desired}") if kpi else "",
        tuple(_facts(report, node)) if kpi else (),
    )


def _facts(report: Report, node: Node) -> Iterator[tuple[str, str]]:
    """Those of a KPI that have something to say."""
    kpi = report.kpis[node.id]
    said = {
        "desired": report.say(f"desired.{kpi.desired}"),
        "formula": report.formula(kpi),
        "owner": report.word(kpi.owner),
        "frequency": report.say(f"frequency.{kpi.frequency}"),
        "timing": report.say(f"timing.{kpi.timing}"),
        "description": report.described(kpi),
    }
    for field, text in said.items():
        if text:
            yield report.say(f"matrix.{field}"), text
