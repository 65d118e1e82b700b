"""One period as the page tells it: its sentences, its rows and its tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tablero.workbook_templates.periods import Period
from tablero.workbook_templates.reports.content.headline import Headline
from tablero.workbook_templates.reports.content.whole import period_rows
from tablero.workbook_templates.reports.page import grids
from tablero.workbook_templates.reports.page.grids import Grid
from tablero.workbook_templates.reports.page.told import Told, told
from tablero.workbook_templates.reports.report import Report


@dataclass(frozen=True)
class Moment:
    """A period that can be picked, with all that is told of it."""

    code: str
    """As the command line and the address of a view write it."""
    kind: str
    label: str
    inside: tuple[int, ...]
    """Of each month of the year: 1 if the period holds it."""
    is_empty: bool
    """Whether nothing is known of it."""
    sentences: tuple[str, ...]
    rows: tuple[Told, ...]
    """One a node, in the order of the scorecard."""
    grids: tuple[Grid, ...]


@dataclass(frozen=True)
class Group:
    """The periods of one kind, by their columns."""

    name: str
    columns: tuple[int, ...]


def moments(report: Report) -> tuple[Moment, ...]:
    """Every scored period, in the order of the scores."""
    return tuple(_moment(report, period) for period in report.scores.periods)


def _moment(report: Report, period: Period) -> Moment:
    rows = period_rows(report.at(period))
    return Moment(
        rows.code,
        period.kind,
        rows.headline.period,
        tuple(int(period.first <= month <= period.last) for month in range(1, 13)),
        rows.headline.achievement is None,
        tuple(_sentences(rows.headline)),
        told(rows.perspectives),
        (
            grids.owing(rows.actions, rows.perspectives.columns["assessment"]),
            grids.register(rows.actions),
            grids.owed(rows.owed),
        ),
    )


def _sentences(found: Headline) -> Iterator[str]:
    """Those of the summary that no figure beside them says."""
    elsewhere = {found.actions, found.owed}
    return (one for one in found.sentences if one not in elsewhere)


def groups(report: Report, found: Sequence[Moment]) -> tuple[Group, ...]:
    """The periods by their kind, as a list shows them."""
    kinds = dict.fromkeys(one.kind for one in found)
    return tuple(
        Group(
            report.say(f"period.{kind}"),
            tuple(column for column, one in enumerate(found) if one.kind == kind),
        )
        for kind in kinds
    )
