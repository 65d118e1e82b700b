"""The tables of the page: what owes an action, what is done, who owes figures, OKRs, notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tablero.workbook_templates import styles
from tablero.workbook_templates.reports.content.actions import Actions
from tablero.workbook_templates.reports.content.diagnosis import Diagnosis
from tablero.workbook_templates.reports.content.marks import Mark
from tablero.workbook_templates.reports.content.method import Method
from tablero.workbook_templates.reports.content.notes import Notes
from tablero.workbook_templates.reports.content.okrs import KeyResultRow, OkrRow, Okrs
from tablero.workbook_templates.reports.content.owed import OwedFigures

_TONES = {styles.band_tone(place, 4).ink: place for place in range(4)}
_OKR_FIELDS = (
    "name", "start", "target", "current", "unit", "progress", "expected", "status", "confidence",
    "owner", "checked",
)  # fmt: skip


@dataclass(frozen=True)
class Cell:
    """A text, with a sign and a tone where it is a mark, or with the key of a node it names."""

    text: str
    sign: str = ""
    tone: int = -1
    key: str = ""


@dataclass(frozen=True)
class Grid:
    """A table that reads from left to right; its first column names its rows."""

    id: str
    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    numbers: frozenset[int] = frozenset()
    """Columns whose texts stand at the right."""
    groups: frozenset[int] = frozenset()
    """Rows that head those below them."""


def mark_cell(mark: Mark | None) -> Cell:
    """A sign with its word."""
    return Cell(mark.word, mark.symbol, tone_of(mark.tone)) if mark else Cell("")


def tone_of(tone: styles.Tone) -> int:
    """Which of the four tones it is; -1 for a quiet one."""
    return _TONES.get(tone.ink, -1)


def owing(found: Actions, assessment: str) -> Grid:
    """The KPIs that owe an action, the worst first."""
    heads = found.owing_columns
    rows = tuple(
        (
            Cell(one.name, key=f"kpi:{one.id}"),
            Cell(one.owner),
            Cell(one.achieved),
            mark_cell(one.mark),
            Cell(" · ".join(filter(None, (one.asks, one.months)))),
        )
        for one in found.owing
    )
    titles = (heads["name"], heads["owner"], heads["achievement"], assessment, heads["plan"])
    return Grid("owing", found.sentence, titles, rows, frozenset({2}))


def register(found: Actions) -> Grid:
    """The register of actions, the open ones first, without the columns that nobody uses."""
    columns = ("what", "status", *(one for one in found.columns if one not in ("what", "status")))
    used = [one for one in columns if any(getattr(row, one) for row in found.rows)]
    rows = tuple(
        tuple(
            mark_cell(row.remark) if column == "remark" else Cell(getattr(row, column))
            for column in used
        )
        for row in found.rows
    )
    numbers = frozenset(used.index(one) for one in ("budget", "spent") if one in used)
    heads = tuple(found.columns[one] for one in used)
    return Grid("register", found.register_sentence, heads, rows, numbers)


def owed(found: OwedFigures) -> Grid:
    """Who owes which figures of which months."""
    rows = tuple((Cell(one.owner), Cell(one.input), Cell(one.months)) for one in found.rows)
    return Grid("owed", found.sentence, tuple(found.columns.values()), rows)


def okrs(found: Okrs) -> Grid:
    """Objectives, each with its key results below it."""
    rows: list[tuple[Cell, ...]] = []
    groups: set[int] = set()
    for one in found.rows:
        groups.add(len(rows))
        rows.append(tuple(_objective(one)))
        rows.extend(tuple(_key_result(each, found.due)) for each in one.key_results)
    heads = tuple(found.columns.get(field, "") for field in _OKR_FIELDS)
    numbers = frozenset({1, 2, 3, 5, 6, 8})
    return Grid("key-results", found.sentence, heads, tuple(rows), numbers, frozenset(groups))


def _objective(one: OkrRow) -> Iterator[Cell]:
    name = " · ".join(filter(None, (one.name, one.period, one.commitment, one.serves)))
    texts: Mapping[str, str] = {
        "progress": one.progress,
        "expected": one.expected,
        "confidence": one.confidence,
        "owner": one.owner,
    }
    for field in _OKR_FIELDS:
        yield (
            Cell(name) if field == "name"
            else mark_cell(one.mark) if field == "status"
            else Cell(texts.get(field, ""))
        )  # fmt: skip


def _key_result(one: KeyResultRow, due: str) -> Iterator[Cell]:
    for field in _OKR_FIELDS:
        if field == "status":
            yield mark_cell(one.mark)
        elif field == "checked" and one.is_due:
            yield Cell(" · ".join(filter(None, (one.checked, due))))
        else:
            yield Cell(getattr(one, field))


def causes(found: Diagnosis) -> Grid:
    """The causes that people named."""
    return _plain("causes", "", found.columns, found.causes)


def notes(found: Notes, caption: str) -> Grid:
    """What was found in the source of the definition."""
    return _plain("notes", caption, found.columns, found.rows)


def bands(found: Method) -> Grid:
    """From which achievement on which band counts, and what it asks for."""
    rows = tuple(
        (mark_cell(one.mark), Cell(one.since), Cell(one.plan), Cell(one.term), Cell(one.months))
        for one in found.bands
    )
    return Grid("bands", found.title, tuple(found.band_columns.values()), rows, frozenset({1}))


def _plain(name: str, caption: str, columns: Mapping[str, str], rows: Iterable[object]) -> Grid:
    """A table whose columns are the fields of its rows."""
    fields: Sequence[str] = tuple(columns)
    cells = tuple(tuple(Cell(str(getattr(row, field))) for field in fields) for row in rows)
    return Grid(name, caption, tuple(columns.values()), cells)
