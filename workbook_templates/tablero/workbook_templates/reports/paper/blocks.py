"""What a page of the report is made of, as plain values that the template typesets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from tablero.workbook_templates.reports.content.marks import Mark
from tablero.workbook_templates.styles import Tone

Align = Literal["left", "right"]
Kind = Literal["plain", "strong", "group"]


@dataclass(frozen=True)
class Column:
    """A column of a table; ``share`` of the free width, or as wide as its figures without."""

    title: str
    share: float | None = None
    align: Align = "left"


@dataclass(frozen=True)
class Bar:
    """A bar in a cell: the share of the cell it fills, and where the goal's mark stands."""

    fills: float
    goal: float


@dataclass(frozen=True)
class Cell:
    """A cell of a table."""

    text: str
    mark: Mark | None = None
    """Shown in the place of the text: its sign, its word and its colours."""
    bar: Bar | None = None
    spark: Sequence[float | None] = ()
    """Achievements of months in a line, the goal of 1 as a thin one."""
    note: str = ""
    """A second line, smaller and grey."""
    is_muted: bool = False


@dataclass(frozen=True)
class Row:
    """A row of a table; a group row heads those below it."""

    cells: Sequence[Cell]
    kind: Kind = "plain"
    level: int = 0
    """How far its first cell is set in."""


@dataclass(frozen=True)
class Table:
    """A table whose head stands again on each page that it reaches."""

    columns: Sequence[Column]
    rows: Sequence[Row]
    is_small: bool = False


@dataclass(frozen=True)
class Heading:
    """A heading, which is a bookmark, too."""

    text: str
    level: int = 2


@dataclass(frozen=True)
class Paragraph:
    """Sentences."""

    text: str
    is_muted: bool = False


@dataclass(frozen=True)
class Listing:
    """Short lines below each other."""

    lines: Sequence[str]


@dataclass(frozen=True)
class Warnings:
    """What the reader must know before believing the figures: lines in a box."""

    title: str
    lines: Sequence[Warned]
    rest: str = ""
    """Of how many more there is nothing said here."""
    is_grave: bool = True


@dataclass(frozen=True)
class Warned:
    """One thing to know: where it is, what it is, and what to do."""

    place: str
    message: str
    remedy: str


@dataclass(frozen=True)
class Picture:
    """A drawing with the words that say what it shows to those who do not see it."""

    svg: str = field(repr=False)
    alt: str
    title: str = ""
    width: float = 1.0
    """Share of the width there is."""


@dataclass(frozen=True)
class Headline:
    """The figure above all others, beside what there is to say about it."""

    figure: str
    mark: Mark
    sentences: Sequence[str]


@dataclass(frozen=True)
class Beside:
    """Blocks in columns beside each other, which no page parts."""

    columns: Sequence[Sequence[Block]]


Block = Table | Heading | Paragraph | Listing | Warnings | Picture | Headline | Beside


@dataclass(frozen=True)
class Section:
    """A part of the report that begins a page."""

    title: str
    blocks: Sequence[Block]
    is_wide: bool = False
    """Whether its pages lie on their side."""
    aside: str = ""
    """Beside what its mark says."""
    mark: Mark | None = None


@dataclass(frozen=True)
class About:
    """What the file says of itself, in whatever letters."""

    title: str
    author: str
    keywords: Sequence[str]


@dataclass(frozen=True)
class Paper:
    """The whole report."""

    about: About
    title: str
    company: str
    period: str
    made_on: str
    line: str
    """What stands under the title."""
    language: str
    look: Mapping[str, str]
    sections: Sequence[Section]
    logo: str = ""
    """What the company's picture says; empty without one."""


def plain(value: Any, pictures: dict[str, bytes]) -> Any:
    """A block as JSON takes it; drawings go to ``pictures`` and leave their names behind.

    >>> plain(Row([Cell("x")]), {})["cells"][0]["text"]
    'x'
    """
    match value:
        case str() | bool() | int() | float() | None:
            return value
        case Tone():
            return value._asdict()
        case Mapping():
            return {key: plain(one, pictures) for key, one in value.items()}
        case Sequence():
            return [plain(one, pictures) for one in value]
    return dict(_fields(value, pictures))


def _fields(value: Any, pictures: dict[str, bytes]) -> Iterator[tuple[str, Any]]:
    yield "is", type(value).__name__.lower()
    for name in value.__dataclass_fields__:
        yield name, plain(_kept(getattr(value, name), name, pictures), pictures)


def _kept(value: Any, name: str, pictures: dict[str, bytes]) -> Any:
    """A field as it is; of a drawing, the name under which it is kept."""
    if name != "svg":
        return value
    file = f"picture-{len(pictures)}.svg"
    pictures[file] = value.encode()
    return file
