"""What a register is: lines that people type, with columns of a kind each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["text", "day", "number", "choice"]
Entry = str | float | date
Line = Mapping[str, Entry]
"""What stands in a line, by column; a choice as its code, what cannot be understood as typed."""
Lines = tuple[Line, ...]
Registers = Mapping[str, Lines]
"""The lines of each register, by its key."""


@dataclass(frozen=True)
class Column:
    """A column that people type into; a choice is one of the words called ``choices``."""

    key: str
    kind: Kind = "text"
    choices: str = ""


@dataclass(frozen=True)
class Register:
    """A table of lines; its defined names are its key, an underscore and the column's key."""

    key: str
    sheet: str
    columns: tuple[Column, ...]
    spare: int
    """Empty lines below those that are there, or the lines there are where ``is_fixed``."""
    is_fixed: bool = False

    def lines(self, filled: int) -> int:
        """How many lines it has room for, where some are filled."""
        return max(self.spare, filled) if self.is_fixed else filled + self.spare

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of its columns."""
        return tuple(column.key for column in self.columns)


ACTIONS = Register(
    "actions",
    "actions",
    (
        Column("what"),
        Column("kpi", "choice", "kpi"),
        Column("cause"),
        Column("owner"),
        Column("status", "choice", "status"),
        Column("start", "day"),
        Column("budget", "number"),
        Column("spent", "number"),
        Column("note"),
        Column("agreed_plan", "choice", "plan"),
        Column("agreed_due", "day"),
    ),
    spare=100,
)
CAUSES = Register(
    "causes",
    "causes",
    (Column("kpi", "choice", "kpi"), Column("category", "choice", "category"), Column("cause")),
    spare=60,
)
CATEGORIES = ("people", "methods", "machines", "materials", "measurement", "environment")
"""The usual groups of causes in a fishbone of Ishikawa."""
FISHBONE = Register(
    "fishbone",
    "causes",
    (Column("kpi", "choice", "kpi"), *(Column(category) for category in CATEGORIES)),
    spare=1,
    is_fixed=True,
)
"""One line: the KPI whose causes are drawn, and what the groups of causes are called."""
QUADRANTS = ("strengths", "weaknesses", "opportunities", "threats")
SWOT = Register("swot", "swot", tuple(map(Column, QUADRANTS)), spare=6, is_fixed=True)
REGISTERS = (ACTIONS, CAUSES, FISHBONE, SWOT)

STATUSES = ("open", "in_progress", "done", "cancelled")
CLOSED = ("done", "cancelled")


def is_open(action: Line) -> bool:
    """Whether an action is still to be finished; one without a status is."""
    return action.get("status") not in CLOSED
