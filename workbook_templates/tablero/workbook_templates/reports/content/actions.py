"""What is done about the figures: the KPIs that owe an action, and the register of actions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tablero.workbook_templates.formats import date_text, number_text
from tablero.workbook_templates.registers.actions import Judged, Standing, is_said
from tablero.workbook_templates.registers.parts import Entry
from tablero.workbook_templates.registers.words import plan_of
from tablero.workbook_templates.reports.content.marks import BandMark, Mark, band_mark, role_mark
from tablero.workbook_templates.reports.content.plurals import counted
from tablero.workbook_templates.reports.report import Report

COLUMNS = (
    "what", "kpi", "cause", "owner", "start", "due", "status", "plan", "budget", "spent", "remark",
    "note",
)  # fmt: skip
_WORTH_A_LOOK = ("late", "cost")


@dataclass(frozen=True)
class OwingRow:
    """A KPI whose band asks for an action that nobody has begun."""

    id: str
    name: str
    owner: str
    """Empty where nobody is named."""
    achieved: str
    achievement: float
    mark: BandMark
    asks: str
    """Plan and term."""
    months: str
    """How long the plan may take; empty where the bands do not say."""
    is_bare: bool
    """Whether it is red and nobody says why."""


@dataclass(frozen=True)
class ActionRow:
    """A line of the register; what nobody filled in is empty."""

    what: str
    kpi: str
    cause: str
    owner: str
    start: str
    due: str
    status: str
    plan: str
    budget: str
    spent: str
    remark: Mark | None
    note: str
    is_open: bool


@dataclass(frozen=True)
class Actions:
    """Actions owed and actions planned."""

    sentence: str
    """How many KPIs owe one."""
    owing_columns: Mapping[str, str]
    owing: tuple[OwingRow, ...]
    """The worst first."""
    register_sentence: str
    """How many actions there are, how many of them are open and overdue."""
    columns: Mapping[str, str]
    rows: tuple[ActionRow, ...]
    """The open ones first."""


def actions(report: Report) -> Actions:
    """The actions of the company, as the period shown sees them."""
    lines = [one for one in report.actions.judged if is_said(one.line)]
    ordered = sorted(lines, key=lambda one: not one.is_open)
    owing = tuple(_owing(report, one) for one in report.actions.owing)
    return Actions(
        sentence(report),
        {
            "name": report.say("actions.owing"),
            "owner": report.say("matrix.owner"),
            "achievement": report.say("actions.achievement"),
            "plan": report.say("actions.plan"),
        },
        owing,
        register_sentence(report),
        {column: report.say(f"actions.{column}") for column in COLUMNS},
        tuple(_row(report, one) for one in ordered),
    )


def sentence(report: Report) -> str:
    """How many KPIs owe an action, and which of them is the worst."""
    owing = report.actions.owing
    if not any(one.position for one in report.actions.standings):
        return report.say("report.actions.unscored")
    if not owing:
        return report.say("actions.none_owing")
    return counted(report, "owe_action", len(owing), kpi=owing[0].kpi.name)


def register_sentence(report: Report) -> str:
    """How many actions the register holds, and how many of these are open and overdue."""
    lines = [one for one in report.actions.judged if is_said(one.line)]
    if not lines:
        return report.say("report.actions.none")
    said = counted(report, "actions", len(lines), open=sum(one.is_open for one in lines))
    late = report.actions.count("late")
    return f"{said} {counted(report, 'late', late)}" if late else said


def _owing(report: Report, one: Standing) -> OwingRow:
    band = report.definition.bands[one.position - 1]
    return OwingRow(
        one.kpi.id,
        report.word(one.kpi.name),
        report.word(one.kpi.owner),
        report.share(one.achievement),
        one.achievement,
        band_mark(report, one.achievement),
        plan_of(band, report.language),
        report.duration(band),
        one.is_bare,
    )


def _row(report: Report, one: Judged) -> ActionRow:
    line, choices = one.line, report.choices
    kpi, status = str(line.get("kpi", "")), str(line.get("status", "open"))
    plan = report.definition.bands[one.plan - 1] if one.plan else None
    return ActionRow(
        what=str(line.get("what", "")),
        kpi=choices["kpi"].get(kpi, kpi),
        cause=str(line.get("cause", "")),
        owner=str(line.get("owner", "")),
        start=entry_text(report, line.get("start")),
        due=entry_text(report, one.due),
        status=choices["status"].get(status, status),
        plan=plan_of(plan, report.language) if plan else str(line.get("agreed_plan", "")),
        budget=entry_text(report, line.get("budget")),
        spent=entry_text(report, line.get("spent")),
        remark=_remark(report, one.remark),
        note=str(line.get("note", "")),
        is_open=one.is_open,
    )


def _remark(report: Report, flag: str) -> Mark | None:
    if not flag:
        return None
    symbol, role = ("◆", "warning") if flag in _WORTH_A_LOOK else ("▼", "alarm")
    return role_mark(flag, symbol, report.say(f"action_remark.{flag}"), role)


def entry_text(report: Report, entry: Entry | None) -> str:
    """What stands in a cell of a register, as people read it; empty where nothing does."""
    match entry:
        case None:
            return ""
        case float():
            return number_text(entry, report.language)
        case date():
            return date_text(entry, report.language)
    return entry
