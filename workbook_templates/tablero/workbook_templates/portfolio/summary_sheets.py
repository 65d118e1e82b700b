"""The sheets of the summary workbook as data: their columns, and their lines one after another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import PurePath

from tablero.workbook_templates import styles
from tablero.workbook_templates.formats import decimal_text, percent_text
from tablero.workbook_templates.portfolio.rows import (
    Benchmark,
    Distributed,
    Found,
    InBand,
    Outlier,
    Owes,
    Ranked,
    Totals,
)
from tablero.workbook_templates.portfolio.statistics import (
    CUT_OFF,
    LEAST,
    LEAST_FOR_OUTLIERS,
    STEP,
    Statistics,
)
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
from tablero.workbook_templates.texts import text

_TONES = 4
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
    making = _Making(found, language, most)
    for make in (
        making.overview, making.ranking, making.kpis, making.benchmarks, making.bands,
        making.owed, making.outliers, making.problems, making.method,
    ):  # fmt: skip
        yield make()


@dataclass(frozen=True)
class _Making:
    """Makes sheets in a language."""

    found: Statistics
    language: str
    most: int

    def _say(self, key: str, **values: object) -> str:
        return text(f"summary.{key}", self.language, **values)

    def _column(self, key: str, width: float, style: str = "kpi") -> Column:
        return Column(text(f"summary.column.{key}", self.language), width, style)

    def _subtitle(self, key: str, count: int | None = None) -> str:
        said = self._say(f"subtitle.{key}")
        if count is None or count <= self.most:
            return said
        return f"{said} {self._cut(count)}"

    def _cut(self, count: int) -> str:
        shown, every = (decimal_text(one, self.language, 0) for one in (self.most, count))
        return self._say("cut", shown=shown, every=every)

    def _size(self, size: str | None) -> str:
        return self._say(f"size.{size}") if size else self._say("all")

    def overview(self) -> Sheet:
        """How many there are, how far they are, and who is at either end."""
        return Sheet(
            "overview",
            self._overview_subtitle(),
            _OVERVIEW,
            self._overview_lines(self.found.totals()),
            is_list=False,
            full=0.5,
            pages_high=1,
        )

    def _overview_subtitle(self) -> str:
        periods = self.found.periods()
        counted = (decimal_text(count, self.language, 0) for _, count in periods)
        named = [f"{label} ({count})" for (label, _), count in zip(periods, counted, strict=True)]
        more = " …" * (len(named) > _PERIODS)
        return self._say("subtitle.overview", periods=", ".join(named[:_PERIODS]) + more)

    def _overview_lines(self, totals: Totals) -> Iterator[Cells | Heading]:
        yield Heading(self._say("part.totals"), _OVERVIEW, named=False, space=0)
        for key, content in _facts(totals):
            yield self._say(f"fact.{key}"), content
        yield from self._histogram(totals)
        yield from self._ends(totals)

    def _histogram(self, totals: Totals) -> Iterator[Cells | Heading]:
        columns = (
            self._column("achievement", 0),
            self._column("companies", 0, "kpi whole"),
            self._column("share", 0, "kpi share"),
            self._column("share_bar", 0),
        )
        yield Heading(self._say("part.histogram"), columns)
        for step in self.found.histogram():
            start = percent_text(step.start, self.language, 0)
            end = percent_text(step.start + STEP, self.language, 0)
            is_last = step.start >= HIGHEST
            key = "step_above" if is_last else "step"
            share = step.companies / max(totals.with_figures, 1)
            said = self._say(key, start=start, end=end)
            yield said, step.companies, Styled(share, "kpi percent"), Bar(share)

    def _ends(self, totals: Totals) -> Iterator[Cells | Heading]:
        columns = (
            self._column("company", 0),
            self._column("achievement", 0, "kpi percent"),
            self._column("assessment", 0, "kpi gutter"),
            self._column("sector", 0, "kpi gutter"),
        )
        best = self.found.ranking(min(_BEST, totals.with_figures))
        yield Heading(self._say("part.best"), columns)
        yield from map(self._end, best)
        if totals.with_figures > _BEST:
            yield Heading(self._say("part.last"), columns)
            yield from map(self._end, self.found.last(min(_BEST, totals.with_figures - _BEST)))

    def _end(self, one: Ranked) -> Cells:
        company = FileAt(one.file, one.company)
        achieved = Styled(one.achievement, "kpi percent")
        return company, achieved, _badge(one.tone, one.band), Styled(one.sector, "kpi gutter")

    def ranking(self) -> Sheet:
        """Every company by its strategy."""
        columns = (
            self._column("place", 8, "kpi whole"),
            self._column("company", 38, "kpi gutter"),
            self._column("sector", 28),
            self._column("size", 12),
            self._column("period", 16),
            self._column("achievement", 14, "kpi percent"),
            self._column("assessment", 20, "kpi gutter"),
            self._column("bar", 18, "kpi share"),
            self._column("coverage", 11, "kpi share"),
            self._column("owed", 11, "kpi whole"),
            self._column("problems", 11, "kpi whole"),
            self._column("file", 34, "kpi gutter"),
        )
        count = self.found.count("ranking")
        lines = map(self._ranked, self.found.ranking(self.most))
        subtitle = self._subtitle("ranking", count)
        return Sheet("ranking", subtitle, columns, lines, frozen=2)

    def _ranked(self, one: Ranked) -> Cells:
        return (
            one.place, one.company, one.sector, self._size(one.size), one.period,
            one.achievement, _badge(one.tone, one.band, self._say("no_figures")),
            Bar(one.achievement), one.coverage, one.owed, one.problems, _file(one.file),
        )  # fmt: skip

    def kpis(self) -> Sheet:
        """What companies achieved of each KPI."""
        columns = (
            self._column("kpi", 40),
            self._column("unit", 20),
            self._column("companies", 12, "kpi whole"),
            self._column("missing", 12, "kpi whole"),
            *(self._column(key, 12, "kpi percent") for key in _QUARTILES),
            *(Column(name, 14, "kpi share") for name in self._band_names()),
        )
        lines = map(_distributed, self.found.distributions())
        return Sheet("kpis", self._subtitle("kpis"), columns, lines)

    def _band_names(self) -> Iterator[str]:
        for tone, name in enumerate(self.found.bands()):
            yield f"{styles.band_tone(tone, _TONES).symbol} {name}"

    def benchmarks(self) -> Sheet:
        """Quartiles of the values of each KPI in each group."""
        columns = (
            self._column("kpi", 40),
            self._column("unit", 20),
            self._column("desired", 12),
            self._column("sector", 30),
            self._column("size", 12),
            self._column("companies", 12, "kpi whole"),
            self._column("low", 14, "kpi number"),
            self._column("median", 14, "kpi number"),
            self._column("high", 14, "kpi number"),
            self._column("remark", 30, "kpi muted gutter"),
        )
        lines = map(self._benchmark, self.found.benchmarks())
        subtitle = self._say("subtitle.benchmarks", least=LEAST)
        return Sheet("benchmarks", subtitle, columns, islice(lines, self.most))

    def _benchmark(self, one: Benchmark) -> Cells:
        number = f"kpi {styles.unit_role(one.unit if not one.money else 'currency')}"
        few = self._say("few", least=LEAST) if one.companies < LEAST else ""
        quartiles = (Styled(value, number) for value in (one.low, one.median, one.high))
        desired = text(f"desired.{one.desired}", self.language) if one.desired else ""
        sector = self._say("all") if one.sector is None else one.sector or self._size("unknown")
        return (
            one.kpi, _unit(one), desired, sector, self._size(one.size), one.companies,
            *quartiles, few,
        )  # fmt: skip

    def bands(self) -> Sheet:
        """How many stand in which band, at each level."""
        columns = (
            self._column("level", 24),
            self._column("assessment", 24),
            self._column("count", 14, "kpi whole"),
            self._column("share", 12, "kpi percent"),
            self._column("share_bar", 40, "kpi share"),
        )
        lines = map(self._in_band, self.found.in_bands())
        return Sheet("bands", self._subtitle("bands"), columns, lines, full=1.0)

    def _in_band(self, one: InBand) -> Cells:
        level = self._say(f"level.{one.level}")
        badge = _badge(one.tone, one.band, self._say("no_figures"))
        return level, badge, one.number, one.share, Bar(one.share)

    def owed(self) -> Sheet:
        """Who owes which figures."""
        columns = (
            self._column("company", 38),
            self._column("owner", 26),
            self._column("figure", 40),
            self._column("months", 10, "kpi whole"),
            self._column("missing_months", 40, "kpi gutter"),
            self._column("file", 34),
        )
        count = self.found.count("owed")
        lines = map(_owed, self.found.owed(self.most))
        return Sheet("owed", self._subtitle("owed", count), columns, lines)

    def outliers(self) -> Sheet:
        """Figures far from the others'."""
        columns = (
            self._column("company", 38),
            self._column("kpi", 38),
            self._column("measure", 18),
            self._column("figure_found", 14, "kpi number"),
            self._column("usual", 14, "kpi number"),
            self._column("score", 12, "kpi number"),
            self._column("value", 14, "kpi number"),
            self._column("goal", 14, "kpi number"),
            self._column("file", 34, "kpi gutter"),
        )
        said = {"cut_off": CUT_OFF, "least": LEAST_FOR_OUTLIERS}
        lines = map(self._outlier, self.found.outliers(self.most))
        return Sheet("outliers", self._say("subtitle.outliers", **said), columns, lines)

    def _outlier(self, one: Outlier) -> Cells:
        number = f"kpi {styles.unit_role(one.unit)}"
        found = Styled(one.figure, number), Styled(one.usual, number)
        own = f"kpi {styles.unit_role(one.kpi_unit)}"
        typed = Styled(one.value, own), Styled(one.goal, own)
        measure = self._say(f"measure.{one.measure}")
        return one.company, one.kpi, measure, *found, one.score, *typed, _file(one.file)

    def problems(self) -> Sheet:
        """What is wrong in which file."""
        columns = (
            self._column("severity", 12),
            self._column("file", 34),
            self._column("company", 32),
            self._column("sheet", 16),
            self._column("cell", 9),
            self._column("message", 70),
            self._column("remedy", 70, "kpi muted"),
        )
        count = self.found.count("problems")
        lines = map(self._problem, self.found.problems(self.most))
        return Sheet("problems", self._subtitle("problems", count), columns, lines)

    def _problem(self, one: Found) -> Cells:
        severity = Styled(self._say(f"severity.{one.severity}"), _SEVERITIES[one.severity])
        return (
            severity, _file(one.file), one.company, one.sheet, one.cell, one.message, one.remedy,
        )  # fmt: skip

    def method(self) -> Sheet:
        """How it was computed."""
        said = {
            "least": LEAST, "outliers": LEAST_FOR_OUTLIERS, "cut_off": CUT_OFF,
        }  # fmt: skip
        lines: list[Cells] = [
            (self._say(f"method.{key}"), self._say(f"method.{key}_told", **said)) for key in METHOD
        ]
        columns = (Column("", 26, "kpi bold top"), Column("", 110, "kpi wrap top"))
        subtitle = self._subtitle("method")
        return Sheet(
            "method", subtitle, columns, lines, is_list=False, tab=styles.TAB_SETTING, height=48
        )


