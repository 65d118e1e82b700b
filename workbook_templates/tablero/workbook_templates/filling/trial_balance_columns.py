"""Which column of a trial balance holds what, by the words at its head or as somebody says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from openpyxl.utils.cell import column_index_from_string

from tablero.workbook_templates.filling.tables import MAX_COLUMNS, Source, Table, refusal, shown
from tablero.workbook_templates.filling.trial_balance_words import (
    ACCOUNTS,
    CLASSIFICATIONS,
    CODES,
    PARTS,
    Part,
    is_outright,
    part_of,
)
from tablero.workbook_templates.filling.words import bare
from tablero.workbook_templates.problems import Problem, ProblemsError

_ROWS_ABOVE = 40
_SHOWN = 20
_LETTERS = re.compile(r"[A-Za-z]{1,2}")


@dataclass(frozen=True)
class Columns:
    """The table of a trial balance, the row of its heads, and the column of each part from 0."""

    table: Table
    head: int
    """-1 where the columns were said by letter and no row has heads."""
    places: Mapping[Part, int]

    @property
    def has_movement(self) -> bool:
        """Whether it says what moved in the month."""
        return {"debit", "credit"} <= self.places.keys()

    @property
    def has_closing(self) -> bool:
        """Whether it says the balance at the month's end."""
        return "closing" in self.places or {"closing_debit", "closing_credit"} <= self.places.keys()

    @property
    def is_sufficient(self) -> bool:
        """Whether figures can be made of it."""
        return "account" in self.places and (self.has_movement or self.has_closing)


def columns_said(text: str) -> Mapping[Part, str]:
    """What ``--columns`` says: the head, or the letter, of the column of each part.

    >>> columns_said("account=Rubro, debit=Cargos del mes, saldo final=H")
    {'account': 'Rubro', 'debit': 'Cargos del mes', 'closing': 'H'}

    Raises
    ------
    ProblemsError
        It is not written so, or names something that a trial balance does not have.
    """
    said: dict[Part, str] = {}
    for item in filter(None, (one.strip() for one in text.split(","))):
        key, equals, head = item.partition("=")
        part = part_of(key)
        if part is None or not equals or not head.strip():
            told = {"text": shown(item), "known": ", ".join(PARTS)}
            raise ProblemsError([Problem("ledger_columns_form", values=told)])
        said[part] = head.strip()
    return said


def found_columns(source: Source, said: Mapping[Part, str], sheet: str = "") -> Columns:
    """The first table of a source that is a trial balance, with its columns.

    Raises
    ------
    ProblemsError
        There is none; what was found is told.
    """
    tables = [one for one in source.tables if not sheet or one.sheet.casefold() == sheet.casefold()]
    if not tables:
        there = ", ".join(one.sheet for one in source.tables if one.sheet) or "–"
        raise refusal("source_no_sheet", source.name, sheet=sheet, sheets=there)
    candidates = [one for table in tables for one in _candidates(table, said)]
    for one in candidates:
        if one.is_sufficient:
            return one
    raise _missing(source, tables, candidates, said)


def _candidates(table: Table, said: Mapping[Part, str]) -> Iterator[Columns]:
    """What each row could be the head of."""
    for row in range(min(_ROWS_ABOVE, len(table.rows))):
        yield Columns(table, row, _recognised(table, row, said))
    if said and all(_LETTERS.fullmatch(head) for head in said.values()):
        yield Columns(table, -1, {part: _letter(head) for part, head in said.items()})


def _recognised(table: Table, row: int, said: Mapping[Part, str]) -> dict[Part, int]:
    """The first column of each part; what is said comes before what the heads say."""
    heads = [table.label(row, column) for column in range(len(table.rows[row]))]
    places = _said_columns(heads, said)
    if places is None:
        return {}
    if "account" not in places and (code := _code_column(table, row, heads)) is not None:
        places["account"] = code
    for column, part in _told_columns(heads, _spread(table, row - 1, len(heads))):
        if part not in places and column not in places.values():
            places[part] = column
    return places


