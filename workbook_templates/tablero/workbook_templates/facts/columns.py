"""What tables and their columns are, and the columns that several tables have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "number", "share", "count", "date", "flag"]
"""What stands in a column; a share is a fraction, 1.0 being 100 %."""


@dataclass(frozen=True)
class Column:
    """A column of a table; its name is ASCII and the same in every language."""

    name: str
    kind: Kind
    about: str
    """What it holds, in words."""
    refers_to: str = ""
    """The table whose key stands in it."""


@dataclass(frozen=True)
class Schema:
    """A table: one line for each of what it is about."""

    name: str
    about: str
    key: tuple[str, ...]
    """The columns that tell its lines apart."""
    columns: tuple[Column, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its columns."""
        return tuple(column.name for column in self.columns)

    def of_kind(self, *kinds: Kind) -> list[str]:
        """The names of its columns of some kinds."""
        return [column.name for column in self.columns if column.kind in kinds]


def key(table: str, about: str = "") -> Column:
    """A column that holds the key of a table."""
    name = f"{table.removeprefix('dim_')}_id"
    said = about or f"The {name.removesuffix('_id').replace('_', ' ')}, as in {table}"
    return Column(name, "text", said, table)


def own_key(about: str, name: str) -> Column:
    """The column that tells the lines of a table apart."""
    return Column(name, "text", about)


SORT = Column("sort", "count", "Its place, from 1")
ACHIEVED = (
    Column("achievement", "share", "How much of the goal is reached; empty where not known"),
    Column("coverage", "share", "How much of the weight below it has an achievement"),
    key("dim_band", "The band of the achievement, as in dim_band"),
)
PART = Column("part", "share", "Its part of the strategy in this period; all parts make 1")
PERIOD = key("dim_period")
