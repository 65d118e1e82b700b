"""The tables of a portfolio's page, and what its first lines say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tablero.workbook_templates import styles
from tablero.workbook_templates.formats import decimal_text, percent_text
from tablero.workbook_templates.portfolio import page_data
from tablero.workbook_templates.portfolio.rows import Distributed, Totals
from tablero.workbook_templates.portfolio.schema import SIZES
from tablero.workbook_templates.portfolio.statistics import (
    CUT_OFF,
    LEAST,
    LEAST_FOR_OUTLIERS,
    Statistics,
)
from tablero.workbook_templates.reports.page.grids import Cell, Grid
from tablero.workbook_templates.texts import text

MOST: Final = 100
"""Lines of a table; the workbook has all."""
_TONES = 4
_PERIODS = 3
_FACTS = (
    "files", "refused", "other_period", "set_aside", "companies", "owing", "owed",
    "with_problems",
)  # fmt: skip
_SEVERITIES = (("error", "▼", 0), ("warning", "◆", 1), ("note", "", -1))


@dataclass(frozen=True)
class Making:
    """Makes tables and sentences in a language."""

    found: Statistics
    language: str

    def _heads(self, *names: str) -> tuple[str, ...]:
        return tuple(text(f"summary.column.{name}", self.language) for name in names)

    def _count(self, number: float) -> str:
        return decimal_text(number, self.language, 0)

    def _share(self, fraction: float | None, digits: int = 1) -> str:
        return "–" if fraction is None else percent_text(fraction, self.language, digits)

    def _badge(self, tone: int | None, band: str | None) -> Cell:
        if tone is None:
            return Cell(text("summary.no_figures", self.language))
        return Cell(band or "", styles.band_tone(tone, _TONES).symbol, tone)

    def _grid(
        self, name: str, heads: tuple[str, ...], rows: Iterator[Sequence[Cell | str]], numbers: str
    ) -> Grid:
        """A table; ``numbers`` are the places of the columns at the right."""
        cells = tuple(
            tuple(one if isinstance(one, Cell) else Cell(one) for one in row) for row in rows
        )
        caption = text(f"summary.sheet.{name}", self.language)
        return Grid(f"{name}-table", caption, heads, cells, frozenset(map(int, numbers)))

    def headline(self, totals: Totals) -> Mapping[str, str]:
        """The middle of the strategies, and how many there are."""
        said = {
            "companies": self._count(totals.with_figures),
            "low": self._share(totals.low),
            "high": self._share(totals.high),
        }
        return {
            "figure": self._share(totals.median),
            "name": text("summary.fact.median", self.language),
            "told": text("portfolio.page.headline", self.language, **said),
        }

    def facts(self, totals: Totals) -> list[tuple[str, str]]:
        """How many there are of everything."""
        known = totals._asdict()
        return [
            (text(f"summary.fact.{name}", self.language), self._count(known[name]))
            for name in _FACTS
        ]

    def periods(self) -> str:
        """Which periods were scored, the most frequent first."""
        found = self.found.periods()
        named = [f"{label} ({self._count(count)})" for label, count in found[:_PERIODS]]
        said = ", ".join(named) + " …" * (len(found) > _PERIODS)
        return text("summary.subtitle.overview", self.language, periods=said)

    def leads(self, totals: Totals) -> Mapping[str, str]:
        """A sentence above each table."""
        said = {"least": LEAST, "cut_off": CUT_OFF}
        outliers = {**said, "least": LEAST_FOR_OUTLIERS}
        return {
            "ranking": self._ranked(totals.companies),
            "kpis": text("summary.subtitle.kpis", self.language),
            "benchmarks": text("summary.subtitle.benchmarks", self.language, **said),
            "owed": text("portfolio.page.owed", self.language),
            "outliers": text("summary.subtitle.outliers", self.language, **outliers),
            "problems": text("portfolio.page.problems", self.language),
        }  # fmt: skip

    def _ranked(self, companies: int) -> str:
        """How many companies the table has, and among how many the search looks."""
        first = {"shown": min(MOST, companies), "every": self._count(companies)}
        said = text("portfolio.page.first", self.language, **first)
        if companies <= page_data.MOST_COMPANIES:
            return said
        searched = self._count(page_data.MOST_COMPANIES)
        return f"{said} {text('portfolio.page.searched', self.language, searched=searched)}"

    def sectors(self) -> list[str]:
        """The sectors of the benchmarks."""
        names = {page_data.group(one.sector, self.language) for one in self.found.benchmarks()}
        return sorted(names - {""})

    def sizes(self) -> list[tuple[str, str]]:
        """The sizes, each with its name."""
        return [(one, page_data.size(one, self.language)) for one in SIZES]

    def ranking(self) -> Grid:
        """The first companies by their strategy."""
        heads = self._heads(
            "company", "place", "sector", "size", "achievement", "assessment", "coverage", "owed"
        )
        rows = (
            (
                one.company, str(one.place or "–"), one.sector,
                page_data.size(one.size, self.language), self._share(one.achievement),
                self._badge(one.tone, one.band), self._share(one.coverage, 0),
                self._count(one.owed),
            )
            for one in self.found.ranking(MOST)
        )  # fmt: skip
        return self._grid("ranking", heads, rows, "1467")

    def kpis(self, found: Sequence[Distributed]) -> Grid:
        """What companies achieved of each KPI."""
        heads = self._heads("kpi", "companies", "low", "median", "high")
        names = (
            f"{styles.band_tone(tone, _TONES).symbol} {name}".strip()
            for tone, name in enumerate(self.found.bands())
        )
        rows = (
            (
                one.kpi, self._count(one.companies), self._share(one.low), self._share(one.median),
                self._share(one.high), *(self._share(share, 0) for share in one.shares),
            )
            for one in found
        )  # fmt: skip
        return self._grid("kpis", (*heads, *names), rows, "12345678")

    def benchmarks(self) -> Grid:
        """Quartiles of the values of all companies; the script shows those of a group."""
        heads = self._heads("kpi", "unit", "low", "median", "high", "companies")
        rows = (
            (*page_data.benchmark_cells(one, self.language), self._count(one.companies))
            for one in self.found.benchmarks()
            if one.sector is None and one.size is None
        )
        return self._grid("benchmarks", heads, rows, "2345")

    def owed(self) -> Grid:
        """The companies that owe most."""
        heads = self._heads("company", "owed", "months", "owner")
        rows = (
            (one.company, self._count(one.figures), self._count(one.months), one.owners or "–")
            for one in self.found.debtors(MOST)
        )
        return self._grid("owed", heads, rows, "12")

    def outliers(self) -> Grid:
        """The figures farthest from the others'."""
        heads = self._heads("company", "kpi", "measure", "figure_found", "usual", "score")
        rows = (
            (
                one.company, one.kpi, text(f"summary.measure.{one.measure}", self.language),
                page_data.amount(one.figure, one.unit, self.language),
                page_data.amount(one.usual, one.unit, self.language),
                decimal_text(one.score, self.language),
            )
            for one in self.found.outliers(MOST)
        )  # fmt: skip
        return self._grid("outliers", heads, rows, "345")

    def problems(self) -> Grid:
        """The files with most errors, and the gravest of each."""
        heads = self._heads("file", "company", "severity", "message", "remedy")
        rows = (
            (one.file, one.company, self._gravest(one.errors, one.warnings, one.notes), one.message,
             one.remedy)
            for one in self.found.files_with_problems(MOST)
        )  # fmt: skip
        return self._grid("problems", heads, rows, "")

    def _gravest(self, *counts: int) -> Cell:
        """The gravest kind, and how many there are of it."""
        for (name, sign, tone), count in zip(_SEVERITIES, counts, strict=True):
            if count:
                said = text(f"summary.severity.{name}", self.language)
                return Cell(f"{said} ({self._count(count)})", sign, tone)
        return Cell("")
