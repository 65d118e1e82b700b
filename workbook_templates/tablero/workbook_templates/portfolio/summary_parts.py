"""What a sheet of the summary workbook is made of: columns, lines, links, bars."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tablero.workbook_templates import styles

_NUMBERS = frozenset({"whole", "percent", "share", "number"})
_BUTTON = 3
_LINE, _SPACE = 13.0, 5.0
"""How high a line of text is, and what is kept free above and below, in points."""
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
        is_right = not self.is_bar and not _NUMBERS.isdisjoint(roles)
        return "header" + " right" * is_right + " gutter" * ("gutter" in roles)

    @property
    def needed(self) -> float:
        """Its width, or what its name needs in one line above the button for filters.

        >>> Column("Figures owed", 11, "kpi whole").needed
        15
        """
        return max(self.width, len(self.name) + _BUTTON)

    def lines(self, content: object) -> int:
        """How many lines a text takes in it, where it may have several.

        >>> Column("What is wrong", 20, "kpi wrap").lines("a" * 50)
        3
        """
        is_wrapped = "wrap" in self.style and isinstance(content, str)
        return -(-len(str(content)) // round(self.width)) if is_wrapped and content else 1


def height(columns: Sequence[Column], cells: Cells) -> float | None:
    """How high a line of texts is that need several lines; None where none does."""
    lines = max(one.lines(cell) for one, cell in zip(columns, cells, strict=False))
    return lines * _LINE + _SPACE if lines > 1 else None


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
