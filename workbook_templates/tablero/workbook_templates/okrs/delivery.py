"""Check-ins that a file holds: a line each, with key results by id or by name."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache, cached_property
from typing import Literal, get_args

from tablero.workbook_templates.definition import Definition, KeyResult
from tablero.workbook_templates.filling import amounts
from tablero.workbook_templates.filling.inputs import InputNames
from tablero.workbook_templates.filling.months import day_first, is_ambiguous, usual_order
from tablero.workbook_templates.filling.tables import Content, Lost, Source, Table, refusal, shown
from tablero.workbook_templates.filling.words import bare
from tablero.workbook_templates.okrs.answers import (
    confidence_of,
    day_of,
    may_be_percent,
    value_of,
)
from tablero.workbook_templates.okrs.check_ins import CheckIn, labels
from tablero.workbook_templates.okrs.checking_in import Told
from tablero.workbook_templates.okrs.scoring import Span
from tablero.workbook_templates.periods import Calendar
from tablero.workbook_templates.problems import Problem
from tablero.workbook_templates.texts import LANGUAGES

Column = Literal["day", "key_result", "value", "confidence", "note"]

_HEADS: Mapping[Column, str] = {
    "day": "date|day|when|fecha|dia|cuando|data|quando",
    "key_result": "key result|key result id|key results|kr|id|name|result|resultado clave|resultado"
    "|resultados clave|nombre|clave|resultado chave|resultado chave id|nome|chave"
    "|resultados chave",
    "value": "value|current|figure|number|amount|valor|actual|cifra|numero|valor actual|atual"
    "|valor atual",
    "confidence": "confidence|certainty|confianza|certeza|confianca",
    "note": "note|notes|comment|comments|remark|nota|notas|comentario|comentarios|observaciones"
    "|observacoes|observacion|observacao",
}
_ROWS_ABOVE = 40
_LISTED = 8


def delivered(
    source: Source,
    definition: Definition,
    *,
    language: str = "en",
    day: date | None = None,
    decimal: amounts.Mark | None = None,
) -> tuple[tuple[Told, ...], tuple[Problem, ...]]:
    """The check-ins that a source holds, and everything that is wrong in it.

    Parameters
    ----------
    source
        A file that was read.
    definition
        Of the workbook into which they are to come.
    language
        Of that workbook: in which order its people write the parts of a date.
    day
        That of lines without a date; None where each must have one.
    decimal
        The decimal mark, where the amounts do not show it.

    Raises
    ------
    ProblemsError
        No table of the source has a column of key results beside one that says something of them.
    """
    for table in source.tables:
        for row in range(min(_ROWS_ABOVE, len(table.rows))):
            columns = _columns(table, row)
            if "key_result" in columns and columns.keys() & {"value", "confidence", "note"}:
                lines = _Lines(
                    source, table, row, columns, definition, usual_order(language), day, decimal
                )
                return tuple(lines.told()), tuple(lines.problems)
    raise refusal("checkin_no_form", source.name)


def key_result_names(definition: Definition) -> InputNames:
    """What key results are called: their ids, names and labels in every language."""
    by_words: dict[str, frozenset[str]] = {}
    seen: dict[str, str] = {}
    ones = list(definition.key_results())
    pairs = [(name, one.id) for one in ones for name in (*one.name.values(), one.id)]
    pairs += [(label, key) for lang in LANGUAGES for key, label in labels(definition, lang).items()]
    for name, key in pairs:
        if bare(name):
            by_words[bare(name)] = by_words.get(bare(name), frozenset()) | {key}
            seen.setdefault(bare(name), name)
    return InputNames(frozenset(one.id for one in ones), by_words, seen)


@cache
def _roles() -> Mapping[str, Column]:
    return {word: column for column, words in _HEADS.items() for word in words.split("|")}


def _columns(table: Table, row: int) -> Mapping[Column, int]:
    """The first column of each kind; an id says more than a name beside it."""
    found: dict[Column, int] = {}
    for number, content in enumerate(table.rows[row]):
        role = _roles().get(bare(content)) if isinstance(content, str) else None
        if role is not None:
            found.setdefault(role, number)
    return found


@dataclass(frozen=True)
class _Lines:
    """Reads the lines of a table below its heads."""

    source: Source
    table: Table
    head: int
    columns: Mapping[Column, int]
    definition: Definition
    usual_order: bool | None
    day: date | None
    said: amounts.Mark | None
    problems: list[Problem] = field(default_factory=list)

    def told(self) -> Iterator[Told]:
        """Every check-in; what cannot be understood is noted."""
        for row in self._body:
            line = {column: self._content(row, column) for column in get_args(Column)}
            if any(content not in (None, "") for content in line.values()):
                one = self._line(row, line)
                if one is not None:
                    yield Told(one, self.table.origin(row, self.columns["key_result"]))

    @property
    def _body(self) -> Sequence[int]:
        return range(self.head + 1, len(self.table.rows))

    def _content(self, row: int, column: Column) -> Content:
        return self.table.content(row, self.columns[column]) if column in self.columns else None

    def _line(self, row: int, line: Mapping[Column, Content]) -> CheckIn | None:
        """A line; nothing where it is not understood, or says nothing of a key result."""
        count = len(self.problems)
        one = self._key_result(row, line["key_result"], self._read_day(line["day"]))
        if all(line[column] in (None, "") for column in ("value", "confidence", "note")):
            if one:
                self._tell("checkin_empty", row, "key_result", "warning", name=one.name)
            return None
        day = self._day(row, line["day"])
        value = self._value(row, line["value"], one) if one else None
        confidence = self._confidence(row, line["confidence"])
        if one is None or day is None or len(self.problems) > count:
            return None
        return CheckIn(day, one.id, value, confidence, _note(line["note"]))

    def _key_result(self, row: int, content: Content, day: date | None) -> KeyResult | None:
        whole, text = (content if isinstance(content, str) else shown(content)), shown(content)
        found = self._names.found(whole) if whole else frozenset()
        found = self._of_day(found, day) or found
        if len(found) == 1:
            return self._ones[next(iter(found))]
        close = self._names.close(whole) if whole else None
        if not text:
            self._tell("checkin_nameless", row, "key_result")
        elif found:
            self._tell("checkin_two_called", row, "key_result", text=text, ids=_listed(found))
        elif close:
            self._tell("checkin_close", row, "key_result", text=text, close=close)
        else:
            self._tell("checkin_unknown", row, "key_result", text=text, ids=_listed(self._ones))
        return None

    def _of_day(self, found: frozenset[str], day: date | None) -> frozenset[str]:
        """Of several called alike, those whose quarter or year holds the day."""
        if len(found) < 2 or day is None:  # noqa: PLR2004 - nothing to choose from
            return found
        company = self.definition.company
        calendar = Calendar(company.year, company.fiscal_start_month)
        spans = {
            one.id: Span.of(calendar, okr.period)
            for okr in self.definition.okrs
            for one in okr.key_results
        }
        return frozenset(key for key in found if spans[key].first <= day <= spans[key].last)

    def _read_day(self, content: Content) -> date | None:
        if content in (None, ""):
            return self.day
        return day_of(content, begins_with_day=self._begins_with_day)

    def _day(self, row: int, content: Content) -> date | None:
        day = self._read_day(content)
        if day is None and content in (None, ""):
            self._tell("checkin_dateless", row, "key_result")
        elif day is None:
            code = "checkin_either_date" if is_ambiguous(content) else "checkin_no_date"
            self._tell(code, row, "day", text=shown(content))
        return day

    def _value(self, row: int, content: Content, one: KeyResult) -> float | None:
        if content is None or (isinstance(content, str) and amounts.is_nothing(content)):
            return None
        value = _amount(content, one, self._mark)
        if value is None:
            self._tell(_no_value(content), row, "value", text=shown(content))
        elif may_be_percent(content, value, one):
            self._tell("checkin_percent", row, "value", text=shown(content))
        return value

    def _confidence(self, row: int, content: Content) -> float | None:
        if content is None or (isinstance(content, str) and amounts.is_nothing(content)):
            return None
        share = confidence_of(content, self._mark)
        if share is None:
            self._tell("check_in_confidence", row, "confidence", number=shown(content))
        return share

    def _tell(
        self,
        code: str,
        row: int,
        column: Column,
        severity: Literal["error", "warning"] = "error",
        **values: object,
    ) -> None:
        place = self.columns.get(column, self.columns["key_result"])
        problem = self.source.problem(code, self.table, row, place, **values)
        self.problems.append(replace(problem, severity=severity))

    @cached_property
    def _names(self) -> InputNames:
        return key_result_names(self.definition)

    @cached_property
    def _ones(self) -> Mapping[str, KeyResult]:
        return {one.id: one for one in self.definition.key_results()}

    @cached_property
    def _begins_with_day(self) -> bool | None:
        shown = day_first(self._content(row, "day") for row in self._body)
        return self.usual_order if shown is None else shown

    @cached_property
    def _mark(self) -> amounts.Mark | None:
        """The decimal mark, as it was said, or as all amounts together show it."""
        contents = (
            self._content(row, column) for row in self._body for column in ("value", "confidence")
        )
        parts = (amounts.taken_apart(one) for one in contents if isinstance(one, str))
        return self.said or amounts.decimal_mark(filter(None, parts))


def _amount(content: Content, one: KeyResult, mark: amounts.Mark | None) -> float | None:
    if isinstance(content, str):
        return value_of(content, one, mark)
    if isinstance(content, float) and math.isfinite(content):
        return content
    return None


def _no_value(content: Content) -> str:
    match content:
        case Lost():
            return "source_uncalculated"
        case datetime() | date():
            return "source_is_date"
        case str() if amounts.taken_apart(content) is not None:
            return "source_decimal"
        case _:
            return "source_text"


def _note(content: Content) -> str:
    return " ".join(content.split()) if isinstance(content, str) else shown(content)


def _listed(ids: Iterable[str]) -> str:
    """Some ids, so that one can be chosen."""
    known = sorted(ids)
    return ", ".join([*known[:_LISTED], *(["…"] if len(known) > _LISTED else [])])
