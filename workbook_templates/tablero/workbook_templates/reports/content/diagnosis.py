"""What people found out about their company: causes of its figures, and the SWOT."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tablero.workbook_templates.registers.causes import Placed
from tablero.workbook_templates.registers.parts import QUADRANTS, SWOT
from tablero.workbook_templates.reports.report import Report

COLUMNS = ("kpi", "category", "cause", "state")


@dataclass(frozen=True)
class CauseRow:
    """A cause of a KPI's figures."""

    kpi: str
    category: str
    cause: str
    state: str
    """What is done about it."""


@dataclass(frozen=True)
class Quadrant:
    """A quadrant of the SWOT."""

    code: str
    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Diagnosis:
    """Causes and the SWOT; empty where nobody filled them in."""

    columns: Mapping[str, str]
    causes: tuple[CauseRow, ...]
    swot: tuple[Quadrant, ...]
    """All four, or none."""


def diagnosis(report: Report) -> Diagnosis:
    """The causes that people named, and their SWOT."""
    return Diagnosis(
        {column: report.say(f"causes.{column}") for column in COLUMNS},
        tuple(_cause(report, one) for one in report.causes.placed if one.line.get("cause")),
        _swot(report),
    )


def _cause(report: Report, one: Placed) -> CauseRow:
    kpi, category = str(one.line.get("kpi", "")), str(one.line.get("category", ""))
    choices = report.choices
    state = "open" if one.open else "done" if one.actions else "none"
    return CauseRow(
        choices["kpi"].get(kpi, kpi),
        choices["category"].get(category, category),
        str(one.line["cause"]),
        report.say(f"cause_state.{state}"),
    )


def _swot(report: Report) -> tuple[Quadrant, ...]:
    lines = report.records.registers.get(SWOT.key, ())
    found = tuple(
        Quadrant(
            code,
            report.say(f"swot.{code}"),
            tuple(str(line[code]) for line in lines if line.get(code)),
        )
        for code in QUADRANTS
    )
    return found if any(one.lines for one in found) else ()
