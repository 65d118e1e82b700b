"""What a report tells, on whatever it is shown: the scored model with its problems and looks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Self

import numpy as np

from tablero.workbook_templates import brand, styles
from tablero.workbook_templates.analysis.contribution import Contributions, contributions
from tablero.workbook_templates.dashboard import standing as beside
from tablero.workbook_templates.dashboard.standing import HUNDRED
from tablero.workbook_templates.definition import Kpi
from tablero.workbook_templates.formats import decimal_text, percent_text
from tablero.workbook_templates.periods import Period
from tablero.workbook_templates.problems import Problem
from tablero.workbook_templates.read import Reading
from tablero.workbook_templates.scorecard import Scorecard
from tablero.workbook_templates.scored_model import Node, ScoredModel
from tablero.workbook_templates.scoring import score_year

MISSING = "–"
_LASTING = (
    "choices", "degrees", "formulas", "input_words", "kpis", "money", "month_columns",
    "nodes", "okrs", "verdicts", "_above", "_below", "_bounds",
)  # fmt: skip
"""What is the same in every period, and is worked out once."""


@dataclass(frozen=True)
class Standing:
    """Where a node stands in a period; what is missing is NaN, its words are dashes."""

    achievement: float
    coverage: float
    position: int
    """The place of its band among the bands, 0 the worst; -1 where there is no achievement."""
    achieved: str
    """The achievement as people read it."""
    covered: str
    """The coverage as people read it."""


@dataclass(frozen=True)
class Verdict:
    """What a band says and how it looks, in the words of the report's language."""

    id: str
    name: str
    plan: str
    term: str
    tone: styles.Tone


@dataclass(frozen=True)
class Report(ScoredModel):
    """The scored model of a workbook, ready to be shown."""

    problems: tuple[Problem, ...] = field(default=(), kw_only=True)
    logo: bytes | None = field(default=None, kw_only=True, repr=False)

    @classmethod
    def of(
        cls,
        reading: Reading,
        *,
        language: str | None = None,
        period: Period | None = None,
        logo: bytes | None = None,
    ) -> Self:
        """The report of what a workbook says, in every period of its year.

        Parameters
        ----------
        reading
            The workbook.
        language
            By default the workbook's.
        period
            The one shown first; by default the one that the workbook shows.
        logo
            A picture of the company; None for a report without one.
        """
        shown = period or reading.period
        return cls(
            scores=score_year(reading.definition, reading.figures, shown),
            language=language or reading.language,
            period=shown,
            records=reading.records,
            problems=reading.problems,
            logo=logo,
        )

    def at(self, period: Period) -> Report:
        """The same report with another period shown."""
        other = replace(self, period=period)
        known = vars(self)
        vars(other).update({name: known[name] for name in _LASTING if name in known})
        return other

    @cached_property
    def card(self) -> Scorecard:
        """The scorecard of the period shown, with who owes which figures."""
        return self.scores.at(self.period)

    @cached_property
    def contributions(self) -> Contributions:
        """What each KPI brings to the strategy in the period shown."""
        return contributions(self.scores, self.column)

    @cached_property
    def beside_last_year(self) -> beside.Standing:
        """The period shown beside the same one of last year, as the dashboard sets them."""
        return beside.Standing(self)

    @property
    def label(self) -> str:
        """The period shown, as a heading says it."""
        return self.calendar.period_label(self.period, self.language)

    def month(self, number: int) -> str:
        """A fiscal month in words: ``Jun 2026``."""
        period = Period("month", number, number)
        return self.calendar.period_label(period, self.language)

    @property
    def accent(self) -> str:
        """The colour of titles and heads: the company's, else Tablero's."""
        colour = self.definition.company.colour
        return brand.readable(colour) if colour else styles.ACCENT

    @property
    def accent_soft(self) -> str:
        """The ground of group rows, in the tint of the accent."""
        return brand.tint(self.accent) if self.definition.company.colour else styles.ACCENT_SOFT

    @cached_property
    def verdicts(self) -> tuple[Verdict, ...]:
        """The bands from the worst."""
        bands = self.definition.bands
        return tuple(
            Verdict(
                band.id,
                self.word(band.name),
                self.word(band.plan),
                self.word(band.term),
                styles.band_tone(position, len(bands)),
            )
            for position, band in enumerate(bands)
        )

    @cached_property
    def formulas(self) -> Mapping[str, str]:
        """Every KPI's formula in words, by the KPI's id."""
        return {kpi.id: self.formula(kpi) for kpi in self.definition.kpis()}

    @cached_property
    def kpis(self) -> Mapping[str, Kpi]:
        """Every KPI by its id."""
        return {kpi.id: kpi for kpi in self.definition.kpis()}

    def standing(self, node: Node, column: int | None = None) -> Standing:
        """Where a node stands in the period shown, else in the one of that column."""
        place = self.column if column is None else column
        achievement = float(self.achievements(node)[place])
        coverage = float(self.coverages(node)[place])
        return Standing(
            achievement=achievement,
            coverage=coverage,
            position=self.position(achievement),
            achieved=self.share(achievement),
            covered=self.share(coverage, 0),
        )

    def share(self, fraction: float, digits: int = 1) -> str:
        """A fraction as people read it; a dash where it is missing."""
        return MISSING if np.isnan(fraction) else percent_text(fraction, self.language, digits)

    def points(self, fraction: float) -> str:
        """Percentage points with their sign, as people read them: ``+2.3``."""
        if np.isnan(fraction):
            return MISSING
        said = decimal_text(abs(fraction) * HUNDRED, self.language)
        is_nothing = said == decimal_text(0, self.language)
        sign = "" if is_nothing else "+" if fraction > 0 else "−"
        return f"{sign}{said}"

    def amount(self, kpi: Kpi, number: float) -> str:
        """A KPI's value or goal as people read it, without its unit unless that is per cent."""
        if np.isnan(number):
            return MISSING
        role = styles.unit_role(self.word(kpi.unit))
        if role == "percent":
            return percent_text(number, self.language)
        return decimal_text(number, self.language, 0 if role == "whole" else 1)
