"""The periods among which the reader of the page picks, by kind, with the code of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from tablero.workbook_templates.reports.report import Report


@dataclass(frozen=True)
class Choice:
    """A period that can be picked."""

    column: int
    code: str
    kind: str
    label: str
    is_empty: bool
    """Whether nothing is known of it."""


@dataclass(frozen=True)
class Group:
    """The periods of one kind."""

    name: str
    choices: tuple[Choice, ...]


def choices(report: Report) -> tuple[Choice, ...]:
    """Every scored period, in the order of the scores."""
    achieved = report.scores.strategy.achievement[0]
    return tuple(
        Choice(
            column,
            report.calendar.code(period),
            period.kind,
            report.calendar.period_label(period, report.language),
            bool(np.isnan(achieved[column])),
        )
        for column, period in enumerate(report.scores.periods)
    )


def groups(report: Report, found: Sequence[Choice]) -> tuple[Group, ...]:
    """The periods by their kind, as a list shows them."""
    return tuple(
        Group(report.say(f"period.{kind}"), tuple(members))
        for kind, members in groupby(found, key=lambda one: one.kind)
    )
