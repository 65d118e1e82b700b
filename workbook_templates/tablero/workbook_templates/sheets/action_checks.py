"""What is checked of the action plans: who owes one, what is red without a word, what is late."""

from __future__ import annotations

from typing import cast

from tablero.workbook_templates.board import Board
from tablero.workbook_templates.registers.actions import FLAGS
from tablero.workbook_templates.registers.layout import ActionsPlan
from tablero.workbook_templates.tables import Table

_WRONG = FLAGS[:4]
_COLUMNS = {"actions_late": "due", "actions_cost": "spent", "red_without_note": "note"}
KEYS = ("actions_owed", "red_without_note", "actions_wrong", "actions_late", "actions_cost")


def place(board: Board, key: str) -> tuple[Table, str, str]:
    """Where what a check finds is mended."""
    table = cast("ActionsPlan", board.layout.plans["actions"]).actions
    return table, table.row_keys[0], _COLUMNS.get(key, "what")


def counts(board: Board) -> dict[str, tuple[str, float]]:
    """The formula of each check with what it finds now."""
    actions = board.actions
    wrong = "+".join(f"actions_{flag}" for flag in _WRONG)
    found = {
        "actions_owed": ("action_owing", len(actions.owing)),
        "red_without_note": ("SUM(action_kpi_bare)", len(actions.bare)),
        "actions_wrong": (f"SUMPRODUCT(({wrong}>0)*1)", actions.count(*_WRONG)),
        "actions_late": ("SUM(actions_late)", actions.count("late")),
        "actions_cost": ("SUM(actions_cost)", actions.count("cost")),
    }
    return {key: (formula, float(count)) for key, (formula, count) in found.items()}
