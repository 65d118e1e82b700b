"""The lists of the summary workbook: their columns, and their lines one after another."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

from tablero.workbook_templates import styles
from tablero.workbook_templates.portfolio.rows import (
    Benchmark,
    Distributed,
    Found,
    InBand,
    Outlier,
    Owes,
    Ranked,
)
from tablero.workbook_templates.portfolio.statistics import CUT_OFF, LEAST, LEAST_FOR_OUTLIERS
from tablero.workbook_templates.portfolio.summary_links import file_at
from tablero.workbook_templates.portfolio.summary_parts import (
    Bar,
    Cells,
    Column,
    Sheet,
    Styled,
)
from tablero.workbook_templates.portfolio.summary_words import TONES, Making, badge
from tablero.workbook_templates.texts import text

MOST_LINES: Final = 10_000
"""Lines of figures owed, outliers and problems: nobody works through more, and the data set has
all of them."""
_SECTOR = 40
"""In characters, where the longest sector of the templates still stands whole."""
_QUARTILES = ("least", "low", "median", "high", "most")
_SEVERITIES = {
    "error": "kpi alarm gutter",
    "warning": "kpi warning gutter",
    "note": "kpi muted gutter",
}


class Lists(Making):
    """Makes the sheets that are lists."""

    def _sheet(
        self, key: str, columns: tuple[Column, ...], lines: Iterator[Cells], *counts: int,
        frozen: int = 1, full: float = 2.0, **said: object,
    ) -> Sheet:  # fmt: skip
        """A list; ``counts`` are how many lines it shows, and how many there are."""
        shown, every = counts[0], counts[-1]
        subtitle = self.told(f"subtitle.{key}", **said)
        if shown < every:
            numbers = {"shown": self.count(shown), "every": self.count(every)}
            cut = "cut_outliers" if key == "outliers" else "cut"
            subtitle = f"{subtitle} {text(f'summary.{cut}', self.language, **numbers)}"
        return Sheet(key, subtitle, columns, lines, count=shown, frozen=frozen, full=full)

    def ranking(self) -> Sheet:
        """Every company by its strategy."""
        columns = (
            self.column("place", 8, "kpi whole"),
            self.column("company", 38, "kpi gutter"),
            self.column("sector", _SECTOR),
            self.column("size", 12),
            self.column("period", 16),
            self.column("achievement", 14, "kpi percent"),
            self.column("assessment", 20, "kpi gutter"),
            self.column("bar", 18, "kpi share", is_bar=True),
            self.column("coverage", 11, "kpi share"),
            self.column("owed", 11, "kpi whole"),
            self.column("problems", 11, "kpi whole"),
            self.column("file", 40, "kpi gutter"),
        )
        every = self.found.count("ranking")
        shown = min(every, self.most)
        lines = map(self._ranked, self.found.ranking(shown))
        return self._sheet("ranking", columns, lines, shown, every, frozen=2)

    def _ranked(self, one: Ranked) -> Cells:
        return (
            one.place, one.company, one.sector, self.size(one.size), one.period,
            one.achievement, badge(one.tone, one.band, self.told("no_figures")),
            Bar(one.achievement), one.coverage, one.owed, one.problems, file_at(one.file),
        )  # fmt: skip

    def kpis(self) -> Sheet:
        """What companies achieved of each KPI."""
        columns = (
            self.column("kpi", 40),
            self.column("unit", 20),
            self.column("companies", 12, "kpi whole"),
            self.column("missing", 12, "kpi whole"),
            *(self.column(key, 12, "kpi percent") for key in _QUARTILES),
            *(Column(name, 14, "kpi share") for name in self._band_names()),
        )
        found = self.found.distributions()
        return self._sheet("kpis", columns, map(_distributed, found), len(found))

    def _band_names(self) -> Iterator[str]:
        for tone, name in enumerate(self.found.bands()):
            yield f"{styles.band_tone(tone, TONES).symbol} {name}".strip()

    def benchmarks(self) -> Sheet:
        """Quartiles of the values of each KPI in each group."""
        columns = (
            self.column("kpi", 40),
            self.column("unit", 20),
            self.column("desired", 12),
            self.column("sector", _SECTOR),
            self.column("size", 12),
            self.column("companies", 12, "kpi whole"),
            self.column("low", 14, "kpi number"),
            self.column("median", 14, "kpi number"),
            self.column("high", 14, "kpi number"),
            self.column("remark", 30, "kpi muted gutter"),
        )
        found = self.found.benchmarks()
        shown = min(len(found), self.most)
        lines = islice(map(self._benchmark, found), shown)
        return self._sheet("benchmarks", columns, lines, shown, len(found), least=LEAST)

    def _benchmark(self, one: Benchmark) -> Cells:
        number = f"kpi {styles.unit_role(one.unit if not one.money else 'currency')}"
        few = self.told("few", least=LEAST) if one.companies < LEAST else ""
        quartiles = (Styled(value, number) for value in (one.low, one.median, one.high))
        desired = text(f"desired.{one.desired}", self.language) if one.desired else ""
        sector = self.told("all") if one.sector is None else one.sector or self.size("unknown")
        return (
            one.kpi, _unit(one), desired, sector, self.size(one.size), one.companies,
            *quartiles, few,
        )  # fmt: skip

    def bands(self) -> Sheet:
        """How many stand in which band, at each level."""
        columns = (
            self.column("level", 24),
            self.column("assessment", 24),
            self.column("count", 14, "kpi whole"),
            self.column("share", 12, "kpi percent gutter"),
            self.column("share_bar", 40, "kpi share", is_bar=True),
        )
        found = self.found.in_bands()
        return self._sheet("bands", columns, map(self._in_band, found), len(found), full=1.0)

    def _in_band(self, one: InBand) -> Cells:
        level = self.told(f"level.{one.level}")
        said = badge(one.tone, one.band, self.told("no_figures"))
        return level, said, one.number, one.share, Bar(one.share)

    def owed(self) -> Sheet:
        """Who owes which figures."""
        columns = (
            self.column("company", 38),
            self.column("owner", 26),
            self.column("figure", 40),
            self.column("months", 10, "kpi whole"),
            self.column("missing_months", 40, "kpi gutter"),
            self.column("file", 40),
        )
        shown, every = self._shown("owed")
        lines = map(_owed, self.found.owed(shown))
        return self._sheet("owed", columns, lines, shown, every)

    def _shown(self, of: str) -> tuple[int, int]:
        """How many lines of a list are shown, and how many there are."""
        every = self.found.count(of)
        return min(every, self.most, MOST_LINES), every

    def outliers(self) -> Sheet:
        """Figures far from the others'."""
        columns = (
            self.column("company", 38),
            self.column("kpi", 38),
            self.column("measure", 18),
            self.column("figure_found", 14, "kpi number"),
            self.column("usual", 14, "kpi number"),
            self.column("score", 12, "kpi number"),
            self.column("value", 14, "kpi number"),
            self.column("goal", 14, "kpi number"),
            self.column("file", 40, "kpi gutter"),
        )
        shown, every = self._shown("outliers")
        lines = map(self._outlier, self.found.outliers(shown))
        said: dict[str, Any] = {"cut_off": CUT_OFF, "least": LEAST_FOR_OUTLIERS}
        return self._sheet("outliers", columns, lines, shown, every, **said)

    def _outlier(self, one: Outlier) -> Cells:
        number = f"kpi {styles.unit_role(one.unit)}"
        found = Styled(one.figure, number), Styled(one.usual, number)
        own = f"kpi {styles.unit_role(one.kpi_unit)}"
        typed = Styled(one.value, own), Styled(one.goal, own)
        measure = self.told(f"measure.{one.measure}")
        return one.company, one.kpi, measure, *found, one.score, *typed, file_at(one.file)

    def problems(self) -> Sheet:
        """What is wrong in which file."""
        columns = (
            self.column("severity", 14, "kpi gutter"),
            self.column("file", 40, "kpi gutter"),
            self.column("company", 32),
            self.column("sheet", 16),
            self.column("cell", 9),
            self.column("message", 70, "kpi wrap"),
            self.column("remedy", 70, "kpi muted wrap"),
        )
        shown, every = self._shown("problems")
        lines = map(self._problem, self.found.problems(shown))
        return self._sheet("problems", columns, lines, shown, every)

    def _problem(self, one: Found) -> Cells:
        severity = Styled(self.told(f"severity.{one.severity}"), _SEVERITIES[one.severity])
        return (
            severity, file_at(one.file), one.company, one.sheet, one.cell, one.message, one.remedy,
        )  # fmt: skip


def _unit(one: Benchmark) -> str:
    """The unit; where it only says “currency”, also which."""
    is_plain = one.money and not one.money.startswith(one.unit[:3])
    return f"{one.unit} ({one.money})" if is_plain else one.unit


def _distributed(one: Distributed) -> Cells:
    quartiles = (one.least, one.low, one.median, one.high, one.most)
    return one.kpi, one.unit, one.companies, one.missing, *quartiles, *one.shares


def _owed(one: Owes) -> Cells:
    return one.company, one.owner, one.figure, one.months, one.missing, file_at(one.file)
