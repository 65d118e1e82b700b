"""What there is to tell of a report: its rows in words, each made once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tablero.workbook_templates.reports.content.actions import Actions, actions
from tablero.workbook_templates.reports.content.headline import Headline, headline
from tablero.workbook_templates.reports.content.okrs import Okrs, okrs
from tablero.workbook_templates.reports.content.owed import OwedFigures, owed
from tablero.workbook_templates.reports.content.perspectives import Perspectives, perspectives
from tablero.workbook_templates.reports.content.problems import Problems, problems
from tablero.workbook_templates.reports.report import Report


@dataclass(frozen=True)
class Told:
    """A report and what it says of the period shown."""

    report: Report

    def say(self, key: str, **values: Any) -> str:
        """A text in the report's language."""
        return self.report.say(key, **values)

    @cached_property
    def headline(self) -> Headline:
        """The summary in sentences."""
        return headline(self.report)

    @cached_property
    def problems(self) -> Problems:
        """What is wrong in the workbook."""
        return problems(self.report)

    @cached_property
    def scorecard(self) -> Perspectives:
        """The strategy with all that it is made of."""
        return perspectives(self.report)

    @cached_property
    def actions(self) -> Actions:
        """Actions owed and planned."""
        return actions(self.report)

    @cached_property
    def owed(self) -> OwedFigures:
        """Figures that somebody still has to type."""
        return owed(self.report)

    @cached_property
    def okrs(self) -> Okrs:
        """Objectives and key results."""
        return okrs(self.report)
