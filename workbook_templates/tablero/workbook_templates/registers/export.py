"""Registers as data that other programs read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tablero.workbook_templates.registers.actions import Actions, Judged, Standing
from tablero.workbook_templates.registers.parts import ACTIONS, REGISTERS, Entry, Line, Registers
from tablero.workbook_templates.registers.words import plan_of


def owing_json(actions: Actions | None, language: str) -> list[dict[str, Any]]:
    """The KPIs that owe an action, the worst first."""
    return [_owing(actions, one, language) for one in actions.owing] if actions else []


def _owing(actions: Actions, one: Standing, language: str) -> dict[str, Any]:
    band = actions.definition.bands[one.position - 1]
    return {
        "kpi": one.kpi.id,
        "name": one.kpi.name.in_language(language),
        "owner": one.kpi.owner.in_language(language),
        "achievement": one.achievement,
        "band": band.name.in_language(language),
        "plan": plan_of(band, language),
        "months": list(band.months) if band.months else None,
        "red_without_note": one.is_bare,
    }


def registers_json(registers: Registers, actions: Actions) -> Mapping[str, Any]:
    """Every register with what people typed; days as ISO 8601 writes them, choices by code."""
    lines = {one.key: [_line(line) for line in registers.get(one.key, ())] for one in REGISTERS}
    return {**lines, ACTIONS.key: [_action(one, actions) for one in actions.judged]}


def _line(line: Line) -> dict[str, Any]:
    return {key: _plain(entry) for key, entry in line.items()}


def _action(one: Judged, actions: Actions) -> dict[str, Any]:
    band = actions.definition.bands[one.plan - 1].id if one.plan else None
    due = None if one.due is None else _plain(one.due)
    return {**_line(one.line), "plan": band, "due": due, "open": one.is_open, "remark": one.remark}


def _plain(entry: Entry) -> str | float:
    return entry if isinstance(entry, str | float) else entry.isoformat()
