"""The sheets of the summary workbook as data: the first and the last one, and the lists between."""

from __future__ import annotations

from collections.abc import Iterator

from tablero.workbook_templates import styles
from tablero.workbook_templates.formats import percent_text
from tablero.workbook_templates.portfolio.rows import Ranked, Totals
from tablero.workbook_templates.portfolio.statistics import (
    CUT_OFF,
    LEAST,
    LEAST_FOR_OUTLIERS,
    STEP,
    Statistics,
)
from tablero.workbook_templates.portfolio.summary_lists import Lists
from tablero.workbook_templates.portfolio.summary_parts import (
    HIGHEST,
    Bar,
    Cells,
    Column,
    Content,
    FileAt,
    Heading,
    Sheet,
    Styled,
)
from tablero.workbook_templates.portfolio.summary_words import Making, badge

_PERIODS = 3
"""Periods that its subtitle names."""
_BEST = 10
"""Companies at each end of the ranking that the first sheet names."""


def sheets(found: Statistics, language: str, most: int) -> Iterator[Sheet]:
    """Every sheet; its lines are asked for while it is written.

    Parameters
    ----------
    found
        The statistics of an open data set.
    language
        en, es or pt.
    most
        How many lines a list may have; where there are more, its subtitle says so.
    """
    ends, lists = _Ends(found, language, most), Lists(found, language, most)
    for make in (
        ends.overview, lists.ranking, lists.kpis, lists.benchmarks, lists.bands,
        lists.owed, lists.outliers, lists.problems, ends.method,
    ):  # fmt: skip
        yield make()


class _Ends(Making):
    """Makes the first and the last sheet."""

    def overview(self) -> Sheet:
        """How many there are, how far they are, and who is at either end."""
        return Sheet(
            "overview",
            self._overview_subtitle(),
            _OVERVIEW,
            parts=self._overview_lines(self.found.totals()),
            full=0.5,
            pages_high=1,
        )

    def _overview_subtitle(self) -> str:
        periods = self.found.periods()
        counted = (self.count(count) for _, count in periods)
        named = [f"{label} ({count})" for (label, _), count in zip(periods, counted, strict=True)]
        more = " …" * (len(named) > _PERIODS)
        return self.told("subtitle.overview", periods=", ".join(named[:_PERIODS]) + more)

    def _overview_lines(self, totals: Totals) -> Iterator[Cells | Heading]:
        yield Heading(self.told("part.totals"), _OVERVIEW, named=False, space=0)
        for key, content in _facts(totals):
            yield self.told(f"fact.{key}"), content
        yield from self._histogram(totals)
        yield from self._ends(totals)

    def _histogram(self, totals: Totals) -> Iterator[Cells | Heading]:
        columns = (
            self.column("achievement", 0),
            self.column("companies", 0, "kpi whole"),
            self.column("share", 0, "kpi percent gutter"),
            self.column("share_bar", 0, is_bar=True),
        )
        yield Heading(self.told("part.histogram"), columns)
        for step in self.found.histogram():
            start = percent_text(step.start, self.language, 0)
            end = percent_text(step.start + STEP, self.language, 0)
            is_last = step.start >= HIGHEST
            key = "step_above" if is_last else "step"
            share = step.companies / max(totals.with_figures, 1)
            said = self.told(key, start=start, end=end)
            yield said, step.companies, Styled(share, "kpi percent gutter"), Bar(share)

    def _ends(self, totals: Totals) -> Iterator[Cells | Heading]:
        columns = (
            self.column("company", 0),
            self.column("achievement", 0, "kpi percent"),
            self.column("assessment", 0, "kpi gutter"),
            self.column("sector", 0, "kpi gutter"),
        )
        best = self.found.ranking(min(_BEST, totals.with_figures))
        yield Heading(self.told("part.best"), columns)
        yield from map(self._end, best)
        if totals.with_figures > _BEST:
            yield Heading(self.told("part.last"), columns)
            yield from map(self._end, self.found.last(min(_BEST, totals.with_figures - _BEST)))

    def _end(self, one: Ranked) -> Cells:
        company = FileAt(one.file, one.company)
        achieved = Styled(one.achievement, "kpi percent")
        return company, achieved, badge(one.tone, one.band), Styled(one.sector, "kpi gutter")

    def method(self) -> Sheet:
        """How it was computed."""
        said = {
            "least": LEAST, "outliers": LEAST_FOR_OUTLIERS, "cut_off": CUT_OFF,
        }  # fmt: skip
        lines: list[Cells | Heading] = [
            (self.told(f"method.{key}"), self.told(f"method.{key}_told", **said)) for key in METHOD
        ]
        columns = (Column("", 26, "kpi bold top"), Column("", 100, "kpi wrap top"))
        subtitle = self.told("subtitle.method")
        return Sheet("method", subtitle, columns, parts=lines, tab=styles.TAB_SETTING)


_OVERVIEW = (
    Column("", 44),
    Column("", 16, "kpi whole"),
    Column("", 22),
    Column("", 40, "kpi share"),
)
METHOD = ("companies", "scores", "quartiles", "groups", "money", "outliers", "bands")
"""What is explained, in its order."""


def _facts(totals: Totals) -> Iterator[tuple[str, Content | Styled]]:
    for key in ("files", "refused", "other_period", "set_aside", "companies", "with_figures"):
        yield key, getattr(totals, key)
    for key in ("median", "low", "high", "coverage"):
        yield key, Styled(getattr(totals, key), "kpi percent")
    for key in ("owing", "owed", "with_problems"):
        yield key, getattr(totals, key)
