"""Reports for tests, and the texts that their contents hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from tablero.workbook_templates.definition import Definition
from tablero.workbook_templates.problems import Problem
from tablero.workbook_templates.records import NO_RECORDS, Records
from tablero.workbook_templates.reports.content.inputs import inputs
from tablero.workbook_templates.reports.content.whole import company_rows, period_rows
from tablero.workbook_templates.reports.content.year_end import year_end
from tablero.workbook_templates.reports.report import Report
from tablero.workbook_templates.scoring import score
from tablero.workbook_templates.styles import Tone


def report(
    definition: Definition,
    period: str = "",
    language: str = "en",
    records: Records = NO_RECORDS,
    problems: tuple[Problem, ...] = (),
) -> Report:
    """The report of a company with the definition's own figures; by default of the year."""
    scores = score(definition)
    shown = scores.calendar.parse(period or str(definition.company.year))
    return Report(scores, language, shown, records, problems=problems)


def everything(one: Report) -> tuple[object, ...]:
    """All that can be said of a report."""
    return period_rows(one), company_rows(one), inputs(one), year_end(one)


def texts(said: Any) -> Iterator[str]:
    """Every text in it, also in properties that put texts together."""
    match said:
        case Tone():
            return
        case str():
            yield said
        case Mapping():
            yield from texts(tuple(said.values()))
        case tuple():
            for one in said:
                yield from texts(one)
        case _ if is_dataclass(said):
            yield from texts(tuple(getattr(said, one.name) for one in fields(said)))