_OVERVIEW = (
    Column("", 44),
    Column("", 16, "kpi whole"),
    Column("", 22),
    Column("", 40, "kpi share"),
)
METHOD = ("companies", "scores", "quartiles", "groups", "money", "outliers", "bands")
"""What is explained, in its order."""
_QUARTILES = ("least", "low", "median", "high", "most")
_SEVERITIES = {"error": "kpi alarm", "warning": "kpi warning", "note": "kpi muted"}


def _facts(totals: Totals) -> Iterator[tuple[str, Content | Styled]]:
    for key in ("files", "refused", "other_period", "set_aside", "companies", "with_figures"):
        yield key, getattr(totals, key)
    for key in ("median", "low", "high", "coverage"):
        yield key, Styled(getattr(totals, key), "kpi percent")
    for key in ("owing", "owed", "with_problems"):
        yield key, getattr(totals, key)


def _badge(tone: int | None, band: str | None, missing: str = "–") -> Styled:
    """A band as sign, word and colours."""
    if tone is None:
        return Styled(missing, "kpi muted gutter")
    sign = styles.band_tone(tone, _TONES).symbol
    return Styled(f"{sign} {band}", f"kpi tone{tone}of{_TONES} gutter")


def _file(path: str) -> FileAt:
    return FileAt(path, PurePath(path.replace("\\", "/")).name or path)


def _unit(one: Benchmark) -> str:
    """The unit; where it only says “currency”, also which."""
    is_plain = one.money and not one.money.startswith(one.unit[:3])
    return f"{one.unit} ({one.money})" if is_plain else one.unit


def _distributed(one: Distributed) -> Cells:
    quartiles = (one.least, one.low, one.median, one.high, one.most)
    return one.kpi, one.unit, one.companies, one.missing, *quartiles, *one.shares


def _owed(one: Owes) -> Cells:
    return one.company, one.owner, one.figure, one.months, one.missing, _file(one.file)