def _said_columns(heads: Sequence[str], said: Mapping[Part, str]) -> dict[Part, int] | None:
    """The columns that somebody says; None where one of them is not there."""
    places: dict[Part, int] = {}
    for part, head in said.items():
        column = next((at for at, one in enumerate(heads) if bare(one) == bare(head)), None)
        if column is None and _LETTERS.fullmatch(head) and any(map(part_of, heads)):
            column = _letter(head)
        if column is None:
            return None
        places[part] = column
    return places


def _told_columns(heads: Sequence[str], above: Sequence[str]) -> list[tuple[int, Part]]:
    """What the heads say, those first that say it outright."""
    told: list[tuple[bool, int, Part]] = []
    for column, head in enumerate(heads):
        whole = f"{above[column]} {head}"
        part = (part_of(whole) or part_of(head)) if head else None
        is_account = bare(head) in ACCOUNTS
        # Beside a column of codes, that of accounts holds their names, and another short codes.
        if part == "account":
            part = "name" if is_account else None
        if part:
            told.append((is_outright(whole) and not is_account, column, part))
    return [(column, part) for _, column, part in sorted(told, key=lambda one: not one[0])]


def _code_column(table: Table, row: int, heads: Sequence[str]) -> int | None:
    """The first column of codes, or of classifications where their cells hold any digit."""
    for known in (CLASSIFICATIONS, CODES, ACCOUNTS):
        columns = [at for at, head in enumerate(heads) if bare(head) in known]
        if known is CLASSIFICATIONS:
            columns = [at for at in columns if _has_digits(table, row, at)]
        if columns:
            return columns[0]
    return None


def _has_digits(table: Table, row: int, column: int) -> bool:
    below = range(row + 1, min(row + 1 + _ROWS_ABOVE, len(table.rows)))
    return any(sign.isdigit() for one in below for sign in table.label(one, column))


def _spread(table: Table, row: int, width: int) -> list[str]:
    """The heads of groups, each repeated over the columns up to the next."""
    spread, last = [], ""
    for column in range(width):
        last = (table.label(row, column) if row >= 0 else "") or last
        spread.append(last)
    return spread


def _letter(head: str) -> int:
    return min(column_index_from_string(head.upper()) - 1, MAX_COLUMNS)


def _missing(
    source: Source,
    tables: Sequence[Table],
    candidates: Sequence[Columns],
    said: Mapping[Part, str],
) -> ProblemsError:
    """Which columns are missing, and the heads that were found where most of them stand."""
    best = max(candidates, key=lambda one: len(one.places), default=None)
    if best is None or not best.places:
        fullest = max(tables, key=_width_of_heads)
        best = Columns(fullest, _fullest_row(fullest), {})
    heads = _heads(best)
    absent = [part for part in said if bare(said[part]) not in map(bare, heads)]
    wanted = [said[part] for part in absent] or _wanted(best)
    told = {"missing": ", ".join(wanted), "found": ", ".join(heads) or "–"}
    problem = Problem("ledger_columns", values=told, file=source.name, sheet=best.table.sheet)
    return ProblemsError([problem])


def _wanted(columns: Columns) -> list[str]:
    needed: tuple[Part, ...] = ("account", "debit", "credit", "closing")
    return [part for part in needed if part not in columns.places]


def _heads(columns: Columns) -> list[str]:
    row = columns.table.rows[columns.head] if columns.table.rows else ()
    texts = (shown(content) for content in row)
    return [text for text in texts if text][:_SHOWN]


def _fullest_row(table: Table) -> int:
    rows = table.rows[:_ROWS_ABOVE]
    texts = [sum(isinstance(one, str) and bool(one) for one in row) for row in rows]
    return max(zip(texts, count(0, -1), strict=False), default=(0, 0))[1] * -1


def _width_of_heads(table: Table) -> int:
    return len(table.rows[_fullest_row(table)]) if table.rows else 0
