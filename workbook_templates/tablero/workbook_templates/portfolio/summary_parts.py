"""What a sheet of the summary workbook is made of: columns, lines, links, bars."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tablero.workbook_templates import styles

_NUMBERS = frozenset({"whole", "percent", "share", "number"})
HIGHEST = 2.0
"""The achievement at which a bar is full."""


class FileAt(NamedTuple):
    """A link to a file."""

    path: str
    name: str


class Bar(NamedTuple):
    """A number that is shown as a bar."""

    length: float | None


Content = str | float | FileAt | Bar | None


class Styled(NamedTuple):
    """A cell in a style other than its column's."""

    content: Content
    style: str


Cells = Sequence[Content | Styled]


class Column(NamedTuple):
    """A column of a list: its name, its width in characters, its style."""

    name: str
    width: float
    style: str = "kpi"
    is_bar: bool = False
    """Whether its numbers are shown as bars."""

    @property
    def head(self) -> str:
        """The style of its name: over numbers at the right."""
        roles = self.style.split()
        if "gutter" in roles:
            return "header gutter"
        return "header" if _NUMBERS.isdisjoint(roles) else "header right"


class Heading(NamedTuple):
    """The beginning of a part of a sheet, with the columns of the lines that follow."""

    text: str
    columns: tuple[Column, ...]
    named: bool = True
    space: int = 1


@dataclass(frozen=True)
class Sheet:
    """One sheet: a list, or several parts one under another."""

    key: str
    subtitle: str
    columns: tuple[Column, ...]
    lines: Iterable[Cells] = ()
    """Of a list."""
    count: int | None = None
    """How many lines a list has; None where it is none, but several parts."""
    parts: Iterable[Cells | Heading] = ()
    """The lines of several parts."""
    frozen: int = 1
    tab: str = styles.TAB_RESULT
    height: float = 0
    full: float = HIGHEST
    """The number of a full bar."""
    pages_high: int = 0
    """On how many pages it is printed; 0 for as many as it takes."""

    @property
    def is_list(self) -> bool:
        """Whether it is one list from its head to its last line."""
        return self.count is not None

    @property
    def table(self) -> str:
        """The name of its table, the same in every language."""
        return f"portfolio_{self.key}"

    @property
    def title_key(self) -> str:
        """The key of its title."""
        return f"summary.sheet.{self.key}"
