"""Who owes which figures of the period shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tablero.workbook_templates.periods import Period
from tablero.workbook_templates.reports.content.plurals import counted, listed
from tablero.workbook_templates.reports.report import Report
from tablero.workbook_templates.scorecard import Owed

_NAMED = 3
"""How many owners a sentence names."""


@dataclass(frozen=True)
class OwedRow:
    """Months of one input that somebody still has to fill in."""

    owner: str
    """Who owes them; where nobody is named, the words for it."""
    input: str
    months: str
    count: int


@dataclass(frozen=True)
class OwedFigures:
    """All figures that are owed, by owner."""

    sentence: str
    columns: Mapping[str, str]
    rows: tuple[OwedRow, ...]
    count: int


def owed(report: Report) -> OwedFigures:
    """The empty months of the period shown, up to the newest with any figure."""
    rows = tuple(_row(report, one) for one in report.card.owed)
    nobody = report.say("report.nobody")
    ordered = tuple(sorted(rows, key=lambda row: (row.owner == nobody, row.owner.casefold())))
    columns = {
        "owner": report.say("matrix.owner"),
        "input": report.say("inputs.input"),
        "months": report.say("report.owed.months"),
    }
    count = sum(row.count for row in rows)
    return OwedFigures(_sentence(report, ordered, count), columns, ordered, count)


def _row(report: Report, one: Owed) -> OwedRow:
    owner = report.word(one.owner) or report.say("report.nobody")
    months = listed(report, [_span(report, run) for run in _runs(one.months)])
    return OwedRow(owner, report.word(one.input.name), months, len(one.months))


def _runs(months: Sequence[int]) -> list[list[int]]:
    """Months that follow each other, together.

    >>> _runs([1, 2, 3, 6, 8, 9])
    [[1, 2, 3], [6], [8, 9]]
    """
    runs: list[list[int]] = []
    for month in months:
        if runs and month == runs[-1][-1] + 1:
            runs[-1].append(month)
        else:
            runs.append([month])
    return runs


def _span(report: Report, run: Sequence[int]) -> str:
    period = Period("month" if len(run) == 1 else "ytd", run[0], run[-1])
    return report.calendar.period_label(period, report.language)


def _sentence(report: Report, rows: tuple[OwedRow, ...], count: int) -> str:
    if not rows:
        return report.say("report.owed.none")
    by_owner: Counter[str] = Counter()
    for row in rows:
        by_owner[row.owner] += row.count
    owners = [f"{owner} ({number})" for owner, number in by_owner.most_common()]
    return counted(report, "figures_owed", count, owners=listed(report, owners, _NAMED))
